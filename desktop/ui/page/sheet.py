"""The scrolling sheet of pages: what of them is in view, asked for and painted. Knows pages and pixels, nothing of items and marks."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QScrollBar, QWidget

from desktop.rendering.client import Job, JobKind, Renderer
from desktop.rendering.protocol import ImageKey
from desktop.ui.page.layout import Arrangement, Layout
from desktop.ui.page.painting import Overlay, PagePainter, sheet_painter
from desktop.ui.page.wishes import is_drawn_whole, part_key, preview, stand_ins, whole_key, wish_list
from desktop.ui.theme import Theme

LINE = 44  # logical pixels for one arrow key or a third of a wheel notch
_LEISURE = 1500  # ms from a document's coming up until small images of all its pages are drawn
_SETTLE = 60  # ms after the last scrolling before the place is reported


class Sheet(QAbstractScrollArea):
    """Pages of one document under one another. The scroll bars count device pixels.

    `page_changed(page, count)` when another page comes to the upper third, `zoom_changed(zoom)`, `arranged()` when the reader
    chose another zoom, fit, rotation or flow, `failed(sentence)` when the document cannot be shown at all, `leaving()` before
    a jump to another page.
    """

    page_changed = Signal(int, int)
    zoom_changed = Signal(float)
    failed = Signal(str)
    arranged = Signal()
    leaving = Signal()
    arrived = Signal(int)  # something of this page has come from the renderer

    def __init__(self, renderer: Renderer, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # Made here, not by Qt: of what Qt made, PySide6 first looks through all kinds of widgets for its kind, 8 ms of a start.
        self.setViewport(QWidget())
        self.setHorizontalScrollBar(QScrollBar(Qt.Orientation.Horizontal))
        self.setVerticalScrollBar(QScrollBar(Qt.Orientation.Vertical))
        self.renderer = renderer
        self.theme = theme
        self.arrangement = Arrangement()
        self.message = ""  # shown instead of pages
        self._sizes: tuple[tuple[float, float], ...] = ()
        self._page = 0
        self.small_pages: tuple[int, ...] = ()  # pages of which small images are wanted beside the sheet
        self._forward = True
        self.by_reader = True
        self.pages = self._laid_out()
        self._settling = QTimer(self, singleShot=True, interval=_SETTLE)
        self._settling.timeout.connect(self.settled)
        self._leisure = QTimer(self, singleShot=True, interval=_LEISURE)
        self._leisure.timeout.connect(self._prepare)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # or fitting the width would make it flicker
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName("页面")
        renderer.ready.connect(self._on_ready)
        renderer.failed.connect(self._on_failed)
        for signal in (renderer.image, renderer.page_failed, renderer.text):
            signal.connect(self._on_page)

    # --- for subclasses

    def overlay(self, page: int) -> Overlay:  # noqa: ARG002 - for subclasses
        """What lies on the page."""
        return Overlay()

    def texts_needed(self) -> tuple[int, ...]:
        """Further pages whose characters are needed soon."""
        return ()

    def settled(self) -> None:
        """Called shortly after the reader stopped scrolling."""

    def page_arrived(self, page: int) -> None:
        """Called when something of a page has come from the renderer."""

    def laid_out(self) -> None:
        """Called after the document's sizes are known and its pages lie in place."""

    # --- documents

    def show_message(self, message: str) -> None:
        """Show a sentence and no pages."""
        self.message = message
        self._sizes = ()
        self.lay_out()
        self.scroll_to(0, 0)

    def _on_ready(self, sizes: list[tuple[float, float]]) -> None:
        self.message = ""
        self._sizes = tuple(sizes)
        self.lay_out()
        self.scroll_to((self.pages.width - self._viewport_size().width()) // 2, 0)
        self.laid_out()
        self._leisure.start()

    def _on_failed(self, sentence: str) -> None:
        self.show_message(sentence)
        self.failed.emit(sentence)

    def _on_page(self, page: int) -> None:
        self.page_arrived(page)
        self.arrived.emit(page)
        if page <= self.pages.count and self.visible_area().intersects(self.pages.box(page)):
            self.viewport().update()

    # --- geometry

    @property
    def ratio(self) -> float:
        """Device pixels a logical pixel."""
        return self.viewport().devicePixelRatio()

    def visible_area(self) -> QRect:
        """The part of the sheet in view, in device pixels."""
        return QRect(QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value()), self._viewport_size())

    def on_sheet(self, position: QPointF) -> QPointF:
        """From logical pixels of the viewport to device pixels of the sheet."""
        return position * self.ratio + QPointF(self.visible_area().topLeft())

    def on_viewport(self, point: QPointF) -> QPoint:
        """From device pixels of the sheet to logical pixels of the viewport."""
        return ((point - QPointF(self.visible_area().topLeft())) * (1 / self.ratio)).toPoint()

    def _viewport_size(self) -> QSize:
        return (self.viewport().size().toSizeF() * self.ratio).toSize()

    def _laid_out(self) -> Layout:
        return Layout(self._sizes, self.arrangement, self._viewport_size(), self.ratio)

    def lay_out(self, hold: QPointF | None = None) -> None:
        """Lay the pages out anew; the place under `hold` (viewport, logical; default the upper third) stays where it is."""
        held = hold or self._reading_point()
        page = self.pages.page_at(self.on_sheet(held))
        place = self.pages.to_page(page, self.on_sheet(held)) if page else QPointF()
        zoom = self.pages.zoom
        self.pages = self._laid_out()
        self._set_ranges()
        if 0 < page <= self.pages.count:
            goal = self.pages.to_sheet(page).map(place) - held * self.ratio
            self.scroll_to(round(goal.x()), round(goal.y()))
        if self.pages.zoom != zoom:
            self.zoom_changed.emit(self.pages.zoom)
        self._moved()
        self.viewport().update()

    def _set_ranges(self) -> None:
        size = self._viewport_size()
        self.by_reader = False  # a shorter range may move the bar
        for bar, extent, room in (
            (self.horizontalScrollBar(), self.pages.width, size.width()),
            (self.verticalScrollBar(), self.pages.height, size.height()),
        ):
            bar.setRange(0, max(extent - room, 0))
            bar.setPageStep(room)
            bar.setSingleStep(round(LINE * self.ratio))
        self.by_reader = True

    def _reading_point(self) -> QPointF:
        return QPointF(self.viewport().width() / 2, self.viewport().height() / 3)

    # --- moving

    def scroll_to(self, x: int, y: int) -> None:
        """Bring a point of the sheet into the corner of the viewport, without taking it for the reader's own scrolling."""
        self.by_reader = False
        self.horizontalScrollBar().setValue(x)
        self.verticalScrollBar().setValue(y)
        self.by_reader = True

    def go_to_page(self, page: int, y: float = 0.0) -> None:
        """Show a page, counted from 1, from height `y` (points) on."""
        if self.pages.count:
            page = min(max(page, 1), self.pages.count)
            point = self.pages.to_sheet(page).map(QPointF(0, y)) if y else QPointF(self.pages.box(page).topLeft())
            self.scroll_to(self.horizontalScrollBar().value(), round(point.y() - 14 * self.ratio))

    def turn_to(self, page: int, y: float = 0.0) -> None:
        """Go to a page because the reader asked for it: the place is reported, and the way back kept."""
        self.leaving.emit()
        self.go_to_page(page, y)
        self._settling.start()

    def scrollContentsBy(self, _dx: int, dy: int) -> None:
        """Qt's call after a scroll bar moved."""
        if dy:
            self._forward = dy < 0
            if self._held_in_row():
                return
        self._moved()
        self.viewport().update()
        if self.by_reader:
            self._settling.start()

    def _held_in_row(self) -> bool:
        """Keep the view on one row where only one is to be shown; True when that moved it once more."""
        bar = self.verticalScrollBar()
        room = self.pages.row_room(bar.value(), self._viewport_size().height())
        held = min(max(bar.value(), room[0]), room[1]) if room else bar.value()
        if held == bar.value():
            return False
        bar.setValue(held)
        return True

    def reading_place(self) -> tuple[int, QPointF]:
        """The page at the upper third of the view and the point on it, in points; page 0 without a document."""
        point = self.on_sheet(self._reading_point())
        page = self.pages.page_at(point)
        return page, self.pages.to_page(page, point) if page else QPointF()

    def _moved(self) -> None:
        self.ask()
        page = self.pages.page_at(self.on_sheet(self._reading_point()))
        if page != self._page:
            self._page = page
            self.page_changed.emit(page, self.pages.count)

    def current_page(self) -> int:
        """The page at the upper third of the view, from 1; 0 without a document."""
        return self._page

    def page_count(self) -> int:
        """How many pages the document has; 0 without a document."""
        return self.pages.count

    def is_sharp(self) -> bool:
        """Whether all that is in view has come, images and characters, as far as it ever will."""
        wanted = [Job(JobKind.IMAGE, page, key) for page, key in self._sharp_keys().items()]
        wanted += [Job(JobKind.TEXT, page) for page in self._visible_pages()]
        return self.pages.count > 0 and not any(map(self.renderer.is_needed, wanted))

    def ask(self) -> None:
        """Hand the renderer the wishes for what is in view now."""
        wishes = wish_list(self.pages, self.visible_area(), self._forward, self._sharp_keys(), self.texts_needed())
        small = [preview(self.pages, page) for page in self.small_pages if page <= self.pages.count]
        self.renderer.wish([*wishes, *small])

    def _prepare(self) -> None:
        """Have something of every page at hand, so that a jump to any of them shows it at once."""
        self.renderer.prepare(stand_ins(self.pages, self._page, self.renderer.cache.room_for_small))

    def _sharp_keys(self) -> dict[int, ImageKey]:
        view = self.visible_area()
        return {page: key for page in self._visible_pages() if (key := self._sharp(page, view))}

    def _visible_pages(self) -> range:
        view = self.visible_area()
        return self.pages.between(view.top(), view.bottom())

    def _sharp(self, page: int, view: QRect) -> ImageKey | None:
        key = whole_key(self.pages, page)
        if is_drawn_whole(self.pages, key):
            return key
        return part_key(self.pages, page, view, [picture.key for picture in self.renderer.cache.clips(key)])

    @property
    def zoom(self) -> float:
        """1.0 is 96 dpi a logical pixel."""
        return self.pages.zoom

    def set_arrangement(self, arrangement: Arrangement) -> None:
        """Show the pages as they were left; not taken for the reader's choice."""
        self.arrangement = arrangement
        self.lay_out()
        self._leisure.start()

    # --- events

    def event(self, event: QEvent) -> bool:
        """Lay out anew when the window comes to a screen of another scaling."""
        handled = super().event(event)
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self.lay_out()
        return handled

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Keep fitting, and keep the place."""
        self.lay_out()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Desk, pages, and what lies on them."""
        with QPainter(self.viewport()) as painter:
            painter.fillRect(self.viewport().rect(), QColor(self.theme.desk))
            if self.message:
                self._paint_message(painter)
                return
            view = self.visible_area()
            sheet_painter(painter, self.ratio, view.left(), view.top())
            on_page = PagePainter(painter, self.pages, self.renderer.cache, self.theme)
            for page in self._visible_pages():
                if self.renderer.is_bad(page) and not self.renderer.cache.has_page(page, self.pages.rotation):
                    on_page.placeholder(page, view)
                else:
                    on_page.paint(page, self.overlay(page))

    def _paint_message(self, painter: QPainter) -> None:
        painter.setPen(QColor(self.theme.text))
        inner = self.viewport().rect().adjusted(40, 0, -40, 0)
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap), self.message)
