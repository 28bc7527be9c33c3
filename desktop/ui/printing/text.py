"""Prints a document that has no pages of its own: the reading text set on A4, marks and watermark included."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QTextCharFormat, QTextCursor
from PySide6.QtPrintSupport import QPrinter

from desktop.ui.page.marking import UNDERLINE
from desktop.ui.printing.choice import PrintChoice
from desktop.ui.printing.watermark import draw_watermark
from desktop.ui.reading.composer import Sheet, balance_titles, compose
from desktop.ui.reading.typography import ReadingType
from desktop.ui.theme import LIGHT
from desktop.ui.values import DocumentView, MarkView

_PAGE = QSizeF(794, 1123)  # A4 at 96 dpi, in the units of the text
_SIDE, _TOP = 96.0, 96.0
_BODY = ReadingType("", 19, 1.7)


class SetPages:
    """The document set on pages."""

    def __init__(self, view: DocumentView, marks: Sequence[MarkView] = ()) -> None:
        self._sheet = compose(view, _BODY, LIGHT)
        balance_titles(self._sheet, _PAGE.width() - 2 * _SIDE)
        for mark in marks:
            _set_mark(self._sheet, mark)
        self._room = QSizeF(_PAGE.width() - 2 * _SIDE, _PAGE.height() - 2 * _TOP)
        self._sheet.document.setPageSize(self._room)

    @property
    def count(self) -> int:
        """How many pages there are."""
        return self._sheet.document.pageCount()

    def print(self, printer: QPrinter, choice: PrintChoice) -> bool:
        """Print the chosen pages; False when the printer does not take them."""
        with QPainter() as painter:
            for n, page in enumerate(choice.pages):
                if not (printer.newPage() if n else painter.begin(printer)):
                    return False
                self.draw(painter, page, choice.watermark)
        return True

    def draw(self, painter: QPainter, page: int, watermark: str = "") -> None:
        """One page onto the painter's whole sheet."""
        painter.save()
        scale = painter.viewport().width() / _PAGE.width()
        painter.scale(scale, scale)
        whole = QRectF(0, 0, _PAGE.width(), _PAGE.height())
        footer = whole.adjusted(0, _PAGE.height() - _TOP, 0, -_TOP / 3)
        painter.setPen(QColor("black"))
        painter.drawText(footer, int(Qt.AlignmentFlag.AlignCenter), f"— {page} —")
        draw_watermark(painter, whole, watermark)
        top = (page - 1) * self._room.height()
        painter.translate(_SIDE, _TOP - top)
        self._sheet.document.drawContents(painter, QRectF(0, top, self._room.width(), self._room.height()))
        painter.restore()


def _set_mark(sheet: Sheet, mark: MarkView) -> None:
    letters = QTextCharFormat()
    color = QColor(LIGHT.marks.get(mark.color, LIGHT.marks["yellow"]))
    if mark.style == UNDERLINE:
        letters.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
        letters.setUnderlineColor(color.darker(150))
    else:
        letters.setBackground(color)
    for low, high in sheet.map.ranges(mark.item, mark.start, mark.end):
        cursor = QTextCursor(sheet.document)
        cursor.setPosition(low)
        cursor.setPosition(high, QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(letters)
