"""建议未标: every suggestion of the library that is neither tagged nor refused, to be taken over row by row or many at once."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QProgressBar,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.archive.sifting import Waiting
from desktop.ui.choice import Choice
from desktop.ui.style import set_role
from desktop.ui.theme import Theme

_HEADS = ("条目", "建议领域", "把握", "依据")
_MOST = 2000  # rows shown; more nobody reads


class WaitingWindow(QDialog):
    """It shows what it is given and tells what the reader wants."""

    search_requested = Signal(str)  # field, "" for all
    stop_requested = Signal()
    item_opened = Signal(int, int)  # issue, item
    accepted_rows = Signal(list)  # list[Waiting]
    refused_rows = Signal(list)

    def __init__(self, fields: Sequence[str], theme: Theme, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle("建议未标的条目")
        self.resize(900, 600)
        self._found: list[Waiting] = []
        self._field = Choice(theme)
        self._field.setAccessibleName("领域")
        self._field.addItem("全部领域", "")
        for field in fields:
            self._field.addItem(field, field)
        self._field.currentIndexChanged.connect(lambda _at: self.search_requested.emit(self.field()))
        self._said = QLabel()
        set_role(self._said, "faint")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("进度")
        self._stop = QPushButton("停止")
        self._stop.clicked.connect(self.stop_requested)
        self._build_table()
        self._lay_out()

    def _build_table(self) -> None:
        self._table = QTableWidget(0, len(_HEADS))
        self._table.setHorizontalHeaderLabels(list(_HEADS))
        self._table.setAccessibleName("建议未标的条目")
        self._table.verticalHeader().hide()
        self._table.setShowGrid(False)
        self._table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self._table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        header = self._table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in range(1, len(_HEADS)):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
        for column, width in ((1, 210), (2, 50), (3, 240)):
            self._table.setColumnWidth(column, width)
        self._table.cellActivated.connect(lambda row, _column: self._open(row))
        self._table.itemSelectionChanged.connect(self._enable)

    def _lay_out(self) -> None:
        self._accept, self._refuse, self._show = QPushButton("采纳所选"), QPushButton("不采纳所选"), QPushButton("打开")
        set_role(self._accept, "primary")
        self._accept.clicked.connect(lambda: self.accepted_rows.emit(self.selected()))
        self._refuse.clicked.connect(lambda: self.refused_rows.emit(self.selected()))
        self._show.clicked.connect(lambda: self._open(self._table.currentRow()))
        top, bottom = QHBoxLayout(), QHBoxLayout()
        for widget, stretch in ((self._field, 0), (self._said, 1), (self._bar, 0), (self._stop, 0)):
            top.addWidget(widget, stretch)
        bottom.addStretch(1)
        for button in (self._show, self._refuse, self._accept):
            bottom.addWidget(button)
        layout = QVBoxLayout(self)
        layout.addLayout(top)
        layout.addWidget(self._table, 1)
        layout.addLayout(bottom)
        self._enable()

    def field(self) -> str:
        """The field chosen; "" for all."""
        name: str = self._field.currentData()
        return name

    def set_theme(self, theme: Theme) -> None:
        """Changes the colours."""
        self._field.set_theme(theme)

    def show_progress(self, done: int, total: int) -> None:
        """How far the search is."""
        self._bar.setVisible(True)
        self._stop.setVisible(True)
        self._bar.setRange(0, max(total, 1))
        self._bar.setValue(done)
        self._said.setText(f"正在查看 {done}/{total} 条……")

    def set_rows(self, found: Sequence[Waiting], *, complete: bool = True) -> None:
        """What was found, strongest first."""
        self._found = list(found[:_MOST])
        self._bar.setVisible(False)
        self._stop.setVisible(False)
        short = f"，列出前 {_MOST} 条" if len(found) > _MOST else ""
        self._said.setText(f"{'' if complete else '已停止，'}共 {len(found)} 条建议尚未处理{short}。")
        self._table.setRowCount(len(self._found))
        for row, one in enumerate(self._found):
            name = one.field + (f"›{one.subfield}" if one.subfield else "")
            for column, text in enumerate((one.title, name, f"{one.score:.2f}", "、".join(one.words))):
                cell = QTableWidgetItem(text)
                cell.setToolTip(text)
                self._table.setItem(row, column, cell)
        self._enable()

    def selected(self) -> list[Waiting]:
        """The selected rows in the order shown."""
        rows = sorted({index.row() for index in self._table.selectedIndexes()})
        return [self._found[row] for row in rows]

    def take_away(self, gone: Sequence[Waiting]) -> None:
        """Leave out rows that were decided."""
        out = set(gone)
        self._table.clearSelection()
        self.set_rows([one for one in self._found if one not in out])

    def _enable(self) -> None:
        for button in (self._accept, self._refuse, self._show):
            button.setEnabled(bool(self._table.selectedIndexes()))

    def _open(self, row: int) -> None:
        if 0 <= row < len(self._found):
            self.item_opened.emit(self._found[row].issue, self._found[row].item)
