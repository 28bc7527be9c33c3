"""全库检索: a box, what to narrow to, and the results by issue while one types.

A query goes out only for committed text (never for a composition that is still open) and only when the typing pauses.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QStackedLayout, QToolButton, QVBoxLayout, QWidget

from desktop.ui.choice import Choice
from desktop.ui.search_panel.box import SearchBox
from desktop.ui.search_panel.narrowing import Narrowing
from desktop.ui.search_panel.results import ResultTree
from desktop.ui.search_panel.starts import StartList
from desktop.ui.style import set_role
from desktop.ui.theme import Theme
from desktop.ui.values import HitView, SearchChoice, StartView

_PAUSE_MS = 100
_ORDERS = {"newest": "由近及远", "relevance": "按相关度"}  # the first is the rule
_HINT = "输入一个字即可检索。多个词用空格隔开表示同时含有，“-词”表示不含，引号内为整句。"


class SearchPanel(QWidget):
    """The panel of the search over the library."""

    query_changed = Signal(str, object)  # text, SearchChoice
    result_chosen = Signal(object)  # HitView.id
    more_requested = Signal(object)  # HitView.id: show all places of this item
    start_forgotten = Signal(object)  # StartView
    save_requested = Signal()
    export_requested = Signal()
    basket_requested = Signal()
    history_cleared = Signal()
    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._box = SearchBox(self)
        self._narrowing = Narrowing(theme, self)
        self._order = Choice(theme, self)
        self._tools = QToolButton(self)
        self._total = QLabel(_HINT)
        self._results = ResultTree(theme, self)
        self._starts = StartList(theme, self)
        self._lists = QStackedLayout()
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
        self._order.setAccessibleName("结果顺序")
        for value, text in _ORDERS.items():
            self._order.addItem(text, value)
        self._tools.setText("结果 ▾")
        self._tools.setAccessibleName("对检索结果的操作")
        set_role(self._tools, "flat")
        self._tools.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._tools.setMenu(self._menu())
        last = QHBoxLayout()
        last.addWidget(self._order)
        last.addStretch(1)
        last.addWidget(self._tools)
        top = QVBoxLayout()
        top.setContentsMargins(8, 8, 8, 0)
        top.setSpacing(6)
        for widget in (self._box, self._narrowing):
            top.addWidget(widget)
        top.addLayout(last)
        top.addWidget(self._total)
        self._total.setContentsMargins(4, 2, 2, 6)
        self._lists.addWidget(self._starts)
        self._lists.addWidget(self._results)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addLayout(self._lists, 1)

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        for text, act in (
            ("清除筛选", self.clear_choice),
            ("保存检索条件", self.save_requested.emit),
            ("导出结果列表…", self.export_requested.emit),
            ("结果加入摘编", self.basket_requested.emit),
            ("清除最近检索", self.history_cleared.emit),
        ):
            menu.addAction(text, act)
        return menu

    def _connect(self) -> None:
        self._box.committed.connect(self._pause.start)
        self._box.down.connect(self._enter_results)
        self._box.entered.connect(self._open_best)
        self._order.currentIndexChanged.connect(self._pause.start)
        self._narrowing.changed.connect(self._pause.start)
        self._pause.timeout.connect(self._tell)
        self._results.chosen.connect(self.result_chosen)
        self._results.more_requested.connect(self.more_requested)
        self._starts.chosen.connect(self.do_again)
        self._starts.forgotten.connect(self.start_forgotten)
        for escaped in (self._box.escaped, self._results.escaped, self._starts.escaped):
            escaped.connect(self.closed)
        for left in (self._results.left_upwards, self._starts.left_upwards):
            left.connect(self.focus_box)

    def set_theme(self, theme: Theme) -> None:
        """Changes the colours."""
        self._order.set_theme(theme)
        self._narrowing.set_theme(theme)
        self._starts.set_theme(theme)
        self._results.set_theme(theme)

    def query(self) -> str:
        """What is searched for."""
        return self._box.text()

    def set_query(self, text: str) -> None:
        """Puts a text into the box and searches for it."""
        self._box.setText(text)
        self._pause.start()

    def do_again(self, start: StartView) -> None:
        """Puts a whole search back, narrowings and order included, and does it."""
        with QSignalBlocker(self._order):
            self._order.setCurrentIndex(max(self._order.findData(start.choice.order), 0))
        self._narrowing.put(start.choice)
        self.set_query(start.query)
        self.focus_box()

    def focus_box(self) -> None:
        """The keyboard to the box, its text selected."""
        self._box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._box.selectAll()

    def choice(self) -> SearchChoice:
        """What the results are narrowed to, and their order."""
        return SearchChoice(order=self._order.currentData(), **self._narrowing.values())  # type: ignore[arg-type]

    def clear_choice(self) -> None:
        """Narrows to nothing any more, and searches so."""
        self._narrowing.put(SearchChoice())
        self._pause.start()

    def set_results(self, hits: Sequence[HitView], total: int, ms: float) -> None:
        """Shows the first hits of `total`, and how long the search took."""
        self._results.show_hits(hits)
        asked = bool(self.query().strip())
        self._lists.setCurrentWidget(self._results if asked else self._starts)
        if not asked:
            self._total.setText(_HINT)
        elif not total:
            self._total.setText("没有找到。可以减少词语，或放宽筛选条件。")
        else:
            shown = f"，显示前 {len(hits)} 处" if len(hits) < total else ""
            self._total.setText(f"找到 {total} 处{shown}（{ms / 1000:.2f} 秒）")

    def set_counts(self, counts: Mapping[str, Mapping[str, int]]) -> None:
        """Shows how many hits each narrowing would leave: facet to value to number."""
        self._narrowing.set_counts(counts)

    def set_starts(self, starts: Sequence[StartView]) -> None:
        """Offers these searches while the box is empty: saved ones, and the last ones, latest first."""
        self._starts.set_starts(starts)

    def show_more(self, hit_id: object, places: Sequence[HitView]) -> None:
        """Shows further places of a listed hit under it."""
        self._results.show_more(hit_id, places)

    def result_count(self) -> int:
        """How many results are listed."""
        return len(self._results.hit_rows())

    def _tell(self) -> None:
        if not self._box.composing:
            self.query_changed.emit(self._box.text(), self.choice())

    def _enter_results(self) -> None:
        shown = self._lists.currentWidget()
        if isinstance(shown, (ResultTree, StartList)) and shown.select_first():
            shown.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_best(self) -> None:
        if self._pause.isActive():
            self._pause.stop()
            self._tell()
        elif self._results.select_first():
            self._results.choose_current()
