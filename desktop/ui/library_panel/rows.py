"""Draws the rows of the library list, and says how a document is called there."""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeWidget

from desktop.ui.colors import mix
from desktop.ui.signs import draw_chevron, smaller
from desktop.ui.theme import Theme
from desktop.ui.values import IssueView

Index = QModelIndex | QPersistentModelIndex
_V, _R = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignRight


class Role(IntEnum):
    """What a row holds besides its text."""

    ISSUE = Qt.ItemDataRole.UserRole + 1  # IssueView; None for a year
    COUNT = Qt.ItemDataRole.UserRole + 2  # of a year


def number_text(number: str) -> str:
    """第57期 for 57, 第5-6期 for 5-6; what already has its own name (增刊1) keeps it."""
    return f"第{number}期" if number[:1].isdecimal() else number


def issue_name(issue: IssueView, *, with_title: bool) -> str:
    """How a document is called in the list: its number, with the 刊名 where the library holds several; papers by title."""
    if issue.kind != "issue" or not issue.number:
        return issue.title
    return f"{issue.title} {number_text(issue.number)}" if with_title else number_text(issue.number)


def counts_text(issue: IssueView) -> str:
    """The counts as words, for tooltips and screen readers."""
    counts = (("未读", issue.unread), ("标注", issue.marks), ("待核", issue.doubts))
    return "，".join(f"{word} {count}" for word, count in counts if count) or "已读完"


class IssueRows(QStyledItemDelegate):
    """Rows: a year; a document with its date and the counts of what is unread, marked, doubtful."""

    def __init__(self, tree: QTreeWidget, theme: Theme) -> None:
        super().__init__(tree)
        self.theme = theme
        self.opened = 0  # the issue that is shown in the window
        self._tree = tree

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """One line a row."""
        return QSize(60, QFontMetrics(self._tree.font()).height() + (12 if index.data(Role.ISSUE) else 10))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draws one row."""
        row = QRect(0, option.rect.top(), self._tree.viewport().width(), option.rect.height())  # type: ignore[attr-defined]
        issue: IssueView | None = index.data(Role.ISSUE)
        painter.save()
        painter.setFont(self._tree.font())
        self._ground(painter, row, option.state, issue)  # type: ignore[attr-defined]
        if issue is None:
            self._year(painter, row, index)
        else:
            self._issue(painter, row, issue, index.data())
        painter.restore()

    def _ground(self, painter: QPainter, row: QRect, state: QStyle.StateFlag, issue: IssueView | None) -> None:
        theme = self.theme
        if issue is None:
            painter.fillRect(row, QColor(theme.window))
        elif state & QStyle.StateFlag.State_Selected:
            painter.fillRect(row, QColor(theme.selected))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(row, mix(theme.text, theme.surface, 0.05))
        if issue is not None and issue.id == self.opened:
            painter.fillRect(QRect(0, row.top(), 3, row.height()), QColor(theme.accent))
        if state & QStyle.StateFlag.State_HasFocus and issue is None:
            painter.setPen(QColor(theme.accent))
            painter.drawRect(row.adjusted(1, 1, -2, -2))

    def _year(self, painter: QPainter, row: QRect, index: Index) -> None:
        opened = self._tree.isExpanded(index.model().index(index.row(), 0, index.parent()))
        draw_chevron(painter, QPointF(12, row.center().y() + 1), self.theme, opened=opened)
        font = QFont(self._tree.font())
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(QColor(self.theme.faint))
        painter.drawText(row.adjusted(22, 0, -60, 0), _V, index.data())
        painter.setFont(smaller(self._tree.font()))
        painter.drawText(row.adjusted(0, 0, -8, 0), _V | _R, str(index.data(Role.COUNT)))

    def _issue(self, painter: QPainter, row: QRect, issue: IssueView, name: str) -> None:
        theme = self.theme
        right = self._counts(painter, row, issue)
        font = QFont(self._tree.font())
        font.setBold(issue.id == self.opened)
        date = issue.date[5:] if issue.kind == "issue" else issue.date
        date_room = QFontMetrics(smaller(font)).horizontalAdvance(date) + 14
        painter.setFont(font)
        painter.setPen(QColor(theme.text))
        room = max(right - 22 - date_room, 60)
        shown = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, room)
        painter.drawText(row.adjusted(22, 0, 0, 0), _V, shown)
        left = 22 + painter.fontMetrics().horizontalAdvance(shown) + 14
        painter.setFont(smaller(self._tree.font()))
        painter.setPen(QColor(theme.faint))
        if left + date_room - 14 <= right:
            painter.drawText(row.adjusted(left, 0, 0, 0), _V, date)

    def _counts(self, painter: QPainter, row: QRect, issue: IssueView) -> int:
        """Draws the counts from the right and returns where they begin."""
        painter.setFont(smaller(self._tree.font()))
        right = row.right() - 8
        counts = (
            ("未读", issue.unread, self.theme.accent),
            ("标注", issue.marks, self.theme.faint),
            ("待核", issue.doubts, self.theme.warning),
        )
        for word, count, color in counts:
            if count:
                text = f"{word}{count}"
                painter.setPen(QColor(color))
                painter.drawText(QRect(row.left(), row.top(), right - row.left(), row.height()), _V | _R, text)
                right -= painter.fontMetrics().horizontalAdvance(text) + 9
        return right
