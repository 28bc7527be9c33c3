"""The middle of the window: tabs of opened documents over one page view and one reading view, alone or side by side.

The tabs share the two views: changing tabs hands them another document, so ten open issues cost no more than one. In 并排 the
views keep in step: whichever the reader moves leads, the other follows.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QLabel, QSplitter, QTabBar, QToolButton, QVBoxLayout, QWidget

from desktop.bulletin.places import PlaceMap
from desktop.settings import OpenDocument
from desktop.ui.arranging import arrangement, described
from desktop.ui.page import PageView, Thumbnails
from desktop.ui.reading import ReadingView
from desktop.ui.style import set_role
from desktop.ui.values import DocumentView, MarkView, Selection

VIEWS = ("page", "reading", "both")
_KEPT = 200  # closed documents whose place and zoom are remembered


class DocumentPane(QWidget):
    """Tabs and views. `documents` are the open ones in tab order, each with its last place."""

    tab_chosen = Signal(int)  # issue id
    tabs_changed = Signal()
    view_changed = Signal(str)
    place_changed = Signal(int, int)  # item, offset: where the reader has scrolled to
    selection_made = Signal(object, QPoint)  # Selection, global position for the mark bar
    selection_cleared = Signal()
    mark_clicked = Signal(str, QPoint)
    mark_reshaped = Signal(str, int, int)  # uid, start, end: an end was pulled elsewhere
    arranged = Signal()  # zoom, rotation or flow of the pages

    def __init__(self, page: PageView, reading: ReadingView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.page = page
        self.reading = reading
        self.documents: list[OpenDocument] = []
        self.closed: list[OpenDocument] = []  # documents closed before, the latest last, each as it was left
        self.document: DocumentView | None = None
        self._view = "reading"
        self._page_ready = False
        self._stands = False
        self._reading_ready = False
        self._marks: tuple[MarkView, ...] = ()
        self._hits: list[tuple[int, int, int]] = []
        self._tabs = QTabBar()
        self._tabs.setMovable(True)
        self._tabs.setExpanding(False)
        self._tabs.setDrawBase(False)
        self._tabs.setDocumentMode(True)
        self._tabs.setAccessibleName("已打开的期")
        self._views = QSplitter(Qt.Orientation.Horizontal)
        self._views.setChildrenCollapsible(False)
        self.thumbnails = Thumbnails(page, page.theme)
        self.thumbnails_shown = False
        self._views.addWidget(self.thumbnails)
        self._views.addWidget(page)
        self._views.addWidget(reading)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._tabs)
        layout.addWidget(self._views, 1)
        self._layout = layout
        self._invitation = QLabel("把要参文件（PDF 或文本）拖到这里，或按 Ctrl+O 打开。\n所有内容只保存在本机。")
        self._invitation.setAlignment(Qt.AlignmentFlag.AlignCenter)
        set_role(self._invitation, "faint")
        layout.addWidget(self._invitation, 1)
        self._connect()
        self._show_views()

    def await_document(self) -> None:
        """Keep the page that stands in the page view already in front, until it is known which document it belongs to."""
        self._view = "page"
        self._invitation.hide()
        self._show_views()

    def add_bar(self, bar: QWidget) -> None:
        """Put a bar between the tabs and the views."""
        self._layout.insertWidget(1, bar)

    def _connect(self) -> None:
        self.page.arranged.connect(self._arranged)
        self.page.page_changed.connect(self._page_changed)
        self._tabs.currentChanged.connect(self._tab_changed)
        self._tabs.tabMoved.connect(self._tab_moved)
        self.page.place_changed.connect(lambda item, offset, _page: self._moved(self.page, item, offset))
        self.reading.place_changed.connect(lambda item, offset: self._moved(self.reading, item, offset))
        for view, other in ((self.page, self.reading), (self.reading, self.page)):
            view.selection_made.connect(self.selection_made)
            view.selection_made.connect(lambda _selection, _point, other=other: other.clear_selection())
            view.selection_cleared.connect(self.selection_cleared)
            view.mark_clicked.connect(self.mark_clicked)
            view.mark_reshaped.connect(self.mark_reshaped)

    # --- tabs

    def open(self, wanted: OpenDocument, title: str) -> None:
        """Open a tab for a document, or go to the one it has."""
        index = self._index(wanted.issue)
        if index < 0:
            index = self.add_tab(wanted, title)
            self.tabs_changed.emit()
        if self._tabs.currentIndex() == index:
            self._tab_changed(index)
        else:
            self._tabs.setCurrentIndex(index)

    def add_tab(self, document: OpenDocument, title: str) -> int:
        """Add a tab behind the others and show what was shown; returns its index."""
        self.documents.append(document)
        self._tabs.blockSignals(True)
        index = self._tabs.addTab(title)
        self._tabs.setTabToolTip(index, title)
        self._tabs.setTabButton(index, QTabBar.ButtonPosition.RightSide, self._close_button(document.issue, title))
        self._tabs.blockSignals(False)
        return index

    def _close_button(self, issue: int, title: str) -> QToolButton:
        button = QToolButton(self._tabs)  # setTabButton does not take it over from Python
        button.setText("×")
        button.setAutoRaise(True)
        button.setFixedSize(22, 22)
        button.setProperty("role", "tab-close")
        button.setToolTip("关闭")
        button.setAccessibleName(f"关闭{title}")
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(lambda: self.close_tab(self._index(issue)))
        return button

    def close_tab(self, index: int) -> None:
        """Close one tab; its neighbour is shown."""
        if not 0 <= index < len(self.documents):
            return
        self._keep(self.documents.pop(index))
        self._tabs.blockSignals(True)
        self._tabs.removeTab(index)
        self._tabs.blockSignals(False)
        self.tabs_changed.emit()
        self._tab_changed(self._tabs.currentIndex())

    def _keep(self, document: OpenDocument) -> None:
        others = [one for one in self.closed if one.issue != document.issue]
        self.closed = [*others[-_KEPT:], document]

    def recalled(self, issue: int) -> OpenDocument | None:
        """A document that was closed before, as it was left."""
        return next((one for one in reversed(self.closed) if one.issue == issue), None)

    def close_issue(self, issue: int) -> None:
        """Close the tab of a document, if it has one."""
        self.close_tab(self._index(issue))

    def close_current(self) -> None:
        """Close the tab that is shown."""
        self.close_tab(self._tabs.currentIndex())

    def next_tab(self) -> None:
        """Go to the next tab, round to the first."""
        if self.documents:
            self._tabs.setCurrentIndex((self._tabs.currentIndex() + 1) % len(self.documents))

    @property
    def current(self) -> OpenDocument | None:
        """The document whose tab is shown."""
        index = self._tabs.currentIndex()
        return self.documents[index] if 0 <= index < len(self.documents) else None

    @property
    def current_index(self) -> int:
        """The tab that is shown, from 0."""
        return max(0, self._tabs.currentIndex())

    def _index(self, issue: int) -> int:
        return next((at for at, document in enumerate(self.documents) if document.issue == issue), -1)

    def _tab_changed(self, index: int) -> None:
        self.tab_chosen.emit(self.documents[index].issue if 0 <= index < len(self.documents) else 0)

    def _tab_moved(self, old: int, new: int) -> None:
        self.documents.insert(new, self.documents.pop(old))
        self.tabs_changed.emit()

    # --- the document shown

    def show_document(self, document: DocumentView | None) -> None:
        """Hand the views a document; each view loads it when it is first looked at."""
        self.document = document
        self._page_ready = self._reading_ready = False
        self._marks, self._hits = (), []
        self._views.setVisible(document is not None)
        self._invitation.setVisible(document is None)
        self._tabs.setVisible(bool(self.documents))
        self._tabs.updateGeometry()  # tabs added before the window was shown left the layout with the height of none
        if document is not None:
            current = self.current
            self.set_view(current.view if current else "reading")

    def renew_text(self, document: DocumentView) -> None:
        """Set the reading view again with other corrections; places and marks stay."""
        self.document = document
        if self._reading_ready:
            place = self.reading.place()
            self.reading.set_document(document)
            self._dress(self.reading)
            if place:
                self.reading.go_to(*place, flash=False)

    def set_view(self, view: str) -> None:
        """页面, 阅读 or 并排; a text file has only 阅读."""
        if self.document is None:
            return
        self._view = view if self.document.is_pdf and view in VIEWS else "reading"
        current = self.current
        if current and self.document.is_pdf:
            current.view = self._view
        self._load()
        self._show_views()
        if current and current.item:
            item = self._item_of(current.item)
            if item and not self._stands_elsewhere(item, current):
                self.go_to(item, current.offset, flash=False)
        self._stands = False
        self.view_changed.emit(self._view)

    def _stands_elsewhere(self, item: int, left: OpenDocument) -> bool:
        """Whether the pages stand where they were left, and no text of an item is there: on a cover, say."""
        printed = self.page.places.printed(item, left.offset)
        return self._stands and printed is not None and printed[0] != left.page

    @property
    def view(self) -> str:
        """The view that is shown."""
        return self._view

    def _load(self) -> None:
        document = self.document
        if document is None:
            return
        if self._view in ("page", "both") and not self._page_ready:
            places = PlaceMap([(item.id, item.passages) for item in document.items])
            self.page.set_arrangement(arrangement(self.current))
            self._stands = self.page.set_document(document, places, document.password)
            if self.current:
                self.current.file = Path(document.file).name
            self.arranged.emit()
            self._page_ready = True
            self._dress(self.page)
        if self._view in ("reading", "both") and not self._reading_ready:
            self.reading.set_document(document)
            self._reading_ready = True
            self._dress(self.reading)

    def _dress(self, view: PageView | ReadingView) -> None:
        view.set_marks(self._marks)
        view.set_hits(self._hits)

    def set_marks(self, marks: Sequence[MarkView]) -> None:
        """Draw these marks in both views."""
        self._marks = tuple(marks)
        for view in self._ready():
            view.set_marks(self._marks)

    def set_hits(self, hits: Sequence[tuple[int, int, int]]) -> None:
        """Light these search hits (item, start, end) in both views."""
        self._hits = list(hits)
        for view in self._ready():
            view.set_hits(self._hits)

    def _show_views(self) -> None:
        self.page.setVisible(self._view in ("page", "both"))
        self.thumbnails.setVisible(self.thumbnails_shown and self._view in ("page", "both"))
        self.reading.setVisible(self._view in ("reading", "both"))

    def show_thumbnails(self, shown: bool) -> None:
        """Small pictures of the pages at the left of them."""
        self.thumbnails_shown = shown
        self._show_views()

    def _arranged(self) -> None:
        current = self.current
        if current:
            current.zoom, current.rotation, current.flow = described(self.page.arrangement)
        self.arranged.emit()

    def _page_changed(self, page: int, _pages: int) -> None:
        if self.current and page and self._page_ready:
            self.current.page = page

    def _ready(self) -> list[PageView | ReadingView]:
        views: list[tuple[PageView | ReadingView, bool]] = [(self.page, self._page_ready), (self.reading, self._reading_ready)]
        return [view for view, is_ready in views if is_ready]

    def _shown(self) -> list[PageView | ReadingView]:
        hidden = {"page": self.reading, "reading": self.page}.get(self._view)
        return [view for view in self._ready() if view is not hidden]

    def go_to(self, item: int, start: int = 0, end: int | None = None, *, flash: bool = True) -> None:
        """Scroll the views to a place of the document shown."""
        for view in self._shown():
            view.go_to(item, start, end, flash=flash)
        self._remember(item, start)

    def selection(self) -> Selection | None:
        """What is selected in either view."""
        return next((found for view in self._shown() if (found := view.selection())), None)

    def clear_selection(self) -> None:
        """Drop the selection in both views."""
        for view in self._shown():
            view.clear_selection()

    def leading(self) -> PageView | ReadingView:
        """The view that has the keyboard, else the one that is shown."""
        shown = self._shown() or [self.reading]
        return next((view for view in shown if view.hasFocus()), shown[0])

    def _moved(self, view: PageView | ReadingView, item: int, offset: int) -> None:
        shown = self._shown()
        if view not in shown:
            return
        if len(shown) == 2 and view.underMouse() | view.hasFocus():
            other = shown[1] if view is shown[0] else shown[0]
            other.blockSignals(True)
            other.go_to(item, offset, flash=False)
            other.blockSignals(False)
        elif len(shown) == 2:
            return
        self._remember(item, offset)
        self.place_changed.emit(item, offset)

    def _item_of(self, ordinal: int) -> int:
        items = self.document.items if self.document else ()
        return next((item.id for item in items if item.ordinal == ordinal), 0)

    def _remember(self, item: int, offset: int) -> None:
        current = self.current
        if current and self.document and current.issue == self.document.issue:
            current.item = next((one.ordinal for one in self.document.items if one.id == item), 0)
            current.offset = offset
