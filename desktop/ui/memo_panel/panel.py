"""摘编: the excerpts gathered for a memo, how they are grouped, and the ways to write the memo out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from math import ceil

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.ui.choice import Choice
from desktop.ui.memo_panel.basket import Basket
from desktop.ui.style import set_role
from desktop.ui.theme import Theme
from desktop.ui.values import EntryView

PAGE = 616  # characters on a page of 22 lines by 28 (GB/T 9704)
_GROUPINGS = {"": "自动分组", "field": "按领域", "level": "按层级", "region": "按地区", "issue": "按期号"}
_KINDS = {".docx": "导出 DOCX", ".pdf": "PDF", ".md": "Markdown", ".txt": "文本"}


def pages(entries: Sequence[EntryView]) -> int:
    """About how many pages the excerpts fill: their characters, and two lines each for title and source."""
    characters = sum(len("".join(entry.text.split())) + 2 * 28 for entry in entries)
    return max(ceil(characters / PAGE), 1) if entries else 0


class MemoPanel(QWidget):
    """The panel 摘编."""

    moved = Signal(str, int)  # uid, its new place counted from 1
    removed = Signal(str)
    entry_chosen = Signal(str)
    options_changed = Signal(dict)  # {"grouping": "" | "field" | "level" | "region" | "issue", "title": str, "unit": str}
    export_requested = Signal(str)  # ".docx", ".pdf", ".md", ".txt"

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._options = {"grouping": "", "title": "", "unit": ""}
        self._title, self._unit, self._grouping = QLineEdit(), QLineEdit(), Choice(theme)
        self._count = QLabel()
        self._basket = Basket(theme, self)
        self._empty = QLabel("摘编篮还是空的。\n选中文字或打开一条后按 Ctrl+Enter，即可加入摘编。")
        self._exports = {suffix: QPushButton(text) for suffix, text in _KINDS.items()}
        self._lay_out()
        self._connect()
        self.set_entries(())

    def _lay_out(self) -> None:
        set_role(self, "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        for box, name, hint in ((self._title, "摘编标题", "标题（不填则自动拟定）"), (self._unit, "编制单位", "编制单位")):
            box.setAccessibleName(name)
            box.setPlaceholderText(hint)
        self._grouping.setAccessibleName("摘编分组方式")
        for value, text in _GROUPINGS.items():
            self._grouping.addItem(text, value)
        for label in (self._count, self._empty):
            set_role(label, "faint")
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._empty.setContentsMargins(12, 10, 12, 10)
        top = QGridLayout()
        top.setContentsMargins(8, 8, 8, 6)
        top.setSpacing(5)
        top.addWidget(self._title, 0, 0, 1, 2)
        top.addWidget(self._unit, 1, 0)
        top.addWidget(self._grouping, 1, 1)
        top.addWidget(self._count, 2, 0, 1, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self._basket, 1)
        column.addWidget(self._empty, 1)
        column.addLayout(self._foot())

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
        self._title.editingFinished.connect(self._tell_options)
        self._unit.editingFinished.connect(self._tell_options)
        self._grouping.activated.connect(self._tell_options)
        for suffix, button in self._exports.items():
            button.clicked.connect(partial(self._export, suffix))

    def set_theme(self, theme: Theme) -> None:
        """Changes the colours."""
        self._grouping.set_theme(theme)
        self._basket.rows.theme = theme
        self._basket.viewport().update()

    def set_entries(self, entries: Sequence[EntryView]) -> None:
        """Shows the basket."""
        self._basket.show_entries(entries)
        self._basket.setVisible(bool(entries))
        self._empty.setVisible(not entries)
        self._count.setText(f"{len(entries)} 条 · 约 {pages(entries)} 页" if entries else "")
        self._count.setVisible(bool(entries))
        for button in self._exports.values():
            button.setEnabled(bool(entries))

    def set_options(self, options: Mapping[str, object]) -> None:
        """Shows title, unit and grouping as they are stored; a box that is being written in keeps what is in it."""
        self._options = {name: str(options.get(name) or "") for name in self._options}
        for box, name in ((self._title, "title"), (self._unit, "unit")):
            if not (box.hasFocus() and box.isModified()):
                box.setText(self._options[name])
        self._grouping.setCurrentIndex(max(self._grouping.findData(self._options["grouping"]), 0))

    def _written(self) -> dict[str, str]:
        return {"grouping": self._grouping.currentData(), "title": self._title.text().strip(), "unit": self._unit.text().strip()}

    def _tell_options(self) -> None:
        written = self._written()
        if written != self._options:
            self._options = written
            self._title.setModified(False)
            self._unit.setModified(False)
            self.options_changed.emit(written)

    def _export(self, suffix: str) -> None:
        self._tell_options()  # a title still being written belongs to the memo
        self.export_requested.emit(suffix)
