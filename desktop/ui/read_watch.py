"""Counts an item as read when its end stayed on the screen for a while, not when it merely flew past."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, QTimer, Signal


class ReadWatch(QObject):
    """Told which ends are in view, says once for each item that it was read."""

    item_read = Signal(int)

    def __init__(self, dwell_ms: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._dwell = dwell_ms
        self._waiting: dict[int, QTimer] = {}
        self._done: set[int] = set()

    def look(self, visible: Iterable[int]) -> None:
        """`visible`: the items whose ends are on the screen now."""
        seen = set(visible)
        for item in [item for item in self._waiting if item not in seen]:
            self._drop(item)
        for item in seen - self._done - self._waiting.keys():
            timer = QTimer(self)
            timer.setSingleShot(True)
            timer.timeout.connect(lambda item=item: self._finish(item))
            timer.start(self._dwell)
            self._waiting[item] = timer

    def forget(self) -> None:
        """Starts anew for another document."""
        self.look(())
        self._done.clear()

    def _finish(self, item: int) -> None:
        self._drop(item)
        self._done.add(item)
        self.item_read.emit(item)

    def _drop(self, item: int) -> None:
        timer = self._waiting.pop(item)
        timer.stop()
        timer.deleteLater()
