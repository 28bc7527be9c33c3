"""What a search is narrowed to, and how many hits each further narrowing would leave."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from operator import and_
from typing import Final

from db.index_register import FACETS, Facet, Register, Tally, items_in, mask_of, values_of

Facets = dict[str, dict[str, int]]

_OWN: Final[dict[Facet, str]] = {"subfield": "field", "year": "date", "month": "date"}
"""The narrowing that a facet offers, where it is not called like the facet."""


@dataclass(frozen=True, slots=True)
class Filters:
    """Narrowings that must all hold; None, "" and False narrow nothing.

    A field counts for an item if the item, one of its points or one of its marks has it. Dates are ISO and inclusive; what
    has no date is outside any range. `issue` is an issue's id, `issue_title` a 刊名.
    """

    field: str | None = None
    subfield: str | None = None
    section: str | None = None
    region: str | None = None
    level: str | None = None
    date_from: str | None = None
    date_to: str | None = None
    issue: int | None = None
    issue_title: str | None = None
    marked: bool = False
    unread: bool = False
    noted: bool = False

    def allowed(self, register: Register) -> int | None:
        """The set of the items that may be among the hits; None for all."""
        sets = self.sets(register)
        return reduce(and_, sets.values()) if sets else None

    def sets(self, register: Register) -> dict[str, int]:
        """For each narrowing that is asked for, the set of the items that it leaves."""
        masks = register.masks
        wanted: tuple[tuple[str, object, Callable[[], int]], ...] = (
            ("field", self.field or self.subfield, lambda: self._fields(register)),
            ("section", self.section, lambda: masks.get(("section", self.section or ""), 0)),
            ("region", self.region, lambda: masks.get(("region", self.region or ""), 0)),
            ("level", self.level, lambda: masks.get(("level", self.level or ""), 0)),
            ("title", self.issue_title, lambda: masks.get(("title", self.issue_title or ""), 0)),
            ("date", self.date_from or self.date_to, lambda: self._dates(register)),
            ("issue", self.issue is not None, lambda: mask_of(i for i, known in register.items.items() if known.issue == self.issue)),
            ("marked", self.marked, lambda: masks.get(("state", "marked"), 0)),
            ("unread", self.unread, lambda: masks.get(("state", "unread"), 0)),
            ("noted", self.noted, lambda: masks.get(("state", "noted"), 0)),
        )  # fmt: skip
        return {name: made() for name, value, made in wanted if value}

    def _fields(self, register: Register) -> int:
        if self.field and not self.subfield:
            return register.masks.get(("field", self.field), 0)
        found = 0
        for (facet, value), mask in register.masks.items():
            field, _, subfield = value.partition("/")
            if facet == "subfield" and subfield == self.subfield and self.field in (None, "", field):
                found |= mask
        return found

    def _dates(self, register: Register) -> int:
        """Whole months at once; items of a month that is only partly meant, one by one."""
        found = 0
        for (facet, month), mask in register.masks.items():
            if facet != "month":
                continue
            if month and self._is_within(f"{month}-01") and self._is_within(f"{month}-31"):
                found |= mask
            elif not month or self._is_within(f"{month}-01", f"{month}-31"):
                found |= mask_of(item for item in items_in(mask) if self._holds(register, item))
        return found

    def _holds(self, register: Register, item: int) -> bool:
        return self._is_within(register.issues[register.items[item].issue].date)

    def _is_within(self, first: str, last: str = "") -> bool:
        """Whether a date, or any part of the time between two, is within the range."""
        return bool(first) and (last or first) >= (self.date_from or "") and (not self.date_to or first <= self.date_to)


def no_facets() -> Facets:
    """The counts of no hit at all."""
    return {facet: {} for facet in FACETS}


def facets(register: Register, tally: Tally, filters: Filters | None = None) -> Facets:
    """Count hits by each facet, the most frequent first (years and months the latest first).

    With `filters` every facet is narrowed by all of them but its own: so it tells what else could be chosen instead.
    """
    sets = filters.sets(register) if filters else {}
    tallies = {facet: _without_own(facet, tally, sets) for facet in FACETS}
    noted = {facet: _others(register, known) for facet, known in tallies.items() if known.others}
    counted: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for (facet, value), mask in register.masks.items():
        count = (tallies[facet].mask & mask).bit_count() + noted.get(facet, Counter())[facet, value]
        if count and value:
            counted[facet][value] = count
    return {facet: _ordered(facet, counted[facet]) for facet in FACETS}


def _without_own(facet: Facet, tally: Tally, sets: dict[str, int]) -> Tally:
    others = [mask for name, mask in sets.items() if name != _OWN.get(facet, facet)]
    return tally.narrowed(reduce(and_, others)) if others else tally


def _others(register: Register, tally: Tally) -> Counter[tuple[Facet, str]]:
    counter: Counter[tuple[Facet, str]] = Counter()
    for item, count in Counter(tally.others).items():
        known = register.items.get(item)
        for value in values_of(known, register.issues[known.issue]) if known else ():
            counter[value] += count
    return counter


def _ordered(facet: Facet, counts: dict[str, int]) -> dict[str, int]:
    if facet in ("year", "month"):
        return dict(sorted(counts.items(), reverse=True))
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
