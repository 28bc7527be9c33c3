"""Issues that leave the library: all rows that refer to one, and what the steps of undo still hold of those that left."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from db.database import Database
from db.journal import Operation
from db.models import (
    Correction,
    Deletion,
    Issue,
    IssueFile,
    Item,
    Mark,
    Memo,
    MemoEntry,
    Refusal,
    Revision,
    Table,
    Tag,
    UndoStep,
    name,
)
from db.records import NewIssue

_OF_ITEMS: Final[tuple[type[Table], ...]] = (Tag, Mark, Refusal, Deletion, Correction)  # tags refer to marks: they go first
_OF_ISSUE: Final[tuple[type[Table], ...]] = (Item, Revision, IssueFile)
_WITH_FILES: Final = frozenset({name(Issue), name(IssueFile)})


@dataclass(frozen=True, slots=True)
class Attached:
    """How much the reader has put on an issue: marks, those of them with a note, tags, corrections."""

    marks: int
    notes: int
    tags: int
    corrections: int


def attached(database: Database, issue: int) -> Attached:
    """What would leave the library with an issue."""

    def count(table: Any, *where: Any) -> int:
        return len(database.rows(table.select(table.id).where(table.item.in_(_items(issue)), *where)))

    return Attached(count(Mark), count(Mark, Mark.note != ""), count(Tag), count(Correction))


def memos_with(source: Database | Operation, issue: int) -> list[str]:
    """The names of the memos that quote an issue."""
    quoting = MemoEntry.select(MemoEntry.memo).where(MemoEntry.item.in_(_items(issue)))
    return [row["name"] for row in source.rows(Memo.select(Memo.name).where(Memo.uid.in_(quoting)).order_by(Memo.id))]


def remove(operation: Operation, issue: int) -> None:
    """Delete an issue that no memo quotes, with all that refers to it."""
    items: Any = _items(issue)
    for table in _OF_ITEMS:
        _delete(operation, table, table.item.in_(items))  # type: ignore[attr-defined]
    for table in _OF_ISSUE:
        _delete(operation, table, table.issue == issue)  # type: ignore[attr-defined]
    operation.delete(Issue, issue)


def held_files(source: Database | Operation) -> frozenset[str]:
    """Names on the shelf of the files of removed issues that a step of undo could still bring back."""
    return frozenset(f"{row['sha256']}.{row['extension']}" for row in _held(source))


def is_held(source: Database | Operation, new: NewIssue) -> bool:
    """Whether a step of undo holds an issue of the same file or identity, and could no longer be undone beside the new one."""
    identity = (new.title, new.year, new.number)
    return any(
        row["sha256"] == new.sha256
        or (new.number and new.year and (row.get("title"), row.get("year"), row.get("number")) == identity)
        for row in _held(source)
    )


def _items(issue: int) -> Any:
    return Item.select(Item.id).where(Item.issue == issue)


def _delete(operation: Operation, table: Any, where: Any) -> None:
    for row in operation.rows(table.select(table.id).where(where)):
        operation.delete(table, row["id"])


def _held(source: Database | Operation) -> Iterator[dict[str, Any]]:
    for step in source.rows(UndoStep.select(UndoStep.images).where(UndoStep.images.contains('"table": "issue'))):
        for image in json.loads(step["images"]):
            if image["table"] in _WITH_FILES and image["after"] is None:
                yield image["before"]
