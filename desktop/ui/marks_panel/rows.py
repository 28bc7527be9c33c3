"""Draws the rows of the list of marks, and opens the note of a row for writing in its place."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QListWidget, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.ui.colors import ink, mix
from desktop.ui.note_editor import NoteBox
from desktop.ui.signs import draw_fields, smaller, wrapped
from desktop.ui.theme import Theme
from desktop.ui.values import MarkView

Index = QModelIndex | QPersistentModelIndex
_MOST_NOTE_LINES = 4
_EDITOR_HEIGHT = 84


class Role(IntEnum):
    """What a row holds besides its text."""

    MARK = Qt.ItemDataRole.UserRole + 1  # MarkView
    PLACE = Qt.ItemDataRole.UserRole + 2  # "第2条　题名"


@dataclass(frozen=True, slots=True)
class RowParts:
    """The texts of a row, broken to its width, and where each part stands."""

    quote: list[str]
    note: list[str]
    quote_box: QRect
    note_box: QRect
    foot: QRect


class MarkRows(QStyledItemDelegate):
    """Rows: colour bar, quote on two lines, note, place with field labels."""

    note_saved = Signal(str, str)

    def __init__(self, list_: QListWidget, theme: Theme) -> None:
        super().__init__(list_)
        self.theme = theme
        self._list = list_
        self.editing = ""  # uid of the mark whose note is open
        self._open: NoteBox | None = None

    def parts(self, row: QRect, index: Index) -> RowParts:
        """The parts of a row that begins at `row`'s upper left corner and has its width."""
        mark: MarkView = index.data(Role.MARK)
        font, small = self._list.font(), smaller(self._list.font())
        line, small_line = QFontMetrics(font).height(), QFontMetrics(small).height()
        left, width = row.left() + 14, max(row.width() - 24, 40)
        quote = wrapped(mark.quote.replace("\n", " "), font, width, 2)
        note = [] if mark.uid == self.editing else _note_lines(mark.note, font, width - 12)
        quote_box = QRect(left, row.top() + 6, width, line * len(quote))
        height = _EDITOR_HEIGHT if mark.uid == self.editing else line * len(note) + (4 if note else 0)
        note_box = QRect(left, quote_box.bottom() + 3, width, height)
        return RowParts(quote, note, quote_box, note_box, QRect(left, note_box.bottom() + 3, width, small_line))

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as quote and note need at the present width."""
        row = QRect(0, 0, self._list.viewport().width(), 0)
        return QSize(60, self.parts(row, index).foot.bottom() + 8)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draws one row."""
        mark: MarkView = index.data(Role.MARK)
        row: QRect = option.rect  # type: ignore[attr-defined]
        parts, theme = self.parts(row, index), self.theme
        painter.save()
        self._ground(painter, row, option.state, mark)  # type: ignore[attr-defined]
        painter.setFont(self._list.font())
        painter.setPen(QColor(theme.text if mark.anchored else theme.faint))
        _draw_lines(painter, parts.quote_box, parts.quote)
        if parts.note:
            painter.fillRect(
                QRect(parts.note_box.left(), parts.note_box.top() + 2, 2, parts.note_box.height() - 4), QColor(theme.accent)
            )
            painter.setPen(QColor(theme.text))
            _draw_lines(painter, parts.note_box.adjusted(9, 2, 0, 0), parts.note)
        painter.setFont(smaller(self._list.font()))
        self._foot(painter, parts.foot, mark, index.data(Role.PLACE))
        painter.restore()

    def _ground(self, painter: QPainter, row: QRect, state: QStyle.StateFlag, mark: MarkView) -> None:
        theme = self.theme
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(row, QColor(theme.selected))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(row, mix(theme.text, theme.surface, 0.05))
        color = theme.marks.get(mark.color, theme.line)
        thin = mark.style == "underline"
        bar = QRect(row.left() + 5, row.top() + 7, 2 if thin else 4, row.height() - 15)
        painter.fillRect(bar, ink(color, theme) if thin or theme.dark else mix(color, ink(color, theme).name(), 0.72))
        painter.fillRect(QRect(row.left(), row.bottom(), row.width(), 1), QColor(theme.line))

    def _foot(self, painter: QPainter, foot: QRect, mark: MarkView, place: str) -> None:
        x = draw_fields(painter, foot.left(), foot.adjusted(0, 0, -foot.width() // 3, 0), mark.fields, self.theme)
        if not mark.anchored:
            painter.setPen(QColor(self.theme.warning))
            painter.drawText(foot.adjusted(x - foot.left(), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, "原文中未找到")
            x += painter.fontMetrics().horizontalAdvance("原文中未找到") + 8
        painter.setPen(QColor(self.theme.faint))
        place = f"{mark.author}　{place}" if mark.author else place
        room = QRect(x, foot.top(), foot.right() - x, foot.height())
        text = painter.fontMetrics().elidedText(place, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)

    # Writing a note in its row

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A note box in the row; it reports for itself when it is saved."""
        uid = index.data(Role.MARK).uid
        box = NoteBox(parent)
        box.saved.connect(lambda text: self._finish(box, uid, text))
        box.cancelled.connect(lambda: self._finish(box, uid, None))
        self._open = box
        return box

    def finish(self) -> None:
        """Save the note that is open, if one is: its row is about to go."""
        if self._open is not None:
            self._open.save()

    def _finish(self, box: NoteBox, uid: str, text: str | None) -> None:
        self.editing, self._open = "", None
        self.closeEditor.emit(box, QStyledItemDelegate.EndEditHint.NoHint)
        self._list.scheduleDelayedItemsLayout()
        if text is not None:
            self.note_saved.emit(uid, text)

    def eventFilter(self, _editor: QObject, _event: object) -> bool:
        """Keys and focus are the note box's own business."""
        return False

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """The box begins with the note as it is."""
        if isinstance(editor, NoteBox):
            editor.start(index.data(Role.MARK).note)

    def setModelData(self, _editor: QWidget, _model: QAbstractItemModel, _index: Index) -> None:
        """Nothing is stored here: the note goes out by `note_saved` and comes back with the marks."""

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """The box takes the note's place in the row."""
        editor.setGeometry(self.parts(option.rect, index).note_box)  # type: ignore[attr-defined]


def _note_lines(note: str, font: QFont, width: int) -> list[str]:
    lines: list[str] = []
    for paragraph in note.splitlines():
        left = _MOST_NOTE_LINES - len(lines)
        if left > 0:
            lines += wrapped(paragraph, font, width, left)
    return lines


def _draw_lines(painter: QPainter, box: QRect, lines: list[str]) -> None:
    metrics = painter.fontMetrics()
    for number, line in enumerate(lines):
        painter.drawText(box.left(), box.top() + number * metrics.height() + metrics.ascent(), line)
