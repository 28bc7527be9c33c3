"""The set pages as they are seen: white sheets one below the other; the excerpt under the pointer is lit and can be clicked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from desktop.memo import layout
from desktop.ui.memo_preview.faces import ScreenFaces
from desktop.ui.theme import Theme

if TYPE_CHECKING:
    from desktop.memo.setting import Glyphs, SetPage

_WIDTH, _HEIGHT = layout.points(layout.PAGE_WIDTH_MM), layout.points(layout.PAGE_HEIGHT_MM)
_GAP = 14  # pixels between sheets
_SMALLEST, _LARGEST = 0.4, 3.0
_WIDEST = 1.45  # of a sheet that is fitted to the width
_INK, _RED, _PAPER = QColor("#111111"), QColor("#ff0000"), QColor("#ffffff")
_LIT, _WATERMARK = QColor(255, 214, 90, 70), QColor("#d9d9d9")


class Sheets(QAbstractScrollArea):
    """Shows set pages."""

    excerpt_clicked = Signal(int)  # index of the excerpt in the memo

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._pages: Sequence[SetPage] = ()
        self._faces: ScreenFaces | None = None
        self._zoom = 0.0  # 0: fitted to the width
        self._under = -1
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("摘编预览")
        self.viewport().setMouseTracking(True)

    def set_theme(self, theme: Theme) -> None:
        """Changes what lies around the sheets; paper stays white."""
        self._theme = theme
        self.viewport().update()

    def show_pages(self, pages: Sequence[SetPage], faces: ScreenFaces) -> None:
        """Shows these pages; the place stays."""
        self._pages, self._faces, self._under = pages, faces, -1
        self._adjust()
        self.viewport().update()

    @property
    def scale(self) -> float:
        """Pixels for a point."""
        fitted = min((self.viewport().width() - 2 * _GAP) / _WIDTH, _WIDEST)
        return self._zoom or max(fitted, _SMALLEST)

    def change_zoom(self, factor: float) -> None:
        """Larger or smaller; 0 fits the width again. The line in the middle stays there."""
        bar, middle = self.verticalScrollBar(), self.viewport().height() / 2
        place = (bar.value() + middle) / self._step()
        self._zoom = min(max(self.scale * factor, _SMALLEST), _LARGEST) if factor else 0.0
        self._adjust()
        bar.setValue(round(place * self._step() - middle))
        self.viewport().update()

    def _step(self) -> float:
        return _HEIGHT * self.scale + _GAP

    def _corner(self, number: int) -> QPointF:
        """The upper left corner of a sheet in the viewport."""
        across = max((self.viewport().width() - _WIDTH * self.scale) / 2, float(_GAP)) - self.horizontalScrollBar().value()
        return QPointF(across, _GAP + number * self._step() - self.verticalScrollBar().value())

    def _adjust(self) -> None:
        height, width = self._step() * len(self._pages) + _GAP, _WIDTH * self.scale + 2 * _GAP
        view = self.viewport().size()
        for bar, whole, part in (
            (self.verticalScrollBar(), height, view.height()),
            (self.horizontalScrollBar(), width, view.width()),
        ):
            bar.setRange(0, max(0, round(whole - part)))
            bar.setPageStep(part)
            bar.setSingleStep(40)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The sheets are fitted anew."""
        super().resizeEvent(event)
        self._adjust()

    def sizeHint(self) -> QSize:
        """About one sheet."""
        return QSize(620, 720)

    # Drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the sheets in sight."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), QColor(self._theme.desk))
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        first = max(0, int((self.verticalScrollBar().value() - _GAP) // self._step()))
        for number in range(first, len(self._pages)):
            corner = self._corner(number)
            if corner.y() > self.viewport().height():
                break
            self._draw(painter, self._pages[number], corner)
        painter.end()

    def _draw(self, painter: QPainter, page: SetPage, corner: QPointF) -> None:
        scale = self.scale
        sheet = QRectF(corner.x(), corner.y(), _WIDTH * scale, _HEIGHT * scale)
        painter.fillRect(sheet, _PAPER)
        painter.setPen(QPen(QColor(self._theme.line), 1))
        painter.drawRect(sheet)
        painter.save()
        painter.setClipRect(sheet)
        painter.translate(corner)
        self._draw_watermark(painter, page.watermark)
        for spot in page.spots:
            if spot.excerpt == self._under:
                painter.fillRect(QRectF(0, spot.top * scale, sheet.width(), (spot.bottom - spot.top) * scale), _LIT)
        for rule in page.rules:
            painter.setPen(QPen(_RED if rule.red else _INK, max(rule.width * scale, 0.7)))
            painter.drawLine(QPointF(rule.x0, rule.y0) * scale, QPointF(rule.x1, rule.y1) * scale)
        self._draw_glyphs(painter, page.glyphs)
        painter.restore()

    def _draw_glyphs(self, painter: QPainter, glyphs: Sequence[Glyphs]) -> None:
        scale, fonts = self.scale, dict[tuple[str, float], QFont]()
        before: tuple[str, float, bool] | None = None
        for one in glyphs:
            look = (one.face, one.size, one.red)
            if look != before and self._faces:
                key = (one.face, one.size)
                if key not in fonts:
                    fonts[key] = self._faces.font(one.face, one.size * scale)
                painter.setFont(fonts[key])
                painter.setPen(_RED if one.red else _INK)
                before = look
            painter.drawText(QPointF(one.x, one.y) * scale, one.text)

    def _draw_watermark(self, painter: QPainter, words: str) -> None:
        if not words or not self._faces:
            return
        size = layout.WATERMARK_WIDTH / len(words) * self.scale
        painter.save()
        painter.translate(_WIDTH / 2 * self.scale, _HEIGHT / 2 * self.scale)
        painter.rotate(-45)
        painter.setFont(self._faces.font("hei", size))
        painter.setPen(_WATERMARK)
        for at, char in enumerate(words):
            painter.drawText(QPointF(at * size - layout.WATERMARK_WIDTH / 2 * self.scale, 0), char)
        painter.restore()

    # The pointer

    def _excerpt_at(self, at: QPoint) -> int:
        number = int((at.y() + self.verticalScrollBar().value() - _GAP) // self._step())
        if not 0 <= number < len(self._pages):
            return -1
        place = (QPointF(at) - self._corner(number)) * (1 / self.scale)
        inside = 0 <= place.x() <= _WIDTH
        spots = (spot for spot in self._pages[number].spots if spot.top <= place.y() < spot.bottom)
        return next((spot.excerpt for spot in spots), -1) if inside else -1

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Lights the excerpt under the pointer."""
        under = self._excerpt_at(event.position().toPoint())
        if under != self._under:
            self._under = under
            self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if under >= 0 else Qt.CursorShape.ArrowCursor)
            self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on an excerpt tells which."""
        under = self._excerpt_at(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and under >= 0:
            self.excerpt_clicked.emit(under)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl with the wheel zooms."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.change_zoom(1.1 if event.angleDelta().y() > 0 else 1 / 1.1)
        else:
            super().wheelEvent(event)
