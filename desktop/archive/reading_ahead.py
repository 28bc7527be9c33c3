"""Reading files while the ones before them are being stored: several at a time, handed out in their order.

Only a few are held at once, so that a folder of twenty thousand takes no more memory than one of ten.
"""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TypeVar

from desktop.archive.papers import Paper, paper_from_wire
from desktop.bulletin.pages import Pages
from desktop.readers.reading import is_pdf, read
from desktop.readers.reused import ReusedReader, read_alone

Begun = TypeVar("Begun")

_MOST: Final = 4  # reading processes
_PROGRAM: Final = "desktop.archive.paper_child"


def workers() -> int:
    """How many files are read at a time."""
    return min(os.cpu_count() or 1, _MOST)


class ReadingAhead:
    """Has files read on threads of its own, each with its own reading process, which also parses what it read."""

    def __init__(self, pool: ThreadPoolExecutor) -> None:
        self._pool = pool
        self._own = threading.local()
        self._readers: list[ReusedReader] = []

    def begin(self, path: Path) -> Future[Paper]:
        """Read a file by and by; the result raises `UnreadableFile` as reading does."""
        return self._pool.submit(self._read, path)

    def _read(self, path: Path) -> Paper:
        """By the reading process; plain text, and a PDF that took the process down, are parsed here."""
        if not is_pdf(path):
            return parsed(read(path), path)
        reply = self._reader().reply(path)
        return parsed(read_alone(path), path) if reply is None else paper_from_wire(reply["paper"])

    def _reader(self) -> ReusedReader:
        if not hasattr(self._own, "reader"):
            self._own.reader = ReusedReader(_PROGRAM)
            self._readers.append(self._own.reader)
        reader: ReusedReader = self._own.reader
        return reader

    def close(self) -> None:
        """Give up what was begun and end the reading processes."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        for reader in self._readers:
            reader.close()
        self._pool.shutdown()
        for reader in self._readers:  # one that was in the middle may have started another process
            reader.close()


def parsed(pages: Pages, path: Path) -> Paper:
    """The rows of pages that were read in this process."""
    from desktop.archive.entries import paper  # late: a file that is known already, or was read elsewhere, needs none of it
    from desktop.bulletin.parsing import parse

    return paper(parse(pages), pages, path)


@contextmanager
def reading_ahead(files: int) -> Iterator[ReadingAhead]:
    """Within, up to `files` files can be read ahead."""
    ahead = ReadingAhead(ThreadPoolExecutor(max(1, min(workers(), files)), thread_name_prefix="reading"))
    try:
        yield ahead
    finally:
        ahead.close()


def in_order(paths: Iterable[Path], begin: Callable[[Path], Begun]) -> Iterator[tuple[Path, Begun]]:
    """Each path with what `begin` returned for it; a few are begun before they are asked for."""
    begun: deque[tuple[Path, Begun]] = deque()
    for path in paths:
        begun.append((path, begin(path)))
        if len(begun) > 2 * workers():
            yield begun.popleft()
    yield from begun
