"""The memo as PDF: pages of `setting` drawn with embedded fonts cut down to the characters used, headings as bookmarks."""

from __future__ import annotations

from functools import partial
from itertools import groupby

import pymupdf

from desktop.memo import fonts, layout
from desktop.memo.faces import Faces
from desktop.memo.layout import DEFAULT, Profile
from desktop.memo.model import Memo
from desktop.memo.outline import printed
from desktop.memo.setting import Glyphs, SetPage, set_pages

_WIDTH, _HEIGHT = layout.points(layout.PAGE_WIDTH_MM), layout.points(layout.PAGE_HEIGHT_MM)
_RULE = 0.5  # points


class _Pen:
    """Draws set pages with the fonts to be embedded."""

    def __init__(self, document: pymupdf.Document, faces: Faces) -> None:
        self._document, self._faces = document, faces
        self._fonts = faces.embedded()

    def _text(self, writer: pymupdf.TextWriter, glyphs: Glyphs) -> None:
        x = glyphs.x
        for file, chars in groupby(glyphs.text, partial(self._faces.file, glyphs.face)):
            piece = "".join(chars)
            writer.append((x, glyphs.y), piece, font=self._fonts[file], fontsize=glyphs.size)
            x += self._faces.width(glyphs.face, piece, glyphs.size)

    def page(self, page: SetPage) -> None:
        """Draw one page."""
        sheet = self._document.new_page(width=_WIDTH, height=_HEIGHT)
        writer = pymupdf.TextWriter(sheet.rect)
        for glyphs in page.glyphs:
            self._text(writer, glyphs)
        writer.write_text(sheet)
        if page.rules:
            shape = sheet.new_shape()
            for x0, y0, x1, y1 in page.rules:
                shape.draw_line((x0, y0), (x1, y1))
            shape.finish(width=_RULE)
            shape.commit()


def _bookmarks(pages: list[SetPage]) -> list[list[object]]:
    return [[level, text, number] for number, page in enumerate(pages, 1) for level, text in page.headings]


def pdf_bytes(memo: Memo, profile: Profile = DEFAULT) -> bytes:
    """The whole file. Fonts that this machine lacks are set in stand-ins, which `writing.Report` names."""
    faces = Faces(profile, fonts.installed())
    pages = set_pages(memo, profile, faces.width)
    with pymupdf.open() as document:
        pen = _Pen(document, faces)
        for page in pages:
            pen.page(page)
        document.set_toc(_bookmarks(pages))
        document.set_metadata({"title": printed(memo.title), "author": printed(memo.unit)})
        content: bytes = document.tobytes(garbage=3, deflate=True)
    return content
