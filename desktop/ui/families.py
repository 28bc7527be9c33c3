"""Which of the font families one would like to have are there."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtGui import QFontDatabase


def first_present(wanted: Sequence[str], present: Collection[str] | None = None) -> str:
    """The first wanted family that this machine has ("" when none): names differ between systems, so none is assumed."""
    have = {name.casefold(): name for name in (QFontDatabase.families() if present is None else present)}
    return next((have[name.casefold()] for name in wanted if name.casefold() in have), "")
