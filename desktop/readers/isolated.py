"""Reading in a process that can be killed: for everything that comes from outside (importing, the command line).

Plain text is read here, in this process: decoding cannot hang. A PDF is read by `desktop.readers.child` in a session of its
own, killed with all it started when it takes too long.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from desktop.bulletin.pages import Pages
from desktop.errors import PasswordNeeded, UnreadableFile
from desktop.readers.reading import is_pdf, read
from desktop.readers.wire import pages_from_wire

PROGRAM = "desktop.readers.child"
_PATIENCE = 9.0
_PATIENCE_A_MEGABYTE = 3.0
_MOST_PATIENCE = 60.0


def read_isolated(path: Path, password: str | None = None, timeout: float | None = None) -> Pages:
    """What `read` answers, from a child process. `timeout` in seconds; by default `patience`.

    Raises `UnreadableFile` as `read` does, and when the child hangs or dies.
    """
    if not is_pdf(path):
        return read(path)
    limit = timeout if timeout is not None else patience(path)
    reply = ask({"path": str(path.absolute()), "password": password}, limit, path.name)
    return pages_from_wire(reply["pages"])


def patience(path: Path) -> float:
    """Seconds that the reading of a file may take: 9, and more for a large one, which may have thousands of pages."""
    return min(_PATIENCE + path.stat().st_size / 1_000_000 * _PATIENCE_A_MEGABYTE, _MOST_PATIENCE)


def ask(request: dict[str, Any], timeout: float, name: str) -> dict[str, Any]:
    """The child's answer to one request (see `child.answer`). Raises `UnreadableFile` when it refuses, hangs or dies."""
    child = start()
    try:
        out, _ = child.communicate(json.dumps(request).encode("ascii"), timeout=timeout)
    except subprocess.TimeoutExpired:
        raise UnreadableFile(f"读取“{name}”超过 {timeout:.0f} 秒没有结果，文件可能已损坏，请换一份文件。") from None
    finally:
        end(child)
    try:
        reply: dict[str, Any] = json.loads(out)
    except ValueError:
        raise UnreadableFile(f"“{name}”无法读取，文件可能已损坏，请换一份文件。") from None
    refuse(reply)
    return reply


def refuse(reply: dict[str, Any]) -> None:
    """Raise what a child's answer says was wrong with the file, if anything."""
    if "refused" in reply:
        raise (PasswordNeeded if reply.get("locked") else UnreadableFile)(str(reply["refused"]))


def unlock(path: Path, password: str | None) -> None:
    """Try a password on a PDF without reading its pages. Raises `PasswordNeeded` for a wrong one, and `UnreadableFile`."""
    ask({"task": "unlock", "path": str(path.absolute()), "password": password}, patience(path), path.name)


def start(*arguments: str, program: str = PROGRAM) -> subprocess.Popen[bytes]:
    """A reading process in a session of its own, talked to over its pipes; `program` is a module that serves as ours does."""
    return subprocess.Popen(  # noqa: S603 - this very program
        [sys.executable, "-m", program, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        env=_environment(),
    )


def _environment() -> dict[str, str]:
    """The child must find this very package, from wherever the program was started."""
    root = str(Path(__file__).resolve().parents[2])
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH", ""))))}


def end(child: subprocess.Popen[bytes]) -> None:
    """End a reading process; nothing of its session may outlive it."""
    if child.poll() is None:
        if hasattr(os, "killpg"):
            os.killpg(child.pid, signal.SIGKILL)
        else:
            child.kill()
    child.wait()
    for pipe in (child.stdin, child.stdout):
        if pipe:
            with suppress(BrokenPipeError):  # words it died before taking: closing tries to hand them over once more
                pipe.close()
