"""What the search index holds: entries, told as folded texts, asked for by folded terms.

What an entry says is looked up in the library. Entries are numbered so
that later days have higher keys: newest first is the order in which FTS5 walks. Texts are not stored a second time, and FTS5
forgets a text only when shown it again; the key of a removed entry is therefore spent, and passed over, until the index is
made anew.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from heapq import nlargest
from itertools import chain, islice
from typing import Final, Literal, NamedTuple

from db.index_tokens import Plan, pairs

Place = Literal["item", "note", "mark"]

_DAY_SPAN: Final = 1024  # keys a day; a fuller day runs on into the next one's
_LIVE: Final = "SELECT count(*) FROM entry"
_FIRST_DAY: Final = 250_000  # added to real days, so that undated entries (day 0) come before all of them
_SPENT_SHARE: Final = 0.1
_SPENT_FEW: Final = 500

_MATCH: Final = "SELECT rowid FROM passage WHERE passage MATCH ?"
_COUNT: Final = "SELECT count(*) FROM passage WHERE passage MATCH ?"
_ADDRESSES: Final = "SELECT key, item, place, mark, day FROM entry WHERE key IN (SELECT value FROM json_each(?))"
_OWNERS: Final = "SELECT key, iif(place = 'item', item, -item) FROM entry"
_OWNERS_OF: Final = """
SELECT key, iif(place = 'item', item, -item) FROM entry WHERE key IN (SELECT value FROM json_each(?))"""
_KEYS_OF: Final = "SELECT key FROM entry WHERE item IN (SELECT value FROM json_each(?))"
_LIVING: Final = " AND +rowid NOT IN (SELECT key FROM spent)"  # "+": else MATCH may be evaluated once a row


@dataclass(frozen=True, slots=True)
class Entry:
    """One searchable text, folded: an item's (title and whole text), a mark's note, or the quote of a mark without place.

    `date` is the issue's ISO date or "". `stamp` is any digest by which the caller recognises the same text again.
    """

    item: int
    place: Place
    mark: str  # mark uid, "" for items
    date: str
    stamp: bytes
    title: str
    head: str  # heads of points, apart from each other
    body: str


class Address(NamedTuple):
    """What an entry's key stands for; a key is never used twice. `day` orders by date, 0 is undated."""

    item: int
    place: Place
    mark: str
    day: int


def day_of(iso_date: str) -> int:
    """Day number by which entries are ordered: 0 for what is not a full date."""
    try:
        return date.fromisoformat(iso_date).toordinal() + _FIRST_DAY
    except ValueError:
        return 0


