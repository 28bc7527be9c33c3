"""词表管理: renaming, merging, import and export of the vocabulary, and what was learnt; each change is shown before it is made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QInputDialog, QMessageBox, QWidget

from desktop.archive import learning, reshaping, tagging, vocabularies
from desktop.errors import KnownError
from desktop.fields.export import vocabulary_text
from desktop.fields.reshape import Change, merge, rename
from desktop.fields.vocabulary import Vocabulary
from desktop.ui.desk.desk import Desk
from desktop.ui.jobs import Jobs
from desktop.ui.overview.vocabulary import Row, VocabularyWindow
from desktop.ui.window import MainWindow

_MOST_LINES = 12


class VocabularyCommands(QObject):
    """The window of the vocabulary, made when it is first asked for."""

    def __init__(self, desk: Desk, window: MainWindow, jobs: Jobs) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._jobs = jobs
        self._shown: VocabularyWindow | None = None
        desk.tags_changed.connect(self._fill)
        window.closing.connect(lambda: self._shown.close() if self._shown else None)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What this class does for the action table."""
        return {"field.vocabulary": self.show}

    def show(self) -> None:
        """Open the window, or bring it to the front."""
        if self._shown is None:
            made = VocabularyWindow(self._window)
            made.rename_requested.connect(self._rename)
            made.merge_requested.connect(self._merge)
            made.import_requested.connect(self._import)
            made.export_requested.connect(self._export)
            made.learnt_requested.connect(self._tell_learnt)
            made.forget_requested.connect(self._forget)
            self._shown = made
        self._shown.show()
        self._shown.raise_()
        self._fill()

    @property
    def _over(self) -> QWidget:
        """What dialogs stand over."""
        return self._shown or self._window

    def _fill(self) -> None:
        if self._shown is None or not self._shown.isVisible():
            return
        vocabulary = self._desk.library.vocabulary
        counts = Counter((tag.field, tag.subfield) for tag in tagging.tags(self._desk.library))
        rows: list[Row] = []
        for field in vocabulary.all_fields:
            rows.append((field.name, "", field.code, sum(count for (name, _), count in counts.items() if name == field.name)))
            rows += [(field.name, sub.name, sub.code, counts[(field.name, sub.name)]) for sub in field.subfields]
        head = f"{vocabulary.title}　版本 {vocabulary.version}　适用 {vocabulary.valid[0]}—{vocabulary.valid[1]} 年。拆分子领域请导出后修改词表，或用命令 fields --split。"
        self._shown.set_rows(head, rows)

    def _rename(self, tag: str) -> None:
        old = tag.rpartition("/")[2]
        name, sure = QInputDialog.getText(self._over, "改名", f"“{old}”的新名称：", text=old)
        if sure and name.strip() != old:
            self._change(lambda: rename(self._desk.library.vocabulary, tag, name))

    def _merge(self, tag: str) -> None:
        vocabulary = self._desk.library.vocabulary
        others = [f"{field.name}/{sub.name}" for field in vocabulary.all_fields for sub in field.subfields]
        into, sure = QInputDialog.getItem(
            self._over, "并入", f"把“{tag}”并入：", [other for other in others if other != tag], editable=False
        )
        if sure:
            self._change(lambda: merge(self._desk.library.vocabulary, tag, into))

    def _change(self, make: Callable[[], Change]) -> None:
        def work() -> None:
            change = make()
            if self._agreed(change.name, reshaping.preview(self._desk.library, change)):
                reshaping.apply(self._desk.library, change)

        self._desk.attempt(work)

    def _agreed(self, name: str, effects: list[str]) -> bool:
        more = [f"……共 {len(effects)} 项。"] if len(effects) > _MOST_LINES else []
        text = "\n".join([f"{name}。", *effects[:_MOST_LINES], *more, "", "可用撤销恢复。是否继续？"])
        return QMessageBox.question(self._over, "词表管理", text) == QMessageBox.StandardButton.Yes

    def _import(self) -> None:
        kinds = "词表或规划 (*.json *.pdf *.txt)"
        chosen, _ = QFileDialog.getOpenFileName(self._over, "导入词表", str(Path.home()), kinds)
        if chosen:
            library = self._desk.library
            self._desk.said.emit("正在读取词表……")
            self._jobs.run(
                "background",
                lambda: vocabularies.from_file(library, Path(chosen)),
                self._install,
                lambda error: self._desk.failed.emit(str(error)),
            )

    def _install(self, new: Vocabulary) -> None:
        library = self._desk.library
        if self._agreed(f"换用词表“{new.version}”", vocabularies.preview(library, new) or ["现有标注的含义不变。"]):
            self._desk.attempt(lambda: vocabularies.install(library, new))

    def _export(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(self._over, "导出词表", str(Path.home() / "领域词表.json"), "词表 (*.json)")
        if chosen:
            self._desk.attempt(lambda: self._write(Path(chosen)))

    def _write(self, file: Path) -> None:
        try:
            file.write_text(vocabulary_text(self._desk.library.vocabulary), encoding="utf-8")
        except OSError as error:
            raise KnownError(f"不能写入“{file}”（{error.strerror}），请另选位置。") from error
        self._desk.said.emit(f"已导出 {file}。")

    def _forget(self) -> None:
        if self._desk.attempt(lambda: learning.start_over(self._desk.library)):
            self._desk.said.emit("习得的内容已清除，标注不变；可用撤销恢复。")

    def _tell_learnt(self) -> None:
        library = self._desk.library

        def done(said: list[str]) -> None:
            more = [f"……共 {len(said)} 项。"] if len(said) > 2 * _MOST_LINES else []
            text = "\n".join([*said[: 2 * _MOST_LINES], *more]) or "尚未习得任何内容。"
            self._window.inform("习得的内容", "只从您确认和不采纳的领域中习得，建议本身不算。", text)

        self._jobs.run("quick", lambda: learning.told(learning.learnt(library), library.vocabulary), done)
