"""Prints a bulletin of any dress as a PDF: faces, sizes, page numbers, running heads, columns, turned and cropped pages.

Type is set line by line into a column; a note stands at the foot of the page (or column) of its reference. Fonts are those
inside PyMuPDF, so a print needs nothing of the machine.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pymupdf

from tests.bulletin.gazette import RAISED, Printed
from tests.composing import broken, cells
from tests.press import builtin_faces

WIDTH, HEIGHT = 595.0, 842.0
_HEADED = re.compile(r"^(?:（[\d０-９]+）|\(\d+\) ?|（[一二三四五六七八九十]）|\d+[.、）] ?|[①-⑩])[^。]{2,40}。")


@dataclass(frozen=True)
class Press:
    """How a print looks. Lengths in points; `column_gap` parts two columns, 0 sets one."""

    name: str
    body: float = 16.0
    title: float = 20.0
    section: float = 18.0
    note: float = 9.0
    left: float = 79.5
    measure: float = 448.0
    top: float = 110.0
    bottom: float = 730.0
    leading: float = 1.75
    title_cells: int = 18
    title_align: str = "centre"
    folio: str = "— {} —"
    running_head: str = ""
    column_gap: float = 0.0
    turned: int = 0
    cropped: bool = False
    justified: bool = False
    bold_heads: bool = True
    shuffled: bool = False


@dataclass
class _Line:
    text: str
    x: float
    y: float
    size: float
    bold: int = 0  # characters from the start that are bold
    width: float = 0.0  # to which it is stretched


@dataclass
class _Sheet:
    lines: list[_Line] = field(default_factory=list)
    notes: list[list[str]] = field(default_factory=list)


def press(printed: Sequence[Printed], how: Press) -> bytes:
    """The blocks as a PDF file."""
    setter = _Setter(how)
    for at, block in enumerate(printed):
        notes = []
        for after in printed[at + 1 :]:
            if after.kind != "note":
                break
            notes.append(after.text)
        setter.put(block, notes)
    return _inked(setter.finish(), how)


class _Setter:
    """Fills columns from the top, then pages."""

    def __init__(self, how: Press) -> None:
        self.how = how
        self.sheets = [_Sheet()]
        self.columns = 1
        self.column = 0
        self.y = self.start = how.top

    @property
    def width(self) -> float:
        how = self.how
        return how.measure if self.columns == 1 else (how.measure - how.column_gap) / 2

    @property
    def x(self) -> float:
        return self.how.left + self.column * (self.width + self.how.column_gap)

    def floor(self, more: Sequence[str] = ()) -> float:
        rows = sum(map(len, self.sheets[-1].notes)) + sum(len(self._note_rows(note)) for note in more)
        return self.how.bottom - (rows * self.how.note * 1.3 + 14 if rows else 0)

    def turn(self) -> None:
        self._notes()
        if self.column + 1 < self.columns:
            self.column += 1
            self.y = self.start
            return
        self.sheets.append(_Sheet())
        self.column, self.y, self.start = 0, self.how.top, self.how.top

    def finish(self) -> list[_Sheet]:
        self._notes()
        return self.sheets

    def put(self, block: Printed, notes: Sequence[str]) -> None:
        if block.kind == "section" and len(self.sheets) == 1:
            self.turn()
            self.columns = 2 if self.how.column_gap else 1
        if block.kind == "foot" and self.columns == 2:
            self._notes()
            self.columns, self.column = 1, 0
            self.sheets.append(_Sheet())
            self.y = self.how.top
        if block.kind != "note":
            getattr(self, "_" + block.kind.replace("-", "_"))(block.text, notes)

    def _masthead(self, text: str, notes: Sequence[str]) -> None:
        classified = text.startswith(("内部", "秘密"))
        first = not classified and len(text) <= 10 and not any(line.size > 30 for line in self.sheets[-1].lines)
        size = 40.0 if first else 15.0
        self.y += size * 1.5
        self._line(text, self._middle(text, size), size)

    def _contents_head(self, text: str, notes: Sequence[str]) -> None:
        self.y += 50
        self._line(text, self._middle(text, 18), 18, bold=len(text))
        self.y += 14

    def _contents(self, text: str, notes: Sequence[str]) -> None:
        for row, piece in enumerate(broken(text, 28)):
            self.y += 24
            self._line(piece, self.x + (28 if row else 0), 15)

    def _section(self, text: str, notes: Sequence[str]) -> None:
        pitch = self.how.section * self.how.leading
        if self.y + 5 * pitch > self.floor():
            self.turn()
        self.y += 1.6 * pitch
        self._line(text, self.x, self.how.section, bold=len(text))
        self.y += 0.3 * pitch

    def _title(self, text: str, notes: Sequence[str]) -> None:
        pitch = self.how.title * 1.5
        limit = min(self.how.title_cells, int(self.width / self.how.title) - 1)
        rows = list(broken(text, limit))
        if self.y + (len(rows) + 3) * pitch > self.floor():
            self.turn()
        self.y += 0.5 * pitch
        for row in rows:
            self.y += pitch
            x = self._middle(row, self.how.title) if self.how.title_align == "centre" else self.x
            self._line(row, x, self.how.title, bold=len(row))
        self.y += 0.4 * pitch

    def _text(self, text: str, notes: Sequence[str]) -> None:
        how = self.how
        head = _HEADED.match(text) if how.bold_heads else None
        bold = head.end() if head else 0
        rows = list(broken(text, int(self.width / how.body), indent=2))
        at = 0
        for number, row in enumerate(rows):
            called = [note for note in notes if note.split(" ")[0] in row]
            if self.y + how.body * how.leading > self.floor(called):
                self.turn()
            self.y += how.body * how.leading
            x = self.x + (0 if number else 2 * how.body)
            stretch = self.x + self.width - x if how.justified and number + 1 < len(rows) else 0.0
            self._line(row, x, how.body, bold=max(0, min(len(row), bold - at)), width=stretch)
            self.sheets[-1].notes += [self._note_rows(note) for note in called]
            at += len(row)

    def _caption(self, text: str, notes: Sequence[str]) -> None:
        self._line_of_table([text])

    def _row(self, text: str, notes: Sequence[str]) -> None:
        self._line_of_table(text.split("\t"))

    def _line_of_table(self, cells_: Sequence[str]) -> None:
        size = self.how.body - 2
        if self.y + size * 2 > self.floor():
            self.turn()
        self.y += size * 1.8
        for at, cell in enumerate(cells_):
            self._line(cell, self.x + at * self.width / 3, size)

    def _foot(self, text: str, notes: Sequence[str]) -> None:
        size = self.how.body - 2
        if not any(line.size == size for line in self.sheets[-1].lines):
            self.y += 40
        for row in broken(text, int(self.width / size) - 1):
            if self.y + 30 > self.floor():
                self.turn()
            self.y += size * 1.7
            self._line(row, self.x, size)

    def _middle(self, text: str, size: float) -> float:
        return self.x + (self.width - cells(text) * size) / 2

    def _line(self, text: str, x: float, size: float, *, bold: int = 0, width: float = 0.0) -> None:
        self.sheets[-1].lines.append(_Line(text, x, self.y, size, bold, width))

    def _note_rows(self, note: str) -> list[str]:
        return list(broken(note, int(self.width / self.how.note)))

    def _notes(self) -> None:
        y = self.floor() + 8
        for note in self.sheets[-1].notes:
            for row in note:
                y += self.how.note * 1.3
                self.sheets[-1].lines.append(_Line(row, self.x, y, self.how.note))
        self.sheets[-1].notes = []


def _inked(sheets: Sequence[_Sheet], how: Press) -> bytes:
    document = pymupdf.open()
    for number, sheet in enumerate(sheets, 1):
        page = document.new_page(width=WIDTH, height=HEIGHT)
        lines = list(sheet.lines)
        if how.folio and number > 1:
            text = how.folio.format(number)
            x = how.left if number % 2 == 0 else how.left + how.measure - cells(text) * 14
            lines.append(_Line(text, x, 775, 14))
        if how.running_head:
            lines.append(_Line(how.running_head, how.left, 60, 10))
        if how.shuffled:
            lines = lines[1::2] + lines[::2]
        for line in lines:
            _ink(page, line)
        if how.cropped:
            page.set_cropbox(pymupdf.Rect(30, 40, WIDTH - 20, HEIGHT - 30))
        if how.turned:
            page.set_rotation(how.turned)
    document.subset_fonts()
    return bytes(document.tobytes(garbage=4, deflate=True, no_new_id=True))


def _ink(page: pymupdf.Page, line: _Line) -> None:
    strips = list(_strips(line))
    natural = sum(font.text_length(text, size) for text, font, size, _ in (_shown(strip, line) for strip in strips))
    loose = (line.width - natural) / max(1, len(line.text) - 1) if line.width and natural < line.width else 0.0
    x = line.x
    for strip in strips:
        text, font, size, rise = _shown(strip, line)
        writer = pymupdf.TextWriter(page.rect)
        if loose:
            for char in text:
                writer.append((x, line.y - rise), char, font=font, fontsize=size)
                x += font.text_length(char, size) + loose
        else:
            writer.append((x, line.y - rise), text, font=font, fontsize=size)
            x += font.text_length(text, size)
        writer.write_text(page, render_mode=2 if strip[1] else 0)


def _strips(line: _Line) -> Iterator[tuple[str, bool, bool]]:
    """Runs of one look: text, bold, raised."""
    for raised, part in ((bool(m[1]), m[0]) for m in re.finditer(rf"([{RAISED}⁰⁻]+)|[^{RAISED}⁰⁻]+", line.text)):
        at = line.text.index(part)
        cut = max(0, min(len(part), line.bold - at))
        if cut:
            yield part[:cut], True, raised
        if part[cut:]:
            yield part[cut:], False, raised


def _shown(strip: tuple[str, bool, bool], line: _Line) -> tuple[str, pymupdf.Font, float, float]:
    text, bold, raised = strip
    faces = builtin_faces()
    font = faces.bold if bold else faces.regular
    if not raised or "⁻" in text:
        return text, font, line.size, 0.0
    plain = text.translate({ord(char): str(at) for at, char in enumerate("⁰" + RAISED)})
    return plain, font, line.size * 0.58, line.size * 0.35
