"""The author's own words on the excerpt that is selected, and the way to leave out passages of it."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from desktop.ui.style import set_role
from desktop.ui.values import EntryView

_TYPING = 400  # ms after the last key until what was typed is stored
_HEIGHT = 58


class _Box(QPlainTextEdit):
    """A text box that says when it is left."""

    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class Remark(QWidget):
    """按语 on one excerpt."""

    changed = Signal(str, str)  # uid, text
    passages_requested = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._entry: EntryView | None = None
        self._box, self._cut = _Box(), QPushButton("选段…")
        self._box.setAccessibleName("对选中摘录的按语")
        self._box.setPlaceholderText("自己的话，排在摘录之前；以【摘要】开头即为摘要")
        self._box.setTabChangesFocus(True)
        self._box.setFixedHeight(_HEIGHT)
        self._cut.setAccessibleName("选择要摘录的段落")
        self._cut.setToolTip("只摘录这一条中的几段，删去的地方注明节选")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_TYPING)
        self._timer.timeout.connect(self.tell)
        self._box.textChanged.connect(lambda: self._timer.start() if self._box.hasFocus() else None)
        self._box.left.connect(self.tell)
        self._cut.clicked.connect(lambda: self._entry and self.passages_requested.emit(self._entry.uid))
        head, row = QLabel("按语（选中的一条）"), QHBoxLayout()
        set_role(head, "faint")
        row.addWidget(head, 1)
        row.addWidget(self._cut)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 6, 8, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self._box)
        self.hide()

    def show_entry(self, entry: EntryView | None) -> None:
        """Shows the words on an excerpt; what is being written on the same one stays."""
        same = entry is not None and self._entry is not None and entry.uid == self._entry.uid
        if not same:
            self.tell()
        self._entry = entry
        self.setVisible(entry is not None)
        if entry and not (same and self._box.hasFocus()) and self._box.toPlainText() != entry.comment:
            self._box.setPlainText(entry.comment)
        self._cut.setEnabled(entry is not None and entry.whole_item)

    def tell(self) -> None:
        """Reports what was written, if it is new."""
        self._timer.stop()
        if self._entry and self._box.toPlainText().strip() != self._entry.comment:
            entry, text = self._entry, self._box.toPlainText().strip()
            self._entry = EntryView(entry.uid, entry.title, entry.source, entry.text, entry.partial, text, entry.whole_item)
            self.changed.emit(entry.uid, text)
