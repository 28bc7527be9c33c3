"""本条: title, place and source of the item that is read; its fields, and the suggested ones with the words that speak for them.

Nothing is put on by itself: a suggestion waits for 采纳 or 不采纳, and each evidence word shows where it stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.ui.colors import field_color
from desktop.ui.flow import Flow
from desktop.ui.item_panel.signs import FieldButton, FieldChip, ScoreBar
from desktop.ui.style import set_role
from desktop.ui.theme import FIELD_LABELS, Theme
from desktop.ui.values import EvidenceView, ItemView, SuggestionView, TagView

GENERAL = "综合"
_FIELDS = tuple(field for field in FIELD_LABELS if field != GENERAL)
_MOST_WORDS = 8  # evidence words shown for one suggestion
_WHERE = {"title": "题名", "lead": "导语", "head": "小标题", "body": "正文"}


def field_key(field: str) -> str:
    """The key that switches a field: Alt+1 … Alt+9, Alt+0 in the order of the plan; 综合 has Alt+-."""
    return "Alt+-" if field == GENERAL else f"Alt+{(_FIELDS.index(field) + 1) % 10}"


class ItemPanel(QScrollArea):
    """The panel 本条."""

    field_toggled = Signal(str)
    tag_removed = Signal(str, str)  # field, subfield
    suggestion_accepted = Signal(str, str)  # field, subfield
    suggestion_refused = Signal(str)
    evidence_clicked = Signal(int, int)  # canonical start, end

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._item: ItemView | None = None
        self._source = ""
        self._tags: tuple[TagView, ...] = ()
        self._fields: tuple[str, ...] = ()
        self._place = ""
        self._suggestions: tuple[SuggestionView, ...] = ()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("本条")
        self._build()

    @property
    def theme(self) -> Theme:
        """The colours in force."""
        return self._theme

    def set_theme(self, theme: Theme) -> None:
        """Changes the colours."""
        self._theme = theme
        self._build()

    def set_item(self, item: ItemView | None, source: str, tags: Sequence[TagView], place: str = "") -> None:
        """Shows an item with its source line and tags, or those of its point `place`; another one's suggestions are taken away."""
        if item is None or self._item is None or (item.id, place) != (self._item.id, self._place):
            self._suggestions = ()
        self._item, self._source, self._tags, self._place = item, source, tuple(tags), place
        self._fields = tuple(dict.fromkeys(tag.field for tag in tags))
        self._fill()

    def set_suggestions(self, suggestions: Sequence[SuggestionView]) -> None:
        """Shows suggested fields, best first; those that are on already are left out."""
        self._suggestions = tuple(suggestions)
        self._fill_suggestions()

    # The parts

    def _build(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(6)
        self._empty = _label("打开一期并选中一条后，这里显示它的领域与出处。", "faint")
        self._body = QWidget()
        column.addWidget(self._empty)
        column.addWidget(self._body)
        column.addStretch(1)
        rows = QVBoxLayout(self._body)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(6)
        self._title, self._facts, self._cited = _label("", "title"), _label("", "faint"), _label("", "faint")
        for label in (self._title, self._facts, self._cited):
            rows.addWidget(label)
        self._build_fields(rows)
        self.setWidget(inside)
        self._fill()

    def _build_fields(self, rows: QVBoxLayout) -> None:
        rows.addWidget(_rule())
        self._meant = _label("", "title")
        rows.addWidget(self._meant)
        self._suggested_head = _label("建议领域", "heading")
        rows.addWidget(self._suggested_head)
        self._suggested = QVBoxLayout()
        self._suggested.setSpacing(10)
        rows.addLayout(self._suggested)
        rows.addWidget(_rule())
        self._on_head = _label("已标领域", "heading")
        rows.addWidget(self._on_head)
        self._on = Flow()
        rows.addLayout(self._on)
        rows.addSpacing(2)
        rows.addLayout(self._grid())

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(5)
        self._buttons = {field: FieldButton(field, field_key(field), self._theme) for field in (*_FIELDS, GENERAL)}
        for number, field in enumerate(_FIELDS):
            grid.addWidget(self._buttons[field], number // 2, number % 2)
        grid.addWidget(self._buttons[GENERAL], len(_FIELDS) // 2, 0, 1, 2)
        for field, button in self._buttons.items():
            button.clicked.connect(partial(self._toggle, field))
        return grid

    def _toggle(self, field: str) -> None:
        self._buttons[field].setChecked(field in self._fields)  # it shows what is stored, and that comes back by itself
        self.field_toggled.emit(field)

    # What they show

    def _fill(self) -> None:
        item = self._item
        self._empty.setVisible(item is None)
        self._body.setVisible(item is not None)
        if item is not None:
            self._title.setText(item.shown_title)
            self._title.setToolTip(f"原题：{item.title}" if item.corrected_title else "")
            region = "·".join(part for part in (item.level, item.region) if part)
            marks = f"标注 {item.mark_count} 处" if item.mark_count else ""
            page = f"第{item.page}页" if item.page else ""
            self._facts.setText(" · ".join(part for part in (region or item.section, page, f"{item.length}字", marks) if part))
            self._cited.setText(f"出处：{self._source.strip('〔〕')}" if self._source else "")
            self._cited.setVisible(bool(self._source))
        self._fill_on()
        self._fill_suggestions()

    def _fill_on(self) -> None:
        self._on.clear()
        for tag in self._tags:
            chip = FieldChip(tag.field, self._theme, tag.subfield, tag.version)
            chip.clicked.connect(partial(self.tag_removed.emit, tag.field, tag.subfield))
            self._on.addWidget(chip)
        self._on_head.setText("已标领域" if self._fields else "标注领域")
        self._meant.setText(f"要点 {self._place}" if self._place else "")
        self._meant.setVisible(bool(self._place))
        for field, button in self._buttons.items():
            button.setChecked(field in self._fields)

    def _fill_suggestions(self) -> None:
        while self._suggested.count():
            card = self._suggested.takeAt(0).widget()
            card.hide()
            card.deleteLater()
        waiting = [one for one in self._suggestions if one.field not in self._fields]
        self._suggested_head.setText("建议领域" if waiting else "没有待处理的建议")
        for number, suggestion in enumerate(waiting):
            self._suggested.addWidget(self._card(suggestion, first=number == 0))

    def _card(self, suggestion: SuggestionView, *, first: bool) -> QWidget:
        card = QWidget()
        rows = QVBoxLayout(card)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(4)
        head = QHBoxLayout()
        name = suggestion.field + (f"›{suggestion.subfield}" if suggestion.subfield else "")
        label = QLabel(name)
        label.setWordWrap(True)
        head.addWidget(label, 1)
        head.addWidget(ScoreBar(suggestion.score, field_color(self._theme, suggestion.field), self._theme))
        rows.addLayout(head)
        if suggestion.evidence:
            rows.addLayout(self._evidence(suggestion.evidence))
        rows.addLayout(self._answers(suggestion, name, first=first))
        return card

    def _evidence(self, evidence: tuple[EvidenceView, ...]) -> Flow:
        words = Flow(gap=8)
        words.addWidget(_label("依据", "faint", wrap=False))
        for one in evidence[:_MOST_WORDS]:
            word = QPushButton(f"{one.term}×{one.count}" if one.count > 1 else one.term)
            set_role(word, "word")
            learnt = f"习得自您确认的{one.lessons}处；" if one.lessons else ""
            word.setToolTip(f"{learnt}见{_WHERE.get(one.where, one.where)}，按下转到该处")
            word.setAccessibleName(f"依据 {one.term}，{one.count} 处，转到该处")
            word.setCursor(Qt.CursorShape.PointingHandCursor)
            word.clicked.connect(partial(self.evidence_clicked.emit, one.start, one.end))
            words.addWidget(word)
        return words

    def _answers(self, suggestion: SuggestionView, name: str, *, first: bool) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        accept, refuse = QPushButton("采纳"), QPushButton("不采纳")
        if first:
            set_role(accept, "primary")
            accept.setToolTip("采纳首条建议（Alt+回车）")
            refuse.setToolTip("不采纳首条建议（Alt+退格）")
        accept.setAccessibleName(f"采纳 {name}")
        refuse.setAccessibleName(f"不采纳 {name}")
        accept.clicked.connect(partial(self.suggestion_accepted.emit, suggestion.field, suggestion.subfield))
        refuse.clicked.connect(partial(self.suggestion_refused.emit, suggestion.field))
        for button in (accept, refuse):
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            row.addWidget(button)
        row.addStretch(1)
        return row


def _label(text: str, role: str, *, wrap: bool = True) -> QLabel:
    label = QLabel(text)
    set_role(label, role)
    label.setWordWrap(wrap)
    label.setTextFormat(Qt.TextFormat.PlainText)
    if role in ("title", "faint"):
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def _rule() -> QFrame:
    line = QFrame()
    set_role(line, "rule")
    return line
