"""Putting a newly read text in the place of a former one: the rows of an issue and its items are altered, never made anew,
so that all that hangs on them stays.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from dataclasses import asdict
from typing import Final

from db.journal import Operation
from db.models import Correction, Deletion, Issue, Item, Mark, MemoEntry, Refusal, Tag
from db.records import NewIssue, NewItem

_ASIDE: Final = 1_000_000  # added to ordinals while they are given out anew
_IDENTITY: Final = ("title", "year", "number")
_OF_THE_FILE: Final = ("kind", "sha256", "extension", "file_name")


def put_issue(operation: Operation, issue_id: int, new: NewIssue, *, with_identity: bool) -> None:
    """Alter what was read of an issue; its file stays, its identity too unless `with_identity`."""
    kept = _OF_THE_FILE if with_identity else (*_OF_THE_FILE, *_IDENTITY)
    values = {column: value for column, value in asdict(new).items() if column not in kept}
    operation.update(Issue, issue_id, **{**values, "issuers": json.dumps(new.issuers, ensure_ascii=False)})


def put_items(operation: Operation, issue_id: int, items: Sequence[tuple[int | None, NewItem]], left: Sequence[int]) -> None:
    """Give an issue these items in this order, each in the place of a former one (its id) or new; then those `left` over."""
    for row in operation.rows(Item.select(Item.id, Item.ordinal).where(Item.issue == issue_id)):
        operation.update(Item, row["id"], ordinal=row["ordinal"] + _ASIDE)
    for ordinal, (former, item) in enumerate(items, start=1):
        if former is not None:
            operation.update(Item, former, ordinal=ordinal, **asdict(item))
        else:
            fresh = {"uid": str(uuid.uuid4()), "read_at": None, "starred": False}
            operation.insert(Item, issue=issue_id, ordinal=ordinal, **fresh, **asdict(item))
    for ordinal, former in enumerate(left, start=len(items) + 1):
        operation.update(Item, former, ordinal=ordinal)


def drop_if_bare(operation: Operation, item: int) -> bool:
    """Delete an item on which nothing of the reader's hangs; whether it was so."""
    if any(
        operation.rows(model.select(model.id).where(model.item == item).limit(1))
        for model in (Mark, Tag, Refusal, MemoEntry, Correction)
    ):
        return False
    if operation.rows(Deletion.select(Deletion.id).where(Deletion.item == item, Deletion.content != "").limit(1)):
        return False
    for row in operation.rows(Deletion.select(Deletion.id).where(Deletion.item == item)):
        operation.delete(Deletion, row["id"])
    operation.delete(Item, item)
    return True


def move_mark(operation: Operation, uid: str, item: int) -> None:
    """Bring a mark to another item, with its tags and the memo entries that quote it."""
    for model in (Tag, MemoEntry):
        for row in operation.rows(model.select(model.id).where(model.mark == uid)):
            operation.update(model, row["id"], item=item)
    operation.update(Mark, operation.rows(Mark.select(Mark.id).where(Mark.uid == uid))[0]["id"], item=item)
