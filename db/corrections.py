"""Corrections that the reader made on items."""

from __future__ import annotations

import uuid
from dataclasses import asdict

from db import deletions
from db.connection import Row
from db.database import Database
from db.journal import Operation
from db.models import Correction, Item
from db.records import CorrectionRecord, NewCorrection
from db.times import now


def _record(row: Row) -> CorrectionRecord:
    return CorrectionRecord(**{column: value for column, value in row.items() if column != "id"})


def corrections(database: Database, *, issue: int | None = None, item: int | None = None) -> list[CorrectionRecord]:
    """Corrections in reading order, of one issue or item, or all."""
    joined = Correction.select(Correction).join(Item, on=(Correction.item == Item.id))
    query = joined.order_by(Item.issue, Item.ordinal, Correction.start, Correction.id)
    if issue is not None:
        query = query.where(Item.issue == issue)
    if item is not None:
        query = query.where(Correction.item == item)
    return [_record(row) for row in database.rows(query)]


def add(operation: Operation, new: NewCorrection) -> str:
    """Store a correction; returns its uid."""
    uid = str(uuid.uuid4())
    operation.insert(Correction, uid=uid, created_at=now(), **asdict(new))
    return uid


def correction(database: Database, uid: str) -> CorrectionRecord | None:
    """One correction, or None."""
    return next((_record(row) for row in database.found(Correction, {"uid": uid})), None)


def delete(operation: Operation, record: CorrectionRecord, *, at: str = "") -> None:
    """Withdraw a correction, at the time given or now; merging goes by that it was."""
    operation.delete(Correction, operation.found(Correction, uid=record.uid)[0]["id"])
    deletions.record(operation, "correction", record.uid, record.item, at=at)
