"""Issues and their items: what the catalogue reads and importing writes."""

from __future__ import annotations

import json
import sys
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any, Final

from peewee import SQL, fn

from db.connection import Row
from db.database import Database
from db.journal import Operation
from db.models import Issue, IssueFile, Item, Mark, columns
from db.records import FileRecord, IssueRecord, ItemRecord, NewIssue, NewItem
from db.times import now

_COMMON: Final = ("kind", "title", "extension", "text_version")


def _count(of: Any) -> Any:
    return of.select(fn.COUNT(SQL("*")))


def _selection() -> Any:
    """Issues with their counts, without their structure: it is longer than all the rest and asked for once an issue is opened."""
    own = [column for name, column in columns(Issue).items() if name != "structure"]
    items = _count(Item).where(Item.issue == Issue.id)
    unread = _count(Item).where(Item.issue == Issue.id, Item.read_at.is_null())
    marks = _count(Mark).join(Item, on=(Mark.item == Item.id)).where(Item.issue == Issue.id)
    return Issue.select(*own, items.alias("item_count"), unread.alias("unread_count"), marks.alias("mark_count"))


def _issue(row: Row) -> IssueRecord:
    """What most issues have in common is held once: twenty thousand may stand in a library's list or an import's report."""
    common = {name: sys.intern(row[name]) for name in _COMMON}
    return IssueRecord(**{**row, **common, "issuers": tuple(map(sys.intern, json.loads(row["issuers"])))})


def _item(row: Row) -> ItemRecord:
    return ItemRecord(**{column: value for column, value in row.items() if column != "uid"})


def issues(database: Database) -> list[IssueRecord]:
    """All issues, newest first; papers without a date come last."""
    by_number = Issue.number.cast("INTEGER").desc()
    order = (Issue.date.desc(), Issue.year.desc(), by_number, Issue.id.desc())
    return [_issue(row) for row in database.rows(_selection().order_by(*order))]


def issues_read_otherwise(database: Database, text_version: str) -> list[IssueRecord]:
    """Issues whose text was made by other versions of parser and reader than these."""
    return [
        _issue(row) for row in database.rows(_selection().where(Issue.text_version != text_version).order_by(Issue.id.desc()))
    ]


def issues_by_id(database: Database, ids: Iterable[int]) -> dict[int, IssueRecord]:
    """The named issues by id; ids that do not exist are left out."""
    return {row["id"]: _issue(row) for row in database.rows(_selection().where(Issue.id.in_(list(ids))))}


def issue(database: Database, issue_id: int) -> IssueRecord | None:
    """One issue, or None."""
    return next((_issue(row) for row in database.rows(_selection().where(Issue.id == issue_id))), None)


def is_there(database: Database, issue_id: int) -> bool:
    """Whether there is an issue of that id."""
    return bool(database.found(Issue, {"id": issue_id}, ("id",)))


def structure(database: Database, issue_id: int) -> str:
    """What an existing issue says besides its items, as it was stored."""
    stored: str = database.found(Issue, {"id": issue_id}, ("structure",))[0]["structure"]
    return stored


def text_version(database: Database, issue_id: int) -> str:
    """Which parser and reader made the text of an existing issue."""
    version: str = database.found(Issue, {"id": issue_id}, ("text_version",))[0]["text_version"]
    return version


def issue_of_identity(database: Database, new: NewIssue) -> IssueRecord | None:
    """The issue of the same bulletin, year and number, or None.

    Other papers, and issues whose year or number is not known, have no identity but their file's.
    """
    if new.kind != "issue" or not new.year or not new.number:
        return None
    return issue_known_as(database, new.title, new.year, new.number)


def issue_known_as(database: Database, title: str, year: int, number: str) -> IssueRecord | None:
    """The issue of this bulletin, year and number, or None."""
    same = (Issue.kind == "issue") & (Issue.title == title) & (Issue.year == year) & (Issue.number == number)
    return next((_issue(row) for row in database.rows(_selection().where(same & (Issue.number != "") & (Issue.year > 0)))), None)


