"""What the search reads from the library: texts to index, facts to filter and count by, and what changed since when.

All of it comes in plain frozen values and in bulk, since an archive may hold a hundred thousand items.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import peewee

from db.changes import Kind
from db.connection import Row
from db.database import Database
from db.models import Issue, Item, Journal, Mark, Tag
from db.records import CorrectionRecord, IssueRecord, ItemRecord

_AT_ONCE: Final = 500  # ids in one SELECT


@dataclass(frozen=True, slots=True)
class MarkText:
    """What can be searched of a mark; `quote` is "" while the mark has its place, for then the item's text holds it."""

    uid: str
    note: str
    quote: str


@dataclass(frozen=True, slots=True)
class ItemText:
    """What can be searched of an item. `text` is the canonical text, `passages` its parts as they are stored.

    `errata` are the reader's corrections of its words.
    """

    item: int
    date: str
    title: str
    text: str
    passages: str
    marks: tuple[MarkText, ...]
    errata: tuple[CorrectionRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """What a search can be narrowed by, of an item. `fields` are (field, subfield) of its own, its points' and its marks'."""

    issue: int
    section: str
    level: str
    region: str
    unread: bool
    marked: bool
    noted: bool
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class IssueFacts:
    """What a search can be narrowed by, of an issue. `date` is ISO or ""; `year` "2025" or ""."""

    title: str
    date: str
    year: str


@dataclass(frozen=True, slots=True)
class Since:
    """Items whose texts or facts changed, and whether something changed that belongs to no item.

    Who alters an issue so that its items read or sort otherwise names them in the journal.
    """

    texts: frozenset[int]
    facts: frozenset[int]
    others: bool


def position(database: Database) -> str:
    """How far the library's journal has come."""
    rows = database.tuples("SELECT id, uid FROM journal ORDER BY id DESC LIMIT 1")
    return f"{rows[0][0]}:{rows[0][1]}" if rows else "0:"


def changes_since(database: Database, former: str) -> Since | None:
    """Tell what changed after a former position; None where the journal does not know it (another history, a restored backup)."""
    number, _, uid = former.partition(":")
    if not number.isdigit():
        return None
    rows = database.rows(Journal.select().where(Journal.id >= int(number)).order_by(Journal.id))
    if int(number):
        if not rows or rows[0]["uid"] != uid:
            return None
        rows = rows[1:]
    texts = _items(rows, {Kind.ISSUES.value, Kind.MARKS.value, Kind.CORRECTIONS.value})
    return Since(texts, _items(rows, {kind.value for kind in Kind}), any(not json.loads(row["items"]) for row in rows))


def _items(rows: Iterable[Row], kinds: set[str]) -> frozenset[int]:
    return frozenset(item for row in rows if kinds.intersection(row["kinds"].split(",")) for item in json.loads(row["items"]))


def in_order(database: Database, items: Iterable[int] | None = None) -> list[int]:
    """Those of the items that exist, or all, oldest issue first and the last item of an issue first.

    Indexed in this order, the index finds the newest issue first and its items in printed order.
    """
    query = Item.select(Item.id, Item.issue, Item.ordinal, Issue.date).join(Issue, on=(Item.issue == Issue.id))
    rows = sorted(_rows_of(database, query, Item.id, items), key=lambda row: (row["date"], row["issue"], -row["ordinal"]))
    return [row["id"] for row in rows]


def _in_parts(items: Iterable[int]) -> Iterator[list[int]]:
    ids = list(items)
    for start in range(0, len(ids), _AT_ONCE):
        yield ids[start : start + _AT_ONCE]


def _rows_of(database: Database, query: peewee.Query, column: Any, items: Iterable[int] | None) -> Iterator[Row]:
    if items is None:
        yield from database.rows(query)
        return
    for part in _in_parts(items):
        yield from database.rows(query.where(column.in_(part)))


def each_text(database: Database, items: Iterable[int]) -> Iterator[ItemText]:
    """Texts of any number of items, read part by part."""
    for part in _in_parts(items):
        yield from texts(database, part)


def texts(database: Database, items: Sequence[int]) -> list[ItemText]:
    """Texts of those of the items that exist."""
    marks: defaultdict[int, list[MarkText]] = defaultdict(list)
    said = Mark.select(Mark.item, Mark.uid, Mark.note, Mark.quote, Mark.anchored)
    for row in _rows_of(database, said, Mark.item, items):
        marks[row["item"]].append(MarkText(row["uid"], row["note"], "" if row["anchored"] else row["quote"]))
    errata = errata_of(database, items)
    query = Item.select(Item.id, Issue.date, Item.title, Item.text, Item.passages).join(Issue, on=(Item.issue == Issue.id))
    rows = _rows_of(database, query, Item.id, items)
    return [_item_text(row, tuple(marks[row["id"]]), tuple(errata.get(row["id"], ()))) for row in rows]


def errata_of(database: Database, items: Iterable[int]) -> dict[int, list[CorrectionRecord]]:
    """The errata of those of the items that have any."""
    found: defaultdict[int, list[CorrectionRecord]] = defaultdict(list)
    for row in database.tuples(_ERRATA, (json.dumps(list(items)),)):
        record = CorrectionRecord(*row)
        found[record.item].append(record)
    return found


def _item_text(row: Row, marks: tuple[MarkText, ...], errata: tuple[CorrectionRecord, ...]) -> ItemText:
    return ItemText(row["id"], row["date"], row["title"], row["text"], row["passages"], marks, errata)


def item_facts(database: Database, items: Iterable[int] | None = None) -> dict[int, ItemFacts]:
    """Facts of those of the items that exist, or of all."""
    items = None if items is None else list(items)
    fields: defaultdict[int, set[tuple[str, str]]] = defaultdict(set)
    for row in _rows_of(database, Tag.select(Tag.item, Tag.field, Tag.subfield), Tag.item, items):
        fields[row["item"]].add((row["field"], row["subfield"]))
    notes: dict[int, bool] = {}
    for row in _rows_of(database, Mark.select(Mark.item, (Mark.note != "").alias("noted")), Mark.item, items):
        notes[row["item"]] = notes.get(row["item"], False) or bool(row["noted"])
    query = Item.select(Item.id, Item.issue, Item.section, Item.level, Item.region, Item.read_at.is_null().alias("unread"))
    return {
        row["id"]: ItemFacts(
            row["issue"],
            row["section"],
            row["level"],
            row["region"],
            bool(row["unread"]),
            row["id"] in notes,
            notes.get(row["id"], False),
            tuple(sorted(fields.get(row["id"], ()))),
        )
        for row in _rows_of(database, query, Item.id, items)
    }


def issue_facts(database: Database, issues: Iterable[int] | None = None) -> dict[int, IssueFacts]:
    """Facts of those of the issues that exist, or of all."""
    rows = _rows_of(database, Issue.select(Issue.id, Issue.title, Issue.date, Issue.year), Issue.id, issues)
    return {row["id"]: IssueFacts(row["title"], row["date"], row["date"][:4] or str(row["year"] or "")) for row in rows}


_ERRATA: Final = """
SELECT uid, item, kind, start, quote, prefix, suffix, replacement, author, created_at
FROM correction WHERE kind = 'erratum' AND item IN (SELECT value FROM json_each(?))
"""

_ISSUES: Final = """
SELECT id, uid, kind, title, year, number, date, issuers, classification, sha256, extension, file_name, pages,
    text_version, imported_at, (SELECT count(*) FROM item WHERE issue = issue.id),
    (SELECT count(*) FROM item WHERE issue = issue.id AND read_at IS NULL),
    (SELECT count(*) FROM mark JOIN item ON item.id = mark.item WHERE issue = issue.id)
FROM issue WHERE id IN (SELECT value FROM json_each(?))
"""

_ITEMS: Final = """
SELECT id, issue, ordinal, section, depth, title, page, level, region, text, passages, read_at, starred
FROM item WHERE id IN (SELECT value FROM json_each(?))
"""


def item_records(database: Database, ids: Iterable[int]) -> dict[int, ItemRecord]:
    """Those of the items that exist."""
    rows = database.tuples(_ITEMS, (json.dumps(list(ids)),))
    return {row[0]: ItemRecord(*(*row[:-1], bool(row[-1]))) for row in rows}


def issue_records(database: Database, ids: Iterable[int]) -> dict[int, IssueRecord]:
    """Those of the issues that exist, all in one go: a page of hits may come from fifty."""
    rows = database.tuples(_ISSUES, (json.dumps(list(ids)),))
    return {row[0]: IssueRecord(*(*row[:7], tuple(json.loads(row[7])), *row[8:])) for row in rows}
