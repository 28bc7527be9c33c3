"""Writes a document as one long page: headings, items, points with their markers, footnotes, with the map of where all stands.

A sheet knows neither type nor colours nor width: those belong to its layout, so that changing them never writes the text again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor, QTextDocument

from desktop.bulletin.model import Passage, PassageKind
from desktop.ui.reading.textmap import TextMap, utf16_length
from desktop.ui.values import DocumentView, ItemView

_JUSTIFY = Qt.AlignmentFlag.AlignJustify
_LEFT = Qt.AlignmentFlag.AlignLeft
_CENTRE = Qt.AlignmentFlag.AlignHCenter
# Characters that a Qt document takes for block or frame ends; each is shown as one harmless character instead.
_DISPLAY = {"\n": "\u2028", "\u2029": "\u2028", "\r": " ", "\ufdd0": " ", "\ufdd1": " ", "\ufffc": " ", "\0": " "}


@dataclass(frozen=True, slots=True, eq=False)
class Style:
    """How one kind of block is set; lengths in body em. Each style is one object."""

    scale: float = 1.0
    bold: bool = False
    align: Qt.AlignmentFlag = _JUSTIFY
    indent: float = 0.0  # of the first line, in em of the block
    above: float = 0.0  # the larger of the space below one block and above the next parts the two
    below: float = 0.0
    left: float = 0.0
    ink: str = "text"  # a colour of the theme
    tinted: bool = False


HEADING = Style(scale=1.42, bold=True, align=_CENTRE, above=0.9)
DATE_LINE = Style(scale=0.8, align=_CENTRE, ink="faint", below=0.6)
SECTION = Style(scale=1.05, bold=True, align=_LEFT, above=1.9, below=0.2, left=0.75, ink="accent")
BODY = Style(indent=2.0, below=0.28)
FOOTNOTE = Style(scale=0.8, above=0.1, ink="faint")
FIRST_FOOTNOTE = Style(scale=0.8, above=0.9, ink="faint")
BOX = Style(scale=0.94, above=0.8, below=0.8, indent=2.0, tinted=True)
TABLE = Style(scale=0.86, align=_LEFT, above=0.8, below=0.8, tinted=True)
ERRATUM = Style(scale=0.8, ink="accent")
HEAD = Style(bold=True)  # of a point: the words up to its full stop
_STYLES = {
    PassageKind.LEAD: BODY, PassageKind.PARAGRAPH: BODY, PassageKind.POINT: BODY, PassageKind.SUBPOINT: BODY,
    PassageKind.FOOTNOTE: FOOTNOTE, PassageKind.BOX: BOX, PassageKind.TABLE: TABLE,
}  # fmt: skip
_TITLE_SCALES = (1.32, 1.18, 1.06)


@cache
def title_style(depth: int) -> Style:
    """Titles of an issue's items and of an outline's chapters are centred; deeper headings stand at the left."""
    scale = _TITLE_SCALES[min(max(depth, 1), len(_TITLE_SCALES)) - 1]
    return Style(scale=scale, bold=True, align=_CENTRE if depth <= 1 else _LEFT, above=1.5 if depth <= 1 else 0.9, below=0.5)


class Rule(Enum):
    """Lines that are drawn beside the text rather than written in it."""

    SECTION = "section"
    FOOTNOTES = "footnotes"


@dataclass(slots=True)
class Block:
    """One paragraph of the page: its style, its length in UTF-16 units, and the runs (start, length) set in another style."""

    style: Style
    length: int = 0
    breaks: int = 0  # forced line ends in it
    runs: list[tuple[int, int, Style]] = field(default_factory=list)


@dataclass(slots=True)
class Sheet:
    """A document as written so far. Positions are places in `document`."""

    document: QTextDocument
    map: TextMap = field(default_factory=TextMap)
    blocks: list[Block] = field(default_factory=list)
    rules: list[tuple[int, Rule]] = field(default_factory=list)
    ends: list[tuple[int, int]] = field(default_factory=list)  # position after an item's last character, and the item
    items: dict[int, ItemView] = field(default_factory=dict)

    def text_of(self, item: int) -> str:
        """The canonical text of an item."""
        return "\n".join(passage.text for passage in self.items[item].passages)


class Composer:
    """Writes a sheet, its first items at once and the others when they are asked for."""

    def __init__(self, view: DocumentView) -> None:
        document = QTextDocument()
        document.setUndoRedoEnabled(False)
        document.setDocumentMargin(0)
        self.sheet = Sheet(document)
        self._left = list(reversed(view.items))
        self._waiting = {item.id for item in view.items}
        self._section = ""
        self._parts: list[str] = []  # written, and not yet in the document
        self._at = 0
        self._block(HEADING)
        self._text(view.title)
        byline = "　".join(part for part in (view.masthead, spoken_date(view.date)) if part)
        if byline:
            self._block(DATE_LINE)
            self._text(byline)
        self._enter()

    @property
    def is_complete(self) -> bool:
        """Whether the whole document stands on the sheet."""
        return not self._left

    def write(self, characters: int) -> None:
        """Writes whole items until so many characters have come to the sheet."""
        enough = self._at + characters
        while self._left and self._at < enough:
            self._next_item()
        self._enter()

    def write_all(self) -> None:
        """Writes all that is left."""
        while self._left:
            self._next_item()
        self._enter()

    def reach(self, item: int) -> bool:
        """Writes all items up to this one; False when the document does not have it or it was there already."""
        if item not in self._waiting:
            return False
        while item in self._waiting:
            self._next_item()
        self._enter()
        return True

    def _enter(self) -> None:
        """One insertion for all that was written: a Qt document is slow with many."""
        if self._parts:
            cursor = QTextCursor(self.sheet.document)
            cursor.movePosition(QTextCursor.MoveOperation.End)
            cursor.insertText("".join(self._parts))
            self._parts = []

    def _next_item(self) -> None:
        item = self._left.pop()
        self._waiting.discard(item.id)
        if item.section not in ("", self._section, item.title):
            self._block(SECTION)
            self.sheet.rules.append((self._at, Rule.SECTION))
            self._text(item.section)
        self._section = item.section
        self.sheet.items[item.id] = item
        at = 0
        notes: list[tuple[int, Passage]] = []
        for passage in item.passages:
            if passage.kind is PassageKind.FOOTNOTE:
                notes.append((at, passage))
            else:
                self._passage(item, at, passage, _style_of(item, at, passage))
            at += len(passage.text) + 1
        self._footnotes(item, notes)
        self.sheet.ends.append((self._at, item.id))

    def _footnotes(self, item: ItemView, notes: Iterable[tuple[int, Passage]]) -> None:
        style = FIRST_FOOTNOTE
        for start, passage in notes:
            position = self._passage(item, start, passage, style)
            if style is FIRST_FOOTNOTE:
                self.sheet.rules.append((position, Rule.FOOTNOTES))
            style = FOOTNOTE

    def _passage(self, item: ItemView, start: int, passage: Passage, style: Style) -> int:
        merged = any(one.kind == "merge" and one.start == start for one in item.corrections)
        position = self._at if merged else self._block(style)
        head = None if style.bold else HEAD
        if passage.marker:
            self._text(passage.marker, head if passage.head else None)
        if passage.kind is PassageKind.FOOTNOTE and passage.mark:
            self._text(f"［{passage.mark}］")
        bold = _head_length(passage)
        if not item.corrections:
            self._stretch(item, start, passage.text, bold, head)
            return position
        for low, high in pairwise(_cuts(item, start, passage)):
            if low and any(one.kind == "split" and one.start == start + low for one in item.corrections):
                self._block(style)
            self._stretch(item, start + low, passage.text[low:high], bold - low, head)
            for one in item.corrections:
                if one.kind == "erratum" and one.end == start + high:
                    self._text(f"〔勘误：{one.text}〕", ERRATUM)
        return position

    def _stretch(self, item: ItemView, start: int, text: str, bold: int, head: Style | None) -> None:
        """Characters of a passage exactly as they are, the first `bold` of them as the head."""
        self.sheet.map.add(self._at, item.id, start, text)
        if bold > 0 and head is not None:
            self._text(text[:bold], head)
            text = text[bold:]
        self._text(text)

    def _block(self, style: Style) -> int:
        """Starts a block and returns the position of its first character."""
        if self.sheet.blocks:
            self._parts.append("\n")
            self._at += 1
        self.sheet.blocks.append(Block(style))
        return self._at

    def _text(self, text: str, style: Style | None = None) -> None:
        """Writes at the end of the block, in another style than the block's if one is given."""
        block, length = self.sheet.blocks[-1], utf16_length(text)
        for char, shown in _DISPLAY.items():
            if char in text:
                block.breaks += text.count(char) if shown == "\u2028" else 0
                text = text.replace(char, shown)
        if style is not None and length:
            block.runs.append((block.length, length, style))
        block.length += length
        self._at += length
        self._parts.append(text)


