"""Memo projects and the excerpts in their baskets."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from peewee import fn

from db.connection import Row
from db.database import Database
from db.journal import Operation
from db.models import Memo, MemoEntry
from db.records import MemoEntryRecord, MemoRecord
from db.times import now


def _without_id(row: Row) -> Row:
    return {column: value for column, value in row.items() if column != "id"}


def _id(operation: Operation, model: Any, uid: str) -> int:
    found: int = operation.rows(model.select(model.id).where(model.uid == uid))[0]["id"]
    return found


def memos(database: Database) -> list[MemoRecord]:
    """All memos, the last changed first."""
    return [
        MemoRecord(**_without_id(row)) for row in database.rows(Memo.select().order_by(Memo.updated_at.desc(), Memo.id.desc()))
    ]


def memo(database: Database, uid: str) -> MemoRecord | None:
    """One memo, or None."""
    return next((MemoRecord(**_without_id(row)) for row in database.rows(Memo.select().where(Memo.uid == uid))), None)


def entries(database: Database, memo_uid: str) -> list[MemoEntryRecord]:
    """The excerpts of a memo in the reader's order."""
    query = MemoEntry.select().where(MemoEntry.memo == memo_uid).order_by(MemoEntry.position, MemoEntry.id)
    return [MemoEntryRecord(**_without_id(row)) for row in database.rows(query)]


def entries_of_item(database: Database, item: int) -> list[MemoEntryRecord]:
    """The excerpts that quote an item, in any memo: the reverse look-up."""
    return [
        MemoEntryRecord(**_without_id(row))
        for row in database.rows(MemoEntry.select().where(MemoEntry.item == item).order_by(MemoEntry.id))
    ]


def add(operation: Operation, name: str, options: str) -> str:
    """Make a memo; returns its uid."""
    uid, at = str(uuid.uuid4()), now()
    operation.insert(Memo, uid=uid, name=name, options=options, created_at=at, updated_at=at)
    return uid


def update(operation: Operation, uid: str, **values: Any) -> None:
    """Alter `name` or `options` of a memo."""
    row = operation.rows(Memo.select().where(Memo.uid == uid))[0]
    if any(row[column] != value for column, value in values.items()):
        operation.update(Memo, row["id"], updated_at=now(), **values)


def delete(operation: Operation, uid: str) -> None:
    """Delete a memo with its entries."""
    for row in operation.rows(MemoEntry.select(MemoEntry.id).where(MemoEntry.memo == uid)):
        operation.delete(MemoEntry, row["id"])
    operation.delete(Memo, _id(operation, Memo, uid))


def add_entry(
    operation: Operation, memo_uid: str, item: int, *, point: int | None = None, mark: str | None = None, comment: str = ""
) -> str:
    """Append an excerpt to a memo; returns its uid."""
    last = operation.rows(MemoEntry.select(fn.MAX(MemoEntry.position).alias("last")).where(MemoEntry.memo == memo_uid))[0]["last"]
    uid = str(uuid.uuid4())
    values = {"item": item, "point": point, "mark": mark, "comment": comment}
    operation.insert(MemoEntry, uid=uid, memo=memo_uid, position=(last or 0) + 1, **values)
    return uid


def update_entry(operation: Operation, uid: str, *, comment: str) -> None:
    """Alter the author's own text on an excerpt."""
    operation.update(MemoEntry, _id(operation, MemoEntry, uid), comment=comment)


def delete_entry(operation: Operation, uid: str) -> None:
    """Take an excerpt out of its memo."""
    operation.delete(MemoEntry, _id(operation, MemoEntry, uid))


def order_entries(operation: Operation, uids: Sequence[str]) -> None:
    """Put the excerpts of a memo into this order; `uids` names all of them."""
    for position, uid in enumerate(uids, start=1):
        operation.update(MemoEntry, _id(operation, MemoEntry, uid), position=position)
