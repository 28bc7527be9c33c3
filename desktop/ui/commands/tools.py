"""工具 and 帮助: self-check, backup and restore, the command palette, the shortcuts page, about."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QMessageBox

from desktop.archive import unlocking
from desktop.archive.unlocking import Secret
from desktop.errors import PassphraseNeeded
from desktop.ui.commands.passphrases import Reopen
from desktop.ui.desk.desk import Desk
from desktop.ui.jobs import Jobs
from desktop.ui.prerequisites import window_findings
from desktop.ui.window import MainWindow

if TYPE_CHECKING:
    from desktop.archive.checking import Finding

ABOUT = (
    "要参阅读\n\n打开、阅读、标注和检索《创新驱动要参》，并把摘录编成信息摘编。\n"
    "本程序不联网：不检查更新，不上传任何内容，所有资料只保存在本机的资料库文件夹。\n\n"
    "按 AGPL-3.0-or-later 许可发布。使用了 PySide6（LGPL-3.0）、PyMuPDF（AGPL-3.0）、peewee（MIT）、jieba（MIT）、"
    "python-docx（MIT）、lxml（BSD-3-Clause）。"
)


class ToolCommands(QObject):
    """The tools that look after the library and the program."""

    def __init__(self, desk: Desk, jobs: Jobs, window: MainWindow, reopen: Reopen, secrets: list[Secret]) -> None:
        super().__init__(window)
        self._desk = desk
        self._jobs = jobs
        self._window = window
        self._reopen = reopen
        self._secrets = secrets

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What this class does for the action table."""
        return {
            "edit.undo": self._desk.undo, "edit.redo": self._desk.redo, "file.reveal": self._reveal, "tool.check": self._check, "tool.doubts": self._doubts,
            "tool.backup": self._backup, "tool.restore": self._restore, "tool.palette": self._palette, "tool.keys": self._keys,
            "help.about": self._about,
        }  # fmt: skip

    def _reveal(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._desk.library.folder)))

    def _check(self) -> None:
        from desktop.archive import checking  # late: the first page needs none of it
        from desktop.ui.dialogs import FindingsDialog

        self._desk.said.emit("正在自检……")
        library = self._desk.library

        def show(findings: list[Finding]) -> None:
            self._desk.said.emit("自检完成。")
            FindingsDialog([*findings, *window_findings()], self._window).open()

        self._jobs.run("background", lambda: checking.check(library), show, lambda error: self._desk.failed.emit(str(error)))

    def _doubts(self) -> None:
        document = self._desk.document
        if document is None or not document.doubts:
            self._desk.said.emit("本期没有待核事项。" if document else "请先打开一期。")
            return
        head = f"{document.title}有 {len(document.doubts)} 处请对照原件核对："
        self._window.inform("待核事项", head, "\n".join(document.doubts))

    def _backup(self) -> None:
        name = f"要参阅读备份_{date.today():%Y%m%d}.ycbackup"  # noqa: DTZ011 - the reader's own calendar day
        chosen, _ = QFileDialog.getSaveFileName(self._window, "备份", str(Path.home() / name), "备份文件 (*.ycbackup)")
        if not chosen:
            return
        from desktop.archive import backups  # late: the first page needs none of it

        self._desk.said.emit("正在备份……")
        library = self._desk.library
        self._jobs.run(
            "background", lambda: backups.backup(library, Path(chosen)), lambda _none: self._window.inform("备份", f"已备份到 {Path(chosen).name}，并已核验。"),
            lambda error: self._desk.failed.emit(str(error)),
        )  # fmt: skip

    def _restore(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self._window, "恢复", str(Path.home()), "备份文件 (*.ycbackup);;所有文件 (*)")
        if not chosen:
            return
        question = "恢复后将使用备份里的资料库；现有资料库会原样保存在旁边，不会删除。是否继续？"
        if QMessageBox.question(self._window, "恢复", question) == QMessageBox.StandardButton.Yes:
            self._reopen(partial(self._put_back, self._desk.library.folder, Path(chosen)))

    def _put_back(self, folder: Path, file: Path) -> str:
        """Restore a backup; asks for the passphrases that it, or the present library, has and that are not known yet."""
        from desktop.archive import backups  # late: the first page needs none of it
        from desktop.ui.passphrase_dialogs import TRIES, ask, with_bar

        was_sealed = unlocking.is_sealed(folder)
        for tries in range(TRIES + 1):
            try:
                with_bar("正在恢复……", lambda _progress: backups.restore(folder, file, self._secrets))
                break
            except PassphraseNeeded as error:
                given = ask(str(error), lambda _secret: None) if tries < TRIES else None
                if given is None:
                    raise
                self._secrets.append(given)
        without = "这份备份没有口令，恢复后的资料库没有加密。" if was_sealed and not unlocking.is_sealed(folder) else ""
        return f"已恢复备份，原来的资料库保存在旁边的文件夹。{without}"

    def _palette(self) -> None:
        if self._window.keymap:
            from desktop.ui.dialogs import PaletteDialog  # late: the first page needs none of it

            PaletteDialog(self._window.keymap, self._window).show()

    def _keys(self) -> None:
        if self._window.keymap:
            from desktop.ui.dialogs import KeysDialog  # late: the first page needs none of it

            KeysDialog(self._window.keymap, self._window).open()

    def _about(self) -> None:
        self._window.inform("关于要参阅读", *ABOUT.split("\n\n", 1))
