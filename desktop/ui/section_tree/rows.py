"""Draws the rows of the section tree and knows where in a row its dot, star and angle are."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeWidget

from desktop.ui.colors import mix
from desktop.ui.signs import draw_chevron, draw_dot, draw_fields, draw_star, smaller, wrapped
from desktop.ui.theme import Theme
from desktop.ui.values import ItemView

Index = QModelIndex | QPersistentModelIndex
_V = Qt.AlignmentFlag.AlignVCenter
_R = Qt.AlignmentFlag.AlignRight


class Role(IntEnum):
    """What a row holds besides its text."""

    KIND = Qt.ItemDataRole.UserRole + 1
    ITEM = Qt.ItemDataRole.UserRole + 2  # ItemView
    OFFSET = Qt.ItemDataRole.UserRole + 3  # canonical offset a click leads to
    COUNT = Qt.ItemDataRole.UserRole + 4  # of a section


@dataclass(frozen=True, slots=True)
class RowPlaces:
    """Where the parts of an item's row are, in px of the viewport, and the title broken to its width."""

    chevron: QRect
    dot: QRect
    star: QRect
    title: QRect
    meta: QRect
    lines: list[str]


def depth_of(index: Index) -> int:
    """How many rows stand above this one in its branch, sections not counted."""
    depth, parent = 0, index.parent()
    while parent.isValid():
        depth += parent.data(Role.KIND) != "section"
        parent = parent.parent()
    return depth


def facts(item: ItemView) -> str:
    """What stands at the right of an item: how many marks, how long."""
    return f"标注{item.mark_count} · {item.length}字" if item.mark_count else f"{item.length}字"


class SectionRows(QStyledItemDelegate):
    """Rows: a section's name with its count; an item with dot, title on up to two lines, fields, marks, length; a point."""

    def __init__(self, tree: QTreeWidget, theme: Theme) -> None:
        super().__init__(tree)
        self.theme = theme
        self._tree = tree

    def places(self, row: QRect, index: Index, font: QFont) -> RowPlaces:
        """Where the parts of a row are that begins at `row`'s upper left corner and has its width.

        Fields stand on a line of their own; the mere length joins the title's last line where there is room.
        """
        item: ItemView = index.data(Role.ITEM)
        line, small = QFontMetrics(font).height(), QFontMetrics(smaller(font))
        left, top = row.left() + 4 + min(depth_of(index), 4) * 12, row.top() + 5
        width = max(row.right() - left - 30 - 22, 40)
        lines = wrapped(item.shown_title, font, width, 2)
        title = QRect(left + 30, top, width, line * len(lines))
        free = width + 14 - QFontMetrics(font).horizontalAdvance(lines[-1]) - (16 if len(lines) == 1 else 0)
        joined = not item.fields and small.horizontalAdvance(facts(item)) + 12 <= free
        meta_top = title.bottom() + 1 - line if joined else title.bottom() + 2
        return RowPlaces(
            chevron=QRect(left, top, 14, line),
            dot=QRect(left + 13, top, 15, line),
            star=QRect(row.right() - 20, top, 16, line),
            title=title,
            meta=QRect(
                title.left(),
                meta_top,
                row.right() - title.left() - (24 if joined and item.starred and len(lines) == 1 else 8),
                line if joined else small.height(),
            ),
            lines=lines,
        )

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as the title needs at the tree's present width."""
        font = self._tree.font()
        line = QFontMetrics(font).height()
        kind = index.data(Role.KIND)
        if kind == "section":
            return QSize(60, line + 12)
        if kind == "point":
            return QSize(60, line + 6)
        places = self.places(QRect(0, 0, self._tree.viewport().width(), 0), index, font)
        return QSize(60, max(places.meta.bottom(), places.title.bottom()) + 6)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draws one row."""
        painter.save()
        row: QRect = QRect(0, option.rect.top(), self._tree.viewport().width(), option.rect.height())  # type: ignore[attr-defined]
        self._ground(painter, row, option.state, index)  # type: ignore[attr-defined]
        painter.setFont(self._tree.font())
        draw = {"section": self._section, "point": self._point}.get(index.data(Role.KIND), self._item)
        draw(painter, row, index)
        painter.restore()

    def _ground(self, painter: QPainter, row: QRect, state: QStyle.StateFlag, index: Index) -> None:
        theme = self.theme
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(row, QColor(theme.selected))
            painter.fillRect(QRect(row.left(), row.top(), 3, row.height()), QColor(theme.accent))
        elif index.data(Role.KIND) == "section":
            painter.fillRect(row, QColor(theme.window))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(row, mix(theme.text, theme.surface, 0.05))

    def _angle(self, painter: QPainter, box: QRect, index: Index) -> None:
        if index.model().hasChildren(index):
            opened = self._tree.isExpanded(index.model().index(index.row(), 0, index.parent()))
            draw_chevron(painter, QPointF(box.center()), self.theme, opened=opened)

    def _section(self, painter: QPainter, row: QRect, index: Index) -> None:
        self._angle(painter, QRect(row.left() + 4, row.top(), 14, row.height()), index)
        font = QFont(self._tree.font())
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(QColor(self.theme.accent))
        name = painter.fontMetrics().elidedText(index.data(), Qt.TextElideMode.ElideRight, row.width() - 80)
        painter.drawText(row.adjusted(22, 0, -50, 0), _V, name)
        painter.setFont(smaller(self._tree.font()))
        painter.setPen(QColor(self.theme.faint))
        painter.drawText(row.adjusted(0, 0, -8, 0), _V | _R, f"{index.data(Role.COUNT)}条")

    def _item(self, painter: QPainter, row: QRect, index: Index) -> None:
        item: ItemView = index.data(Role.ITEM)
        theme, places = self.theme, self.places(row, index, self._tree.font())
        self._angle(painter, places.chevron, index)
        draw_dot(painter, QPointF(places.dot.center()) + QPointF(0, 1), theme, read=item.read)
        if item.starred:
            draw_star(painter, QPointF(places.star.center()) + QPointF(0, 1), theme)
        painter.setPen(QColor(theme.text))
        line = painter.fontMetrics().height()
        for number, text in enumerate(places.lines):
            painter.drawText(places.title.left(), places.title.top() + number * line + painter.fontMetrics().ascent(), text)
        painter.setFont(smaller(self._tree.font()))
        painter.setPen(QColor(theme.faint))
        painter.drawText(places.meta, _V | _R, facts(item))
        room = places.meta.adjusted(0, 0, -painter.fontMetrics().horizontalAdvance(facts(item)) - 10, 0)
        draw_fields(painter, places.meta.left(), room, item.fields, theme)

    def _point(self, painter: QPainter, row: QRect, index: Index) -> None:
        left = row.left() + 34 + min(depth_of(index) - 1, 4) * 12
        painter.setPen(QColor(self.theme.faint))
        room = row.right() - left - 8
        text = painter.fontMetrics().elidedText(index.data(), Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRect(left, row.top(), room, row.height()), _V, text)
