"""The trash: deleted marks with their notes and fields, to be put back at any time, until it is emptied."""

from __future__ import annotations

import json
from dataclasses import dataclass

from db import deletions, removals
from desktop.archive import catalogue, marking, removing
from desktop.archive.library import Library
from desktop.errors import NotFound


@dataclass(frozen=True, slots=True)
class Deleted:
    """A mark in the trash: its words, its note, and when it was deleted (ISO 8601 UTC). `item` is the item it was on."""

    uid: str
    item: int
    quote: str
    note: str
    color: str
    fields: tuple[str, ...]
    deleted_at: str


def contents(library: Library) -> list[Deleted]:
    """What can be put back, the latest deleted first."""
    found = []
    for record in deletions.deletions(library.database, "mark"):
        if record.content:
            kept = json.loads(record.content)
            mark = kept["mark"]
            fields = tuple(dict.fromkeys(tag["field"] for tag in kept["tags"]))
            found.append(Deleted(record.key, record.item, mark["quote"], mark["note"], mark["color"], fields, record.deleted_at))
    return found


def put_back(library: Library, uid: str, initiator: object | None = None) -> None:
    """Put a mark back with its note and fields; if the text has changed since, at the place where its words are now.

    Raises `NotFound` for what the trash does not have.
    """
    with library.database.operation("从回收站放回划线", initiator=initiator) as operation:
        if not deletions.restore(operation, uid):
            raise NotFound("回收站里没有这条划线，可能已经放回或清空。")
        mark = marking.mark(library, uid)
        marking.resettle(operation, catalogue.item(library, mark.item), mark)


def empty(library: Library, initiator: object | None = None) -> int:
    """Destroy what is in the trash, the steps of undo and the originals of removed issues with it; how many marks it held."""
    with library.database.operation("清空回收站", initiator=initiator, undoable=False) as operation:
        held = removals.held_files(operation)
        emptied = deletions.empty(operation)
    removing.drop_originals(library, held)
    return emptied
