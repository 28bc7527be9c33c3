"""The small bar at a selection: colours, underline, note, field, memo, copy. Nothing in it is required.

It leaves the keyboard with the text: Tab steps into it, Esc hides it, and a click on it takes no focus away.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QColor, QHideEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QMenu, QToolButton, QWidget

from desktop.ui.floating import LINE, Floating
from desktop.ui.signs import field_icon, square_icon
from desktop.ui.style import set_role
from desktop.ui.theme import FIELD_LABELS, MARK_NAMES, Theme


class MarkBar(Floating):
    """The bar at the selection, or at a mark that was clicked."""

    color_chosen = Signal(str)
    underline_chosen = Signal()
    note_requested = Signal()
    field_chosen = Signal(str)
    memo_requested = Signal()
    copy_requested = Signal()
    delete_requested = Signal()  # only at a mark
    _watched: QWidget | None = None  # the view that keeps the keyboard; of the class, because hiding comes before building

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self.setAccessibleName("标注工具条")
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 3, 4, 3)
        row.setSpacing(1)
        self._swatches = {color: self._button("", f"划线：{name}", "swatch") for color, name in MARK_NAMES.items()}
        for color, swatch in self._swatches.items():
            swatch.clicked.connect(partial(self.color_chosen.emit, color))
            row.addWidget(swatch)
        row.addWidget(_line())
        words = (("下划线", "下划线", self.underline_chosen), ("批注", "写批注", self.note_requested))
        for text, tip, signal in words:
            row.addWidget(self._word(text, tip, signal))
        self._fields = self._field_button()
        row.addWidget(self._fields)
        row.addWidget(self._word("加入摘编", "加入摘编篮", self.memo_requested))
        row.addWidget(self._word("复制", "复制（带出处）", self.copy_requested))
        self._delete = self._word("删除", "删除这处标注", self.delete_requested)
        row.addWidget(self._delete)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Changes the colours of the swatches and of the menu."""
        super().set_theme(theme)
        for color, swatch in self._swatches.items():
            swatch.setIcon(square_icon(QColor(theme.marks[color]), theme.faint, side=20))
            swatch.setIconSize(QSize(20, 20))
        for action in self._fields.menu().actions():
            if not action.isSeparator():
                action.setIcon(field_icon(theme, action.data()))

    def show_at(self, point: QPoint, height: int = LINE, *, for_mark: bool = False) -> None:
        """Shows the bar at a point of the screen, the foot of lines so high; `for_mark` adds 删除."""
        self._delete.setVisible(for_mark)
        self.place_at(point, height)
        focused = QApplication.focusWidget()
        if focused is not None and not self.isAncestorOf(focused):
            self._watch(focused)

    def _button(self, text: str, tip: str, role: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(text)
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        set_role(button, role)
        return button

    def _word(self, text: str, tip: str, signal: SignalInstance) -> QToolButton:
        button = self._button(text, tip, "flat")
        button.clicked.connect(lambda: signal.emit())
        return button

    def _field_button(self) -> QToolButton:
        button = self._button("领域 ▾", "标注领域", "flat")
        menu = QMenu(button)
        for field in FIELD_LABELS:
            if field == "综合":
                menu.addSeparator()
            action = menu.addAction(field, partial(self.field_chosen.emit, field))
            action.setData(field)
        button.setMenu(menu)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        return button

    # The keyboard stays with the text

    def _watch(self, widget: QWidget | None) -> None:
        if self._watched is not None:
            self._watched.removeEventFilter(self)
        self._watched = widget
        if widget is not None:
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """While the bar is shown, Tab in the text steps into it and Esc hides it."""
        if (
            watched is self._watched
            and isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.KeyPress
            and self.isVisible()
        ):
            if event.key() == Qt.Key.Key_Escape:
                self.hide()
                return True
            if event.key() == Qt.Key.Key_Tab and not event.modifiers():
                self._swatches["yellow"].setFocus(Qt.FocusReason.TabFocusReason)
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc hides the bar, the arrows walk along it, Enter presses."""
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.hide()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.focusNextPrevChild(key == Qt.Key.Key_Right)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focused = self.focusWidget()
            if isinstance(focused, QToolButton):
                focused.click()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Gives the keyboard back to the text."""
        super().hideEvent(event)
        back = self._watched
        focused = QApplication.focusWidget()
        self._watch(None)
        if back is not None and focused is not None and self.isAncestorOf(focused):
            back.setFocus(Qt.FocusReason.OtherFocusReason)


def _line() -> QFrame:
    line = QFrame()
    set_role(line, "stroke")
    return line
