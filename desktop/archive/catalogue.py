"""What the library holds: issues, their items, their texts and files, and how far they have been read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from db import issues as store
from db.records import IssueRecord, ItemRecord
from desktop.archive.library import Library
from desktop.bulletin.jsonform import passages_from_json
from desktop.bulletin.model import Passage
from desktop.errors import NotFound


def issues(library: Library) -> list[IssueRecord]:
    """All issues and other papers, newest first."""
    return store.issues(library.database)


def issue(library: Library, issue_id: int) -> IssueRecord:
    """One issue. Raises `NotFound`."""
    found = store.issue(library.database, issue_id)
    if found is None:
        raise NotFound(f"资料库中没有编号为 {issue_id} 的文件，可用“list”查看已有的编号。")
    return found


def is_there(library: Library, issue_id: int) -> bool:
    """Whether the library has an issue, still or again."""
    return store.is_there(library.database, issue_id)


def items(library: Library, issue_id: int) -> list[ItemRecord]:
    """The items of an issue in printed order."""
    return store.items(library.database, issue_id)


def item(library: Library, item_id: int) -> ItemRecord:
    """One item. Raises `NotFound`."""
    found = store.item(library.database, item_id)
    if found is None:
        raise NotFound("这一条目已不在资料库中，请刷新后再试。")
    return found


def passages(item: ItemRecord) -> tuple[Passage, ...]:
    """The passages of an item; laid one under the other they are its canonical text."""
    return passages_from_json(item.passages)


def structure(library: Library, issue: IssueRecord) -> dict[str, Any]:
    """What the paper says besides its items (contents, distribution, imprint, doubts …), with the keys of `parse --json`."""
    found: dict[str, Any] = json.loads(store.structure(library.database, issue.id))
    return found


def stored_file(library: Library, issue: IssueRecord) -> Path:
    """The library's own copy of the file that the issue's text was read from, to be read until the library is closed."""
    return library.shelf.path(f"{issue.sha256}.{issue.extension}")


def set_read(library: Library, item_id: int, read: bool, initiator: object | None = None) -> None:
    """Mark an item read or unread. Reading is no edit: it is journalled, but not a step of undo."""
    wanted = item(library, item_id)
    with library.database.operation("标为已读" if read else "标为未读", initiator=initiator, undoable=False) as operation:
        store.set_read(operation, wanted.id, read=read)


def set_starred(library: Library, item_id: int, starred: bool, initiator: object | None = None) -> None:
    """Put a star on an item or take it away."""
    wanted = item(library, item_id)
    with library.database.operation("加星标" if starred else "取消星标", initiator=initiator) as operation:
        store.set_starred(operation, wanted.id, starred=starred)
