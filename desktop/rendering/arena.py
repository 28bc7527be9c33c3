"""The file that window and worker both map: pixels cross from one process to the other without being copied or sent.

The window owns it and says where the worker may write. Images differ in size by a factor of thirty (preview, sharp page, high
DPI), so room is given out as extents of the size asked for rather than as slots of one size. Pages may be confidential: the
file lies in memory where the system offers that, is readable by its owner only, and is removed by whichever side ends last.
"""

from __future__ import annotations

import mmap
import os
import shutil
import tempfile
import weakref
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from desktop.errors import StorageFull

CACHE_BYTES = 160 << 20  # of the images of one document
_ALIGN = 4096
_CHUNK = 1 << 20  # bytes that storage is reserved by
_SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 - a private folder is made inside it


@dataclass(frozen=True, slots=True)
class Extent:
    """A stretch of the arena, in bytes."""

    offset: int
    length: int


def _place(budget: int) -> str:
    """The folder for the arena: in memory when there is room to spare, else the system's temporary folder."""
    if _SHARED_MEMORY.is_dir() and os.access(_SHARED_MEMORY, os.W_OK) and shutil.disk_usage(_SHARED_MEMORY).free > 2 * budget:
        return str(_SHARED_MEMORY)
    return tempfile.gettempdir()


def _remove(path: Path) -> None:
    with suppress(OSError):  # the worker may have removed it first
        path.unlink()
        path.parent.rmdir()


class Arena:
    """A mapped file of `budget` bytes, given out first-fit from either end. Raises StorageFull when it cannot be made at all."""

    def __init__(self, budget: int) -> None:
        self.budget = budget
        self._backed: set[int] = set()  # chunks with storage behind them: writing elsewhere could kill the process
        try:
            self.path = Path(tempfile.mkdtemp(prefix="yaocan-", dir=_place(budget))) / "pages"
            with self.path.open("w+b") as file:
                os.truncate(file.fileno(), budget)
                self._map = mmap.mmap(file.fileno(), budget)
        except OSError as error:
            raise StorageFull("没有足够的空间显示页面，请清理磁盘后重新打开。") from error
        self._free = [Extent(0, budget)]
        self._removal = weakref.finalize(self, _remove, self.path)  # also when the program ends without `remove`

    def take(self, length: int, *, at_end: bool = False) -> Extent | None:
        """Room for `length` bytes, or None when no gap is long enough. What is small and stays goes `at_end`, out of the way."""
        length = -(-length // _ALIGN) * _ALIGN
        wide = [gap for gap in self._free if gap.length >= length]
        if not wide:
            return None
        gap = wide[-1 if at_end else 0]
        taken = Extent(gap.offset + (gap.length - length if at_end else 0), length)
        if not self._back(taken):
            return None
        rest = Extent(gap.offset if at_end else gap.offset + length, gap.length - length)
        at = self._free.index(gap)
        self._free[at : at + 1] = [rest] if rest.length else []
        return taken

    def give_back(self, extent: Extent) -> None:
        """Take an extent back and join it with the gaps beside it."""
        gaps = sorted([*self._free, extent], key=lambda gap: gap.offset)
        joined = gaps[:1]
        for gap in gaps[1:]:
            if joined[-1].offset + joined[-1].length == gap.offset:
                joined[-1] = Extent(joined[-1].offset, joined[-1].length + gap.length)
            else:
                joined.append(gap)
        self._free = joined

    def view(self, extent: Extent) -> memoryview:
        """The bytes of an extent, as they are now."""
        return memoryview(self._map)[extent.offset : extent.offset + extent.length]

    def remove(self) -> None:
        """Delete the file and its folder. Views that are still held stay readable."""
        self._removal()

    def _back(self, extent: Extent) -> bool:
        """Reserve storage for an extent, so that a full disk is an answer here and not a signal in the middle of a write."""
        last = -(-(extent.offset + extent.length) // _CHUNK)
        new = [chunk for chunk in range(extent.offset // _CHUNK, last) if chunk not in self._backed]
        if not new or not hasattr(os, "posix_fallocate"):
            return True
        try:
            with self.path.open("r+b") as file:
                for chunk in new:
                    start = chunk * _CHUNK
                    os.posix_fallocate(file.fileno(), start, min(_CHUNK, self.budget - start))
        except OSError:
            return False
        self._backed.update(new)
        return True
