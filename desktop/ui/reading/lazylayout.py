"""Sets the blocks of a sheet one by one, when they come near the screen; the height of all others is estimated.

Qt's own layout sets a whole document at once and again with every change of width, type or colours; this one keeps a page of
any length at the cost of a few screens. Heights are corrected only when the view asks (`settle`), which then keeps
the text on the screen in its place; a block that is looked at from afar (a caret's way, a screen reader) is set without moving any
other. Coordinates are px of the document, y downward, a block's lines relative to its top.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from math import ceil
from typing import Any

from PySide6.QtCore import QLineF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QAbstractTextDocumentLayout, QPainter, QTextBlock, QTextCharFormat, QTextFrame, QTextLine

from desktop.ui.colors import mix
from desktop.ui.reading.composer import Sheet
from desktop.ui.reading.setting import Setter, format_range, nearest_line, whole, x_at
from desktop.ui.reading.typography import ReadingType
from desktop.ui.theme import Theme

Run = tuple[int, int, QTextCharFormat]  # document positions, and how the text between them looks
_KEPT = 500  # blocks whose lines are kept; more than any screen shows with those around it
_PAD = 0.35  # em of tint around a tinted block


class LazyLayout(QAbstractTextDocumentLayout):
    """The layout of one sheet. `reshape` before it is shown."""

    def __init__(self, sheet: Sheet, type_: ReadingType, theme: Theme) -> None:
        super().__init__(sheet.document)
        self._sheet, self._type, self._theme = sheet, type_, theme
        self._width = self._measure = self._side = self._rest = 0.0
        self._setter = Setter(type_, theme)
        self._heights: list[float] = []
        self._exact = bytearray()  # by block: whether its height is known rather than estimated
        self._set: dict[int, float] = {}  # blocks that have lines, and their heights
        self._tops_kept: list[float] | None = None
        sheet.document.setDocumentLayout(self)

    # What it is set for

    def reshape(self, width: float, side: float, rest: float, type_: ReadingType) -> None:
        """Sets for a page `width` px wide with margins of `side`; `rest` px are to stand from the last item's title to the end."""
        if (self._width, self._side, self._type) != (width, side, type_):
            self._width, self._side, self._measure = width, side, max(width - 2 * side, 1.0)
            self._type = type_
            self._setter = Setter(type_, self._theme)
            self._forget()
            self._heights, self._exact = [], bytearray()
            self.extend()
        self._rest, self._tops_kept = rest, None

    def recolor(self, theme: Theme) -> None:
        """Changes the colours; every line stays where it is."""
        self._theme = theme
        self._setter = Setter(self._type, theme)
        self._forget()

    def extend(self) -> None:
        """Estimates the blocks that came to the sheet, as if every character were a Chinese one."""
        known, em = len(self._heights), self._type.px
        below = self._setter.shape(self._sheet.blocks[known - 1].style).below if known else 0.0
        for block in self._sheet.blocks[known:]:
            shape = self._setter.shape(block.style)
            lines = ceil((block.length * em * block.style.scale + shape.indent) / max(self._measure - shape.left, em))
            self._heights.append(max(shape.above, below) + shape.line * max(lines + block.breaks, 1))
            below = shape.below
        self._exact += bytes(len(self._heights) - known)
        self._tops_kept = None

    def _forget(self) -> None:
        for number in self._set:
            self._block(number).layout().clearLayout()
        self._set = {}

    @property
    def side(self) -> float:
        """The margins at both sides in px."""
        return self._side

    # Where blocks stand

    @property
    def _tops(self) -> list[float]:
        """The top of every block, and the end of the last one."""
        if self._tops_kept is None:
            self._tops_kept = list(accumulate(self._heights, initial=0.0))
        return self._tops_kept

    def top(self, number: int) -> float:
        """Where a block begins, the space above it included."""
        return self._tops[number]

    def number_at(self, y: float) -> int:
        """The block at a height, else the nearest."""
        return min(max(bisect_right(self._tops, y) - 1, 0), len(self._heights) - 1)

    def settle(self, number: int, above: float, below: float) -> bool:
        """Sets the blocks from `above` px before a block to `below` px after its top; True when some height was corrected."""
        first, room = number, above
        while first > 0 and room > 0:
            first -= 1
            room -= self._exact_height(first)
        after, room = number, below
        while after < len(self._heights) and (room > 0 or after == number):
            room -= self._exact_height(after)
            after += 1
        if len(self._set) > _KEPT:
            self._drop_beyond(first, after)
        corrected = self._tops_kept is None
        for near in range(first, after):  # where screen readers and the drawing look for it
            self._block(near).layout().setPosition(QPointF(0, self._tops[near]))
        if corrected:
            self.documentSizeChanged.emit(self.documentSize())
        return corrected

    def _exact_height(self, number: int) -> float:
        height = self._lines_set(number)
        if not self._exact[number] or self._heights[number] != height:
            if self._heights[number] != height:
                self._tops_kept = None
            self._heights[number], self._exact[number] = height, 1
        return height

    def _drop_beyond(self, first: int, after: int) -> None:
        for number in [one for one in self._set if not first <= one < after]:
            self._block(number).layout().clearLayout()
            del self._set[number]

    # How a block is set

    def _block(self, number: int) -> QTextBlock:
        return self._sheet.document.findBlockByNumber(number)

    def _gap(self, number: int) -> float:
        above = self._setter.shape(self._sheet.blocks[number].style).above
        return max(above, self._setter.shape(self._sheet.blocks[number - 1].style).below) if number else above

    def _lines_set(self, number: int) -> float:
        """Sets the lines of a block if they are not; gives its height, the space above it included."""
        if number not in self._set:
            block = self._sheet.blocks[number]
            self._set[number] = self._setter.set_lines(self._block(number), block, self._gap(number), self._side, self._measure)
        return self._set[number]

    # What the text widget asks

    def documentSize(self) -> QSizeF:
        """The page, with room below so that the last item can be brought to the top."""
        ends = self._sheet.ends
        tops = self._tops
        room = 2.0 * self._type.px
        if ends and tops[-1] > self._rest:
            start = self._sheet.map.segments(ends[-1][1])[0].at
            title = self._sheet.document.findBlock(start).blockNumber()
            room = max(room, self._rest - (tops[-1] - tops[title] - self._gap(title)))
        return QSizeF(self._width, ceil(tops[-1] + room))

    def pageCount(self) -> int:
        """One: the page has no end."""
        return 1

    def frameBoundingRect(self, _frame: QTextFrame) -> QRectF:
        """The page."""
        return QRectF(QPointF(), self.documentSize())

    def blockBoundingRect(self, block: QTextBlock) -> QRectF:
        """A block's box, its lines set."""
        number = block.blockNumber()
        if not 0 <= number < len(self._heights):
            return QRectF()
        self._lines_set(number)
        return QRectF(0, self._tops[number], self._width, self._heights[number])

    def documentChanged(self, position: int, removed: int, added: int) -> None:
        """Nothing: the text only grows at its end, of which `extend` tells."""

    def hitTest(self, point: Any, accuracy: Qt.HitTestAccuracy) -> int:
        """The position nearest to a point; −1 for one beside the text when it has to be exact."""
        number = self.number_at(point.y())
        self._lines_set(number)
        block, local = self._block(number), QPointF(point.x(), point.y() - self._tops[number])
        line = nearest_line(block.layout(), local.y())
        if accuracy == Qt.HitTestAccuracy.ExactHit and not line.naturalTextRect().contains(local):
            return -1
        return block.position() + whole(line.xToCursor(local.x()))

    def draw(self, painter: QPainter, context: QAbstractTextDocumentLayout.PaintContext) -> None:
        """Draws the blocks of the context's clip with its selections and its caret."""
        given: Any = context  # whose fields the binding's types do not tell
        over = [  # the formats copied: the binding frees those of the context with its list
            (one.cursor.selectionStart(), one.cursor.selectionEnd(), QTextCharFormat(one.format)) for one in given.selections
        ]
        self.draw_between(painter, given.clip.top(), given.clip.bottom(), over)
        caret = self._sheet.document.findBlock(given.cursorPosition) if given.cursorPosition >= 0 else QTextBlock()
        if caret.isValid() and caret.blockNumber() in self._set:
            painter.setPen(self._theme.text)
            caret.layout().drawCursor(painter, QPointF(), given.cursorPosition - caret.position(), 1)

    def draw_between(self, painter: QPainter, top: float, end: float, over: Sequence[Run]) -> tuple[int, int]:
        """Draws the lines from a height to another with the runs that lie over them; gives the positions of their blocks."""
        first, last = self.number_at(top), self.number_at(end)
        clip = QRectF(0, top + 0.5, self._width, end - top - 1)
        for number in range(first, last + 1):
            self._draw_block(painter, number, over, clip)
        after = self._block(last)
        return self._block(first).position(), after.position() + after.length() - 1

    def _draw_block(self, painter: QPainter, number: int, over: Sequence[Run], clip: QRectF) -> None:
        self._lines_set(number)
        block = self._block(number)
        start, length = block.position(), block.length() - 1
        if self._sheet.blocks[number].style.tinted:
            painter.fillRect(self._ground(number), mix(self._theme.text, self._theme.paper, 0.06))
        laid = []
        for low, high, letters in over:
            low, high = max(low - start, 0), min(high - start, length)
            if low < high:
                laid.append(format_range(low, high - low, letters))
        block.layout().setPosition(QPointF(0, self._tops[number]))
        block.layout().draw(painter, QPointF(), laid, clip)

    def _ground(self, number: int) -> QRectF:
        """The tint behind a block; it joins that of the block before."""
        pad, blocks = _PAD * self._type.px, self._sheet.blocks
        joined = number > 0 and blocks[number - 1].style.tinted
        top = self._tops[number] + (pad if joined else self._gap(number) - pad)
        return QRectF(self._side - pad, top, self._measure + 2 * pad, self._tops[number] + self._set[number] + pad - top)

    def line_of(self, block: QTextBlock, offset: int) -> float:
        """How far below its block's top the line of a character is drawn."""
        self._lines_set(block.blockNumber())
        line = block.layout().lineForTextPosition(offset)
        return line.y() if line.isValid() else self._gap(block.blockNumber())

    def edge(self, position: int, *, after: bool = False) -> QLineF:
        """The side of the character that begins at a position, from top to foot; `after`: of the one that ends there."""
        within = position - 1 if after else position
        block = self._sheet.document.findBlock(within)
        top = self.blockBoundingRect(block).top()
        line = block.layout().lineForTextPosition(within - block.position())
        x = x_at(line, position - block.position())
        return QLineF(x, top + line.y(), x, top + line.y() + line.height())

    def character_at(self, point: QPointF) -> int | None:
        """The position of the character drawn under a point, or None."""
        block = self._block(self.number_at(point.y()))
        local = point - self.blockBoundingRect(block).topLeft()
        line = nearest_line(block.layout(), local.y())
        if not line.naturalTextRect().contains(local):
            return None
        return block.position() + whole(line.xToCursor(local.x(), QTextLine.CursorPosition.CursorOnCharacter))

    # What lies on paper

    def pages(self, height: float) -> Iterator[tuple[float, float]]:
        """Top and end of the stretches that fit on pages of a height: no line is cut and no title left alone at the foot."""
        self.settle(0, 0, float("inf"))
        begin = end = 0.0
        loose: float | None = None  # where a title begins that nothing follows yet
        for number, block in enumerate(self._sheet.blocks):
            top, lines = self._tops[number], self._block(number).layout()
            for index in range(lines.lineCount()):
                line = lines.lineAt(index)
                low, high = top + line.y(), top + line.y() + line.height()
                if high - begin > height:
                    cut = loose if loose is not None and loose > begin else low
                    yield begin, min(end, cut)
                    begin = cut
                if index == 0 and block.style.bold and loose is None:
                    loose = low
                elif not block.style.bold:
                    loose = None
                end = high
        yield begin, end
