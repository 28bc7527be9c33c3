"""The plain values that the views show and the selections they report. Offsets are code points of an item's canonical text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # a first page needs no document
    from desktop.bulletin.model import Passage


@dataclass(frozen=True, slots=True)
class Selection:
    """A stretch of an item's canonical text that the reader selected; `text` is what it says."""

    item: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class MarkView:
    """A mark as the views draw and list it; `fields` are field names."""

    uid: str
    item: int
    start: int
    end: int
    quote: str
    color: str
    style: str
    note: str
    fields: tuple[str, ...] = ()
    anchored: bool = True
    author: str = ""  # where it is somebody else's; "" for the reader's own


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """The reader's correction where it stands; `kind` is merge, split, title or erratum, `text` what an erratum says instead."""

    uid: str
    kind: str
    start: int
    end: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class ItemView:
    """An item as the tree and the views show it. `fields` are the names of its confirmed fields."""

    id: int
    ordinal: int
    section: str
    depth: int
    title: str
    page: int | None
    level: str
    region: str
    length: int  # characters of canonical text
    read: bool
    starred: bool
    passages: tuple[Passage, ...]
    fields: tuple[str, ...] = ()
    mark_count: int = 0
    corrections: tuple[CorrectionView, ...] = ()
    corrected_title: str = ""  # where an erratum stands in the title

    @property
    def shown_title(self) -> str:
        """The title as it should be read."""
        return self.corrected_title or self.title


@dataclass(frozen=True, slots=True)
class DocumentView:
    """An opened document: what the tree, the reading view and the page view show."""

    issue: int
    title: str  # "《创新驱动要参》第48期"
    date: str
    kind: str
    items: tuple[ItemView, ...]
    file: str  # path of the stored original
    is_pdf: bool
    masthead: str = ""  # 编发单位
    listed: int = 0  # titles that 本期要点 lists; 0 where there is none
    found: int = 0  # of these, found in the text
    doubts: tuple[str, ...] = ()  # sentences
    password: str = field(default="", repr=False)  # of a protected original, as far as it was given


@dataclass(frozen=True, slots=True)
class IssueView:
    """A document of the library as the library panel lists it. `kind` is "issue" or "document"; `number` as printed."""

    id: int
    title: str  # 刊名, or the paper's title
    year: int
    number: str
    date: str
    kind: str
    unread: int = 0
    marks: int = 0
    doubts: int = 0


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """A word that speaks for a suggested field; `start … end` is its first place in the item's canonical text."""

    term: str
    count: int
    where: str  # "title" | "head" | "body"
    start: int
    end: int
    lessons: int = 0  # how many confirmed texts a learnt word comes from


@dataclass(frozen=True, slots=True)
class TagView:
    """A tag on what is shown; `version` names the vocabulary it was given in where that is not the one in force."""

    field: str
    subfield: str = ""
    version: str = ""


@dataclass(frozen=True, slots=True)
class SuggestionView:
    """A suggested field with the words that speak for it; `score` lies between 0 and 1."""

    field: str
    subfield: str
    score: float
    evidence: tuple[EvidenceView, ...] = ()


@dataclass(frozen=True, slots=True)
class EntryView:
    """One excerpt in the memo basket. `source` is its source line without brackets; `partial` when it is 节选."""

    uid: str
    title: str
    source: str
    text: str
    partial: bool = False
    comment: str = ""  # the author's own words on it
    whole_item: bool = True  # not a point or a mark: passages can be left out


@dataclass(frozen=True, slots=True)
class HitView:
    """One search result. `id` is whatever opens it; `ranges` are code-point offsets of the hits in `snippet`."""

    id: object
    issue_title: str
    date: str
    section: str
    title: str
    where: str  # "title" | "body" | "note" | "mark"
    snippet: str
    ranges: tuple[tuple[int, int], ...] = ()
    more: bool = False  # whether the item has further places to show
    printed_title: str = ""  # where `title` is a corrected one


@dataclass(frozen=True, slots=True)
class SearchChoice:
    """What the reader narrowed a search to; "" stands for all."""

    field: str = ""  # "生物医药" or "生物医药/高端医疗器械"
    section: str = ""
    level: str = ""
    region: str = ""
    period: str = ""  # "2025" or "2025-09"
    title: str = ""  # 刊名
    marked: bool = False
    unread: bool = False
    noted: bool = False
    order: str = "newest"  # or "relevance"


@dataclass(frozen=True, slots=True)
class StartView:
    """A search that can be done again: one that was saved (`uid`), or one of the last ("")."""

    uid: str
    query: str
    choice: SearchChoice
