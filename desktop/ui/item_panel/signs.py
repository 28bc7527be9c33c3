"""The small painted parts of 本条: the bar of five steps, a field's button with its key, a field's chip."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from desktop.ui.colors import field_color, mix
from desktop.ui.signs import draw_square, smaller
from desktop.ui.theme import Theme

STEPS = 5
_WIDEST = 250  # px of a chip; a longer name ends in an ellipsis
_V = Qt.AlignmentFlag.AlignVCenter
_ELIDE = Qt.TextElideMode.ElideRight


def steps(score: float) -> int:
    """How many of the five steps a score between 0 and 1 fills; anything that was suggested fills at least one."""
    return min(max(round(score * STEPS), 1), STEPS)


class ScoreBar(QWidget):
    """Five steps, as many filled as the suggestion is strong."""

    def __init__(self, score: float, color: QColor, theme: Theme) -> None:
        super().__init__()
        self._filled, self._color, self._theme = steps(score), color, theme
        self.setFixedSize(STEPS * 9, 12)
        self.setAccessibleName(f"把握 {self._filled}/{STEPS}")
        self.setToolTip(self.accessibleName())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the steps."""
        painter = QPainter(self)
        empty = mix(self._theme.text, self._theme.surface, 0.14)
        for step in range(STEPS):
            painter.fillRect(QRectF(step * 9, 1, 7, 10), self._color if step < self._filled else empty)
        painter.end()


class FieldButton(QAbstractButton):
    """A field that is on or off: coloured square, name, and the key that does the same."""

    def __init__(self, field: str, key: str, theme: Theme) -> None:
        super().__init__()
        self.field, self._key, self._theme = field, key, theme
        self.setCheckable(True)
        self.setText(field)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"领域 {field}")
        self.setToolTip(f"{field}（{key}）")
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        """One line with the square, the name and the key."""
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self.field + self._key) + 36, metrics.height() + 10)

    def minimumSizeHint(self) -> QSize:
        """The key may be left out in a narrow panel, the name may not."""
        return QSize(self.fontMetrics().horizontalAdvance(self.field) + 26, self.fontMetrics().height() + 10)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the button."""
        theme, painter = self._theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        color, box = field_color(theme, self.field), QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        ground = mix(color.name(), theme.surface, 0.3 if theme.dark else 0.16) if self.isChecked() else QColor(theme.surface)
        if self.underMouse() and not self.isChecked():
            ground = mix(theme.text, theme.surface, 0.06)
        painter.setPen(QPen(QColor(theme.accent), 1.6) if self.hasFocus() else color if self.isChecked() else QColor(theme.line))
        painter.setBrush(ground)
        painter.drawRoundedRect(box, 4, 4)
        draw_square(painter, QRectF(7, box.center().y() - 4.5, 9, 9), color)
        painter.setPen(QColor(theme.text))
        painter.drawText(self.rect().adjusted(21, 0, 0, 0), _V, self.field)
        if self.width() >= self.sizeHint().width() - 6:
            self._draw_key(painter)
        painter.end()

    def _draw_key(self, painter: QPainter) -> None:
        painter.setFont(smaller(self.font(), 0.84))
        painter.setPen(QColor(self._theme.faint))
        painter.drawText(self.rect().adjusted(0, 0, -7, 0), _V | Qt.AlignmentFlag.AlignRight, self._key)


class FieldChip(QAbstractButton):
    """A field that is on, with a cross to take it off."""

    def __init__(self, field: str, theme: Theme, subfield: str = "", version: str = "") -> None:
        super().__init__()
        self.field, self._theme = field, theme
        name = f"{field}›{subfield}" if subfield else field
        self._shown = name + ("（旧版）" if version else "")
        self.setText(name)
        given = f"\n按词表“{version}”标注，含义不变" if version else ""
        self.setToolTip(f"去掉“{name}”{given}")
        self.setAccessibleName(f"已标领域 {self._shown}，按下去掉")
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        """Square, name, cross."""
        return QSize(min(self.fontMetrics().horizontalAdvance(self._shown) + 46, _WIDEST), self.fontMetrics().height() + 8)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the chip."""
        theme, painter = self._theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        color, box = field_color(theme, self.field), QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(QColor(theme.accent), 1.6) if self.hasFocus() else mix(color.name(), theme.window, 0.5))
        painter.setBrush(mix(color.name(), theme.surface, 0.26 if theme.dark else 0.12))
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        draw_square(painter, QRectF(9, box.center().y() - 4.5, 9, 9), color)
        painter.setPen(QColor(theme.text))
        room = self.width() - 23 - 22
        painter.drawText(self.rect().adjusted(23, 0, 0, 0), _V, painter.fontMetrics().elidedText(self._shown, _ELIDE, room))
        painter.setPen(QPen(QColor(theme.accent if self.underMouse() else theme.faint), 1.3))
        cross = QRect(self.width() - 18, round(box.center().y()) - 3, 7, 7)
        painter.drawLine(cross.topLeft(), cross.bottomRight())
        painter.drawLine(cross.topRight(), cross.bottomLeft())
        painter.end()
