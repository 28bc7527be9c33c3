"""The render process seen from the window: one request at a time, watched, and replaced when it hangs or dies."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QElapsedTimer, QObject, QProcess, QProcessEnvironment, QTimer, Signal

from desktop.rendering.protocol import WORKER_WORD

_ROOT = Path(__file__).resolve().parents[2]  # where `desktop` is imported from, installed or not
_CRASHES = 3  # within _CRASH_WINDOW: from then on wait before starting another
_CRASH_WINDOW = 30_000  # ms
_PAUSES = (0, 2_000, 10_000, 30_000)  # ms before a start, by how many crashes there were beyond the allowed ones
_FAREWELL = 700  # ms for a worker to end by itself

Message = dict[str, Any]


class WorkerProcess(QObject):
    """A child process that answers one request at a time.

    `answered(request, answer)` and `lost(request, hung)` close every request, exactly one of them; after `lost` the process
    has been replaced, or will be after a pause, and `restarted` says when it takes requests again.
    """

    answered = Signal(dict, dict)
    lost = Signal(dict, bool)
    restarted = Signal()

    def __init__(self, arguments: list[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._arguments = arguments
        self._process: QProcess | None = None
        self._request: Message | None = None
        self._hung = False
        self._number = 0
        self._crashes: list[int] = []
        self._clock = QElapsedTimer()
        self._clock.start()
        self._watchdog = QTimer(self, singleShot=True)
        self._watchdog.timeout.connect(self._on_hang)
        self._pause = QTimer(self, singleShot=True)
        self._pause.timeout.connect(self._start_again)

    @property
    def idle(self) -> bool:
        """Whether a request can be sent now."""
        return self._process is not None and self._request is None

    @property
    def pid(self) -> int:
        """The process id, 0 while there is none."""
        return int(self._process.processId()) if self._process else 0

    def start(self) -> None:
        """Start the process unless it runs or is about to."""
        if self._process is None and not self._pause.isActive():
            self._launch()

    def send(self, request: Mapping[str, Any], patience: int) -> None:
        """Send a request; it is lost when no answer comes within `patience` milliseconds. Only when `idle`."""
        if self._process is None or self._request is not None:
            raise RuntimeError("the render process takes one request at a time")
        self._number += 1
        self._request = {**request, "id": self._number}
        self._process.write(json.dumps(self._request).encode("ascii") + b"\n")
        self._watchdog.start(patience)

    def stop(self) -> None:
        """End the process; returns when it is gone. No signal is sent for a request that is still open."""
        self._pause.stop()
        self._watchdog.stop()
        process, self._process, self._request = self._process, None, None  # from here on its signals are not listened to
        if process is None:
            return
        process.closeWriteChannel()
        if not process.waitForFinished(_FAREWELL):
            process.kill()
            process.waitForFinished()
        process.deleteLater()

    def _launch(self) -> None:
        process = QProcess(self)
        environment = QProcessEnvironment.systemEnvironment()
        paths = [str(_ROOT), environment.value("PYTHONPATH", "")]
        environment.insert("PYTHONPATH", os.pathsep.join(path for path in paths if path))
        process.setProcessEnvironment(environment)
        process.setProcessChannelMode(QProcess.ProcessChannelMode.ForwardedErrorChannel)
        process.readyReadStandardOutput.connect(self._read)
        process.finished.connect(self._on_end)
        process.errorOccurred.connect(self._on_error)
        self._process = process
        process.start(*_command(self._arguments))

    def _read(self) -> None:
        while self._process is not None and self._process.canReadLine():
            answer = json.loads(bytes(self._process.readLine().data()))
            request = self._request
            if request is None or answer["id"] != request["id"]:
                continue
            self._watchdog.stop()
            self._request = None
            self.answered.emit(request, answer)

    def _on_hang(self) -> None:
        self._hung = True
        if self._process is not None:
            self._process.kill()

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:  # `finished` does not follow then
            self._on_end()

    def _on_end(self) -> None:
        if self._process is None:
            return
        self._process.deleteLater()
        self._process = None
        self._watchdog.stop()
        request, hung = self._request, self._hung
        self._request, self._hung = None, False
        self._pause.start(self._next_pause())
        if request is not None:
            self.lost.emit(request, hung)

    def _next_pause(self) -> int:
        now = self._clock.elapsed()
        self._crashes = [when for when in self._crashes if now - when < _CRASH_WINDOW] + [now]
        return _PAUSES[min(max(len(self._crashes) - _CRASHES, 0), len(_PAUSES) - 1)]

    def _start_again(self) -> None:
        self._launch()
        self.restarted.emit()


def _command(arguments: list[str]) -> tuple[str, list[str]]:
    """The program and its words that make a render process; a frozen build is its own interpreter and knows a word for it."""
    if getattr(sys, "frozen", False):
        return sys.executable, [WORKER_WORD, *arguments]
    # -P: a folder named "desktop" in the current directory must not be imported in our place.
    return sys.executable, ["-P", "-m", "desktop.rendering.worker", *arguments]
