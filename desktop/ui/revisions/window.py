"""修订对照: a window beside the text with three lists: marks and their fates, passages that differ, and the files of the issue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QTabWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from desktop.archive.comparing import ItemChange, Revision
from desktop.ui.choice import Choice
from desktop.ui.revisions.changes import page
from desktop.ui.style import set_role
from desktop.ui.theme import Theme

_HINT = "失锚的划线：在正文中选中对应的文字，再点“定位到所选文字”；也可以删除，删除后仍在回收站。"
_FILES = "换用后，正文和版面取自所选的文件；划线、批注和更正随文字迁移，各份文件都保留。"


@dataclass(frozen=True, slots=True)
class MarkRow:
    """A mark as it is listed: its fate in words, its words before and now; `present` until it is deleted."""

    uid: str
    fate: str
    title: str
    before: str
    now: str
    lost: bool
    present: bool


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file of the issue."""

    sha256: str
    name: str
    kind: str
    in_force: bool


class RevisionWindow(QDialog):
    """It shows what it is given and tells what the reader wants."""

    comparison_chosen = Signal(int)
    mark_chosen = Signal(str)
    mark_placed = Signal(str)  # to be put on the words selected in the text
    mark_deleted = Signal(str)
    passage_chosen = Signal(int, int)  # change, its passage or -1
    file_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("revisions")
        self.setWindowTitle("修订对照")
        self.resize(660, 400)
        corner = parent.mapToGlobal(parent.rect().bottomRight())
        self.move(corner.x() - self.width() - 16, corner.y() - self.height() - 48)  # beside the text rather than on it
        self._theme = theme
        self._rows: tuple[MarkRow, ...] = ()
        self._files: tuple[FileRow, ...] = ()
        self._changes: tuple[ItemChange, ...] = ()
        self._title, self._said = QLabel(), QLabel()
        set_role(self._title, "title")
        set_role(self._said, "faint")
        self._said.setWordWrap(True)
        self._which = Choice(theme)
        self._which.setAccessibleName("哪一次对照")
        self._which.currentIndexChanged.connect(self.comparison_chosen)
        self._marks = _table(("状态", "原来的文字", "现在的文字", "条目"), "划线", stretched=(1, 2))
        self._text = QTextBrowser()
        self._text.setAccessibleName("文字变动")
        self._text.setOpenLinks(False)
        self._file_table = _table(("文件", "类型", "使用"), "文件", stretched=(0,))
        self._tabs = QTabWidget()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self._go, self._place, self._delete = QPushButton("转到正文"), QPushButton("定位到所选文字"), QPushButton("删除")
        self._use = QPushButton("换用这份文件")
        self._tabs.addTab(_below(self._marks, _HINT, (self._delete, self._place, self._go)), "划线")
        self._tabs.addTab(_below(self._text, "", ()), "文字变动")
        self._tabs.addTab(_below(self._file_table, _FILES, (self._use,)), "文件")
        top = QHBoxLayout()
        top.addWidget(self._title)
        top.addStretch(1)
        top.addWidget(self._which)
        layout = QVBoxLayout(self)
        layout.addLayout(top)
        layout.addWidget(self._said)
        layout.addWidget(self._tabs, 1)

    def _connect(self) -> None:
        self._marks.itemSelectionChanged.connect(self._enable)
        self._marks.cellClicked.connect(lambda _row, _column: self._go_to_mark())
        self._marks.cellActivated.connect(lambda _row, _column: self._go_to_mark())
        self._file_table.itemSelectionChanged.connect(self._enable)
        self._text.anchorClicked.connect(self._go_to_passage)
        self._go.clicked.connect(self._go_to_mark)
        self._place.clicked.connect(lambda: self.mark_placed.emit(self.chosen_mark()))
        self._delete.clicked.connect(lambda: self.mark_deleted.emit(self.chosen_mark()))
        self._use.clicked.connect(lambda: self.file_chosen.emit(self._chosen_file()))

    def set_theme(self, theme: Theme) -> None:
        """Changes the colours."""
        self._theme = theme
        self._which.set_theme(theme)
        self._fill_marks()
        self._text.setHtml(page(self._changes, theme))

    def set_issue(self, title: str, files: Sequence[FileRow], comparisons: Sequence[str], chosen: int) -> None:
        """Shows an issue: how it is called, its files (the one in force first), and its comparisons, the latest first."""
        self._title.setText(title)
        self._which.blockSignals(True)
        self._which.clear()
        self._which.addItems(list(comparisons))
        self._which.setCurrentIndex(chosen)
        self._which.blockSignals(False)
        self._which.setVisible(bool(comparisons))
        self._files = tuple(files)
        self._file_table.setRowCount(len(files))
        for row, file in enumerate(files):
            _set_row(self._file_table, row, (file.name, file.kind, "现用" if file.in_force else "另存"))
        self._tabs.setTabText(2, f"文件 {len(files)}")
        self._enable()

    def set_comparison(self, revision: Revision | None, rows: Sequence[MarkRow]) -> None:
        """Shows one comparison and its marks as they are now; None where the issue has had one file only."""
        self._rows = tuple(rows)
        self._changes = revision.changes if revision else ()
        self._said.setText(
            revision.sentence if revision else "这一期只收入过一份文件；收入同一期的另一份文件后，这里列出两份的差别。"
        )
        self._fill_marks()
        self._text.setHtml(page(self._changes, self._theme) if revision else "")
        changed = sum(change.kind != "same" for change in self._changes)
        self._tabs.setTabText(0, f"划线 {len(rows)}")
        self._tabs.setTabText(1, f"文字变动 {changed} 条")

    def show_differences(self) -> None:
        """Brings the marks to the front, or the passages that differ where there is no mark."""
        self._tabs.setCurrentIndex(0 if self._rows else 1)

    def show_files(self) -> None:
        """Brings the files to the front."""
        self._tabs.setCurrentIndex(2)

    def _fill_marks(self) -> None:
        chosen = self.chosen_mark()
        self._marks.setRowCount(len(self._rows))
        for at, row in enumerate(self._rows):
            _set_row(self._marks, at, (row.fate, row.before, row.now, row.title), self._theme.warning if row.lost else "")
            if row.uid == chosen:
                self._marks.selectRow(at)
        self._enable()

    def chosen_mark(self) -> str:
        """The mark of the selected row, "" for none."""
        row = self._chosen()
        return row.uid if row else ""

    def _chosen(self) -> MarkRow | None:
        at = _selected(self._marks)
        return self._rows[at] if 0 <= at < len(self._rows) else None

    def _chosen_file(self) -> str:
        at = _selected(self._file_table)
        return self._files[at].sha256 if 0 <= at < len(self._files) else ""

    def _enable(self) -> None:
        row, file = self._chosen(), self._chosen_file()
        self._go.setEnabled(bool(row and row.present and not row.lost))
        self._place.setEnabled(bool(row and row.lost))
        self._delete.setEnabled(bool(row and row.present))
        self._use.setEnabled(bool(file) and file != self._files[0].sha256)

    def _go_to_mark(self) -> None:
        row = self._chosen()
        if row and row.present:
            self.mark_chosen.emit(row.uid)

    def _go_to_passage(self, link: QUrl) -> None:
        change, _, passage = link.toString().partition(".")
        self.passage_chosen.emit(int(change), int(passage) if passage else -1)


