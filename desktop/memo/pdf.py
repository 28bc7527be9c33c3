"""The memo as PDF: pages of `setting` drawn with embedded fonts cut down to the characters used, headings as bookmarks."""

from __future__ import annotations

from collections.abc import Iterator

import pymupdf

from desktop.memo import fonts, layout
from desktop.memo.faces import Faces
from desktop.memo.layout import DEFAULT, Profile
from desktop.memo.model import Memo
from desktop.memo.outline import printed
from desktop.memo.pages import set_pages
from desktop.memo.progress import DRAWN, Progress
from desktop.memo.setting import SetPage, Stretch

_WIDTH, _HEIGHT = layout.points(layout.PAGE_WIDTH_MM), layout.points(layout.PAGE_HEIGHT_MM)
_BLACK, _RED, _GREY = "0 g 0 G", "1 0 0 rg 1 0 0 RG", "0.85 g 0.85 G"


_Shown = tuple[str, float, str]  # the font's name in the file, the width at one point of size, the glyph's number as hexadecimal


class _Pen:
    """Writes set pages as content streams, glyph by glyph by number, each line of one font as one operation."""

    def __init__(self, document: pymupdf.Document, faces: Faces) -> None:
        self._document, self._faces = document, faces
        self._fonts = faces.embedded()
        self._names = {file: f"F{number}" for number, file in enumerate(self._fonts)}
        self._common = ""  # what every page says of itself
        self._known: dict[str, dict[str, _Shown]] = {}

    def _look_up(self, face: str, char: str) -> _Shown:
        file = self._faces.file(face, char)
        found = self._names[file], self._faces.width(face, char, 1.0), f"{self._fonts[file].has_glyph(ord(char)):04x}"
        self._known.setdefault(face, {})[char] = found
        return found

    def _spread(self, stretch: Stretch) -> float:
        """What is added behind every glyph: the first gap of a stretch, which is that of nearly all of them."""
        if len(stretch.texts) < 2 or len(stretch.texts[0]) != 1:
            return 0.0
        width = (self._known[stretch.face].get(stretch.texts[0]) or self._look_up(stretch.face, stretch.texts[0]))[1]
        return round(stretch.places[1] - stretch.places[0] - width * stretch.size, 3)

    def _drawn(self, stretch: Stretch) -> Iterator[str]:
        """A stretch of texts; what gaps differ from the usual one, in thousandths of the size."""
        known, size = self._known.setdefault(stretch.face, {}), stretch.size
        spread = self._spread(stretch)
        look = f"/%s {size:g} Tf {spread:g} Tc 1 0 0 1 %.2f {_HEIGHT - stretch.y:.2f} Tm [<%s>] TJ"
        if stretch.red:
            look = f"{_RED} {look} {_BLACK}"
        font, start, end, unit, codes = "", 0.0, 0.0, size / 1000, list[str]()
        for text, place in zip(stretch.texts, stretch.places, strict=True):
            x = place
            for char in text:
                own, width, code = known.get(char) or self._look_up(stretch.face, char)
                if own != font:
                    if codes:
                        yield look % (font, start, "".join(codes))
                    font, start, end, codes = own, x, x, []
                gap = round((end - x) / unit)
                if gap:
                    codes.append(f">{gap}<")
                    end -= gap * unit
                codes.append(code)
                x += width * size
                end += width * size + spread
        if codes:
            yield look % (font, start, "".join(codes))

    def _watermark(self, words: str) -> str:
        if not words:
            return ""
        size = layout.WATERMARK_WIDTH / len(words)
        places = [at * size - layout.WATERMARK_WIDTH / 2 for at in range(len(words))]
        drawn = self._drawn(Stretch(_HEIGHT, "hei", size, list(words), places))
        turned = f"0.7071 0.7071 -0.7071 0.7071 {_WIDTH / 2:.1f} {_HEIGHT / 2:.1f} cm"
        return f"q {_GREY} {turned} BT {' '.join(drawn)} ET Q\n"

    def page(self, page: SetPage) -> None:
        """Write one page."""
        sheet = self._document.new_page(width=_WIDTH, height=_HEIGHT)
        lines = [line for stretch in page.stretches for line in self._drawn(stretch)]
        rules = [
            f"{_RED if rule.red else _BLACK} {rule.width:g} w {rule.x0:.2f} {_HEIGHT - rule.y0:.2f} m {rule.x1:.2f} {_HEIGHT - rule.y1:.2f} l S"
            for rule in page.rules
        ]
        content = self._watermark(page.watermark) + "BT\n" + "\n".join(lines) + "\nET\n" + "\n".join(rules) + "\n"
        stream = self._document.get_new_xref()
        self._document.update_object(stream, "<<>>")
        self._document.update_stream(stream, content.encode(), new=True)
        if not self._common:
            names = {
                name: sheet.insert_font(fontname=name, fontbuffer=self._fonts[file].buffer) for file, name in self._names.items()
            }
            fonts = "".join(f"/{name} {xref} 0 R" for name, xref in names.items())
            keys = {key: self._document.xref_get_key(sheet.xref, key)[1] for key in ("Type", "Parent", "MediaBox")}
            self._common = " ".join(f"/{key} {value}" for key, value in keys.items()) + f" /Resources<</Font<<{fonts}>>>>"
        self._document.update_object(sheet.xref, f"<<{self._common} /Contents {stream} 0 R>>")


def _bookmarks(pages: list[SetPage]) -> list[list[object]]:
    return [[level, text, number] for number, page in enumerate(pages, 1) for level, text in page.headings]


def pdf_bytes(memo: Memo, profile: Profile = DEFAULT, progress: Progress | None = None) -> bytes:
    """The whole file. Fonts that this machine lacks are set in stand-ins, which `writing.Report` names.

    Raises what `progress` raises.
    """
    faces = Faces(profile, fonts.installed())
    pages = set_pages(memo, profile, faces.width, progress)
    faces.width("hei", printed(memo.watermark), 1.0)  # so that its characters are among those embedded
    with pymupdf.open() as document:
        pen = _Pen(document, faces)
        for number, page in enumerate(pages):
            if progress:
                progress(number, len(pages), DRAWN)
            pen.page(page)
        document.set_toc(_bookmarks(pages))
        document.set_metadata({"title": printed(memo.title), "author": printed(memo.unit)})
        content: bytes = document.tobytes(garbage=1, deflate=True, use_objstms=1)
    return content
