"""Blocks of a PDF: paragraphs, headings, notes and tables put together from coordinates.

A paragraph starts at an indent of about two characters; a row at the left edge goes on with it, over a page break too. Where
the print does not say, the block's `opens` is None and the rules for plain text decide.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from enum import Enum
from functools import lru_cache
from itertools import takewhile, zip_longest

from desktop.bulletin.columns import stretches
from desktop.bulletin.pages import Pages
from desktop.bulletin.parsing import shapes
from desktop.bulletin.parsing.blocks import Block, Layout, Role
from desktop.bulletin.parsing.footzone import split_notes
from desktop.bulletin.parsing.furniture import without_furniture
from desktop.bulletin.parsing.grids import Grid, find_grids
from desktop.bulletin.parsing.masthead import head_lines
from desktop.bulletin.parsing.rows import Column, Row, body_size, columns, moved, page_rows
from desktop.bulletin.parsing.wrapping import wrap

_LATIN = re.compile(r"[!-~]+")


class _Seam(Enum):
    """How a row stands to the paragraph before it."""

    CONTINUES = "continues"
    OPENS = "opens"
    UNCLEAR = "unclear"


def pdf_layout(pages: Pages) -> Layout:
    """The blocks of a PDF's pages."""
    all_rows = [(page.width if page.turned in (90, 270) else page.height, page_rows(page)) for page in pages.pages]
    kept, numbers = without_furniture(all_rows)
    by_column = [_columns_apart(rows) for rows in kept]
    flat = [row for parts in by_column for rows in parts for row in rows]
    em = body_size(flat)
    alone = {id(flat[at]) for at in head_lines([row.text.text for row in flat[:40]])}
    by_parity = columns(flat, em)
    alone.update(id(row) for row in _entries(flat) if is_display(row, by_parity[row.page % 2]))
    assembly = _Assembly(by_parity, alone)
    parts = [rows for page in by_column for rows in page]
    for rows, after in zip_longest(parts, parts[1:], fillvalue=()):
        body, notes = split_notes(rows, em)
        for piece in find_grids(body, assembly.columns_of_table(), after[:1]):
            assembly.add(piece)
        assembly.end_page(notes)
    return Layout(assembly.finish(), _all_numbers(numbers, len(pages.pages)))


def _entries(rows: Sequence[Row]) -> Sequence[Row]:
    """The rows below the heading of the contents on its page, up to the first sentence: entries, each for itself."""
    head = next((at for at, row in enumerate(rows[:40]) if shapes.is_contents_head(row.text.text)), len(rows))
    below = takewhile(lambda row: row.page == rows[head].page and not row.text.text.endswith("。"), rows[head + 1 :])
    return list(below)


def _columns_apart(rows: Sequence[Row]) -> list[list[Row]]:
    """The rows of a page by stretch of reading; those of a right-hand column are moved over the left-hand one."""
    found = stretches([(row.box.x0, row.box.y0, row.box.x1, row.box.y1) for row in rows])
    if len(found) == 1:
        return [list(rows)]
    edges = {right: [rows[at].box.x0 for part, is_right in found if is_right is right for at in part] for right in (False, True)}
    shift = min(edges[True], default=0.0) - min(edges[False], default=0.0)
    return [[moved(rows[at], -shift) if right else rows[at] for at in part] for part, right in found]


def _all_numbers(numbers: dict[int, int], count: int) -> dict[int, int]:
    """Pages without a printed number (a cover) take theirs from their neighbours, where all agree."""
    offsets = {number - page for page, number in numbers.items()}
    if len(offsets) != 1:
        return numbers
    offset = offsets.pop()
    return {page: page + offset for page in range(1, count + 1) if page + offset > 0}


