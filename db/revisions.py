"""Comparisons of the files of an issue, kept to be read later."""

from __future__ import annotations

import uuid
from dataclasses import asdict

from db.database import Database
from db.journal import Operation
from db.models import Revision
from db.records import NewRevision, RevisionRecord
from db.times import now


def revisions(database: Database, issue: int) -> list[RevisionRecord]:
    """The comparisons of an issue's files, the latest first."""
    rows = database.rows(Revision.select().where(Revision.issue == issue).order_by(Revision.id.desc()))
    return [RevisionRecord(**{column: value for column, value in row.items() if column != "id"}) for row in rows]


def add(operation: Operation, new: NewRevision) -> RevisionRecord:
    """Store a comparison; returns it as stored."""
    made = RevisionRecord(uid=str(uuid.uuid4()), made_at=now(), **asdict(new))
    operation.insert(Revision, **asdict(made))
    return made
