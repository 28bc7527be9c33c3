"""In memory: what the index's keys stand for, and what each item can be filtered and counted by.

A search may hit a hundred thousand entries; looking each up in a table would cost more than finding it. The register
follows the library's journal, so that it reads again only what changed.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from db import index_source as source
from db.database import Database
from db.index_source import IssueFacts, ItemFacts
from db.index_view import Address, IndexView


class Group(NamedTuple):
    """What items are counted by; items alike in all of it are counted together."""

    fields: tuple[str, ...]
    section: str
    year: str
    level: str
    region: str


class Register:
    """Keys and facts of one library, for any number of threads: the dictionaries are replaced, never altered."""

    def __init__(self) -> None:
        self._refreshing = threading.Lock()
        self._position = ""
        self._known: tuple[str, dict[int, Address]] = ("", {})
        self._groups: dict[Group, int] = {}
        self._group_of: dict[int, int] = {}
        self.items: dict[int, ItemFacts] = {}
        self.issues: dict[int, IssueFacts] = {}

    def refresh(self, database: Database) -> None:
        """Bring the facts to the library's present state."""
        with self._refreshing:
            now = source.position(database)
            if now != self._position:
                self._follow(database, source.changes_since(database, self._position))
                self._position = now

    def _follow(self, database: Database, since: source.Since | None) -> None:
        facts = source.item_facts(database, None if since is None else since.facts)
        if since is None or since.texts or since.others:
            self.issues = source.issue_facts(database)
        items = facts if since is None else self.items | facts
        for gone in since.facts - facts.keys() if since else ():
            items.pop(gone, None)
        grouped = {item: self._group(known) for item, known in facts.items()}
        self.items, self._group_of = items, self._group_of | grouped

    def _group(self, facts: ItemFacts) -> int:
        issue = self.issues[facts.issue]
        fields = tuple(dict.fromkeys(field for field, _ in facts.fields))
        group = Group(fields, facts.section, issue.year, facts.level, facts.region)
        return self._groups.setdefault(group, len(self._groups))

    def counts(self, items: Iterable[int]) -> dict[Group, int]:
        """How many of the items (each as often as it is named) belong to each group; items not known are passed over."""
        numbers = Counter(map(self._group_of.get, items))
        groups = list(self._groups)
        return {groups[number]: count for number, count in numbers.items() if number is not None}

    def address(self, view: IndexView, key: int) -> Address:
        """Address of one key of the view."""
        known = self._addresses(view)
        if key not in known:
            known.update(view.addresses(key))
        return known[key]

    def addresses(self, view: IndexView, keys: Sequence[int]) -> list[Address]:
        """Addresses of keys of the view, in their order."""
        known = self._addresses(view)
        try:
            return [known[key] for key in keys]
        except KeyError:
            known.update(view.addresses())
            return [known[key] for key in keys]

    def _addresses(self, view: IndexView) -> dict[int, Address]:
        """Known keys of the view's file: they mean nothing in another."""
        if self._known[0] != view.made:
            self._known = (view.made, {})
        return self._known[1]
