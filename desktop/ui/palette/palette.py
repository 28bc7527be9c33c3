"""The palette of tags: Chinese, pinyin initials, codes or numbers (8.5) narrow the list, Enter takes the row."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QPainter, QPixmap
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QListWidget, QListWidgetItem, QWidget

from desktop.fields.vocabulary import Choice
from desktop.ui.colors import field_color
from desktop.ui.floating import framed
from desktop.ui.signs import draw_square
from desktop.ui.style import set_role
from desktop.ui.theme import Theme

_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class FieldPalette(QDialog):
    """A list under a line of input. `find` gives the choices for what is typed; `on` are tags that are on the target now."""

    chosen = Signal(str, str)  # field, subfield

    def __init__(
        self, target: str, find: Callable[[str], Sequence[Choice]], on: Collection[tuple[str, str]], theme: Theme, parent: QWidget
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName("标注为")
        self.resize(460, 400)
        self._find, self._on, self._theme = find, on, theme
        head = QLabel(target)
        set_role(head, "faint")
        head.setWordWrap(True)
        self._box = QLineEdit()
        self._box.setPlaceholderText("输入名称、拼音首字母或序号，如 集成电路、jcdl、1.1")
        self._box.setAccessibleName("领域、子领域或标签")
        self._list = QListWidget()
        self._list.setAccessibleName("可标注的领域与标签")
        self._box.textChanged.connect(self._fill)
        self._box.installEventFilter(self)
        self._box.returnPressed.connect(lambda: self._take(self._list.currentItem()))
        self._list.itemActivated.connect(self._take)
        self._list.itemClicked.connect(self._take)
        layout = framed(self)
        for widget in (head, self._box, self._list):
            layout.addWidget(widget)
        self._fill("")
        self._box.setFocus()

    def _fill(self, typed: str) -> None:
        self._list.clear()
        for choice in self._find(typed):
            facts = [choice.code] + ([f"含“{choice.term}”"] if choice.term else [])
            on = (choice.field, choice.subfield) in self._on
            row = QListWidgetItem(
                _square(choice.field, self._theme), f"{choice.tag.replace('/', '›')}　{'　'.join(facts)}{'　已标' if on else ''}"
            )
            row.setData(Qt.ItemDataRole.UserRole, (choice.field, choice.subfield))
            row.setToolTip("再选一次即去掉" if on else choice.tag)
            self._list.addItem(row)
        self._list.setCurrentRow(0)

    def _take(self, row: QListWidgetItem | None) -> None:
        if row is not None:
            field, subfield = row.data(Qt.ItemDataRole.UserRole)
            self.close()
            self.chosen.emit(field, subfield)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrows move in the list while the line keeps the keyboard."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in _MOVES:
            step = 8 if event.key() in _MOVES[2:] else 1
            down = event.key() in (Qt.Key.Key_Down, Qt.Key.Key_PageDown)
            row = self._list.currentRow() + (step if down else -step)
            self._list.setCurrentRow(max(0, min(row, self._list.count() - 1)))
            return True
        return super().eventFilter(watched, event)


def _square(field: str, theme: Theme) -> QIcon:
    picture = QPixmap(12, 12)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    draw_square(painter, picture.rect().adjusted(1, 1, -1, -1).toRectF(), field_color(theme, field))
    painter.end()
    return QIcon(picture)
