"""摘编预览 in place of the document: how many pages, larger and smaller, and the sheets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedLayout, QToolButton, QVBoxLayout, QWidget

from desktop.ui.memo_preview.faces import ScreenFaces
from desktop.ui.memo_preview.sheets import Sheets
from desktop.ui.style import set_role
from desktop.ui.theme import Theme

if TYPE_CHECKING:
    from desktop.memo.setting import SetPage


class MemoPreview(QWidget):
    """The preview with its bar."""

    excerpt_clicked = Signal(int)
    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sheets = Sheets(theme, self)
        self.sheets.excerpt_clicked.connect(self.excerpt_clicked)
        self._facts = QLabel()
        self._empty = QLabel("摘编里还没有内容。\n加入条目、要点或划线后，这里按实际版面显示。")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        set_role(self._empty, "faint")
        set_role(self, "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._lay_out()
        self.show_nothing()

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setContentsMargins(10, 5, 8, 5)
        bar.setSpacing(4)
        bar.addWidget(self._facts, 1)
        for text, name, factor in (("－", "缩小预览", 1 / 1.15), ("＋", "放大预览", 1.15), ("适宽", "预览适合宽度", 0.0)):
            bar.addWidget(self._button(text, name, lambda _=False, by=factor: self.sheets.change_zoom(by)))
        bar.addWidget(self._button("回到原文", "关闭预览，回到原文", lambda _=False: self.closed.emit()))
        self._stack = QStackedLayout()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.sheets)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addLayout(self._stack, 1)

    def _button(self, text: str, name: str, act: object) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setAccessibleName(name)
        button.setToolTip(name)
        set_role(button, "flat")
        button.clicked.connect(act)
        return button

    def set_theme(self, theme: Theme) -> None:
        """Changes the colours around the sheets."""
        self.sheets.set_theme(theme)

    def show_pages(self, pages: Sequence[SetPage], faces: ScreenFaces, facts: str) -> None:
        """Shows the memo; `facts` is said above it."""
        self._facts.setText(facts)
        self._stack.setCurrentWidget(self.sheets)
        self.sheets.show_pages(pages, faces)

    def show_nothing(self, reason: str = "") -> None:
        """Shows that there is nothing to set, and why where that is not plain."""
        self._facts.setText(reason)
        self._stack.setCurrentWidget(self._empty)
