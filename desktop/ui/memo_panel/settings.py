"""摘编设置 and 版面设置: what a memo says besides its excerpts, and how a unit's pages are set. Both tell each change as it is typed."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.memo.kinds import OWN, RECEIVERS, Kind
from desktop.memo.layout import DEFAULT, PageNumbers
from desktop.memo.profiles import FACES, LIMITS, Value, profile_of, table_of
from desktop.memo.wording import LEAD_IN
from desktop.ui.choice import Choice
from desktop.ui.style import set_role
from desktop.ui.theme import Theme

_TYPING = 250  # ms
_SWITCH = {"": "按种类", "on": "印", "off": "不印"}
_MEASURES = {
    "line": "行距（磅）",
    "top": "上边距（毫米）",
    "bottom": "下边距（毫米）",
    "left": "左边距（毫米）",
    "right": "右边距（毫米）",
}
_FACES = {
    "body": "正文（仿宋）",
    "kai": "二级标题（楷体）",
    "hei": "一级标题（黑体）",
    "title": "标题（小标宋）",
    "song": "页码（宋体）",
}


class _Form(QDialog):
    """A form in a scroll area that stays open beside the window."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(False)
        self.resize(420, min(620, parent.height() - 60))
        self.move(parent.mapToGlobal(QPoint(12, 40)))  # over the library, so that the preview stays in sight
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_TYPING)
        self._timer.timeout.connect(self.tell)
        inside = QWidget()
        self.form = QFormLayout(inside)
        self.form.setContentsMargins(14, 12, 14, 12)
        self.form.setVerticalSpacing(8)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inside)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.buttons.button(QDialogButtonBox.StandardButton.Close).setText("关闭")
        self.buttons.rejected.connect(self.close)
        self.buttons.setContentsMargins(12, 0, 12, 10)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(area, 1)
        column.addWidget(self.buttons)
        self.finished.connect(lambda _result: self.tell())

    def tell(self) -> None:
        """Report what is written now."""

    def later(self, *_: object) -> None:
        """Report soon: the reader is typing."""
        self._timer.start()

    def note(self, text: str) -> QLabel:
        """A faint line across the form."""
        label = QLabel(text)
        label.setWordWrap(True)
        set_role(label, "faint")
        self.form.addRow(label)
        return label


class MemoSettings(_Form):
    """What belongs to one memo; the rows depend on its kind."""

    changed = Signal(dict)

    def __init__(self, kind: Kind, values: Mapping[str, str], theme: Theme, parent: QWidget) -> None:
        super().__init__(f"摘编设置 · {kind.name}", parent)
        self._theme = theme
        self._lines: dict[str, QLineEdit] = {}
        self._texts: dict[str, QPlainTextEdit] = {}
        self._choices: dict[str, Choice] = {}
        self._mark = QCheckBox("无密级时标注“内部资料　注意保存”")
        self._rows(kind)
        self._told: dict[str, str] = {}
        self._fill(values)

    def _rows(self, kind: Kind) -> None:
        if kind.head_name:
            self._line("head_name", "版头名称", kind.head_name)
            self._line("number", "期号", "如 12")
        self._line("addressee", "主送", "如 厅领导，可不填")
        self._line("period", "时段", "不填则按内容自动写")
        self._text("lead_in", "导语", kind.lead_in or LEAD_IN)
        self.note("导语中的 {期刊}、{领域}、{条数}、{时段} 按内容填写，增删条目后数字仍然正确。")
        for name, _place in kind.own_texts:
            self._text(OWN + name, name, "自己的话，印出时标明" + f"【{name}】")
        self._line("date", "成文日期", "如 2025-12-05，不填为当天")
        if kind.contact or kind.sheet:
            self._line("contact", "联系人", "联系人：　电话：")
        for label in kind.imprint:
            self._line(RECEIVERS + label, label, "版记中的单位，用顿号或逗号分开")
        if kind.imprint:
            self._line("copies", "共印份数", "不填则写印发日期")
        self._choice("table", "附件目录")
        self._choice("closing", "落款")
        self._line("classification", "密级", "不填则取来源的最高密级；如 秘密★1年")
        self.form.addRow("", self._mark)
        self._mark.toggled.connect(self.later)
        self._line("watermark", "水印", "如 内部资料，可不填")

    def _line(self, name: str, label: str, hint: str) -> None:
        box = self._lines[name] = QLineEdit()
        box.setPlaceholderText(hint)
        box.setAccessibleName(label)
        box.textEdited.connect(self.later)
        self.form.addRow(label, box)

    def _text(self, name: str, label: str, hint: str) -> None:
        box = self._texts[name] = QPlainTextEdit()
        box.setPlaceholderText(hint)
        box.setAccessibleName(label)
        box.setTabChangesFocus(True)
        box.setFixedHeight(64)
        box.textChanged.connect(self.later)
        self.form.addRow(label, box)

    def _choice(self, name: str, label: str) -> None:
        box = self._choices[name] = Choice(self._theme)
        box.setAccessibleName(label)
        for value, text in _SWITCH.items():
            box.addItem(text, value)
        box.activated.connect(self.later)
        self.form.addRow(label, box)

    def _fill(self, values: Mapping[str, str]) -> None:
        for name, line in self._lines.items():
            line.setText(values.get(name, ""))
        for name, text in self._texts.items():
            text.setPlainText(values.get(name, ""))
        for name, choice in self._choices.items():
            choice.setCurrentIndex(max(choice.findData(values.get(name, "")), 0))
        self._mark.setChecked(values.get("mark") == "on")
        self._told = self._written()
        self._timer.stop()

    def _written(self) -> dict[str, str]:
        lines = {name: box.text().strip() for name, box in self._lines.items()}
        texts = {name: box.toPlainText().strip() for name, box in self._texts.items()}
        choices = {name: box.currentData() for name, box in self._choices.items()}
        return lines | texts | choices | {"mark": "on" if self._mark.isChecked() else ""}

    def tell(self) -> None:
        """Report what was changed since it was last told."""
        self._timer.stop()
        written = self._written()
        new = {name: value for name, value in written.items() if value != self._told.get(name, "")}
        if new:
            self._told = written
            self.changed.emit(new)


