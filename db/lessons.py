"""The decisions that suggestions learn from: confirmed tags and refusals since the reader last started over."""

from __future__ import annotations

from dataclasses import dataclass

from peewee import fn

from db.database import Database
from db.journal import Operation
from db.models import LearningStart, Refusal, Tag


@dataclass(frozen=True, slots=True)
class Decision:
    """A field confirmed or refused for an item, or for one of its points."""

    item: int
    point: int | None
    field: str
    confirmed: bool


def decisions(database: Database) -> list[Decision]:
    """All decisions that count, tags on marks left out: a mark is judged by its few words only."""
    last_tag, last_refusal = _start(database)
    tags = Tag.select(Tag.item, Tag.point, Tag.field).where(Tag.mark.is_null(), Tag.id > last_tag).order_by(Tag.id)
    refusals = Refusal.select(Refusal.item, Refusal.point, Refusal.field).where(Refusal.id > last_refusal).order_by(Refusal.id)
    return [
        Decision(row["item"], row["point"], row["field"], confirmed)
        for query, confirmed in ((tags, True), (refusals, False))
        for row in database.rows(query)
    ]


def start_over(operation: Operation) -> None:
    """Let only later decisions count."""
    last = [operation.rows(table.select(fn.MAX(table.id).alias("last")))[0]["last"] or 0 for table in (Tag, Refusal)]
    operation.insert(LearningStart, last_tag=last[0], last_refusal=last[1])


def _start(database: Database) -> tuple[int, int]:
    found = database.rows(LearningStart.select().order_by(LearningStart.id.desc()).limit(1))
    return (found[0]["last_tag"], found[0]["last_refusal"]) if found else (0, 0)
