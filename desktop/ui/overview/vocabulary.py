"""词表管理: the fields and subfields in force with the tags on them, and what can be done to them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.ui.style import set_role

Row = tuple[str, str, str, int]  # field, subfield, code, tags


class VocabularyWindow(QDialog):
    """It shows what it is given and tells what the reader wants; every change is previewed by whoever hears it."""

    rename_requested = Signal(str)  # "领域" or "领域/子领域"
    merge_requested = Signal(str)
    import_requested = Signal()
    export_requested = Signal()
    learnt_requested = Signal()
    forget_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle("词表管理")
        self.resize(720, 560)
        self._head = QLabel()
        self._head.setWordWrap(True)
        set_role(self._head, "faint")
        self._tree = QTreeWidget()
        self._tree.setAccessibleName("领域与子领域")
        self._tree.setHeaderLabels(["领域与子领域", "代码", "标注"])
        self._tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self._tree.header().setStretchLastSection(False)
        self._tree.currentItemChanged.connect(lambda *_: self._enable())
        layout = QVBoxLayout(self)
        layout.addWidget(self._head)
        layout.addWidget(self._tree, 1)
        layout.addLayout(self._buttons())
        self._enable()

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self._rename, self._merge = QPushButton("改名…"), QPushButton("并入…")
        self._rename.clicked.connect(lambda: self.rename_requested.emit(self.chosen()))
        self._merge.clicked.connect(lambda: self.merge_requested.emit(self.chosen()))
        for button in (self._rename, self._merge):
            row.addWidget(button)
        row.addStretch(1)
        for text, signal in (
            ("习得的内容…", self.learnt_requested), ("清除习得", self.forget_requested),
            ("导入…", self.import_requested), ("导出…", self.export_requested),
        ):  # fmt: skip
            button = QPushButton(text)
            button.clicked.connect(signal)
            row.addWidget(button)
        return row

    def set_rows(self, head: str, rows: Sequence[Row]) -> None:
        """Shows the vocabulary: `head` says which, fields stand before their subfields."""
        chosen = self.chosen()
        self._head.setText(head)
        self._tree.clear()
        parents: dict[str, QTreeWidgetItem] = {}
        for field, subfield, code, tags in rows:
            row = QTreeWidgetItem([subfield or field, code, str(tags) if tags else ""])
            row.setData(0, Qt.ItemDataRole.UserRole, f"{field}/{subfield}" if subfield else field)
            row.setTextAlignment(2, Qt.AlignmentFlag.AlignRight)
            if subfield:
                parents[field].addChild(row)
            else:
                parents[field] = row
                self._tree.addTopLevelItem(row)
            if row.data(0, Qt.ItemDataRole.UserRole) == chosen:
                self._tree.setCurrentItem(row)
        self._enable()

    def chosen(self) -> str:
        """The tag of the current row, "" for none."""
        row = self._tree.currentItem()
        return str(row.data(0, Qt.ItemDataRole.UserRole)) if row else ""

    def _enable(self) -> None:
        self._rename.setEnabled(bool(self.chosen()))
        self._merge.setEnabled("/" in self.chosen())
