"""本期要点 as a tree: five titles at a glance, what is unread, which fields; points stay folded until they are opened.

It shows values and reports choices. Moving the selection from outside (the reader scrolled) is never reported back.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from desktop.bulletin.model import Passage, PassageKind
from desktop.ui.section_tree.rows import Role, SectionRows
from desktop.ui.style import set_role
from desktop.ui.theme import Theme
from desktop.ui.values import DocumentView, ItemView


class SectionTree(QWidget):
    """Sections › items › points of the document that is shown."""

    item_chosen = Signal(int, int)  # item, canonical offset
    read_toggled = Signal(int)
    starred_toggled = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: dict[int, QTreeWidgetItem] = {}
        self._issue: int | None = None
        self._sectioned = True
        self._name = QLabel("本期要点")
        self._count = QLabel()
        self._check = QLabel()
        self._tree = _Tree(theme, self)
        self._lay_out()
        self._tree.currentItemChanged.connect(self._chosen)
        self._tree.pressed_again.connect(self._chosen)
        self._tree.itemActivated.connect(self._chosen)
        self._tree.read_toggled.connect(self.read_toggled)
        self._tree.starred_toggled.connect(self.starred_toggled)

    def _lay_out(self) -> None:
        set_role(self, "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_role(self._name, "heading")
        set_role(self._count, "faint")
        self._check.setWordWrap(True)
        self._check.setContentsMargins(10, 0, 10, 5)
        self._check.hide()
        head = QHBoxLayout()
        head.setContentsMargins(10, 5, 10, 5)
        head.addWidget(self._name)
        head.addStretch(1)
        head.addWidget(self._count)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._check)
        column.addWidget(self._tree, 1)

    def set_theme(self, theme: Theme) -> None:
        """Changes the colours."""
        self._tree.rows.theme = theme
        self._tree.viewport().update()

    def set_document(self, document: DocumentView | None) -> None:
        """Shows the sections of a document; of the same document again, what was opened stays open."""
        same = document is not None and document.issue == self._issue
        opened = {id_ for id_, row in self._rows.items() if row.isExpanded()} if same else set()
        current = self.current() if same else None
        self._issue = document.issue if document else None
        self._sectioned = document is not None and document.kind == "issue"  # an outline's first level says it all
        self._tree.blockSignals(True)
        self._tree.clear()
        self._rows = {}
        self._name.setText("目录" if document and document.kind != "issue" else "本期要点")
        self._check.hide()
        for item in document.items if document else ():
            self._add(item)
        for row in self._rows.values():
            item = row.data(0, Role.ITEM)
            row.setExpanded(item.id in opened or (not self._sectioned and item.depth < 2))
        self._tree.blockSignals(False)
        if current is not None:
            self.set_current(current)
        self._tell_count()

    def set_contents_check(self, listed: int, found: int) -> None:
        """Says whether the text holds as many items as the printed contents list; a difference is a warning."""
        set_role(self._check, "faint" if listed == found else "warning")
        self._check.setText(f"本期要点列 {listed} 条，正文找到 {found} 条" + ("" if listed == found else "，请核对原文"))
        self._check.setVisible(listed > 0)

    def update_item(self, item: ItemView) -> None:
        """Shows an item's new read mark, fields, counts and corrected points; its place in the tree stays."""
        row = self._rows.get(item.id)
        if row is not None:
            former: ItemView = row.data(0, Role.ITEM)
            self._fill(row, item)
            if former.corrections != item.corrections:
                self._renew_points(row, item)
            self._tell_count()
            self._tree.scheduleDelayedItemsLayout()

    def set_current(self, item_id: int) -> None:
        """Moves the selection to an item without reporting it; a point of this item may stay selected."""
        row = self._rows.get(item_id)
        if row is None or self.current() == item_id:
            return
        self._tree.blockSignals(True)
        self._tree.setCurrentItem(row)
        self._tree.blockSignals(False)
        self._tree.scrollToItem(row)
        self._tree.viewport().update()

    def current(self) -> int | None:
        """The item whose row, or one of whose points, is selected."""
        row = self._tree.currentItem()
        item = row.data(0, Role.ITEM) if row else None
        return item.id if item else None

    def _add(self, item: ItemView) -> None:
        row = QTreeWidgetItem(self._parent_for(item))
        row.setData(0, Role.KIND, "item")
        row.setData(0, Role.OFFSET, 0)
        self._fill(row, item)
        self._rows[item.id] = row
        row.addChildren([_point(item, at, passage) for at, passage in _listed(item)])

    def _renew_points(self, row: QTreeWidgetItem, item: ItemView) -> None:
        self._tree.blockSignals(True)
        for child in [row.child(index) for index in range(row.childCount())]:
            if child.data(0, Role.KIND) == "point":
                row.removeChild(child)
        row.insertChildren(0, [_point(item, at, passage) for at, passage in _listed(item)])
        self._tree.blockSignals(False)

    def _parent_for(self, item: ItemView) -> QTreeWidgetItem:
        """An item stands under its section, a deeper heading under the last heading above it."""
        for row in reversed(self._rows.values()):
            above: ItemView = row.data(0, Role.ITEM)
            if self._sectioned and above.section != item.section:
                break
            if above.depth < item.depth:
                return row
        return self._section(item.section if self._sectioned else "")

    def _section(self, name: str) -> QTreeWidgetItem:
        root = self._tree.invisibleRootItem()
        if not name:
            return root
        last = root.child(root.childCount() - 1) if root.childCount() else None
        if last is None or last.data(0, Role.KIND) != "section" or last.text(0) != name:
            last = QTreeWidgetItem(root, [name])
            last.setData(0, Role.KIND, "section")
            last.setData(0, Role.COUNT, 0)
            last.setExpanded(True)
        last.setData(0, Role.COUNT, last.data(0, Role.COUNT) + 1)
        return last

    def _fill(self, row: QTreeWidgetItem, item: ItemView) -> None:
        row.setText(0, item.shown_title)
        row.setData(0, Role.ITEM, item)
        facts = [item.level + ("·" if item.level and item.region else "") + item.region]
        facts += [f"第{item.page}页"] if item.page else []
        facts += [f"{item.length}字", "已读" if item.read else "未读", *(["星标"] if item.starred else []), *item.fields]
        facts += [f"标注{item.mark_count}处"] if item.mark_count else []
        told = "，".join(fact for fact in facts if fact)
        printed = f"\n原题：{item.title}" if item.corrected_title else ""
        row.setToolTip(0, f"{item.shown_title}{printed}\n{told}")
        row.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"{item.shown_title}，{told}")
        for index in range(row.childCount()):
            if row.child(index).data(0, Role.KIND) == "point":
                row.child(index).setData(0, Role.ITEM, item)

    def _tell_count(self) -> None:
        items = [row.data(0, Role.ITEM) for row in self._rows.values()]
        unread = sum(not item.read for item in items)
        self._count.setText(f"{len(items)}条 · 未读{unread}" if unread else f"{len(items)}条 · 已读完" if items else "")

    def _chosen(self, row: QTreeWidgetItem | None) -> None:
        item = row.data(0, Role.ITEM) if row else None
        if row is not None and item is not None:
            self.item_chosen.emit(item.id, row.data(0, Role.OFFSET))