class IndexView:
    """The index as of one moment, for one thread."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._living = _LIVING if self._first("SELECT 1 FROM spent LIMIT 1") else ""

    def _first(self, query: str, *values: object) -> tuple[object, ...] | None:
        row: tuple[object, ...] | None = self._connection.execute(query, values).fetchone()
        return row

    def _meta(self, name: str) -> str:
        row = self._first("SELECT value FROM meta WHERE name = ?", name)
        return str(row[0]) if row else ""

    @property
    def made(self) -> str:
        """Identity of this very file: keys mean the same only within it."""
        return self._meta("made")

    @property
    def position(self) -> str:
        """How far into the library's journal the index has looked; "" for a new index."""
        return self._meta("position")

    def todo(self, limit: int = -1) -> list[int]:
        """Items whose entries may not be as the library has them, in the order in which they are to be indexed."""
        return [row[0] for row in self._connection.execute("SELECT item FROM todo ORDER BY turn LIMIT ?", (limit,))]

    def count(self, plan: Plan) -> int:
        """How many entries the plan finds."""
        if not plan.single:
            return len(self._union(plan))
        count: int = self._connection.execute(_COUNT + self._living, plan.expressions).fetchone()[0]
        return count

    def keys(self, plan: Plan) -> Iterator[int]:
        """Keys of the entries that the plan finds, newest first, searched for as they are asked for."""
        disordered = self._meta("disordered")
        if plan.single and not disordered:
            query = f"{_MATCH}{self._living} ORDER BY rowid DESC"
            yield from chain.from_iterable(self._connection.execute(query, plan.expressions))
            return
        days: dict[int, int] = dict(self._connection.execute("SELECT key, day FROM entry")) if disordered else {}
        yield from sorted(self._union(plan), key=lambda key: (days.get(key, 0), key), reverse=True)

    def newest(self, plan: Plan, limit: int) -> tuple[list[int], int]:
        """The newest keys that the plan finds, and how many it finds in all. Few are not counted again."""
        if plan.single and plan.is_broad and not self._meta("disordered"):  # the first key costs as much as all of them
            every = self.every_key(plan)
            return nlargest(limit, every), len(every)
        keys = list(islice(self.keys(plan), limit + 1))
        return keys[:limit], len(keys) if len(keys) <= limit else self.count(plan)

    def keys_of(self, items: Iterable[int]) -> set[int]:
        """Keys of all entries of some items."""
        return set(chain.from_iterable(self._connection.execute(_KEYS_OF, (json.dumps(list(items)),))))

    def every_key(self, plan: Plan) -> list[int]:
        """Keys of all entries that the plan finds, in any order."""
        if plan.single:
            return list(chain.from_iterable(self._connection.execute(_MATCH + self._living, plan.expressions)))
        return list(self._union(plan))

    def _union(self, plan: Plan) -> set[int]:
        found: set[int] = set()
        for expression in plan.expressions:
            found |= self._matching(expression)
        for expression in plan.complements:
            everything = {row[0] for row in self._connection.execute("SELECT key FROM entry")}
            found |= everything - self._matching(expression) if expression else everything
        return found

    def _matching(self, expression: str) -> set[int]:
        return set(chain.from_iterable(self._connection.execute(_MATCH + self._living, (expression,))))

    def addresses(self, keys: Sequence[int]) -> list[Address]:
        """What some keys stand for, in their order; keys that do not exist are left out."""
        rows = self._connection.execute(_ADDRESSES, (json.dumps(keys),))
        known = {row[0]: Address(*row[1:]) for row in rows}
        return [known[key] for key in keys if key in known]

    def owners(self, keys: Sequence[int] | None = None) -> dict[int, int]:
        """The item of each of some keys, or of all: its number for the item's own text, negative for a note or quote."""
        rows = self._connection.execute(_OWNERS) if keys is None else self._connection.execute(_OWNERS_OF, (json.dumps(keys),))
        return dict(rows)

    def entries_of(self, item: int) -> dict[tuple[Place, str], tuple[int, bytes]]:
        """Key and stamp of each entry of an item, by place and mark."""
        rows = self._connection.execute("SELECT place, mark, key, stamp FROM entry WHERE item = ?", (item,))
        return {(row[0], row[1]): (row[2], row[3]) for row in rows}

    def items(self) -> set[int]:
        """All items that have entries."""
        return {row[0] for row in self._connection.execute("SELECT DISTINCT item FROM entry")}

    def worn(self) -> bool:
        """Whether so many keys are spent that the index should be made anew."""
        spent = self._connection.execute("SELECT count(*) FROM spent").fetchone()[0]
        return bool(spent > _SPENT_FEW and spent > _SPENT_SHARE * self._connection.execute(_LIVE).fetchone()[0])


class IndexBatch(IndexView):
    """Changes to the index, kept together or not at all."""

    def look_at(self, items: Iterable[int]) -> None:
        """Put items at the end of the list of those to be indexed."""
        self._connection.executemany("INSERT OR IGNORE INTO todo (item) VALUES (?)", ((item,) for item in items))

    def looked_at(self, item: int) -> None:
        """Take an item off the list."""
        self._connection.execute("DELETE FROM todo WHERE item = ?", (item,))

    def reach(self, position: str) -> None:
        """All changes up to this place of the journal are indexed or on the list."""
        self._connection.execute("INSERT OR REPLACE INTO meta VALUES ('position', ?)", (position,))

    def add(self, entry: Entry) -> None:
        """Index a text. There must be no entry of the same item, place and mark."""
        day = day_of(entry.date)
        key = self._free_key(day)
        values = (key, entry.item, entry.place, entry.mark, day, entry.stamp)
        self._connection.execute("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?)", values)
        tokens = (key, pairs(entry.title), pairs(entry.head), pairs(entry.body))
        self._connection.execute("INSERT INTO passage (rowid, title, head, body) VALUES (?, ?, ?, ?)", tokens)

    def remove(self, key: int) -> None:
        """Drop an entry."""
        self._connection.execute("INSERT INTO spent VALUES (?)", (key,))
        self._connection.execute("DELETE FROM entry WHERE key = ?", (key,))

    def _free_key(self, day: int) -> int:
        """Next key of a day; beyond everything, and noted, where no key is left between the days."""
        start = day * _DAY_SPAN
        before = self._highest("SELECT key FROM entry WHERE day <= ? ORDER BY day DESC, key DESC LIMIT 1", day)
        after = self._first("SELECT min(key) FROM entry WHERE day > ?", day)
        limit = after[0] if after and after[0] is not None else (1 << 62)
        key = max(start, before + 1, self._highest("SELECT max(key) FROM spent WHERE key < ?", limit) + 1)
        if key < limit:  # type: ignore[operator]
            return key
        self._connection.execute("INSERT OR REPLACE INTO meta VALUES ('disordered', '1')")
        return 1 + max(self._highest("SELECT max(key) FROM entry"), self._highest("SELECT max(key) FROM spent"))

    def _highest(self, query: str, *values: object) -> int:
        row = self._first(query, *values)
        return int(str(row[0])) if row and row[0] is not None else -1
