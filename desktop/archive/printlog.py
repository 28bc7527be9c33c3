"""`prints.log`: which pages of what went to paper or into a printed file, and when. Kept for the security officer, as `exports.log` is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from db.times import now
from desktop.archive.library import Library
from desktop.archive.shelf import PRINTS

_PARTS: Final = 5


@dataclass(frozen=True, slots=True)
class Printed:
    """One printing: `time` ISO, UTC; `pages` as people write them; `copies` a number; `target` a printer's name or a file."""

    time: str
    what: str
    pages: str
    copies: str
    target: str


def note(library: Library, what: str, pages: Sequence[int], copies: int, target: str) -> None:
    """Add a line: time (UTC), what was printed, its pages, copies, printer or file; tabs between them. Raises `KnownError`."""
    cells = (now(), what, spoken(pages), str(copies), target)
    library.shelf.note(PRINTS, "\t".join(" ".join(cell.split()) for cell in cells))


def prints(library: Library) -> list[Printed]:
    """What was printed, the latest first."""
    lines = [line.split("\t") for line in library.shelf.notes(PRINTS)]
    return [Printed(*line) for line in reversed(lines) if len(line) == _PARTS]


def spoken(pages: Sequence[int]) -> str:
    """“1-3，5” for 1, 2, 3 and 5."""
    runs = [[page for _, page in run] for _, run in groupby(enumerate(pages), key=lambda pair: pair[1] - pair[0])]
    return "，".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)
