"""The exact map between places on the reading page and places in the items.

A Qt document counts UTF-16 units and holds text that belongs to no item (section heads, markers, numerals); marks are
code-point offsets of an item's canonical text. Pure Python, so that the map can be tested without a window.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass


def utf16_length(text: str) -> int:
    """How many positions a Qt document gives to the text."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of canonical text as it stands on the page; `at` is the page position of its first character."""

    at: int
    item: int
    start: int
    text: str

    @property
    def end(self) -> int:
        """The canonical offset after the last character."""
        return self.start + len(self.text)

    @property
    def stop(self) -> int:
        """The page position after the last character."""
        return self.at + utf16_length(self.text)

    def position(self, offset: int) -> int:
        """Page position of a canonical offset of this run (its end included)."""
        return self.at + utf16_length(self.text[: offset - self.start])

    def offset(self, position: int) -> int:
        """Canonical offset of a page position of this run; the second half of a pair counts as the character before."""
        units = position - self.at
        if self.stop - self.at == len(self.text):
            return self.start + units
        for index, char in enumerate(self.text):
            units -= utf16_length(char)
            if units < 0:
                return self.start + index
        return self.end


class TextMap:
    """All runs of canonical text on a page, laid down in page order."""

    def __init__(self) -> None:
        self._segments: list[Segment] = []
        self._starts: list[int] = []
        self._items: dict[int, list[Segment]] = {}  # in page order
        self._canonical: dict[int, list[Segment]] = {}  # by offset, once asked for: footnotes stand elsewhere on the page

    def add(self, at: int, item: int, start: int, text: str) -> Segment:
        """Notes a run; runs come in page order and do not overlap."""
        segment = Segment(at, item, start, text)
        self._segments.append(segment)
        self._starts.append(at)
        self._items.setdefault(item, []).append(segment)
        self._canonical.pop(item, None)
        return segment

    @property
    def items(self) -> tuple[int, ...]:
        """The items on the page, in page order."""
        return tuple(self._items)

    def segments(self, item: int) -> tuple[Segment, ...]:
        """The runs of one item in page order."""
        return tuple(self._items.get(item, ()))

    def position(self, item: int, offset: int) -> int | None:
        """Page position of a canonical offset; None when the item is not on the page."""
        runs = self._by_offset(item)
        at = bisect_right(runs, offset, key=lambda run: run.start) - 1
        if at > 0 and runs[at - 1].end == offset:  # the end of one run rather than the beginning of the next
            at -= 1
        return runs[at].position(min(offset, runs[at].end)) if at >= 0 else None

    def _by_offset(self, item: int) -> list[Segment]:
        if item not in self._canonical:
            self._canonical[item] = sorted(self._items.get(item, ()), key=lambda run: run.start)
        return self._canonical[item]

    def _after(self, position: int) -> Segment | None:
        index = bisect_left(self._starts, position)
        return self._segments[index] if index < len(self._segments) else None

    def holding(self, position: int) -> Segment | None:
        """The run that holds a page position, its two ends included."""
        index = bisect_right(self._starts, position) - 1
        if index >= 0 and position <= self._segments[index].stop:
            return self._segments[index]
        return None

    def canonical(self, position: int) -> tuple[int, int] | None:
        """Item and offset at a page position; from text of no item, the next place that has one, else the last."""
        segment = self.holding(position) or self._after(position)
        if segment is not None:
            return segment.item, segment.offset(max(position, segment.at))
        if not self._segments:
            return None
        last = self._segments[-1]
        return last.item, last.end

    def character(self, position: int) -> tuple[int, int] | None:
        """Item and offset of the canonical character that stands right after a page position, or None."""
        segment = self.holding(position)
        if segment is None or position >= segment.stop:
            return None
        return segment.item, segment.offset(position)

    def ranges(self, item: int, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The page positions that a canonical stretch covers, one pair a run."""
        runs = self._by_offset(item)
        first = max(bisect_right(runs, start, key=lambda run: run.start) - 1, 0)
        for segment in runs[first : bisect_left(runs, end, key=lambda run: run.start)]:
            low, high = max(start, segment.start), min(end, segment.end)
            if low < high:
                yield segment.position(low), segment.position(high)

    def clip(self, anchor: int, position: int) -> tuple[int, int, int] | None:
        """The canonical stretch (item, start, end) of a selection drawn from `anchor` to `position`, or None.

        Text of no item is left out, the stretch stays in the item where the selection started, and it is one unbroken run
        of canonical text even where the page shows passages in another order.
        """
        low, high = sorted((anchor, position))
        touched = [s for s in self._segments[self._first(low) : bisect_left(self._starts, high)] if s.stop > low]
        solid = [s for s in touched if s.text]
        if not solid:
            return None
        forward = anchor <= position
        origin = solid[0] if forward else solid[-1]
        at = touched.index(origin)
        onward = touched[at:] if forward else touched[at::-1]
        run = _unbroken([s for s in onward if s.item == origin.item], forward=forward)
        start = run[0].offset(max(low, run[0].at))
        end = _end_offset(run[-1], min(high, run[-1].stop))
        return (origin.item, start, end) if start < end else None

    def _first(self, low: int) -> int:
        return max(bisect_right(self._starts, low) - 1, 0)


def _end_offset(segment: Segment, position: int) -> int:
    """Like `offset`, but a cut pair is taken whole."""
    offset = segment.offset(position)
    return offset if segment.position(offset) == position else offset + 1


def _unbroken(segments: list[Segment], *, forward: bool) -> list[Segment]:
    """The longest chain from the first segment in which canonical text goes on without a gap, in canonical order.

    Empty passages hold the chain together but are not ends of it.
    """
    chain = segments[:1]
    for segment in segments[1:]:
        gap = segment.start - chain[-1].end if forward else chain[-1].start - segment.end
        if gap not in (0, 1):  # 0 within a passage that a correction parts on the page
            break
        chain.append(segment)
    while not chain[-1].text:
        chain.pop()
    return chain if forward else chain[::-1]
