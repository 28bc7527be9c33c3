"""In memory: what the index's keys stand for, and which items have what they can be filtered and counted by.

A search may hit a hundred thousand entries; looking each up in a table, or counting each in Python, would cost more than
finding it. So each value of each facet has the set of its items as one large number, a bit an item: narrowing is "and",
counting is the number of bits. The register follows the library's journal and reads again only what changed.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from db import index_source as source
from db.database import Database
from db.index_source import IssueFacts, ItemFacts
from db.index_view import IndexView

Facet = Literal["field", "subfield", "section", "level", "region", "year", "month", "title", "state"]
Value = tuple[Facet, str]

FACETS: Final[tuple[Facet, ...]] = ("field", "subfield", "section", "level", "region", "year", "month", "title", "state")
_FEW: Final = 500
_ONE: Final = ord("1")


def mask_of(items: Iterable[int]) -> int:
    """The set of some items as a number: bit n for item n."""
    ids = list(items)
    if not ids:
        return 0
    top = max(ids)
    digits = bytearray(b"0") * (top + 1)
    for item in ids:
        digits[top - item] = _ONE
    return int(digits, 2)


def items_in(mask: int) -> list[int]:
    """The items of a set, ascending."""
    digits = format(mask, "b")[::-1]
    found, at = [], digits.find("1")
    while at >= 0:
        found.append(at)
        at = digits.find("1", at + 1)
    return found


@dataclass(frozen=True, slots=True)
class Tally:
    """Hits to be counted: the items that were hit themselves, as a set, and the item of each hit in a note or quote."""

    mask: int
    others: tuple[int, ...] = ()

    def narrowed(self, allowed: int) -> Tally:
        """Those of the hits whose items are allowed."""
        return Tally(self.mask & allowed, tuple(item for item in self.others if allowed >> item & 1))

    @property
    def total(self) -> int:
        """How many hits there are."""
        return self.mask.bit_count() + len(self.others)


def values_of(item: ItemFacts, issue: IssueFacts) -> set[Value]:
    """All that an item can be filtered and counted by; "" stands for what is not known."""
    said: set[Value] = {("section", item.section), ("level", item.level), ("region", item.region), ("title", issue.title)}
    said |= {("year", issue.year), ("month", issue.date[:7] if len(issue.date) == len("2025-01-01") else "")}
    said |= {("field", field) for field, _ in item.fields}
    said |= {("subfield", f"{field}/{subfield}") for field, subfield in item.fields if subfield}
    states = (("marked", item.marked), ("unread", item.unread), ("noted", item.noted))
    return said | {("state", state) for state, holds in states if holds}


class Register:
    """Keys and facts of one library, for any number of threads: the dictionaries are replaced, never altered."""

    def __init__(self) -> None:
        self._refreshing = threading.Lock()
        self._position = ""
        self._owners: tuple[str, dict[int, int]] = ("", {})
        self.items: dict[int, ItemFacts] = {}
        self.issues: dict[int, IssueFacts] = {}
        self.masks: dict[Value, int] = {}
        self.every = 0

    def refresh(self, database: Database) -> None:
        """Bring the facts to the library's present state."""
        with self._refreshing, database.snapshot():  # an issue may be removed between one query and the next
            now = source.position(database)
            if now != self._position:
                self._follow(database, source.changes_since(database, self._position))
                self._position = now

    def _follow(self, database: Database, since: source.Since | None) -> None:
        facts = source.item_facts(database, None if since is None else since.facts)
        former, issues = self.items, self.issues
        if since is None or since.others:
            self.issues = source.issue_facts(database)
        elif since.texts:
            self.issues = issues | source.issue_facts(database, {item.issue for item in facts.values()})
        if since is None:
            gone = frozenset(former.keys() - facts.keys())
            self.items = facts
        else:
            gone = since.facts - facts.keys()
            self.items = former | facts
            for item in gone:
                self.items.pop(item, None)
        before = {item: values_of(former[item], issues[former[item].issue]) for item in (*facts, *gone) if item in former}
        after = {item: values_of(known, self.issues[known.issue]) for item, known in facts.items()}
        self._change_masks(before, after)

    def _change_masks(self, before: dict[int, set[Value]], after: dict[int, set[Value]]) -> None:
        out: defaultdict[Value, list[int]] = defaultdict(list)
        into: defaultdict[Value, list[int]] = defaultdict(list)
        for item, values in before.items():
            for value in values - after.get(item, set()):
                out[value].append(item)
        for item, values in after.items():
            for value in values - before.get(item, set()):
                into[value].append(item)
        masks = dict(self.masks)
        for value, items in out.items():
            masks[value] &= ~mask_of(items)
        for value, items in into.items():
            masks[value] = masks.get(value, 0) | mask_of(items)
        self.masks = {value: mask for value, mask in masks.items() if mask}
        self.every = (self.every & ~mask_of(before)) | mask_of(after)

    def tally(self, view: IndexView, keys: Sequence[int]) -> Tally:
        """What the entries with these keys are counted as."""
        items = self.owners(view, keys)
        if items and min(items) < 0:
            return Tally(mask_of(item for item in items if item > 0), tuple(-item for item in items if item < 0))
        return Tally(mask_of(items))

    def owners(self, view: IndexView, keys: Sequence[int]) -> list[int]:
        """The item of each key of the view; negative for a note's or quote's."""
        if self._owners[0] != view.made:  # keys mean nothing in another file
            self._owners = (view.made, view.owners())
        known = self._owners[1]
        try:
            return list(map(known.__getitem__, keys))
        except KeyError:
            new = [key for key in keys if key not in known]
            known.update(view.owners(new if len(new) <= _FEW else None))
            return [known[key] for key in keys]
