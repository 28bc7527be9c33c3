"""The box of the search: it knows whether a composition of the input method is open."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget


class SearchBox(QLineEdit):
    """A line of text that tells what was typed, once the input method has committed it."""

    committed = Signal()
    down = Signal()
    entered = Signal()
    escaped = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.composing = False
        self.setPlaceholderText("检索全库")
        self.setAccessibleName("检索全库")
        self.setClearButtonEnabled(True)
        self.textChanged.connect(lambda: self.committed.emit())

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Notes whether a composition is open; when it has ended, what was typed counts."""
        was, self.composing = self.composing, bool(event.preeditString())
        super().inputMethodEvent(event)
        if was and not self.composing:
            self.committed.emit()

    def event(self, event: QEvent) -> bool:
        """Esc is for this box, whatever the window uses it for."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down goes to the results, Enter opens, Esc closes; an open composition keeps these keys to itself."""
        enter = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        signals = {Qt.Key.Key_Down: self.down, Qt.Key.Key_Escape: self.escaped, **dict.fromkeys(enter, self.entered)}
        signal = None if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier else signals.get(Qt.Key(event.key()))
        if signal is None:
            super().keyPressEvent(event)
        elif not self.composing:
            signal.emit()
