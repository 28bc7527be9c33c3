"""Whether a hit is a word that was looked for, or only looks so: 中试 in 中试平台, or in 初中试卷.

Both are found, for the query is a matter of characters; but the words come first. What a word is, jieba says, from the few
characters around a place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from desktop.bulletin.folding import fold

Cut = Callable[[str], list[tuple[int, int]]]
"""From a folded text to the start and end of each of its words, without gaps."""

_AROUND: Final = 10  # characters on each side that are cut along with a place
_PLACES: Final = 5  # of a term that are looked at


def is_whole(text: str, terms: Iterable[str], cut: Cut) -> bool:
    """Whether each folded term that `text` has stands there at least once from a word's beginning to a word's end."""
    folded = fold(text)
    return all(_stands_whole(folded, term, cut) for term in terms if term in folded)


def _stands_whole(folded: str, term: str, cut: Cut) -> bool:
    return any(_has_ends(folded, at, at + len(term), cut) for at in _places(folded, term))


def _places(folded: str, term: str) -> Iterator[int]:
    at = folded.find(term)
    for _ in range(_PLACES):
        if at < 0:
            return
        yield at
        at = folded.find(term, at + len(term))


def _has_ends(folded: str, start: int, end: int, cut: Cut) -> bool:
    first = max(0, start - _AROUND)
    words = cut(folded[first : end + _AROUND])
    return any(word[0] == start - first for word in words) and any(word[1] == end - first for word in words)
