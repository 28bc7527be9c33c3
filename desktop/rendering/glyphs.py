"""The characters of a page with the boxes they are printed in: what selecting, marking and searching on the page rest on."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from desktop.bulletin.box import Box

_REACH = 0.35  # of a line's height: how far above and below itself a line answers to the pointer


@dataclass(frozen=True, slots=True)
class Link:
    """A link of the PDF: `box` in points; to `page` (0: none) at height `y`, or to the address `uri`."""

    box: Box
    page: int
    y: float
    uri: str


class PageText:
    """Characters by index, their boxes (points, page as displayed), and the lines they stand on.

    `lines` holds the index of the first character of every line that has any; `boxes` four numbers a character.
    """

    def __init__(self, text: str, lines: Sequence[int], boxes: array[float]) -> None:
        self.text = text
        self._boxes = boxes
        self._firsts = sorted({first for first in lines if first < len(text)} | ({0} if text else set()))
        self._lines = [self._union(*self.line_span(n)) for n in range(len(self._firsts))]

    def box(self, index: int) -> Box:
        """The box of one character."""
        return Box(*self._boxes[4 * index : 4 * index + 4])

    @property
    def line_count(self) -> int:
        """How many lines have characters."""
        return len(self._firsts)

    def line_at(self, index: int) -> int:
        """The number of the line, from 0, that holds the character."""
        return max(bisect_right(self._firsts, index) - 1, 0)

    def line_span(self, line: int) -> tuple[int, int]:
        """First character of the line and one past its last."""
        last = self._firsts[line + 1] if line + 1 < len(self._firsts) else len(self.text)
        return self._firsts[line], last

    def stretches(self, first: int, last: int) -> list[tuple[int, int]]:
        """The characters `first … last` (exclusive) cut at line ends."""
        cut = []
        while first < last:
            end = min(self.line_span(self.line_at(first))[1], last)
            cut.append((first, end))
            first = end
        return cut

    def bands(self, first: int, last: int) -> list[Box]:
        """One box a line around the characters `first … last` (exclusive), blanks at either end of a line left out."""
        found = []
        for start, end in self.stretches(max(first, 0), min(last, len(self.text))):
            while start < end and self.text[start].isspace():
                start += 1
            while start < end and self.text[end - 1].isspace():
                end -= 1
            if start < end:
                found.append(self._union(start, end))
        return found

    def at(self, x: float, y: float, slack: float = 1.0) -> int | None:
        """The character printed at the point, give or take `slack` points; None on blank paper."""
        line = self._line_near(x, y)
        if line is None or _distance(self._lines[line], x, y) > slack:
            return None
        best = min(range(*self.line_span(line)), key=lambda index: _distance(self.box(index), x, y))
        return best if _distance(self.box(best), x, y) <= slack else None

    def caret(self, x: float, y: float) -> int:
        """The gap between characters nearest to the point, on the line that the eye would take: 0 … len(text)."""
        line = self._line_near(x, y)
        if line is None:
            return 0
        first, last = self.line_span(line)
        dx, dy = self.heading(first)
        # Along the direction of writing, whichever it is: upright, set vertically or printed turned.
        reached = dx * x + dy * y
        return first + sum(1 for index in range(first, last) if self._along(index, dx, dy) < reached)

    def heading(self, index: int) -> tuple[int, int]:
        """Where the character's line runs to: (1, 0) to the right, (0, 1) down, (-1, 0) to the left, (0, -1) up."""
        first, last = self.line_span(self.line_at(index))
        (ax, ay), (bx, by) = self._centre(first), self._centre(last - 1)
        if abs(by - ay) > abs(bx - ax):
            return 0, 1 if by > ay else -1
        return (-1, 0) if bx < ax else (1, 0)

    def near(self, y: float) -> int:
        """The first character of the first line that ends below height `y`, else the last character; 0 without text."""
        for n, line in enumerate(self._lines):
            if line.y1 > y:
                return self._firsts[n]
        return max(len(self.text) - 1, 0)

    def _along(self, index: int, dx: int, dy: int) -> float:
        x, y = self._centre(index)
        return dx * x + dy * y

    def _centre(self, index: int) -> tuple[float, float]:
        x0, y0, x1, y1 = self._boxes[4 * index : 4 * index + 4]
        return (x0 + x1) / 2, (y0 + y1) / 2

    def _union(self, first: int, last: int) -> Box:
        flat = self._boxes[4 * first : 4 * last]
        return Box(min(flat[0::4]), min(flat[1::4]), max(flat[2::4]), max(flat[3::4]))

    def _line_near(self, x: float, y: float) -> int | None:
        """The line beside the point: one at its height when there is any (the nearest column), else the nearest at all."""
        if not self._lines:
            return None

        def cost(n: int) -> tuple[bool, float]:
            box = self._lines[n]
            reach = _REACH * (box.y1 - box.y0)
            beside = box.y0 - reach <= y <= box.y1 + reach
            inside = box.y0 <= y <= box.y1
            return not beside, _distance(box, x, box.y0 if beside else y) + (0.0 if inside else 1.0)

        return min(range(len(self._lines)), key=cost)


def _distance(box: Box, x: float, y: float) -> float:
    dx = max(box.x0 - x, 0.0, x - box.x1)
    dy = max(box.y0 - y, 0.0, y - box.y1)
    return float((dx * dx + dy * dy) ** 0.5)
