"""Sets a document as one long page: headings, items, points with their markers, footnotes, with the map of where all stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from itertools import accumulate, pairwise, zip_longest
from math import ceil

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument, QTextOption

from desktop.bulletin.model import Passage, PassageKind
from desktop.ui.colors import mix
from desktop.ui.reading.textmap import TextMap
from desktop.ui.reading.typography import ReadingType
from desktop.ui.theme import Theme
from desktop.ui.values import DocumentView, ItemView

_JUSTIFY = Qt.AlignmentFlag.AlignJustify
_LEFT = Qt.AlignmentFlag.AlignLeft
_CENTRE = Qt.AlignmentFlag.AlignHCenter
_FIXED = QTextBlockFormat.LineHeightTypes.FixedHeight.value
# Characters that a Qt document takes for block or frame ends; each is shown as one harmless character instead.
_DISPLAY = {ord("\n"): "\u2028", 0x2029: "\u2028", 0x0D: " ", 0xFDD0: " ", 0xFDD1: " ", 0xFFFC: " ", 0: " "}


@dataclass(frozen=True, slots=True)
class Style:
    """How one kind of block is set; lengths in body em."""

    scale: float = 1.0
    bold: bool = False
    align: Qt.AlignmentFlag = _JUSTIFY
    indent: float = 0.0  # of the first line
    above: float = 0.0
    below: float = 0.0
    left: float = 0.0
    ink: str = "text"  # a colour of the theme
    tinted: bool = False


HEADING = Style(scale=1.42, bold=True, align=_CENTRE, above=0.9)
DATE_LINE = Style(scale=0.8, align=_CENTRE, ink="faint", below=0.6)
SECTION = Style(scale=1.05, bold=True, align=_LEFT, above=1.9, below=0.2, left=0.75, ink="accent")
BODY = Style(indent=2.0, below=0.28)
POINT = Style(indent=2.0, below=0.28)
FOOTNOTE = Style(scale=0.8, indent=0.0, above=0.1, ink="faint")
ERRATUM = Style(scale=0.8, ink="accent")
BOX = Style(scale=0.94, above=0.5, below=0.5, indent=2.0, tinted=True)
TABLE = Style(scale=0.86, align=_LEFT, above=0.5, below=0.5, tinted=True)
_STYLES = {
    PassageKind.LEAD: BODY, PassageKind.PARAGRAPH: BODY, PassageKind.POINT: POINT,
    PassageKind.SUBPOINT: POINT,
    PassageKind.FOOTNOTE: FOOTNOTE, PassageKind.BOX: BOX, PassageKind.TABLE: TABLE,
}  # fmt: skip
_TIGHT = 1.5  # em between the lines of a heading, which is large already
_TITLE_SCALES = (1.32, 1.18, 1.06)


def title_style(depth: int) -> Style:
    """Titles of an issue's items and of an outline's chapters are centred; deeper headings stand at the left."""
    scale = _TITLE_SCALES[min(max(depth, 1), len(_TITLE_SCALES)) - 1]
    return Style(scale=scale, bold=True, align=_CENTRE if depth <= 1 else _LEFT, above=1.5 if depth <= 1 else 0.9, below=0.5)


class Rule(Enum):
    """Lines that are drawn beside the text rather than written in it."""

    SECTION = "section"
    FOOTNOTES = "footnotes"


@dataclass(slots=True)
class Sheet:
    """A document that has been set. Positions are places in `document`."""

    document: QTextDocument
    map: TextMap = field(default_factory=TextMap)
    rules: list[tuple[int, Rule]] = field(default_factory=list)
    ends: dict[int, int] = field(default_factory=dict)  # item → position after its last shown character
    texts: dict[int, str] = field(default_factory=dict)  # item → canonical text
    titles: list[int] = field(default_factory=list)  # centred blocks


def compose(view: DocumentView, type_: ReadingType, theme: Theme) -> Sheet:
    """The document set in the reader's type and the theme's colours."""
    return _Composer(type_, theme).compose(view)


class _Composer:
    def __init__(self, type_: ReadingType, theme: Theme) -> None:
        self._type = type_
        self._theme = theme
        self._fonts: dict[tuple[float, bool], QFont] = {}  # asking for the system's families takes its time
        document = QTextDocument()
        document.setUndoRedoEnabled(False)
        document.setDocumentMargin(0)
        document.setDefaultFont(type_.font())
        self._sheet = Sheet(document)
        self._cursor = QTextCursor(document)
        self._empty = True

    def compose(self, view: DocumentView) -> Sheet:
        self._cursor.beginEditBlock()
        self._write(view.title, HEADING)
        byline = "　".join(part for part in (view.masthead, spoken_date(view.date)) if part)
        if byline:
            self._write(byline, DATE_LINE)
        section = ""
        for item in view.items:
            if item.section not in ("", section, item.title):
                self._sheet.rules.append((self._write(item.section, SECTION), Rule.SECTION))
            section = item.section
            self._item(item)
        self._cursor.endEditBlock()
        return self._sheet

    def _item(self, item: ItemView) -> None:
        at = 0
        body: list[tuple[int, Passage]] = []
        notes: list[tuple[int, Passage]] = []
        for passage in item.passages:
            (notes if passage.kind is PassageKind.FOOTNOTE else body).append((at, passage))
            at += len(passage.text) + 1
        self._sheet.texts[item.id] = "\n".join(passage.text for passage in item.passages)
        for start, passage in body:
            self._passage(item, start, passage)
        for index, (start, passage) in enumerate(notes):
            position = self._passage(item, start, passage, above=0.9 if index == 0 else None)
            if index == 0:
                self._sheet.rules.append((position, Rule.FOOTNOTES))
        self._sheet.ends[item.id] = self._cursor.position()

    def _passage(self, item: ItemView, start: int, passage: Passage, above: float | None = None) -> int:
        style = _style_of(item, start, passage)
        merged = any(one.kind == "merge" and one.start == start for one in item.corrections)
        position = self._cursor.position() if merged else self._block(style, above)
        if "\t" in passage.text:
            self._set_columns(passage.text, self._type.font(style.scale))
        self._text(passage.marker, style, bold=bool(passage.head))
        if passage.kind is PassageKind.FOOTNOTE and passage.mark:
            self._text(f"［{passage.mark}］", style)
        for low, high in pairwise(_cuts(item, start, passage)):
            if low and any(one.kind == "split" and one.start == start + low for one in item.corrections):
                self._block(style)
            self._stretch(item, start, passage, low, high, style)
            for one in item.corrections:
                if one.kind == "erratum" and one.end == start + high:
                    self._text(f"〔勘误：{one.text}〕", ERRATUM)
        return position

    def _stretch(self, item: ItemView, start: int, passage: Passage, low: int, high: int, style: Style) -> None:
        """Characters `low … high` of a passage, exactly as they are."""
        split = max(low, min(high, _head_length(passage)))
        segment = self._sheet.map.add(self._cursor.position(), item.id, start + low, passage.text[low:high])
        self._text(passage.text[low:split], style, bold=True)
        self._text(passage.text[split:high], style)
        if self._cursor.position() != segment.stop:
            raise ValueError(f"passage of item {item.id} did not enter the page unchanged")

    def _set_columns(self, text: str, font: QFont) -> None:
        """Tab stops as wide as the widest cell of each column."""
        metrics = QFontMetricsF(font)
        rows = [line.split("\t") for line in text.splitlines() if "\t" in line]
        columns = zip_longest(*rows, fillvalue="")
        stops = list(accumulate(max(map(metrics.horizontalAdvance, cells)) + 1.2 * self._type.px for cells in columns))
        shape = self._cursor.blockFormat()
        shape.setTabPositions([QTextOption.Tab(stop, QTextOption.TabType.LeftTab) for stop in stops])
        self._cursor.setBlockFormat(shape)

    def _write(self, text: str, style: Style) -> int:
        position = self._block(style)
        self._text(text, style)
        return position

    def _block(self, style: Style, above: float | None = None) -> int:
        """Starts a block and returns the position of its first character."""
        em = self._type.px
        shape = QTextBlockFormat()
        spread = min(self._type.line_height, _TIGHT) if style.bold else self._type.line_height
        shape.setLineHeight(round(em * style.scale * spread), _FIXED)
        shape.setAlignment(style.align)
        shape.setTextIndent(style.indent * em * style.scale)
        shape.setTopMargin((style.above if above is None else above) * em)
        shape.setBottomMargin(style.below * em)
        shape.setLeftMargin(style.left * em)
        if style.tinted:
            shape.setBackground(mix(self._theme.text, self._theme.paper, 0.06))
        if self._empty:
            self._cursor.setBlockFormat(shape)
            self._empty = False
        else:
            self._cursor.insertBlock(shape, QTextCharFormat())
        if style.align is _CENTRE:
            self._sheet.titles.append(self._cursor.position())
        return self._cursor.position()

    def _font(self, scale: float, *, bold: bool) -> QFont:
        if (scale, bold) not in self._fonts:
            self._fonts[scale, bold] = self._type.font(scale, bold=bold)
        return self._fonts[scale, bold]

    def _text(self, text: str, style: Style, *, bold: bool = False) -> None:
        if not text:
            return
        letters = QTextCharFormat()
        letters.setFont(self._font(style.scale, bold=style.bold or bold))
        letters.setForeground(QColor(getattr(self._theme, style.ink)))
        self._cursor.insertText(text.translate(_DISPLAY), letters)


def balance_titles(sheet: Sheet, width: float) -> None:
    """Narrows centred blocks that need several lines, so that no single character is left on the last line."""
    cursor = QTextCursor(sheet.document)
    cursor.beginEditBlock()  # or every title would have the whole document laid out anew
    for position in sheet.titles:
        cursor.setPosition(position)
        block = cursor.block()
        font = block.begin().fragment().charFormat().font() if not block.begin().atEnd() else sheet.document.defaultFont()
        metrics = QFontMetricsF(font)
        natural = metrics.horizontalAdvance(block.text())
        lines = ceil(natural / max(width, 1.0))
        wanted = min(natural / lines + 1.5 * metrics.height(), width) if lines > 1 else width
        shape = block.blockFormat()
        if abs(shape.leftMargin() - (width - wanted) / 2) > 0.01:
            shape.setLeftMargin((width - wanted) / 2)
            shape.setRightMargin((width - wanted) / 2)
            cursor.setBlockFormat(shape)
    cursor.endEditBlock()


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
