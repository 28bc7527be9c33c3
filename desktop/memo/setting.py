"""The memo set as pages: 22 lines of 28 characters, footnotes at the foot, headings kept with their text, the source table.

No file and no font here, only places: the PDF writer draws them, and a preview can. Coordinates are points of the A4 page,
origin top left, y downwards; a glyph's `y` is its baseline.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial

from desktop.memo import layout
from desktop.memo.layout import CHARACTER_SPACING, PageNumbers, Profile
from desktop.memo.linebreaking import Atom, Line, atoms, break_lines
from desktop.memo.model import Memo
from desktop.memo.outline import Block, BlockKind, blocks

# The width in points of a text in a kind of type ("body", "hei" …, as in `Typefaces`) at a size.
Measure = Callable[[str, str, float], float]

_ASCENT = 0.88  # of the size: where the baseline lies in a character's box
_RAISED_SIZE, _RAISE = 0.6, 0.35
_NOTE_PITCH, _NOTE_GAP = 16.0, 10.0
_NOTE_RULE = layout.points(50)
_CELL_PITCH, _CELL_SIDE, _CELL_TOP = 14.0, 3.0, 3.0
_TALLEST_ROW = 40  # lines of a cell; what is longer is continued in the next row


@dataclass(frozen=True, slots=True)
class Look:
    """How a kind of block is set: kind of type, size, alignment, first-line indent in characters, space after a character."""

    face: str
    size: float = layout.BODY_SIZE
    align: str = "both"
    indent: int = 2
    spacing: float = CHARACTER_SPACING


_BODY = Look("body")
_KAI = Look("kai")
_HEI = Look("hei")
_TITLE = Look("title", layout.TITLE_SIZE, "center", 0, 0.0)
_CLOSING = Look("body", align="left", indent=0, spacing=0.0)
_NOTE = Look("body", layout.FOOTNOTE_SIZE, indent=0, spacing=0.0)
_CELL = Look("body", layout.TABLE_SIZE, "center", 0, 0.0)
_CELL_HEAD = Look("hei", layout.TABLE_SIZE, "center", 0, 0.0)
LOOKS = {
    BlockKind.MARK: Look("hei", align="left", indent=0, spacing=0.0),
    BlockKind.TITLE: _TITLE,
    BlockKind.PERIOD: Look("kai", align="center", indent=0, spacing=0.0),
    BlockKind.BLANK: _BODY,
    BlockKind.ADDRESSEE: Look("body", indent=0),
    BlockKind.LEAD_IN: _BODY,
    BlockKind.GROUP: _HEI,
    BlockKind.HEADING: _KAI,
    BlockKind.COMMENT: _KAI,
    BlockKind.EXCERPT: _BODY,
    BlockKind.NOTE: _BODY,
    BlockKind.SOURCE: _BODY,
    BlockKind.ATTACHMENTS: _BODY,
    BlockKind.UNIT: _CLOSING,
    BlockKind.DATE: _CLOSING,
    BlockKind.ANNEX: Look("hei", align="left", indent=0, spacing=0.0),
    BlockKind.ANNEX_TITLE: _TITLE,
}


@dataclass(frozen=True, slots=True)
class Glyphs:
    """A text at a place, in a kind of type and a size."""

    x: float
    y: float
    text: str
    face: str
    size: float


@dataclass(slots=True)
class SetPage:
    """A page: texts, rules as (x0, y0, x1, y1), and the headings on it as (level, text)."""

    glyphs: list[Glyphs] = field(default_factory=list)
    rules: list[tuple[float, float, float, float]] = field(default_factory=list)
    headings: list[tuple[int, str]] = field(default_factory=list)


class _Room:
    """What a page still has room for: body lines taken from the top, footnotes from the bottom."""

    def __init__(self, profile: Profile, carried: list[Line]) -> None:
        self.profile = profile
        self.used = 0
        self.notes = carried

    def fits(self, lines: int, notes: int = 0) -> bool:
        count = len(self.notes) + notes
        foot = _NOTE_GAP + count * _NOTE_PITCH if count else 0.0
        return (self.used + lines) * self.profile.line + foot <= self.profile.height + 0.01


class Setter:
    """Sets one memo. `measure` gives widths; the result is in `pages`."""

    def __init__(self, profile: Profile, measure: Measure) -> None:
        self._profile, self._measure = profile, measure
        self._left, self._top = layout.points(profile.left), layout.points(profile.top)
        self._calls = 0
        self.pages: list[SetPage] = []
        self._room = _Room(profile, [])
        self._open([])

    def _open(self, carried: list[Line]) -> None:
        """Begin a page; `carried` are lines of footnotes that the page before had no room for."""
        self.pages.append(SetPage())
        self._room = _Room(self._profile, carried)

    def _close(self) -> None:
        """Set the footnotes of the page and begin the next one."""
        fitting = max(0, int((self._profile.height - self._room.used * self._profile.line - _NOTE_GAP) / _NOTE_PITCH))
        now, later = self._room.notes[:fitting], self._room.notes[fitting:]
        self._set_notes(now)
        self._open(later)

    def _set_notes(self, lines: Sequence[Line]) -> None:
        if not lines:
            return
        top = self._top + self._profile.height - len(lines) * _NOTE_PITCH
        self.pages[-1].rules.append((self._left, top - _NOTE_GAP / 2, self._left + _NOTE_RULE, top - _NOTE_GAP / 2))
        for at, line in enumerate(lines):
            self._draw(line, _NOTE, self._left, top + at * _NOTE_PITCH, _NOTE_PITCH)

    def _draw(self, line: Line, look: Look, x: float, top: float, pitch: float) -> None:
        baseline = top + (pitch - look.size) / 2 + look.size * _ASCENT
        for atom, place in zip(line.atoms, line.places, strict=True):
            if atom.raised:
                shown = Glyphs(x + place, baseline - look.size * _RAISE, atom.text, look.face, look.size * _RAISED_SIZE)
                self.pages[-1].glyphs.append(shown)
            elif look.spacing and len(atom.text) > 1:
                self._draw_spread(atom, look, x + place, baseline)
            else:
                self.pages[-1].glyphs.append(Glyphs(x + place, baseline, atom.text, look.face, look.size))

    def _draw_spread(self, atom: Atom, look: Look, x: float, baseline: float) -> None:
        for char in atom.text:
            self.pages[-1].glyphs.append(Glyphs(x, baseline, char, look.face, look.size))
            x += self._width(look, char)

    def _width(self, look: Look, text: str) -> float:
        return self._measure(look.face, text, look.size) + look.spacing * len(text)

    def _atoms(self, block: Block, look: Look) -> list[Atom]:
        found: list[Atom] = []
        for run in block.runs:
            found += atoms(run.text, partial(self._width, look), self._profile.width)
            if run.note:
                self._calls += 1
                number = str(self._calls)
                found.append(Atom(number, self._measure(look.face, number, look.size * _RAISED_SIZE), True, run.note))
        return [*found, *atoms(block.tail, partial(self._width, look), self._profile.width)]

    def lines_of(self, block: Block) -> list[Line]:
        """The lines of a block (an empty one is a line too); numbers the footnotes that it calls."""
        look, width = LOOKS[block.kind], self._profile.width
        if look.align == "both":
            em = look.size + look.spacing
            return break_lines(self._atoms(block, look), width, em, look.indent * em) or [Line((), ())]
        texts = block.lines or (block.text,)
        return [self._aligned(text, look) for text in texts]

    def _aligned(self, text: str, look: Look) -> Line:
        size = self._width(look, text)
        start = max(0.0, (self._profile.width - size) / 2) if look.align == "center" else 0.0
        return Line((Atom(text, size),), (start,))

    def _note_lines(self, line: Line) -> list[Line]:
        found: list[Line] = []
        for atom in line.atoms:
            if atom.note:
                pieces = list(atoms(f"{atom.text} {atom.note}", partial(self._width, _NOTE), self._profile.width))
                found += break_lines(pieces, self._profile.width, _NOTE.size)
        return found

    def _place_line(self, line: Line, look: Look, shift: float = 0.0) -> None:
        notes = self._note_lines(line)
        if self._room.used and not self._room.fits(1, len(notes)):
            self._close()
        while not self._room.used and not self._room.fits(1):  # a page full of footnotes carried over
            self._close()
        top = self._top + self._room.used * self._profile.line
        self._draw(line, look, self._left + shift, top, self._profile.line)
        self._room.used += 1
        self._room.notes = [*self._room.notes, *notes]

    def place(self, chain: Sequence[tuple[Block, list[Line]]], shifts: dict[BlockKind, float]) -> None:
        """Set blocks that belong together, and the last one's first line with them, on one page where they fit on one."""
        together = sum(len(lines) for _, lines in chain[:-1]) + 1
        if self._room.used and not self._room.fits(together) and together <= self._profile.lines:
            self._close()
        for block, lines in chain:
            if block.kind is BlockKind.ANNEX and self._room.used:
                self._close()
            for at, line in enumerate(lines):
                self._place_line(line, LOOKS[block.kind], shifts.get(block.kind, 0.0))
                if at == 0 and block.kind in (BlockKind.GROUP, BlockKind.HEADING):
                    self.pages[-1].headings.append((1 if block.kind is BlockKind.GROUP else 2, block.text))

    def table(self, rows: Sequence[tuple[str, ...]]) -> None:
        """Set the source table, its head row again on each page."""
        head, *body = rows
        bottom = self._top + self._profile.height
        y = self._row(head, _CELL_HEAD, self._top + self._room.used * self._profile.line)
        for row in body:
            for part in self._row_parts(row):
                if y + self._row_height(part) > bottom:
                    self._close()
                    y = self._row(head, _CELL_HEAD, self._top)
                y = self._row_lines(part, _CELL, y)
        self._room.used = self._profile.lines

    def _cells(self, row: Sequence[str], look: Look) -> list[list[Line]]:
        found = []
        for cell, column in zip(row, layout.TABLE_COLUMNS_MM, strict=True):
            width = layout.points(column) - 2 * _CELL_SIDE
            found.append(break_lines(list(atoms(cell, partial(self._width, look), width)), width, look.size))
        return found

    def _row_parts(self, row: Sequence[str]) -> Iterable[list[list[Line]]]:
        cells = self._cells(row, _CELL)
        tallest = max(map(len, cells), default=1)
        for at in range(0, max(tallest, 1), _TALLEST_ROW):
            yield [lines[at : at + _TALLEST_ROW] for lines in cells]

    def _row_height(self, cells: Sequence[Sequence[Line]]) -> float:
        return max(1, *map(len, cells)) * _CELL_PITCH + 2 * _CELL_TOP

    def _row(self, row: Sequence[str], look: Look, top: float) -> float:
        return self._row_lines(self._cells(row, look), look, top)

    def _row_lines(self, cells: Sequence[Sequence[Line]], look: Look, top: float) -> float:
        """Draw a row with its frame; returns where the next one begins."""
        height, x = self._row_height(cells), self._left
        page = self.pages[-1]
        for at, (lines, column) in enumerate(zip(cells, layout.TABLE_COLUMNS_MM, strict=True)):
            width = layout.points(column)
            page.rules += [(x, top, x, top + height), (x, top, x + width, top), (x, top + height, x + width, top + height)]
            y = top + (height - len(lines) * _CELL_PITCH) / 2
            for line in lines:
                room = width - 2 * _CELL_SIDE - sum(atom.width for atom in line.atoms)
                centred = 0.0 if at == layout.TABLE_TITLE_COLUMN and look is _CELL else max(0.0, room / 2 - line.places[0])
                self._draw(line, look, x + _CELL_SIDE + centred, y, _CELL_PITCH)
                y += _CELL_PITCH
            x += width
        page.rules.append((x, top, x, top + height))
        return top + height

    def finish(self) -> list[SetPage]:
        """Set what is left of the footnotes and the page numbers."""
        while self._room.notes:
            self._close()
        if not self.pages[-1].glyphs:
            self.pages.pop()
        for number, page in enumerate(self.pages, 1):
            page.glyphs.append(self._page_number(number))
        return self.pages

    def _page_number(self, number: int) -> Glyphs:
        size, text = layout.PAGE_NUMBER_SIZE, f"— {number} —"
        width = self._measure("song", text, size)
        right = self._left + self._profile.width - size - width
        x = right if number % 2 else self._left + size
        if self._profile.page_numbers is PageNumbers.CENTRE:
            x = self._left + (self._profile.width - width) / 2
        dash = self._top + self._profile.height + layout.points(layout.FOOTER_DASH_MM)
        return Glyphs(x, dash + 0.33 * size, text, "song", size)


