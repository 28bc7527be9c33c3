"""What an operation changed and who asked: from this, views decide what to refresh, and ignore their own edits."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """Kinds of things that change together on the screen."""

    ISSUES = "issues"  # issues, their items and files
    READING = "reading"  # read state and stars
    MARKS = "marks"
    TAGS = "tags"
    REFUSALS = "refusals"
    MEMOS = "memos"
    VOCABULARY = "vocabulary"
    SEARCHES = "searches"
    CORRECTIONS = "corrections"


@dataclass(frozen=True, slots=True)
class Changes:
    """The outcome of one committed operation, undo or redo.

    `initiator` is whatever the caller passed as itself (a view), or None; it lives in memory only. `items` are the ids of
    the items touched, as far as the changed rows belong to items.
    """

    kinds: frozenset[Kind]
    initiator: object | None = None
    items: frozenset[int] = frozenset()
