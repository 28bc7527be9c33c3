"""Tables of a PDF: rows whose fragments stand far apart under each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from desktop.bulletin.parsing import shapes
from desktop.bulletin.parsing.blocks import Block, Role
from desktop.bulletin.parsing.rows import Row
from desktop.bulletin.traced import Traced, join

_NEAR = 4.0
"""Points by which the left edges of one column may differ."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Consecutive rows of one table on one page, and the left edges of its columns."""

    rows: tuple[Row, ...]
    lefts: tuple[float, ...]

    def blocks(self, before: list[Block]) -> Iterator[Block]:
        """One block a table row. A row that goes on with the last row of the page before is added to that one."""
        for row in _table_rows(self):
            if row.cells[0] or not before or before[-1].role is not Role.ROW:
                yield row
            else:
                before[-1] = _merged(before[-1], row)


def _table_rows(grid: Grid) -> list[Block]:
    found: list[Block] = []
    for row in grid.rows:
        cells = [Traced("")] * len(grid.lefts)
        for text, left in zip(row.fragments, row.lefts, strict=True):
            at = min(range(len(grid.lefts)), key=lambda column: abs(grid.lefts[column] - left))
            cells[at] = join([cells[at], text])
        block = Block(join(cells, "\t"), row.page, row.line, True, Role.ROW, row.box.x0, row.size, cells=tuple(cells))
        if found and not cells[0]:
            found[-1] = _merged(found[-1], block)
        else:
            found.append(block)
    return found


def _merged(above: Block, below: Block) -> Block:
    cells = tuple(join([a, b]) for a, b in zip(above.cells, below.cells, strict=False)) + above.cells[len(below.cells) :]
    return replace(above, cells=cells, text=join(cells, "\t"))


def find_grids(rows: Sequence[Row], going_on: tuple[float, ...], below: Sequence[Row] = ()) -> Iterator[Row | Grid]:
    """The page's rows, those of tables gathered.

    `going_on` are the columns of a table that reached the page before's end, `below` the row that the page after begins with.
    """
    at = 0
    lefts = going_on
    while at < len(rows):
        end = _grid_end(rows, at, lefts, below)
        if end > at:
            yield Grid(tuple(rows[at:end]), lefts or rows[at].lefts)
            at = end
        else:
            yield rows[at]
            at += 1
        lefts = ()


def _grid_end(rows: Sequence[Row], start: int, lefts: tuple[float, ...], below: Sequence[Row]) -> int:
    if not lefts:
        if not _opens_grid([*rows[start : start + 2], *below]):
            return start
        lefts = rows[start].lefts
    end = start
    while end < len(rows) and _belongs(rows[end], lefts):
        end += 1
    return end


def _opens_grid(rows: Sequence[Row]) -> bool:
    """Three columns and a row below that stands under them, or two columns in two rows that are no list of pages."""
    row, *below = rows
    if len(row.fragments) < 2 or not below or _lists_pages(row):
        return False
    return len(below[0].fragments) >= 2 and _belongs(below[0], row.lefts) and not _lists_pages(below[0])


def _lists_pages(row: Row) -> bool:
    return len(row.fragments) == 2 and shapes.leader(row.text.text) is not None


def _belongs(row: Row, lefts: tuple[float, ...]) -> bool:
    known = [any(abs(left - column) <= _NEAR for column in lefts) for left in row.lefts]
    if len(row.fragments) > 1:
        return len(row.fragments) <= len(lefts) and sum(known) * 2 >= len(known)
    return known[0] and abs(row.lefts[0] - lefts[0]) > _NEAR
