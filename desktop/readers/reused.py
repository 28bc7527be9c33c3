"""Reading many files in one child process, which is started anew when it hangs, dies or has read enough.

Starting a process for each file costs several times what the reading does. A file that takes the child down is tried once
more in a process of its own (`desktop.readers.isolated`), so that it is never blamed for what an earlier one left behind. Both
tries together take no longer than a file may.
"""

from __future__ import annotations

import json
import subprocess
import threading
from pathlib import Path
from typing import Any, Final, Self

from desktop.bulletin.pages import Pages
from desktop.readers import isolated
from desktop.readers.reading import is_pdf, read
from desktop.readers.wire import pages_from_wire

_FIRST_TRY: Final = 0.3  # of the time a file may take
_ENOUGH: Final = 300  # files a child; MuPDF never gives all of its memory back


def read_alone(path: Path) -> Pages:
    """A PDF that took a child down, read in a process of its own in the time that is left. Raises `UnreadableFile`."""
    return isolated.read_isolated(path, timeout=isolated.patience(path) * (1 - _FIRST_TRY))


class ReusedReader:
    """Reads files one after the other. For one thread; use as a context manager or `close` it.

    `program` is the module that the child runs; what another one than ours says of a file is asked for by `reply`.
    """

    def __init__(self, program: str = isolated.PROGRAM) -> None:
        self._program = program
        self._child: subprocess.Popen[bytes] | None = None
        self._served = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def read(self, path: Path) -> Pages:
        """What `isolated.read_isolated` answers. Raises `UnreadableFile`."""
        if not is_pdf(path):
            return read(path)
        reply = self.reply(path)
        return read_alone(path) if reply is None else pages_from_wire(reply["pages"])

    def reply(self, path: Path) -> dict[str, Any] | None:
        """What the child says of a PDF; None when that takes it down or too long, and `read_alone` is left. Raises `UnreadableFile`."""
        reply = self._ask({"path": str(path.absolute()), "password": None}, isolated.patience(path) * _FIRST_TRY)
        if reply is None:
            self.close()
        else:
            isolated.refuse(reply)
        return reply

    def close(self) -> None:
        """End the child."""
        if self._child:
            isolated.end(self._child)
        self._child = None

    def _ask(self, request: dict[str, Any], timeout: float) -> dict[str, Any] | None:
        """The child's answer; None when it did not come in time or not at all."""
        child = self._ready()
        alarm = threading.Timer(timeout, child.kill)
        alarm.start()
        try:
            if child.stdin is None or child.stdout is None:
                return None
            child.stdin.write(json.dumps(request).encode("ascii") + b"\n")
            child.stdin.flush()
            reply: dict[str, Any] = json.loads(child.stdout.readline())
        except (OSError, ValueError):
            return None
        finally:
            alarm.cancel()
        return reply

    def _ready(self) -> subprocess.Popen[bytes]:
        if self._child and (self._served >= _ENOUGH or self._child.poll() is not None):
            self.close()
        if self._child is None:
            self._served = 0
            self._child = isolated.start("--many", program=self._program)
        self._served += 1
        return self._child
