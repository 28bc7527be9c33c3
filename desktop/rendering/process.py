"""The render process seen from the window: one request at a time, watched, and replaced when it hangs or dies."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Mapping
from contextlib import suppress
from threading import Thread
from typing import Any

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal

from desktop.rendering.launch import Child

_CRASHES = 3  # within _CRASH_WINDOW: from then on wait before starting another
_CRASH_WINDOW = 30_000  # ms
_PAUSES = (0, 2_000, 10_000, 30_000)  # ms before a start, by how many crashes there were beyond the allowed ones
_FAREWELL = 0.7  # seconds for a worker to end by itself

Message = dict[str, Any]


class _Ear(QObject):
    """Hears one child on a thread of its own and tells it on the window's: each line, and then that the child is gone."""

    heard = Signal(object, bytes)  # the ear itself, a line
    ended = Signal(object)

    def __init__(self, child: Child, parent: QObject) -> None:
        super().__init__(parent)
        self._child = child
        self._thread = Thread(target=self._listen, name="render process", daemon=True)

    def start(self) -> None:
        """Begin to listen."""
        self._thread.start()

    def _listen(self) -> None:
        if self._child.stdout is None:
            return
        for line in self._child.stdout:
            if line.endswith(b"\n"):  # the last one may be cut off where the child died
                self.heard.emit(self, line)
        self.ended.emit(self)

    def close(self) -> None:
        """Wait until the child's output has ended; nothing more is told."""
        self.heard.disconnect()
        self.ended.disconnect()
        self._thread.join()
        self.deleteLater()


class WorkerProcess(QObject):
    """A child process that answers one request at a time.

    `answered(request, answer)` and `lost(request, hung)` close every request, exactly one of them; after `lost` the process
    has been replaced, or will be after a pause, and `restarted` says when it takes requests again.
    """

    answered = Signal(dict, dict)
    lost = Signal(dict, bool)
    restarted = Signal()

    def __init__(self, launch: Callable[[], Child], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._make = launch
        self._child: Child | None = None
        self._ear: _Ear | None = None
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
        return self._child is not None and self._request is None

    @property
    def pid(self) -> int:
        """The process id, 0 while there is none."""
        return self._child.pid if self._child else 0

    def start(self) -> None:
        """Start the process unless it runs or is about to."""
        if self._child is None and not self._pause.isActive():
            self._launch()

    def send(self, request: Mapping[str, Any], patience: int) -> None:
        """Send a request; it is lost when no answer comes within `patience` milliseconds. Only when `idle`."""
        if self._child is None or self._child.stdin is None or self._request is not None:
            raise RuntimeError("the render process takes one request at a time")
        self._number += 1
        self._request = {**request, "id": self._number}
        with suppress(OSError):  # it died just now: its end is told in a moment
            self._child.stdin.write(json.dumps(self._request).encode("ascii") + b"\n")
            self._child.stdin.flush()
        self._watchdog.start(patience)

    def stop(self) -> None:
        """End the process; returns when it is gone. No signal is sent for a request that is still open."""
        self._pause.stop()
        self._watchdog.stop()
        child, self._child, self._request = self._child, None, None
        if child is None:
            return
        _hang_up(child)
        try:
            child.wait(_FAREWELL)
        except subprocess.TimeoutExpired:
            child.kill()
        self._bury(child)

    def _bury(self, child: Child) -> None:
        """Wait for a child that is dying, and close what led to it."""
        child.wait()
        if self._ear is not None:
            self._ear.close()
            self._ear = None
        _hang_up(child)
        if child.stdout is not None:
            child.stdout.close()

    def _launch(self) -> None:
        try:
            self._child = self._make()
        except OSError:
            self._child = None
            self._pause.start(self._next_pause())
            return
        self._ear = _Ear(self._child, self)
        self._ear.heard.connect(self._hear, Qt.ConnectionType.QueuedConnection)
        self._ear.ended.connect(self._on_end, Qt.ConnectionType.QueuedConnection)
        self._ear.start()

    def _hear(self, ear: _Ear, line: bytes) -> None:
        request, answer = self._request, json.loads(line)
        if ear is not self._ear or request is None or answer["id"] != request["id"]:
            return
        self._watchdog.stop()
        self._request = None
        self.answered.emit(request, answer)

    def _on_hang(self) -> None:
        self._hung = True
        if self._child is not None:
            self._child.kill()

    def _on_end(self, ear: _Ear) -> None:
        child = self._child
        if child is None or ear is not self._ear:  # one that `stop` has seen to
            return
        self._child = None
        child.kill()  # one that closed its output and lives on is of no use
        self._bury(child)
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


def _hang_up(child: Child) -> None:
    if child.stdin is not None:
        with suppress(OSError):  # what it never read is lost with it
            child.stdin.close()
