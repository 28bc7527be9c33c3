"""按领域和时段添加, and 选段: two questions the reader answers before something is put into the basket or left out of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.ui.choice import Choice
from desktop.ui.theme import Theme

_LEVELS = {"": "全部层级", "部委": "部委", "省外": "省外", "省内": "省内"}


def periods(dates: Sequence[str]) -> list[tuple[str, str, str]]:
    """What can be chosen for ISO dates: everything, then years and quarters that have issues, the latest first.

    Each is (name, first day, last day); both days are empty for everything.
    """
    found = [("全部时段", "", "")]
    known = sorted({(date[:4], (int(date[5:7]) + 2) // 3) for date in dates if len(date) == 10}, reverse=True)
    for year in dict.fromkeys(year for year, _ in known):
        found.append((f"{year}年", f"{year}-01-01", f"{year}-12-31"))
        for quarter in (quarter for of, quarter in known if of == year):
            last = f"{3 * quarter:02d}-{30 if quarter in (2, 3) else 31}"
            found.append((f"{year}年第{'一二三四'[quarter - 1]}季度", f"{year}-{3 * quarter - 2:02d}-01", f"{year}-{last}"))
    return found


def _buttons(dialog: QDialog, accept: str) -> QDialogButtonBox:
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
    box.button(QDialogButtonBox.StandardButton.Ok).setText(accept)
    box.button(QDialogButtonBox.StandardButton.Cancel).setText("取消")
    box.accepted.connect(dialog.accept)
    box.rejected.connect(dialog.reject)
    return box


class AddDialog(QDialog):
    """Field, period, level; `count` says how many excerpts that finds."""

    chosen = Signal(str, str, str, str, bool)  # field, first day, last day, level, marks only

    def __init__(
        self,
        fields: Sequence[str],
        dates: Sequence[str],
        count: Callable[[tuple[str, str, str, str, bool]], int],
        theme: Theme,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("按领域和时段添加")
        self.resize(360, 230)
        self._number = count
        self._field, self._period, self._level, self._marks = (
            Choice(theme),
            Choice(theme),
            Choice(theme),
            QCheckBox("只要划线的文字"),
        )
        self._found = QLabel()
        for name in ("", *fields):
            self._field.addItem(name or "全部已标领域", name)
        for text, first, last in periods(dates):
            self._period.addItem(text, (first, last))
        for value, text in _LEVELS.items():
            self._level.addItem(text, value)
        form = QFormLayout()
        for label, box in (("领域", self._field), ("时段", self._period), ("层级", self._level)):
            box.setAccessibleName(label)
            box.activated.connect(self._count)
            form.addRow(label, box)
        form.addRow("", self._marks)
        self._marks.toggled.connect(self._count)
        self._box = _buttons(self, "加入摘编")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 12)
        column.setSpacing(10)
        column.addLayout(form)
        column.addWidget(self._found)
        column.addWidget(self._box)
        self.accepted.connect(lambda: self.chosen.emit(*self._choice()))
        self._count()

    def _choice(self) -> tuple[str, str, str, str, bool]:
        first, last = self._period.currentData()
        return self._field.currentData(), first, last, self._level.currentData(), self._marks.isChecked()

    def _count(self, *_: object) -> None:
        found = self._number(self._choice())
        self._found.setText(f"符合条件的有 {found} 条。" if found else "没有符合条件的内容；只有标了领域的才能这样加入。")
        self._box.button(QDialogButtonBox.StandardButton.Ok).setEnabled(found > 0)


class PassagesDialog(QDialog):
    """The passages of an item with a tick at those that are quoted."""

    chosen = Signal(list)  # places of the passages that stay

    def __init__(self, title: str, passages: Sequence[tuple[int, str, bool]], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("选段")
        self.resize(560, 460)
        head = QLabel(title)
        head.setWordWrap(True)
        self._list = QListWidget()
        self._list.setAccessibleName("要摘录的段落")
        self._list.setWordWrap(True)
        self._list.setSpacing(3)
        for place, text, kept in passages:
            row = QListWidgetItem(text)
            row.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
            row.setCheckState(Qt.CheckState.Checked if kept else Qt.CheckState.Unchecked)
            row.setData(Qt.ItemDataRole.UserRole, place)
            self._list.addItem(row)
        self._list.itemChanged.connect(self._allow)
        self._box = _buttons(self, "确定")
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        for widget in (head, self._list, self._box):
            column.addWidget(widget)
        self.accepted.connect(lambda: self.chosen.emit(self._kept()))

    def _kept(self) -> list[int]:
        rows = (self._list.item(at) for at in range(self._list.count()))
        return [row.data(Qt.ItemDataRole.UserRole) for row in rows if row.checkState() is Qt.CheckState.Checked]

    def _allow(self, *_: object) -> None:
        self._box.button(QDialogButtonBox.StandardButton.Ok).setEnabled(bool(self._kept()))
