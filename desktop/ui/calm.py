"""Doing at most now and then what is asked for again and again: an import stores thirty issues a second, each a change."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

_SHARE = 10  # of the time, at most a tenth is spent on it
_LEAST = 0.05  # seconds; what is asked for less often is done at once


class Calm(QObject):
    """Runs `work` at once where it has been quiet, else once for all that was asked meanwhile; the last request is never lost."""

    def __init__(self, work: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self._work = work
        self._free_at = 0.0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._run)

    def ask(self) -> None:
        """Have the work done, now or soon."""
        wait = self._free_at - time.monotonic()
        if wait <= 0:
            self._run()
        elif not self._timer.isActive():
            self._timer.start(int(wait * 1000) + 1)

    def _run(self) -> None:
        begun = time.monotonic()
        self._work()
        spent = time.monotonic() - begun
        self._free_at = time.monotonic() + max(_LEAST, spent * _SHARE)
