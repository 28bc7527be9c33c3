"""Writing a memo in a process of its own: for the window, whose process must not load PyMuPDF nor stand still meanwhile.

One pipe both ways: the other process tells how far it is and at last what came of it; a word from here asks it to stop, which it
does of its own accord between two steps, so that nothing half-written is left.
"""

from __future__ import annotations

import time
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.errors import Cancelled, KnownError
from desktop.memo.layout import DEFAULT, Profile
from desktop.memo.model import Memo
from desktop.memo.progress import STOPPED

if TYPE_CHECKING:
    from desktop.memo.progress import Progress
    from desktop.memo.writing import Report

_OFTEN = 0.04  # seconds between two words on how far it is
_STOP = "stop"


def _write(pipe: Connection, memo: Memo, path: Path, profile: Profile) -> None:
    from desktop.memo.writing import write  # only here, in the other process

    told = 0.0

    def tell(done: int, total: int, what: str) -> None:
        nonlocal told
        if pipe.poll():
            raise Cancelled(STOPPED)
        if time.monotonic() - told > _OFTEN:
            told = time.monotonic()
            pipe.send((done, total, what))

    try:
        pipe.send(write(memo, path, profile, tell))
    except Exception as error:  # noqa: BLE001 - raised again in the window's process
        pipe.send(error)


def _await(pipe: Connection, progress: Progress | None) -> Report | Exception:
    """What the other process comes to. Raises `EOFError` where it dies without a word."""
    asked = False
    while isinstance(word := pipe.recv(), tuple):
        try:
            if progress and not asked:
                progress(*word)
        except Cancelled:
            asked = True
            with suppress(ConnectionError):  # it has come to its end meanwhile
                pipe.send(_STOP)
    return word


def write_apart(memo: Memo, path: Path, profile: Profile = DEFAULT, progress: Progress | None = None) -> Report:
    """`writing.write` in another process. Raises what it raises, and `KnownError` where that process was stopped from outside."""
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_write, args=(theirs, memo, path, profile), daemon=True)
    process.start()
    theirs.close()
    try:
        word = _await(ours, progress)
    except (EOFError, ConnectionError) as error:
        raise KnownError("导出被中断，没有写出文件，可能是内存不足；请关闭其他程序后再试。") from error
    finally:
        ours.close()
        process.join()
    if isinstance(word, Exception):
        raise word
    return word
