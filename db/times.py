"""The forms of a moment in the library, always UTC."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> str:
    """The present moment as stored in rows: "2025-09-19T07:02:11Z"."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def stamp() -> str:
    """The present moment for a file name: "20250919T070211123456Z"; later ones sort later."""
    return datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
