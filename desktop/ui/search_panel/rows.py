"""Draws search results: an issue, and under it its hits with the words that were found lit up."""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeWidget

from desktop.ui.colors import mix
from desktop.ui.reading.textmap import utf16_length
from desktop.ui.signs import smaller
from desktop.ui.theme import Theme
from desktop.ui.values import HitView

Index = QModelIndex | QPersistentModelIndex
_V, _R = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignRight
_MOST_LINES = 3
_MORE = "各处 ▾"
WHERE = {"title": "题名", "body": "正文", "note": "批注", "mark": "标注", "correction": "勘误"}


class Role(IntEnum):
    """What a row holds besides its text."""

    HIT = Qt.ItemDataRole.UserRole + 1  # HitView; None for an issue
    DATE = Qt.ItemDataRole.UserRole + 2  # of an issue
    MORE = Qt.ItemDataRole.UserRole + 3  # whether further places of the item can be asked for


def one_line(hit: HitView) -> str:
    """The snippet with line breaks as blanks, so that the offsets of the hits still fit."""
    return hit.snippet.replace("\n", " ").replace("\u2029", " ")


def _tells_title(hit: HitView) -> bool:
    """Whether the snippet is nothing but the title, which need not be said twice."""
    return hit.where == "title" and one_line(hit).strip() == hit.title.strip()


class HitRows(QStyledItemDelegate):
    """Rows: issue with date; title of the item with its section, snippet on up to three lines."""

    def __init__(self, tree: QTreeWidget, theme: Theme) -> None:
        super().__init__(tree)
        self.theme = theme
        self._tree = tree

    def _snippet(self, hit: HitView, width: int) -> QTextLayout:
        """The snippet set to a width, hits bold in the accent colour; an ellipsis stands for what the lines have no room for."""
        text = one_line(hit)
        layout = self._set(text, hit, width)
        last = layout.lineAt(layout.lineCount() - 1)
        end = last.textStart() + last.textLength()
        units = text.encode("utf-16-le", "surrogatepass")
        if not 2 * end < len(units):
            return layout
        return self._set(units[: 2 * (end - 2)].decode("utf-16-le", "ignore").removesuffix("…") + "…", hit, width)

    def _set(self, text: str, hit: HitView, width: int) -> QTextLayout:
        layout = QTextLayout(text, self._tree.font())
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.setFormats([self._lit(text, start, end) for start, end in hit.ranges])
        layout.beginLayout()
        height, lines = 0.0, 0
        while lines < _MOST_LINES and (line := layout.createLine()).isValid():
            line.setLineWidth(max(width, 40))
            line.setPosition(QPointF(0, height))
            height += line.height()
            lines += 1
        layout.endLayout()
        return layout

    def _lit(self, text: str, start: int, end: int) -> QTextLayout.FormatRange:
        letters = QTextCharFormat()
        letters.setFontWeight(QFont.Weight.Bold)
        letters.setForeground(QColor(self.theme.accent))
        run = QTextLayout.FormatRange()
        run.start = utf16_length(text[:start])  # type: ignore[attr-defined]
        run.length = utf16_length(text[start:end])  # type: ignore[attr-defined]
        run.format = letters  # type: ignore[attr-defined]
        return run

    def _width(self) -> int:
        return self._tree.viewport().width() - 24

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as the snippet needs at the present width."""
        hit: HitView | None = index.data(Role.HIT)
        line = QFontMetrics(self._tree.font()).height()
        if hit is None:
            return QSize(60, line + 10)
        head = 2 * line - line // 6 if hit.title else 0
        if _tells_title(hit):
            head -= line
        return QSize(60, head + round(self._snippet(hit, self._width()).boundingRect().height()) + 10)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draws one row."""
        row = QRect(0, option.rect.top(), self._tree.viewport().width(), option.rect.height())  # type: ignore[attr-defined]
        hit: HitView | None = index.data(Role.HIT)
        painter.save()
        painter.setFont(self._tree.font())
        if hit is None:
            self._issue(painter, row, index)
        else:
            self._ground(painter, row, option.state)  # type: ignore[attr-defined]
            self._hit(painter, row, hit, more=bool(index.data(Role.MORE)))
        painter.restore()

    def _ground(self, painter: QPainter, row: QRect, state: QStyle.StateFlag) -> None:
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(row, QColor(self.theme.selected))
            painter.fillRect(QRect(0, row.top(), 3, row.height()), QColor(self.theme.accent))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(row, mix(self.theme.text, self.theme.surface, 0.05))
        painter.fillRect(QRect(12, row.bottom(), row.width() - 12, 1), QColor(self.theme.line))

    def _issue(self, painter: QPainter, row: QRect, index: Index) -> None:
        painter.fillRect(row, QColor(self.theme.window))
        painter.setFont(smaller(self._tree.font()))
        painter.setPen(QColor(self.theme.faint))
        date = index.data(Role.DATE)
        painter.drawText(row.adjusted(0, 0, -8, 0), _V | _R, date)
        room = row.width() - painter.fontMetrics().horizontalAdvance(date) - 32
        font = QFont(self._tree.font())
        font.setBold(True)
        painter.setFont(font)
        painter.drawText(
            row.adjusted(12, 0, 0, 0), _V, painter.fontMetrics().elidedText(index.data(), Qt.TextElideMode.ElideRight, room)
        )

    def more_place(self, row: QRect, *, low: bool = False) -> QRect:
        """Where a row offers the further places of its item; `low` in the rows of title hits, which end with that line."""
        line = QFontMetrics(self._tree.font()).height()
        width = QFontMetrics(smaller(self._tree.font())).horizontalAdvance(_MORE)
        return QRect(12 + self._width() - width, row.bottom() - 4 - line if low else row.top() + 4 + line, width, line)

    def offers_more_at(self, hit: HitView, row: QRect, place: QPointF) -> bool:
        """Whether a place in a hit's row is on that offer."""
        return self.more_place(row, low=_tells_title(hit)).contains(place.toPoint())

    def _hit(self, painter: QPainter, row: QRect, hit: HitView, *, more: bool) -> None:
        line = QFontMetrics(self._tree.font()).height()
        if not hit.title:  # a further place of the item above
            painter.setPen(mix(self.theme.text, self.theme.surface, 0.82))
            self._snippet(hit, self._width() - 14).draw(painter, QPointF(26, row.top() + 4))
            return
        head = QRect(12, row.top() + 4, self._width(), line)
        painter.setPen(QColor(self.theme.text))
        if _tells_title(hit):
            title = self._snippet(hit, self._width())
            title.draw(painter, QPointF(12, row.top() + 4))
            head.translate(0, round(title.boundingRect().height()) - line)
        else:
            painter.drawText(head, _V, painter.fontMetrics().elidedText(hit.title, Qt.TextElideMode.ElideRight, head.width()))
        painter.setFont(smaller(self._tree.font()))
        painter.setPen(QColor(self.theme.faint))
        foot = " · ".join(part for part in (hit.section, WHERE.get(hit.where, hit.where)) if part)
        painter.drawText(
            head.translated(0, line), _V, painter.fontMetrics().elidedText(foot, Qt.TextElideMode.ElideRight, head.width())
        )
        if more:
            painter.setPen(QColor(self.theme.accent))
            painter.drawText(self.more_place(row, low=_tells_title(hit)), _V | _R, _MORE)
        if not _tells_title(hit):
            painter.setPen(mix(self.theme.text, self.theme.surface, 0.82))
            self._snippet(hit, self._width()).draw(painter, QPointF(12, row.top() + 4 + 2 * line))
