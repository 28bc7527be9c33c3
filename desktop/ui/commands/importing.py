"""Files into the library from dialogs, drops and the samples, with progress, cancel and a plain report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Event

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox, QProgressDialog, QWidget

from desktop.archive.importing import ImportOutcome, import_paths
from desktop.paths import SAMPLES
from desktop.settings import Settings
from desktop.ui.commands.reading import ReadingCommands
from desktop.ui.desk.desk import Desk
from desktop.ui.jobs import Jobs

_WORDS = {"new": "新收入", "duplicate": "已在库中", "revision": "同期不同文件", "refused": "未收入"}


def report(outcomes: Sequence[ImportOutcome]) -> tuple[str, str]:
    """What an import did: one line of counts, and one line for each file that needs the reader's attention."""
    counts = {status: sum(outcome.status == status for outcome in outcomes) for status in _WORDS}
    head = (
        "，".join(f"{word} {counts[status]} 个" for status, word in _WORDS.items() if counts[status]) or "没有找到 PDF 或文本文件"
    )
    lines = [f"{outcome.path.name}：{outcome.reason}" for outcome in outcomes if outcome.status in ("refused", "revision")]
    lines += [
        f"{outcome.path.name}：待核 {len(outcome.doubts)} 处"
        for outcome in outcomes
        if outcome.status == "new" and outcome.doubts
    ]
    return head, "\n".join(lines)


class ImportCommands(QObject):
    """Imports off the window's thread; the first document that came in (or was there already) is opened."""

    imported = Signal()
    _progressed = Signal(int, int, str)

    def __init__(self, desk: Desk, reading: ReadingCommands, jobs: Jobs, settings: Settings, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._reading = reading
        self._jobs = jobs
        self._settings = settings
        self._window = window
        self._dialog: QProgressDialog | None = None
        self._progressed.connect(self._show_progress)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What this class does for the action table."""
        return {"file.open": self.choose_files, "file.import": self.choose_folder, "file.samples": self.open_samples}

    def choose_files(self) -> None:
        """Ask for files and open them."""
        chosen, _ = QFileDialog.getOpenFileNames(
            self._window, "打开文件", self._settings.last_folder, "要参文件 (*.pdf *.txt *.PDF *.TXT);;所有文件 (*)"
        )
        self.bring_in([Path(path) for path in chosen])

    def choose_folder(self) -> None:
        """Ask for a folder and import what is in it."""
        chosen = QFileDialog.getExistingDirectory(self._window, "导入文件夹", self._settings.last_folder)
        self.bring_in([Path(chosen)] if chosen else [])

    def open_samples(self) -> None:
        """Import the fictional sample issues."""
        self.bring_in(sorted(SAMPLES.glob("*.pdf")))

    def bring_in(self, paths: Sequence[Path]) -> None:
        """Import files and folders, then open the first and report."""
        if not paths:
            return
        self._settings.last_folder = str(paths[0] if paths[0].is_dir() else paths[0].parent)
        stop = Event()
        self._dialog = QProgressDialog("正在读取……", "取消", 0, 0, self._window)
        self._dialog.setWindowTitle("导入")
        self._dialog.setWindowModality(Qt.WindowModality.NonModal)
        self._dialog.setMinimumDuration(400)
        self._dialog.canceled.connect(stop.set)
        library = self._desk.library

        def work() -> list[ImportOutcome]:
            return import_paths(library, paths, progress=self._progressed.emit, cancelled=stop.is_set)

        self._jobs.run("background", work, self._done, self._failed)

    def _show_progress(self, done: int, total: int, name: str) -> None:
        if self._dialog:
            self._dialog.setMaximum(max(total, 1))
            self._dialog.setLabelText(f"正在读取第 {min(done + 1, total)} 个，共 {total} 个：{name}")
            self._dialog.setValue(done)

    def _close_dialog(self) -> None:
        if self._dialog:
            self._dialog.canceled.disconnect()
            self._dialog.close()
            self._dialog.deleteLater()
            self._dialog = None

    def _failed(self, error: Exception) -> None:
        self._close_dialog()
        self._desk.failed.emit(str(error))

    def _done(self, outcomes: list[ImportOutcome]) -> None:
        self._close_dialog()
        self.imported.emit()
        first = next((outcome.issue for outcome in outcomes if outcome.issue), None)
        if first:
            self._reading.open_issue(first.id)
        head, detail = report(outcomes)
        if len(outcomes) == 1 and outcomes[0].status == "duplicate":
            head = "这一期已在资料库中，已为您打开。"
        self._desk.said.emit(head)
        refused = [outcome for outcome in outcomes if outcome.status in ("refused", "revision")]
        if len(outcomes) == 1 and refused:
            self._desk.failed.emit(outcomes[0].reason)
        elif len(outcomes) > 1 or not outcomes:
            box = QMessageBox(QMessageBox.Icon.Information, "导入结果", head, QMessageBox.StandardButton.Ok, self._window)
            box.setInformativeText(detail[:600])
            box.setDetailedText(detail if len(detail) > 600 else "")
            box.open()
