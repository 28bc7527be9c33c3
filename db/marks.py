"""Marks on passages, with their notes."""

from __future__ import annotations

import uuid
from dataclasses import asdict
from typing import Any

from db import deletions
from db.connection import Row
from db.database import Database
from db.journal import Operation
from db.models import Item, Mark, MemoEntry, Tag
from db.records import MarkRecord, NewMark
from db.times import now


def _record(row: Row) -> MarkRecord:
    return MarkRecord(**{column: value for column, value in row.items() if column != "id"})


def marks(database: Database, *, issue: int | None = None, item: int | None = None, field: str | None = None) -> list[MarkRecord]:
    """Marks in reading order, of one issue or item, of one field (the mark's own tags count, not the item's), or all."""
    query = (
        Mark.select(Mark).join(Item, on=(Mark.item == Item.id)).order_by(Item.issue, Item.ordinal, Mark.start, Mark.end, Mark.id)
    )
    if issue is not None:
        query = query.where(Item.issue == issue)
    if item is not None:
        query = query.where(Mark.item == item)
    if field is not None:
        query = query.where(Mark.uid.in_(Tag.select(Tag.mark).where(Tag.field == field, Tag.mark.is_null(False))))
    return [_record(row) for row in database.rows(query)]


def mark(database: Database, uid: str) -> MarkRecord | None:
    """One mark, or None."""
    return next((_record(row) for row in database.found(Mark, {"uid": uid})), None)


def add(operation: Operation, new: NewMark) -> MarkRecord:
    """Store a mark; returns it as stored."""
    at = now()
    made = MarkRecord(uid=str(uuid.uuid4()), anchored=True, created_at=at, updated_at=at, **asdict(new))
    operation.insert(Mark, **asdict(made))
    return made


def update(operation: Operation, uid: str, **values: Any) -> MarkRecord:
    """Alter columns of a mark; its time of change moves only when something did change. Returns it as stored."""
    row = operation.found(Mark, uid=uid)[0]
    if any(row[column] != value for column, value in values.items()):
        values = {"updated_at": now(), **values}
        operation.alter(Mark, row, **values)
    return _record({**row, **values})


def replace(operation: Operation, uid: str, **values: Any) -> None:
    """Alter columns of a mark without counting it as changed by its author: its place, or what another library says of it."""
    operation.update(Mark, operation.rows(Mark.select(Mark.id).where(Mark.uid == uid))[0]["id"], **values)


def delete(operation: Operation, uid: str, *, at: str = "") -> None:
    """Delete a mark with its tags and the memo entries that quote it; the trash keeps mark and tags. `at` is when, by default now."""
    mark = operation.rows(Mark.select().where(Mark.uid == uid))[0]
    tags = operation.rows(Tag.select().where(Tag.mark == uid))
    for row in operation.rows(MemoEntry.select(MemoEntry.id).where(MemoEntry.mark == uid)):
        operation.delete(MemoEntry, row["id"])
    for tag in tags:
        operation.delete(Tag, tag["id"])
    operation.delete(Mark, mark["id"])
    deletions.record(operation, "mark", uid, mark["item"], content=deletions.content_of(mark, tags), at=at)
