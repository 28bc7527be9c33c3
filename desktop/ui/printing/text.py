"""Prints a document that has no pages of its own: the reading text set on A4, marks and watermark included."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtPrintSupport import QPrinter

from desktop.ui.printing.choice import PrintChoice
from desktop.ui.printing.watermark import draw_classification, draw_watermark
from desktop.ui.reading.composer import Composer
from desktop.ui.reading.layers import mark_layer
from desktop.ui.reading.lazylayout import LazyLayout
from desktop.ui.reading.margin import draw_rules, draw_underlines, underlines
from desktop.ui.reading.typography import ReadingType
from desktop.ui.theme import LIGHT
from desktop.ui.values import DocumentView, MarkView

_PAGE = QSizeF(794, 1123)  # A4 at 96 dpi, in the units of the text
_SIDE, _TOP = 96.0, 96.0
_BODY = ReadingType("", 19, 1.7)


class SetPages:
    """The document set on pages."""

    def __init__(self, view: DocumentView, marks: Sequence[MarkView] = ()) -> None:
        composer = Composer(view)
        composer.write_all()
        self._sheet = composer.sheet
        self._room = QSizeF(_PAGE.width() - 2 * _SIDE, _PAGE.height() - 2 * _TOP)
        self._layout = LazyLayout(self._sheet, _BODY, LIGHT)
        self._layout.reshape(self._room.width(), 0, 0, _BODY)
        self._pages = list(self._layout.pages(self._room.height()))
        self._marks = mark_layer(self._sheet, marks, LIGHT)
        self._underlines = underlines(self._sheet, marks)

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self._pages)

    def print(self, printer: QPrinter, choice: PrintChoice) -> bool:
        """Print the chosen pages; False when the printer does not take them."""
        with QPainter() as painter:
            for n, page in enumerate(choice.pages):
                if not (printer.newPage() if n else painter.begin(printer)):
                    return False
                self.draw(painter, page, choice.watermark, choice.classification)
        return True

    def draw(self, painter: QPainter, page: int, watermark: str = "", classification: str = "") -> None:
        """One page onto the painter's whole sheet."""
        painter.save()
        scale = painter.viewport().width() / _PAGE.width()
        painter.scale(scale, scale)
        whole = QRectF(0, 0, _PAGE.width(), _PAGE.height())
        footer = whole.adjusted(0, _PAGE.height() - _TOP, 0, -_TOP / 3)
        painter.setPen(QColor("black"))
        painter.setFont(_BODY.font(0.9))
        painter.drawText(footer, int(Qt.AlignmentFlag.AlignCenter), f"— {page} —")
        draw_watermark(painter, whole, watermark)
        draw_classification(painter, whole, classification)
        self._draw_text(painter, *self._pages[page - 1])
        painter.restore()

    def _draw_text(self, painter: QPainter, top: float, end: float) -> None:
        painter.translate(_SIDE, _TOP - top)
        painter.setClipRect(QRectF(-_SIDE, top, _PAGE.width(), end - top))
        shown = self._layout.draw_between(painter, top, end, self._marks)
        draw_rules(painter, self._sheet, self._layout, _BODY, LIGHT, shown)
        draw_underlines(painter, self._sheet, self._layout, self._underlines, LIGHT, shown)
