"""The structure of a document: issue > section > item > lead, point, paragraph, footnote; other papers as an outline.

All values are frozen and hold print-form text (`docs/glossary.md`): no line-break blanks, no layout residue. An item's
*canonical text* is its title and its passages laid one under the other with a newline between; marks, search hits and
evidence are code-point offsets into it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum


class PassageKind(StrEnum):
    """What a passage is within its item."""

    TITLE = "title"
    LEAD = "lead"
    POINT = "point"
    SUBPOINT = "subpoint"  # a point within the point before it (① below （1）)
    PARAGRAPH = "paragraph"
    FOOTNOTE = "footnote"
    BOX = "box"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a run of canonical text is printed.

    Characters `start … start+length` of the passage's text are characters `char … char+length` of page `page` (1-based,
    indices as in `pages`). Characters without a place (inserted ones) are simply not covered.
    """

    start: int
    length: int
    page: int
    char: int


@dataclass(frozen=True, slots=True)
class Part:
    """A labelled part of a point (一是, 二是 …): `text` starts after the label."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph-like unit of an item.

    `text` excludes a point's or subpoint's marker and a footnote's mark and includes a point's head. `number` is a point's number,
    `marker` the marker as printed ("（1）"), `head` a point's (or run-in) head without its final 。, `mark` a footnote's mark
    as digits, `anchor` the canonical offset in the item right before the footnote reference, or None when not found.
    """

    kind: PassageKind
    text: str
    places: tuple[Place, ...] = ()
    number: int | None = None
    marker: str = ""
    head: str = ""
    mark: str = ""
    anchor: int | None = None
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """One article of an issue, or one node of another document's outline.

    `page` is the printed page number of the title where known. `depth` is 1 for an issue's items and the outline level
    for other documents. `passages[0]` is always the title.
    """

    passages: tuple[Passage, ...]
    page: int | None = None
    contents_title: str | None = None
    depth: int = 1
    numeral: str = ""

    @property
    def title(self) -> str:
        """The title in print form, without numeral."""
        return self.passages[0].text

    @property
    def text(self) -> str:
        """The canonical text that offsets refer to."""
        return "\n".join(passage.text for passage in self.passages)

    def offsets(self) -> Iterator[tuple[int, Passage]]:
        """Each passage with the canonical offset of its first character."""
        at = 0
        for passage in self.passages:
            yield at, passage
            at += len(passage.text) + 1

    def of_kind(self, kind: PassageKind) -> tuple[Passage, ...]:
        """The passages of one kind, in reading order."""
        return tuple(passage for passage in self.passages if passage.kind is kind)


@dataclass(frozen=True, slots=True)
class Section:
    """A named group of items (省外速览 …); `page` is the page number that the contents print for it."""

    name: str
    items: tuple[Item, ...]
    page: int | None = None


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """One section of the printed contents (本期要点) with the titles under it."""

    section: str
    page: int | None
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Distribution:
    """主送 and 抄送, split into receivers at ， and 。 (、 binds inside one receiver)."""

    to: tuple[str, ...] = ()
    cc: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something a careful reader might question: `code` from the closed list in `docs/doubts.md`, `message` a sentence."""

    code: str
    message: str
    page: int | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Masthead:
    """Identity of an issue. `number` is an int, or a string when it is not one ("5-6", "增刊1"); `date` is ISO or ""."""

    title: str
    number: int | str | None
    date: str
    date_text: str = ""
    issuers: tuple[str, ...] = ()
    classification: str | None = None


@dataclass(frozen=True, slots=True)
class Issue:
    """A bulletin issue."""

    masthead: Masthead
    contents: tuple[ContentsEntry, ...]
    sections: tuple[Section, ...]
    distribution: Distribution
    printed_by: str = ""
    printed_date: str = ""
    doubts: tuple[Doubt, ...] = ()
    kind: str = field(default="issue", init=False)


@dataclass(frozen=True, slots=True)
class Table:
    """A table as rows of cell texts."""

    title: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Node:
    """One heading of an outline. `level` from 1; `numeral` as printed ("三、"); `text` the body up to the next heading."""

    level: int
    numeral: str
    title: str
    page: int | None
    passages: tuple[Passage, ...]
    run_in: bool = False
    children: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A plan, another 公文, or any other file: an outline. `sections` is the same content flattened for the library."""

    title: str
    doc_number: str | None
    issuer: str
    date: str
    outline: tuple[Node, ...]
    sections: tuple[Section, ...]
    boxes: tuple[Passage, ...] = ()
    tables: tuple[Table, ...] = ()
    classification: str | None = None
    doubts: tuple[Doubt, ...] = ()
    kind: str = field(default="document", init=False)


Bulletin = Issue | Document
