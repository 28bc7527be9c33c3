"""The page view: a document's printed pages with its marks, search hits and links, and the way to any place in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QMouseEvent, QPainterPath
from PySide6.QtWidgets import QWidget

from desktop.bulletin.places import PlaceMap
from desktop.rendering.client import Renderer
from desktop.rendering.glyphs import Link, PageText
from desktop.ui.page.marking import PageMarks, band_path, frame_path, on_pages
from desktop.ui.page.painting import Overlay
from desktop.ui.page.reshaping import End, ends, pulled
from desktop.ui.page.selectable import SelectableSheet
from desktop.ui.page.selecting import WordAt, plain_word
from desktop.ui.read_watch import ReadWatch
from desktop.ui.theme import Theme

if TYPE_CHECKING:  # a first page needs no document
    from desktop.ui.values import DocumentView, MarkView

_DWELL = 1000  # ms that the end of an item must be in view for it to count as read
_FLASH = 1600  # ms that the place gone to stays framed
_GRASP = 7.0  # logical pixels around the end of a mark
_NO_PAGES = "这份文件没有版面，请在“阅读”视图中查看。"
_OPENING = "正在打开……"


@dataclass(frozen=True, slots=True)
class _Target:
    """Where to go as soon as the page's characters are at hand."""

    item: int
    start: int
    end: int | None
    flash: bool


