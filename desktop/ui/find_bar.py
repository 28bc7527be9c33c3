"""Finding in the open document: a slim bar over the views with the number of the hit and of all hits."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from desktop.ui.style import set_role

_PAUSE = 120  # ms after the last key: searching at every key of a fast typist helps nobody


class FindBar(QWidget):
    """Asks and is told; finds nothing itself. Text that the input method still composes is not asked for."""

    query_changed = Signal(str)
    stepped = Signal(int)  # 1 to the next hit, -1 to the one before
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "panel")
        self._box = QLineEdit()
        self._box.setPlaceholderText("在本期中查找")
        self._box.setAccessibleName("在本期中查找")
        self._box.setClearButtonEnabled(True)
        self._box.setMaximumWidth(320)
        self._count = QLabel()
        self._count.setMinimumWidth(120)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self._ask)
        self._box.textChanged.connect(lambda _text: self._pause.start())
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 5, 6, 5)
        row.addWidget(self._box, 1)
        row.addWidget(self._button("上一处", "上一处（Shift+F3）", lambda: self._step(-1)))
        row.addWidget(self._button("下一处", "下一处（F3）", lambda: self._step(1)))
        row.addWidget(self._count)
        row.addStretch(1)
        row.addWidget(self._button("关闭", "关闭查找（Esc）", self.closed.emit))
        self.hide()

    def _button(self, text: str, tip: str, pressed: Callable[[], object]) -> QToolButton:
        button = QToolButton(self)
        button.setText(text)
        button.setToolTip(tip)
        set_role(button, "flat")
        button.clicked.connect(lambda _checked=False: pressed())
        return button

    def open(self, words: str = "") -> None:
        """Show the bar with the cursor in its box; `words` is what to find at once."""
        self.show()
        if words:
            self._box.setText(words)
        self._box.setFocus()
        self._box.selectAll()

    def query(self) -> str:
        """What is looked for."""
        return self._box.text()

    def show_count(self, at: int, count: int) -> None:
        """`at` counts from 1, 0 for none of them."""
        self._count.setText(
            "" if not self.query().strip() else f"第{at}处，共{count}处" if at else f"共{count}处" if count else "没有找到"
        )
        set_role(self._count, "warning" if self.query().strip() and not count else "faint")

    def flush(self) -> None:
        """Ask now for what was typed last."""
        if self._pause.isActive():
            self._pause.stop()
            self._ask()

    def _ask(self) -> None:
        self.query_changed.emit(self._box.text())

    def _step(self, step: int) -> None:
        self.flush()
        self.stepped.emit(step)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, Shift+Enter back, Esc closes."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
