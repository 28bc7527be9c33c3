"""The card of the triage mode: what is suggested for the item in view and why, how many are left, and the keys that decide.

While it is shown it has the keyboard, so that plain Enter, Backspace, space and digits can be used; letters are left alone, because
an input method may take them.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.ui.colors import field_color
from desktop.ui.floating import Floating
from desktop.ui.item_panel.signs import ScoreBar
from desktop.ui.style import set_role
from desktop.ui.theme import Theme
from desktop.ui.values import SuggestionView

_MARGIN, _WIDEST = 16, 720
_MOST_WORDS = 6
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_DECIDING = "回车采纳　Shift+回车全部采纳　退格不采纳　"
_ALWAYS = "空格跳过　←上一条　数字另标（0为第十个，-为综合）　Esc结束"


class TriageBar(Floating):
    """The card over the lower edge of the document. It decides nothing: every key is told."""

    accepted = Signal()
    accepted_all = Signal()
    refused = Signal()
    skipped = Signal()
    stepped_back = Signal()
    field_chosen = Signal(int)  # 1 … 10 in the plan's order, 0 for 综合
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self._theme = theme
        self._over = parent
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("分拣")
        self._build()
        parent.installEventFilter(self)

    def _build(self) -> None:
        rows = self._rows = QVBoxLayout(self)
        rows.setContentsMargins(16, 12, 16, 12)
        rows.setSpacing(6)
        self._left, self._title = QLabel(), QLabel()
        set_role(self._left, "faint")
        set_role(self._title, "title")
        self._title.setWordWrap(True)
        self._line = QHBoxLayout()
        self._name, self._words = QLabel(), QLabel()
        set_role(self._words, "faint")
        self._words.setWordWrap(True)
        self._score: ScoreBar | None = None
        self._line.addWidget(self._name)
        self._line.addStretch(1)
        rows.addWidget(self._left)
        rows.addWidget(self._title)
        rows.addLayout(self._line)
        rows.addWidget(self._words)
        rows.addLayout(self._buttons())
        self._hint = QLabel(_DECIDING + _ALWAYS)
        set_role(self._hint, "faint")
        self._hint.setWordWrap(True)
        rows.addWidget(self._hint)

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self._accept = QPushButton("采纳")
        set_role(self._accept, "primary")
        refuse, skip, leave = QPushButton("不采纳"), QPushButton("跳过"), QPushButton("结束")
        self._refuse = refuse
        pairs = ((self._accept, self.accepted), (refuse, self.refused), (skip, self.skipped), (leave, self.left))
        for button, signal in pairs:
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the card keeps the keyboard
            button.clicked.connect(signal.emit)
            row.addWidget(button)
        row.addStretch(1)
        return row

    def set_theme(self, theme: Theme) -> None:
        """Changes the colours."""
        super().set_theme(theme)
        self._theme = theme

    def show_item(self, left: str, title: str) -> None:
        """A new item, its suggestions still to come."""
        self._hint.show()
        self._left.setText(left)
        self._title.setText(title)
        self._show_first("正在看依据……", "", None)
        self._settle()

    def show_suggestions(self, suggestions: Sequence[SuggestionView]) -> None:
        """The suggestions of the item shown, best first."""
        if not suggestions:
            self._show_first("没有合适的建议", "按数字键标注领域，或按空格跳过。", None)
        else:
            first = suggestions[0]
            words = "　".join(f"{one.term}×{one.count}" if one.count > 1 else one.term for one in first.evidence[:_MOST_WORDS])
            more = "；其后 " + "、".join(other.field for other in suggestions[1:]) if len(suggestions) > 1 else ""
            name = first.field + (f"›{first.subfield}" if first.subfield else "")
            self._show_first(name, f"依据 {words}{more}", first)
        self._hint.setText((_DECIDING if suggestions else "") + _ALWAYS)
        self._settle()

    def show_end(self, said: str) -> None:
        """Nothing is left."""
        self._hint.hide()
        self._left.setText("分拣完毕")
        self._title.setText(said)
        self._show_first("", "按 Esc 结束；可用 Ctrl+Z 撤销刚才的标注。", None)
        self._settle()

    def _show_first(self, name: str, words: str, suggestion: SuggestionView | None) -> None:
        self._name.setText(name)
        self._words.setText(words)
        self._accept.setVisible(suggestion is not None)
        self._refuse.setVisible(suggestion is not None)
        if self._score is not None:
            self._line.removeWidget(self._score)
            self._score.hide()
            self._score.deleteLater()
            self._score = None
        if suggestion is not None:
            self._score = ScoreBar(suggestion.score, field_color(self._theme, suggestion.field), self._theme)
            self._line.insertWidget(1, self._score)

    def _settle(self) -> None:
        """Over the lower edge of the document, as wide as there is room, in front and with the keyboard."""
        width = min(self._over.width() - 2 * _MARGIN, _WIDEST)
        self.setFixedWidth(max(width, 200))
        self.ensurePolished()
        self._rows.invalidate()
        height = self._rows.totalHeightForWidth(self.width())
        self.setFixedHeight(height)
        self.move((self._over.width() - self.width()) // 2, self._over.height() - height - _MARGIN)
        self.show()
        self.raise_()
        self.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stays in place when the window is resized."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._settle()
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        """The keys of the mode are not shortcuts of the window while the card has the keyboard."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._means(event) is not None:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """One key, one decision."""
        decide = self._means(event)
        if decide is None:
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            signal, *rest = decide
            signal.emit(*rest)  # type: ignore[attr-defined]

    def _means(self, event: QKeyEvent) -> tuple[object, *tuple[int, ...]] | None:
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if modifiers == Qt.KeyboardModifier.ShiftModifier and event.key() in _ENTER:
            return (self.accepted_all,)
        if modifiers != Qt.KeyboardModifier.NoModifier:
            return None
        plain: dict[int, tuple[object, *tuple[int, ...]]] = {
            Qt.Key.Key_Backspace: (self.refused,), Qt.Key.Key_Space: (self.skipped,), Qt.Key.Key_Right: (self.skipped,),
            Qt.Key.Key_Left: (self.stepped_back,), Qt.Key.Key_Escape: (self.left,), Qt.Key.Key_Minus: (self.field_chosen, 0),
            **dict.fromkeys(_ENTER, (self.accepted,)),
            **{Qt.Key.Key_0 + digit: (self.field_chosen, digit or 10) for digit in range(10)},
        }  # fmt: skip
        return plain.get(event.key())
