"""Writing a note at the place it belongs to: a small card that is never in the way and never loses a word.

Enter makes a new line, so the Enter that ends a composition of the input method cannot send the note off.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from desktop.ui.floating import LINE, Floating
from desktop.ui.style import set_role
from desktop.ui.theme import Theme


class NoteBox(QPlainTextEdit):
    """A box of several lines. It has ended when it was saved (Ctrl+Enter, focus gone) or cancelled (Esc)."""

    saved = Signal(str)
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._composing = False
        self._ended = True
        self.setPlaceholderText("写批注")
        self.setAccessibleName("批注")
        self.setTabChangesFocus(True)

    def start(self, text: str) -> None:
        """Begins with a text, the caret at its end."""
        self.setPlainText(text)
        self._ended = False
        self.moveCursor(self.textCursor().MoveOperation.End)

    def save(self) -> None:
        """Ends by saving; a box that has ended does so no more."""
        if not self._ended:
            self._ended = True
            self.saved.emit(self.toPlainText().strip())

    def cancel(self) -> None:
        """Ends without saving."""
        if not self._ended:
            self._ended = True
            self.cancelled.emit()

    def event(self, event: QEvent) -> bool:
        """Ctrl+Enter and Esc are for this box, whatever the window uses them for."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._ends(event):
            event.accept()
            return True
        return super().event(event)

    def _ends(self, event: QKeyEvent) -> bool:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        return event.key() == Qt.Key.Key_Escape or (enter and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter saves, Esc cancels; while a composition is open, both belong to the input method."""
        if self._ends(event) and not self._composing:
            if event.key() == Qt.Key.Key_Escape:
                self.cancel()
            else:
                self.save()
        else:
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Notes whether a composition is open."""
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Going elsewhere saves; a menu of the box itself is not elsewhere."""
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.save()


class NoteEditor(Floating):
    """The card with a note box, for one mark at a time."""

    saved = Signal(str, str)  # mark uid, text

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self._uid = ""
        self._back: QWidget | None = None
        self.setAccessibleName("批注编辑框")
        self._box = NoteBox(self)
        self._box.setFixedSize(300, 96)
        hint = QLabel("Ctrl+Enter 保存，Esc 放弃")
        set_role(hint, "faint")
        done = QPushButton("保存")
        done.setAccessibleName("保存批注")
        set_role(done, "primary")
        foot = QHBoxLayout()
        foot.addWidget(hint)
        foot.addStretch(1)
        foot.addWidget(done)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(6)
        column.addWidget(self._box)
        column.addLayout(foot)
        done.clicked.connect(self._box.save)
        self._box.saved.connect(self._save)
        self._box.cancelled.connect(self._close)

    def edit(self, uid: str, text: str, point: QPoint, height: int = LINE) -> None:
        """Opens the card for a mark at a point of the screen, the foot of lines so high; what was open for another mark is saved first."""
        if self.isVisible():
            self._box.save()
        self._uid = uid
        self._box.start(text)
        self._back = self.window().focusWidget()
        self.place_at(point, height)
        self._box.setFocus(Qt.FocusReason.OtherFocusReason)

    def _save(self, text: str) -> None:
        uid = self._uid
        self._close()
        self.saved.emit(uid, text)

    def _close(self) -> None:
        had = self._box.hasFocus()
        self.hide()
        if had and self._back is not None:
            self._back.setFocus(Qt.FocusReason.OtherFocusReason)
