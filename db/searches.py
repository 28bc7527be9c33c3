"""Searches that the reader saved."""

from __future__ import annotations

import uuid
from typing import Any

from db.database import Database
from db.journal import Operation
from db.models import SavedSearch
from db.times import now


def searches(database: Database) -> list[dict[str, Any]]:
    """All of them, the last saved first, as `uid`, `query`, `narrowing` (JSON)."""
    query = SavedSearch.select(SavedSearch.uid, SavedSearch.query, SavedSearch.narrowing).order_by(SavedSearch.id.desc())
    return database.rows(query)


def add(operation: Operation, query: str, narrowing: str) -> str:
    """Save a search; returns its uid."""
    uid = str(uuid.uuid4())
    operation.insert(SavedSearch, uid=uid, query=query, narrowing=narrowing, created_at=now())
    return uid


def delete(operation: Operation, uid: str) -> None:
    """Forget a search; nothing where it is gone already."""
    for row in operation.rows(SavedSearch.select(SavedSearch.id).where(SavedSearch.uid == uid)):
        operation.delete(SavedSearch, row["id"])
