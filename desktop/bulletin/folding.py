"""Folding: the one equivalence under which texts are compared, searched and checked (`docs/data-format.md`).

NFKC, case, quote, dash and dot forms are levelled and all white space and invisible characters removed, so that
`5００万 元`, `“小巨人”` and a phrase cut by a line break meet the text they mean. Folding is for comparison only; what is shown
or exported is never folded.
"""

from __future__ import annotations

import unicodedata

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


class _Folding(dict[int, str | int]):
    """What each character becomes, by its number; worked out when first met. For `str.translate`, the fastest way there is."""

    def __missing__(self, number: int) -> str | int:
        char = chr(number)
        folded = _fold_char(char)
        self[number] = result = number if folded == char else folded
        return result


class _Uneven(dict[int, int | None]):
    """Nothing for characters that fold to exactly one, else the character itself."""

    def __missing__(self, number: int) -> int | None:
        self[number] = result = None if len(_fold_char(chr(number))) == 1 else number
        return result


_FOLDING = _Folding()
_UNEVEN = _Uneven()


def fold(text: str) -> str:
    """The text for comparison. Character by character, so that folding a part equals the part of the folded whole."""
    return text.translate(_FOLDING)


def fold_with_offsets(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each folded character the offset in `text` it came from, plus `len(text)` at the end."""
    uneven = set(text.translate(_UNEVEN))
    offsets: list[int] = []
    for at, char in enumerate(text):
        if char in uneven:
            offsets.extend([at] * len(fold(char)))
        else:
            offsets.append(at)
    offsets.append(len(text))
    return fold(text), offsets


def squash(text: str) -> str:
    """The text without any white space: the form in which an excerpt must be a substring of its source."""
    return "".join(text.split())
