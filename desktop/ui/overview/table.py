"""The heat map as a widget: a click or the keyboard chooses a cell, and the list beside it shows what is in it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QMoveEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop.archive.overview import Overview
from desktop.ui.overview.drawing import NAMES, Frame, Measure, draw, draw_names, value
from desktop.ui.theme import Theme

_STEPS = {Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0), Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1)}


class HeatMap(QWidget):
    """Fields × columns. It shows what it is given and tells what was chosen."""

    chosen = Signal(str, str)  # row, column ("" for the whole row)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._overview: Overview | None = None
        self._measure: Measure = "items"
        self._at: tuple[str, str] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("领域分布")

    def set_theme(self, theme: Theme) -> None:
        """Changes the colours."""
        self._theme = theme
        self.update()

    def show_overview(self, overview: Overview, measure: Measure) -> None:
        """Shows a table; the chosen cell is kept where it still exists."""
        self._overview, self._measure = overview, measure
        if self._at and (self._at[0] not in overview.rows or self._at[1] not in (*overview.columns, "")):
            self._at = None
        self.setMinimumSize(self.sizeHint())
        self.updateGeometry()
        self.update()

    def frame_for(self, width: float) -> Frame | None:
        """The frame of the table at a width."""
        return Frame.of(self._overview, width) if self._overview else None

    def sizeHint(self) -> QSize:
        """As narrow as the columns may be."""
        frame = self.frame_for(0)
        return frame.size().toSize() if frame else QSize(320, 200)

    def paint_on(self, painter: QPainter, frame: Frame, theme: Theme) -> None:
        """Draws the table, without the chosen cell, on a picture or a page."""
        draw(painter, frame, self._measure, theme)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the table and the chosen cell."""
        frame = self.frame_for(self.width())
        painter = QPainter(self)
        painter.fillRect(QRectF(self.rect()), self._theme.surface)
        if frame:
            draw(painter, frame, self._measure, self._theme, self._at)
            if self._scrolled():
                painter.translate(self._scrolled(), 0)
                draw_names(painter, frame, self._measure, self._theme)
                painter.fillRect(QRectF(NAMES - 1, 0, 1, self.height()), self._theme.line)
        painter.end()

    def _scrolled(self) -> int:
        """How far the columns were scrolled to the left; the names stand still."""
        return max(-self.x(), 0)

    def moveEvent(self, event: QMoveEvent) -> None:
        """Scrolling copies what was painted, the names included."""
        super().moveEvent(event)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click chooses a cell, or a whole row by its name."""
        self._choose(self._hit(event.position()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrows move the chosen cell."""
        if event.key() not in _STEPS or self._overview is None or not self._overview.columns:
            super().keyPressEvent(event)
            return
        rows, columns = self._overview.rows, self._overview.columns
        row = rows.index(self._at[0]) if self._at else 0
        column = columns.index(self._at[1]) if self._at and self._at[1] else 0
        down, right = _STEPS[Qt.Key(event.key())] if self._at else (0, 0)
        self._choose((rows[max(0, min(row + down, len(rows) - 1))], columns[max(0, min(column + right, len(columns) - 1))]))

    def event(self, event: QEvent) -> bool:
        """A cell says its numbers."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            hit = self._hit(QPointF(event.pos()))
            if hit and self._overview and hit[1]:
                items, marks = (value(self._overview, *hit, measure) for measure in ("items", "marks"))
                QToolTip.showText(event.globalPos(), f"{hit[0]}　{hit[1]}\n条目 {items}　划线 {marks}", self)
                return True
        return super().event(event)

    def _hit(self, place: QPointF) -> tuple[str, str] | None:
        frame = self.frame_for(self.width())
        over_names = 0 <= place.x() - self._scrolled() < NAMES
        return frame.at(place - QPointF(self._scrolled() if over_names else 0, 0)) if frame else None

    def _choose(self, cell: tuple[str, str] | None) -> None:
        if cell:
            self._at = cell
            self.update()
            self.chosen.emit(*cell)
