"""Where an item's text is printed, both ways: canonical offsets to page characters and back.

The printed page knows characters by (page, index on the page), see `pages`; marks, hits and the memo know an item's canonical
offsets, see `model`. The page view and the exporters translate between the two here and nowhere else.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # a first page needs no document
    from desktop.bulletin.model import Passage


@dataclass(frozen=True, slots=True)
class Run:
    """Canonical offsets `offset … offset+length` of an item, printed as characters `char … char+length` of page `page`.

    `index` counts the runs of the item in canonical order: two runs with neighbouring indices have nothing printed between.
    """

    item: int
    offset: int
    length: int
    page: int
    char: int
    index: int

    @property
    def end(self) -> int:
        """One past the last canonical offset."""
        return self.offset + self.length

    @property
    def char_end(self) -> int:
        """One past the last character on the page."""
        return self.char + self.length

    def clipped(self, first: int, last: int) -> Run | None:
        """The part of the run whose characters lie in `first … last` (exclusive), or None."""
        char, end = max(self.char, first), min(self.char_end, last)
        if char >= end:
            return None
        return Run(self.item, self.offset + char - self.char, end - char, self.page, char, self.index)


def _runs(item: int, passages: Sequence[Passage]) -> list[Run]:
    placed = []
    at = 0
    for passage in passages:
        placed += [(at + place.start, place) for place in passage.places if place.length > 0]
        at += len(passage.text) + 1
    placed.sort(key=lambda pair: pair[0])
    return [Run(item, offset, place.length, place.page, place.char, n) for n, (offset, place) in enumerate(placed)]


class PlaceMap:
    """The places of all items of one document. `items` are (item id, passages) in the order of the document."""

    def __init__(self, items: Sequence[tuple[int, tuple[Passage, ...]]]) -> None:
        self._passages = dict(items)
        self._of_item = {item: _runs(item, passages) for item, passages in items}
        self._on_page: dict[int, list[Run]] = {}
        for runs in self._of_item.values():
            for run in runs:
                self._on_page.setdefault(run.page, []).append(run)
        for on_page in self._on_page.values():
            on_page.sort(key=lambda run: run.char)
        self._pages = sorted(self._on_page)

    # --- the item's own text

    def text(self, item: int) -> str:
        """The item's canonical text; "" for an unknown item."""
        return "\n".join(passage.text for passage in self._passages.get(item, ()))

    def passage_span(self, item: int, offset: int) -> tuple[int, int]:
        """The canonical (start, end) of the passage that holds `offset`, else of the last one; (0, 0) for an unknown item."""
        start, end = 0, -1
        for passage in self._passages.get(item, ()):
            start = end + 1
            end = start + len(passage.text)
            if offset <= end:
                break
        return start, max(end, 0)

    # --- item → page

    def characters(self, item: int, start: int, end: int) -> list[tuple[int, int, int]]:
        """The printed characters of `start … end` (exclusive) as (page, first, last + 1), in canonical order."""
        found: list[tuple[int, int, int]] = []
        for run in self._overlapping(item, start, end):
            first = run.char + max(start - run.offset, 0)
            last = run.char_end - max(run.end - end, 0)
            if found and found[-1][0] == run.page and found[-1][2] == first:
                found[-1] = (run.page, found[-1][1], last)
            else:
                found.append((run.page, first, last))
        return found

    def first_page(self, item: int, offset: int = 0) -> int | None:
        """The page of what `printed` gives; None when nothing of the item is printed."""
        place = self.printed(item, offset)
        return place[0] if place else None

    def printed(self, item: int, offset: int = 0) -> tuple[int, int] | None:
        """(page, character) of the first printed character at or after `offset`, else of the item's last one."""
        runs = self._of_item.get(item, [])
        if not runs:
            return None
        at = bisect_left(runs, offset + 1, key=lambda run: run.end)
        if at == len(runs):
            return runs[-1].page, runs[-1].char_end - 1
        return runs[at].page, runs[at].char + max(offset - runs[at].offset, 0)

    def end(self, item: int) -> tuple[int, int] | None:
        """(page, character) where the last of an item is printed; None for one without a place."""
        return max(((run.page, run.char_end - 1) for run in self._of_item.get(item, [])), default=None)

    @property
    def items(self) -> tuple[int, ...]:
        """The items that are printed somewhere."""
        return tuple(item for item, runs in self._of_item.items() if runs)

    def _overlapping(self, item: int, start: int, end: int) -> Iterator[Run]:
        runs = self._of_item.get(item, [])
        for run in runs[bisect_left(runs, start + 1, key=lambda run: run.end) :]:
            if run.offset >= end:
                return
            yield run

    # --- page → item

    def locate(self, page: int, char: int) -> tuple[int, int] | None:
        """(item, offset) printed as character `char` of `page`, or None for a character of no item."""
        runs = self._on_page.get(page, [])
        at = bisect_right(runs, char, key=lambda run: run.char) - 1
        if at < 0 or char >= runs[at].char_end:
            return None
        return runs[at].item, runs[at].offset + char - runs[at].char

    def nearest(self, page: int, char: int) -> tuple[int, int] | None:
        """(item, offset) at the character, else at the next printed one of an item, else at the last one before it."""
        runs = self._on_page.get(page, [])
        at = bisect_left(runs, char + 1, key=lambda run: run.char_end)
        if at < len(runs):
            return runs[at].item, runs[at].offset + max(char - runs[at].char, 0)
        later = bisect_right(self._pages, page)
        if later < len(self._pages):
            run = self._on_page[self._pages[later]][0]
            return run.item, run.offset
        before = bisect_right(self._pages, page) - 1
        if before < 0:
            return None
        run = self._on_page[self._pages[before]][-1]
        return run.item, run.end - 1

    def runs(self, page: int, first: int, last: int) -> list[Run]:
        """The pieces of items among the characters `first … last` (exclusive) of a page, in page order."""
        on_page = self._on_page.get(page, [])
        found = []
        for run in on_page[bisect_left(on_page, first + 1, key=lambda run: run.char_end) :]:
            if run.char >= last:
                break
            piece = run.clipped(first, last)
            if piece:
                found.append(piece)
        return found

    def span(self, page_a: int, char_a: int, page_b: int, char_b: int) -> tuple[int, int, int] | None:
        """The longest stretch (item, start, end) of one item that lies wholly within the printed range; None when there is none.

        The range runs from character `char_a` of `page_a` up to, not including, character `char_b` of `page_b`. A stretch ends
        where the item goes on outside the range: body text above a footnote and the footnote itself are two stretches when the
        body continues on a later page. It also ends at what is printed last: a footnote that is passed on the way from one half
        of the body to the other neither cuts the body nor is added to its end. Of equally long stretches the first is taken.
        """
        stretches = self._stretches(self._between(page_a, char_a, page_b, char_b))
        if not stretches:
            return None
        best = max(stretches, key=lambda group: (sum(run.length for run in group), -group[0].page, -group[0].char))
        last = max(best, key=lambda run: (run.page, run.char))
        return last.item, best[0].offset, last.end

    def _between(self, page_a: int, char_a: int, page_b: int, char_b: int) -> list[Run]:
        pieces: list[Run] = []
        for page in self._pages[bisect_left(self._pages, page_a) : bisect_right(self._pages, page_b)]:
            on_page = self._on_page[page]
            first = char_a if page == page_a else 0
            last = char_b if page == page_b else on_page[-1].char_end
            pieces += self.runs(page, first, last)
        return pieces

    def _stretches(self, pieces: list[Run]) -> list[list[Run]]:
        groups: list[list[Run]] = []
        for run in sorted(pieces, key=lambda run: (run.item, run.offset)):
            if groups and self._goes_on(groups[-1][-1], run):
                groups[-1].append(run)
            else:
                groups.append([run])
        return groups

    def _goes_on(self, before: Run, after: Run) -> bool:
        if before.item != after.item or after.index - before.index != 1:
            return False
        runs = self._of_item[before.item]
        return before.end == runs[before.index].end and after.offset == runs[after.index].offset
