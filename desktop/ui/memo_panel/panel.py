"""摘编: which memo, its kind and title, the excerpts gathered for it, and the ways to see it and to write it out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from math import ceil

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.ui.choice import Choice
from desktop.ui.memo_panel.basket import Basket
from desktop.ui.memo_panel.remark import Remark
from desktop.ui.style import set_role
from desktop.ui.theme import Theme
from desktop.ui.values import EntryView

PAGE = 616  # characters on a page of 22 lines by 28 (GB/T 9704)
_TYPING = 300  # ms after the last key until what was typed is stored
_GROUPINGS = {"": "自动分组", "field": "按领域", "level": "按层级", "level-outside": "按层级，省外在前", "level-inside": "按层级，省内在前",
              "region": "按地区", "issue": "按期号", "none": "不分组"}  # fmt: skip
_KINDS = {".docx": "导出 DOCX", ".pdf": "PDF", ".md": "Markdown", ".txt": "文本"}
_PROJECTS = {"new": "新建摘编…", "rename": "改名…", "duplicate": "复制一份…", "delete": "删除这份摘编"}


def pages(entries: Sequence[EntryView]) -> int:
    """About how many pages the excerpts fill: their characters, and two lines each for title and source."""
    characters = sum(len("".join(entry.text.split())) + 2 * 28 for entry in entries)
    return max(ceil(characters / PAGE), 1) if entries else 0


class MemoPanel(QWidget):
    """The panel 摘编."""

    moved = Signal(str, int)  # uid, its new place counted from 1
    removed = Signal(str)
    entry_chosen = Signal(str)
    remark_changed = Signal(str, str)  # uid, the author's own words
    passages_requested = Signal(str)
    options_changed = Signal(dict)  # {"kind": …, "grouping": "" | "field" | …, "title": str, "unit": str}
    export_requested = Signal(str)  # ".docx", ".pdf", ".md", ".txt"
    memo_chosen = Signal(str)  # uid
    project_requested = Signal(str)  # "new", "rename", "duplicate", "delete"
    settings_requested = Signal()
    add_requested = Signal()
    preview_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._options = {"kind": "", "grouping": "", "title": "", "unit": ""}
        self._title, self._unit, self._grouping = QLineEdit(), QLineEdit(), Choice(theme)
        self._memo, self._kind, self._more = Choice(theme), Choice(theme), QToolButton()
        self._count = QLabel()
        self._basket = Basket(theme, self)
        self._remark = Remark(self)
        self._empty = QLabel("摘编篮还是空的。\n选中文字或打开一条后按 Ctrl+Enter，或点“添加”按领域和时段成批加入。")
        self._exports = {suffix: QPushButton(text) for suffix, text in _KINDS.items()}
        self._buttons = {name: QPushButton(name) for name in ("添加…", "设置…", "预览")}
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING)
        self._lay_out()
        self._connect()
        self.set_entries(())

    def _lay_out(self) -> None:
        set_role(self, "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        for box, name, hint in ((self._title, "摘编标题", "标题（不填则自动拟定）"), (self._unit, "编制单位", "编制单位")):
            box.setAccessibleName(name)
            box.setPlaceholderText(hint)
        for choice, name in ((self._memo, "摘编"), (self._kind, "摘编种类"), (self._grouping, "摘编分组方式")):
            choice.setAccessibleName(name)
            choice.setMinimumContentsLength(4)
            choice.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for value, text in _GROUPINGS.items():
            self._grouping.addItem(text, value)
        for label in (self._count, self._empty):
            set_role(label, "faint")
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._empty.setContentsMargins(12, 10, 12, 10)
        self._lay_out_projects()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._top())
        column.addWidget(self._basket, 1)
        column.addWidget(self._empty, 1)
        column.addWidget(self._remark)
        column.addLayout(self._foot())

    def _lay_out_projects(self) -> None:
        self._more.setText("⋯")
        self._more.setAccessibleName("管理摘编")
        self._more.setToolTip("新建、改名、复制、删除摘编")
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self._more)
        for action, text in _PROJECTS.items():
            menu.addAction(text, partial(self.project_requested.emit, action))
        self._more.setMenu(menu)

    def _top(self) -> QGridLayout:
        top = QGridLayout()
        top.setContentsMargins(8, 8, 8, 6)
        top.setSpacing(5)
        project = QHBoxLayout()
        project.addWidget(self._memo, 1)
        project.addWidget(self._more)
        top.addLayout(project, 0, 0, 1, 2)
        top.addWidget(self._kind, 1, 0)
        top.addWidget(self._grouping, 1, 1)
        top.addWidget(self._title, 2, 0, 1, 2)
        top.addWidget(self._unit, 3, 0, 1, 2)
        row = QHBoxLayout()
        row.setSpacing(5)
        for name, button in self._buttons.items():
            button.setAccessibleName({"添加…": "按领域和时段添加", "设置…": "摘编设置", "预览": "摘编预览"}[name])
            row.addWidget(button, 1)
        top.addLayout(row, 4, 0, 1, 2)
        top.addWidget(self._count, 5, 0, 1, 2)
        return top

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setContentsMargins(8, 7, 8, 8)
        foot.setSpacing(5)
        for suffix, button in self._exports.items():
            button.setAccessibleName(f"导出为 {suffix[1:].upper()}")
            button.setToolTip(f"把摘编写成 {suffix} 文件")
            button.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
            foot.addWidget(button, 1)
        set_role(self._exports[".docx"], "primary")
        return foot

    def _connect(self) -> None:
        self._basket.moved.connect(self.moved)
        self._basket.removed.connect(self.removed)
        self._basket.chosen.connect(self.entry_chosen)
        self._basket.currentRowChanged.connect(lambda _row: self._show_remark())
        self._remark.changed.connect(self.remark_changed)
        self._remark.passages_requested.connect(self.passages_requested)
        for box in (self._title, self._unit):
            box.editingFinished.connect(self._tell_options)
            box.textEdited.connect(lambda _text: self._typing.start())
        self._typing.timeout.connect(self._tell_options)
        self._grouping.activated.connect(self._tell_options)
        self._kind.activated.connect(self._tell_options)
        self._memo.activated.connect(lambda _row: self.memo_chosen.emit(self._memo.currentData()))
        for button, signal in zip(
            self._buttons.values(), (self.add_requested, self.settings_requested, self.preview_requested), strict=True
        ):
            button.clicked.connect(signal)
        for suffix, button in self._exports.items():
            button.clicked.connect(partial(self._export, suffix))

    def set_theme(self, theme: Theme) -> None:
        """Changes the colours."""
        for choice in (self._memo, self._kind, self._grouping):
            choice.set_theme(theme)
        self._basket.rows.theme = theme
        self._basket.viewport().update()

    def set_memos(self, memos: Sequence[tuple[str, str]], current: str) -> None:
        """Shows the memos as (uid, name) and which of them is open."""
        self._memo.clear()
        for uid, name in memos:
            self._memo.addItem(name, uid)
        self._memo.setCurrentIndex(max(self._memo.findData(current), 0))

    def set_kinds(self, kinds: Sequence[tuple[str, str]]) -> None:
        """The kinds to choose from, as (name, what it is for); the first is the usual one."""
        self._kind.clear()
        for at, (name, purpose) in enumerate(kinds):
            self._kind.addItem(name, name if at else "")
            self._kind.setItemData(at, purpose, Qt.ItemDataRole.ToolTipRole)

    def set_entries(self, entries: Sequence[EntryView]) -> None:
        """Shows the basket."""
        self._entries = {entry.uid: entry for entry in entries}
        self._basket.show_entries(entries)
        self._basket.setVisible(bool(entries))
        self._empty.setVisible(not entries)
        self._count.setText(f"{len(entries)} 条 · 约 {pages(entries)} 页" if entries else "")
        self._count.setVisible(bool(entries))
        self._show_remark()
        for button in self._exports.values():
            button.setEnabled(bool(entries))

    def show_page_count(self, count: int) -> None:
        """Says the true number of pages, where they were set."""
        self._count.setText(f"{len(self._entries)} 条 · {count} 页")

    def current_uid(self) -> str:
        """The excerpt that is selected; empty for none."""
        return self._basket.current_uid()

    def select_row(self, row: int) -> None:
        """Selects an excerpt by its place from 0."""
        self._basket.setCurrentRow(row)

    def _show_remark(self) -> None:
        self._remark.show_entry(self._entries.get(self._basket.current_uid()))

    def set_options(self, options: Mapping[str, object]) -> None:
        """Shows kind, title, unit and grouping as they are stored; a box that is being written in keeps what is in it."""
        self._options = {name: str(options.get(name) or "") for name in self._options}
        for box, name in ((self._title, "title"), (self._unit, "unit")):
            if not (box.hasFocus() and box.isModified()):
                box.setText(self._options[name])
        self._grouping.setCurrentIndex(max(self._grouping.findData(self._options["grouping"]), 0))
        self._kind.setCurrentIndex(max(self._kind.findData(self._options["kind"]), 0))

    def _written(self) -> dict[str, str]:
        return {
            "kind": self._kind.currentData() or "", "grouping": self._grouping.currentData(),
            "title": self._title.text().strip(), "unit": self._unit.text().strip(),
        }  # fmt: skip

    def _tell_options(self) -> None:
        self._typing.stop()
        written = self._written()
        if written != self._options:
            self._options = written
            self._title.setModified(False)
            self._unit.setModified(False)
            self.options_changed.emit(written)

    def tell_all(self) -> None:
        """Reports at once what is still being typed: it belongs to the memo."""
        self._tell_options()
        self._remark.tell()

    def _export(self, suffix: str) -> None:
        self.tell_all()
        self.export_requested.emit(suffix)
