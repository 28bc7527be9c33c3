"""The one question before printing. The system's own dialog would speak another language and know nothing of marks."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QRadioButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from desktop.ui.choice import Choice
from desktop.ui.printing.choice import PrintChoice, WrongRange, page_range
from desktop.ui.style import set_role
from desktop.ui.theme import Theme

TO_FILE = "打印为 PDF 文件"


class PrintDialog(QDialog):
    """Asks for printer, pages, marks and watermark; `chosen(PrintChoice)`, with an empty `file` where a PDF is wanted."""

    chosen = Signal(object)

    def __init__(
        self,
        printers: Sequence[str],
        count: int,
        current: int,
        watermark: str,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        classification: str = "",
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("打印")
        self._count, self._current, self._classification = count, current, classification
        self.printer = Choice(theme)
        self.printer.addItems([*printers, TO_FILE])
        self.copies = QSpinBox()
        self.copies.setRange(1, 99)
        self.copies.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.copies.setFixedWidth(70)
        self.everything = QRadioButton(f"全部（共{count}页）")
        self.this_page = QRadioButton(f"当前页（第{current}页）")
        self.some = QRadioButton("页码")
        self.pages = QLineEdit()
        self.pages.setPlaceholderText("例如：1-3，5")
        self.pages.setAccessibleName("要打印的页码")
        self.marks = QCheckBox("打印划线和下划线")
        self.classified = QCheckBox(f"每页标注密级：{classification}")
        self.classified.setChecked(bool(classification))
        self.classified.setVisible(bool(classification))
        self.stamped = QCheckBox("加水印")
        self.watermark = QLineEdit(watermark)
        self.watermark.setAccessibleName("水印文字")
        self.watermark.setEnabled(False)
        self._warning = QLabel()
        set_role(self._warning, "warning")
        self.everything.setChecked(True)
        self.marks.setChecked(True)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        range_row, stamp_row = QHBoxLayout(), QHBoxLayout()
        range_row.addWidget(self.some)
        range_row.addWidget(self.pages, 1)
        stamp_row.addWidget(self.stamped)
        stamp_row.addWidget(self.watermark, 1)
        ranges = QVBoxLayout()
        ranges.addWidget(self.everything)
        ranges.addWidget(self.this_page)
        ranges.addLayout(range_row)
        form = QFormLayout()
        form.setSpacing(10)
        form.addRow("打印机", self.printer)
        form.addRow("份数", self.copies)
        form.addRow("范围", ranges)
        form.addRow("内容", self.marks)
        if self._classification:
            form.addRow("", self.classified)
        form.addRow("", stamp_row)
        self._buttons = QDialogButtonBox()
        accept = self._buttons.addButton("打印", QDialogButtonBox.ButtonRole.AcceptRole)
        set_role(accept, "primary")
        self._buttons.addButton("取消", QDialogButtonBox.ButtonRole.RejectRole)
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        layout.addWidget(self._warning)
        layout.addWidget(self._buttons)
        self.setMinimumWidth(430)

    def _connect(self) -> None:
        self.stamped.toggled.connect(self.watermark.setEnabled)
        self.pages.textEdited.connect(lambda _text: self.some.setChecked(True))
        self.printer.currentTextChanged.connect(lambda name: self.copies.setEnabled(name != TO_FILE))
        self.copies.setEnabled(self.printer.currentText() != TO_FILE)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)

    def accept(self) -> None:
        """Check the range; a wrong one is said here and nothing is printed."""
        try:
            choice = self.choice()
        except WrongRange as error:
            self._warning.setText(str(error))
            self.pages.setFocus()
            return
        super().accept()
        self.chosen.emit(choice)

    def choice(self) -> PrintChoice:
        """What was chosen. Raises `WrongRange`."""
        if self.everything.isChecked():
            pages = tuple(range(1, self._count + 1))
        elif self.this_page.isChecked():
            pages = (self._current,)
        else:
            pages = page_range(self.pages.text(), self._count)
        name = self.printer.currentText()
        stamp = self.watermark.text().strip() if self.stamped.isChecked() else ""
        classification = self._classification if self.classified.isChecked() else ""
        return PrintChoice(
            "" if name == TO_FILE else name, "", pages, self.marks.isChecked(), stamp, self.copies.value(), classification
        )
