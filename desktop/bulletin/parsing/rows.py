"""Printed rows of a PDF page: fragments that stand side by side, with the measures the layout rules need.

All lengths are points in the page as displayed, y downwards.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import NamedTuple

from desktop.bulletin.pages import Box, Line, Page
from desktop.bulletin.traced import Traced, join, printed

_APART = 0.8
"""Fragments further apart than this many font sizes are not one run of words."""


@dataclass(frozen=True, slots=True)
class Row:
    """One printed row: its fragments from left to right (more than one only where they stand far apart)."""

    page: int
    line: int
    fragments: tuple[Traced, ...]
    lefts: tuple[float, ...]
    box: Box
    size: float
    bold: bool
    bold_lead: int  # characters of `text` that are bold before the first one that is not

    @property
    def text(self) -> Traced:
        """The fragments with a tab between."""
        return self.fragments[0] if len(self.fragments) == 1 else join(self.fragments, "\t")

    @property
    def middle(self) -> float:
        """The x of the row's middle."""
        return (self.box.x0 + self.box.x1) / 2


@dataclass(frozen=True, slots=True)
class Column:
    """The column of running text of one page: its edges, and the body's font size."""

    left: float
    right: float
    em: float

    @property
    def middle(self) -> float:
        """The x of the column's middle."""
        return (self.left + self.right) / 2


class _Piece(NamedTuple):
    """A line of the page with its words, put together once, and its box turned upright."""

    line: Line
    text: str
    box: Box


def page_rows(page: Page) -> list[Row]:
    """The rows of a page from the top, its words turned upright; lines without visible characters are left out."""
    found: list[list[_Piece]] = []
    for line in page.lines:
        text = line.text
        if line.box is None or not text.strip():
            continue
        piece = _Piece(line, text, _upright(line.box, page) if page.turned else line.box)
        if found and _same_row(found[-1][0].box, piece.box):
            found[-1].append(piece)
        else:
            found.append([piece])
    return [_row(page.number, sorted(pieces, key=_left)) for pieces in found]


def _upright(box: Box, page: Page) -> Box:
    if page.turned == 90:
        return Box(box.y0, page.width - box.x1, box.y1, page.width - box.x0)
    if page.turned == 180:
        return Box(page.width - box.x1, page.height - box.y1, page.width - box.x0, page.height - box.y0)
    return Box(page.height - box.y1, box.x0, page.height - box.y0, box.x1)


def _left(piece: _Piece) -> float:
    return piece.box.x0


def _same_row(a: Box, b: Box) -> bool:
    return (b.y0 + b.y1) / 2 <= a.y1 - 0.1 * (a.y1 - a.y0) and b.y1 > a.y0


def _row(page: int, pieces: list[_Piece]) -> Row:
    size = max(pieces, key=lambda piece: len(piece.text)).line.size
    fragments: list[Traced] = []
    lefts: list[float] = []
    edge = float("-inf")
    for line, words, box in pieces:
        text = printed(words, page, line.first).strip()
        gap = box.x0 - edge
        if gap < _APART * size:
            fragments[-1] = join([fragments[-1], text], " " if gap > 0.2 * size else "")
        else:
            fragments.append(text)
            lefts.append(box.x0)
        edge = box.x1
    spans = [span for piece in pieces for span in piece.line.spans if span.text.strip()]
    lead = sum([len(span.text) for span in takewhile(lambda span: span.bold, spans)])
    bold = all(span.bold for span in spans)
    return Row(page, pieces[0].line.number, tuple(fragments), tuple(lefts), _around(pieces), size, bold, lead)


def moved(row: Row, right: float) -> Row:
    """The row as it would stand further to the right."""
    box = Box(row.box.x0 + right, row.box.y0, row.box.x1 + right, row.box.y1)
    return replace(row, box=box, lefts=tuple(left + right for left in row.lefts))


def _around(pieces: Sequence[_Piece]) -> Box:
    if len(pieces) == 1:
        return pieces[0].box
    boxes = [piece.box for piece in pieces]
    return Box(min(b.x0 for b in boxes), min(b.y0 for b in boxes), max(b.x1 for b in boxes), max(b.y1 for b in boxes))


def body_size(rows: Iterable[Row]) -> float:
    """The font size that most characters have; 12 for a document without rows."""
    weights: Counter[float] = Counter()
    for row in rows:
        weights[round(row.size * 2) / 2] += sum(len(fragment) for fragment in row.fragments)
    return weights.most_common(1)[0][0] if weights else 12.0


def columns(rows: Sequence[Row], em: float) -> dict[int, Column]:
    """The text column for odd (1) and even (0) pages: books mirror their margins."""
    body = [row for row in rows if abs(row.size - em) <= 0.6 and row.box.x1 - row.box.x0 >= 8 * em]
    whole = _column(body or list(rows), em)
    return {parity: _column([r for r in body if r.page % 2 == parity], em, whole) for parity in (0, 1)}


def _column(rows: Sequence[Row], em: float, otherwise: Column | None = None) -> Column:
    if otherwise is not None and len(rows) < 8:
        return otherwise
    lefts = Counter(round(row.box.x0) for row in rows)
    rights = Counter(round(row.box.x1) for row in rows)
    if not lefts:
        return Column(0.0, 1000.0, em)
    left = min(x for x, count in lefts.items() if count * 8 >= max(lefts.values()))
    right = rights.most_common(1)[0][0]
    return Column(left, max(right, left + 8 * em), em)
