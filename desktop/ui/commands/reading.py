"""Opening issues, moving about in them, and the views: 文件 (but importing), 查看, and the way back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from desktop.archive import catalogue
from desktop.errors import NotFound
from desktop.settings import OpenDocument, Session
from desktop.ui.desk.desk import Desk
from desktop.ui.desk.viewing import issue_title
from desktop.ui.document_pane import DocumentPane
from desktop.ui.section_tree import SectionTree
from desktop.ui.values import ItemView

Place = tuple[int, int, int]  # issue, item, offset


class ReadingCommands(QObject):
    """Keeps tabs, tree and views on one place; remembers where the reader came from."""

    def __init__(self, desk: Desk, pane: DocumentPane, tree: SectionTree) -> None:
        super().__init__(pane)
        self._desk = desk
        self._pane = pane
        self._tree = tree
        self._back: list[Place] = []
        self._forward: list[Place] = []
        pane.tab_chosen.connect(lambda issue: desk.show_issue(issue or None))
        pane.place_changed.connect(self._scrolled)
        for view in (pane.reading, pane.page):
            view.item_read.connect(self._finished)
        desk.document_changed.connect(self._show)
        desk.item_changed.connect(tree.set_current)
        desk.issues_changed.connect(self.leave_removed)
        pane.page.leaving.connect(self._leave)
        tree.item_chosen.connect(self._chosen)
        tree.read_toggled.connect(self.toggle_read)
        tree.starred_toggled.connect(self.toggle_star)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What this class does for the action table."""
        pane = self._pane
        return {
            "file.close": pane.close_current, "view.next_document": pane.next_tab,
            "view.page": lambda: self._view("page"), "view.reading": lambda: self._view("reading"),
            "view.both": lambda: self._view("both"), "view.larger": lambda: pane.leading().zoom_in(),
            "view.smaller": lambda: pane.leading().zoom_out(), "view.fit_page": pane.page.fit_page,
            "view.fit_width": pane.page.fit_width, "view.actual": lambda: pane.page.set_zoom(1.0),
            "view.rotate": pane.page.rotate, "view.previous": lambda: self._step(-1), "view.next": lambda: self._step(1),
            "view.next_unread": self._next_unread, "view.back": self.go_back, "view.forward": self.go_forward,
            "item.read": lambda: self.toggle_read(self._desk.item_id), "item.star": lambda: self.toggle_star(self._desk.item_id),
        }  # fmt: skip

    def _view(self, name: str) -> None:
        self._pane.set_view(name)
        self.take_keyboard()

    def open_issue(self, issue: int, place: OpenDocument | None = None) -> None:
        """Open an issue in a tab, at its last place if it is open already, and read on there."""
        self._open(issue, place)
        self.take_keyboard()

    def _open(self, issue: int, place: OpenDocument | None = None) -> bool:
        """Open an issue, if it is still there, and leave the keyboard where it is: in a list that the reader walks through."""

        def work() -> None:
            record = catalogue.issue(self._desk.library, issue)
            view = "page" if record.extension == "pdf" else "reading"
            self._pane.open(place or self._pane.recalled(issue) or OpenDocument(issue, view=view), issue_title(record))

        return self._desk.attempt(work)

    def restore(self, session: Session, *, shown: bool = True) -> None:
        """Tabs for what was open last time, and the one in front `shown`; issues that are gone are passed over."""
        self._pane.closed = list(session.closed)
        for document in session.documents:
            try:
                record = catalogue.issue(self._desk.library, document.issue)
            except NotFound:
                continue
            self._pane.add_tab(document, issue_title(record))
        here = [document.issue for document in session.documents]
        front = here[session.current] if 0 <= session.current < len(here) else 0
        known = self._pane.documents
        if shown and known:
            self.open_issue(front if any(document.issue == front for document in known) else known[-1].issue)

    def go_to(self, issue: int, item: int, start: int, end: int | None = None) -> None:
        """Jump to a passage of any issue; Alt+← returns."""
        self._leave()
        elsewhere = self._desk.document is None or self._desk.document.issue != issue
        if elsewhere and not self._open(issue):
            return
        self._pane.go_to(item, start, end)
        self._desk.set_place(item, start)

    def leave_removed(self) -> None:
        """Close the tabs of issues that are no longer in the library, and forget the ways back to them."""
        places = [*self._back, *self._forward]
        known = {document.issue for document in self._pane.documents} | {issue for issue, _item, _offset in places}
        gone = {issue for issue in known if not catalogue.is_there(self._desk.library, issue)}
        for issue in gone:
            self._pane.close_issue(issue)
        for way in (self._back, self._forward):
            way[:] = [place for place in way if place[0] not in gone]

    def take_keyboard(self) -> None:
        """Give the keyboard to the view that is shown."""
        self._pane.leading().setFocus()

    def go_back(self) -> None:
        """Return to where the last jump came from."""
        self._travel(self._back, self._forward)

    def go_forward(self) -> None:
        """Undo a return."""
        self._travel(self._forward, self._back)

    def toggle_read(self, item_id: int) -> None:
        """已读 ↔ 未读."""
        item = self._desk.item(item_id)
        if item:
            self._desk.attempt(lambda: catalogue.set_read(self._desk.library, item.id, not item.read))

    def toggle_star(self, item_id: int) -> None:
        """星标 on or off."""
        item = self._desk.item(item_id)
        if item:
            self._desk.attempt(lambda: catalogue.set_starred(self._desk.library, item.id, not item.starred))

    def _finished(self, item_id: int) -> None:
        item = self._desk.item(item_id)
        if item and not item.read:
            self._desk.attempt(lambda: catalogue.set_read(self._desk.library, item.id, True))

    def _show(self, _document: object) -> None:
        self._tree.set_document(self._desk.document)
        if self._desk.document and self._desk.document.listed:
            self._tree.set_contents_check(self._desk.document.listed, self._desk.document.found)
        self._pane.show_document(self._desk.document)
        current = self._pane.current
        if self._desk.document and self._desk.document.items:
            ordinal = current.item if current else 0
            items = self._desk.document.items
            item = next((one for one in items if one.ordinal == ordinal), items[0])
            self._desk.set_place(item.id, current.offset if current else 0)

    def _scrolled(self, item: int, offset: int) -> None:
        self._desk.set_place(item, offset)

    def _chosen(self, item: int, offset: int) -> None:
        self._leave()
        self._desk.set_place(item, offset, self._point_at(item, offset))
        self._pane.go_to(item, offset)

    def _point_at(self, item_id: int, offset: int) -> int | None:
        item = self._desk.item(item_id)
        at = 0
        for passage in item.passages if item else ():
            if at == offset:
                return passage.number
            at += len(passage.text) + 1
        return None

    def _items(self) -> tuple[ItemView, ...]:
        return self._desk.document.items if self._desk.document else ()

    def _step(self, by: int) -> None:
        items = self._items()
        at = next((index for index, item in enumerate(items) if item.id == self._desk.item_id), -1)
        if 0 <= at + by < len(items):
            self._chosen(items[at + by].id, 0)

    def _next_unread(self) -> None:
        items = self._items()
        at = next((index for index, item in enumerate(items) if item.id == self._desk.item_id), -1)
        unread = next((item for item in (*items[at + 1 :], *items[: at + 1]) if not item.read), None)
        if unread:
            self._chosen(unread.id, 0)
        else:
            self._desk.said.emit("本期已全部读完。")

    def _here(self) -> Place | None:
        document = self._desk.document
        return (document.issue, self._desk.item_id, self._desk.offset) if document and self._desk.item_id else None

    def _leave(self) -> None:
        here = self._here()
        if here and (not self._back or self._back[-1] != here):
            self._back.append(here)
            del self._back[:-100]
        self._forward.clear()

    def _travel(self, origin: list[Place], other: list[Place]) -> None:
        if not origin:
            return
        here = self._here()
        if here:
            other.append(here)
        issue, item, offset = origin.pop()
        if self._desk.document is None or self._desk.document.issue != issue:
            self.open_issue(issue)
        self._pane.go_to(item, offset, flash=False)
        self._desk.set_place(item, offset)