def _table(heads: Sequence[str], name: str, *, stretched: Sequence[int]) -> QTableWidget:
    table = QTableWidget(0, len(heads))
    table.setAccessibleName(name)
    table.setHorizontalHeaderLabels(list(heads))
    table.verticalHeader().hide()
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    header = table.horizontalHeader()
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
    for column in stretched:
        header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
    return table


def _set_row(table: QTableWidget, row: int, cells: Sequence[str], color: str = "") -> None:
    for column, text in enumerate(cells):
        cell = QTableWidgetItem(text.replace("\n", " "))
        cell.setToolTip(text)
        if color and column == 0:
            cell.setForeground(QColor(color))
        table.setItem(row, column, cell)


def _selected(table: QTableWidget) -> int:
    rows = table.selectionModel().selectedRows()
    return rows[0].row() if rows else -1


def _below(widget: QWidget, hint: str, buttons: Sequence[QPushButton]) -> QWidget:
    """A tab: the list, under it a word of advice and what can be done."""
    tab = QWidget()
    column = QVBoxLayout(tab)
    column.setContentsMargins(0, 8, 0, 0)
    column.addWidget(widget, 1)
    row = QHBoxLayout()
    said = QLabel(hint)
    said.setWordWrap(True)
    set_role(said, "faint")
    row.addWidget(said, 1)
    for button in buttons:
        row.addWidget(button)
    if hint or buttons:
        column.addLayout(row)
    return tab