def issue_of_file(database: Database, sha256: str) -> IssueRecord | None:
    """The issue that a file belongs to, as its text or as a further file; None for a file not in the library."""
    further = IssueFile.select(IssueFile.issue).where(IssueFile.sha256 == sha256)
    found = database.rows(_selection().where((Issue.sha256 == sha256) | Issue.id.in_(further)))
    return _issue(found[0]) if found else None


def files(database: Database, issue_id: int | None = None) -> list[FileRecord]:
    """The files of one issue, or of all: first the one its text was read from, then the further ones."""
    found: list[FileRecord] = []
    for model, owner in ((Issue, Issue.id), (IssueFile, IssueFile.issue)):
        query = model.select(owner.alias("issue"), model.sha256, model.extension, model.file_name).order_by(model.id)
        found += [FileRecord(**row) for row in database.rows(query if issue_id is None else query.where(owner == issue_id))]
    return found


def items(database: Database, issue_id: int) -> list[ItemRecord]:
    """The items of an issue in printed order."""
    return [_item(row) for row in database.rows(Item.select().where(Item.issue == issue_id).order_by(Item.ordinal))]


def items_by_id(database: Database, ids: Sequence[int] | None = None) -> list[ItemRecord]:
    """The named items, or all, by id; ids that do not exist are left out."""
    query = Item.select().order_by(Item.id)
    return [_item(row) for row in database.rows(query if ids is None else query.where(Item.id.in_(list(ids))))]


def item(database: Database, item_id: int) -> ItemRecord | None:
    """One item, or None."""
    return next((_item(row) for row in database.found(Item, {"id": item_id})), None)


def item_at(database: Database, issue_id: int, ordinal: int) -> ItemRecord | None:
    """The item at a place (from 1) of an issue, or None."""
    found = database.rows(Item.select().where(Item.issue == issue_id, Item.ordinal == ordinal))
    return _item(found[0]) if found else None


def add(operation: Operation, new: NewIssue, items_of_it: Sequence[NewItem]) -> int:
    """Store an issue with its items, all unread; returns the issue's id."""
    values = {**asdict(new), "issuers": json.dumps(new.issuers, ensure_ascii=False)}
    issue_id = operation.insert(Issue, uid=str(uuid.uuid4()), imported_at=now(), **values)
    for ordinal, item in enumerate(items_of_it, start=1):
        operation.insert(
            Item, uid=str(uuid.uuid4()), issue=issue_id, ordinal=ordinal, read_at=None, starred=False, **asdict(item)
        )
    return issue_id


def add_file(operation: Operation, file: FileRecord) -> None:
    """Record a further file of an issue."""
    operation.insert(IssueFile, imported_at=now(), **asdict(file))


def put_in_force(operation: Operation, issue: IssueRecord, sha256: str) -> None:
    """Let a further file of the issue be the one its text is read from; the one before becomes a further file."""
    row = operation.rows(IssueFile.select().where(IssueFile.issue == issue.id, IssueFile.sha256 == sha256))
    if not row:
        return
    columns = ("sha256", "extension", "file_name")
    operation.delete(IssueFile, row[0]["id"])
    operation.update(Issue, issue.id, **{column: row[0][column] for column in columns})
    add_file(operation, FileRecord(issue.id, issue.sha256, issue.extension, issue.file_name))


def set_read(operation: Operation, item_id: int, *, read: bool) -> None:
    """Mark an item read (now, unless it already was) or unread."""
    at = operation.rows(Item.select(Item.read_at).where(Item.id == item_id))[0]["read_at"]
    operation.update(Item, item_id, read_at=(at or now()) if read else None)


def set_starred(operation: Operation, item_id: int, *, starred: bool) -> None:
    """Put a star on an item or take it away."""
    operation.update(Item, item_id, starred=starred)
