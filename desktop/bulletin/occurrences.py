"""Where folded terms stand in an unfolded text: what is lit up when a search result is opened."""

from __future__ import annotations

from collections.abc import Iterable

from desktop.bulletin.folding import fold_with_offsets


def occurrences(text: str, terms: Iterable[str]) -> list[tuple[int, int]]:
    """All places of the folded terms, as code-point ranges of `text` in order; overlapping ones are joined."""
    folded, offsets = fold_with_offsets(text)
    found: list[tuple[int, int]] = []
    for term in filter(None, terms):
        at = folded.find(term)
        while at >= 0:
            found.append((offsets[at], offsets[at + len(term) - 1] + 1))
            at = folded.find(term, at + 1)
    joined: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
