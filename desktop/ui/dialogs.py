"""The few dialogs: self-check result, shortcuts page, command palette."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.ui.floating import framed
from desktop.ui.keymap import Keymap

if TYPE_CHECKING:
    from desktop.archive.checking import Finding


def _table(headers: Sequence[str], rows: Sequence[Sequence[str]], name: str) -> QTableWidget:
    table = QTableWidget(len(rows), len(headers))
    table.setAccessibleName(name)
    table.setHorizontalHeaderLabels(list(headers))
    table.verticalHeader().hide()
    table.setShowGrid(False)
    table.setWordWrap(True)
    table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
    for row, cells in enumerate(rows):
        for column, text in enumerate(cells):
            table.setItem(row, column, QTableWidgetItem(text))
    table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    table.horizontalHeader().setSectionResizeMode(len(headers) - 1, QHeaderView.ResizeMode.Stretch)
    return table


class FindingsDialog(QDialog):
    """自检: one line for each thing that was looked at."""

    def __init__(self, findings: Sequence[Finding], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("自检")
        self.resize(640, 420)
        bad = sum(not finding.ok for finding in findings)
        head = QLabel("全部正常。" if not bad else f"有 {bad} 项需要注意。")
        rows = [("正常" if finding.ok else "注意", finding.title, finding.message) for finding in findings]
        table = _table(("结果", "项目", "说明"), rows, "自检结果")
        table.resizeRowsToContents()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = buttons.addButton("复制结果", QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText("\n".join("\t".join(row) for row in rows)))
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(head)
        layout.addWidget(table, 1)
        layout.addWidget(buttons)


class KeysDialog(QDialog):
    """快捷键: every action with its keys; keys can be changed and put back."""

    def __init__(self, keymap: Keymap, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("快捷键")
        self.resize(620, 560)
        self._keymap = keymap
        rows = [(menu, text, keys) for _id, menu, text, keys in keymap.table()]
        self._table = _table(("菜单", "操作", "快捷键"), rows, "快捷键列表")
        self._table.currentCellChanged.connect(self._row_chosen)
        self._edit = QKeySequenceEdit()
        self._edit.setMaximumSequenceLength(1)
        self._edit.setAccessibleName("新的快捷键")
        self._note = QLabel("选中一项，按下新的组合键，再点“设定”。")
        set_button, reset_button = QPushButton("设定"), QPushButton("恢复默认")
        set_button.clicked.connect(self._set)
        reset_button.clicked.connect(self._reset)
        row = QHBoxLayout()
        for widget in (self._edit, set_button, reset_button):
            row.addWidget(widget)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self._table, 1)
        layout.addWidget(self._note)
        layout.addLayout(row)
        layout.addWidget(buttons)

    def _id(self) -> str | None:
        row = self._table.currentRow()
        return self._keymap.table()[row][0] if row >= 0 else None

    def _row_chosen(self) -> None:
        action = self._id()
        if action:
            self._edit.setKeySequence(QKeySequence(self._keymap.keys(action).split(";")[0]))

    def _set(self) -> None:
        action = self._id()
        keys = self._edit.keySequence().toString()
        if action is None:
            return
        taken = self._keymap.user_of(keys, but=action) if keys else None
        if taken:
            self._note.setText(f"“{keys}”已用于“{taken}”，请换一个组合键。")
            return
        if len(keys) == 1:
            self._note.setText("单个字母会被输入法占用，请加上 Ctrl 或 Alt。")
            return
        self._keymap.set_keys(action, keys)
        self._refresh()

    def _reset(self) -> None:
        action = self._id()
        if action:
            self._keymap.reset(action)
            self._refresh()

    def _refresh(self) -> None:
        for row, (_id, _menu, _text, keys) in enumerate(self._keymap.table()):
            self._table.setItem(row, 2, QTableWidgetItem(keys))
        self._note.setText("已设定。")


class PaletteDialog(QDialog):
    """命令面板: type a few characters, Enter runs the action."""

    def __init__(self, keymap: Keymap, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName("命令面板")
        self.resize(480, 380)
        self._keymap = keymap
        self._box = QLineEdit()
        self._box.setPlaceholderText("输入操作名称")
        self._box.setAccessibleName("操作名称")
        self._list = QListWidget()
        self._list.setAccessibleName("操作")
        self._box.textChanged.connect(self._filter)
        self._box.installEventFilter(self)
        self._list.itemActivated.connect(self._run)
        self._box.returnPressed.connect(lambda: self._run(self._list.currentItem()))
        layout = framed(self)
        layout.addWidget(self._box)
        layout.addWidget(self._list, 1)
        self._filter("")
        self._box.setFocus()
        corner = parent.mapToGlobal(parent.rect().center())
        self.move(corner.x() - self.width() // 2, parent.mapToGlobal(parent.rect().topLeft()).y() + 90)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrows move in the list while the cursor stays in the box."""
        if watched is self._box and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
            if step:
                self._list.setCurrentRow(max(0, min(self._list.count() - 1, self._list.currentRow() + step)))
                return True
        return super().eventFilter(watched, event)

    def _filter(self, text: str) -> None:
        self._list.clear()
        wanted = "".join(text.split()).casefold()
        for action, menu, label, keys in self._keymap.table():
            if all(char in (menu + label).casefold() for char in wanted) and self._keymap.actions[action].isEnabled():
                row = QListWidgetItem(f"{menu} › {label}" + (f"　　{keys}" if keys else ""))
                row.setData(Qt.ItemDataRole.UserRole, action)
                self._list.addItem(row)
        self._list.setCurrentRow(0)

    def _run(self, row: QListWidgetItem | None) -> None:
        if row is not None:
            action = self._keymap.actions[row.data(Qt.ItemDataRole.UserRole)]
            self.close()
            action.trigger()
