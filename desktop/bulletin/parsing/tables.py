"""Tables: a caption, rows of cells, and the header that is printed again after a page cut."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from desktop.bulletin.model import Passage, PassageKind, Table
from desktop.bulletin.parsing import printform, shapes
from desktop.bulletin.parsing.blocks import Block
from desktop.bulletin.parsing.growing import Growing, passage
from desktop.bulletin.traced import Traced, join

_CAPTION = re.compile(r"^表\s*(?:\d{1,2}(?:[-—.]\d{1,2})?|[一二三四五六七八九十]{1,2})[\s:：、]*(?=\S)")
_LONGEST_CAPTION = 45


@dataclass
class TableDraft:
    """A table being read: caption in print form, and rows of cells."""

    caption: Traced
    rows: list[tuple[Traced, ...]] = field(default_factory=list)
    is_open: bool = field(default=False, init=False)

    def takes(self, block: Block) -> bool:
        """Text never goes on with a table."""
        del block
        return False

    def add_row(self, block: Block) -> None:
        """Add a row; one that repeats the header after a page cut is left out."""
        cells = tuple(printform.running(cell) for cell in block.cells)
        if not self.rows or _texts(cells) != _texts(self.rows[0]):
            self.rows.append(cells)

    @property
    def words(self) -> str:
        """The caption and all cells."""
        return self.caption.text + "".join(cell.text for row in self.rows for cell in row)

    def table(self) -> Table:
        """The finished table; its title is the caption without 表 1."""
        match = _CAPTION.match(self.caption.text)
        return Table(self.caption.text[match.end() if match else 0 :], tuple(map(_texts, self.rows)))

    def finish(self) -> Passage:
        """The table as a passage: caption and rows one under the other, cells with a tab between."""
        lines = [self.caption] if self.caption else []
        return passage(PassageKind.TABLE, join([*lines, *(join(row, "\t") for row in self.rows)], "\n"))


def _texts(cells: tuple[Traced, ...]) -> tuple[str, ...]:
    return tuple(cell.text for cell in cells)


def is_caption(words: str) -> bool:
    """Whether the line is the caption of a table (表 1 …) and no sentence about one."""
    return bool(_CAPTION.match(words)) and len(words) <= _LONGEST_CAPTION and not shapes.ends_like_prose(words)


def add_row(passages: list[Growing | TableDraft], block: Block) -> None:
    """Add a table row to the open table, or open one under the caption that stands before it."""
    last = passages[-1] if passages else None
    if not isinstance(last, TableDraft):
        caption = Traced("")
        if last is not None and is_caption(last.words):
            passages.pop()
            caption = printform.running(join(last.pieces))
        last = TableDraft(caption)
        passages.append(last)
    last.add_row(block)
