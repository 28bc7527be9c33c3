"""Draws what the text widget cannot: the rule of a section head, the line over footnotes, underlines, labels of marks.

A mark's fields stand in the right margin as a coloured square with a two-character label, its note as a small sheet, so
that neither colour nor a tooltip is the only way to see them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from desktop.ui.colors import field_color, ink
from desktop.ui.reading.composer import Rule, Sheet
from desktop.ui.reading.lazylayout import LazyLayout
from desktop.ui.reading.setting import x_at
from desktop.ui.reading.typography import ReadingType
from desktop.ui.signs import draw_square, field_label
from desktop.ui.theme import Theme
from desktop.ui.values import MarkView


@dataclass(frozen=True, slots=True)
class Tag:
    """One label in the margin: of a field, or of the note when `field` is ""."""

    mark: str
    field: str
    position: int  # in the document: where the mark starts


def tags(sheet: Sheet, marks: Sequence[MarkView]) -> list[Tag]:
    """The labels of all marks in page order, a field only once where two marks begin on the same spot."""
    found: dict[tuple[int, str], Tag] = {}
    for mark in marks:
        start = next(sheet.map.ranges(mark.item, mark.start, mark.end), None)
        if start is None:
            continue
        for field in (*mark.fields, *([""] if mark.note else [])):
            found.setdefault((start[0], field), Tag(mark.uid, field, start[0]))
    return sorted(found.values(), key=lambda tag: tag.position)


def draw_rules(
    painter: QPainter, sheet: Sheet, layout: LazyLayout, type_: ReadingType, theme: Theme, shown: tuple[int, int]
) -> None:
    """The accent bar before each section head and the short line over footnotes, among the positions `shown`."""
    em, left = type_.px, layout.side
    first = bisect_left(sheet.rules, shown[0], key=lambda rule: rule[0])
    last = bisect_right(sheet.rules, shown[1], key=lambda rule: rule[0])
    for position, rule in sheet.rules[max(first - 1, 0) : last + 1]:
        block = sheet.document.findBlock(position)
        top = layout.blockBoundingRect(block).top()
        line = block.layout().lineAt(0)
        baseline = top + line.y() + line.ascent()
        if rule is Rule.SECTION:
            painter.fillRect(QRectF(left, round(baseline - 0.92 * em), 4, round(1.1 * em)), QColor(theme.accent))
        else:
            painter.setPen(QPen(QColor(theme.line), 1))
            y = round(top + line.y() - 0.4 * em) + 0.5
            painter.drawLine(QPointF(left, y), QPointF(left + 9 * em, y))


def underlines(sheet: Sheet, marks: Sequence[MarkView]) -> list[tuple[int, int, str]]:
    """The underline marks as document positions with their colour's name."""
    return [
        (low, high, mark.color)
        for mark in marks
        if mark.style == "underline"
        for low, high in sheet.map.ranges(mark.item, mark.start, mark.end)
    ]


def draw_underlines(
    painter: QPainter,
    sheet: Sheet,
    layout: LazyLayout,
    lines: Sequence[tuple[int, int, str]],
    theme: Theme,
    shown: tuple[int, int],
) -> None:
    """A line two pixels strong under each of `underlines` that lies among the positions `shown`."""
    for low, high, name in lines:
        if low <= shown[1] and high >= shown[0]:
            color = ink(theme.marks.get(name, theme.accent), theme)
            for line in strokes(sheet, layout, low, high):
                painter.fillRect(line, color)


def strokes(sheet: Sheet, layout: LazyLayout, low: int, high: int) -> Iterator[QRectF]:
    """The strokes below the lines of one block that hold the positions `low … high`, in px of the document."""
    block = sheet.document.findBlock(low)
    top, start, lines = layout.blockBoundingRect(block).top(), block.position(), block.layout()
    for index in range(lines.lineCount()):
        line = lines.lineAt(index)
        first = max(low - start, line.textStart())
        last = min(high - start, line.textStart() + line.textLength())
        if first < last:
            left, right = x_at(line, first), x_at(line, last)
            y = top + line.y() + line.ascent() + line.descent() * 0.45
            yield QRectF(left, round(y), right - left, 2)


class MarginTags:
    """Lays out the labels of the marks beside the lines where the marks begin, without letting two overlap."""

    def __init__(self, font: QFont, theme: Theme) -> None:
        self._font = QFont(font)
        self._font.setPixelSize(12)
        self._theme = theme
        self._metrics = QFontMetricsF(self._font)
        self.boxes: list[tuple[QRectF, Tag]] = []

    def place(self, lines: Iterator[tuple[QRectF, Tag]] | list[tuple[QRectF, Tag]], left: float, room: float) -> None:
        """`lines` gives the line box of each label's mark in widget px; `room` px are free to the right of `left`."""
        self.boxes = []
        height, lowest = 18.0, float("-inf")
        x = left
        for line, tag in lines:
            width = self._width(tag, room)
            top = line.center().y() - height / 2
            if top < lowest and x + width <= left + room and self.boxes:
                top = self.boxes[-1][0].top()
            elif top < lowest:
                x, top = left, lowest
            else:
                x = left
            self.boxes.append((QRectF(x, top, width, height), tag))
            x += width + 4
            lowest = top + height + 1

    def _width(self, tag: Tag, room: float) -> float:
        full = 18.0 if not tag.field else 16 + self._metrics.horizontalAdvance(field_label(tag.field))
        return full if full <= room else 12.0

    def draw(self, painter: QPainter) -> None:
        """Draws the labels that were placed."""
        painter.setFont(self._font)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for box, tag in self.boxes:
            if tag.field:
                self._draw_field(painter, box, tag.field)
            else:
                self._draw_note(painter, box)

    def _draw_field(self, painter: QPainter, box: QRectF, field: str) -> None:
        square = QRectF(box.left(), box.center().y() - 5, 10, 10)
        draw_square(painter, square, field_color(self._theme, field))
        if box.width() > 12:
            painter.setPen(QColor(self._theme.faint))
            painter.drawText(box.adjusted(14, 0, 2, 0), Qt.AlignmentFlag.AlignVCenter, field_label(field))

    def _draw_note(self, painter: QPainter, box: QRectF) -> None:
        sheet = QRectF(box.left() + 0.5, box.center().y() - 5.5, 12, 10)
        painter.setPen(QPen(QColor(self._theme.faint), 1.2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(sheet, 2, 2)
        for y in (3.5, 6.5):
            painter.drawLine(QPointF(sheet.left() + 3, sheet.top() + y), QPointF(sheet.right() - 3, sheet.top() + y))

    def at(self, point: QPointF) -> str | None:
        """The mark whose label is under a point of the widget."""
        return next((tag.mark for box, tag in self.boxes if box.contains(point)), None)
