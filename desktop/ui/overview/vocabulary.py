"""词表管理: the fields and subfields in force with the tags on them, and what can be done to them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
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
        self._table = QTableWidget(0, 3)
        self._table.setAccessibleName("领域与子领域")
        self._table.setHorizontalHeaderLabels(["领域与子领域", "代码", "标注"])
        self._table.verticalHeader().hide()
        self._table.setShowGrid(False)
        self._table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self._table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self._table.setColumnWidth(1, 210)
        self._table.itemSelectionChanged.connect(self._enable)
        layout = QVBoxLayout(self)
        layout.addWidget(self._head)
        layout.addWidget(self._table, 1)
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
        self._table.setRowCount(len(rows))
        for at, (field, subfield, code, tags) in enumerate(rows):
            name = QTableWidgetItem(f"　　{subfield}" if subfield else field)
            name.setData(Qt.ItemDataRole.UserRole, f"{field}/{subfield}" if subfield else field)
            count = QTableWidgetItem(str(tags) if tags else "")
            count.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
            for column, cell in enumerate((name, QTableWidgetItem(code), count)):
                self._table.setItem(at, column, cell)
        self.choose(chosen)
        self._enable()

    def choose(self, tag: str) -> None:
        """Selects the row of a tag, or none."""
        self._table.clearSelection()
        for row in range(self._table.rowCount()):
            if self._table.model().index(row, 0).data(Qt.ItemDataRole.UserRole) == tag:
                self._table.selectRow(row)

    def chosen(self) -> str:
        """The tag of the current row, "" for none."""
        rows = self._table.selectionModel().selectedRows()
        return str(rows[0].data(Qt.ItemDataRole.UserRole)) if rows else ""

    def _enable(self) -> None:
        self._rename.setEnabled(bool(self.chosen()))
        self._merge.setEnabled("/" in self.chosen())
