"""What can be searched for again, shown while the box is empty: searches that were saved, and the last ones."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QMenu, QWidget

from desktop.ui.signs import smaller
from desktop.ui.theme import Theme
from desktop.ui.values import SearchChoice, StartView

_VIEW = Qt.ItemDataRole.UserRole + 1
_ORDERS = {"relevance": "按相关度"}  # what is not the rule


def told(choice: SearchChoice) -> str:
    """What a search is narrowed to, in words."""
    words = [choice.field.replace("/", "›"), choice.section, choice.level, choice.region, choice.title]
    if choice.period:
        year, _, month = choice.period.partition("-")
        words.append(f"{year}年{int(month)}月" if month else f"{year}年")
    words += [word for holds, word in ((choice.marked, "有标注"), (choice.noted, "有批注"), (choice.unread, "未读")) if holds]
    return "，".join(word for word in (*words, _ORDERS.get(choice.order, "")) if word)


class StartList(QListWidget):
    """The searches under two headings. A click or Enter does one again, Delete takes it off the list."""

    chosen = Signal(object)  # StartView
    forgotten = Signal(object)
    left_upwards = Signal()
    escaped = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName("已存检索和最近检索")
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._menu)
        self.itemClicked.connect(self._choose)

    def set_theme(self, theme: Theme) -> None:
        """Changes the colours."""
        self._theme = theme
        self.set_starts(self.starts())

    def set_starts(self, starts: Sequence[StartView]) -> None:
        """Lists these searches."""
        self.clear()
        for heading, rows in (("已存检索", [s for s in starts if s.uid]), ("最近检索", [s for s in starts if not s.uid])):
            if rows:
                head = QListWidgetItem(f"  {heading}", self)
                head.setFlags(Qt.ItemFlag.NoItemFlags)
                head.setForeground(QColor(self._theme.faint))
                head.setFont(smaller(self.font()))
                head.setSizeHint(QSize(40, self.fontMetrics().height() + 14))
            for start in rows:
                narrowed = told(start.choice)
                row = QListWidgetItem("   " + (f"{start.query}　{narrowed}" if narrowed else start.query), self)
                row.setData(_VIEW, start)
                row.setToolTip(row.text().strip())
                row.setSizeHint(QSize(40, self.fontMetrics().height() + 10))

    def starts(self) -> list[StartView]:
        """The searches as listed."""
        return [view for row in range(self.count()) if (view := self.item(row).data(_VIEW))]

    def select_first(self) -> bool:
        """Selects the first search; False when there is none."""
        row = next((row for row in range(self.count()) if self.item(row).data(_VIEW)), -1)
        self.setCurrentRow(row)
        return row >= 0

    def _choose(self, row: QListWidgetItem | None) -> None:
        if row is not None and row.data(_VIEW):
            self.chosen.emit(row.data(_VIEW))

    def _forget(self, row: QListWidgetItem | None) -> None:
        if row is not None and row.data(_VIEW):
            self.forgotten.emit(row.data(_VIEW))

    def _menu(self, place: QPoint) -> None:
        row = self.itemAt(place)
        if row is not None and row.data(_VIEW):
            menu = QMenu(self)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.addAction("检索", lambda: self._choose(row))
            menu.addAction("从列表中移除", lambda: self._forget(row))
            menu.popup(self.viewport().mapToGlobal(place))

    def event(self, event: QEvent) -> bool:
        """Delete forgets the search selected here, whatever the window's own Delete would take."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Delete:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter searches, Delete forgets, Up from the first goes back to the box, Esc closes the search."""
        key, first = event.key(), next((row for row in range(self.count()) if self.item(row).data(_VIEW)), -1)
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.currentItem())
        elif key == Qt.Key.Key_Delete:
            self._forget(self.currentItem())
        elif key == Qt.Key.Key_Escape:
            self.escaped.emit()
        elif key == Qt.Key.Key_Up and self.currentRow() == first:
            self.left_upwards.emit()
        else:
            super().keyPressEvent(event)
