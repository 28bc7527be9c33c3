"""Folding: the one equivalence under which texts are compared, searched and checked (`docs/data-format.md`).

NFKC, case, quote, dash and dot forms are levelled and all white space and invisible characters removed, so that
`5００万 元`, `“小巨人”` and a phrase cut by a line break meet the text they mean. Folding is for comparison only; what is shown
or exported is never folded.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence

_VARIANTS = {
    "“": '"', "”": '"', "„": '"', "‟": '"', "「": '"', "」": '"', "『": '"', "』": '"', "〝": '"', "〞": '"',
    "‘": "'", "’": "'", "‚": "'", "‛": "'",
    "—": "-", "–": "-", "‐": "-", "‑": "-", "‒": "-", "―": "-", "−": "-", "─": "-",
    "•": "·", "∙": "·", "⋅": "·", "・": "·", "‧": "·",
}  # fmt: skip


def _is_dropped(char: str) -> bool:
    category = unicodedata.category(char)
    return char.isspace() or category in ("Cc", "Cf", "Zs", "Zl", "Zp") or "\ufe00" <= char <= "\ufe0f"


def _fold_char(char: str) -> str:
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", char).casefold())
    return "".join(_VARIANTS.get(c, c) for c in folded if not _is_dropped(c))


class _Folding(dict[str, str]):
    """What each character becomes; worked out when first met."""

    def __missing__(self, char: str) -> str:
        self[char] = folded = _fold_char(char)
        return folded


_FOLDING = _Folding()
_OTHER = re.compile("[^\u4e00-\u9fff0-9a-z。、]")
"""What may become something else: most of a text does not, and a pattern passes over it quicker than any table."""


def fold(text: str) -> str:
    """The text for comparison. Character by character, so that folding a part equals the part of the folded whole."""
    for char in set(_OTHER.findall(text)):
        folded = _FOLDING[char]
        if folded != char:
            text = text.replace(char, folded)  # what folding gives folds to itself: no order matters
    return text


def fold_with_offsets(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each folded character the offset in `text` it came from, plus `len(text)` at the end."""
    offsets: list[int] = []
    done = 0
    for found in _OTHER.finditer(text):
        length, at = len(_FOLDING[found[0]]), found.start()
        if length != 1:
            offsets.extend(range(done, at))
            offsets.extend([at] * length)
            done = at + 1
    offsets.extend(range(done, len(text) + 1))
    return fold(text), offsets


def offsets_of(text: str, places: Sequence[int]) -> list[int]:
    """Offsets in `text` of some characters of its folded form; quicker than `fold_with_offsets` for few of them."""
    starts, gains = [0], [0]  # from each folded place on, how many folded characters there are more than characters
    last = max(places, default=-1)
    for found in _OTHER.finditer(text):
        at = found.start() + gains[-1]
        if at > last:
            break
        length = len(_FOLDING[found[0]])
        if length != 1:
            gain = gains[-1]
            starts += range(at + 1, at + length) if length else (at,)
            gains += range(gain + 1, gain + length) if length else (gain - 1,)
    return [place - gains[bisect_right(starts, place) - 1] for place in places]


def squash(text: str) -> str:
    """The text without any white space: the form in which an excerpt must be a substring of its source."""
    return "".join(text.split())
