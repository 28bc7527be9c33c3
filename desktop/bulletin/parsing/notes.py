"""Footnotes: which item a note belongs to and where its reference stands."""

from __future__ import annotations

import re
from collections.abc import Sequence

from desktop.bulletin.numerals import number

_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_NEAR = 6  # characters before a raised number that tell what it is
_POWER = re.compile(r"(?:[0-9.]|[0-9/· ][a-zμ]{0,2}[ms])\Z")  # what a raised number is a power of


def reference(texts: Sequence[str], mark: str, *, units: bool = False) -> tuple[int, int] | None:
    """The `(passage, offset)` right before the last reference to `mark` in the texts of an item; None without one.

    ¹ is not found inside ¹²; a mark at the very start of a passage is the passage's own marker. ² behind a unit or a number
    (m², 10³) counts only with `units`.
    """
    pattern = (
        re.compile(rf"(?<![{_RAISED}]){re.escape(mark)}(?![{_RAISED}])") if mark[0] in _RAISED else re.compile(re.escape(mark))
    )
    for at in range(len(texts) - 1, -1, -1):
        for match in reversed(list(pattern.finditer(texts[at]))):
            if match.start() and (units or not _is_power(texts[at], match.start())):
                return at, match.start()
    return None


def _is_power(text: str, at: int) -> bool:
    return text[at] in _RAISED and bool(_POWER.search(text[max(0, at - _NEAR) : at]))


def mark_digits(mark: str) -> str:
    """The mark as ASCII digits: ¹² → "12", ③ → "3", [4] → "4"."""
    value = number(mark.strip("[]［］〔〕"))
    return str(value) if value is not None else mark
