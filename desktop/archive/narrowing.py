"""What a search is narrowed to, and how many hits each further narrowing would leave."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from db.index_register import Group, Register
from db.index_source import IssueFacts, ItemFacts

Facets = dict[str, dict[str, int]]
Test = Callable[[ItemFacts, IssueFacts], bool]

FACETS: Final = ("field", "section", "year", "level", "region")


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

    def _tests(self) -> list[Test]:
        """List the tests for what is narrowed, and only those."""
        wanted: tuple[tuple[object, Test], ...] = (
            (self.field or self.subfield, lambda item, _: any(map(self._is_field, item.fields))),
            (self.section, lambda item, _: item.section == self.section),
            (self.region, lambda item, _: item.region == self.region),
            (self.level, lambda item, _: item.level == self.level),
            (self.date_from, lambda _, issue: issue.date >= (self.date_from or "")),
            (self.date_to, lambda _, issue: "" < issue.date <= (self.date_to or "")),
            (self.issue is not None, lambda item, _: item.issue == self.issue),
            (self.issue_title, lambda _, issue: issue.title == self.issue_title),
            (self.marked, lambda item, _: item.marked),
            (self.unread, lambda item, _: item.unread),
            (self.noted, lambda item, _: item.noted),
        )
        return [test for value, test in wanted if value]

    def _is_field(self, field: tuple[str, str]) -> bool:
        return (not self.field or field[0] == self.field) and (not self.subfield or field[1] == self.subfield)

    def allowed(self, register: Register) -> frozenset[int] | None:
        """Return the items that may be among the hits; None for all."""
        tests = self._tests()
        if not tests:
            return None
        issues = register.issues
        return frozenset(
            item for item, facts in register.items.items() if all(test(facts, issues[facts.issue]) for test in tests)
        )


def _parts(group: Group) -> Iterable[tuple[str, str]]:
    yield from (("field", field) for field in group.fields)
    yield from (("section", group.section), ("year", group.year), ("level", group.level), ("region", group.region))


def facets(register: Register, items: Iterable[int]) -> Facets:
    """Count hits by field, section, year, level and region, the most frequent first. Each hit names its item."""
    counters: dict[str, Counter[str]] = {name: Counter() for name in FACETS}
    for group, count in register.counts(items).items():
        for name, value in _parts(group):
            if value:
                counters[name][value] += count
    return {name: dict(sorted(counter.items(), key=lambda pair: (-pair[1], pair[0]))) for name, counter in counters.items()}
