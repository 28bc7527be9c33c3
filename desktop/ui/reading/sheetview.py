"""The page of the reading view: sets the document, centres the measure, and keeps the reader's line where it was.

Whatever changes the layout (size of the window, type, colours), the line at the upper edge stays at its height on screen.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent, QTextCursor, QTextLine
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from desktop.ui.read_watch import ReadWatch
from desktop.ui.reading.composer import balance_titles, compose
from desktop.ui.reading.typography import LARGEST, MEASURE, SMALLEST, ReadingType
from desktop.ui.theme import Theme
from desktop.ui.values import DocumentView

TOP = 28  # px between the upper edge and the line a jump lands on
_READING_LINE = 46  # px from the upper edge: the line here is the one being read
_REPORT_MS = 40
_BEGINNING = (0, 1e6)  # held so low that the page cannot be anywhere but at its top
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
        self._below = 0.0  # px kept free under the last item
        self._caret_moved = False
        self._place: tuple[int, int] | None = None
        self._watch = ReadWatch(dwell_ms, self)
        self._watch.item_read.connect(self.item_read)
        self._report = single_shot(self, self._report_place)
        self._set_up()
        self._sheet = compose(self._view, self._type, self._theme)
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
        self._compose(keep_caret=False)

    def set_theme(self, theme: Theme) -> None:
        """Changes the colours; place and selection stay."""
        self._theme = theme
        self._compose()

    def set_type(self, family: str, px: int, line_height: float) -> None:
        """Changes the type: `family` "" for the first suitable one, `px` from 16 to 48, `line_height` in em."""
        wanted = ReadingType(family, min(max(px, SMALLEST), LARGEST), line_height)
        if wanted != self._type:
            self._type = wanted
            self._compose()

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

    def _compose(self, *, keep_caret: bool = True) -> None:
        caret = self.textCursor()
        kept = (caret.anchor(), caret.position()) if keep_caret else (0, 0)
        former = self._sheet.document
        self._sheet = compose(self._view, self._type, self._theme)
        self._show_sheet()
        former.deleteLater()
        self._set_caret(*kept)

    def _show_sheet(self) -> None:
        self._settling = True
        self.setExtraSelections([])
        self._sheet.document.setParent(self)
        self._set_measure(2.0 * self._type.px)  # before it is shown, which lays it out
        self.setDocument(self._sheet.document)
        self._color_ground()
        self._settle()
        self._draw_layers()

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
        self._sheet.document.pageCount()  # finishes the layout, without which the scroll range is too short
        bar = self.verticalScrollBar()
        self._settling = True
        bar.setValue(bar.value() + round(self._caret_box(position).top() - top))
        self._settling = False
        self._look()

    def _settle(self) -> None:
        """Centres the measure, leaves room below so that the last item can reach the top, and returns to the held line."""
        self._settling = True
        em = self._type.px
        self._set_measure(self._below)
        height = self._sheet.document.size().height()
        if self._sheet.map.items and height > self.viewport().height():
            last = self._sheet.map.segments(self._sheet.map.items[-1])[0].at
            below = height - self._below - (self._caret_box(last).top() + self.verticalScrollBar().value())
            self._set_measure(max(2.0 * em, self.viewport().height() - TOP - below))
        self._hold(*self._held)

    def _set_measure(self, below: float) -> None:
        """Centre the measure, with `below` px free under the last item; nothing is laid out when nothing changes."""
        self._below = below
        side = max((self.viewport().width() - MEASURE * self._type.px) / 2, self._narrowest_side())
        laying = QTextCursor(self._sheet.document)
        laying.beginEditBlock()  # one layout for all that follows
        self._set_margins(side, below)
        balance_titles(self._sheet, self.viewport().width() - 2 * side)
        laying.endEditBlock()

    def _set_margins(self, side: float, below: float) -> None:
        frame = self._sheet.document.rootFrame()
        shape = frame.frameFormat()
        wanted = (side, side, 0.8 * self._type.px, below)
        if (shape.leftMargin(), shape.rightMargin(), shape.topMargin(), shape.bottomMargin()) != wanted:
            for set_margin, margin in zip(
                (shape.setLeftMargin, shape.setRightMargin, shape.setTopMargin, shape.setBottomMargin), wanted, strict=True
            ):
                set_margin(margin)
            frame.setFrameFormat(shape)

    def _narrowest_side(self) -> float:
        return 22.0 if self.viewport().width() < 560 else 64.0

    def _side(self) -> float:
        return self._sheet.document.rootFrame().frameFormat().leftMargin()

    def _caret_box(self, position: int) -> QRectF:
        """The box of the caret at a position, in px of the viewport."""
        cursor = QTextCursor(self._sheet.document)
        cursor.setPosition(min(position, max(self._sheet.document.characterCount() - 1, 0)))
        return QRectF(self.cursorRect(cursor))

    def _character_at(self, at: QPoint) -> tuple[int, int] | None:
        """Item and offset of the character drawn under a point of the viewport."""
        point = QPointF(at.x(), at.y() + self.verticalScrollBar().value())
        near = self._sheet.document.documentLayout().hitTest(point, Qt.HitTestAccuracy.FuzzyHit)
        block = self._sheet.document.findBlock(near)
        layout = block.layout()
        local = point - layout.position()
        for index in range(layout.lineCount()):
            line = layout.lineAt(index)
            if line.naturalTextRect().contains(local):
                inside = line.xToCursor(local.x(), QTextLine.CursorPosition.CursorOnCharacter)
                return self._sheet.map.character(block.position() + _whole(inside))
        return None

    def _set_caret(self, anchor: int, position: int) -> None:
        """Sets caret and selection without scrolling and without reporting a place."""
        last = max(self._sheet.document.characterCount() - 1, 0)
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
        height = self.viewport().height()
        seen = [item for item, end in self._sheet.ends.items() if 0 <= self._caret_box(end).bottom() <= height]
        self._watch.look(seen if self.isVisible() else ())

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


def _whole(position: int | tuple[int, int]) -> int:
    """`xToCursor` gives a bare position in some versions of the binding and a pair in others."""
    return position if isinstance(position, int) else position[0]


def single_shot(parent: QWidget, slot: Callable[[], None]) -> QTimer:
    """A timer that calls once after its last start."""
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.timeout.connect(slot)
    return timer
