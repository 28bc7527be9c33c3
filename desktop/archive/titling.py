"""What a memo is about, as its title, its grouping and its period say it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from desktop.archive.choosing import Choice
from desktop.memo.model import Excerpt, Grouping
from desktop.memo.wording import book, month_span

_NAMED_FIELDS: Final = 3  # more fields than these are not listed in a title


def common_field(found: Sequence[Excerpt]) -> tuple[str, ...]:
    """The field that all excerpts of a basket have, when there is just one."""
    common = set.intersection(*(set(excerpt.fields) for excerpt in found))
    return (common.pop(),) if len(common) == 1 else ()


def usual_grouping(fields: Sequence[str]) -> Grouping:
    """One field is divided by level, several by field."""
    return Grouping.LEVEL if len(fields) == 1 else Grouping.FIELD


def topic(fields: Sequence[str]) -> str:
    """What few fields are called together: `生物医药领域`; empty for many or none."""
    if not 0 < len(fields) <= _NAMED_FIELDS:
        return ""
    return "、".join(fields) + ("领域" if len(fields) > 1 or fields[0] != "综合" else "")


def publication(found: Sequence[Excerpt]) -> str:
    """The publication that all excerpts come from, in 《》; empty when there are several."""
    titles = {one.source.title for one in found}
    return book(titles.pop()) if len(titles) == 1 else ""


def period(choice: Choice, found: Sequence[Excerpt]) -> str:
    """The months that were asked for, else those that the excerpts cover."""
    if choice.date_from and choice.date_to:
        return month_span((choice.date_from, choice.date_to))
    return month_span(excerpt.source.date for excerpt in found)
