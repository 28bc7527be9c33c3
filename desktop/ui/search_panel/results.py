"""The list of search results by issue, driven by mouse or keyboard."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTreeWidget, QTreeWidgetItem, QWidget

from desktop.ui.search_panel.rows import WHERE, HitRows, Role, one_line
from desktop.ui.theme import Theme
from desktop.ui.values import HitView


class ResultTree(QTreeWidget):
    """Issues in the order of their best hit, their hits under them. A click or Enter opens a hit."""

    chosen = Signal(object)
    more_requested = Signal(object)
    escaped = Signal()
    left_upwards = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows = HitRows(self, theme)
        self.setItemDelegate(self.rows)
        self.setHeaderHidden(True)
        self.setIndentation(0)
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName("检索结果")

    def set_theme(self, theme: Theme) -> None:
        """Changes the colours."""
        self.rows.theme = theme
        self.viewport().update()

    def show_hits(self, hits: Sequence[HitView]) -> None:
        """Shows these hits instead of the former ones, from the top."""
        self.clear()
        issues: dict[tuple[str, str], QTreeWidgetItem] = {}
        for hit in hits:
            key = (hit.issue_title, hit.date)
            if key not in issues:
                issues[key] = self._issue_row(hit)
            self._hit_row(issues[key], hit)
        self.scrollToTop()

    def _issue_row(self, hit: HitView) -> QTreeWidgetItem:
        row = QTreeWidgetItem(self, [hit.issue_title])
        row.setData(0, Role.DATE, hit.date)
        row.setFlags(Qt.ItemFlag.ItemIsEnabled)
        row.setExpanded(True)
        return row

    def _hit_row(self, issue: QTreeWidgetItem, hit: HitView) -> None:
        row = QTreeWidgetItem(issue, [hit.title])
        row.setData(0, Role.HIT, hit)
        row.setData(0, Role.MORE, hit.more)
        told = f"{hit.title}，{hit.section}，{WHERE.get(hit.where, hit.where)}：{one_line(hit)}"
        row.setData(0, Qt.ItemDataRole.AccessibleTextRole, told)
        if hit.printed_title:
            row.setToolTip(0, f"{hit.title}\n原题：{hit.printed_title}")

    def hit_rows(self) -> list[QTreeWidgetItem]:
        """The rows of hits from top to bottom."""
        issues = (self.topLevelItem(index) for index in range(self.topLevelItemCount()))
        return [issue.child(index) for issue in issues if issue for index in range(issue.childCount())]

    def show_more(self, hit_id: object, places: Sequence[HitView]) -> None:
        """Shows further places of a hit under it."""
        row = next((row for row in self.hit_rows() if row.data(0, Role.HIT).id == hit_id), None)
        if row is None or row.childCount():
            return
        for place in places:
            child = QTreeWidgetItem(row, [""])
            child.setData(0, Role.HIT, place)
            child.setData(0, Qt.ItemDataRole.AccessibleTextRole, one_line(place))
        row.setData(0, Role.MORE, False)
        row.setExpanded(True)

    def _toggle_places(self, *, opened: bool) -> bool:
        """Opens or closes the further places of the selected hit; False where there is nothing to open or close."""
        row = self.currentItem()
        if row is None or row.data(0, Role.HIT) is None:
            return False
        if not opened:
            owner = row if row.childCount() else row.parent()
            if owner is None or owner.data(0, Role.HIT) is None:
                return False
            owner.setExpanded(False)
            self.setCurrentItem(owner)
        elif row.childCount():
            row.setExpanded(True)
        elif row.data(0, Role.MORE):
            self.more_requested.emit(row.data(0, Role.HIT).id)
        return True

    def select_first(self) -> bool:
        """Selects the first hit; False when there is none."""
        rows = self.hit_rows()
        if rows:
            self.setCurrentItem(rows[0])
        return bool(rows)

    def choose_current(self) -> None:
        """Opens the selected hit."""
        row = self.currentItem()
        hit = row.data(0, Role.HIT) if row else None
        if hit is not None:
            self.chosen.emit(hit.id)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click opens a hit."""
        super().mouseReleaseEvent(event)
        row = self.itemAt(event.position().toPoint())
        if row is None or row is not self.currentItem() or event.button() is not Qt.MouseButton.LeftButton:
            return
        if row.data(0, Role.MORE) and self.rows.offers_more_at(row.data(0, Role.HIT), self.visualItemRect(row), event.position()):
            self._toggle_places(opened=True)
        else:
            self.choose_current()

    def event(self, event: QEvent) -> bool:
        """Esc is for the search, whatever the window uses it for."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Esc closes the search, Up from the first hit goes back to the box.

        Right shows all places of the selected item, Left puts them away.
        """
        key, rows = event.key(), self.hit_rows()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.choose_current()
        elif key == Qt.Key.Key_Escape:
            self.escaped.emit()
        elif key in (Qt.Key.Key_Right, Qt.Key.Key_Left) and self._toggle_places(opened=key == Qt.Key.Key_Right):
            pass
        elif key == Qt.Key.Key_Up and rows and self.currentItem() is rows[0]:
            self.left_upwards.emit()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Nothing: single letters are not commands."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Snippets wrap anew at another width."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()
