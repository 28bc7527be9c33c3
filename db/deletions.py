"""What was deleted and when: the trash of marks, and the tombstones that merging goes by.

A mark's deletion keeps the mark's row and its tags in `content` until the trash is emptied; those of others keep nothing. The
key of a mark or correction is its uid, that of a tag is its target and field: a field is put on and taken off again, not this or
that tag row.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from typing import Any, Literal

from db.connection import Row
from db.database import Database
from db.journal import Operation
from db.models import Deletion, Item, Mark, Tag
from db.records import DeletionRecord
from db.times import now

Kind = Literal["mark", "tag", "correction"]


def tag_key(item: int, point: int | None, mark: str | None, field: str, subfield: str) -> str:
    """The key of a tag's deletion: its target and field as a JSON list."""
    return json.dumps([item, point, mark, field, subfield], ensure_ascii=False)


def deletions(database: Database, kind: Kind, *, issue: int | None = None) -> list[DeletionRecord]:
    """Deletions of one kind, of one issue or all, the latest first."""
    query = Deletion.select(Deletion).where(Deletion.kind == kind).order_by(Deletion.deleted_at.desc(), Deletion.id.desc())
    if issue is not None:
        query = query.join(Item, on=(Deletion.item == Item.id)).where(Item.issue == issue)
    return [_record(row) for row in database.rows(query)]


def deletion(source: Database | Operation, kind: Kind, key: str) -> DeletionRecord | None:
    """One deletion, or None."""
    found = source.rows(Deletion.select().where(Deletion.kind == kind, Deletion.key == key))
    return _record(found[0]) if found else None


def record(operation: Operation, kind: Kind, key: str, item: int, *, content: str = "", at: str = "") -> None:
    """Remember a deletion, at the time given or now; of several times of one key the latest."""
    at = at or now()
    for row in operation.rows(Deletion.select().where(Deletion.kind == kind, Deletion.key == key)):
        operation.update(Deletion, row["id"], item=item, content=content or row["content"], deleted_at=max(at, row["deleted_at"]))
        return
    operation.insert(Deletion, kind=kind, key=key, item=item, content=content, deleted_at=at)


def forget(operation: Operation, kind: Kind, key: str) -> None:
    """What was deleted is there again."""
    for row in operation.rows(Deletion.select(Deletion.id).where(Deletion.kind == kind, Deletion.key == key)):
        operation.delete(Deletion, row["id"])


def content_of(mark: Row, tags: Sequence[Row]) -> str:
    """What the trash keeps of a mark."""
    kept = [{column: value for column, value in row.items() if column != "id"} for row in (mark, *tags)]
    return json.dumps({"mark": kept[0], "tags": kept[1:]}, ensure_ascii=False)


def restore(operation: Operation, uid: str) -> bool:
    """Put a mark back from the trash with its tags; whether the trash had it. It counts as changed now."""
    found = deletion(operation, "mark", uid)
    if found is None or not found.content:
        return False
    kept: dict[str, Any] = json.loads(found.content)
    operation.insert(Mark, **{**kept["mark"], "updated_at": now()})
    for tag in kept["tags"]:
        operation.insert(Tag, **{**tag, "uid": str(uuid.uuid4())})
    forget(operation, "mark", uid)
    return True


def empty(operation: Operation) -> int:
    """Keep of what was deleted only that it was; how many marks can no longer be put back. Undoing ends here."""
    rows = operation.rows(Deletion.select(Deletion.id).where(Deletion.content != ""))
    for row in rows:
        operation.update(Deletion, row["id"], content="")
    operation.forget_history()
    return len(rows)


def _record(row: Row) -> DeletionRecord:
    return DeletionRecord(**{column: value for column, value in row.items() if column not in ("id", "kind")})
