"""Files into the library from dialogs, drops and the samples, with progress, cancel and a plain report."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from threading import Event

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QProgressDialog, QWidget

from desktop.archive import import_report
from desktop.archive.importing import ImportOutcome, import_paths
from desktop.archive.library import Library
from desktop.archive.numbering import Gap
from desktop.paths import SAMPLES
from desktop.settings import Settings, export_target
from desktop.ui.commands.import_dialog import ImportReportDialog
from desktop.ui.commands.passwords import PasswordCommands
from desktop.ui.commands.reading import ReadingCommands
from desktop.ui.desk.desk import Desk
from desktop.ui.jobs import Jobs

_ESTIMATED = 5.0  # seconds after which a rate means something


def pace(done: int, total: int, seconds: float) -> str:
    """How fast files come in and how long the rest will take, in words; "" while that cannot be said."""
    if not done or seconds < _ESTIMATED or done >= total:
        return ""
    left = (total - done) * seconds / done
    minutes = round(left / 60)
    rest = f"约剩 {minutes // 60} 小时 {minutes % 60} 分" if minutes >= 60 else f"约剩 {minutes} 分钟"
    return f"每秒 {done / seconds:.1f} 个，{rest if minutes else '约剩不到 1 分钟'}"


class ImportRun(QObject):
    """One import under way, with its progress shown and its cancel button."""

    _progressed = Signal(int, int, str)

    def __init__(self, window: QWidget, closing: Event, passwords: PasswordCommands) -> None:
        super().__init__(window)
        self.total = 0
        self._stop, self._closing = Event(), closing
        self._passwords = passwords
        self._begun = time.monotonic()
        self._dialog = QProgressDialog("正在查找文件……", "取消", 0, 0, window)
        self._dialog.setWindowTitle("导入")
        self._dialog.setWindowModality(Qt.WindowModality.NonModal)
        self._dialog.setMinimumWidth(420)
        self._dialog.setMinimumDuration(400)
        self._dialog.setAutoReset(False)
        self._dialog.canceled.connect(self._stop.set)
        self._progressed.connect(self._show)

    def work(self, library: Library, paths: Sequence[Path]) -> list[ImportOutcome]:
        """The import itself, on a thread of the pool."""
        ask = partial(self._passwords.ask, cancelled=self._stop)
        return import_paths(library, paths, progress=self._progressed.emit, cancelled=self._is_over, ask=ask)

    def _is_over(self) -> bool:
        """Cancelled, or the window is being closed: what came in stays, and the same import goes on from there."""
        return self._stop.is_set() or self._closing.is_set()

    def close(self) -> None:
        """Take the progress away."""
        self._progressed.disconnect(self._show)
        self._dialog.canceled.disconnect()
        self._dialog.close()
        self._dialog.deleteLater()
        self.deleteLater()

    def _show(self, done: int, total: int, name: str) -> None:
        self.total = total
        words = pace(done, total, time.monotonic() - self._begun)
        self._dialog.setMaximum(max(total, 1))
        self._dialog.setLabelText(
            f"正在读取第 {min(done + 1, total)} 个，共 {total} 个：{name}" + (f"\n{words}" if words else "")
        )
        self._dialog.setValue(done)


class ImportCommands(QObject):
    """Imports off the window's thread; the first document that came in (or was there already) is opened."""

    imported = Signal()  # an import has come to its end, whatever became of the files
    revised = Signal(int)  # an issue that one further file came for

    def __init__(
        self,
        desk: Desk,
        reading: ReadingCommands,
        jobs: Jobs,
        settings: Settings,
        window: QWidget,
        closing: Event,
        passwords: PasswordCommands,
    ) -> None:
        super().__init__(window)
        self._passwords = passwords
        self._desk = desk
        self._reading = reading
        self._jobs = jobs
        self._settings = settings
        self._window = window
        self._closing = closing

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
        """Import files and folders, then open the first and report. One import waits for another."""
        if not paths:
            return
        self._settings.last_folder = str(paths[0] if paths[0].is_dir() else paths[0].parent)
        run, library = ImportRun(self._window, self._closing, self._passwords), self._desk.library

        def done(outcomes: list[ImportOutcome]) -> None:
            left = max(run.total - len(outcomes), 0)
            run.close()
            self._done(outcomes, left)

        def failed(error: Exception) -> None:
            run.close()
            self._desk.failed.emit(str(error))
            self.imported.emit()

        self._jobs.run("background", lambda: run.work(library, paths), done, failed)

    def _done(self, outcomes: list[ImportOutcome], left: int) -> None:
        first = next((outcome.issue for outcome in outcomes if outcome.issue), None)
        if first:
            self._reading.open_issue(first.id)
        self.imported.emit()
        head = import_report.summary(outcomes, left)
        alone = outcomes[0] if len(outcomes) == 1 and not left else None
        if alone and alone.status == "duplicate":
            head = "这一期已在资料库中，已为您打开。"
        self._desk.said.emit(head)
        if alone and alone.status == "refused":
            self._desk.failed.emit(alone.reason)
        elif alone and alone.issue and alone.status == "revision":
            self._desk.said.emit(alone.reason)
            self.revised.emit(alone.issue.id)
        elif not alone:
            if any(outcome.status == "revision" for outcome in outcomes):
                head += "\n同期不同文件改了什么、划线在何处，见各期的“文件 › 修订对照”。"
            missing = import_report.gaps(self._desk.library, outcomes)
            rows = [*import_report.remarkable(outcomes), *import_report.gap_rows(missing)]
            dialog = ImportReportDialog(head, rows, self._window)
            dialog.save_requested.connect(lambda: self._save(outcomes, missing))
            dialog.show()

    def _save(self, outcomes: list[ImportOutcome], missing: Sequence[Gap]) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self._window, "保存导入报告", export_target(self._settings, "导入报告.csv"), "表格 (*.csv)"
        )
        if chosen and self._desk.attempt(lambda: import_report.write(outcomes, Path(chosen), missing)):
            self._desk.said.emit(f"已保存导入报告：{Path(chosen).name}")
