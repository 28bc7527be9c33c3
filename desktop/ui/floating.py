"""A small frame that floats over the window at a point, inside the window's bounds.

It is a child of the window, not a window of its own: so it never takes the keyboard from the text, no window manager moves it,
and it also works where programs may not place windows (Wayland).
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QDialog, QFrame, QGraphicsDropShadowEffect, QVBoxLayout, QWidget

from desktop.ui.style import set_role
from desktop.ui.theme import Theme

LINE = 26  # px: the height of a line, where nothing better is known
_EDGE, _GAP = 6, 8


def beside(point: QPoint, size: QSize, bounds: QRect, *, height: int = LINE) -> QPoint:
    """Where a frame of this size goes: below the point, which is the foot of lines so high, or above them; never out of bounds.

    Where there is room on neither side it stands at the lower edge.
    """
    left = point.x() - size.width() // 3
    below, above = point.y() + _GAP, point.y() - height - _GAP - size.height()
    low = below + size.height() > bounds.bottom() - _EDGE
    top = above if low and above >= bounds.top() + _EDGE else below
    left = max(min(left, bounds.right() - size.width() - _EDGE), bounds.left() + _EDGE)
    top = max(min(top, bounds.bottom() - size.height() - _EDGE), bounds.top() + _EDGE)
    return QPoint(left, top)


def framed(popup: QDialog) -> QVBoxLayout:
    """The layout of a popup, within the line around it that no window manager draws."""
    frame = QFrame()
    set_role(frame, "popup")
    around = QVBoxLayout(popup)
    around.setContentsMargins(0, 0, 0, 0)
    around.addWidget(frame)
    return QVBoxLayout(frame)


class Floating(QFrame):
    """A card over the window `parent`; hidden until it is placed."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._home = parent
        self._shadow = QGraphicsDropShadowEffect(self)
        self._shadow.setBlurRadius(14)
        self._shadow.setOffset(0, 2)
        self.setGraphicsEffect(self._shadow)
        set_role(self, "card")
        Floating.set_theme(self, theme)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Changes the colours; on a dark ground only a deep shadow lifts the card off the text."""
        self._shadow.setColor(QColor(0, 0, 0, 190 if theme.dark else 80))

    def place_at(self, point: QPoint, height: int = LINE) -> None:
        """Shows the card at a point of the screen, the foot of lines so high, in front of everything else in the window."""
        self.adjustSize()
        self.move(beside(self._home.mapFromGlobal(point), self.sizeHint(), self._home.rect(), height=height))
        self.show()
        self.raise_()
