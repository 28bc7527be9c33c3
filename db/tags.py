"""Fields on items, points and marks, and the suggestions that the reader refused."""

from __future__ import annotations

import uuid
from dataclasses import asdict
from typing import Any

from db import deletions
from db.connection import Row
from db.database import Database
from db.journal import Operation
from db.models import Item, Refusal, Tag
from db.records import NewTag, RefusalRecord, TagRecord
from db.times import now


def _tag(row: Row) -> TagRecord:
    return TagRecord(**{column: value for column, value in row.items() if column != "id"})


def _is(column: Any, value: object) -> Any:
    return column.is_null() if value is None else column == value


def _at(item: int, point: int | None, mark: str | None, field: str, subfield: str) -> Any:
    return (Tag.item == item) & _is(Tag.point, point) & _is(Tag.mark, mark) & (Tag.field == field) & (Tag.subfield == subfield)


def tags(database: Database, *, issue: int | None = None, item: int | None = None) -> list[TagRecord]:
    """Tags of one issue or item, or all: items in printed order, tags in the order they were given."""
    query = Tag.select(Tag).join(Item, on=(Tag.item == Item.id)).order_by(Item.issue, Item.ordinal, Tag.id)
    if issue is not None:
        query = query.where(Item.issue == issue)
    if item is not None:
        query = query.where(Tag.item == item)
    return [_tag(row) for row in database.rows(query)]


def tag_at(
    source: Database | Operation, item: int, field: str, subfield: str = "", *, point: int | None = None, mark: str | None = None
) -> TagRecord | None:
    """The tag on exactly this target with this field and subfield, or None."""
    found = source.rows(Tag.select().where(_at(item, point, mark, field, subfield)))
    return _tag(found[0]) if found else None


def add(operation: Operation, new: NewTag) -> None:
    """Store a tag; one that is already there stays as it is. A refusal of the field on the same target is dropped."""
    if not tag_at(operation, new.item, new.field, new.subfield, point=new.point, mark=new.mark):
        operation.insert(Tag, uid=str(uuid.uuid4()), created_at=now(), **asdict(new))
        deletions.forget(operation, "tag", deletions.tag_key(new.item, new.point, new.mark, new.field, new.subfield))
    if new.mark is None:
        unrefuse(operation, new.item, new.field, point=new.point)


def delete(operation: Operation, uid: str, *, at: str = "") -> None:
    """Delete a tag, and remember when: at the time given or now."""
    row = operation.rows(Tag.select().where(Tag.uid == uid))[0]
    operation.delete(Tag, row["id"])
    key = deletions.tag_key(row["item"], row["point"], row["mark"], row["field"], row["subfield"])
    deletions.record(operation, "tag", key, row["item"], at=at)


def move(operation: Operation, tag: TagRecord, field: str, subfield: str, vocabulary: str) -> None:
    """Give a tag another field and version, when fields are renamed or merged; where such a tag stands already, it is dropped."""
    if tag_at(operation, tag.item, field, subfield, point=tag.point, mark=tag.mark):
        delete(operation, tag.uid)
        return
    row = operation.rows(Tag.select(Tag.id).where(Tag.uid == tag.uid))[0]
    operation.update(Tag, row["id"], field=field, subfield=subfield, vocabulary=vocabulary)


def move_refusals(operation: Operation, field: str, to: str) -> None:
    """Let refusals of a field count for the field that it is called now."""
    for row in operation.rows(Refusal.select().where(Refusal.field == field)):
        if _refusals_of(operation, row["item"], to, row["point"]):
            operation.delete(Refusal, row["id"])
        else:
            operation.update(Refusal, row["id"], field=to)


def refusals(database: Database, item: int | None = None) -> list[RefusalRecord]:
    """Refused suggestions of one item, or all."""
    query = Refusal.select(Refusal.item, Refusal.point, Refusal.field).order_by(Refusal.id)
    return [RefusalRecord(**row) for row in database.rows(query if item is None else query.where(Refusal.item == item))]


def refuse(operation: Operation, item: int, field: str, *, point: int | None = None) -> None:
    """Remember that a field is not to be suggested for an item or point again."""
    if not _refusals_of(operation, item, field, point):
        operation.insert(Refusal, item=item, point=point, field=field, created_at=now())


def unrefuse(operation: Operation, item: int, field: str, *, point: int | None = None) -> None:
    """Let a field be suggested again."""
    for row in _refusals_of(operation, item, field, point):
        operation.delete(Refusal, row["id"])


def _refusals_of(operation: Operation, item: int, field: str, point: int | None) -> list[Row]:
    return operation.rows(Refusal.select().where((Refusal.item == item) & _is(Refusal.point, point) & (Refusal.field == field)))
