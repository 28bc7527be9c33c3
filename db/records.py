"""What the database gives out: frozen records, never peewee models.

Identifiers: `issue` and `item` ids are integers of this library; `uid`s are UUIDs that mean the same row in any library.
Times are ISO 8601 UTC with seconds ("2025-09-19T07:02:11Z"); dates are ISO dates or "". Offsets are code points of the
item's canonical text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class IssueRecord:
    """One document of the library: an issue of a bulletin or another paper."""

    id: int
    uid: str
    kind: Literal["issue", "document"]
    title: str  # 刊名 or the paper's title
    year: int
    number: str  # "48", "5-6", "" for papers without one
    date: str
    issuers: tuple[str, ...]
    classification: str | None
    sha256: str
    extension: str  # "pdf", "txt"
    file_name: str  # as it was called when imported
    pages: int
    text_version: str  # parser and reader versions the text was made with
    imported_at: str
    item_count: int
    unread_count: int
    mark_count: int


@dataclass(frozen=True, slots=True)
class ItemRecord:
    """One item with its canonical text."""

    id: int
    issue: int
    ordinal: int  # 1-based within the issue
    section: str
    depth: int
    title: str
    page: int | None
    level: str  # 部委 | 省外 | 省内 | ""
    region: str  # 上海, 成都, ... or ""
    text: str  # canonical text; the title is its first line
    passages: str  # JSON list of passages (written and read by desktop.archive)
    read_at: str | None
    starred: bool


@dataclass(frozen=True, slots=True)
class TagRecord:
    """A field on an item (`point` and `mark` None), on one of its points, or on a mark."""

    uid: str
    item: int
    point: int | None
    mark: str | None  # mark uid
    field: str
    subfield: str
    vocabulary: str  # version of the field vocabulary, e.g. "川科高〔2022〕19号"
    created_at: str


@dataclass(frozen=True, slots=True)
class MarkRecord:
    """A highlight or underline with its note. `start … end` into the item's canonical text."""

    uid: str
    item: int
    start: int
    end: int
    quote: str
    prefix: str
    suffix: str
    color: str  # yellow | green | blue | red
    style: str  # highlight | underline
    note: str
    text_version: str
    anchored: bool  # False: 失锚, the quote was not found again
    author: str
    created_at: str
    updated_at: str


@dataclass(frozen=True, slots=True)
class CorrectionRecord:
    """The reader's correction of an item, found again by its quotation as a mark is; the text itself never changes.

    merge: the paragraph that begins with the quotation goes on with the one before. split: a paragraph begins at the quotation.
    title: the paragraph that begins with it is a heading. erratum: for the quotation read `replacement`.
    """

    uid: str
    item: int
    kind: Literal["merge", "split", "title", "erratum"]
    start: int
    quote: str
    prefix: str
    suffix: str
    replacement: str
    author: str
    created_at: str


@dataclass(frozen=True, slots=True)
class RefusalRecord:
    """A suggested field the reader refused for an item (or point): it is not suggested again."""

    item: int
    point: int | None
    field: str


@dataclass(frozen=True, slots=True)
class MemoRecord:
    """A memo project. `options` is JSON (title, unit, grouping, texts), read and written by desktop.archive."""

    uid: str
    name: str
    options: str
    created_at: str
    updated_at: str


@dataclass(frozen=True, slots=True)
class MemoEntryRecord:
    """One excerpt in a memo's basket: a whole item, one point, or a mark, at a place in the order."""

    uid: str
    memo: str
    position: int
    item: int
    point: int | None
    mark: str | None
    comment: str


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A file kept in the library: `<sha256>.<extension>`. `issue` is the issue it belongs to."""

    issue: int
    sha256: str
    extension: str
    file_name: str


@dataclass(frozen=True, slots=True)
class RevisionRecord:
    """A comparison of an issue's file in force then (`former`, SHA-256) with another; `content` is JSON of desktop.archive."""

    uid: str
    issue: int
    made_at: str
    former: str
    file: str
    content: str


@dataclass(frozen=True, slots=True)
class DeletionRecord:
    """A deleted mark, tag or correction; `content` is what the trash keeps of a mark (see `db.deletions`), else ""."""

    key: str
    item: int
    deleted_at: str
    content: str


@dataclass(frozen=True, slots=True)
class NewIssue:
    """An issue about to be stored; see `IssueRecord`."""

    kind: Literal["issue", "document"]
    title: str
    year: int
    number: str
    date: str
    issuers: tuple[str, ...]
    classification: str | None
    sha256: str
    extension: str
    file_name: str
    pages: int
    structure: str  # JSON: contents, distribution, imprint, doubts (written and read by desktop.archive)
    text_version: str


@dataclass(frozen=True, slots=True)
class NewItem:
    """An item about to be stored, in the order of its issue; see `ItemRecord`."""

    section: str
    depth: int
    title: str
    page: int | None
    level: str
    region: str
    text: str
    passages: str


@dataclass(frozen=True, slots=True)
class NewMark:
    """A mark about to be stored; see `MarkRecord`."""

    item: int
    start: int
    end: int
    quote: str
    prefix: str
    suffix: str
    color: str
    style: str
    note: str
    text_version: str
    author: str


@dataclass(frozen=True, slots=True)
class NewCorrection:
    """A correction about to be stored; see `CorrectionRecord`."""

    item: int
    kind: Literal["merge", "split", "title", "erratum"]
    start: int
    quote: str
    prefix: str
    suffix: str
    replacement: str
    author: str


@dataclass(frozen=True, slots=True)
class NewRevision:
    """A comparison about to be stored; see `RevisionRecord`."""

    issue: int
    former: str
    file: str
    content: str


@dataclass(frozen=True, slots=True)
class NewTag:
    """A tag about to be stored; see `TagRecord`."""

    item: int
    point: int | None
    mark: str | None
    field: str
    subfield: str
    vocabulary: str
