"""What the results are narrowed to: one box a facet with the number of hits behind each value, and three conditions.

The counts of a box are those of the query with all *other* narrowings, so they tell what could be chosen instead.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.choice import Choice
from desktop.ui.theme import Theme
from desktop.ui.values import SearchChoice

Counts = Mapping[str, Mapping[str, int]]

_ALL = {
    "field": "全部领域",
    "section": "全部栏目",
    "level": "全部层级",
    "region": "全部地区",
    "period": "全部时间",
    "title": "全部刊名",
}
_NAMES = {"field": "领域", "section": "栏目", "level": "层级", "region": "地区", "period": "时间", "title": "刊名"}
_STATES = {"marked": "有标注", "noted": "有批注", "unread": "未读"}
_INDENT = "　"


class Narrowing(QWidget):
    """The boxes and conditions."""

    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.boxes = {name: Choice(theme, self) for name in _ALL}
        self.states = {name: QCheckBox(text, self) for name, text in _STATES.items()}
        grid = QGridLayout()
        grid.setSpacing(5)
        for number, (name, box) in enumerate(self.boxes.items()):
            box.setAccessibleName(f"按{_NAMES[name]}筛选结果")
            box.setMinimumContentsLength(4)
            box.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.view().setTextElideMode(box.view().textElideMode().ElideNone)
            box.currentIndexChanged.connect(lambda _index: self.changed.emit())
            grid.addWidget(box, number // 2, number % 2)
        row = QHBoxLayout()
        row.setSpacing(4)
        for name, check in self.states.items():
            check.setAccessibleName(f"仅{_STATES[name]}的条目")
            check.toggled.connect(lambda _on: self.changed.emit())
            row.addWidget(check)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(grid)
        column.addLayout(row)
        self.set_counts({})

    def set_theme(self, theme: Theme) -> None:
        """Changes the colours."""
        for box in self.boxes.values():
            box.set_theme(theme)

    def values(self) -> dict[str, str | bool]:
        """What is chosen, by the names of `SearchChoice`."""
        chosen: dict[str, str | bool] = {name: str(box.currentData() or "") for name, box in self.boxes.items()}
        return chosen | {name: check.isChecked() for name, check in self.states.items()}

    def put(self, choice: SearchChoice) -> None:
        """Chooses all of this at once, without telling."""
        wanted = asdict(choice)
        for name, box in self.boxes.items():
            with QSignalBlocker(box):
                if wanted[name] and box.findData(wanted[name]) < 0:
                    box.addItem(wanted[name].replace("/", " › "), wanted[name])
                box.setCurrentIndex(max(box.findData(wanted[name]), 0))
        for name, check in self.states.items():
            with QSignalBlocker(check):
                check.setChecked(wanted[name])

    def set_counts(self, counts: Counts) -> None:
        """Offers what occurs among the hits, with its number; what is chosen stays, even where it finds nothing."""
        for name, box in self.boxes.items():
            self._fill(name, box, _offers(name, counts, str(box.currentData() or "")))
        for name, check in self.states.items():
            number = counts.get("state", {}).get(name, 0)
            check.setText(f"{_STATES[name]} {number}" if number else _STATES[name])

    def _fill(self, name: str, box: Choice, offers: list[tuple[str, str]]) -> None:
        chosen = box.currentData() or ""
        with QSignalBlocker(box):
            box.clear()
            box.addItem(_ALL[name], "")
            for text, value in offers:
                box.addItem(text, value)
            box.setCurrentIndex(max(box.findData(chosen), 0))
            widest = max(box.fontMetrics().horizontalAdvance(box.itemText(at)) for at in range(box.count()))
            box.view().setMinimumWidth(min(widest + 34, 420))
            box.setToolTip(box.currentText().strip() if box.currentIndex() else "")


def _offers(name: str, counts: Counts, chosen: str) -> list[tuple[str, str]]:
    """Texts and values of a box: under the chosen field its subfields, under the chosen year its months."""
    facet, within = {"field": ("field", "subfield"), "period": ("year", "month")}.get(name, (name, ""))
    whole = chosen[:4] if name == "period" else chosen.split("/")[0]
    known = dict(counts.get(facet, {}))
    if chosen:
        known.setdefault(whole, 0)
    offers: list[tuple[str, str]] = []
    for value, number in known.items():
        offers.append((f"{value}{'年' if facet == 'year' else ''}{_number(counts, number)}", value))
        if within and value == whole:
            parts = {part: count for part, count in counts.get(within, {}).items() if part.startswith(value)}
            if chosen != whole:
                parts.setdefault(chosen, 0)
            offers += [(f"{_INDENT}{_part(name, part)}{_number(counts, count)}", part) for part, count in parts.items()]
    return offers


def _number(counts: Counts, number: int) -> str:
    """The number behind a value; nothing while nothing is counted."""
    return f"（{number}）" if any(counts.values()) else ""


def _part(name: str, part: str) -> str:
    return f"{int(part[5:7])}月" if name == "period" else part.partition("/")[2]
