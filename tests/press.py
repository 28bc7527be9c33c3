"""A small printing press: prints a bulletin issue as a PDF that looks like the real ones, so that tests need no real document.

The issue is a dict of the `parse --json` form: what is printed is what a reader must get back. `Layout` says what a test may want
different. Without other fonts the one inside PyMuPDF is used, so printing needs nothing of the machine; an issue takes 0.1 s.
"""

from __future__ import annotations

import functools
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pymupdf

from tests.composing import BLACK, HEIGHT, LEFT, MEASURE, REFERENCES, WIDTH, Issue, Layout, SetLine, Sheet, Strip, compose

__all__ = ["Faces", "Issue", "Layout", "builtin_faces", "compose", "impress", "pdf"]


def pdf(issue: Issue, layout: Layout | None = None, faces: Faces | None = None) -> bytes:
    """The issue as a PDF file."""
    layout = layout or Layout()
    return impress(compose(issue, layout), layout, faces)


@dataclass(frozen=True)
class Faces:
    """The two fonts of a print. `stroked` thickens the bold face, for a font whose bold has the outlines of its regular."""

    regular: pymupdf.Font
    bold: pymupdf.Font
    stroked: bool = False


@functools.cache
def builtin_faces() -> Faces:
    """The font inside PyMuPDF, and the same font declared bold: works on a machine without any Chinese font."""
    font = pymupdf.Font("china-s")
    tables = dict(_tables(font.buffer))
    regular = bytearray(font.buffer)
    for quote, bearing in {"“": 0.55, "‘": 0.7, "”": 0.1, "’": 0.1}.items():
        _set_width(regular, tables, font.has_glyph(ord(quote)), bearing)
    bold = bytearray(regular)
    struct.pack_into(">H", bold, tables[b"head"] + 44, 1)  # macStyle: bold
    struct.pack_into(">H", bold, tables[b"OS/2"] + 62, 0x20)  # fsSelection: bold
    return Faces(pymupdf.Font(fontbuffer=bytes(regular)), pymupdf.Font(fontbuffer=bytes(bold)), stroked=True)


def _tables(font: bytes) -> Iterator[tuple[bytes, int]]:
    """Tag and offset of each table of a TrueType font."""
    (count,) = struct.unpack_from(">H", font, 4)
    for at in range(12, 12 + 16 * count, 16):
        tag, _, offset, _ = struct.unpack_from(">4sIII", font, at)
        yield tag, offset


def _set_width(font: bytearray, tables: dict[bytes, int], glyph: int, bearing: float) -> None:
    """Makes a glyph as wide as a Chinese character: quotation marks are narrow in this font and would leave lines short."""
    (em,) = struct.unpack_from(">H", font, tables[b"head"] + 18)
    (measured,) = struct.unpack_from(">H", font, tables[b"hhea"] + 34)
    if glyph < measured:
        struct.pack_into(">Hh", font, tables[b"hmtx"] + 4 * glyph, em, round(bearing * em))


def impress(sheets: Sequence[Sheet], layout: Layout | None = None, faces: Faces | None = None) -> bytes:
    """The sheets as a PDF with the used glyphs embedded."""
    layout, faces = layout or Layout(), faces or builtin_faces()
    document = pymupdf.open()
    for sheet in sheets:
        page = document.new_page(width=WIDTH, height=HEIGHT)
        _ink(page, sheet, faces, backwards=layout.backwards)
        if layout.rotation:
            _rotate(document, page, layout.rotation)
    document.subset_fonts()
    return bytes(document.tobytes(garbage=4, deflate=True, no_new_id=True))


def _ink(page: pymupdf.Page, sheet: Sheet, faces: Faces, *, backwards: bool) -> None:
    for x0, x1, y, width, colour in sheet.rules:
        page.draw_line((x0, y), (x1, y), color=colour, width=width)
    pen = _Pen(page, faces)
    for line in reversed(sheet.lines) if backwards else sheet.lines:
        pen.line(line)
    pen.flush()


class _Pen:
    """Writes strips in the order given; a writer of PyMuPDF has one colour and one stroke, so a change of look flushes it."""

    def __init__(self, page: pymupdf.Page, faces: Faces) -> None:
        self.page, self.faces = page, faces
        self.writer = pymupdf.TextWriter(page.rect)
        self.look: tuple[tuple[float, float, float], bool] = (BLACK, False)

    def line(self, line: SetLine) -> None:
        width = sum(self._length(strip) for strip in line.strips)
        x = {"left": line.x, "centre": LEFT + (MEASURE - width) / 2, "right": LEFT + MEASURE - width}[line.align]
        for strip in line.strips:
            x = self._strip(x, line.baseline, strip)
        if line.leader:
            number = Strip(line.leader, 14)
            end = LEFT + MEASURE - self._length(number)
            dots = int((end - x - 4) / self.faces.regular.text_length(".", 16))
            self._strip(self._strip(x, line.baseline, Strip("." * dots, 16)), line.baseline, number)

    def flush(self) -> None:
        colour, stroked = self.look
        if self.writer.text_rect.is_valid:
            self.writer.write_text(self.page, color=colour, render_mode=2 if stroked else 0)
        self.writer = pymupdf.TextWriter(self.page.rect)

    def _shown(self, strip: Strip) -> tuple[str, pymupdf.Font, float]:
        text = "".join(str(REFERENCES.index(char) + 1) for char in strip.text) if strip.raised else strip.text
        return text, self.faces.bold if strip.bold else self.faces.regular, strip.size * (0.58 if strip.raised else 1)

    def _length(self, strip: Strip) -> float:
        text, font, size = self._shown(strip)
        return float(font.text_length(text, size))

    def _strip(self, x: float, baseline: float, strip: Strip) -> float:
        look = (strip.colour, strip.bold and self.faces.stroked)
        if look != self.look:
            self.flush()
            self.look = look
        text, font, size = self._shown(strip)
        rise = strip.size * 0.35 if strip.raised else 0
        self.writer.append((x, baseline - rise), text, font=font, fontsize=size)
        return x + self._length(strip)


def _rotate(document: pymupdf.Document, page: pymupdf.Page, rotation: int) -> None:
    """Turns the paper, not the view: the page is stored lying and displayed upright, as a scanner's software stores it."""
    matrix = {90: f"0 1 -1 0 {HEIGHT} 0", 180: f"-1 0 0 -1 {WIDTH} {HEIGHT}", 270: f"0 -1 1 0 0 {WIDTH}"}[rotation]
    content = b"q %s cm\n%s\nQ" % (matrix.encode(), page.read_contents())
    document.update_stream(page.get_contents()[0], content)
    page.set_contents(page.get_contents()[0])
    if rotation != 180:
        page.set_mediabox(pymupdf.Rect(0, 0, HEIGHT, WIDTH))
    page.set_rotation(rotation)
