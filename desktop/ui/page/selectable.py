"""A sheet whose characters can be selected with the mouse: drag, double and triple click, Shift, scrolling past the edge."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QKeySequence, QMouseEvent, QPainterPath
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from desktop.bulletin.places import PlaceMap
from desktop.rendering.client import Renderer
from desktop.ui.page.hand import Hand
from desktop.ui.page.marking import band_path, on_pages
from desktop.ui.page.selecting import PrintedText, Spot, Stretch, WordAt
from desktop.ui.page.steering import SteeredSheet
from desktop.ui.theme import Theme

if TYPE_CHECKING:  # a first page needs no document
    from desktop.ui.values import Selection

_EDGE_TICK = 30  # ms between scrolls while the pointer is dragged past the edge
_KEY_PAUSE = 350  # ms: a selection made with the keyboard has ended when no key was pressed for this long
_ARROWS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}


class _Unit(Enum):
    CHARACTER = auto()
    WORD = auto()
    PARAGRAPH = auto()


@dataclass(slots=True)
class _Drag:
    """A mouse button held down: where it went down, and what was taken there."""

    origin: QPointF
    anchor: Stretch | None
    unit: _Unit
    moved: bool = False


class SelectableSheet(SteeredSheet):
    """Adds one selection in reading order.

    `selection_made(Selection, global position)` when the reader has finished selecting text of an item, `selection_cleared()`
    when there is no selection any more.
    """

    selection_made = Signal(object, QPoint)
    selection_cleared = Signal()

    def __init__(self, renderer: Renderer, theme: Theme, word_at: WordAt, parent: QWidget | None = None) -> None:
        super().__init__(renderer, theme, parent)
        self._word_at = word_at
        self.places = PlaceMap([])
        self.printed = PrintedText(renderer.texts, self.places, word_at)
        self.stretch: Stretch | None = None
        self._anchor: Stretch | None = None
        self._drag: _Drag | None = None
        self._pointer = QPointF()
        self._selected_areas: dict[int, QPainterPath] | None = None
        self.hand_tool = False
        self._hand = Hand(self._scroll_by)
        self._key_end = QTimer(self, singleShot=True, interval=_KEY_PAUSE)
        self._key_end.timeout.connect(self._announce_keyed)
        self._edge = QTimer(self, interval=_EDGE_TICK)
        self._edge.timeout.connect(self._on_edge)
        self._doubled = QTimer(self, singleShot=True)

    # --- for subclasses

    def clicked(self, position: QPointF) -> None:
        """Called for a click that selected nothing. Viewport position in logical pixels."""

    def cursor_at(self, position: QPointF) -> Qt.CursorShape:
        """The pointer's shape."""
        if self.hand_tool:
            return Qt.CursorShape.OpenHandCursor
        return Qt.CursorShape.IBeamCursor if self.character_at(position) else Qt.CursorShape.ArrowCursor

    def hint_at(self, position: QPointF) -> str:  # noqa: ARG002 - for subclasses
        """What to say when the pointer rests."""
        return ""

    # --- the selection

    def set_places(self, places: PlaceMap) -> None:
        """Read characters with the places of another document."""
        self.places = places
        self.printed = PrintedText(self.renderer.texts, places, self._word_at)
        self._anchor = self._drag = None
        self.clear_selection()

    def selection(self) -> Selection | None:
        """The selected text of one item, as a mark would take it; None when no text of an item is selected."""
        return self.printed.selection(self.stretch) if self.stretch else None

    def copy_text(self) -> str:
        """The selected text without line-break blanks, also outside items; "" when nothing is selected."""
        return self.printed.copied(self.stretch) if self.stretch else ""

    def clear_selection(self) -> None:
        """Select nothing."""
        if self.stretch is not None:
            self._select(None)
            self.selection_cleared.emit()

    def select_item(self, item: int) -> None:
        """Select a whole item."""
        self._anchor = self.printed.item(item)
        self._select(self._anchor)
        self._announce(self.viewport().rect().center())

    def selected_area(self, page: int) -> QPainterPath:
        """The selected characters of the page, in points."""
        if self._selected_areas is None:
            found: dict[int, list[tuple[int, int]]] = {}
            for piece in self.printed.pieces(self.stretch) if self.stretch else ():
                found.setdefault(piece.page, []).append((piece.first, piece.last))
            texts = self.renderer.texts
            self._selected_areas = {number: band_path(texts[number], parts) for number, parts in found.items() if number in texts}
        return self._selected_areas.get(page, QPainterPath())

    def texts_needed(self) -> tuple[int, ...]:
        """The pages that the selection runs over."""
        return tuple(range(self.stretch.start.page, self.stretch.end.page + 1)) if self.stretch else ()

    def page_arrived(self, page: int) -> None:
        """Characters may have come of a page in the selection."""
        super().page_arrived(page)
        self._selected_areas = None

    def _select(self, stretch: Stretch | None) -> None:
        if stretch != self.stretch:
            self.stretch = stretch
            self._selected_areas = None
            self.ask()
            self.viewport().update()

    def _announce(self, position: QPoint) -> None:
        selection = self.selection()
        if selection is not None:
            self.selection_made.emit(selection, self.viewport().mapToGlobal(position))

    def lines(self, item: int, start: int, end: int) -> tuple[int, int]:
        """The upper and the lower edge of a stretch as far as it is on the screen, in logical px of the viewport."""
        room, texts, area = self.viewport().rect(), self.renderer.texts, QRectF()
        for page, parts in on_pages(self.places, [(item, start, end)]).items():
            if page in texts:
                area |= self.pages.to_sheet(page).mapRect(band_path(texts[page], parts).boundingRect())
        top, bottom = self.on_viewport(area.topLeft()).y(), self.on_viewport(area.bottomRight()).y()
        return (0, room.height()) if area.isEmpty() else (max(top, 0), min(bottom, room.height()))

    # --- places under the pointer

    def spot_at(self, position: QPointF) -> Spot | None:
        """The gap between characters nearest to a viewport position; None while the page's characters are not at hand."""
        page, point = self.page_point(position)
        text = self.renderer.texts.get(page)
        return Spot(page, text.caret(point.x(), point.y())) if text else None

    def character_at(self, position: QPointF) -> Spot | None:
        """The character at a viewport position; None beside the text."""
        page, point = self.page_point(position)
        text = self.renderer.texts.get(page)
        char = text.at(point.x(), point.y()) if text else None
        return None if char is None else Spot(page, char)

    def page_point(self, position: QPointF) -> tuple[int, QPointF]:
        """The page at or nearest to a viewport position, and the point on it in points; page 0 without a document."""
        point = self.on_sheet(position)
        page = self.pages.page_at(point)
        return page, self.pages.to_page(page, point) if page else QPointF()

    def _taken_at(self, position: QPointF, unit: _Unit) -> Stretch | None:
        """What one click takes: nothing yet, the word, or the paragraph."""
        spot = self.spot_at(position)
        if spot is None or unit is _Unit.CHARACTER:
            return Stretch(spot, spot) if spot else None
        hit = self.character_at(position) or Spot(spot.page, max(spot.char - 1, 0))
        if hit.char >= len(self.renderer.texts[hit.page].text):
            return None
        whole: Callable[[int, int], Stretch] = self.printed.word if unit is _Unit.WORD else self.printed.paragraph
        return whole(*hit)

    # --- mouse and keys

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a selection; extend it with Shift; the third click of three takes the paragraph."""
        position = event.position()
        if event.button() == Qt.MouseButton.MiddleButton or (self.hand_tool and event.button() == Qt.MouseButton.LeftButton):
            self._hand.take(position)
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
            return
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        if self._doubled.isActive():
            self._doubled.stop()
            self._take(position, _Unit.PARAGRAPH)
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier and self._anchor:
            self._drag = _Drag(position, self._anchor, _Unit.CHARACTER, moved=True)
            self._extend(position)
        else:
            self.clear_selection()
            self._anchor = self._taken_at(position, _Unit.CHARACTER)
            self._drag = _Drag(position, self._anchor, _Unit.CHARACTER)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Take the word; a further click soon takes the paragraph."""
        if self.hand_tool:
            self.mousePressEvent(event)
        elif event.button() == Qt.MouseButton.LeftButton:
            self._doubled.start(QApplication.doubleClickInterval())
            self._take(event.position(), _Unit.WORD)

    def _take(self, position: QPointF, unit: _Unit) -> None:
        self._anchor = self._taken_at(position, unit)
        self._drag = _Drag(position, self._anchor, unit, moved=True)
        if self._anchor:
            self._select(self._anchor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Extend the selection, or show what is under the pointer."""
        self._pointer = event.position()
        if self._hand.holding:
            self._hand.pull(self._pointer)
            return
        if self._drag is None:
            self.viewport().setCursor(self.cursor_at(self._pointer))
            return
        travelled = (self._pointer - self._drag.origin).manhattanLength()
        if self._drag.moved or travelled >= QApplication.startDragDistance():
            self._drag.moved = True
            self._extend(self._pointer)
            self._edge_watch()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Finish the selection, or take it as a click."""
        if self._hand.holding:
            if self._hand.let_go() and event.button() == Qt.MouseButton.LeftButton:
                self.clicked(event.position())
            self.viewport().setCursor(self.cursor_at(event.position()))
            return
        drag, self._drag = self._drag, None
        self._edge.stop()
        if drag is None or event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
        elif drag.moved:
            self._announce(event.position().toPoint())
        else:
            self.clicked(event.position())

    def _extend(self, position: QPointF) -> None:
        if self._drag is None or self._drag.anchor is None:
            return
        taken = self._taken_at(position, self._drag.unit)
        if taken is not None:
            stretch = self._drag.anchor.joined(taken)
            self._select(stretch if stretch.start < stretch.end else None)

    def _edge_watch(self) -> None:
        inside = self.viewport().rect().contains(self._pointer.toPoint())
        if inside:
            self._edge.stop()
        elif not self._edge.isActive():
            self._edge.start()

    def _on_edge(self) -> None:
        """Scroll on while the pointer is held outside, the faster the farther."""
        area = self.viewport().rect()
        beyond = min(self._pointer.y() - area.top(), 0) + max(self._pointer.y() - area.bottom(), 0)
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + round(beyond * self.ratio / 2))
        self._extend(self._pointer)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy, and Esc to select nothing; everything else moves the sheet."""
        if event.matches(QKeySequence.StandardKey.Copy):
            if self.stretch:
                QApplication.clipboard().setText(self.copy_text())
        elif event.key() == Qt.Key.Key_Escape and self.stretch:
            self.clear_selection()
        elif event.key() in _ARROWS and self.stretch and event.modifiers() == Qt.KeyboardModifier.ShiftModifier:
            self._grow(*_ARROWS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Letting go of Shift ends a selection made by key."""
        super().keyReleaseEvent(event)
        if event.key() == Qt.Key.Key_Shift and self._key_end.isActive():
            self._announce_keyed()

    def _grow(self, chars: int, lines: int) -> None:
        """Move the free end of the selection by a character or a line; the end where the selection began stays."""
        if self.stretch is None:
            return
        fixed = self._anchor.start if self._anchor else self.stretch.start
        free = self.stretch.start if self.stretch.end == fixed else self.stretch.end
        head = self.printed.beside(free, chars) if chars else self.printed.above_or_below(free, lines)
        first, last = sorted((fixed, head))
        if first < last:
            self._anchor = Stretch(fixed, fixed)
            self._select(Stretch(first, last))
            self._key_end.start()

    def _announce_keyed(self) -> None:
        self._key_end.stop()
        if self.stretch:
            text = self.renderer.texts.get(self.stretch.end.page)
            spot = max(self.stretch.end.char - 1, 0)
            if text and spot < len(text.text):
                box = text.box(spot)
                corner = self.pages.to_sheet(self.stretch.end.page).map(QPointF(box.x1, box.y1))
                self._announce(self.on_viewport(corner))

    def viewportEvent(self, event: QEvent) -> bool:
        """Say what the pointer rests on."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.hint_at(QPointF(event.pos())), self.viewport())
            return True
        return super().viewportEvent(event)
