"""The panels around the document, made once and handed about together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from desktop.ui.item_panel import ItemPanel
from desktop.ui.library_panel import LibraryPanel
from desktop.ui.marks_panel import MarksPanel
from desktop.ui.memo_panel import MemoPanel
from desktop.ui.memo_preview import MemoPreview
from desktop.ui.search_panel import SearchPanel
from desktop.ui.section_tree import SectionTree

Panel: TypeAlias = LibraryPanel | SectionTree | ItemPanel | MarksPanel | MemoPanel | MemoPreview | SearchPanel


@dataclass(frozen=True, slots=True)
class Panels:
    """Every panel of the window."""

    library: LibraryPanel
    tree: SectionTree
    item: ItemPanel
    marks: MarksPanel
    memo: MemoPanel
    search: SearchPanel
    preview: MemoPreview

    def all(self) -> tuple[Panel, ...]:
        """All panels."""
        return (self.library, self.tree, self.item, self.marks, self.memo, self.search, self.preview)
