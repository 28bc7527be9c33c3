"""从资料库移除…: asks with what goes along, removes the issue in one step of undo, and closes its tab."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMessageBox

from desktop.archive import catalogue, removing
from desktop.ui.desk.desk import Desk
from desktop.ui.desk.viewing import issue_title
from desktop.ui.document_pane import DocumentPane
from desktop.ui.window import MainWindow


class RemovingCommands(QObject):
    """Removes the issue shown, or one of the library list."""

    removed = Signal()

    def __init__(self, desk: Desk, pane: DocumentPane, window: MainWindow) -> None:
        super().__init__(window)
        self._desk, self._pane, self._window = desk, pane, window

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What this class does for the action table."""
        return {"file.remove": self._ask_current}

    def _ask_current(self) -> None:
        if self._desk.document is None:
            self._desk.said.emit("请先打开一期。")
        else:
            self.ask(self._desk.document.issue)

    def ask(self, issue: int) -> None:
        """Ask whether an issue is to be removed; where memos quote it, say so instead."""
        self._desk.attempt(lambda: self._ask(issue))

    def _ask(self, issue: int) -> None:
        record = catalogue.issue(self._desk.library, issue)
        along = removing.told(removing.attached(self._desk.library, record))
        box = QMessageBox(
            QMessageBox.Icon.Question, "从资料库移除", f"要从资料库移除{issue_title(record)}吗？", parent=self._window
        )
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        said = f"连同 {along}一并移除。" if along else "其中没有标注。"
        box.setInformativeText(f"{said}移除后可以撤销，来源文件不受影响。")
        remove = box.addButton("移除", QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(box.addButton("取消", QMessageBox.ButtonRole.RejectRole))
        remove.clicked.connect(lambda: self._desk.attempt(lambda: self._remove(issue)))
        box.open()

    def _remove(self, issue: int) -> None:
        self._pane.close_issue(issue)  # first, for a note that is still being written is saved by it
        record = catalogue.issue(self._desk.library, issue)
        removing.remove(self._desk.library, record)
        self._desk.said.emit(f"已从资料库移除{issue_title(record)}，可以撤销。")
        self.removed.emit()