class PageView(SelectableSheet):
    """The printed pages of one document.

    `mark_clicked(uid, global position)`; `mark_reshaped(uid, start, end)` when an end of the chosen mark was pulled to another
    place; `place_changed(item, offset, page)` when the reader has scrolled: the text at the
    upper third; `link_activated(address)` for a link out of the document. `close_document` ends the render process.
    """

    mark_clicked = Signal(str, QPoint)
    mark_reshaped = Signal(str, int, int)
    place_changed = Signal(int, int, int)
    link_activated = Signal(str)
    item_read = Signal(int)

    def __init__(
        self, theme: Theme, word_at: WordAt = plain_word, parent: QWidget | None = None, *, renderer: Renderer | None = None
    ) -> None:
        super().__init__(renderer or Renderer(), theme, word_at, parent)
        if renderer is None:
            self.renderer.setParent(self)
        self.renderer.start()  # it comes up while the window is being built
        self._marks = PageMarks(self.places)
        self._mark_list: tuple[MarkView, ...] = ()
        self._chosen: MarkView | None = None
        self._pulled: tuple[End, MarkView] | None = None
        self._hits: dict[int, list[tuple[int, int]]] = {}
        self._flashed: dict[int, list[tuple[int, int]]] = {}
        self._hit_areas: dict[int, QPainterPath] = {}
        self._target: _Target | None = None
        self._early = ""
        self._early_page = 1
        self._flash_end = QTimer(self, singleShot=True, interval=_FLASH)
        self._flash_end.timeout.connect(self._end_flash)
        self.page_changed.connect(self._describe)
        self._watch = ReadWatch(_DWELL, self)
        self._watch.item_read.connect(self.item_read)

    # --- what is shown

    def set_document(self, document: DocumentView | None, places: PlaceMap, password: str = "") -> bool:
        """Show another document from its first page; None shows an empty desk. Marks and hits start empty.

        True where its pages were shown already (`show_early`): they stay as they are.
        """
        self._target = None
        self.set_places(places)
        self.set_marks(())
        self.set_hits([])
        self._end_flash()
        self._watch.forget()
        early, self._early = self._early, ""
        if document is not None and Path(document.file).name == early and self.renderer.moved(document.file):
            self.page_changed.emit(self.current_page(), self.page_count())
            return True
        if document is None or not document.is_pdf:
            self.renderer.leave()
            self.show_message(_NO_PAGES if document else "")
            return False
        self.show_message(_OPENING)
        self.renderer.open(document.file, password)
        return False

    def show_early(self, file: Path, name: str, page: int) -> None:
        """Show a file from this page on before it is known what is in it.

        `set_document` with the document whose file has this name, a copy of it, then finds its pages shown already.
        """
        self._early, self._early_page = name, page
        self.show_message("")
        self.renderer.open(file)

    def close_document(self) -> None:
        """End the render process and remove its files. The last call: a closed view shows no further document."""
        self.set_document(None, PlaceMap([]))
        self.renderer.close()

    def set_marks(self, marks: Sequence[MarkView]) -> None:
        """Draw these marks instead of the former ones."""
        self._mark_list = tuple(marks)
        self._marks = PageMarks(self.places, marks)
        self._choose(self._chosen.uid if self._chosen else "")

    def set_hits(self, hits: Sequence[tuple[int, int, int]]) -> None:
        """Draw these search hits, (item, start, end), instead of the former ones."""
        self._hits = on_pages(self.places, hits)
        self._hit_areas = {}
        self.viewport().update()

    def set_theme(self, theme: Theme) -> None:
        """Change the colours."""
        self.theme = theme
        self.viewport().update()

    def _choose(self, uid: str) -> None:
        """Show the ends of this mark, by which it can be pulled longer or shorter; "" for none."""
        self._pulled = None
        self._chosen = next((mark for mark in self._mark_list if mark.uid == uid and mark.anchored), None)
        self.viewport().update()

    def _ends(self) -> list[End]:
        mark = self._pulled[1] if self._pulled else self._chosen
        return ends(mark, self.places, self.renderer.texts) if mark else []

    def overlay(self, page: int) -> Overlay:
        """Marks, hits, selection and flash of the page."""
        text = self.renderer.texts.get(page)
        if text is None:
            return Overlay()
        if page not in self._hit_areas:
            self._hit_areas[page] = band_path(text, self._hits.get(page, ()))
        flash = frame_path(text, self._flashed.get(page, ()))
        handles = [end.edge for end in self._ends() if end.page == page]
        return Overlay(self._marks.paths(page, text), self._hit_areas[page], self.selected_area(page), flash, handles)

    # --- going to a place

    def go_to(self, item: int, start: int = 0, end: int | None = None, flash: bool = True) -> None:
        """Show the text `start … end` of an item at the upper third and frame it for a moment; without `end` its passage."""
        self._target = _Target(item, start, end, flash)
        self._pursue()

    def _pursue(self) -> None:
        target = self._target
        place = self.places.printed(target.item, target.start) if target else None
        if target is None or place is None or not self.pages.count:
            return
        page, char = place
        text = self.renderer.texts.get(page)
        if text is None:
            self.go_to_page(page)  # its characters follow, see page_arrived
            return
        self._target = None
        self._show(page, text, char)
        if target.flash:
            end = target.end if target.end is not None else self.places.passage_span(target.item, target.start)[1]
            self._flashed = on_pages(self.places, [(target.item, target.start, end)])
            self._flash_end.start()
            self.viewport().update()

    def _show(self, page: int, text: PageText, char: int) -> None:
        """Bring the character's line to where the reading place is taken from."""
        box = text.box(char)
        area = self.pages.to_sheet(page).mapRect(QRectF(box.x0, box.y0, box.x1 - box.x0, box.y1 - box.y0))
        view = self.visible_area()
        left = view.left()
        if not view.left() <= area.left() <= view.right():
            left = round(area.left()) - view.width() // 3
        self.scroll_to(left, round(area.top() + 1) - view.height() // 3)

    def _end_flash(self) -> None:
        self._flashed = {}
        self.viewport().update()

    def laid_out(self) -> None:
        """Go to where the document was to be opened."""
        if self._early:
            self.go_to_page(self._early_page)
        self._pursue()

    def page_arrived(self, page: int) -> None:
        """Finish going to a place whose page has come."""
        super().page_arrived(page)
        if page in self.renderer.texts:
            self._pursue()
            self._look()

    def _look(self) -> None:
        """Tell the watch which items' last lines are in view."""
        view = QRectF(self.visible_area())
        ends = ((item, self.places.end(item)) for item in self.places.items)
        self._watch.look([item for item, end in ends if end and self.isVisible() and self._is_in(view, *end)])

    def _is_in(self, view: QRectF, page: int, char: int) -> bool:
        text = self.renderer.texts.get(page)
        if text is None or page > self.pages.count:
            return False
        box = text.box(char)
        return view.contains(self.pages.to_sheet(page).mapRect(QRectF(box.x0, box.y0, box.x1 - box.x0, box.y1 - box.y0)).center())

    def hideEvent(self, event: QHideEvent) -> None:
        """What nobody sees is not being read."""
        super().hideEvent(event)
        self._watch.look(())

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Qt's call after scrolling; the reader's own scrolling ends the way to a place."""
        if self.by_reader:
            self._target = None
        super().scrollContentsBy(dx, dy)

    def settled(self) -> None:
        """Report the place that the reader scrolled to, and what is read there."""
        self._look()
        page, point = self.reading_place()
        text = self.renderer.texts.get(page)
        found = self.places.nearest(page, text.near(point.y()) if text else 0)
        if found:
            self.place_changed.emit(*found, page)

    def _describe(self, page: int, count: int) -> None:
        self.setAccessibleDescription(f"第{page}页，共{count}页" if count else "")

    # --- what is under the pointer

    def marks_at(self, position: QPointF) -> list[MarkView]:
        """The marks at a viewport position, the shortest first."""
        spot = self.character_at(position)
        return self._marks.at(spot.page, spot.char) if spot else []

    def link_at(self, position: QPointF) -> Link | None:
        """The link at a viewport position."""
        page, point = self.page_point(position)
        for link in self.renderer.page_links.get(page, ()):
            if link.box.x0 <= point.x() <= link.box.x1 and link.box.y0 <= point.y() <= link.box.y1:
                return link
        return None

    def cursor_at(self, position: QPointF) -> Qt.CursorShape:
        """A hand over what can be clicked."""
        if self._end_at(position):
            return Qt.CursorShape.SizeHorCursor
        if self.marks_at(position) or self.link_at(position):
            return Qt.CursorShape.PointingHandCursor
        return super().cursor_at(position)

    def hint_at(self, position: QPointF) -> str:
        """The note and fields of the mark, or where the link leads."""
        from html import escape  # late, both: nobody has pointed at anything before the first page is there

        from desktop.ui.signs import mark_tip

        marks = self.marks_at(position)
        if marks:
            return mark_tip(marks[0])
        link = self.link_at(position)
        if link is None:
            return ""
        return f"转到第{link.page}页" if link.page else escape(link.uri)

    def clicked(self, position: QPointF) -> None:
        """Retry a page that could not be shown, follow a link, or choose a mark."""
        page, _ = self.page_point(position)
        marks, link = self.marks_at(position), self.link_at(position)
        self._choose(marks[0].uid if marks else "")
        if page and self.renderer.is_bad(page):
            self.renderer.retry(page)
            self.viewport().update()
        elif marks:
            self.mark_clicked.emit(marks[0].uid, self.viewport().mapToGlobal(position.toPoint()))
        elif link and link.page:
            self.turn_to(link.page, link.y)
        elif link:
            self.link_activated.emit(link.uri)

    # --- pulling the ends of the chosen mark

    def _end_at(self, position: QPointF) -> End | None:
        def distance(end: End) -> float:
            edge, point = self.pages.to_sheet(end.page).map(end.edge), self.on_sheet(position)
            beside = max(abs(point.x() - edge.center().x()) - abs(edge.dx()) / 2, 0.0)
            above = max(abs(point.y() - edge.center().y()) - abs(edge.dy()) / 2, 0.0)
            return max(beside, above) / self.ratio

        return min((end for end in self._ends() if distance(end) <= _GRASP), key=distance, default=None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of an end of the chosen mark; all else selects."""
        end = self._end_at(event.position()) if event.button() == Qt.MouseButton.LeftButton else None
        if end and self._chosen:
            self._pulled = (end, self._chosen)
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show the mark as it would be."""
        if self._pulled is None or self._chosen is None:
            super().mouseMoveEvent(event)
            return
        spot = self.spot_at(event.position())
        mark = pulled(self._chosen, self._pulled[0], spot, self.places) if spot else self._chosen
        if mark != self._pulled[1]:
            self._pulled = (self._pulled[0], mark)
            self._marks = PageMarks(self.places, [mark if one.uid == mark.uid else one for one in self._mark_list])
            self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Leave the end where it was pulled to."""
        if self._pulled is None or self._chosen is None:
            super().mouseReleaseEvent(event)
            return
        (_, mark), self._pulled = self._pulled, None
        if mark != self._chosen:
            self.mark_reshaped.emit(mark.uid, mark.start, mark.end)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Select the item that is being read with Ctrl+A."""
        if event.matches(QKeySequence.StandardKey.SelectAll):
            item = self._current_item()
            if item is not None:
                self.select_item(item)
        else:
            super().keyPressEvent(event)

    def _current_item(self) -> int | None:
        selection = self.selection()
        if selection:
            return selection.item
        page, point = self.reading_place()
        text = self.renderer.texts.get(page)
        found = self.places.nearest(page, text.near(point.y())) if text else None
        return found[0] if found else None
