"""A few words around a hit: where a folded term stands in a text as it is printed, and what stands beside it.

Lengths are characters, offsets code points. Only the blocks of the text that are shown are mapped character by character,
for a page of hits must not cost more than finding them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from desktop.bulletin.folding import fold, fold_with_offsets

LENGTH: Final = 60
_BEFORE: Final = 16  # characters shown before the first hit
_BLOCK: Final = 64
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


class _Place(NamedTuple):
    """Where a term stands in a folded text; `term` is its number."""

    start: int
    end: int
    term: int


class _Source:
    """The beginning of a text with its folded form, and the way back: block by block, and only as far as it is gone."""

    def __init__(self, text: str, length: int) -> None:
        self._text = text if length >= len(text) else text[:length]
        self._folded = fold(self._text)
        self._starts = [0]  # where each block begins in the folded text, and where the next one would
        self._offsets: dict[int, list[int]] = {}

    def _block(self, number: int) -> str:
        return self._text[number * _BLOCK : (number + 1) * _BLOCK]

    def _at(self, place: int) -> int:
        """Offset in the text of a character of the folded text."""
        while place >= self._starts[-1]:
            self._starts.append(self._starts[-1] + len(fold(self._block(len(self._starts) - 1))))
        number = bisect_right(self._starts, place) - 1
        if number not in self._offsets:
            self._offsets[number] = fold_with_offsets(self._block(number))[1]
        return number * _BLOCK + self._offsets[number][place - self._starts[number]]

    def span(self, place: _Place) -> Span:
        """Where a place of the folded text is in the text."""
        return self._at(place.start), self._at(place.end - 1) + 1

    def places(self, terms: Sequence[str]) -> list[_Place]:
        """Where the terms stand, in order."""
        return sorted(_Place(at, at + len(term), number) for number, term in enumerate(terms) for at in self._find(term))

    def _find(self, term: str) -> Iterator[int]:
        at = self._folded.find(term)
        for _ in range(_MOST):
            if at < 0:
                return
            yield at
            at = self._folded.find(term, at + 1)


def _fullest(places: list[_Place]) -> tuple[_Place, int]:
    """Find the place after which the most different terms follow within a snippet (the first such), and how many they are."""
    best, most, right = places[0], 0, 0
    inside: Counter[int] = Counter()
    for place in places:
        while right < len(places) and places[right].end <= max(place.end, place.start + LENGTH - _BEFORE):
            inside[places[right].term] += 1
            right += 1
        if len(inside) > most:
            best, most = place, len(inside)
        inside[place.term] -= 1
        if not inside[place.term]:
            del inside[place.term]
    return best, most


def _merged(spans: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in spans:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _window(length: int, first: Span) -> Span:
    """Choose what to show of a text of some length so that the first hit is in it."""
    left = max(0, first[0] - _BEFORE)
    right = min(length, max(left + LENGTH, min(first[1], left + 2 * LENGTH)))
    return max(0, min(left, right - LENGTH)), right


def _looks(text: str, terms: Sequence[str]) -> Iterator[int]:
    """Say how much of a text to look at: as much as all terms need if they are spelt as folded, which is rarely not enough."""
    plain = [text.find(term) + len(term) for term in terms]
    if plain and all(end >= len(term) for end, term in zip(plain, terms, strict=True)):
        enough = max(plain) + 2 * LENGTH
        if enough < len(text):
            yield enough
    yield len(text)


def snippet(text: str, terms: Sequence[str], begin: int = 0) -> Snippet:
    """Show `text` from `begin` on where most of the folded `terms` stand together; its beginning where none does."""
    tail = text[begin:]
    for length in _looks(tail, terms):
        source = _Source(tail, length)
        places = source.places(terms)
        if not places:
            continue
        place, together = _fullest(places)
        first = source.span(place)
        if length == len(tail) or (together == len(terms) and first[1] + LENGTH < length):
            return _around(tail, begin, first, [source.span(other) for other in places if _is_near(other, place)])
    return Snippet(tail[:LENGTH].translate(_BLANKS), (), begin, begin)


def snippets(text: str, terms: Sequence[str], most: int) -> tuple[Snippet, ...]:
    """Up to `most` parts of the text with all places of the folded terms, no place twice, in order."""
    source = _Source(text, len(text))
    spans = _merged([source.span(place) for place in source.places(terms)])
    found: list[Snippet] = []
    shown_to = -1
    for span in spans:
        if span[0] >= shown_to and len(found) < most:
            found.append(_around(text, 0, span, spans))
            shown_to = _window(len(text), span)[1]
    return tuple(found)


def _is_near(other: _Place, place: _Place) -> bool:
    return other.end > place.start - LENGTH and other.start < place.start + 2 * LENGTH


def _around(tail: str, begin: int, first: Span, spans: list[Span]) -> Snippet:
    left, right = _window(len(tail), first)
    shown = [(max(start, left) - left, min(end, right) - left) for start, end in _merged(spans) if start < right and end > left]
    return Snippet(tail[left:right].translate(_BLANKS), tuple(shown), first[0] + begin, first[1] + begin)
