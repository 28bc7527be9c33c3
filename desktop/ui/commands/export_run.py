"""One memo on its way out: how far it is, in a bar that can be cancelled, and what came of it."""

from __future__ import annotations

from threading import Event

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QProgressDialog, QWidget

from desktop.errors import Cancelled
from desktop.memo.progress import STOPPED

_PATIENCE = 400  # ms until the bar is shown: a short memo needs none


class ExportRun(QObject):
    """The progress of one export. `tell` may be called on any thread."""

    _told = Signal(int, int, str)

    def __init__(self, name: str, window: QWidget) -> None:
        super().__init__(window)
        self._stop = Event()
        self._dialog = QProgressDialog(f"正在导出“{name}”……", "取消", 0, 0, window)
        self._dialog.setWindowTitle("导出摘编")
        self._dialog.setWindowModality(Qt.WindowModality.NonModal)
        self._dialog.setMinimumWidth(420)
        self._dialog.setMinimumDuration(_PATIENCE)
        self._dialog.setAutoReset(False)
        self._dialog.canceled.connect(self._stop.set)
        self._name = name
        self._told.connect(self._show)

    def tell(self, done: int, total: int, what: str) -> None:
        """So many are done. Raises `Cancelled` where the reader wants no more."""
        if self._stop.is_set():
            raise Cancelled(STOPPED)
        self._told.emit(done, total, what)

    def close(self) -> None:
        """Take the bar away."""
        self._told.disconnect(self._show)
        self._dialog.canceled.disconnect()
        self._dialog.close()
        self._dialog.deleteLater()
        self.deleteLater()

    def _show(self, done: int, total: int, what: str) -> None:
        self._dialog.setMaximum(max(total, 1))
        self._dialog.setLabelText(f"正在导出“{self._name}”：{done} / {total} {what}")
        self._dialog.setValue(done)
