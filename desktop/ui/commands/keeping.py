"""What keeps marks from being lost: reading again after an upgrade, and the trash."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMessageBox

from desktop.archive import trash
from desktop.ui.commands.reading import ReadingCommands
from desktop.ui.desk.desk import Desk
from desktop.ui.jobs import Jobs
from desktop.ui.window import MainWindow

if TYPE_CHECKING:
    from db.records import IssueRecord
    from desktop.archive.library import Library
    from desktop.archive.rereading import Report

_MOST = 12  # lost marks that the report names


class KeepingCommands(QObject):
    """The trash, and the check of all anchors when a later program reads the files differently."""

    def __init__(self, desk: Desk, jobs: Jobs, reading: ReadingCommands, window: MainWindow, closing: Event) -> None:
        super().__init__(window)
        self._desk = desk
        self._jobs = jobs
        self._reading = reading
        self._window = window
        self._closing = closing

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What this class does for the action table."""
        return {"mark.trash": self.open_trash}

    def read_again(self) -> None:
        """Read outdated issues again in the background; says nothing when there are none."""
        library = self._desk.library
        self._jobs.run("background", lambda: _outdated(library), self._begin, lambda error: self._desk.failed.emit(str(error)))

    def _begin(self, outdated: list[IssueRecord]) -> None:
        if not outdated:
            return
        from desktop.archive import rereading

        library, closing = self._desk.library, self._closing
        self._desk.said.emit("程序已更新，正在后台重新核对正文和标注……")
        self._jobs.run(
            "background", lambda: rereading.read_again(library, cancelled=closing.is_set), self._report,
            lambda error: self._desk.failed.emit(str(error)),
        )  # fmt: skip

    def _report(self, report: Report) -> None:
        document = self._desk.document
        if document and document.issue in {issue.id for issue in report.changed}:
            self._reading.open_issue(document.issue)
        self._desk.said.emit(report.sentence)
        if report.lost or report.failed:
            lines = [
                f"失锚：{mark.quote[:40]}" + (f"　批注：{mark.note[:40]}" if mark.note else "") for mark in report.lost[:_MOST]
            ]
            lines += [f"其余 {len(report.lost) - _MOST} 处见标注列表。"] if len(report.lost) > _MOST else []
            self._window.inform("重新核对标注", report.sentence, "\n".join([*lines, *report.failed[:_MOST]]))

    def open_trash(self) -> None:
        """Show what was deleted."""
        from desktop.ui.exchange_dialogs import TrashDialog  # late: the first page needs none of it

        library = self._desk.library
        TrashDialog(
            lambda: trash.contents(library), lambda uid: self._desk.attempt(lambda: trash.put_back(library, uid)), self._empty, self._window
        ).open()  # fmt: skip

    def _empty(self) -> None:
        question = "清空后，回收站里的划线和批注、已移除各期的原件不能再恢复，撤销记录也一并清除。是否继续？"
        if QMessageBox.question(self._window, "清空回收站", question) == QMessageBox.StandardButton.Yes:
            self._desk.attempt(lambda: trash.empty(self._desk.library))


def _outdated(library: Library) -> list[IssueRecord]:
    from desktop.archive import rereading  # late and off the window's thread: it brings the whole of parsing

    return rereading.outdated(library)
