"""Excerpts under headings: by field in the plan's order, by level, by region, by issue, or under none. No group is empty."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from desktop.archive.regions import INSIDE, NATIONAL, OUTSIDE
from desktop.fields.vocabulary import Vocabulary
from desktop.memo.model import Excerpt, Group, Grouping
from desktop.memo.wording import chinese_date, issue_title

_LEVELS = {NATIONAL: "部委动态", OUTSIDE: "省外速览", INSIDE: "省内要情"}  # in printing order
_NATIONAL_REGION = "国家部委"
_OTHER = "其他"


def plan_order(vocabulary: Vocabulary) -> tuple[str, ...]:
    """The fields as they are printed: the plan's ten, 综合, then local tags."""
    return (*(one.name for one in vocabulary.all_fields), *(tag.name for tag in vocabulary.local_tags))


def level_rank(level: str) -> int:
    """部委, 省外, 省内, then what has no level."""
    return list(_LEVELS).index(level) if level in _LEVELS else len(_LEVELS)


def newness(date: str, number: str) -> tuple[str, int]:
    """A key by which later issues are greater."""
    digits = re.match(r"\d+", number)
    return date, int(digits[0]) if digits else 0


def _by_heading(found: Iterable[Excerpt], heading: Callable[[Excerpt], str]) -> dict[str, list[Excerpt]]:
    groups: dict[str, list[Excerpt]] = {}
    for excerpt in found:
        groups.setdefault(heading(excerpt), []).append(excerpt)
    return groups


def _by_field(found: Sequence[Excerpt], order: tuple[str, ...], chosen: tuple[str, ...]) -> list[Group]:
    """Under the first of the chosen fields that an excerpt has, else under its own first one."""

    def heading(excerpt: Excerpt) -> str:
        wanted = [name for name in order if name in chosen and name in excerpt.fields]
        return next(iter(wanted or excerpt.fields), _OTHER)

    groups = _by_heading(found, heading)
    return [Group(name, tuple(groups[name])) for name in (*order, _OTHER) if name in groups]


def _by_level(found: Sequence[Excerpt], first: str = NATIONAL) -> list[Group]:
    groups = _by_heading(found, lambda excerpt: _LEVELS.get(excerpt.level, _OTHER))
    order = dict.fromkeys((_LEVELS[first], *_LEVELS.values(), _OTHER))
    return [Group(name, tuple(groups[name])) for name in order if name in groups]


def _by_region(found: Sequence[Excerpt]) -> list[Group]:
    def heading(excerpt: Excerpt) -> str:
        return excerpt.region or (_NATIONAL_REGION if excerpt.level == NATIONAL else _OTHER)

    groups = _by_heading(found, heading)
    names = sorted(groups, key=lambda name: (name == _OTHER, level_rank(groups[name][0].level)))
    return [Group(name, tuple(groups[name])) for name in names]


def _by_issue(found: Sequence[Excerpt]) -> list[Group]:
    ordered = sorted(found, key=lambda excerpt: newness(excerpt.source.date, excerpt.source.number), reverse=True)

    def heading(excerpt: Excerpt) -> str:
        date = chinese_date(excerpt.source.date)
        return issue_title(excerpt.source) + (f"（{date}）" if date else "")

    return [Group(name, tuple(group)) for name, group in _by_heading(ordered, heading).items()]


def grouped(found: Sequence[Excerpt], grouping: Grouping, order: tuple[str, ...], chosen: tuple[str, ...]) -> tuple[Group, ...]:
    """The groups in printing order; within each, excerpts stay in the order they come. `order` as from `plan_order`.

    Where nothing fits a heading there is none: 其他 stands beside other groups only.
    """
    groups = _groups(found, grouping, order, chosen)
    return (Group("", groups[0].excerpts),) if [group.heading for group in groups] == [_OTHER] else groups


def _groups(found: Sequence[Excerpt], grouping: Grouping, order: tuple[str, ...], chosen: tuple[str, ...]) -> tuple[Group, ...]:
    match grouping:
        case Grouping.FIELD:
            return tuple(_by_field(found, order, chosen))
        case Grouping.LEVEL:
            return tuple(_by_level(found))
        case Grouping.OUTSIDE:
            return tuple(_by_level(found, OUTSIDE))
        case Grouping.INSIDE:
            return tuple(_by_level(found, INSIDE))
        case Grouping.REGION:
            return tuple(_by_region(found))
        case Grouping.ISSUE:
            return tuple(_by_issue(found))
        case Grouping.NONE:
            return (Group("", tuple(found)),)
