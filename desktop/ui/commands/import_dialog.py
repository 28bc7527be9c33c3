"""导入结果: the counts of an import and the files to look at; all of it can be saved as a table."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

_MOST = 500  # lines shown; the saved report has all


class ImportReportDialog(QDialog):
    """Not modal: reading goes on behind it."""

    save_requested = Signal()

    def __init__(self, head: str, rows: Sequence[tuple[str, str, str]], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("import-report")
        self.setWindowTitle("导入结果")
        self.setModal(False)
        self.counts = QLabel(head)
        self.counts.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.addWidget(self.counts)
        if rows:
            layout.addWidget(self._table(rows), 1)
            if len(rows) > _MOST:
                layout.addWidget(QLabel(f"以上列出前 {_MOST} 个需要注意的文件，共 {len(rows)} 个；全部内容请保存报告查看。"))
            self.resize(680, 380)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setText("关闭")
        save = buttons.addButton("保存报告…", QDialogButtonBox.ButtonRole.ActionRole)
        save.clicked.connect(self.save_requested)
        buttons.rejected.connect(self.close)
        layout.addWidget(buttons)

    def _table(self, rows: Sequence[tuple[str, str, str]]) -> QTableWidget:
        table = QTableWidget(min(len(rows), _MOST), 3)
        table.setAccessibleName("需要注意的文件")
        table.setHorizontalHeaderLabels(["结果", "文件", "说明"])
        table.verticalHeader().hide()
        table.setShowGrid(False)
        table.setWordWrap(True)
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        for at, cells in enumerate(rows[:_MOST]):
            for column, text in enumerate(cells):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                table.setItem(at, column, item)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        table.horizontalHeader().setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        if len(rows) <= 50:
            table.resizeRowsToContents()
        return table
