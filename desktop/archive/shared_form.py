"""What readers hand to one another: marks, notes, fields and deletions with the identity of what they belong to, as JSON.

Everything that comes in is judged here: unknown colours, impossible times, overlong texts and odd characters are refused as a
whole, so that what is merged can be trusted to be of this form. Nothing in it names a file to be written.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from typing import Any, Final, TypeVar

from desktop.archive.correcting import KINDS
from desktop.archive.marking import COLORS, STYLES

VERSION: Final = 1
_UID: Final = re.compile(r"[0-9A-Za-z-]{1,64}")
_TIME: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_HASH: Final = re.compile(r"[0-9a-f]{64}")
_LONGEST: Final = 1_000_000  # characters of one text
_SHORT: Final = 200
_MOST: Final = 200_000  # things of one kind in a package

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class SharedMark:
    """A mark as another library has it; `ordinal` and `title` say on which item, the rest as in `MarkRecord`."""

    uid: str
    ordinal: int
    title: str
    start: int
    quote: str
    prefix: str
    suffix: str
    color: str
    style: str
    note: str
    author: str
    created_at: str
    updated_at: str

    @property
    def version(self) -> tuple[str, ...]:
        """What the newest of two versions of a mark is told by: its time, and among equals what its author wrote."""
        return self.updated_at, self.note, self.color, self.style


@dataclass(frozen=True, slots=True)
class SharedTag:
    """A field on an item, a point or a mark; `at` is when it was put on, or, among the deletions, taken off."""

    ordinal: int
    title: str
    point: int | None
    mark: str | None
    field: str
    subfield: str
    vocabulary: str
    at: str


@dataclass(frozen=True, slots=True)
class SharedCorrection:
    """A correction as another library has it; it is never altered, only withdrawn. See `CorrectionRecord`."""

    uid: str
    ordinal: int
    title: str
    kind: str
    start: int
    quote: str
    prefix: str
    suffix: str
    replacement: str
    author: str
    created_at: str


@dataclass(frozen=True, slots=True)
class SharedDeletion:
    """A mark that was deleted, or a correction that was withdrawn."""

    uid: str
    ordinal: int
    title: str
    at: str


@dataclass(frozen=True, slots=True)
class SharedIssue:
    """One issue's marks and fields. `files` are the SHA-256 of its files, the one its text was read from first."""

    kind: str
    title: str
    year: int
    number: str
    date: str
    files: tuple[str, ...]
    marks: tuple[SharedMark, ...] = ()
    tags: tuple[SharedTag, ...] = ()
    deleted_marks: tuple[SharedDeletion, ...] = ()
    deleted_tags: tuple[SharedTag, ...] = ()
    corrections: tuple[SharedCorrection, ...] = ()
    deleted_corrections: tuple[SharedDeletion, ...] = ()

    @property
    def name(self) -> str:
        """How the issue is called."""
        return f"《{self.title}》{f'第{self.number}期' if self.number else ''}"


@dataclass(frozen=True, slots=True)
class Shared:
    """What one reader hands over, at the time `made_at`."""

    author: str
    made_at: str
    issues: tuple[SharedIssue, ...] = field(default=())

    @property
    def mark_count(self) -> int:
        """All marks."""
        return sum(len(issue.marks) for issue in self.issues)

    @property
    def note_count(self) -> int:
        """The marks that have a note."""
        return sum(bool(mark.note) for issue in self.issues for mark in issue.marks)

    @property
    def correction_count(self) -> int:
        """All corrections."""
        return sum(len(issue.corrections) for issue in self.issues)


def to_json(shared: Shared) -> dict[str, Any]:
    """The JSON document of a package."""
    return {"version": VERSION, **asdict(shared)}


def from_json(data: Any) -> Shared:
    """The reverse. Raises ValueError, KeyError or TypeError for anything that is not exactly of the form."""
    if not isinstance(data, dict) or data["version"] != VERSION:
        raise ValueError("not of this version")
    return Shared(_line(data["author"]), _time(data["made_at"]), _all(data["issues"], _issue))


