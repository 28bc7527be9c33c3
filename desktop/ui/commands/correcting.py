"""Corrections of the text: the menu of the reading view, and the same five actions for the keyboard.

Everything acts on the paragraph that was pointed at, else on the selection or the caret. Nothing is altered in the text: a
correction can be undone, or withdrawn where it stands.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QInputDialog, QLineEdit, QMenu, QWidget

from desktop.archive import correcting
from desktop.ui.desk.desk import Desk
from desktop.ui.document_pane import DocumentPane
from desktop.ui.values import CorrectionView, DocumentView, Selection

_ENTRIES = (
    ("与上一段合并", "merge"),
    ("在此处分段", "split"),
    ("设为标题", "title"),
    ("勘误…", "erratum"),
    ("撤回此处更正", "withdraw"),
)


class CorrectingCommands(QObject):
    """Turns what the reader points at into corrections, and keeps the reading view in step with them."""

    def __init__(self, desk: Desk, pane: DocumentPane, window: QWidget) -> None:
        super().__init__(pane)
        self._desk, self._pane, self._window = desk, pane, window
        self._shown: tuple[tuple[CorrectionView, ...], ...] = ()
        self._dialog: QInputDialog | None = None
        desk.document_changed.connect(self._remember)
        desk.items_changed.connect(self._renew)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What this class does for the action table."""
        return {
            "correct.merge": self.merge, "correct.split": self.split, "correct.title": self.title,
            "correct.erratum": self.erratum, "correct.withdraw": self.withdraw,
        }  # fmt: skip

    def merge(self, place: tuple[int, int] | None = None) -> None:
        """Let the paragraph go on with the one before."""
        self._correct(correcting.merge_with_previous, place)

    def split(self, place: tuple[int, int] | None = None) -> None:
        """Let a paragraph begin here."""
        self._correct(correcting.split_here, place)

    def title(self, place: tuple[int, int] | None = None) -> None:
        """Show the paragraph as a heading."""
        self._correct(correcting.make_title, place)

    def erratum(self) -> None:
        """Ask what should be read for the selected words."""
        selection = self._desk.selection or self._pane.selection()
        if selection is None:
            self._desk.said.emit("请先选中要勘误的文字。")
            return
        self._dialog = QInputDialog(self._window)
        self._dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._dialog.setWindowTitle("勘误")
        self._dialog.setLabelText(f"原文“{selection.text}”应为：")
        self._dialog.setTextEchoMode(QLineEdit.EchoMode.Normal)
        self._dialog.setTextValue(selection.text)
        self._dialog.setOkButtonText("确定")
        self._dialog.setCancelButtonText("取消")
        self._dialog.textValueSelected.connect(lambda text: self.put_erratum(selection, text))
        self._dialog.open()

    def put_erratum(self, selection: Selection, text: str) -> None:
        """Note that for the selected words others should be read."""
        library = self._desk.library
        self._desk.attempt(lambda: correcting.correct(library, selection.item, selection.start, selection.end, text))

    def withdraw(self, place: tuple[int, int] | None = None) -> None:
        """Take back the correction that stands in the paragraph."""
        found = self._here(place or self._place())
        if found is None:
            self._desk.said.emit("此处没有更正。")
            return
        self._desk.attempt(lambda: correcting.withdraw(self._desk.library, found.uid))

    def _correct(self, make: Callable[..., object], place: tuple[int, int] | None) -> None:
        at = place or self._place()
        if at is None:
            self._desk.said.emit("请先在阅读视图中选中要更正的段落。")
            return
        if self._desk.attempt(lambda: make(self._desk.library, *at)):
            self._desk.said.emit("已更正，原文未动，可撤销。")

    def _place(self) -> tuple[int, int] | None:
        selection = self._desk.selection or self._pane.selection()
        if selection:
            return selection.item, selection.start
        return self._pane.reading.caret_place() if self._desk.document else None

    def _here(self, place: tuple[int, int] | None) -> CorrectionView | None:
        """The correction nearest to a place within its paragraph."""
        item = self._desk.item(place[0]) if place else None
        if item is None or place is None:
            return None
        at = 0
        for passage in item.passages:
            end = at + len(passage.text)
            if at <= place[1] <= end:
                own = [one for one in item.corrections if at <= one.start <= end]
                return min(own, key=lambda one: abs(one.start - place[1]), default=None)
            at = end + 1
        return None

    def place_at(self, at: QPoint) -> tuple[int, int] | None:
        """What a menu at a point of the reading view is about: the selection, else the paragraph there; None on an empty page."""
        selection = self._desk.selection
        place = (selection.item, selection.start) if selection else self._pane.reading.place_under(at)
        return place if self._desk.document else None

    def fill(self, menu: QMenu, place: tuple[int, int]) -> None:
        """Add the corrections of a place to a menu; what cannot be done there is grey."""
        able = {"erratum": self._desk.selection is not None, "withdraw": self._here(place) is not None}
        acts: dict[str, Callable[[], None]] = {
            "merge": lambda: self.merge(place), "split": lambda: self.split(place), "title": lambda: self.title(place),
            "erratum": self.erratum, "withdraw": lambda: self.withdraw(place),
        }  # fmt: skip
        for text, name in _ENTRIES:
            menu.addAction(text, acts[name]).setEnabled(able.get(name, True))
            if name == "title":
                menu.addSeparator()

    def _remember(self, document: DocumentView | None) -> None:
        self._shown = tuple(item.corrections for item in document.items) if document else ()

    def _renew(self, document: DocumentView) -> None:
        former = self._shown
        self._remember(document)
        if self._shown != former:
            self._pane.renew_text(document)
