"""Anchors: a mark's place as offsets and as a quotation, so that it is found again in a text that has changed.

`find` answers only what it can stand for: a place with the same quotation, with the same folded words, or, where the
quotation itself was altered a little, the one place where it and its context are aligned beyond doubt. A quotation that is gone,
or whose words stand only in quite another context, is answered with None, never with a guess.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop.bulletin.folding import fold, fold_with_offsets
from desktop.bulletin.refinding import refind, shared

CONTEXT = 32
"""Characters kept on each side of a quotation."""

_CERTAIN = 0.9  # of the context on each side, the share that leaves no doubt
_DIRECT = 8  # characters on each side that make a quotation credible
_SHORT = 4  # characters below which a quotation says little by itself
_TELLING = 6  # characters that a whole side of context must have to speak for itself
_LONG = 16  # characters of a quotation that is taken for itself if it stands only once
_JUDGED = 64  # of many places with the quotation, those whose context is looked at closely


@dataclass(frozen=True, slots=True)
class Anchor:
    """A quotation with what stands before and after it; `start` is its offset in the text it was made from."""

    quote: str
    prefix: str
    suffix: str
    start: int


def make(text: str, start: int, end: int) -> Anchor:
    """The anchor of `text[start:end]`. `ValueError` for an empty or impossible range."""
    if not 0 <= start < end <= len(text):
        raise ValueError(f"no such range: {start}–{end} of {len(text)}")
    return Anchor(text[start:end], text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT], start)


def find(text: str, quote: str, prefix: str, suffix: str, old_start: int) -> tuple[int, int] | None:
    """The range of the quotation in `text`, or None where it is no longer found.

    Of several places with the quotation the one with the most of its context around it, and among equals the old place or the
    nearest to it. Where the exact quotation is gone, the same by folded characters (white space, widths, quote forms aside), and
    where those are gone too, or stand only in another context, the place that an alignment with the context finds.
    """
    if not quote:
        return None
    exact = [(at, at + len(quote)) for at in _occurrences(text, quote)]
    ranges = exact or _folded_ranges(text, quote)
    best = _best(text, ranges, prefix, suffix, old_start)
    if best and _is_certain(text, best, prefix, suffix):
        return best
    altered = _altered(text, quote, prefix, suffix)
    if altered is None:
        return best if best and _is_credible(text, best, prefix, suffix, ranges) else None
    return next((place for place in ranges if place[0] < altered[1] and altered[0] < place[1]), altered)


def _best(text: str, ranges: Sequence[tuple[int, int]], prefix: str, suffix: str, old_start: int) -> tuple[int, int] | None:
    def nearness(place: tuple[int, int]) -> tuple[int, int]:
        return _context(text, place, prefix, suffix), -abs(place[0] - old_start)

    def fitness(place: tuple[int, int]) -> tuple[int, int, int]:
        return (_support(text, place, prefix, suffix), *nearness(place))

    judged = ranges if len(ranges) <= _JUDGED else sorted(ranges, key=nearness, reverse=True)[:_JUDGED]
    return max(judged, key=fitness, default=None)


def _is_certain(text: str, place: tuple[int, int], prefix: str, suffix: str) -> bool:
    """Whether nearly all that stands directly at the quotation, on both sides, is what stood there."""
    return all(there >= wanted * _CERTAIN for there, wanted in _sides(text, place, prefix, suffix))


def _is_credible(text: str, place: tuple[int, int], prefix: str, suffix: str, ranges: Sequence[tuple[int, int]]) -> bool:
    """Whether the words themselves may be taken where an alignment finds nothing."""
    sides = _sides(text, place, prefix, suffix)
    if len(ranges) == 1 and (place[1] - place[0] >= _LONG or any(there == wanted >= _TELLING for there, wanted in sides)):
        return True
    if _has_whole_side(text, place, prefix, suffix):
        return not any(_has_whole_side(text, other, prefix, suffix) for other in ranges if other != place)
    needed = _DIRECT if place[1] - place[0] >= _SHORT else 2 * _DIRECT
    return all(there >= min(needed, wanted) for there, wanted in sides)


def _has_whole_side(text: str, place: tuple[int, int], prefix: str, suffix: str) -> bool:
    """Whether all that stood on one side, if that is much, still stands there: it tells like places apart."""
    return any(there == wanted >= _LONG for there, wanted in _sides(text, place, prefix, suffix))


def _sides(text: str, place: tuple[int, int], prefix: str, suffix: str) -> tuple[tuple[int, int], tuple[int, int]]:
    """Of the context before and after: the folded characters that agree, counted outwards from the quotation, and all."""
    before, after = _around(text, place)
    wanted, then = fold(prefix)[::-1], fold(suffix)
    return (_agreeing(before, wanted), len(wanted)), (_agreeing(after, then), len(then))


def _around(text: str, place: tuple[int, int]) -> tuple[str, str]:
    """The folded text around a place, read outwards from it."""
    start, end = place
    return fold(text[max(0, start - 2 * CONTEXT) : start])[::-1], fold(text[end : end + 2 * CONTEXT])


def _support(text: str, place: tuple[int, int], prefix: str, suffix: str) -> int:
    """How many pairs of neighbouring characters of the context stand about where they stood."""
    before, after = _around(text, place)
    return shared(fold(prefix)[::-1], before)[0] + shared(fold(suffix), after)[0]


def _altered(text: str, quote: str, prefix: str, suffix: str) -> tuple[int, int] | None:
    folded, offsets = fold_with_offsets(text)
    found = refind(folded, fold(quote), fold(prefix), fold(suffix))
    return (offsets[found[0]], offsets[found[1] - 1] + 1) if found else None


def _folded_ranges(text: str, quote: str) -> list[tuple[int, int]]:
    folded, offsets = fold_with_offsets(text)
    wanted = fold(quote)
    if not wanted:
        return []
    return [(offsets[at], offsets[at + len(wanted) - 1] + 1) for at in _occurrences(folded, wanted)]


def _occurrences(text: str, quote: str) -> Iterator[int]:
    at = text.find(quote)
    while at >= 0:
        yield at
        at = text.find(quote, at + 1)


def _context(text: str, place: tuple[int, int], prefix: str, suffix: str) -> int:
    """How many folded characters of the context agree, counted outwards from the quotation."""
    return sum(there for there, _ in _sides(text, place, prefix, suffix))


def _agreeing(one: str, other: str) -> int:
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count
