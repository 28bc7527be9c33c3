"""The page of the reading view: sets the document, centres the measure, and keeps the reader's line where it was.

Whatever changes the layout (size of the window, type, colours, an estimate put right), the line at the upper edge stays at its
height on screen. A long document is written in slices and set a few screens at a time, so that none takes longer than a short one.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent, QTextCursor
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from desktop.ui.read_watch import ReadWatch
from desktop.ui.reading.composer import Composer, Sheet
from desktop.ui.reading.lazylayout import LazyLayout
from desktop.ui.reading.typography import LARGEST, MEASURE, SMALLEST, ReadingType
from desktop.ui.theme import Theme
from desktop.ui.values import DocumentView

TOP = 28  # px between the upper edge and the line a jump lands on
_READING_LINE = 46  # px from the upper edge: the line here is the one being read
_REPORT_MS = 40
_BEGINNING = (0, 1e6)  # held so low that the page cannot be anywhere but at its top
_AT_ONCE = 20_000  # characters written before the page is shown
_AT_A_TIME = 40_000  # characters written between two events: about a millisecond
_CORRECTIONS = 4  # a screen set for the first time moves the ends of the page; twice is the rule
_NOTHING = DocumentView(0, "", "", "", (), "", is_pdf=False)


class SheetView(QTextEdit):
    """Shows one document. Offsets in calls and signals are code points of an item's canonical text."""

    place_changed = Signal(int, int)  # item, offset: the line being read, or the caret
    item_read = Signal(int)
    type_changed = Signal(int)  # body size in px, chosen with the wheel

    def __init__(self, theme: Theme, parent: QWidget | None = None, *, dwell_ms: int = 1000) -> None:
        super().__init__(parent)
        self._theme, self._type, self._view = theme, ReadingType(), _NOTHING
        self._held = _BEGINNING  # document position, and the height on screen at which its line is kept
        self._settling = False
        self._caret_moved = False
        self._place: tuple[int, int] | None = None
        self._watch = ReadWatch(dwell_ms, self)
        self._watch.item_read.connect(self.item_read)
        self._report = single_shot(self, self._report_place)
        self._growing = single_shot(self, self._grow)
        self._composer = Composer(self._view)
        self._set_up()
        self._color_ground()
        self._show_sheet()

    def _set_up(self) -> None:
        self.setReadOnly(True)
        flags = Qt.TextInteractionFlag
        self.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)
        self.setTabChangesFocus(True)
        self.setAccessibleName("阅读正文")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)  # Qt's own menu would be in English
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.viewport().setMouseTracking(True)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.cursorPositionChanged.connect(self._caret)

    # What is shown

    def set_document(self, view: DocumentView | None) -> None:
        """Shows a document from its beginning; None empties the view."""
        self._view = view or _NOTHING
        self._place = None
        self._held = _BEGINNING
        self._watch.forget()
        self._caret_moved = False
        self._show_sheet()

    def set_theme(self, theme: Theme) -> None:
        """Changes the colours; place and selection stay."""
        self._theme = theme
        self._layout.recolor(theme)
        self._color_ground()
        self._settle()
        self._draw_layers()

    def set_type(self, family: str, px: int, line_height: float) -> None:
        """Changes the type: `family` "" for the first suitable one, `px` from 16 to 48, `line_height` in em."""
        wanted = ReadingType(family, min(max(px, SMALLEST), LARGEST), line_height)
        if wanted != self._type:
            self._type = wanted
            self._settle()
            self._draw_layers()

    def zoom_in(self) -> None:
        """Sets the type one pixel larger."""
        self._enlarge(1)

    def zoom_out(self) -> None:
        """Sets the type one pixel smaller."""
        self._enlarge(-1)

    def _enlarge(self, step: int) -> None:
        before = self._type
        self.set_type(before.family, before.px + step, before.line_height)
        if self._type != before:
            self.type_changed.emit(self._type.px)

    @property
    def reading_type(self) -> ReadingType:
        """The type the page is set in."""
        return self._type

    def _show_sheet(self) -> None:
        """Writes the beginning of the document and shows it; the rest comes between the events of the window."""
        self._settling = True
        former = self._sheet.document
        self._composer = Composer(self._view)
        self._composer.write(_AT_ONCE)
        self._layout = LazyLayout(self._sheet, self._type, self._theme)
        self._shape()
        self.setExtraSelections([])
        self._sheet.document.setParent(self)
        self.setDocument(self._sheet.document)
        former.deleteLater()
        self._settle()
        self._draw_layers()
        self._growing.start(0)

    @property
    def _sheet(self) -> Sheet:
        return self._composer.sheet

    @property
    def is_complete(self) -> bool:
        """Whether the whole document is on the page; text that is asked for is written at once."""
        return self._composer.is_complete

    def _grow(self) -> None:
        """Writes some more of the document; what lies over it is drawn when all of it is there."""
        if self._composer.is_complete:
            return
        self._composer.write(_AT_A_TIME)
        self._grown()
        if self._composer.is_complete:
            self._draw_layers()
        else:
            self._growing.start(0)

    def _reach(self, item: int) -> None:
        """Writes on up to an item that is asked for before its turn."""
        if self._composer.reach(item):
            self._grown()
            self._draw_layers()

    def _grown(self) -> None:
        self._layout.extend()
        self._settling = True
        self._layout.documentSizeChanged.emit(self._layout.documentSize())
        self._hold(*self._held)

    def _draw_layers(self) -> None:
        """What lies over the text; a page by itself has nothing there."""

    def _color_ground(self) -> None:
        """By a style sheet of its own, because the window's style sheet overrules the palette when the theme changes."""
        theme = self._theme
        selected = f"selection-background-color: {theme.selection}; selection-color: {theme.text};"
        self.setStyleSheet(f"QTextEdit {{ background: {theme.paper}; color: {theme.text}; border: 0; {selected} }}")

    # Where the page stands

    def place(self) -> tuple[int, int] | None:
        """Item and offset of the line being read; `go_to` with it brings the page back to this line."""
        return self._sheet.map.canonical(self._line_being_read())

    def _line_being_read(self) -> int:
        return self.cursorForPosition(QPoint(round(self._side()) + 1, _READING_LINE)).position()

    def place_under(self, at: QPoint) -> tuple[int, int] | None:
        """Item and offset at a point of the viewport; None on an empty page."""
        return self._sheet.map.canonical(self.cursorForPosition(at).position())

    def caret_place(self) -> tuple[int, int] | None:
        """Item and offset at the caret; None on an empty page."""
        return self._sheet.map.canonical(self.textCursor().position())

    def go_to(self, item: int, start: int, end: int | None = None, *, flash: bool = True) -> None:
        """Brings a place to the upper edge and sets the caret there; `end` lets the stretch flash shortly."""
        self._reach(item)
        position = self._sheet.map.position(item, start)
        if position is None:
            return
        self._set_caret(position, position)
        self._hold(position, float(TOP))
        self._place = (item, start)
        if flash and end is not None:
            self._flash_at(item, start, end)

    def _flash_at(self, item: int, start: int, end: int) -> None:
        """Shows where a jump has landed; a page by itself does not."""

    def _hold(self, position: int, top: float) -> None:
        """Scrolls so that the line of a position stands `top` px below the upper edge, and keeps it there on re-layout."""
        self._held = (position, top)
        self._settling = True
        height = self.viewport().height()
        block = self._sheet.document.findBlock(min(position, self._end()))
        within = self._layout.line_of(block, position - block.position())
        self._layout.settle(block.blockNumber(), height + max(top, 0.0), 2.0 * height + within)
        self._scroll_to(self._layout.top(block.blockNumber()) + within - top)
        self._settling = False
        self._look()

    def _scroll_to(self, wanted: float) -> None:
        """Scrolls there; where that is beyond an end of the page, the text shown is set all the same."""
        bar = self.verticalScrollBar()
        bar.setValue(round(max(wanted, 0)))
        self._settle_screen()
        self.viewport().update()

    def _settle_screen(self) -> None:
        """Sets the lines of the screen and of one screen before and after it, while the uppermost line keeps its place."""
        bar, height = self.verticalScrollBar(), self.viewport().height()
        for _ in range(_CORRECTIONS):
            value, at_end = bar.value(), bar.value() == bar.maximum() > 0
            first = self._layout.number_at(value)
            into = value - self._layout.top(first)
            if not self._layout.settle(first, height, 2.0 * height + into):
                return
            bar.setValue(bar.maximum() if at_end else round(self._layout.top(first) + into))

    def _settle(self) -> None:
        """Centres the measure for the present window and type, and returns to the held line."""
        self._settling = True
        self._shape()
        self._layout.documentSizeChanged.emit(self._layout.documentSize())
        self._hold(*self._held)

    def _shape(self) -> None:
        width = self.viewport().width()
        side = max((width - MEASURE * self._type.px) / 2, 22.0 if width < 560 else 64.0)
        self._layout.reshape(width, side, self.viewport().height() - TOP, self._type)

    def _side(self) -> float:
        return self._layout.side

    def _end(self) -> int:
        return max(self._sheet.document.characterCount() - 1, 0)

    def _caret_box(self, position: int) -> QRectF:
        """The box of the caret at a position, in px of the viewport."""
        cursor = QTextCursor(self._sheet.document)
        cursor.setPosition(min(position, self._end()))
        return QRectF(self.cursorRect(cursor))

    def lines(self, item: int, start: int, end: int) -> tuple[int, int]:
        """The upper and the lower edge of a stretch as far as it is on the screen, in px of the viewport."""
        pieces, (first, last) = list(self._sheet.map.ranges(item, start, end)), self._on_screen()
        low, high = min((piece[0] for piece in pieces), default=first), max((piece[1] for piece in pieces), default=last)
        top = round(self._caret_box(low).top()) if low >= first else 0
        foot = round(self._layout.edge(high, after=True).y2()) - self.verticalScrollBar().value()
        return max(top, 0), min(foot if high <= last else self.viewport().height(), self.viewport().height())

    def _character_at(self, at: QPoint) -> tuple[int, int] | None:
        """Item and offset of the character drawn under a point of the viewport."""
        position = self._layout.character_at(QPointF(at.x(), at.y() + self.verticalScrollBar().value()))
        return None if position is None else self._sheet.map.character(position)

    def _set_caret(self, anchor: int, position: int) -> None:
        """Sets caret and selection without scrolling and without reporting a place."""
        last = self._end()
        caret, bar = self.textCursor(), self.verticalScrollBar()
        caret.setPosition(min(anchor, last))
        caret.setPosition(min(position, last), QTextCursor.MoveMode.KeepAnchor)
        self._settling, kept = True, bar.value()
        self.setTextCursor(caret)
        bar.setValue(kept)
        self._settling = False

    # What is reported

    def _scrolled(self) -> None:
        self.viewport().update()
        if self._settling:
            return
        self._settling = True
        self._settle_screen()
        self._settling = False
        line = self._line_being_read()
        self._held = (line, self._caret_box(line).top())
        self._look()
        self._report.start(_REPORT_MS)

    def _caret(self) -> None:
        if not self._settling:
            self._caret_moved = True
            self._report.start(_REPORT_MS)

    def _report_place(self) -> None:
        place = self._sheet.map.canonical(self.textCursor().position()) if self._caret_moved else self.place()
        self._caret_moved = False
        if place is not None and place != self._place:
            self._place = place
            self.place_changed.emit(*place)

    def _look(self) -> None:
        """Tells the watch which items' ends are on the screen."""
        height, (low, high) = self.viewport().height(), self._on_screen()
        ends = self._sheet.ends
        near = ends[bisect_left(ends, (low, 0)) : bisect_right(ends, (high + 1, 0))]
        seen = [item for end, item in near if 0 <= self._caret_box(end).bottom() <= height]
        self._watch.look(seen if self.isVisible() else ())

    def _on_screen(self) -> tuple[int, int]:
        """The document positions from the first to the last line that is on the screen."""
        corners = (QPoint(0, 0), QPoint(self.viewport().width() - 1, self.viewport().height() - 1))
        first, last = (self.cursorForPosition(corner).position() for corner in corners)
        return first, last

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keeps the measure centred and the line where it was: the text's own re-layout moves it, which is no scrolling."""
        self._settling = True
        super().resizeEvent(event)
        self._settle()

    def showEvent(self, event: QShowEvent) -> None:
        """Items count as read only while the view is shown."""
        self._settling = True
        super().showEvent(event)
        self._settle()


def single_shot(parent: QWidget, slot: Callable[[], None]) -> QTimer:
    """A timer that calls once after its last start."""
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.timeout.connect(slot)
    return timer
