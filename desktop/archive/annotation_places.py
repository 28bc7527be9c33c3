"""Where annotations of other programs belong: which issue they are on, and where in it their words stand.

An issue is known by a checksum, a file's name or a title that the annotation names. Words are placed only where they stand once:
with the context that is given, or else by themselves. Everything else is told as 未定位, and left in the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import unquote

from db import issues as issue_store
from db.records import IssueRecord, ItemRecord
from desktop.archive import catalogue
from desktop.archive.annotation_forms import Foreign
from desktop.archive.library import Library
from desktop.bulletin import anchors
from desktop.bulletin.anchors import Anchor
from desktop.bulletin.folding import fold, fold_with_offsets
from desktop.readers.text import decode

_HASH: Final = re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")
_YEAR: Final = re.compile(r"(?<!\d)(\d{4})年")
_NUMBER: Final = re.compile(r"第0*([^第期]+)期")
_TELLING: Final = 8  # folded characters of a quotation, or of a title without number, that speak for themselves
_NEAR: Final = 8  # folded characters of context that are tried when all of it is not found


class Issues:
    """The library's issues, by all that an annotation may call them."""

    def __init__(self, library: Library) -> None:
        self._library = library

    @cached_property
    def _by_title(self) -> dict[str, dict[str, list[IssueRecord]]]:
        """By folded title, then by number as it is told ("" for a paper without)."""
        found: dict[str, dict[str, list[IssueRecord]]] = {}
        for issue in catalogue.issues(self._library):
            number = fold(issue.number).lstrip("0")
            found.setdefault(fold(issue.title), {}).setdefault(number, []).append(issue)
        return found

    @cached_property
    def _by_file(self) -> dict[str, set[int]]:
        found: dict[str, set[int]] = {}
        for file in issue_store.files(self._library.database):
            found.setdefault(_stem(file.file_name), set()).add(file.issue)
        return found

    def named(self, sources: Sequence[str]) -> IssueRecord | None:
        """The one issue that the sources name; None where they name none, or several alike."""
        for source in sources:
            for sha256 in _HASH.findall(source):
                if found := issue_store.issue_of_file(self._library.database, sha256):
                    return found
        by_file = [self._by_file.get(_stem(source), set()) for source in sources]
        issues = next((ids for ids in by_file if ids), None) or next(filter(None, map(self._titled, sources)), set())
        return catalogue.issue(self._library, next(iter(issues))) if len(issues) == 1 else None

    def _titled(self, source: str) -> set[int]:
        """Those whose title stands in the words, with the number, and with the year if one is told.

        A paper without number is told by a title of some length.
        """
        said = fold(unquote(source))
        years, numbers = {int(year) for year in _YEAR.findall(said)}, set(_NUMBER.findall(said))
        found = [
            one
            for title, numbered in self._by_title.items()
            if title in said
            for number in (numbers | {""} if len(title) >= _TELLING else numbers)
            for one in numbered.get(number, ())
        ]
        return {one.id for one in found if not (years and one.year) or one.year in years}


def _stem(source: str) -> str:
    """The name of a file without folders and ending, as names are compared."""
    path = unquote(source.partition("#")[0].partition("?")[0]).replace("\\", "/")
    name = PurePosixPath(path).name
    return fold(re.sub(r"\.(pdf|txt|html?)$", "", name, flags=re.IGNORECASE))


@dataclass(frozen=True, slots=True)
class _Text:
    """An item with its folded text and the way back."""

    item: ItemRecord
    folded: str
    offsets: list[int]

    def spans(self, before: str, words: str, after: str) -> Iterator[tuple[int, int]]:
        """Where the folded words stand between what is before and after them."""
        at = self.folded.find(before + words + after)
        while at >= 0:
            first = at + len(before)
            yield self.offsets[first], self.offsets[first + len(words) - 1] + 1
            at = self.folded.find(before + words + after, at + 1)


class Places:
    """The texts of one issue, in which words are looked for."""

    def __init__(self, library: Library, issue: IssueRecord) -> None:
        self.issue = issue
        self._path = catalogue.stored_file(library, issue)
        self._texts = [_Text(item, *fold_with_offsets(item.text)) for item in catalogue.items(library, issue.id)]

    @cached_property
    def _file(self) -> str:
        """The stored file as one text; "" for a print, whose characters other programs count in ways of their own."""
        return (decode(self._path.read_bytes()) or "") if self._path.suffix == ".txt" else ""

    def place(self, one: Foreign) -> tuple[ItemRecord, Anchor] | None:
        """The item and the place of an annotation's words; None where that is not certain."""
        exact, prefix, suffix = one.exact, one.prefix, one.suffix
        if not fold(exact) and one.start < one.end <= len(self._file):
            sides = self._file[max(0, one.start - anchors.CONTEXT) : one.start], self._file[one.end :][: anchors.CONTEXT]
            exact, (prefix, suffix) = self._file[one.start : one.end], sides
        words = fold(exact)
        return self._placed(words, fold(prefix), fold(suffix)) if words else None

    def _placed(self, words: str, before: str, after: str) -> tuple[ItemRecord, Anchor] | None:
        one_sided = [sides for sides in ((before[-_NEAR:], ""), ("", after[:_NEAR])) if max(map(len, sides)) == _NEAR]
        for sides in ((before, after), (before[-_NEAR:], after[:_NEAR]), *one_sided):
            found = self._found(sides[0], words, sides[1]) if any(sides) else []
            if found:
                return _only(found)
        alone = self._found("", words, "")
        return _only(alone) if not (before or after) or len(words) >= _TELLING else None

    def _found(self, before: str, words: str, after: str) -> list[tuple[ItemRecord, Anchor]]:
        return [
            (text.item, anchors.make(text.item.text, *span)) for text in self._texts for span in text.spans(before, words, after)
        ]


def _only(found: Sequence[tuple[ItemRecord, Anchor]]) -> tuple[ItemRecord, Anchor] | None:
    return found[0] if len(found) == 1 else None
