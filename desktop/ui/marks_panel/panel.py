"""标注: all marks of a document in the order of its text, to jump to, write on, sort out and take away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QVBoxLayout,
    QWidget,
)

from desktop.bulletin.folding import fold
from desktop.ui.choice import Choice
from desktop.ui.marks_panel.rows import MarkRows, Role
from desktop.ui.signs import field_icon
from desktop.ui.style import set_role
from desktop.ui.theme import MARK_NAMES, Theme
from desktop.ui.values import MarkView

_ALL, _NOTED, _BY = "全部标注", "有批注", "{}的标注"


class MarksPanel(QWidget):
    """The panel 标注."""

    mark_chosen = Signal(str)
    mark_deleted = Signal(str)
    mark_placed = Signal(str)  # a lost one, to be put on the words selected in the text
    note_edited = Signal(str, str)
    mark_fields_requested = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._marks: tuple[MarkView, ...] = ()
        self._places: dict[int, str] = {}
        self._filter, self._field, self._count = QLineEdit(), Choice(theme), QLabel()
        self._list = _MarkList(theme, self)
        self._empty = QLabel("选中正文，即可划线、批注。这里按正文顺序列出全部标注。")
        self._lay_out()
        self._filter.textChanged.connect(self._show)
        self._field.currentIndexChanged.connect(self._show)
        self._list.chosen.connect(self.mark_chosen)
        self._list.deleted.connect(self.mark_deleted)
        self._list.placed.connect(self.mark_placed)
        self._list.fields_requested.connect(self.mark_fields_requested)
        self._list.rows.note_saved.connect(self._note_saved)
        self._show()

    def _lay_out(self) -> None:
        set_role(self, "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._filter.setPlaceholderText("筛选原文、批注")
        self._filter.setAccessibleName("筛选标注")
        self._filter.setClearButtonEnabled(True)
        self._field.setAccessibleName("按领域筛选标注")
        self._field.addItems([_ALL, _NOTED])
        self._count.setContentsMargins(10, 0, 10, 4)
        for label in (self._count, self._empty):
            set_role(label, "faint")
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._empty.setContentsMargins(12, 10, 12, 10)
        top = QHBoxLayout()
        top.setContentsMargins(8, 8, 8, 6)
        top.setSpacing(6)
        top.addWidget(self._filter, 1)
        top.addWidget(self._field)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self._count)
        column.addWidget(self._list, 1)
        column.addWidget(self._empty, 1)

    def set_theme(self, theme: Theme) -> None:
        """Changes the colours."""
        self._theme = theme
        self._list.rows.theme = theme
        self._field.set_theme(theme)
        for index in range(2, self._field.count()):
            if not self._field.itemIcon(index).isNull():  # the names of authors have no sign
                self._field.setItemIcon(index, field_icon(theme, self._field.itemText(index)))
        self._list.viewport().update()

    def set_marks(self, marks: Sequence[MarkView], places: Mapping[int, str]) -> None:
        """Lists the marks, given in text order; `places` says for each item where it is ("第2条　题名")."""
        self._marks, self._places = tuple(marks), dict(places)
        self._fill_fields()
        self._show()

    def set_current(self, uid: str) -> None:
        """Selects a mark without reporting it."""
        row = self._list.row_of(uid)
        if row is not None:
            self._list.setCurrentItem(row)
            self._list.scrollToItem(row)

    def edit_note(self, uid: str) -> None:
        """Opens the note of a mark for writing in its row."""
        row = self._list.row_of(uid)
        if row is not None:
            self._list.open_note(row)

    def _fill_fields(self) -> None:
        kept = self._field.currentText()
        names = list(dict.fromkeys(field for mark in self._marks for field in mark.fields))
        self._field.blockSignals(True)
        self._field.clear()
        self._field.addItems([_ALL, _NOTED])
        for name in names:
            self._field.addItem(field_icon(self._theme, name), name)
        self._field.addItems([_BY.format(author) for author in dict.fromkeys(mark.author for mark in self._marks if mark.author)])
        self._field.setCurrentIndex(max(self._field.findText(kept), 0))
        self._field.blockSignals(False)

    def _show(self) -> None:
        wanted, field = fold(self._filter.text()), self._field.currentText()
        shown = [mark for mark in self._marks if _fits(mark, field) and wanted in fold(mark.quote + "\n" + mark.note)]
        self._list.show_marks(shown, self._places)
        self._list.setVisible(bool(self._marks))
        self._empty.setVisible(not self._marks)
        self._count.setVisible(bool(self._marks))
        total = f"{len(self._marks)} 处"
        self._count.setText(total if len(shown) == len(self._marks) else f"{len(shown)} / {total}")

    def _note_saved(self, uid: str, text: str) -> None:
        """Also of a mark that is listed no longer: another document may be shown by the time the box is left."""
        mark = next((one for one in self._marks if one.uid == uid), None)
        if text != (mark.note if mark else ""):
            self.note_edited.emit(uid, text)


def _fits(mark: MarkView, field: str) -> bool:
    by_author = bool(mark.author) and field == _BY.format(mark.author)
    return field == _ALL or field in mark.fields or (field == _NOTED and bool(mark.note)) or by_author


class _MarkList(QListWidget):
    chosen = Signal(str)
    deleted = Signal(str)
    placed = Signal(str)
    fields_requested = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows = MarkRows(self, theme)
        self.setItemDelegate(self.rows)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setAccessibleName("标注列表")
        self.customContextMenuRequested.connect(self._menu)

    def show_marks(self, marks: Sequence[MarkView], places: Mapping[int, str]) -> None:
        """Fills the list; the selected row stays selected, an open note stays open."""
        current, kept = self.current_uid(), self.verticalScrollBar().value()
        if self.rows.editing and any(mark.uid == self.rows.editing for mark in marks):
            self._renew(marks)
            return
        self.rows.finish()
        self.blockSignals(True)
        self.clear()
        for mark in marks:
            row = QListWidgetItem(self)
            row.setFlags(row.flags() | Qt.ItemFlag.ItemIsEditable)
            _fill(row, mark, places.get(mark.item, ""))
            if mark.uid == current:
                self.setCurrentItem(row)
        self.blockSignals(False)
        self.verticalScrollBar().setValue(kept)

    def _renew(self, marks: Sequence[MarkView]) -> None:
        for mark in marks:
            row = self.row_of(mark.uid)
            if row is not None:
                _fill(row, mark, row.data(Role.PLACE))

    def row_of(self, uid: str) -> QListWidgetItem | None:
        """The row of a mark, if it is listed."""
        rows = (self.item(index) for index in range(self.count()))
        return next((row for row in rows if row.data(Role.MARK).uid == uid), None)

    def current_uid(self) -> str:
        """The selected mark, or ""."""
        row = self.currentItem()
        return row.data(Role.MARK).uid if row else ""

    def open_note(self, row: QListWidgetItem) -> None:
        """Opens the row's note box."""
        self.rows.editing = row.data(Role.MARK).uid
        self.setCurrentItem(row)
        self.doItemsLayout()
        self.scrollToItem(row)
        self.editItem(row)

    def _menu(self, at: QPoint) -> None:
        row = self.itemAt(at)
        if row is not None:
            self.menu(row).popup(self.viewport().mapToGlobal(at))

    def menu(self, row: QListWidgetItem) -> QMenu:
        """What can be done with a mark of the list; one whose words are gone can be put on the words selected."""
        uid = row.data(Role.MARK).uid
        menu = QMenu(self)
        if row.data(Role.MARK).anchored:
            menu.addAction("转到正文", lambda: self.chosen.emit(uid))
        else:
            menu.addAction("定位到所选文字", lambda: self.placed.emit(uid))
        menu.addAction("写批注", lambda: self.open_note(row))
        menu.addAction("标注领域…", lambda: self.fields_requested.emit(uid))
        menu.addSeparator()
        menu.addAction("删除", lambda: self.deleted.emit(uid))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click leads to the mark."""
        super().mouseReleaseEvent(event)
        row = self.itemAt(event.position().toPoint())
        if row is not None and event.button() is Qt.MouseButton.LeftButton:
            self.chosen.emit(row.data(Role.MARK).uid)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click opens the note."""
        row = self.itemAt(event.position().toPoint())
        if row is not None:
            self.open_note(row)

    def event(self, event: QEvent) -> bool:
        """Delete takes away the mark selected here, whatever the window's own Delete would take."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Delete:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter leads to the mark, F2 writes on it, Delete takes it away."""
        row, key = self.currentItem(), event.key()
        if row is not None and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.chosen.emit(self.current_uid())
        elif row is not None and key == Qt.Key.Key_F2:
            self.open_note(row)
        elif row is not None and key == Qt.Key.Key_Delete:
            self.deleted.emit(self.current_uid())
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Nothing: single letters are not commands."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Quotes wrap anew at another width."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()


def _fill(row: QListWidgetItem, mark: MarkView, place: str) -> None:
    row.setData(Role.MARK, mark)
    row.setData(Role.PLACE, place)
    row.setText(mark.quote)
    kind = "下划线" if mark.style == "underline" else "划线"
    told = [
        mark.quote,
        f"{kind}，{MARK_NAMES.get(mark.color, mark.color)}",
        *mark.fields,
        *([f"批注 {mark.note}"] if mark.note else []),
        mark.author,
        place,
    ]
    row.setData(Qt.ItemDataRole.AccessibleTextRole, "，".join(part for part in told if part))
    row.setToolTip(f"{mark.author}的标注\n{place}" if mark.author else place)