def _style_of(item: ItemView, start: int, passage: Passage) -> Style:
    if passage.kind is PassageKind.TITLE:
        return title_style(item.depth)
    if any(one.kind == "title" and one.start == start for one in item.corrections):
        return title_style(2)
    return _STYLES[passage.kind]


def _cuts(item: ItemView, start: int, passage: Passage) -> list[int]:
    """Where a passage is parted on the page by corrections, its two ends included."""
    length = len(passage.text)
    inner = {one.start - start for one in item.corrections if one.kind == "split"}
    inner |= {one.end - start for one in item.corrections if one.kind == "erratum"}
    return [0, *sorted(at for at in inner if 0 < at < length), length]


def _head_length(passage: Passage) -> int:
    """How many characters of the passage its bold head takes, the 。 after it included."""
    if not passage.head or not passage.text.startswith(passage.head):
        return 0
    after = len(passage.head)
    return after + 1 if passage.text[after : after + 1] in ("。", "：", "．") else after


def spoken_date(date: str) -> str:
    """An ISO date as officials write it (2025年9月19日); anything else as it is."""
    parts = date.split("-")
    if len(parts) == 3 and all(part.isdecimal() for part in parts):
        return f"{int(parts[0])}年{int(parts[1])}月{int(parts[2])}日"
    return date
