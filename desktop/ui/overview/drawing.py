"""How the overview is drawn: one function for the screen, the picture and the vector file, so that all three are the same.

Colours are one hue from light to dark (told apart by anyone), and each cell carries its number: nothing is said by colour alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPolygonF

from desktop.archive.overview import AXES, UNTAGGED, Overview
from desktop.ui.colors import field_color, mix
from desktop.ui.signs import draw_square, smaller
from desktop.ui.theme import Theme

Measure = Literal["items", "marks"]
_ROW, _HEAD, _TREND, _EDGE = 27.0, 44.0, 52.0, 12.0
_NAME, _TOTAL, _NARROWEST, _WIDEST = 110.0, 64.0, 46.0, 150.0
NAMES = _EDGE + _NAME  # px that the names take at the left
_CENTER = Qt.AlignmentFlag.AlignCenter
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the parts of the table are: sizes in px, the origin in the upper left corner."""

    overview: Overview
    column: float  # width of one column

    @classmethod
    def of(cls, overview: Overview, width: float) -> Frame:
        """The frame that fills a width, but with no column too narrow for a number."""
        room = (width - _NAME - _TOTAL - 2 * _EDGE) / max(len(overview.columns), 1)
        return cls(overview, min(max(room, _NARROWEST), _WIDEST))

    def size(self) -> QSizeF:
        """The size of the whole."""
        width = 2 * _EDGE + _NAME + _TOTAL + self.column * len(self.overview.columns)
        return QSizeF(max(width, 320), _HEAD + _ROW * (len(self.overview.rows) + 1) + _TREND + 2 * _EDGE)

    def cell(self, row: int, column: int) -> QRectF:
        """The box of one cell; the row after the last is that of the totals."""
        return QRectF(_EDGE + _NAME + column * self.column, _EDGE + _HEAD + row * _ROW, self.column, _ROW)

    def at(self, place: QPointF) -> tuple[str, str] | None:
        """Row and column names under a place; the column is "" on a row's name or total."""
        row = int((place.y() - _EDGE - _HEAD) // _ROW)
        column = int((place.x() - _EDGE - _NAME) // self.column)
        if not 0 <= row < len(self.overview.rows) or place.x() < _EDGE or place.y() < _EDGE + _HEAD:
            return None
        inside = 0 <= column < len(self.overview.columns) and place.x() >= _EDGE + _NAME
        return self.overview.rows[row], self.overview.columns[column] if inside else ""


def value(overview: Overview, row: str, column: str, measure: Measure) -> int:
    """What stands in a cell."""
    cell = overview.cell(row, column)
    return len(cell.items) if measure == "items" else cell.marks


def draw(painter: QPainter, frame: Frame, measure: Measure, theme: Theme, chosen: tuple[str, str] | None = None) -> None:
    """The whole table: heads, cells, totals, and the trend of all tagged items under it."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(QRectF(QPointF(0, 0), frame.size()), QColor(theme.surface))
    font = QFont(painter.font())
    _draw_heads(painter, frame, theme)
    most = max((value(frame.overview, row, column, measure) for row, column in frame.overview.cells), default=1) or 1
    for at, row in enumerate(frame.overview.rows):
        painter.setFont(font)
        for index, column in enumerate(frame.overview.columns):
            _draw_cell(
                painter, frame.cell(at, index), value(frame.overview, row, column, measure), most, theme, gap=row == UNTAGGED
            )
            if chosen in ((row, column), (row, "")):
                painter.setPen(QPen(QColor(theme.accent), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(frame.cell(at, index).adjusted(2, 2, -2, -2), 3, 3)
        _draw_total(
            painter, frame, at, sum(value(frame.overview, row, column, measure) for column in frame.overview.columns), theme
        )
    _draw_totals(painter, frame, theme)
    _draw_trend(painter, frame, theme)
    painter.setFont(font)
    draw_names(painter, frame, measure, theme)


def draw_names(painter: QPainter, frame: Frame, measure: Measure, theme: Theme) -> None:
    """The column of the names on a ground of its own, which also stands still while the others are scrolled."""
    painter.fillRect(QRectF(0, 0, NAMES, frame.size().height()), QColor(theme.surface))
    what = "条目数" if measure == "items" else "划线数"
    painter.setPen(QColor(theme.faint))
    painter.drawText(QRectF(_EDGE, _EDGE, _NAME, _HEAD), _MIDDLE, f"领域×{AXES[frame.overview.axis]}\n{what}")
    for at, row in enumerate(frame.overview.rows):
        _draw_row(painter, frame, at, row, theme)
    rows = len(frame.overview.rows)
    painter.setPen(QColor(theme.faint))
    painter.drawText(QRectF(_EDGE + 16, frame.cell(rows, 0).top(), _NAME - 18, _ROW), _MIDDLE, "全部条目")
    if _has_trend(frame.overview):
        painter.drawText(QRectF(_EDGE + 16, frame.cell(rows + 1, 0).top(), _NAME - 18, _TREND), _MIDDLE, "走势")


def _draw_heads(painter: QPainter, frame: Frame, theme: Theme) -> None:
    painter.setPen(QColor(theme.faint))
    painter.setFont(smaller(painter.font(), 0.9))
    for index, column in enumerate(frame.overview.columns):
        box = QRectF(frame.cell(0, index).left(), _EDGE, frame.column, _HEAD)
        painter.drawText(box.adjusted(2, 0, -2, 0), int(_CENTER | Qt.TextFlag.TextWordWrap), _short(column))
    end = frame.cell(0, len(frame.overview.columns))
    painter.drawText(QRectF(end.left(), _EDGE, _TOTAL, _HEAD), _CENTER, "合计")


def _short(column: str) -> str:
    """A column's name on two lines: 2025年 over 9月, 第48期 under its year."""
    if len(column) == len("2025-09") and column[4] == "-":
        return f"{column[:4]}年\n{int(column[5:])}月"
    return column.replace("年第", "年\n第")


def _draw_row(painter: QPainter, frame: Frame, at: int, row: str, theme: Theme) -> None:
    box = frame.cell(at, 0)
    middle = box.center().y()
    if row != UNTAGGED:
        draw_square(painter, QRectF(_EDGE, middle - 4.5, 9, 9), field_color(theme, row))
    painter.setPen(QColor(theme.faint if row == UNTAGGED else theme.text))
    name = painter.fontMetrics().elidedText(row, Qt.TextElideMode.ElideRight, int(_NAME - 22))
    painter.drawText(QRectF(_EDGE + 16, box.top(), _NAME - 18, _ROW), _MIDDLE, name)


def _draw_cell(painter: QPainter, box: QRectF, number: int, most: int, theme: Theme, *, gap: bool) -> None:
    inner = box.adjusted(1.5, 1.5, -1.5, -1.5)
    painter.setPen(Qt.PenStyle.NoPen)
    if not number:  # a gap is seen as an empty frame
        painter.setPen(QPen(QColor(theme.line), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(inner, 3, 3)
        return
    share = 0.15 + 0.85 * number / most
    hue = theme.faint if gap else theme.accent
    ground = mix(hue, theme.surface, share * (0.5 if gap else 0.85))
    painter.setBrush(ground)
    painter.drawRoundedRect(inner, 3, 3)
    painter.setPen(QColor("#ffffff" if ground.lightness() < 140 else "#1f1d1b"))  # whichever is read better on the ground
    painter.drawText(inner, _CENTER, str(number))


def _draw_total(painter: QPainter, frame: Frame, at: int, total: int, theme: Theme) -> None:
    box = frame.cell(at, len(frame.overview.columns))
    painter.setPen(QColor(theme.text if total else theme.faint))
    painter.drawText(QRectF(box.left(), box.top(), _TOTAL, _ROW), _CENTER, str(total))


def _draw_totals(painter: QPainter, frame: Frame, theme: Theme) -> None:
    at = len(frame.overview.rows)
    painter.setPen(QColor(theme.faint))
    for index, column in enumerate(frame.overview.columns):
        painter.drawText(frame.cell(at, index), _CENTER, str(frame.overview.totals.get(column, 0)))
    end = frame.cell(at, len(frame.overview.columns))
    painter.drawText(QRectF(end.left(), end.top(), _TOTAL, _ROW), _CENTER, str(sum(frame.overview.totals.values())))


def _has_trend(overview: Overview) -> bool:
    return overview.axis in ("month", "issue") and any(overview.totals.values())


def _draw_trend(painter: QPainter, frame: Frame, theme: Theme) -> None:
    """The items of each column as a line with a dot for each, under its totals; places and levels have no order to be a trend."""
    if not _has_trend(frame.overview):
        return
    numbers = [frame.overview.totals.get(column, 0) for column in frame.overview.columns]
    top = frame.cell(len(frame.overview.rows) + 1, 0).top()
    low, room = top + _TREND - 8, _TREND - 18
    dots = [
        QPointF(frame.cell(0, index).center().x(), low - room * number / max(numbers)) for index, number in enumerate(numbers)
    ]
    painter.setPen(QPen(QColor(theme.accent), 1.6))
    painter.drawPolyline(QPolygonF(dots))
    painter.setBrush(QColor(theme.accent))
    for dot in dots:
        painter.drawEllipse(dot, 2.4, 2.4)
