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

from desktop.bulletin.model import Bulletin
from desktop.bulletin.pages import Pages
from desktop.readers.reused import ReusedReader

Begun = TypeVar("Begun")
Read = tuple[Bulletin, Pages]

_MOST: Final = 4  # reading processes


def workers() -> int:
    """How many files are read at a time."""
    return min(os.cpu_count() or 1, _MOST)


class ReadingAhead:
    """Reads and parses files on threads of its own, each with its own reading process."""

    def __init__(self, pool: ThreadPoolExecutor) -> None:
        self._pool = pool
        self._own = threading.local()
        self._readers: list[ReusedReader] = []

    def begin(self, path: Path) -> Future[Read]:
        """Read a file by and by; the result raises `UnreadableFile` as reading does."""
        return self._pool.submit(self._read, path)

    def _read(self, path: Path) -> Read:
        if not hasattr(self._own, "reader"):
            self._own.reader = ReusedReader()
            self._readers.append(self._own.reader)
        pages = self._own.reader.read(path)
        from desktop.bulletin.parsing import parse  # late: a file that is known already needs none of it

        return parse(pages), pages

    def close(self) -> None:
        """Give up what was begun and end the reading processes."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        for reader in self._readers:
            reader.close()
        self._pool.shutdown()
        for reader in self._readers:  # one that was in the middle may have started another process
            reader.close()


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
