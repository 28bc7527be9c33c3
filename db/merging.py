"""Rows that come from another library: they keep the uids, authors and times that they have there."""

from __future__ import annotations

import uuid
from dataclasses import asdict

from db.journal import Operation
from db.models import Correction, Mark, Tag
from db.records import CorrectionRecord, NewMark, NewTag


def add_mark(operation: Operation, new: NewMark, uid: str, created_at: str, updated_at: str, *, anchored: bool) -> None:
    """Store a mark under the uid it has elsewhere."""
    operation.insert(Mark, uid=uid, created_at=created_at, updated_at=updated_at, anchored=anchored, **asdict(new))


def add_correction(operation: Operation, record: CorrectionRecord) -> None:
    """Store a correction under the uid it has elsewhere."""
    operation.insert(Correction, **asdict(record))


def add_tag(operation: Operation, new: NewTag, created_at: str) -> None:
    """Store a tag with the time it was put on elsewhere."""
    operation.insert(Tag, uid=str(uuid.uuid4()), created_at=created_at, **asdict(new))


def renew_tag(operation: Operation, uid: str, created_at: str) -> None:
    """A tag that is on in both libraries counts as put on at the later time."""
    row = operation.rows(Tag.select(Tag.id, Tag.created_at).where(Tag.uid == uid))[0]
    operation.update(Tag, row["id"], created_at=max(created_at, row["created_at"]))
