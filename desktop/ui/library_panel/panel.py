"""期刊库: all documents of the library by year, newest first; an empty library offers three ways to begin."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QStackedWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.bulletin.folding import fold
from desktop.ui.library_panel.rows import IssueRows, Role, counts_text, issue_name, number_text
from desktop.ui.style import set_role
from desktop.ui.theme import Theme
from desktop.ui.values import IssueView

_OTHERS = "其他文件"


class LibraryPanel(QWidget):
    """The list of the library."""

    open_issue = Signal(int)
    open_requested = Signal()
    folder_requested = Signal()
    samples_requested = Signal()
    revisions_requested = Signal(int)
    remove_requested = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._issues: tuple[IssueView, ...] = ()
        self._folded: set[str] = set()
        self._filter = QLineEdit()
        self._tree = _IssueTree(theme)
        self._nothing = QLabel("没有符合的期刊。可以按期号、刊名或年份筛选。")
        self._stack = QStackedWidget()
        self._lay_out()
        self._filter.textChanged.connect(self._show)
        self._filter.returnPressed.connect(self._open_first)
        self._tree.opened.connect(self.open_issue)
        self._tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._tree.customContextMenuRequested.connect(self._open_menu)
        self._tree.itemCollapsed.connect(lambda row: self._folded.add(row.text(0)))
        self._tree.itemExpanded.connect(lambda row: self._folded.discard(row.text(0)))
        self._show()

    def _lay_out(self) -> None:
        set_role(self, "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._filter.setPlaceholderText("筛选期号、刊名")
        self._filter.setAccessibleName("筛选期刊库")
        self._filter.setClearButtonEnabled(True)
        set_role(self._nothing, "faint")
        self._nothing.setWordWrap(True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._nothing.setContentsMargins(12, 8, 12, 8)
        listed = QWidget()
        rows = QVBoxLayout(listed)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        box = QVBoxLayout()
        box.setContentsMargins(8, 8, 8, 6)
        box.addWidget(self._filter)
        rows.addLayout(box)
        rows.addWidget(self._tree, 1)
        rows.addWidget(self._nothing, 1)
        self._stack.addWidget(listed)
        self._stack.addWidget(self._beginning())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)

    def _beginning(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(8)
        word = QLabel("期刊库还是空的。\n打开或拖入要参文件即可开始，原件不会被改动。")
        word.setWordWrap(True)
        set_role(word, "faint")
        column.addStretch(1)
        column.addWidget(word)
        ways = (("打开文件", self.open_requested), ("导入文件夹", self.folder_requested), ("打开示例", self.samples_requested))
        for text, signal in ways:
            button = QPushButton(text)
            button.setAccessibleName(text)
            button.clicked.connect(lambda _checked=False, signal=signal: signal.emit())
            set_role(button, "primary" if signal is ways[0][1] else "")
            column.addWidget(button)
        column.addStretch(2)
        return page

    def set_theme(self, theme: Theme) -> None:
        """Changes the colours."""
        self._tree.rows.theme = theme
        self._tree.viewport().update()

    def set_issues(self, issues: Sequence[IssueView]) -> None:
        """Lists these documents; years that were folded stay folded."""
        self._issues = tuple(issues)
        self._show()

    def set_current(self, issue: int) -> None:
        """Shows which document is open in the window (0 for none), without reporting it."""
        self._tree.rows.opened = issue
        row = self._tree.row_of(issue)
        if row is not None:
            self._tree.setCurrentItem(row)
            self._tree.scrollToItem(row)
        self._tree.viewport().update()

    def _show(self) -> None:
        wanted = fold(self._filter.text())
        shown = [issue for issue in self._issues if wanted in _searched(issue)]
        self._stack.setCurrentIndex(0 if self._issues else 1)
        several = len({issue.title for issue in self._issues if issue.kind == "issue"}) > 1
        current = self._tree.current()
        self._tree.blockSignals(True)
        self._tree.clear()
        for name, group in _groups(shown):
            year = QTreeWidgetItem(self._tree, [name])
            year.setData(0, Role.COUNT, len(group))
            for issue in group:
                _add_row(year, issue, issue_name(issue, with_title=several))
            year.setExpanded(name not in self._folded or bool(wanted))
        self._tree.blockSignals(False)
        row = self._tree.row_of(current or self._tree.rows.opened)
        if row is not None:
            self._tree.setCurrentItem(row)
        self._tree.setVisible(bool(shown))
        self._nothing.setVisible(not shown)

    def _open_menu(self, at: QPoint) -> None:
        row = self._tree.itemAt(at)
        issue: IssueView | None = row.data(0, Role.ISSUE) if row else None
        if issue is not None:
            self.menu(issue.id).popup(self._tree.viewport().mapToGlobal(at))

    def menu(self, issue: int) -> QMenu:
        """What can be done with a document of the list."""
        menu = QMenu(self._tree)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("打开", lambda: self.open_issue.emit(issue))
        menu.addAction("修订对照…", lambda: self.revisions_requested.emit(issue))
        menu.addSeparator()
        menu.addAction("从资料库移除…", lambda: self.remove_requested.emit(issue))
        return menu

    def _open_first(self) -> None:
        """Enter in the box opens the one document that is left."""
        shown = [row for row in self._tree.issue_rows() if row.data(0, Role.ISSUE)]
        if self._filter.text() and len(shown) == 1:
            self.open_issue.emit(shown[0].data(0, Role.ISSUE).id)
        elif shown:
            self._tree.setFocus()
            self._tree.setCurrentItem(shown[0])


def _add_row(year: QTreeWidgetItem, issue: IssueView, name: str) -> None:
    row = QTreeWidgetItem(year, [name])
    row.setData(0, Role.ISSUE, issue)
    full = f"《{issue.title}》{number_text(issue.number)}" if issue.number else f"《{issue.title}》"
    row.setToolTip(0, f"{full}\n{issue.date}　{counts_text(issue)}")
    row.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"{full}，{issue.date}，{counts_text(issue)}")


def _searched(issue: IssueView) -> str:
    number = number_text(issue.number) if issue.number else ""
    return fold(f"{issue.title}{issue.year}年{number}|{issue.title}{number}|{issue.title}{issue.number}")


def _groups(issues: Sequence[IssueView]) -> list[tuple[str, list[IssueView]]]:
    """Issues by year, newest first, then all other papers."""
    years: dict[int, list[IssueView]] = {}
    for issue in issues:
        if issue.kind == "issue":
            years.setdefault(issue.year, []).append(issue)
    groups = [(f"{year}年" if year else "年份不详", _newest(years[year])) for year in sorted(years, reverse=True)]
    others = [issue for issue in issues if issue.kind != "issue"]
    return [*groups, (_OTHERS, _newest(others))] if others else groups


def _newest(issues: list[IssueView]) -> list[IssueView]:
    return sorted(issues, key=lambda issue: issue.date, reverse=True)


class _IssueTree(QTreeWidget):
    """A click or Enter opens; moving with the arrows only selects."""

    opened = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.rows = IssueRows(self, theme)
        self.setItemDelegate(self.rows)
        self.setHeaderHidden(True)
        self.setIndentation(0)
        self.setRootIsDecorated(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setExpandsOnDoubleClick(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName("期刊列表")

    def issue_rows(self) -> list[QTreeWidgetItem]:
        """The rows of documents, from top to bottom."""
        years = (self.topLevelItem(index) for index in range(self.topLevelItemCount()))
        return [year.child(index) for year in years if year for index in range(year.childCount())]

    def row_of(self, issue: int) -> QTreeWidgetItem | None:
        """The row of a document, if it is listed."""
        return next((row for row in self.issue_rows() if row.data(0, Role.ISSUE).id == issue), None)

    def current(self) -> int:
        """The selected document, or 0."""
        row = self.currentItem()
        issue = row.data(0, Role.ISSUE) if row else None
        return issue.id if issue else 0

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click opens a document, or folds a year."""
        super().mouseReleaseEvent(event)
        row = self.itemAt(event.position().toPoint())
        if row is not None and event.button() is Qt.MouseButton.LeftButton:
            self._act(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens a document, or folds a year."""
        row = self.currentItem()
        if row is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._act(row)
        else:
            super().keyPressEvent(event)

    def _act(self, row: QTreeWidgetItem) -> None:
        issue: IssueView | None = row.data(0, Role.ISSUE)
        if issue is None:
            row.setExpanded(not row.isExpanded())
        else:
            self.opened.emit(issue.id)

    def keyboardSearch(self, search: str) -> None:
        """Nothing: single letters are not commands."""
