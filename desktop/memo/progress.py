"""How far the writing of a memo is: told excerpt by excerpt, page by page, assertion by assertion."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.memo.outline import Block

# How many are done, of how many, and of what; raises `Cancelled` where the reader wants no more.
Progress = Callable[[int, int, str], None]

STOPPED = "已取消导出，没有写出文件。"
SET, DRAWN, CHECKED = "条摘录已排版", "页已写出", "项已核对"


def watched(parts: Iterable[Block], total: int, progress: Progress | None) -> Iterator[Block]:
    """The blocks as they are; at each new excerpt it is told how many of `total` lie behind."""
    last = None
    for block in parts:
        if progress and block.excerpt is not None and block.excerpt != last:
            last = block.excerpt
            progress(last, total, SET)
        yield block
