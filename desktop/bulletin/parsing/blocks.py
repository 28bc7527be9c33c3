"""Blocks: what the element parsers eat. One block is one paragraph-like unit, from a text line or from printed rows.

Text files know only lines; PDFs know geometry. The two ways of making blocks (`textblocks`, `layout`) meet here, so that every
rule about titles, points or notes is written once.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from desktop.bulletin.traced import Traced


class Role(Enum):
    """What the print alone says about a block."""

    BODY = "body"
    DISPLAY = "display"  # set as a heading: larger, or bold and centred
    NOTE = "note"  # at the foot of a page, smaller, with a mark
    ROW = "row"  # a row of a table, in `cells`


@dataclass(frozen=True, slots=True)
class Block:
    """One unit of text, stripped and free of layout residue.

    `page` and `line` name its first line as in `pages`. `opens` is the verdict of the geometry: True = a new paragraph
    starts here, False = the open one goes on, None = the print does not say. `left` is the x of its first character in
    points
    (in text files twelve times the blanks before it), `size` the font size (0 for text files). `run_in` is the length of a bold run at its start that ends in 。.
    """

    text: Traced
    page: int
    line: int
    opens: bool | None = None
    role: Role = Role.BODY
    left: float = 0.0
    size: float = 0.0
    run_in: int = 0
    cells: tuple[Traced, ...] = ()

    @property
    def words(self) -> str:
        """The bare string."""
        return self.text.text


@dataclass(frozen=True, slots=True)
class Layout:
    """The blocks of a document in reading order, and the printed number of each physical page where known."""

    blocks: list[Block]
    printed: dict[int, int]