class _Assembly:
    """Puts rows together; remembers the open paragraph over page breaks."""

    def __init__(self, by_parity: dict[int, Column], alone: AbstractSet[int]) -> None:
        self._columns = by_parity
        self._alone = alone  # ids of rows that are paragraphs of their own whatever stands around them
        self._blocks: list[Block] = []
        self._open: list[Row] = []
        self._opens: bool | None = None
        self._notes: list[Block] = []
        self._table: tuple[float, ...] = ()

    def columns_of_table(self) -> tuple[float, ...]:
        """The x of the columns of a table that ran to the end of the page before; empty if none did."""
        return self._table

    def add(self, piece: Row | Grid) -> None:
        """Take the next row or table of the page."""
        if isinstance(piece, Grid):
            self._close()
            self._table = piece.lefts
            self._blocks.extend(piece.blocks(self._blocks))
            return
        self._table = ()
        column = self._columns[piece.page % 2]
        apart = id(piece) in self._alone or (bool(self._open) and id(self._open[-1]) in self._alone)
        verdict = _Seam.OPENS if apart else _verdict(self._open, piece, column)
        if verdict is not _Seam.CONTINUES:
            self._close()
            self._opens = True if verdict is _Seam.OPENS else None
        self._open.append(piece)

    def end_page(self, notes: Sequence[Block]) -> None:
        """Keep the page's notes until the paragraph that runs over its end is closed."""
        self._notes.extend(notes)
        if not self._open:
            self._flush_notes()

    def finish(self) -> list[Block]:
        """All blocks."""
        self._close()
        return self._blocks

    def _close(self) -> None:
        if self._open:
            self._blocks.append(_block(self._open, self._opens, self._columns[self._open[0].page % 2]))
            self._open = []
        self._flush_notes()

    def _flush_notes(self) -> None:
        self._blocks.extend(self._notes)
        self._notes = []


def _block(rows: Sequence[Row], opens: bool | None, column: Column) -> Block:
    first = rows[0]
    text = wrap([row.text for row in rows])
    role = Role.DISPLAY if is_display(first, column) else Role.BODY
    return Block(text, first.page, first.line, opens, role, first.box.x0, first.size, _run_in(rows, text.text))


def _run_in(rows: Sequence[Row], text: str) -> int:
    """The length of a bold head at the start that ends in 。 and has text behind it."""
    length = 0
    for row in rows:
        length += row.bold_lead
        if not row.bold:
            break
    return length if text[:length].endswith("。") and length < len(text) else 0


def is_display(row: Row, column: Column) -> bool:
    """Whether the row is set as a heading: larger than the body, or centred with clear margins and no prose end."""
    if row.size >= 1.12 * column.em:
        return True
    centred = abs(row.middle - column.middle) <= 0.8 * column.em
    clear = row.box.x0 >= column.left + 2.5 * column.em
    return centred and clear and len(row.fragments) == 1 and not shapes.ends_like_prose(row.text.text)


def _verdict(open_rows: Sequence[Row], row: Row, column: Column) -> _Seam:
    indented = 1.2 * column.em <= row.box.x0 - column.left <= 3.3 * column.em
    opens = _Seam.OPENS if indented else _Seam.UNCLEAR
    if not open_rows:
        return opens
    last = open_rows[-1]
    display = is_display(row, column)
    if display or is_display(last, column):
        return _Seam.CONTINUES if display and _same_heading(last, row) else _Seam.OPENS if display else opens
    if abs(last.size - row.size) > 0.08 * column.em or _stands_alone(row) or _stands_alone(last):
        return _Seam.OPENS if _stands_alone(row) else opens
    if indented or row.box.x0 - column.left > 3.3 * column.em or _far_below(last, row):
        return opens
    return _wrapped(last, row, column)


def _stands_alone(row: Row) -> bool:
    return len(row.fragments) > 1 or _is_line_of_its_own(row.fragments[0].text)


@lru_cache(maxsize=4096)  # each row is asked about up to four times
def _is_line_of_its_own(text: str) -> bool:
    bare = shapes.section_name(text) or shapes.leader(text) or shapes.bullet(text) or shapes.is_date(text) or shapes.label(text)
    return bool(bare)


def _same_heading(last: Row, row: Row) -> bool:
    """Two rows of one title: same page and size, close together, neither of them a line of its own kind."""
    if last.page != row.page or abs(last.size - row.size) > 0.3 or not 0 < row.box.y1 - last.box.y1 < 2.4 * row.size:
        return False
    if abs(last.middle - row.middle) > 1.5 * row.size and abs(last.box.x0 - row.box.x0) > 0.5 * row.size:
        return False
    return not any(_stands_alone(one) or shapes.marker(one.text.text) for one in (row,)) and not _stands_alone(last)


def _far_below(last: Row, row: Row) -> bool:
    return last.page == row.page and row.box.y0 - last.box.y1 > 1.8 * row.size


def _wrapped(last: Row, row: Row, column: Column) -> _Seam:
    """At the left edge: the rows are one paragraph if the next word no longer fitted on the row before."""
    words = row.text.text
    latin = _LATIN.match(words)
    needed = len(latin[0]) * 0.5 * row.size if latin else row.size
    if last.box.x1 + needed + row.size < column.right:
        return _Seam.UNCLEAR
    closed = shapes.is_closed(last.text.text)
    return _Seam.UNCLEAR if closed and (shapes.marker(words) or shapes.section_name(words)) else _Seam.CONTINUES