def _issue(data: dict[str, Any]) -> SharedIssue:
    return SharedIssue(
        _one_of(data["kind"], ("issue", "document")), _line(data["title"]), _number(data["year"]), _line(data["number"]), _line(data["date"]),
        _all(data["files"], _hash), _all(data["marks"], _mark), _all(data["tags"], _tag),
        _all(data["deleted_marks"], _deletion), _all(data["deleted_tags"], _tag),
        _all(data.get("corrections", ()), _correction), _all(data.get("deleted_corrections", ()), _deletion),
    )  # fmt: skip


def _mark(data: dict[str, Any]) -> SharedMark:
    mark = SharedMark(
        _uid(data["uid"]), _number(data["ordinal"]), _line(data["title"]), _number(data["start"]), _text(data["quote"]),
        _text(data["prefix"]), _text(data["suffix"]), _one_of(data["color"], COLORS), _one_of(data["style"], STYLES), _text(data["note"]),
        _line(data["author"]), _time(data["created_at"]), _time(data["updated_at"]),
    )  # fmt: skip
    if not mark.quote.strip():
        raise ValueError("a mark without words")
    return mark


def _tag(data: dict[str, Any]) -> SharedTag:
    point, mark = data["point"], data["mark"]
    return SharedTag(
        _number(data["ordinal"]), _line(data["title"]), None if point is None else _number(point), None if mark is None else _uid(mark),
        _line(data["field"]), _line(data["subfield"]), _line(data["vocabulary"]), _time(data["at"]),
    )  # fmt: skip


def _correction(data: dict[str, Any]) -> SharedCorrection:
    found = SharedCorrection(
        _uid(data["uid"]), _number(data["ordinal"]), _line(data["title"]), _one_of(data["kind"], KINDS), _number(data["start"]),
        _text(data["quote"]), _text(data["prefix"]), _text(data["suffix"]), _text(data["replacement"]), _line(data["author"]),
        _time(data["created_at"]),
    )  # fmt: skip
    if not found.quote.strip() or (found.kind == "erratum") != bool(found.replacement.strip()):
        raise ValueError("a correction of nothing")
    return found


def _deletion(data: dict[str, Any]) -> SharedDeletion:
    return SharedDeletion(_uid(data["uid"]), _number(data["ordinal"]), _line(data["title"]), _time(data["at"]))


def _all(data: Any, read: Callable[[Any], T]) -> tuple[T, ...]:
    if not isinstance(data, list | tuple) or len(data) > _MOST:
        raise ValueError("no list, or too long a one")
    return tuple(read(one) for one in data)


def _one_of(data: Any, known: Iterable[str]) -> str:
    if data not in known:
        raise ValueError(f"unknown: {data!r:.40}")
    return str(data)


def _number(data: Any) -> int:
    if not isinstance(data, int) or isinstance(data, bool) or not 0 <= data < 2**31:
        raise ValueError("no number")
    return data


def _text(data: Any, longest: int = _LONGEST) -> str:
    if not isinstance(data, str) or len(data) > longest:
        raise ValueError("no text, or too long a one")
    return "".join(char for char in data if char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cs"))


def _line(data: Any) -> str:
    """A name: short, on one line, without characters that turn or hide what stands around them."""
    return "".join(char for char in _text(data, _SHORT) if unicodedata.category(char) not in ("Cc", "Cf", "Zl", "Zp"))


def _matching(pattern: re.Pattern[str]) -> Callable[[Any], str]:
    def read(data: Any) -> str:
        if not isinstance(data, str) or not pattern.fullmatch(data):
            raise ValueError(f"not of the form {pattern.pattern}")
        return data

    return read


_uid, _time, _hash = _matching(_UID), _matching(_TIME), _matching(_HASH)
