"""Finding the place of a quotation that was itself altered: by aligning it, with its context, to the changed text.

Everything here works on folded text. A place is answered only where most of the context and at least half of the quotation
agree, and where no second place comes near: a quotation that is gone is gone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_SEED: Final = 3  # characters that must agree somewhere for a stretch of text to be looked at
_BUCKET: Final = 16  # diagonals that count as one stretch
_STRETCHES: Final = 4
_SLACK: Final = 24
_EDGE: Final = 48  # of a long quotation, the characters at each end that are aligned
_LEAST_PATTERN: Final = 0.7  # of quotation and context together, the share of characters that must agree
_LEAST_QUOTE: Final = 0.5
_SHIFT: Final = 6
_MARGIN: Final = 0.1  # by which the best place must be better than the next


@dataclass(frozen=True, slots=True)
class _Fit:
    """A stretch of text beside a pattern: the share of the pattern that agrees, and the part that the quotation became."""

    share: float
    quote_share: float
    start: int
    end: int


def shared(context: str, window: str, shift: int = _SHIFT) -> tuple[int, int]:
    """How many pairs of neighbouring characters of `context` stand at most `shift` places off in `window`, and how many there are.

    Both are read from the quotation outwards, so that words that merely stand somewhere near do not count.
    """
    pairs = [context[at : at + 2] for at in range(len(context) - 1)]
    return sum(pair in window[max(0, at - shift) : at + shift + 2] for at, pair in enumerate(pairs)), len(pairs)


def refind(text: str, quote: str, prefix: str, suffix: str) -> tuple[int, int] | None:
    """Where the altered `quote` stands between its altered contexts in `text` (all folded); None unless that is certain."""
    if not quote:
        return None
    if len(quote) <= 2 * _EDGE:
        fit = _certain(text, prefix + quote + suffix, len(prefix), len(prefix) + len(quote))
        return (fit.start, fit.end) if fit else None
    head = _certain(text, prefix + quote[:_EDGE], len(prefix), len(prefix) + _EDGE)
    tail = _certain(text, quote[-_EDGE:] + suffix, 0, _EDGE)
    if head is None or tail is None or not 0.5 <= (tail.end - head.start) / len(quote) <= 2:
        return None
    agreeing, total = shared(quote, text[head.start : tail.end], len(quote))
    return (head.start, tail.end) if agreeing >= total * _LEAST_QUOTE else None


def _certain(text: str, pattern: str, first: int, last: int) -> _Fit | None:
    """The fit of `pattern`, whose part `first … last` is the quotation, if it is good and clearly the best."""
    fits = sorted((_fit(text, pattern, first, last, at) for at in _stretches(text, pattern)), key=lambda fit: -fit.share)
    if not fits or fits[0].share < _LEAST_PATTERN or fits[0].quote_share < _LEAST_QUOTE:
        return None
    best = fits[0]
    rivals = [fit for fit in fits[1:] if fit.end <= best.start or best.end <= fit.start]
    return None if any(best.share - fit.share < _MARGIN for fit in rivals) else best


def _stretches(text: str, pattern: str) -> Iterator[int]:
    """Where in `text` the pattern may begin: the diagonals that most of its short pieces speak for."""
    votes: Counter[int] = Counter()
    for at in range(len(pattern) - _SEED + 1):
        seed = pattern[at : at + _SEED]
        here = text.find(seed)
        while here >= 0:
            votes[(here - at) // _BUCKET] += 1
            here = text.find(seed, here + 1)
    taken: list[int] = []
    for bucket, _ in votes.most_common():
        if all(abs(bucket - other) > 1 for other in taken):
            taken.append(bucket)
            yield bucket * _BUCKET
        if len(taken) == _STRETCHES:
            return


def _fit(text: str, pattern: str, first: int, last: int, at: int) -> _Fit:
    base = max(0, at - _SLACK)
    window = text[base : at + len(pattern) + _BUCKET + _SLACK]
    pairs = _aligned(pattern, window)
    same = [i for i, j in pairs if pattern[i] == window[j]]
    quoted = [j for i, j in pairs if first <= i < last]
    if not quoted:
        return _Fit(0.0, 0.0, base, base)
    in_quote = sum(first <= i < last for i in same)
    return _Fit(len(same) / len(pattern), in_quote / (last - first), base + quoted[0], base + quoted[-1] + 1)


def _aligned(pattern: str, window: str) -> list[tuple[int, int]]:
    """The pairs (index in pattern, index in window) of a cheapest alignment; the ends of the window cost nothing."""
    rows = [[0] * (len(window) + 1)]
    for i, char in enumerate(pattern, start=1):
        above, row = rows[-1], [i]
        for j, other in enumerate(window):
            row.append(min(above[j] + (char != other), above[j + 1] + 1, row[j] + 1))
        rows.append(row)
    i, j = len(pattern), min(range(len(window) + 1), key=rows[-1].__getitem__)
    pairs: list[tuple[int, int]] = []
    while i and j:
        cost = rows[i][j]
        if cost == rows[i - 1][j - 1] + (pattern[i - 1] != window[j - 1]):
            i, j = i - 1, j - 1
            pairs.append((i, j))
        elif cost == rows[i - 1][j] + 1:
            i -= 1
        else:
            j -= 1
    return pairs[::-1]
