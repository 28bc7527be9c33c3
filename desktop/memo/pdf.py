"""The memo as PDF: pages of `setting` drawn with embedded fonts cut down to the characters used, headings as bookmarks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter

import pymupdf

from desktop.memo import fonts, layout
from desktop.memo.faces import Faces
from desktop.memo.fonts import FontFile
from desktop.memo.layout import DEFAULT, Profile
from desktop.memo.model import Memo
from desktop.memo.outline import printed
from desktop.memo.pages import set_pages
from desktop.memo.setting import SetPage

_WIDTH, _HEIGHT = layout.points(layout.PAGE_WIDTH_MM), layout.points(layout.PAGE_HEIGHT_MM)
_BLACK, _RED, _GREY = "0 g 0 G", "1 0 0 rg 1 0 0 RG", "0.85 g 0.85 G"


@dataclass(frozen=True, slots=True)
class _Hand:
    """How glyphs are written: font, size, baseline, colour."""

    file: FontFile | None
    size: float
    y: float
    red: bool


class _Pen:
    """Writes set pages as content streams, glyph by glyph by number, each line of one font as one operation."""

    def __init__(self, document: pymupdf.Document, faces: Faces) -> None:
        self._document, self._faces = document, faces
        self._fonts = faces.embedded()
        self._names = {file: f"F{number}" for number, file in enumerate(self._fonts)}
        self._resources = ""
        self._characters: dict[tuple[str, str], tuple[FontFile | None, float, int]] = {}

    def _drawn(self, face: str, char: str) -> tuple[FontFile | None, float, int]:
        """The file that a character is taken from, its width at one point of size, and its number there."""
        found = self._characters.get((face, char))
        if found is None:
            file = self._faces.file(face, char)
            found = file, self._faces.width(face, char, 1.0), self._fonts[file].has_glyph(ord(char))
            self._characters[face, char] = found
        return found

    def _pieces(self, page: SetPage) -> Iterator[tuple[_Hand, float, float, int]]:
        """Every glyph: how it is written, its place and width, its number."""
        hand = _Hand(None, 0.0, 0.0, False)
        for glyphs in page.glyphs:
            x = glyphs.x
            for char in glyphs.text:
                file, width, glyph = self._drawn(glyphs.face, char)
                if (hand.y, hand.size, hand.file, hand.red) != (glyphs.y, glyphs.size, file, glyphs.red):
                    hand = _Hand(file, glyphs.size, glyphs.y, glyphs.red)
                yield hand, x, width * glyphs.size, glyph
                x += width * glyphs.size

    def _line(self, hand: _Hand, pieces: Sequence[tuple[_Hand, float, float, int]]) -> str:
        """A stretch of glyphs of one hand; the gaps between them in thousandths of the size."""
        end = start = pieces[0][1]
        shown = []
        for _, x, width, glyph in pieces:
            gap = round((end - x) * 1000 / hand.size)
            shown.append(f"{gap}<{glyph:04x}>" if gap else f"<{glyph:04x}>")
            end = x + width if not gap else end - gap * hand.size / 1000 + width
        color = _RED if hand.red else _BLACK
        place = f"1 0 0 1 {start:.2f} {_HEIGHT - hand.y:.2f} Tm"
        return f"{color} /{self._names[hand.file]} {hand.size:g} Tf {place} [{''.join(shown)}] TJ"

    def _watermark(self, words: str) -> str:
        if not words:
            return ""
        size = layout.WATERMARK_WIDTH / len(words)
        hand = _Hand(None, size, _HEIGHT, False)
        drawn = []
        for at, char in enumerate(words):
            file, _, number = self._drawn("hei", char)
            own = replace(hand, file=file)
            glyph = (own, at * size - layout.WATERMARK_WIDTH / 2, size, number)
            drawn.append(self._line(own, [glyph]).replace(_BLACK, _GREY))
        turned = f"0.7071 0.7071 -0.7071 0.7071 {_WIDTH / 2:.1f} {_HEIGHT / 2:.1f} cm"
        return f"q {turned} BT {' '.join(drawn)} ET Q\n"

    def page(self, page: SetPage) -> None:
        """Write one page."""
        sheet = self._document.new_page(width=_WIDTH, height=_HEIGHT)
        lines = [self._line(hand, list(pieces)) for hand, pieces in groupby(self._pieces(page), key=itemgetter(0))]
        rules = [
            f"{_RED if rule.red else _BLACK} {rule.width:g} w {rule.x0:.2f} {_HEIGHT - rule.y0:.2f} m {rule.x1:.2f} {_HEIGHT - rule.y1:.2f} l S"
            for rule in page.rules
        ]
        content = self._watermark(page.watermark) + "BT\n" + "\n".join(lines) + "\nET\n" + "\n".join(rules) + "\n"
        stream = self._document.get_new_xref()
        self._document.update_object(stream, "<<>>")
        self._document.update_stream(stream, content.encode(), new=True)
        sheet.set_contents(stream)
        if not self._resources:
            fonts = {
                name: sheet.insert_font(fontname=name, fontbuffer=self._fonts[file].buffer) for file, name in self._names.items()
            }
            self._resources = "<</Font<<" + "".join(f"/{name} {xref} 0 R" for name, xref in fonts.items()) + ">>>>"
        self._document.xref_set_key(sheet.xref, "Resources", self._resources)


def _bookmarks(pages: list[SetPage]) -> list[list[object]]:
    return [[level, text, number] for number, page in enumerate(pages, 1) for level, text in page.headings]


def pdf_bytes(memo: Memo, profile: Profile = DEFAULT) -> bytes:
    """The whole file. Fonts that this machine lacks are set in stand-ins, which `writing.Report` names."""
    faces = Faces(profile, fonts.installed())
    pages = set_pages(memo, profile, faces.width)
    faces.width("hei", printed(memo.watermark), 1.0)  # so that its characters are among those embedded
    with pymupdf.open() as document:
        pen = _Pen(document, faces)
        for page in pages:
            pen.page(page)
        document.set_toc(_bookmarks(pages))
        document.set_metadata({"title": printed(memo.title), "author": printed(memo.unit)})
        content: bytes = document.tobytes(garbage=3, deflate=True)
    return content