def _shifts(parts: Sequence[Block], setter: Setter, profile: Profile) -> dict[BlockKind, float]:
    """Where 署名 and date begin, from the left edge (7.3.5.2): see `docx.signature_indents`."""
    em, width = layout.BODY_SIZE, {block.kind: setter.lines_of(block)[0].atoms[0].width for block in parts}
    unit, date = width.get(BlockKind.UNIT, 0.0), width[BlockKind.DATE]
    if date > unit:
        place = profile.width - 2 * em - date
        return {BlockKind.DATE: place, BlockKind.UNIT: place - 2 * em}
    place = max(0.0, profile.width - 2 * em - unit)
    return {BlockKind.UNIT: place, BlockKind.DATE: place + 2 * em}


def set_pages(memo: Memo, profile: Profile, measure: Measure) -> list[SetPage]:
    """The pages of a memo."""
    setter = Setter(profile, measure)
    parts = blocks(memo)
    shifts = _shifts([block for block in parts if block.kind in (BlockKind.UNIT, BlockKind.DATE)], setter, profile)
    chain: list[tuple[Block, list[Line]]] = []
    for block in parts:
        if block.kind is BlockKind.TABLE:
            setter.table(block.rows)
            continue
        chain.append((block, setter.lines_of(block)))
        if not block.keep:
            setter.place(chain, shifts)
            chain = []
    return setter.finish()
