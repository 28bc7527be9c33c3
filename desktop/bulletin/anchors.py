"""Anchors: a mark's place as offsets and as a quotation, so that it is found again in a text that has changed.

`find` answers only what it can stand for: a place with the same quotation, or with the same folded words. A quotation that is
gone is answered with None, never with a guess.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop.bulletin.folding import fold, fold_with_offsets

CONTEXT = 32
"""Characters kept on each side of a quotation."""


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
    nearest to it. Where the exact quotation is gone, the same by folded characters (white space, widths, quote forms aside).
    """
    if not quote:
        return None
    exact = [(at, at + len(quote)) for at in _occurrences(text, quote)]
    return _best(text, exact or _folded_ranges(text, quote), prefix, suffix, old_start)


def _best(text: str, ranges: Sequence[tuple[int, int]], prefix: str, suffix: str, old_start: int) -> tuple[int, int] | None:
    def fitness(place: tuple[int, int]) -> tuple[int, int]:
        return _context(text, place, prefix, suffix), -abs(place[0] - old_start)

    return max(ranges, key=fitness, default=None)


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
    start, end = place
    before, after = fold(text[max(0, start - 2 * CONTEXT) : start]), fold(text[end : end + 2 * CONTEXT])
    return _agreeing(before[::-1], fold(prefix)[::-1]) + _agreeing(after, fold(suffix))


def _agreeing(one: str, other: str) -> int:
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count