def _listed(item: ItemView) -> Iterator[tuple[int, Passage]]:
    """The points of an item, as the reader corrected them: what goes on with another is none, what was made a title is one."""
    corrected = {(one.kind, one.start) for one in item.corrections}
    at = 0
    for passage in item.passages:
        if ("title", at) in corrected or (passage.kind is PassageKind.POINT and ("merge", at) not in corrected):
            yield at, passage
        at += len(passage.text) + 1


def _point(item: ItemView, at: int, passage: Passage) -> QTreeWidgetItem:
    point = QTreeWidgetItem([passage.marker + (passage.head or passage.text[:24])])
    point.setData(0, Role.KIND, "point")
    point.setData(0, Role.ITEM, item)
    point.setData(0, Role.OFFSET, at)
    point.setToolTip(0, passage.text[:160])
    return point


class _Tree(QTreeWidget):
    """The tree itself: rows over the full width, with the angle, dot and star drawn and clicked within the row."""

    pressed_again = Signal(QTreeWidgetItem)
    read_toggled = Signal(int)
    starred_toggled = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows = SectionRows(self, theme)
        self.setItemDelegate(self.rows)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformRowHeights(False)
        self.setExpandsOnDoubleClick(False)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QTreeWidget.ScrollMode.ScrollPerPixel)
        self.setAccessibleName("本期要点目录")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Angle, dot and star act by themselves; elsewhere a press chooses the row, again if it was chosen before."""
        at = event.position().toPoint()
        row = self.itemAt(at)
        if row is None or event.button() is not Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        if self._act(row, event):
            return
        again = row is self.currentItem()
        super().mousePressEvent(event)
        if again:
            self.pressed_again.emit(row)

    def _act(self, row: QTreeWidgetItem, event: QMouseEvent) -> bool:
        at, kind = event.position().toPoint(), row.data(0, Role.KIND)
        if kind == "section":
            row.setExpanded(not row.isExpanded())
            return True
        if kind != "item":
            return False
        box = self.visualItemRect(row)
        box.setLeft(0)
        box.setRight(self.viewport().width() - 1)
        places = self.rows.places(box, self.indexFromItem(row), self.font())
        if places.chevron.contains(at) and row.childCount():
            row.setExpanded(not row.isExpanded())
        elif places.dot.contains(at):
            self.read_toggled.emit(row.data(0, Role.ITEM).id)
        elif places.star.contains(at):
            self.starred_toggled.emit(row.data(0, Role.ITEM).id)
        else:
            return False
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The blank switches read and unread; the tree's own search by letters is left out (letters belong to input methods)."""
        row = self.currentItem()
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            item = row.data(0, Role.ITEM) if row else None
            if item:
                self.read_toggled.emit(item.id)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Nothing: single letters are not commands."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Titles wrap anew at another width."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def drawBranches(self, *_unused: object) -> None:
        """Nothing: the rows draw their own angle."""
