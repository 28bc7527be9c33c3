"""Stored times as the reader's clock shows them."""

from __future__ import annotations

from datetime import datetime


def local_time(stored: str) -> str:
    """A stored time (ISO 8601, UTC) by the clock on the wall: `2031-05-06 08:30`."""
    return f"{datetime.fromisoformat(stored).astimezone():%Y-%m-%d %H:%M}"
