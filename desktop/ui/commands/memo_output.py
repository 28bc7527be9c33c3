"""摘编 as it will be: preview, settings of memo and page, export, clipboard, and the log of exports."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QInputDialog, QMessageBox

from desktop.archive import composing
from desktop.errors import Cancelled, KnownError
from desktop.memo import kinds
from desktop.memo.kinds import Kind
from desktop.memo.layout import DEFAULT, Profile
from desktop.memo.model import Memo
from desktop.memo.profiles import profile_of
from desktop.settings import Settings, export_target
from desktop.ui.clock import local_time
from desktop.ui.commands.export_run import ExportRun
from desktop.ui.commands.memos import MemoCommands
from desktop.ui.desk.desk import Desk
from desktop.ui.jobs import Jobs, Latest
from desktop.ui.memo_panel import MemoPanel
from desktop.ui.memo_panel.settings import MemoSettings, PageSettings
from desktop.ui.memo_preview import MemoPreview
from desktop.ui.memo_preview.faces import ScreenFaces
from desktop.ui.window import MainWindow

if TYPE_CHECKING:
    from desktop.memo.setting import SetPage
    from desktop.memo.writing import Report

_SUFFIXES = {".docx": "Word 文档 (*.docx)", ".pdf": "PDF (*.pdf)", ".md": "Markdown (*.md)", ".txt": "纯文本 (*.txt)"}
_MANY = 150  # excerpts from which on the pages are set in the background
_LOGGED = 30


class MemoOutput(QObject):
    """Shows the open memo as pages and writes it out."""

    def __init__(
        self, desk: Desk, panel: MemoPanel, preview: MemoPreview, memos: MemoCommands, jobs: Jobs, settings: Settings, window: MainWindow,
        own_kinds: Path | None,
    ) -> None:  # fmt: skip
        super().__init__(window)
        self._desk, self._panel, self._preview, self._memos = desk, panel, preview, memos
        self._jobs, self._settings, self._window = jobs, settings, window
        self._latest, self._addresses = Latest(), tuple[str, ...]()
        self._faces: ScreenFaces | None = None
        self._own_kinds = own_kinds
        self._kinds = self._load_kinds()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self.update)
        panel.set_kinds([(kind.name, kind.purpose) for kind in self._kinds])
        panel.export_requested.connect(self.export)
        panel.settings_requested.connect(self.show_settings)
        panel.preview_requested.connect(self.toggle)
        preview.closed.connect(lambda: window.reveal_preview(False))
        preview.excerpt_clicked.connect(self._clicked)
        memos.opened.connect(self._soon.start)
        desk.document_changed.connect(lambda _document: window.reveal_preview(False))

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What this class does for the action table."""
        exports: dict[str, Callable[[], object]] = {f"memo.{suffix[1:]}": partial(self.export, suffix) for suffix in _SUFFIXES}
        return {
            **exports, "memo.preview": self.toggle, "memo.settings": self.show_settings, "memo.page": self.show_page_settings,
            "memo.copy": self.copy, "memo.log": self.show_log, "memo.kind": self.copy_kind,
        }  # fmt: skip

    def _read_kinds(self) -> None:
        """Read the kinds again: the unit's own may have been changed in their files."""
        self._kinds = self._load_kinds()
        self._panel.set_kinds([(kind.name, kind.purpose) for kind in self._kinds])
        self._panel.set_options(composing.options(self._desk.library, self._memos.current()))

    def copy_kind(self) -> None:
        """Ask for a name, write the memo's kind into a file of the unit's own, and show its folder."""
        used = composing.options(self._desk.library, self._memos.current()).get("kind") or self._kinds[0].name
        dialog = QInputDialog(self._window)
        dialog.setWindowTitle("复制为我的文种")
        dialog.setLabelText(f"照“{used}”新建一个文种，名称：")
        dialog.setTextValue(f"{used}（本单位）")
        dialog.setOkButtonText("确定")
        dialog.setCancelButtonText("取消")
        dialog.textValueSelected.connect(lambda name: self._desk.attempt(lambda: self._copy_kind(used, name)))
        dialog.open()

    def _copy_kind(self, used: str, name: str) -> None:
        if self._own_kinds is None:
            return
        file = kinds.copied(used, name, self._own_kinds)
        self._read_kinds()
        self._desk.said.emit(f"已写出 {file.name}，文件里有各项说明；改好保存后，再打开“摘编设置”即生效。")
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(file.parent)))

    def _load_kinds(self) -> tuple[Kind, ...]:
        try:
            return kinds.load(self._own_kinds)
        except KnownError as error:
            QTimer.singleShot(0, partial(self._desk.failed.emit, str(error)))
            return kinds.load()

    def profile(self) -> Profile:
        """The unit's page settings; the standard where they cannot be used."""
        try:
            return profile_of(self._settings.memo_profile)
        except KnownError:
            return DEFAULT

    def _memo(self) -> Memo:
        choice = composing.Choice(memo=self._memos.current(), unit=self._settings.unit)
        return composing.compose(self._desk.library, choice, self._kinds)

    # Preview

    def toggle(self) -> None:
        """Show the preview in place of the document, or the document again."""
        self._panel.tell_all()
        self._window.reveal_preview(not self._window.preview_shown())
        self.update()

    def update(self) -> None:
        """Set the pages again, if they are seen."""
        if not self._window.preview_shown():
            return
        from desktop.memo.pages import set_pages  # late: the first page needs none of it

        started, ticket = perf_counter(), self._latest.take()
        try:
            memo = self._memo()
        except KnownError as error:
            self._preview.show_nothing("" if "还没有内容" in str(error) else str(error))
            return
        profile = self.profile()
        if self._faces is None or self._faces.profile != profile:
            self._faces = ScreenFaces(profile)
        faces = self._faces
        if len(memo.excerpts) < _MANY:
            self._show(ticket, memo, faces, started, set_pages(memo, profile, faces.width))
            return
        self._jobs.run("quick", lambda: set_pages(memo, profile, faces.width), partial(self._show, ticket, memo, faces, started))

    def _show(self, ticket: int, memo: Memo, faces: ScreenFaces, started: float, pages: Sequence[SetPage]) -> None:
        if not self._latest.holds(ticket):
            return
        self._addresses = tuple(excerpt.address for excerpt in memo.excerpts)
        facts = f"{memo.kind} · 共 {len(pages)} 页 · {len(memo.excerpts)} 条"
        self._preview.show_pages(pages, faces, facts)
        self._panel.show_page_count(len(pages))
        self._preview.setProperty("milliseconds", (perf_counter() - started) * 1000)

    def _clicked(self, index: int) -> None:
        """Select the excerpt in the basket that was clicked in the preview."""
        library = self._desk.library
        for row, (_, _, excerpt) in enumerate(composing.basket(library, self._memos.current())):
            address = excerpt.address
            if self._addresses[index] in (address, ".".join(address.split(".")[:2])):
                self._panel.select_row(row)
                return

    # Settings

    def show_settings(self) -> None:
        """摘编设置 of the open memo; every change is stored and seen at once."""
        self._panel.tell_all()
        self._read_kinds()
        values = composing.options(self._desk.library, self._memos.current())
        kind = next((kind for kind in self._kinds if kind.name == values.get("kind")), self._kinds[0])
        form = MemoSettings(kind, values, self._window.theme(), self._window)
        form.changed.connect(self._memos.set_options)
        form.show()

    def show_page_settings(self) -> None:
        """版面设置 of the unit."""
        form = PageSettings(self._settings.memo_profile, self._window.theme(), self._window)
        form.changed.connect(self._set_page)
        form.show()

    def _set_page(self, table: dict[str, str | float | bool]) -> None:
        if self._desk.attempt(lambda: profile_of(table)):
            self._settings.memo_profile = table
            self.update()

    # Ways out

    def copy(self) -> None:
        """The whole memo on the clipboard, with its looks and as plain text."""
        from desktop.memo.hypertext import html_text  # late: the first page needs none of it
        from desktop.memo.plain import plain_text

        made: list[Memo] = []
        if self._desk.attempt(lambda: made.append(self._memo())):
            data = QMimeData()
            data.setHtml(html_text(made[0], self.profile()))
            data.setText(plain_text(made[0]))
            QGuiApplication.clipboard().setMimeData(data)
            self._desk.said.emit(f"已复制摘编全文，共 {len(made[0].excerpts)} 条，附出处。")

    def export(self, suffix: str) -> None:
        """Write the memo where the reader says, and say what the self-check found."""
        self._panel.tell_all()
        made: list[Memo] = []
        if not self._desk.attempt(lambda: made.append(self._memo())):
            return
        start = export_target(self._settings, composing.file_name(made[0], suffix))
        chosen, _ = QFileDialog.getSaveFileName(self._window, "导出摘编", start, _SUFFIXES[suffix])
        if not chosen:
            return
        path = Path(chosen)
        if path.suffix.lower() != suffix:  # the dialog asked about the name without it
            path = Path(chosen + suffix)
            if path.exists() and not self._may_replace(path):
                self._desk.said.emit(f"没有导出，{path.name} 保持原样。")
                return
        self._settings.export_folder = str(path.parent)
        self._desk.said.emit(f"正在导出 {len(made[0].excerpts)} 条……")
        library, profile = self._desk.library, self.profile()
        remarks = composing.warnings(library, self._memos.current())
        run = ExportRun(path.name, self._window)

        def ended(report: Report) -> None:
            run.close()
            self._exported(made[0], path, remarks, report)

        def failed(error: KnownError) -> None:
            run.close()
            (self._desk.said if isinstance(error, Cancelled) else self._desk.failed).emit(str(error))

        work = partial(composing.export, library, made[0], path, profile, apart=True, progress=run.tell)
        self._jobs.run("background", work, ended, failed)

    def _may_replace(self, path: Path) -> bool:
        box = QMessageBox(QMessageBox.Icon.Question, "导出摘编", f"“{path.name}”已存在，要替换吗？", parent=self._window)
        replace = box.addButton("替换", QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(box.addButton("取消", QMessageBox.ButtonRole.RejectRole))
        box.exec()
        return box.clickedButton() is replace

    def _exported(self, memo: Memo, path: Path, remarks: list[str], report: Report) -> None:
        failed = [*remarks, *(finding.message for finding in report.findings if not finding.ok)]
        if report.missing_fonts:
            failed.append(
                f"本机没有这些字体，打开时会由其他字体代替：{'、'.join(report.missing_fonts)}。文件里写的仍是规定的字体。"
            )
        said = f"已写出 {path.name}，共 {len(memo.excerpts)} 条。"
        self._desk.said.emit(f"已导出 {path.name}，共 {len(memo.excerpts)} 条。")
        icon = QMessageBox.Icon.Warning if failed else QMessageBox.Icon.Information
        box = QMessageBox(icon, "导出摘编", said, parent=self._window)
        passed = "格式与逐字核对均已通过自检。" if path.suffix == ".docx" else "摘录已与原文逐字核对。"
        box.setInformativeText("请留意：\n" + "\n".join(failed) if failed else passed)
        folder = box.addButton("打开所在文件夹", QMessageBox.ButtonRole.ActionRole)
        box.setDefaultButton(box.addButton("关闭", QMessageBox.ButtonRole.RejectRole))
        folder.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent))))
        box.open()

    def show_log(self) -> None:
        """The latest exports: when, what, where to."""
        rows = []
        for time, file, quoted in composing.exports(self._desk.library)[:_LOGGED]:
            rows.append(f"{local_time(time)}　{len(quoted.split())} 条　{file}")
        self._window.inform("导出记录", f"最近 {len(rows)} 次导出" if rows else "还没有导出过。", "\n".join(rows))
