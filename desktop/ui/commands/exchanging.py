"""交换: packages, annotated PDFs, the ledger and Web Annotations, out and in, off the window's thread.

The formats are imported by the functions that need them: together they would be a tenth of the program's start.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from desktop.archive import catalogue
from desktop.settings import Settings, export_target
from desktop.ui.commands.passwords import PasswordCommands
from desktop.ui.desk.desk import Desk
from desktop.ui.jobs import Jobs
from desktop.ui.window import MainWindow

if TYPE_CHECKING:
    from desktop.archive.exchanging import Package
    from desktop.archive.merging import Merge
    from desktop.archive.shared_form import Shared
    from desktop.ui.exchange_dialogs import ShareDialog

_MOST = 20  # annotations without a place that are named
_PACKAGES = "标注包 (*.ycx)"
_TABLES = "Excel 工作簿 (*.xlsx);;CSV 表格 (*.csv)"


def grouped(checksum: str) -> str:
    """A checksum as it is read out: in groups of four."""
    return " ".join(checksum[at : at + 4] for at in range(0, len(checksum), 4))


class ExchangeCommands(QObject):
    """What is handed over to others, and what comes from them."""

    def __init__(self, desk: Desk, jobs: Jobs, settings: Settings, window: MainWindow, passwords: PasswordCommands) -> None:
        super().__init__(window)
        self._desk = desk
        self._jobs = jobs
        self._settings = settings
        self._window = window
        self._passwords = passwords

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What this class does for the action table."""
        return {
            "share.package": self._share, "share.open_package": self._open_package, "share.pdf": self._pdf, "share.open_pdf": self._open_pdf,
            "share.ledger": self._ledger, "share.web": self._web, "share.open_web": self._open_web,
        }  # fmt: skip

    # --- out

    def _share(self) -> None:
        from desktop.ui.exchange_dialogs import ShareDialog

        document = self._desk.document
        dialog = ShareDialog(self._settings.author, document.title if document else "", self._window)
        dialog.accepted.connect(partial(self._share_as_chosen, dialog))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _share_as_chosen(self, dialog: ShareDialog) -> None:
        from desktop.archive import exchanging

        author, only_this, with_files = dialog.choice()
        path = self._target(f"标注包_{_today()}.ycx", _PACKAGES)
        if path is None:
            return
        self._settings.author = author
        library, document = self._desk.library, self._desk.document
        issues = [catalogue.issue(library, document.issue)] if only_this and document else None

        def told(package: Package) -> str:
            said = f"已导出 {len(package.shared.issues)} 期、{_counted(package.shared)}。校验码 {grouped(package.checksum)}，可与对方核对。"
            self._window.inform("导出标注包", said)  # the status line does not stay until it was read out over the telephone
            return said

        self._run(lambda: exchanging.export(library, path, issues=issues, author=author, with_files=with_files), told)

    def _pdf(self) -> None:
        from desktop.archive import annotating

        library, document = self._desk.library, self._desk.document
        if document is None:
            self._desk.said.emit("请先打开一期。")
            return
        path = self._target(f"{document.title}_带标注.pdf", "PDF (*.pdf)")
        if path:
            told = "已导出带标注的 PDF，共 {} 处，原件没有改动。".format
            self._run(lambda: annotating.export(library, document.issue, path, self._passwords.ask), told)

    def _ledger(self) -> None:
        from desktop.archive import ledger

        library, path = self._desk.library, self._target(f"要参台账_{_today()}.xlsx", _TABLES)
        if path:
            self._run(lambda: ledger.export(library, path), "台账已导出，共 {} 行。".format)

    def _web(self) -> None:
        from desktop.archive import webannotations

        library, path = self._desk.library, self._target(f"标注_{_today()}.json", "网页标注 (*.json)")
        if path:
            self._run(lambda: webannotations.export(library, path), "已导出划线 {} 处。".format)

    # --- in

    def _open_package(self) -> None:
        from desktop.archive import exchanging

        path = self._source("导入标注包", _PACKAGES)
        if path is None:
            return
        library = self._desk.library

        def look() -> tuple[Package, Merge]:
            package = exchanging.open_package(path)
            return package, exchanging.preview(library, package)

        self._jobs.run("background", look, self._show_preview, self._failed)

    def _show_preview(self, found: tuple[Package, Merge]) -> None:
        from desktop.archive import exchanging
        from desktop.ui.exchange_dialogs import MergeDialog

        package, merge = found
        who = package.shared.author or "未署名"
        head = (
            f"{package.file.name}：来自{who}，{package.shared.made_at[:10]}，{len(package.shared.issues)} 期、{_counted(package.shared)}。"
            f"校验码 {grouped(package.checksum)}。合并可以用“撤销”一步退回。"
        )
        has_files = len(package.parts) > 1
        dialog = MergeDialog(head + ("包内附有原件，缺少的期会先收入资料库。" if has_files else ""), merge, self._window)
        library = self._desk.library
        dialog.accepted.connect(lambda: self._run(lambda: exchanging.bring_in(library, package, ask=self._passwords.ask), _told))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _open_pdf(self) -> None:
        from desktop.archive import annotating

        path, library = self._source("导入 PDF 中的标注", "PDF (*.pdf *.PDF)"), self._desk.library
        if path:
            self._run(lambda: annotating.bring_in(library, path, ask=self._passwords.ask), _told)

    def _open_web(self) -> None:
        from desktop.archive import webannotations

        path, library = self._source("导入网页标注", "网页标注 (*.json *.jsonld)"), self._desk.library
        document = self._desk.document
        if path:
            issue = catalogue.issue(library, document.issue) if document else None
            self._run(lambda: webannotations.bring_in(library, path, issue=issue), self._told_of_annotations)

    def _told_of_annotations(self, merge: Merge) -> str:
        """Also lists, beside the text, what could not be placed."""
        if merge.unlocated:
            lines = [f"未定位：{words[:60]}" for words in merge.unlocated[:_MOST]]
            lines += [f"其余 {len(merge.unlocated) - _MOST} 处从略。"] if len(merge.unlocated) > _MOST else []
            head = "这些标注没有说明在哪一期，或在正文中找不到唯一的位置，没有放入。"
            self._window.inform("导入网页标注", _told(merge), "\n".join([head, *lines]))
        return _told(merge)

    # --- shared

    def _target(self, name: str, kinds: str) -> Path | None:
        chosen, kind = QFileDialog.getSaveFileName(self._window, "导出", export_target(self._settings, name), kinds)
        if not chosen:
            return None
        path = Path(chosen)
        if not path.suffix:
            path = path.with_suffix(kind.rsplit("*", 1)[-1].rstrip(")") if "*" in kind else Path(name).suffix)
        return path

    def _source(self, title: str, kinds: str) -> Path | None:
        chosen, _ = QFileDialog.getOpenFileName(self._window, title, str(self._folder()), kinds + ";;所有文件 (*)")
        return Path(chosen) if chosen else None

    def _folder(self) -> Path:
        last = Path(self._settings.last_folder) if self._settings.last_folder else Path.home()
        return last if last.is_dir() else Path.home()

    def _run(self, work: Callable[[], Any], told: Callable[[Any], str]) -> None:
        self._desk.said.emit("正在处理……")
        self._jobs.run("background", work, lambda result: self._desk.said.emit(told(result)), self._failed)

    def _failed(self, error: Exception) -> None:
        self._desk.failed.emit(str(error))


def _counted(shared: Shared) -> str:
    corrections = f"、更正 {shared.correction_count} 处" if shared.correction_count else ""
    return f"划线 {shared.mark_count} 处、批注 {shared.note_count} 处{corrections}"


def _told(merge: Merge) -> str:
    from desktop.archive.merging import summary

    return "；".join(summary(merge)) + "。" if summary(merge) else "没有新的内容。"


def _today() -> str:
    return f"{date.today():%Y%m%d}"  # noqa: DTZ011 - the reader's own calendar day
