"""How the open document is shown: pages, flow, thumbnails, the hand, finding in it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from desktop.bulletin.folding import fold, fold_with_offsets
from desktop.ui.desk.desk import Desk
from desktop.ui.document_pane import DocumentPane
from desktop.ui.find_bar import FindBar
from desktop.ui.keymap import Keymap
from desktop.ui.page.page_box import PageBox
from desktop.ui.values import DocumentView

Hit = tuple[int, int, int]  # item, start, end
FLOWS = {"continuous": (1, False), "single": (1, True), "two": (2, False)}


class ViewingCommands(QObject):
    """What 查看 does to the pages, and 在本期中查找 for both views."""

    def __init__(self, desk: Desk, pane: DocumentPane) -> None:
        super().__init__(pane)
        self._desk = desk
        self._pane = pane
        self._keymap: Keymap | None = None
        self.find_bar = FindBar()
        self.page_box = PageBox()
        pane.add_bar(self.find_bar)
        self._search = _DocumentSearch()
        self._hits: list[Hit] = []
        self._at = -1
        self.find_bar.query_changed.connect(self._find)
        self.find_bar.stepped.connect(self._step)
        self.find_bar.closed.connect(self._close)
        self.page_box.page_chosen.connect(self._go_to_page)
        pane.page.link_activated.connect(self._copy_address)
        pane.page.page_changed.connect(lambda _page, _count: self._show_page())
        pane.view_changed.connect(lambda _view: self._show_page())
        pane.arranged.connect(self._check)
        pane.view_changed.connect(lambda _view: self._check())
        desk.document_changed.connect(self._document_changed)
        desk.items_changed.connect(self._search.forget)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What this class does for the action table."""
        flows: dict[str, Callable[[], object]] = {f"view.{name}": partial(self._flow, name) for name in FLOWS}
        return {
            **flows, "view.thumbnails": self._thumbnails, "view.hand": self._hand, "view.to_page": self._ask_page,
            "edit.find_here": self.open, "edit.find_next": lambda: self._step(1), "edit.find_previous": lambda: self._step(-1),
        }  # fmt: skip

    def set_keymap(self, keymap: Keymap) -> None:
        """The actions whose check marks follow the view."""
        self._keymap = keymap
        self._check()

    # --- pages

    def _flow(self, name: str) -> None:
        columns, single = FLOWS[name]
        self._to_pages()
        self._pane.page.set_flow(columns, single=single)

    def _show_page(self) -> None:
        """The page box speaks of the printed pages only while they are shown."""
        page = self._pane.page
        shown = self._pane.view != "reading"
        self.page_box.show_page(page.current_page() if shown else 0, page.page_count() if shown else 0)

    def _to_pages(self) -> None:
        """What concerns the printed pages shows them, where there are any."""
        if self._pane.view == "reading" and self._desk.document and self._desk.document.is_pdf:
            self._pane.set_view("page")

    def _thumbnails(self) -> None:
        self._to_pages()
        self._pane.show_thumbnails(not self._pane.thumbnails_shown)
        self._check()

    def _hand(self) -> None:
        self._pane.page.hand_tool = not self._pane.page.hand_tool
        self._check()

    def _ask_page(self) -> None:
        if self._desk.document and self._desk.document.is_pdf:
            self._to_pages()
            self.page_box.ask()
        else:
            self._desk.said.emit("这份文件没有页码。" if self._desk.document else "请先打开一期。")

    def _go_to_page(self, page: int) -> None:
        self._to_pages()
        self._pane.page.turn_to(page)
        self._pane.page.setFocus()

    def _check(self) -> None:
        if self._keymap is None:
            return
        shown = self._pane.page.arrangement
        for name, (columns, single) in FLOWS.items():
            if (shown.columns, shown.single) == (columns, single):
                self._keymap.check(f"view.{name}")
        self._keymap.check("view.thumbnails", on=self._pane.thumbnails_shown)
        self._keymap.check("view.hand", on=self._pane.page.hand_tool)

    def _copy_address(self, address: str) -> None:
        """Nothing here goes to the network; whoever may, pastes the address elsewhere."""
        QGuiApplication.clipboard().setText(address)
        self._desk.said.emit(f"本程序不联网，网址已复制：{address}")

    # --- finding in the document

    def open(self) -> None:
        """Show the bar; a short selection is what to find."""
        if self._desk.document is None:
            self._desk.said.emit("请先打开一期。")
            return
        selection = self._desk.selection
        self.find_bar.open(selection.text if selection and len(selection.text) <= 40 and "\n" not in selection.text else "")
        self.find_bar.flush()

    def _close(self) -> None:
        self.find_bar.hide()
        self._hits, self._at = [], -1
        self._pane.set_hits([])
        self._pane.leading().setFocus()

    def _document_changed(self, _document: DocumentView | None) -> None:
        self._search.forget()
        self._hits, self._at = [], -1
        if self._desk.document is None:
            self.page_box.show_page(0, 0)
            self.find_bar.hide()
        elif self.find_bar.isVisible():
            self._light(self.find_bar.query())
        if self._desk.document and not self._desk.document.is_pdf:
            self.page_box.show_page(0, 0)

    def _light(self, words: str) -> None:
        self._hits = self._search.hits(self._desk.document, words)
        self._at = -1
        self._pane.set_hits(self._hits)
        self.find_bar.show_count(0, len(self._hits))

    def _find(self, words: str) -> None:
        """Light all hits and show the first one from the place being read on."""
        self._light(words)
        if self._hits:
            self._show(self._from_here())

    def _from_here(self) -> int:
        items = self._desk.document.items if self._desk.document else ()
        order = {item.id: n for n, item in enumerate(items)}
        here = (order.get(self._desk.item_id, 0), self._desk.offset)
        return bisect_left(self._hits, here, key=lambda hit: (order[hit[0]], hit[1])) % len(self._hits)

    def _step(self, step: int) -> None:
        if self.find_bar.isHidden():
            self.open()
            return
        self.find_bar.flush()
        if self._hits:
            self._show((self._at + step) % len(self._hits))

    def _show(self, at: int) -> None:
        self._at = at
        item, start, end = self._hits[at]
        self._pane.go_to(item, start, end)
        self._desk.set_place(item, start)
        self.find_bar.show_count(at + 1, len(self._hits))


class _DocumentSearch:
    """The folded texts of the open document, made at the first search: each further key costs a few milliseconds."""

    def __init__(self) -> None:
        self._folded: list[tuple[int, str, list[int]]] = []

    def forget(self, _document: object = None) -> None:
        """The document has other texts now."""
        self._folded = []

    def hits(self, document: DocumentView | None, words: str) -> list[Hit]:
        """Every place of the words, in the order of the text; blanks, width, case and quote forms do not count."""
        wanted = fold(words)
        if document is None or not wanted:
            return []
        if not self._folded:
            self._folded = [
                (item.id, *fold_with_offsets("\n".join(passage.text for passage in item.passages))) for item in document.items
            ]
        return [(item, *place) for item, folded, offsets in self._folded for place in _places(folded, offsets, wanted)]


def _places(folded: str, offsets: list[int], wanted: str) -> list[tuple[int, int]]:
    found = []
    at = folded.find(wanted)
    while at >= 0:
        found.append((offsets[at], offsets[at + len(wanted) - 1] + 1))
        at = folded.find(wanted, at + len(wanted))
    return found
