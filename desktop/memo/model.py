"""The memo as data: what every writer sets and every check reads. Nothing here knows about files or databases."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Grouping(StrEnum):
    """By what the excerpts are grouped under first-level headings; NONE: they are first-level themselves.

    Levels stand as 部委, 省外, 省内; OUTSIDE and INSIDE: 省外 or 省内 goes before the others.
    """

    FIELD = "field"
    LEVEL = "level"
    OUTSIDE = "level-outside"
    INSIDE = "level-inside"
    REGION = "region"
    ISSUE = "issue"
    NONE = "none"


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
    """Excerpts under one first-level heading, in the reader's order. Empty groups do not exist; one without a heading is the
    only one of its memo.
    """

    heading: str
    excerpts: tuple[Excerpt, ...]


@dataclass(frozen=True, slots=True)
class OwnText:
    """A text of the author's own: never a quotation, and printed with its label (【摘要】) so that nobody takes it for one."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class RedHead:
    """简报-style head: the name in red, the number under it, issuer left and date right, a red line. `date` is ISO."""

    name: str
    number: str  # "第12期", or empty
    issuer: str
    date: str
    size: float = 44.0  # points of the name


@dataclass(frozen=True, slots=True)
class Imprint:
    """版记 at the foot of the last page: rows of (报 | 送 | 发, names), then issuer left and date or copies right."""

    rows: tuple[tuple[str, str], ...]
    left: str
    right: str


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of the sheet on top of a 呈阅件: label, what is filled in, and its least height in millimetres."""

    label: str
    text: str
    height: float


@dataclass(frozen=True, slots=True)
class Memo:
    """A briefing memo ready to be set. `date` is ISO; `period` is printed under the title ("2025年9月—12月").

    `topic` is what the lead-in says the excerpts are about ("生物医药领域"); empty when they have no common topic. `lead_in` is
    the author's wording with places to be filled (see `wording.lead_in`), empty for the usual one. `preface` is printed behind
    the lead-in, `postscript` behind the excerpts.
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
    kind: str = "信息摘编"
    lead_in: str = ""
    preface: tuple[OwnText, ...] = ()
    postscript: tuple[OwnText, ...] = ()
    with_closing: bool = True  # 署名 and date
    red_head: RedHead | None = None
    imprint: Imprint | None = None
    sheet: tuple[SheetRow, ...] = ()
    contact: str = ""  # 附注 under the date: "联系人：××，电话：××"
    watermark: str = ""

    @property
    def grouped(self) -> bool:
        """Whether the excerpts stand under headings of groups."""
        return any(group.heading for group in self.groups)

    @property
    def excerpts(self) -> tuple[Excerpt, ...]:
        """All excerpts in the order they are printed."""
        return tuple(excerpt for group in self.groups for excerpt in group.excerpts)
