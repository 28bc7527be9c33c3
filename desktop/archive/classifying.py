"""The classification that a compilation carries: the highest of its sources, for the longest term, never less.

Rule: 《党政机关公文处理工作条例》第三十二条. `内部资料 注意保存` and the like are no state secrets; they are carried over as a
protective mark when a source bears one and no source is classified.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

LEVELS = ("秘密", "机密", "绝密")  # ascending
PROTECTIVE_MARK = "内部资料　注意保存"
_MARK = re.compile(r"(秘密|机密|绝密)[★☆\s]*(长期|\d+\s*(?:年|个?月))?")
_MONTHS_OF_A_YEAR = 12
_FOREVER = 10**6


def _months(term: str) -> int:
    if term == "长期":
        return _FOREVER
    number = int(re.match(r"\d+", term)[0]) if term else 0  # type: ignore[index]
    return number * (_MONTHS_OF_A_YEAR if term.endswith("年") else 1)


def _parsed(mark: str) -> tuple[str, str] | None:
    if mark.strip().startswith("工作"):  # 工作秘密 is no state secret
        return None
    match = _MARK.search(mark)
    return (match[1], re.sub(r"\s", "", match[2] or "")) if match else None


def highest(marks: Iterable[str | None]) -> str | None:
    """`机密★10年` from 秘密★10年 and 机密★5年; None when no source is classified."""
    parsed = [found for mark in marks if mark and (found := _parsed(mark))]
    if not parsed:
        return None
    level = max((level for level, _ in parsed), key=LEVELS.index)
    term = max((term for _, term in parsed), key=_months)
    return f"{level}★{term}" if term else level


def protective(marks: Iterable[str | None]) -> str:
    """The protective mark that sources carry; empty when none does."""
    carried = [mark.strip() for mark in marks if mark and mark.strip() and not _parsed(mark)]
    if any("内部" in mark for mark in carried):
        return PROTECTIVE_MARK
    return carried[0] if carried else ""


def raised(own: str, marks: Iterable[str | None]) -> str | None:
    """The highest of the sources and of what the author wants: it can be raised, and never falls below the sources."""
    return highest([*marks, own or None])


def lowers(own: str, marks: Iterable[str | None]) -> bool:
    """Whether what the author wants is less than what the sources carry."""
    carried = highest(marks)
    return bool(own) and carried is not None and raised(own, [carried]) != highest([own])
