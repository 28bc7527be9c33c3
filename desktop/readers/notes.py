"""Highlights and underlines in a PDF as other readers show them: written into a copy, and read from a file.

Values and requests only: the work is done by `annotations` in the reading process, which can be killed.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from desktop.errors import UnreadableFile
from desktop.readers.isolated import ask

_PATIENCE: Final = 60.0


@dataclass(frozen=True, slots=True)
class PdfNote:
    """A highlight or underline. `characters` are (page from 1, first, last + 1) as in `bulletin.pages`; times are ISO UTC or "".

    `text` is what the characters say, `before` and `after` what stands on the page around them (only when read from a file).
    """

    uid: str
    characters: tuple[tuple[int, int, int], ...]
    color: str  # #rrggbb
    style: str  # highlight | underline
    contents: str
    author: str = ""
    subject: str = ""
    created: str = ""
    modified: str = ""
    text: str = ""
    before: str = ""
    after: str = ""


def write_noted_copy(
    source: Path, target: Path, notes: tuple[PdfNote, ...], password: str | None = None, timeout: float = _PATIENCE
) -> int:
    """Write a copy of the PDF `source` with the notes as standard annotations; how many of them read back from it whole.

    `source` is opened for reading only; the copy of a protected file is protected alike. Raises `UnreadableFile` when it cannot be read or the copy does not come out right.
    """
    request = {
        "task": "annotate",
        "path": str(source.absolute()),
        "password": password,
        "target": str(target.absolute()),
        "notes": [asdict(note) for note in notes],
    }
    return int(ask(request, timeout, source.name)["done"])


def read_notes(path: Path, password: str | None = None, timeout: float = _PATIENCE) -> tuple[PdfNote, ...]:
    """The highlights and underlines that a PDF holds over its text. Raises `UnreadableFile` as `read` does."""
    reply = ask({"task": "notes", "path": str(path.absolute()), "password": password}, timeout, path.name)
    return tuple(map(note_from_wire, reply["notes"]))


def note_from_wire(value: dict[str, Any]) -> PdfNote:
    """A note from JSON. Raises `UnreadableFile` for anything else, which only a broken child sends."""
    try:
        return PdfNote(**{**value, "characters": tuple((int(p), int(a), int(b)) for p, a, b in value["characters"])})
    except (KeyError, TypeError, ValueError) as error:
        raise UnreadableFile("读取 PDF 标注的子进程出错，请重试。") from error
