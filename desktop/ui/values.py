"""The plain values that the views show and the selections they report. Offsets are code points of an item's canonical text."""

from __future__ import annotations

from dataclasses import dataclass

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
