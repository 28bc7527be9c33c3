"""Neutral pages: what every reader (PDF, plain text, scans) delivers and all that the parser eats.

Coordinates are PDF points (1/72 inch) in the page as displayed (rotation and crop box applied), origin at the top left,
y downwards. Pages of a plain text file have no coordinates: their lines carry `box=None` and `size=0.0`.
Every character of a page has an index: the lines' texts laid end to end, without separators. That index, together with the
page number, is the identity of a printed character everywhere in the program (see `model.Place`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from desktop.bulletin.box import Box

__all__ = ["Bookmark", "Box", "Line", "Page", "Pages", "Span"]


@dataclass(frozen=True, slots=True)
class Span:
    """A run of characters of one font within a line."""

    text: str
    size: float = 0.0
    font: str = ""
    bold: bool = False
    raised: bool = False
    color: int = 0  # 0xRRGGBB


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line, in reading order, without its line break.

    `first` is the index, on the page, of the line's first character; `number` is 1-based within the page
    (for text files: the line number in the file).
    """

    spans: tuple[Span, ...]
    first: int
    number: int
    box: Box | None = None

    @property
    def text(self) -> str:
        """The characters of the line."""
        return "".join(span.text for span in self.spans)

    @property
    def size(self) -> float:
        """The font size in points of the longest span; 0.0 where unknown."""
        return max(self.spans, key=lambda span: len(span.text)).size if self.spans else 0.0


@dataclass(frozen=True, slots=True)
class Page:
    """One page. `number` is 1-based physical order; width and height in points (0 for text files)."""

    number: int
    lines: tuple[Line, ...]
    width: float = 0.0
    height: float = 0.0
    unreadable: str = ""  # a Chinese sentence where the page could not be read; then it has no lines
    turned: int = 0  # degrees clockwise (0, 90, 180, 270) by which the text stands turned in the page as displayed

    @property
    def text(self) -> str:
        """All characters of the page by index, without line breaks."""
        return "".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class Bookmark:
    """One entry of a PDF's own outline: depth from 1, physical page from 1."""

    level: int
    title: str
    page: int


@dataclass(frozen=True, slots=True)
class Pages:
    """A whole file as its reader delivered it."""

    source: Literal["text", "pdf"]
    pages: tuple[Page, ...]
    bookmarks: tuple[Bookmark, ...] = ()
    name: str = ""  # the file's name without folder, used as a title of last resort