class PageSettings(_Form):
    """How the unit's pages are set; empty boxes mean the standard."""

    changed = Signal(dict)  # as `profiles.table_of` writes it

    def __init__(self, table: Mapping[str, Value], theme: Theme, parent: QWidget) -> None:
        super().__init__("版面设置", parent)
        self._measures: dict[str, QDoubleSpinBox] = {}
        self._faces: dict[str, QLineEdit] = {}
        self._digits, self._bold, self._numbers = QLineEdit(), QCheckBox("二级标题加粗"), Choice(theme)
        self.note("默认按 GB/T 9704—2012；本单位有规定的，在这里改，对所有摘编生效。这些设置存在本机，不随资料库备份。")
        self._rows()
        back = self.buttons.addButton("恢复国标", QDialogButtonBox.ButtonRole.ResetRole)
        back.clicked.connect(self._back)
        self._fill(table)

    def _back(self) -> None:
        self._fill({})
        self.tell()

    def _rows(self) -> None:
        for name, label in _MEASURES.items():
            box = self._measures[name] = QDoubleSpinBox()
            box.setRange(*LIMITS[name])
            box.setDecimals(2 if name == "line" else 1)
            box.setSingleStep(0.05 if name == "line" else 0.5)
            box.setButtonSymbols(QDoubleSpinBox.ButtonSymbols.NoButtons)
            box.setAccessibleName(label)
            box.valueChanged.connect(self.later)
            self.form.addRow(label, box)
        for name in FACES:
            line = self._faces[name] = QLineEdit()
            line.setPlaceholderText(getattr(DEFAULT.typefaces, name))
            line.setAccessibleName(_FACES[name])
            line.textEdited.connect(self.later)
            self.form.addRow(_FACES[name], line)
        self._digits.setPlaceholderText("与所在文字相同")
        self._digits.setAccessibleName("数字和字母的字体")
        self._digits.textEdited.connect(self.later)
        self.form.addRow("数字和字母", self._digits)
        self.form.addRow("", self._bold)
        self._bold.toggled.connect(self.later)
        for value, text in ((PageNumbers.OUTER.value, "单页居右、双页居左"), (PageNumbers.CENTRE.value, "居中")):
            self._numbers.addItem(text, value)
        self._numbers.setAccessibleName("页码位置")
        self._numbers.activated.connect(self.later)
        self.form.addRow("页码", self._numbers)

    def _fill(self, table: Mapping[str, Value]) -> None:
        profile = profile_of(table)
        for name, box in self._measures.items():
            box.setValue(getattr(profile, name))
        for name, line in self._faces.items():
            line.setText(str(table.get(name, "")))
        self._digits.setText(profile.digit_font)
        self._bold.setChecked(profile.second_level_bold)
        self._numbers.setCurrentIndex(self._numbers.findData(profile.page_numbers.value))
        self._timer.stop()

    def tell(self) -> None:
        """Report the settings that differ from the standard."""
        self._timer.stop()
        table: dict[str, object] = {name: box.value() for name, box in self._measures.items()}
        table |= {name: line.text() for name, line in self._faces.items()}
        table |= {"digit_font": self._digits.text().strip(), "second_level_bold": self._bold.isChecked()}
        self.changed.emit(table_of(profile_of(table | {"page_numbers": self._numbers.currentData()})))
