"""A few words around a hit: where a folded term stands in a text as it is printed, and what stands beside it.

Lengths are characters, offsets code points. No more of a text is folded than the snippet needs, for a page of hits must not
cost more than finding them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from desktop.bulletin.folding import fold, offsets_of

LENGTH: Final = 60
_BEFORE: Final = 16  # characters shown before the first hit
_MOST: Final = 500  # places of one term that are looked at
_STOPS: Final = "，。、；：！？,.;:!?”’）》"  # no snippet that leaves out words before it begins with these
_BLANKS: Final = str.maketrans(dict.fromkeys("\n\r\t\v\f\x1c\x1d\x1e\x1f\x85\u2028\u2029", " "))

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Snippet:
    """About 60 characters of a text; `ranges` are the hits in `text`, `start … end` the first of them in the whole text.

    `cut` says whether the paragraph goes on before and after them.
    """

    text: str
    ranges: tuple[Span, ...]
    start: int
    end: int
    cut: tuple[bool, bool] = (False, False)


class _Place(NamedTuple):
    """Where a term stands in a folded text; `term` is its number."""

    start: int
    end: int
    term: int


def _places(text: str, terms: Sequence[str]) -> list[_Place]:
    """Where the folded terms stand in the folded text, in order."""
    folded = fold(text)
    return sorted(_Place(at, at + len(term), number) for number, term in enumerate(terms) for at in _find(folded, term))


def _find(folded: str, term: str) -> Iterator[int]:
    at = folded.find(term)
    for _ in range(_MOST):
        if at < 0:
            return
        yield at
        at = folded.find(term, at + 1)


def _spans(text: str, places: Sequence[_Place]) -> list[Span]:
    """Where places of the folded text are in the text."""
    offsets = offsets_of(text, [at for place in places for at in (place.start, place.end - 1)])
    return [(start, end + 1) for start, end in zip(offsets[::2], offsets[1::2], strict=True)]


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
        places = _places(tail[:length], terms)
        if not places:
            continue
        place, together = _fullest(places)
        first, *spans = _spans(tail, [place, *(other for other in places if _is_near(other, place))])
        if length == len(tail) or (together == len(terms) and first[1] + LENGTH < length):
            return _around(tail, begin, first, spans)
    return Snippet(tail[:LENGTH].translate(_BLANKS), (), begin, begin, (False, _goes_on(tail, LENGTH)))


def snippets(text: str, terms: Sequence[str], most: int) -> tuple[Snippet, ...]:
    """Up to `most` parts of the text with all places of the folded terms, no place twice, in order."""
    spans = _merged(_spans(text, _places(text, terms)))
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
    while left and left < first[0] and tail[left] in _STOPS:
        left += 1
    shown = [(max(start, left) - left, min(end, right) - left) for start, end in _merged(spans) if start < right and end > left]
    cut = (left > 0 and tail[left - 1] != "\n", _goes_on(tail, right))
    return Snippet(tail[left:right].translate(_BLANKS), tuple(shown), first[0] + begin, first[1] + begin, cut)


def _goes_on(text: str, at: int) -> bool:
    return at < len(text) and text[at] != "\n"
