"""Prints the pages of a PDF, marks and watermark included, a page at a time from a render process of its own.

Marks are multiplied onto the page's picture before it goes to the printer: printing engines know no multiplying, and ink under
a highlight must stay ink on paper too.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QMarginsF, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPageLayout, QPainter, QTransform
from PySide6.QtPrintSupport import QPrinter

from desktop.bulletin.places import PlaceMap
from desktop.rendering import sentences
from desktop.rendering.client import Job, JobKind, Renderer
from desktop.rendering.protocol import page_matrix, scaled_key
from desktop.ui.page.marking import PageMarks
from desktop.ui.page.painting import mark_color
from desktop.ui.printing.choice import PrintChoice
from desktop.ui.printing.watermark import draw_classification, draw_watermark
from desktop.ui.theme import LIGHT
from desktop.ui.values import MarkView

RESOLUTION = 300  # dpi: A4 is 9 million pixels, within what one image may have
_CACHE = 96 << 20


def printer_for(choice: PrintChoice) -> QPrinter:
    """The printer that was chosen, or the PDF file in its place."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    if choice.printer:
        printer.setPrinterName(choice.printer)
        printer.setCopyCount(choice.copies)
    else:
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(choice.file)
    printer.setResolution(RESOLUTION)
    printer.setPageMargins(QMarginsF(0, 0, 0, 0))
    printer.setFullPage(True)
    return printer


class PagePrinter(QObject):
    """One printing. `progress(done, of)`; `ended(sentence)` once, "" when all was printed. `cancel` at any time."""

    progress = Signal(int, int)
    ended = Signal(str)

    def __init__(
        self, file: str, places: PlaceMap, marks: Sequence[MarkView], choice: PrintChoice, parent: QObject | None = None,
        *, password: str = "", make_printer: Callable[[PrintChoice], QPrinter] = printer_for,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._file, self._password, self._choice = file, password, choice
        self._marks = PageMarks(places, marks if choice.marks else ())
        self._printer = make_printer(choice)
        self._painter = QPainter()
        self._left = list(choice.pages)
        self._sizes: list[tuple[float, float]] = []
        self._running = True
        self._renderer = Renderer(self, cache_bytes=_CACHE)
        self._renderer.ready.connect(self._begin)
        self._renderer.failed.connect(self._end)
        for signal in (self._renderer.image, self._renderer.text, self._renderer.page_failed):
            signal.connect(lambda _page: self._look())

    def start(self) -> None:
        """Print; all signals come later."""
        self._renderer.open(self._file, self._password)

    def cancel(self) -> None:
        """Stop after the page under way."""
        self._end("已取消打印。")

    def _begin(self, sizes: list[tuple[float, float]]) -> None:
        self._sizes = sizes
        self._next()

    def _jobs(self) -> list[Job]:
        page = self._left[0]
        key = scaled_key(page, self._sizes[page - 1], 0, RESOLUTION / 72)
        return [Job(JobKind.IMAGE, page, key), Job(JobKind.TEXT, page)]

    def _next(self) -> None:
        if not self._left:
            self._end("")
            return
        self.progress.emit(len(self._choice.pages) - len(self._left), len(self._choice.pages))
        if self._running:
            self._renderer.wish(self._jobs())
            self._look()

    def _look(self) -> None:
        """Print the page as soon as all of it has come, or will never come."""
        if self._running and self._left and not any(map(self._renderer.is_needed, self._jobs())):
            if not self._new_page():
                self._end("打印机没有响应，请检查打印机或换一个位置保存。")
                return
            self._draw(self._left.pop(0))
            self._next()

    def _new_page(self) -> bool:
        """Turn the paper as the page lies, and begin a sheet."""
        across, down = self._sizes[self._left[0] - 1]
        lying = QPageLayout.Orientation.Landscape if across > down else QPageLayout.Orientation.Portrait
        self._printer.setPageOrientation(lying)
        return self._printer.newPage() if self._painter.isActive() else self._painter.begin(self._printer)

    def _draw(self, page: int) -> None:
        paper = QRectF(self._painter.viewport())
        picture = self.picture(page)
        fitted = picture.size().scaled(paper.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
        target = QRectF(0, 0, fitted.width(), fitted.height())
        target.moveCenter(paper.center())
        self._painter.drawImage(target, picture)

    def picture(self, page: int) -> QImage:
        """The page as it goes onto paper; a sentence in place of one that cannot be drawn."""
        key = scaled_key(page, self._sizes[page - 1], 0, RESOLUTION / 72)
        found = self._renderer.cache.get(key)
        if found is None:
            image = QImage(key.width, key.height, QImage.Format.Format_RGB32)
            image.fill(QColor("white"))
        else:
            shared = QImage(found.data, found.width, found.height, found.stride, QImage.Format.Format_RGB888)
            image = shared.convertToFormat(QImage.Format.Format_RGB32)
        with QPainter(image) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if found is None:
                font = painter.font()
                font.setPixelSize(RESOLUTION // 5)
                painter.setFont(font)
                painter.drawText(QRectF(image.rect()), int(Qt.AlignmentFlag.AlignCenter), sentences.PAGE_UNPRINTABLE)
            self._draw_marks(painter, page, image)
            draw_watermark(painter, QRectF(image.rect()), self._choice.watermark)
            draw_classification(painter, QRectF(image.rect()), self._choice.classification)
        return image

    def _draw_marks(self, painter: QPainter, page: int, image: QImage) -> None:
        text = self._renderer.texts.get(page)
        if text is None:
            return
        painter.save()
        painter.setTransform(QTransform(*page_matrix(self._sizes[page - 1], image.width(), image.height(), 0)))
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        for mark, path in self._marks.paths(page, text):
            painter.fillPath(path, mark_color(mark, LIGHT.marks))
        painter.restore()

    def _end(self, sentence: str) -> None:
        if not self._running:
            return
        self._running = False
        if self._painter.isActive():
            if sentence:
                self._printer.abort()
            self._painter.end()
        self._renderer.close()
        self.ended.emit(sentence)
