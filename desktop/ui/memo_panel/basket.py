"""The list of excerpts in their order: dragged or moved by keys, removed, opened."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.ui.colors import mix
from desktop.ui.signs import smaller, wrapped
from desktop.ui.theme import Theme
from desktop.ui.values import EntryView

Index = QModelIndex | QPersistentModelIndex
_ENTRY = Qt.ItemDataRole.UserRole + 1
_LEFT, _CROSS = 34, 26
_V = Qt.AlignmentFlag.AlignVCenter


class EntryRows(QStyledItemDelegate):
    """Rows: place in the basket, title, source, two lines of the text, a cross to remove."""

    def __init__(self, list_: QListWidget, theme: Theme) -> None:
        super().__init__(list_)
        self.theme = theme
        self._list = list_

    def _texts(self, entry: EntryView) -> tuple[list[str], list[str]]:
        width = self._list.viewport().width() - _LEFT
        title = wrapped(entry.title, self._bold(), width - _CROSS, 2)
        return title, wrapped(entry.text.replace("\n", " "), self._list.font(), width - 10, 2)

    def _bold(self) -> QFont:
        font = QFont(self._list.font())
        font.setBold(True)
        return font

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as title and text need at the present width."""
        title, text = self._texts(index.data(_ENTRY))
        line = QFontMetrics(self._list.font()).height()
        return QSize(60, line * (len(title) + len(text)) + QFontMetrics(smaller(self._list.font())).height() + 14)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draws one row."""
        row: QRect = option.rect  # type: ignore[attr-defined]
        entry: EntryView = index.data(_ENTRY)
        theme, line = self.theme, QFontMetrics(self._list.font()).height()
        title, text = self._texts(entry)
        painter.save()
        self._ground(painter, row, option.state)  # type: ignore[attr-defined]
        # The order in the basket only: what is printed is numbered group by group.
        painter.setFont(smaller(self._list.font()))
        painter.setPen(QColor(theme.faint))
        painter.drawText(
            QRect(row.left(), row.top() + 5, _LEFT - 8, line), _V | Qt.AlignmentFlag.AlignRight, str(index.row() + 1)
        )
        painter.setFont(self._bold())
        painter.setPen(QColor(theme.text))
        top = _lines(painter, QPointF(_LEFT, row.top() + 5), title)
        painter.setFont(smaller(self._list.font()))
        painter.setPen(QColor(theme.faint))
        top = _lines(painter, QPointF(_LEFT, top + 1), [entry.source + ("（节选）" if entry.partial else "")])
        painter.setFont(self._list.font())
        painter.setPen(mix(theme.text, theme.surface, 0.82))
        _lines(painter, QPointF(_LEFT, top + 1), text)
        self._cross(painter, row, option.state)  # type: ignore[attr-defined]
        painter.restore()

    def _ground(self, painter: QPainter, row: QRect, state: QStyle.StateFlag) -> None:
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(row, QColor(self.theme.selected))
            painter.fillRect(QRect(row.left(), row.top(), 3, row.height()), QColor(self.theme.accent))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(row, mix(self.theme.text, self.theme.surface, 0.05))
        painter.fillRect(QRect(_LEFT, row.bottom(), row.width() - _LEFT, 1), QColor(self.theme.line))

    def _cross(self, painter: QPainter, row: QRect, state: QStyle.StateFlag) -> None:
        if state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(self.theme.faint), 1.4))
            centre = QPointF(cross_box(row).center())
            for x in (-3.5, 3.5):
                painter.drawLine(centre + QPointF(x, -3.5), centre + QPointF(-x, 3.5))


def cross_box(row: QRect) -> QRect:
    """Where the cross of a row is."""
    return QRect(row.right() - _CROSS, row.top() + 3, _CROSS - 4, 22)


def _lines(painter: QPainter, at: QPointF, lines: list[str]) -> float:
    metrics = painter.fontMetrics()
    for number, line in enumerate(lines):
        painter.drawText(QPointF(at.x(), at.y() + number * metrics.height() + metrics.ascent()), line)
    return at.y() + len(lines) * metrics.height()


class Basket(QListWidget):
    """The excerpts. What it reports comes back as new entries; the order on screen is only ahead for that moment."""

    moved = Signal(str, int)  # uid, its new place counted from 1
    removed = Signal(str)
    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows = EntryRows(self, theme)
        self.setItemDelegate(self.rows)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("摘编篮")
        self.model().rowsMoved.connect(self._rows_moved)

    def show_entries(self, entries: Sequence[EntryView]) -> None:
        """Shows these excerpts in this order; the selected one stays selected."""
        current, kept = self.current_uid(), self.verticalScrollBar().value()
        self.clear()
        for entry in entries:
            row = QListWidgetItem(entry.title, self)
            row.setData(_ENTRY, entry)
            told = f"{entry.title}，{entry.source}{'，节选' if entry.partial else ''}"
            row.setData(Qt.ItemDataRole.AccessibleTextRole, told)
            row.setToolTip(
                f"{told}\n篮中第 {self.count()} 条，印出的序号按分组另编\n拖动或按 Alt+↑、Alt+↓ 调整顺序，按 Delete 移出"
            )
            if entry.uid == current:
                self.setCurrentItem(row)
        self.verticalScrollBar().setValue(kept)

    def uids(self) -> list[str]:
        """The excerpts in the order shown."""
        return [self.item(row).data(_ENTRY).uid for row in range(self.count())]

    def current_uid(self) -> str:
        """The selected excerpt, or ""."""
        row = self.currentItem()
        return row.data(_ENTRY).uid if row else ""

    def _rows_moved(self, _from: QModelIndex, start: int, _end: int, _to: QModelIndex, before: int) -> None:
        place = before if before < start else before - 1
        self.moved.emit(self.item(place).data(_ENTRY).uid, place + 1)

    def _move_current(self, step: int) -> None:
        row = self.currentRow()
        if row >= 0 and 0 <= row + step < self.count():
            self.model().moveRow(QModelIndex(), row, QModelIndex(), row + step + (step > 0))

    def event(self, event: QEvent) -> bool:
        """Delete removes the excerpt selected here, whatever the window's own Delete would take."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Delete:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt with the arrows moves, Delete removes, Enter shows the excerpt in its issue."""
        key = event.key()
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._move_current(-1 if key == Qt.Key.Key_Up else 1)
        elif key == Qt.Key.Key_Delete and self.current_uid():
            self.removed.emit(self.current_uid())
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() and self.current_uid():
            self.chosen.emit(self.current_uid())
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on the cross removes."""
        super().mouseReleaseEvent(event)
        at = event.position().toPoint()
        row = self.itemAt(at)
        if row is not None and event.button() is Qt.MouseButton.LeftButton and cross_box(self.visualItemRect(row)).contains(at):
            self.removed.emit(row.data(_ENTRY).uid)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click shows the excerpt in its issue."""
        row = self.itemAt(event.position().toPoint())
        if row is not None:
            self.chosen.emit(row.data(_ENTRY).uid)

    def keyboardSearch(self, search: str) -> None:
        """Nothing: single letters are not commands."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Titles wrap anew at another width."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()
