"""Writing a memo in a process of its own: for the window, whose process must not load PyMuPDF nor stand still meanwhile."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.errors import KnownError
from desktop.memo.layout import DEFAULT, Profile
from desktop.memo.model import Memo

if TYPE_CHECKING:
    from desktop.memo.writing import Report


def _write(memo: Memo, path: Path, profile: Profile) -> Report:
    from desktop.memo.writing import write  # only here, in the other process

    return write(memo, path, profile)


def write_apart(memo: Memo, path: Path, profile: Profile = DEFAULT) -> Report:
    """`writing.write` in another process. Raises what it raises, and `KnownError` where that process was stopped."""
    try:
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            return pool.submit(_write, memo, path, profile).result()
    except BrokenProcessPool as error:
        raise KnownError("导出被中断，没有写出文件，可能是内存不足；请关闭其他程序后再试。") from error
