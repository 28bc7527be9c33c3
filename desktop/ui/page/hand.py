"""The hand: takes hold of the sheet and moves it, in place of selecting. The middle button does so with either tool."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QApplication

Move = Callable[[float, float], None]


class Hand:
    """A sheet held by the pointer; `move(dx, dy)` scrolls it by logical pixels."""

    def __init__(self, move: Move) -> None:
        self._move = move
        self._origin = self._last = QPointF()
        self.holding = False
        self._moved = False

    def take(self, position: QPointF) -> None:
        """The button went down."""
        self._origin = self._last = position
        self.holding, self._moved = True, False

    def pull(self, position: QPointF) -> None:
        """The pointer moved with the button held."""
        if not self._moved and (position - self._origin).manhattanLength() < QApplication.startDragDistance():
            return
        self._moved = True
        self._move(position.x() - self._last.x(), position.y() - self._last.y())
        self._last = position

    def let_go(self) -> bool:
        """The button went up; returns whether it was a mere click."""
        self.holding = False
        return not self._moved
