"""A few words around a hit: where a folded term stands in a text as it is printed, and what stands beside it.

Lengths are characters, offsets code points. Only the blocks of the text that are shown are mapped character by character,
for a page of hits must not cost more than finding them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import Final

from desktop.bulletin.folding import fold, fold_with_offsets

LENGTH: Final = 60
_BEFORE: Final = 16  # characters shown before the first hit
_BLOCK: Final = 256
_MOST: Final = 500  # places of one term that are looked at
_BLANKS: Final = str.maketrans(dict.fromkeys("\n\r\t\v\f\x1c\x1d\x1e\x1f\x85\u2028\u2029", " "))

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Snippet:
    """About 60 characters of a text; `ranges` are the hits in `text`, `start … end` the first of them in the whole text."""

    text: str
    ranges: tuple[Span, ...]
    start: int
    end: int


class _Source:
    """A text with its folded form, and the way back."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._blocks = [text[at : at + _BLOCK] for at in range(0, len(text), _BLOCK)]
        folded = list(map(fold, self._blocks))
        self.folded = "".join(folded)
        self._starts = [0, *accumulate(map(len, folded))]
        self._offsets = lru_cache(maxsize=8)(lambda block: fold_with_offsets(self._blocks[block])[1])

    def at(self, place: int) -> int:
        """Offset in the text of a character of the folded text."""
        block = bisect_right(self._starts, place) - 1
        return block * _BLOCK + self._offsets(block)[place - self._starts[block]]

    def span(self, span: Span) -> Span:
        return self.at(span[0]), self.at(span[1] - 1) + 1

    def places(self, terms: Sequence[str], begin: int) -> list[tuple[int, int, int]]:
        """Hits at or after a folded offset, in order: start, end, number of the term."""
        return sorted((at, at + len(term), number) for number, term in enumerate(terms) for at in _find(self.folded, term, begin))


def _find(folded: str, term: str, begin: int) -> Iterator[int]:
    at = folded.find(term, begin)
    for _ in range(_MOST):
        if at < 0:
            return
        yield at
        at = folded.find(term, at + 1)


def _fullest(places: list[tuple[int, int, int]]) -> int:
    """Index of the hit after which the most different terms follow within a snippet's length; the first of several."""
    best, most = 0, 0
    inside: dict[int, int] = {}
    right = 0
    for left, (start, _, term) in enumerate(places):
        while right < len(places) and (right == left or places[right][1] <= start + LENGTH - _BEFORE):
            inside[places[right][2]] = inside.get(places[right][2], 0) + 1
            right += 1
        if len(inside) > most:
            best, most = left, len(inside)
        inside[term] -= 1
        if not inside[term]:
            del inside[term]
    return best


def _merged(spans: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in spans:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _window(length: int, first: Span, begin: int) -> Span:
    """Choose what to show of a text from `begin` to its end (`length`) so that the first hit is in it."""
    left = max(begin, first[0] - _BEFORE)
    right = min(length, max(left + LENGTH, min(first[1], left + 2 * LENGTH)))
    return max(begin, min(left, right - LENGTH)), right


def snippet(text: str, terms: Sequence[str], begin: int = 0) -> Snippet:
    """Show `text` from `begin` on where most of the folded `terms` stand together; its beginning where none does."""
    source = _Source(text)
    places = source.places(terms, len(fold(text[:begin])))
    if not places:
        return Snippet(text[begin : begin + LENGTH].translate(_BLANKS), (), begin, begin)
    chosen = places[_fullest(places)]
    first = source.span(chosen[:2])
    left, right = _window(len(text), first, begin)
    spans = [source.span((start, end)) for start, end, _ in places if chosen[0] - LENGTH <= start <= chosen[0] + 2 * LENGTH]
    shown = [(max(start, left) - left, min(end, right) - left) for start, end in _merged(spans) if start < right and end > left]
    return Snippet(text[left:right].translate(_BLANKS), tuple(shown), *first)
