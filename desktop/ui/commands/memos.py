"""摘编: the basket and its export."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from desktop.archive import catalogue, composing
from desktop.memo.model import Memo
from desktop.settings import Settings
from desktop.ui.commands.marking import MarkingCommands
from desktop.ui.commands.reading import ReadingCommands
from desktop.ui.desk.desk import Desk
from desktop.ui.desk.viewing import issue_title
from desktop.ui.jobs import Jobs
from desktop.ui.mark_bar import MarkBar
from desktop.ui.memo_panel import MemoPanel
from desktop.ui.values import EntryView

if TYPE_CHECKING:
    from desktop.memo.writing import Report

_KINDS = {".docx": "Word 文档 (*.docx)", ".pdf": "PDF (*.pdf)", ".md": "Markdown (*.md)", ".txt": "纯文本 (*.txt)"}


class MemoCommands(QObject):
    """Adds to the basket what the reader has at hand, shows it, and writes the memo."""

    def __init__(
        self,
        desk: Desk,
        panel: MemoPanel,
        bar: MarkBar,
        reading: ReadingCommands,
        marking: MarkingCommands,
        jobs: Jobs,
        settings: Settings,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._desk = desk
        self._panel = panel
        self._reading = reading
        self._marking = marking
        self._jobs = jobs
        self._settings = settings
        self._window = window
        bar.memo_requested.connect(self.add)
        panel.moved.connect(lambda uid, position: desk.attempt(lambda: composing.move(desk.library, uid, position)))
        panel.removed.connect(lambda uid: desk.attempt(lambda: composing.remove(desk.library, uid)))
        panel.options_changed.connect(self._set_options)
        panel.export_requested.connect(self.export)
        panel.entry_chosen.connect(self._go_to)
        desk.memo_changed.connect(self.show_basket)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What this class does for the action table."""
        exports: dict[str, Callable[[], object]] = {f"memo.{suffix[1:]}": partial(self.export, suffix) for suffix in _KINDS}
        return {"memo.add": self.add, **exports}

    def add(self) -> None:
        """Put the chosen mark, the selection, the current point or the current item into the basket."""
        desk = self._desk
        mark, item = self._marking.mark_selection(), desk.item()
        if not (mark or item):
            desk.said.emit("请先打开一期，选中要摘编的内容。")
            return

        def work() -> None:
            memo = composing.current(desk.library).uid
            if mark:
                composing.add(desk.library, memo, mark.item, mark=mark.uid)
            elif item:
                composing.add(desk.library, memo, item.id, point=desk.point)
            desk.said.emit("已加入摘编篮。")

        desk.attempt(work)

    def show_basket(self) -> None:
        """Fill the panel from the current memo project."""
        library = self._desk.library
        memo = composing.current(library)
        entries = []
        for entry in composing.entries(library, memo.uid):
            excerpt = composing.entry_excerpt(library, entry)
            source = issue_title(catalogue.issue(library, catalogue.item(library, entry.item).issue))
            entries.append(EntryView(entry.uid, excerpt.title, source, "\n".join(excerpt.paragraphs), excerpt.partial))
        self._panel.set_entries(tuple(entries))
        self._panel.set_options(composing.options(library, memo.uid))

    def _set_options(self, options: dict[str, str]) -> None:
        library = self._desk.library
        self._desk.attempt(lambda: composing.set_options(library, composing.current(library).uid, **options))
        self._settings.unit = options.get("unit", self._settings.unit)

    def _memo(self) -> Memo:
        library = self._desk.library
        return composing.compose(library, composing.Choice(memo=composing.current(library).uid, unit=self._settings.unit))

    def export(self, suffix: str) -> None:
        """Write the basket as a memo where the reader says, and say what the self-check found."""
        made: list[Memo] = []
        if not self._desk.attempt(lambda: made.append(self._memo())):
            return
        start = Path(self._settings.last_folder or Path.home()) / (composing.file_name(made[0], suffix))
        chosen, _ = QFileDialog.getSaveFileName(self._window, "导出摘编", str(start), _KINDS[suffix])
        if not chosen:
            return
        path = Path(chosen) if Path(chosen).suffix.lower() == suffix else Path(chosen + suffix)
        self._settings.last_folder = str(path.parent)
        self._desk.said.emit("正在导出……")
        library = self._desk.library
        self._jobs.run(
            "background",
            lambda: composing.export(library, made[0], path, apart=True),
            partial(self._exported, made[0], path),
            lambda e: self._desk.failed.emit(str(e)),
        )

    def _exported(self, memo: Memo, path: Path, report: Report) -> None:
        failed = [finding.message for finding in report.findings if not finding.ok]
        if report.missing_fonts:
            failed.append(
                f"本机没有这些字体，打开时会由其他字体代替：{'、'.join(report.missing_fonts)}。文件里写的仍是规定的字体。"
            )
        self._desk.said.emit(f"已导出 {path.name}，共 {len(memo.excerpts)} 条。")
        box = QMessageBox(
            QMessageBox.Icon.Warning if failed else QMessageBox.Icon.Information,
            "导出摘编",
            f"已写出 {path.name}，共 {len(memo.excerpts)} 条。",
            parent=self._window,
        )
        box.setInformativeText(
            "自检发现：\n" + "\n".join(failed) if failed else "格式与逐字核对均已通过自检。" if path.suffix == ".docx" else ""
        )
        folder = box.addButton("打开所在文件夹", QMessageBox.ButtonRole.ActionRole)
        box.addButton("关闭", QMessageBox.ButtonRole.RejectRole)
        folder.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent))))
        box.open()

    def _go_to(self, uid: str) -> None:
        library = self._desk.library
        entry = next((one for one in composing.entries(library, composing.current(library).uid) if one.uid == uid), None)
        if entry:
            self._reading.go_to(catalogue.item(library, entry.item).issue, entry.item, composing.entry_start(library, entry))
