"""Taking an issue out of the library: its rows in one step of undo, its originals when the steps of undo are ended.

Until then the originals stay on the shelf, or undoing would bring back an issue without its file. Emptying the trash drops them, and
so does importing the issue again. Nothing else on the shelf is ever dropped: a library put back from an older copy may not know it.
"""

from __future__ import annotations

from db import issues as issue_store
from db import removals
from db.records import IssueRecord
from db.removals import Attached
from desktop.archive.library import Library
from desktop.errors import WrongUsage


def attached(library: Library, issue: IssueRecord) -> Attached:
    """What would go along with an issue. Raises `WrongUsage` where memos quote it."""
    _require_unquoted(removals.memos_with(library.database, issue.id))
    return removals.attached(library.database, issue.id)


def told(what: Attached) -> str:
    """What goes along, in words: "3 条划线（其中 1 条有批注）、2 个领域标注"; "" for nothing."""
    notes = f"（其中 {what.notes} 条有批注）" if what.notes else ""
    parts = (
        (what.marks, f"{what.marks} 条划线{notes}"),
        (what.tags, f"{what.tags} 个领域标注"),
        (what.corrections, f"{what.corrections} 处更正"),
    )
    return "、".join(words for count, words in parts if count)


def remove(library: Library, issue: IssueRecord, initiator: object | None = None) -> None:
    """Remove an issue with all that refers to it. Raises `WrongUsage` where memos quote it."""
    with library.database.operation(f"移除《{issue.title}》", initiator=initiator) as operation:
        _require_unquoted(removals.memos_with(operation, issue.id))
        removals.remove(operation, issue.id)


def drop_originals(library: Library, held: frozenset[str]) -> None:
    """Drop these originals (`removals.held_files`), whose steps of undo are gone, but for those of issues that are there.

    Within an operation, though it writes no row: an import gives a copy its name within one, so none is under way meanwhile.
    """
    if not held:
        return
    with library.database.operation("清理已移除的原件", undoable=False):
        for name in held - {f"{file.sha256}.{file.extension}" for file in issue_store.files(library.database)}:
            library.shelf.drop(name)


def _require_unquoted(memos: list[str]) -> None:
    if memos:
        raise WrongUsage(f"这一期有条目已收入摘编，不能移除。请先从摘编{'、'.join(f'“{name}”' for name in memos)}中移出。")
