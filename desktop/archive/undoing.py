"""Undo and redo: the last changes to the data, one after the other, also after a restart."""

from __future__ import annotations

from desktop.archive.library import Library


def undo(library: Library, initiator: object | None = None) -> str | None:
    """Take the last change back; its name, or None when there is nothing to take back."""
    return library.database.undo(initiator)


def redo(library: Library, initiator: object | None = None) -> str | None:
    """Make the last change that was taken back again; its name, or None."""
    return library.database.redo(initiator)


def undo_name(library: Library) -> str | None:
    """What `undo` would take back, for the menu."""
    return library.database.undo_name


def redo_name(library: Library) -> str | None:
    """What `redo` would make again, for the menu."""
    return library.database.redo_name
