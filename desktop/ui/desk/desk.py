"""The desk: one observable state that the widgets are kept in step with. Every change goes through the archive and comes back
from there as `Changes`; nothing shown is ever ahead of what is stored.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTime, Signal

from db.changes import Changes, Kind
from desktop.archive import catalogue, undoing
from desktop.archive.library import Library
from desktop.errors import KnownError
from desktop.ui.desk.viewing import document_views
from desktop.ui.values import DocumentView, ItemView, MarkView, Selection


class Desk(QObject):
    """The open library, the document shown, the place in it, the selection and the marks."""

    issues_changed = Signal()
    document_changed = Signal(object)  # DocumentView | None: another document is shown
    items_changed = Signal(object)  # DocumentView: the same document with new tags, read marks or counts
    marks_changed = Signal(object)  # tuple[MarkView, ...]
    item_changed = Signal(int)  # the current item
    memo_changed = Signal()
    tags_changed = Signal()  # fields anywhere in the library, or the vocabulary
    history_changed = Signal(str, str)  # names of what can be undone and redone, "" for nothing
    saved = Signal(str)  # clock time of the last saved change
    said = Signal(str)  # a sentence for the status line
    failed = Signal(str)  # a sentence the reader must see
    _arrived = Signal(object)

    def __init__(self, library: Library, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.library = library
        self.document: DocumentView | None = None
        self.marks: tuple[MarkView, ...] = ()
        self.selection: Selection | None = None
        self.selected_mark = ""
        self.item_id = 0
        self.point: int | None = None
        self.offset = 0
        self._is_closed = False
        self._arrived.connect(self._take, Qt.ConnectionType.AutoConnection)
        self._unsubscribe = library.subscribe(self._arrived.emit)

    def close(self) -> None:
        """Stop listening to the library; what it told on another thread and is still under way is not shown any more."""
        self._is_closed = True
        self._unsubscribe()

    def attempt(self, work: Callable[[], object]) -> bool:
        """Do something that may be refused; a known refusal is shown, and False returned."""
        try:
            work()
        except KnownError as error:
            self.failed.emit(str(error))
            return False
        return True

    def show_issue(self, issue: int | None) -> None:
        """Make an issue the document on the desk; None clears the desk."""
        self.selection, self.selected_mark, self.point, self.item_id, self.offset = None, "", None, 0, 0
        if issue is None:
            self.document, self.marks = None, ()
        else:
            self.document, self.marks = document_views(self.library, catalogue.issue(self.library, issue))
        self.document_changed.emit(self.document)
        self.marks_changed.emit(self.marks)

    def set_place(self, item: int, offset: int = 0, point: int | None = None) -> None:
        """The reader is at this item now (by scrolling or by choice)."""
        self.offset = offset
        if (item, point) == (self.item_id, self.point):
            return
        self.item_id, self.point = item, point
        self.item_changed.emit(item)

    def item(self, item_id: int | None = None) -> ItemView | None:
        """An item of the document shown; the current one by default."""
        wanted = self.item_id if item_id is None else item_id
        return next((item for item in self.document.items if item.id == wanted), None) if self.document else None

    def mark(self, uid: str) -> MarkView | None:
        """A mark of the document shown."""
        return next((mark for mark in self.marks if mark.uid == uid), None)

    def undo(self) -> None:
        """Undo the last change and say which it was."""
        self._step(undoing.undo, "已撤销：{}", "没有可以撤销的操作。")

    def redo(self) -> None:
        """Redo what was undone last."""
        self._step(undoing.redo, "已重做：{}", "没有可以重做的操作。")

    def _step(self, step: Callable[[Library], str | None], done: str, nothing: str) -> None:
        names: list[str | None] = []
        if self.attempt(lambda: names.append(step(self.library))):
            self.said.emit(done.format(names[0]) if names[0] else nothing)

    def tell_history(self) -> None:
        """Announce what can be undone and redone."""
        self.history_changed.emit(undoing.undo_name(self.library) or "", undoing.redo_name(self.library) or "")

    def _take(self, changes: Changes) -> None:
        if self._is_closed:
            return
        kinds = changes.kinds
        if Kind.ISSUES in kinds and self.document and not catalogue.is_there(self.library, self.document.issue):
            self.show_issue(None)
        if self.document and kinds & {Kind.READING, Kind.MARKS, Kind.TAGS, Kind.ISSUES, Kind.CORRECTIONS}:
            self.document, self.marks = document_views(self.library, catalogue.issue(self.library, self.document.issue))
            self.items_changed.emit(self.document)
            if kinds & {Kind.MARKS, Kind.TAGS}:
                self.marks_changed.emit(self.marks)
        if kinds & {Kind.ISSUES, Kind.READING, Kind.MARKS}:
            self.issues_changed.emit()
        if kinds & {Kind.MEMOS}:
            self.memo_changed.emit()
        if kinds & {Kind.TAGS, Kind.ISSUES, Kind.VOCABULARY}:
            self.tags_changed.emit()
        if kinds & {Kind.TAGS, Kind.REFUSALS} and self.item_id:
            self.item_changed.emit(self.item_id)
        self.tell_history()
        self.saved.emit(QTime.currentTime().toString("HH:mm:ss"))
