"""Field vocabularies of the library's own, as text that this package does not look into."""

from __future__ import annotations

from db.database import Database
from db.journal import Operation
from db.models import Vocabulary
from db.times import now


def newest(database: Database) -> str | None:
    """The vocabulary in force, or None where the built-in one is."""
    found = database.rows(Vocabulary.select(Vocabulary.content).order_by(Vocabulary.id.desc()).limit(1))
    return found[0]["content"] if found else None


def add(operation: Operation, version: str, content: str) -> None:
    """Put a vocabulary into force; the former ones stay, because tags name their version."""
    operation.insert(Vocabulary, version=version, content=content, imported_at=now())
