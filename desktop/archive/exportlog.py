"""`exports.log`: when what left the library, and where to. Kept for the security officer; deleting it is the reader's own affair."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from db.times import now
from desktop.archive.library import Library
from desktop.archive.shelf import EXPORTS


def note(library: Library, path: Path, what: Iterable[str]) -> None:
    """Add a line: time (UTC), what went out (addresses or names, blanks between), file name, folder; tabs between them."""
    said = " ".join("".join(part.split()) for part in what)
    library.shelf.note(EXPORTS, f"{now()}\t{said}\t{path.name}\t{path.absolute().parent}")
