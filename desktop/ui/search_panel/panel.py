"""全库检索: a box, what to narrow to, and the results by issue while one types.

A query goes out only for committed text (never for a composition that is still open) and only when the typing pauses.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from desktop.ui.choice import Choice
from desktop.ui.search_panel.results import ResultTree
from desktop.ui.style import set_role
from desktop.ui.theme import Theme
from desktop.ui.values import HitView, SearchChoice

_PAUSE_MS = 150
_FACETS = {"field": "全部领域", "section": "全部栏目", "level": "全部层级", "year": "全部年份"}
_NAMES = {"field": "领域", "section": "栏目", "level": "层级", "year": "年份"}
_ORDERS = {"relevance": "按相关度", "newest": "由近及远"}
_HINT = "输入一个字即可检索。多个词用空格隔开表示同时含有，“-词”表示不含，引号内为整句。"


class SearchPanel(QWidget):
    """The panel of the search over the library."""

    query_changed = Signal(str, object)  # text, SearchChoice
    result_chosen = Signal(object)  # HitView.id
    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._box = SearchBox(self)
        self._facets = {name: Choice(theme, self) for name in _FACETS}
        self._known: dict[str, dict[str, int]] = {name: {} for name in _FACETS}
        self._order = Choice(theme, self)
        self._marked = QCheckBox("仅有标注")
        self._total = QLabel(_HINT)
        self._results = ResultTree(theme, self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        set_role(self, "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_role(self._total, "faint")
        self._total.setWordWrap(True)
        self._total.setContentsMargins(12, 0, 10, 6)
        self._marked.setAccessibleName("仅有标注的条目")
        self._order.setAccessibleName("结果顺序")
        for value, text in _ORDERS.items():
            self._order.addItem(text, value)
        narrow = QGridLayout()
        narrow.setSpacing(5)
        for number, (name, choice) in enumerate(self._facets.items()):
            choice.setAccessibleName(f"按{_NAMES[name]}筛选结果")
            choice.addItem(_FACETS[name], "")
            choice.setMinimumContentsLength(4)
            choice.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            narrow.addWidget(choice, number // 2, number % 2)
        last = QHBoxLayout()
        last.addWidget(self._marked, 1)
        last.addWidget(self._order)
        top = QVBoxLayout()
        top.setContentsMargins(8, 8, 8, 6)
        top.setSpacing(6)
        top.addWidget(self._box)
        top.addLayout(narrow)
        top.addLayout(last)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self._total)
        column.addWidget(self._results, 1)

    def _connect(self) -> None:
        self._box.committed.connect(self._pause.start)
        self._box.down.connect(self._enter_results)
        self._box.entered.connect(self._open_best)
        self._box.escaped.connect(self.closed)
        for choice in (*self._facets.values(), self._order):
            choice.currentIndexChanged.connect(self._pause.start)
        self._marked.toggled.connect(self._pause.start)
        self._pause.timeout.connect(self._tell)
        self._results.chosen.connect(self.result_chosen)
        self._results.escaped.connect(self.closed)
        self._results.left_upwards.connect(self.focus_box)

    def set_theme(self, theme: Theme) -> None:
        """Changes the colours."""
        for choice in (*self._facets.values(), self._order):
            choice.set_theme(theme)
        self._results.set_theme(theme)

    def query(self) -> str:
        """What is searched for."""
        return self._box.text()

    def set_query(self, text: str) -> None:
        """Puts a text into the box and searches for it."""
        self._box.setText(text)
        self._pause.start()

    def focus_box(self) -> None:
        """The keyboard to the box, its text selected."""
        self._box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._box.selectAll()

    def choice(self) -> SearchChoice:
        """What the results are narrowed to, and their order."""
        narrowed = {name: choice.currentData() or "" for name, choice in self._facets.items()}
        return SearchChoice(**narrowed, marked=self._marked.isChecked(), order=self._order.currentData())

    def set_results(self, hits: Sequence[HitView], total: int, facets: Mapping[str, Mapping[str, int]], ms: float) -> None:
        """Shows the first hits of `total`, the counts by which they can be narrowed, and how long the search took."""
        self._results.show_hits(hits)
        for name in _FACETS:
            self._fill(name, dict(facets.get(name, {})))
        if not self.query().strip():
            self._total.setText(_HINT)
        elif not total:
            self._total.setText("没有找到。可以减少词语，或放宽筛选条件。")
        else:
            shown = f"，显示前 {len(hits)} 处" if len(hits) < total else ""
            self._total.setText(f"找到 {total} 处{shown}（{ms / 1000:.2f} 秒）")

    def result_count(self) -> int:
        """How many results are listed."""
        return len(self._results.hit_rows())

    def _fill(self, name: str, counts: dict[str, int]) -> None:
        """Offers what occurs; while a facet is narrowed itself, it goes on offering what it could be changed to."""
        choice = self._facets[name]
        chosen = choice.currentData() or ""
        if not chosen:
            self._known[name] = counts
        offered = {value: counts.get(value, count) for value, count in self._known[name].items()} | counts
        if chosen:
            offered.setdefault(chosen, 0)
        choice.blockSignals(True)
        choice.clear()
        choice.addItem(_FACETS[name], "")
        for value, count in sorted(offered.items(), reverse=True) if name == "year" else offered.items():
            choice.addItem(f"{value}（{count}）", value)
        choice.setCurrentIndex(max(choice.findData(chosen), 0))
        choice.blockSignals(False)

    def _tell(self) -> None:
        if not self._box.composing:
            self.query_changed.emit(self._box.text(), self.choice())

    def _enter_results(self) -> None:
        if self._results.select_first():
            self._results.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_best(self) -> None:
        if self._pause.isActive():
            self._pause.stop()
            self._tell()
        elif self._results.select_first():
            self._results.choose_current()


class SearchBox(QLineEdit):
    """The box; it knows whether a composition of the input method is open."""

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
