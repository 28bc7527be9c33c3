"""The memo as data: what every writer sets and every check reads. Nothing here knows about files or databases."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Grouping(StrEnum):
    """By what the excerpts are grouped under first-level headings."""

    FIELD = "field"
    LEVEL = "level"
    REGION = "region"
    ISSUE = "issue"


@dataclass(frozen=True, slots=True)
class Source:
    """Where an excerpt comes from. `date` is ISO; `page` the printed page number where known."""

    title: str
    number: str
    date: str
    section: str
    page: int | None = None
    classification: str | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote of the source: `mark` as digits; it is called behind the first `offset` characters of a paragraph.

    The excerpt's text keeps the printed sign (¹) behind that place; writers set a real call instead. `paragraph` -1: the source
    does not tell where the note is called, so it is printed under the excerpt.
    """

    mark: str
    text: str
    paragraph: int
    offset: int


@dataclass(frozen=True, slots=True)
class Excerpt:
    """One verbatim excerpt: `paragraphs` are print-form texts, points with their marker.

    `source_text` is the whole item in the same form, one passage a line; unlike the canonical text it has the markers, so that
    every paragraph is a part of it.
    `partial`: something of the item was left out, so the excerpt is marked （节选）. `address` is the archive's address of the
    excerpt ("3.5", "3.5.2") for the reverse look-up. `comment` is the author's own text, never a quotation.
    """

    address: str
    title: str
    paragraphs: tuple[str, ...]
    source: Source
    source_text: str
    fields: tuple[str, ...] = ()
    level: str = ""
    region: str = ""
    partial: bool = False
    notes: tuple[Note, ...] = ()
    comment: str = ""

    @property
    def cut(self) -> bool:
        """Whether a passage of the source was cut inside, not only whole passages left out."""
        whole = self.source_text.split("\n")
        return self.partial and any(paragraph not in whole for paragraph in self.paragraphs)


@dataclass(frozen=True, slots=True)
class Group:
    """Excerpts under one first-level heading, in the reader's order. Empty groups do not exist."""

    heading: str
    excerpts: tuple[Excerpt, ...]


@dataclass(frozen=True, slots=True)
class Memo:
    """A briefing memo ready to be set. `date` is ISO; `period` is printed under the title ("2025年9月—12月").

    `topic` is what the lead-in says the excerpts are about ("生物医药领域"); empty when they have no common topic.
    """

    title: str
    period: str
    groups: tuple[Group, ...]
    date: str
    addressee: str = ""
    unit: str = ""
    classification: str | None = None  # the highest of the sources, or the reader's own higher one
    protective_mark: str = ""  # "内部资料　注意保存" when set and no classification
    with_table: bool = True  # the source table as 附件
    topic: str = ""

    @property
    def excerpts(self) -> tuple[Excerpt, ...]:
        """All excerpts in the order they are printed."""
        return tuple(excerpt for group in self.groups for excerpt in group.excerpts)
