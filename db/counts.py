"""What the overview counts: one light row for each item, and which fields stand on it."""

from __future__ import annotations

from dataclasses import dataclass

from peewee import SQL, fn

from db.database import Database
from db.models import Issue, Item, Mark, Tag


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """An item without its text. `kind`, `date` and `number` are its issue's; `marks` counts all marks on it."""

    id: int
    issue: int
    ordinal: int
    title: str
    level: str
    region: str
    kind: str
    bulletin: str
    number: str
    date: str
    marks: int


def items(database: Database) -> list[ItemFacts]:
    """All items of all papers, by date, issue and printed order; those of undated papers come first."""
    marks = Mark.select(fn.COUNT(SQL("*"))).where(Mark.item == Item.id)
    query = (
        Item.select(
            Item.id, Item.issue, Item.ordinal, Item.title, Item.level, Item.region, Issue.kind, Issue.title.alias("bulletin"),
            Issue.number, Issue.date, marks.alias("marks"),
        ).join(Issue, on=(Item.issue == Issue.id)).order_by(Issue.date, Issue.id, Item.ordinal)
    )  # fmt: skip
    return [ItemFacts(**row) for row in database.rows(query)]


def fields(database: Database) -> list[tuple[int, str, str, str | None]]:
    """Item, field, subfield and mark uid (None for tags on items and points) of every tag."""
    query = Tag.select(Tag.item, Tag.field, Tag.subfield, Tag.mark).order_by(Tag.id)
    return [(row["item"], row["field"], row["subfield"], row["mark"]) for row in database.rows(query)]
