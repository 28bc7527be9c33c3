"""The dialogs of handing over: what goes into a package, what a package would do here, and the trash."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QRadioButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.archive.merging import Merge, summary
from desktop.archive.trash import Deleted
from desktop.ui.clock import local_time


def _table(headers: Sequence[str], rows: Sequence[Sequence[str]], name: str) -> QTableWidget:
    table = QTableWidget(len(rows), len(headers))
    table.setAccessibleName(name)
    table.setHorizontalHeaderLabels(list(headers))
    table.verticalHeader().hide()
    table.setShowGrid(False)
    table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
    for row, cells in enumerate(rows):
        for column, text in enumerate(cells):
            table.setItem(row, column, QTableWidgetItem(text.replace("\n", " ")))
    header = table.horizontalHeader()
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    return table


class ShareDialog(QDialog):
    """导出标注包: whose it is, how much, and whether the originals go along."""

    def __init__(self, author: str, issue: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("导出标注包")
        self._author = QLineEdit(author)
        self._author.setMaxLength(60)
        self._author.setPlaceholderText("可以不填")
        self._author.setAccessibleName("署名")
        self._all = QRadioButton("全部各期的标注")
        self._one = QRadioButton(f"只是{issue}" if issue else "只是当前一期")
        self._one.setEnabled(bool(issue))
        (self._one if issue else self._all).setChecked(True)
        self._files = QCheckBox("附上原件（对方没有这一期时也能打开）")
        note = QLabel("标注包只含划线、批注、领域和更正；不附原件时不含文件正文，只有所划的句子和前后各 32 个字。")
        note.setWordWrap(True)
        form = QFormLayout()
        form.addRow("署名", self._author)
        form.addRow("范围", self._one)
        form.addRow("", self._all)
        form.addRow("", self._files)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.button(QDialogButtonBox.StandardButton.Ok).setText("选择保存位置…")
        buttons.button(QDialogButtonBox.StandardButton.Cancel).setText("取消")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        layout.addWidget(note)
        layout.addWidget(buttons)

    def choice(self) -> tuple[str, bool, bool]:
        """Author, whether only the issue shown, whether with files."""
        return self._author.text().strip(), self._one.isChecked(), self._files.isChecked()


class MergeDialog(QDialog):
    """What bringing in a package would do; 合并 or 取消."""

    def __init__(self, head: str, merge: Merge, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("导入标注包")
        self.resize(600, 240 if not merge.conflicts else 420)
        title = QLabel(head)
        title.setWordWrap(True)
        what = QLabel("\n".join(f"· {line}" for line in summary(merge)) or "没有新的内容。")
        what.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.addWidget(title)
        layout.addWidget(what)
        if merge.conflicts:
            rows = [
                (one.quote, one.ours or "（无批注）", one.theirs or "（无批注）", "对方的" if one.theirs_wins else "本库的")
                for one in merge.conflicts
            ]
            layout.addWidget(_table(("原文", "本库批注", "对方批注", "采用"), rows, "两边都改过的划线"), 1)
        else:
            layout.addStretch(1)
        buttons = QDialogButtonBox()
        if merge.changes:
            buttons.addButton("合并", QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton("取消" if merge.changes else "关闭", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)


class TrashDialog(QDialog):
    """回收站: deleted marks, to be put back or destroyed."""

    def __init__(
        self,
        contents: Callable[[], Sequence[Deleted]],
        put_back: Callable[[str], object],
        empty: Callable[[], object],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("回收站")
        self.resize(640, 380)
        self._contents, self._put_back, self._empty = contents, put_back, empty
        self._head = QLabel()
        self._head.setWordWrap(True)
        self._deleted: list[Deleted] = []
        self._table = _table(("原文", "批注", "领域", "删除时间"), (), "已删除的划线")
        self._table.itemSelectionChanged.connect(self._allow)
        buttons = QDialogButtonBox()
        self._back = buttons.addButton("放回", QDialogButtonBox.ButtonRole.ActionRole)
        self._destroy = buttons.addButton("清空回收站", QDialogButtonBox.ButtonRole.DestructiveRole)
        buttons.addButton("关闭", QDialogButtonBox.ButtonRole.RejectRole)
        self._back.clicked.connect(self._put_back_chosen)
        self._destroy.clicked.connect(self._empty_all)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self._head)
        layout.addWidget(self._table, 1)
        layout.addWidget(buttons)
        self._fill()

    def _fill(self) -> None:
        self._deleted = list(self._contents())
        self._table.setRowCount(len(self._deleted))
        for row, one in enumerate(self._deleted):
            cells = (one.quote, one.note, "、".join(one.fields), local_time(one.deleted_at))
            for column, text in enumerate(cells):
                self._table.setItem(row, column, QTableWidgetItem(text.replace("\n", " ")))
        if self._deleted:
            self._table.selectRow(0)
            self._head.setText(f"共 {len(self._deleted)} 处。放回的划线连同批注、领域回到原处；清空以后不能再恢复。")
        else:
            self._head.setText("回收站是空的。删除的划线会先放在这里。")
        self._destroy.setEnabled(bool(self._deleted))
        self._allow()

    def _allow(self) -> None:
        self._back.setEnabled(bool(self._deleted) and self._table.currentRow() >= 0)

    def _put_back_chosen(self) -> None:
        self._put_back(self._deleted[self._table.currentRow()].uid)
        self._fill()

    def _empty_all(self) -> None:
        self._empty()
        self._fill()
