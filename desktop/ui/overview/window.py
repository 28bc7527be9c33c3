"""领域总览 in a window of its own: the heat map, and the items of the chosen cell beneath it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from db.counts import ItemFacts
from desktop.archive.overview import AXES, Axis, Overview
from desktop.ui.choice import Choice
from desktop.ui.overview.drawing import Measure
from desktop.ui.overview.table import HeatMap
from desktop.ui.style import set_role
from desktop.ui.theme import Theme

_HINT = "点一格，这里列出其中的条目；点领域名列出整行。"
_MEASURES: tuple[tuple[str, Measure], ...] = (("按条目", "items"), ("按划线", "marks"))


class OverviewWindow(QDialog):
    """It shows what it is given; counting, opening, tagging and writing are asked for by signals."""

    axis_chosen = Signal(str)
    cell_chosen = Signal(str, str)  # row, column
    item_opened = Signal(int, int)  # issue, item
    tag_requested = Signal(list)  # item ids
    export_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle("领域总览")
        self.resize(980, min(680, parent.height() - 60))
        self._overview: Overview | None = None
        self._begun: Axis | None = None  # the axis that was shown from its first column worth seeing
        self._axis, self._measure = Choice(theme), Choice(theme)
        for axis, name in AXES.items():
            self._axis.addItem(f"领域×{name}", axis)
        for name, measure in _MEASURES:
            self._measure.addItem(name, measure)
        self._axis.setAccessibleName("横向")
        self._measure.setAccessibleName("计数")
        self._axis.currentIndexChanged.connect(self._change_axis)
        self._measure.currentIndexChanged.connect(lambda _at: self._show())
        self.table = HeatMap(theme)
        self.table.chosen.connect(self.cell_chosen)
        self._list = QListWidget()
        self._lay_out()

    def _lay_out(self) -> None:
        export, self._open, self._tag = QPushButton("导出…"), QPushButton("打开"), QPushButton("标注所选为…")
        export.clicked.connect(self.export_requested)
        self._open.clicked.connect(lambda: self._opened(self._list.currentItem()))
        self._tag.clicked.connect(lambda: self.tag_requested.emit(self.selected()))
        top = QHBoxLayout()
        for widget in (self._axis, self._measure):
            top.addWidget(widget)
        top.addStretch(1)
        top.addWidget(export)
        scroll = self._scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(self.table)
        scroll.horizontalScrollBar().rangeChanged.connect(lambda _low, high: self._show_newest(high))
        self._head = QLabel(_HINT)
        set_role(self._head, "heading")
        self._list.setAccessibleName("所选格中的条目")
        self._list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self._list.itemActivated.connect(self._opened)
        self._list.itemSelectionChanged.connect(self._enable)
        beneath = QWidget()
        rows = QVBoxLayout(beneath)
        rows.setContentsMargins(0, 6, 0, 0)
        line = QHBoxLayout()
        line.addWidget(self._head, 1)
        line.addWidget(self._open)
        line.addWidget(self._tag)
        rows.addLayout(line)
        rows.addWidget(self._list, 1)
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.addWidget(scroll)
        parts.addWidget(beneath)
        parts.setSizes([530, 150])
        layout = QVBoxLayout(self)
        layout.addLayout(top)
        layout.addWidget(parts, 1)
        self._enable()

    def set_theme(self, theme: Theme) -> None:
        """Changes the colours."""
        for part in (self._axis, self._measure, self.table):
            part.set_theme(theme)

    def axis(self) -> Axis:
        """What runs across."""
        axis: Axis = self._axis.currentData()
        return axis

    @property
    def overview(self) -> Overview | None:
        """What is shown."""
        return self._overview

    def set_overview(self, overview: Overview) -> None:
        """Shows a table."""
        self._overview = overview
        self._show()

    def set_items(self, head: str, items: Sequence[ItemFacts]) -> None:
        """Lists the items of the chosen cell."""
        self._head.setText(head)
        self._list.clear()
        for item in items:
            place = "·".join(part for part in (item.level, item.region) if part)
            source = f"第{item.number}期 {item.date}" if item.number else item.date
            row = QListWidgetItem("　".join(part for part in (item.title, place, source) if part))
            row.setData(Qt.ItemDataRole.UserRole, (item.issue, item.id))
            self._list.addItem(row)
        self._enable()

    def selected(self) -> list[int]:
        """The ids of the selected items."""
        return [row.data(Qt.ItemDataRole.UserRole)[1] for row in self._list.selectedItems()]

    def _change_axis(self) -> None:
        self.set_items(_HINT, ())  # the cell that was listed is gone
        self.axis_chosen.emit(self.axis())

    def _show(self) -> None:
        if self._overview:
            self.table.show_overview(self._overview, self._measure.currentData())
            self._show_newest(self._scroll.horizontalScrollBar().maximum())

    def _show_newest(self, end: int) -> None:
        """Months and issues run on to the newest, which is what one looks for: shown first, until the reader scrolls."""
        axis = self._overview.axis if self._overview else None
        if axis and axis != self._begun and end:
            self._begun = axis
            self._scroll.horizontalScrollBar().setValue(end if axis in ("month", "issue") else 0)

    def _enable(self) -> None:
        for button in (self._open, self._tag):
            button.setEnabled(bool(self._list.selectedItems()))

    def _opened(self, row: QListWidgetItem | None) -> None:
        if row is not None:
            self.item_opened.emit(*row.data(Qt.ItemDataRole.UserRole))
