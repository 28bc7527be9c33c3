"""The box with the number of the page: says where one is, and takes where one wants to go."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QWidget


class PageBox(QWidget):
    """`page_chosen(page)` when the reader typed a number and pressed Enter; full-width digits count too."""

    page_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._page = self._count = 0
        self._box = QLineEdit()
        self._box.setFixedWidth(46)
        self._box.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._box.setAccessibleName("页码")
        self._box.setToolTip("输入页码后按回车（Ctrl+G）")
        self._box.returnPressed.connect(self._chosen)
        self._box.editingFinished.connect(self._put_back)
        self._total = QLabel()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 0, 4, 0)
        row.setSpacing(4)
        row.addWidget(self._box)
        row.addWidget(self._total)
        self.show_page(0, 0)

    def show_page(self, page: int, count: int) -> None:
        """The page being read, of so many; without pages the box is grey."""
        self._page, self._count = page, count
        self._total.setText(f"/ {count}" if count else "/ –")
        self.setEnabled(count > 0)
        if not self._box.hasFocus():
            self._put_back()

    def ask(self) -> None:
        """Put the cursor into the box."""
        self._box.setFocus()
        self._box.selectAll()

    def _put_back(self) -> None:
        self._box.setText(str(self._page) if self._page else "")

    def _chosen(self) -> None:
        digits = unicodedata.normalize("NFKC", self._box.text()).strip().removeprefix("第").removesuffix("页")
        if digits.isdecimal() and self._count:
            self.page_chosen.emit(min(max(int(digits), 1), self._count))
