"""打印: pages of a PDF, or set text where there are none; to a printer or into a PDF file, with marks and watermark at will.

What was printed is noted in the library, as exports are.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QProgressDialog

from desktop.archive import catalogue, printlog
from desktop.archive.classifying import highest, protective
from desktop.bulletin.places import PlaceMap
from desktop.settings import Settings
from desktop.ui.clock import local_time
from desktop.ui.desk.desk import Desk
from desktop.ui.document_pane import DocumentPane
from desktop.ui.printing.choice import PrintChoice
from desktop.ui.printing.dialog import PrintDialog
from desktop.ui.values import DocumentView
from desktop.ui.window import MainWindow

_LOGGED = 30  # printings shown; the file keeps all


class PrintCommands(QObject):
    """Asks once, then prints beside the reader's further work."""

    def __init__(self, desk: Desk, pane: DocumentPane, settings: Settings, window: MainWindow) -> None:
        super().__init__(pane)
        self._desk = desk
        self._pane = pane
        self._settings = settings
        self._window = window

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What this class does for the action table."""
        return {"file.print": self.ask, "file.prints": self.show_log}

    def ask(self) -> None:
        """Show the dialog for the open document."""
        document = self._desk.document
        if document is None:
            self._desk.said.emit("请先打开一期。")
            return
        from PySide6.QtPrintSupport import QPrinterInfo  # late: a tenth of a second that the start need not pay

        count, current = self._pages(document)
        carried = catalogue.issue(self._desk.library, document.issue).classification
        dialog = PrintDialog(
            QPrinterInfo.availablePrinterNames(), count, current, self._stamp(), self._window.theme(), self._window,
            classification=highest([carried]) or protective([carried]),
        )  # fmt: skip
        dialog.chosen.connect(lambda choice: self._chosen(document, choice))
        dialog.open()

    def _stamp(self) -> str:
        today = date.today()  # noqa: DTZ011 - the reader's own calendar day
        return " ".join(filter(None, (self._settings.unit, self._settings.author, f"{today.year}年{today.month}月{today.day}日")))

    def _pages(self, document: DocumentView) -> tuple[int, int]:
        """How many pages there are, and which one is being read."""
        if not document.is_pdf:
            from desktop.ui.printing.text import SetPages

            return SetPages(document).count, 1
        count = catalogue.issue(self._desk.library, document.issue).pages
        if self._pane.view != "reading" and self._pane.page.current_page():
            return count, self._pane.page.current_page()
        return count, self._places(document).first_page(self._desk.item_id, self._desk.offset) or 1

    def _places(self, document: DocumentView) -> PlaceMap:
        return PlaceMap([(item.id, item.passages) for item in document.items])

    def _chosen(self, document: DocumentView, choice: PrintChoice) -> None:
        if not choice.printer:
            name = Path.home() / f"{document.title}.pdf"
            file, _ = QFileDialog.getSaveFileName(self._window, "打印为 PDF 文件", str(name), "PDF 文件 (*.pdf)")
            if not file:
                return
            choice = replace(choice, file=file if file.lower().endswith(".pdf") else f"{file}.pdf")
        if document.is_pdf:
            self._print_pages(document, choice)
        else:
            self._print_text(document, choice)

    def _print_text(self, document: DocumentView, choice: PrintChoice) -> None:
        from desktop.ui.printing.pages import printer_for
        from desktop.ui.printing.text import SetPages

        marks = [mark for mark in self._desk.marks if mark.anchored] if choice.marks else []
        done = SetPages(document, marks).print(printer_for(choice), choice)
        self._ended("" if done else "打印机没有响应，请检查打印机或换一个位置保存。", document, choice)

    def _print_pages(self, document: DocumentView, choice: PrintChoice) -> None:
        from desktop.ui.printing.pages import PagePrinter

        places, marks = self._places(document), self._desk.marks
        printing = PagePrinter(document.file, places, marks, choice, self, password=document.password)
        shown = QProgressDialog("正在打印……", "取消", 0, len(choice.pages), self._window)
        shown.setWindowTitle("打印")
        shown.setModal(False)
        shown.setAutoReset(False)

        def tell(done: int, of: int) -> None:
            shown.setLabelText(f"正在打印第{min(done + 1, of)}页，共{of}页……")
            shown.setValue(done)

        printing.progress.connect(tell)
        shown.canceled.connect(printing.cancel)

        def ended(sentence: str) -> None:
            shown.canceled.disconnect(printing.cancel)
            shown.close()
            shown.deleteLater()
            printing.deleteLater()
            self._ended(sentence, document, choice)

        printing.ended.connect(ended)
        printing.start()

    def _ended(self, sentence: str, document: DocumentView, choice: PrintChoice) -> None:
        if sentence:
            self._desk.failed.emit(sentence)
            return
        target = choice.file or choice.printer
        self._desk.attempt(lambda: printlog.note(self._desk.library, document.title, choice.pages, choice.copies, target))
        if choice.file:
            self._desk.said.emit(f"已打印为 PDF 文件：{choice.file}")
        else:
            self._desk.said.emit(f"已送往打印机，共 {len(choice.pages)} 页。")

    def show_log(self) -> None:
        """The latest printings: when, what, which pages, where to."""
        rows = []
        for one in printlog.prints(self._desk.library)[:_LOGGED]:
            copies = "" if one.copies == "1" else f"　{one.copies} 份"
            rows.append(f"{local_time(one.time)}　{one.what}　第 {one.pages} 页{copies}　{one.target}")
        self._window.inform("打印记录", f"最近 {len(rows)} 次打印" if rows else "还没有打印过。", "\n".join(rows))
