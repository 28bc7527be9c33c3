"""The reading view: a document set in large type, read, selected and marked as the text it is.

It shows values and reports what the reader does; it stores nothing. The text is a real text document, so that screen
readers read it; markers and section heads are shown but never become part of a selection.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from desktop.ui.reading.layers import Stretch, flash_layer, footnote_tip, hit_layer, innermost, mark_layer, selections
from desktop.ui.reading.lazylayout import Run
from desktop.ui.reading.margin import MarginTags, Tag, draw_rules, draw_underlines, tags, underlines
from desktop.ui.reading.reshaping import End, draw_ends, end_at, ends, pulled
from desktop.ui.reading.sheetview import TOP, SheetView, single_shot
from desktop.ui.reading.typography import WordAt, word_at
from desktop.ui.signs import mark_tip
from desktop.ui.theme import Theme
from desktop.ui.values import DocumentView, MarkView, Selection

_FLASH_MS = 1400
_BESIDE = 200  # characters more than are on the screen: labels of lines just out of it reach in
_KEY_PAUSE_MS = 350  # a selection made with the keyboard has ended when no key was pressed for this long


class ReadingView(SheetView):
    """Shows one document with its marks and reports selections, in canonical offsets."""

    selection_made = Signal(object, QPoint)  # Selection, where it ends on the screen
    selection_cleared = Signal()
    mark_clicked = Signal(str, QPoint)
    mark_reshaped = Signal(str, int, int)  # uid, start, end: an end of the chosen mark was pulled elsewhere

    def __init__(self, theme: Theme, word_at: WordAt = word_at, parent: QWidget | None = None, *, dwell_ms: int = 1000) -> None:
        self._marks: tuple[MarkView, ...] = ()
        self._chosen: MarkView | None = None  # whose ends are shown
        self._pulled: tuple[End, MarkView] | None = None  # the end that is held, and its mark as it was
        self._hits: list[Stretch] = []
        self._flash: Stretch | None = None
        self._tags: list[Tag] = []
        self._layers: list[list[Run]] = [[], [], []]  # marks, hits, flash: each made anew only when it changes
        self._lines: list[tuple[int, int, str]] = []
        self._laid = (0, 0)  # the document positions whose layers the text widget has
        self._margin: MarginTags | None = None
        self._word_at = word_at
        self._reported: Selection | None = None
        self._press = QPoint()
        super().__init__(theme, parent, dwell_ms=dwell_ms)
        self._unflash = single_shot(self, self._end_flash)
        self._key_end = single_shot(self, self._report_selection)
        self.selectionChanged.connect(self._selection_changed)

    # What is shown

    def set_document(self, view: DocumentView | None) -> None:
        """Shows a document from its beginning, without marks and hits; None empties the view."""
        self._marks, self._hits, self._flash, self._chosen, self._pulled = (), [], None, None, None
        self._layers, self._lines, self._tags = [[], [], []], [], []  # places of the former document
        super().set_document(view)

    def set_marks(self, marks: Sequence[MarkView]) -> None:
        """Draws these marks instead of the former ones; the page stays where it is."""
        self._marks = tuple(mark for mark in marks if mark.anchored)
        self._choose(self._chosen.uid if self._chosen else "")
        self._draw_marks()

    def _choose(self, uid: str) -> None:
        """Shows the ends of this mark, by which it can be pulled longer or shorter; "" for none."""
        self._pulled = None
        self._chosen = next((mark for mark in self._marks if mark.uid == uid), None)
        self.viewport().update()

    def _ends(self) -> Iterator[End]:
        return ends(self._chosen, self._sheet, self._layout, self._on_screen()) if self._chosen else iter(())

    def _end_at(self, at: QPointF) -> End | None:
        return end_at(at + QPointF(0, self.verticalScrollBar().value()), self._ends())

    def set_hits(self, hits: Sequence[Stretch]) -> None:
        """Draws these search hits, each (item, start, end), over the marks."""
        self._hits = list(hits)
        self._layers[1] = hit_layer(self._sheet, self._hits, self._theme)
        self._lay_over()

    def _draw_layers(self) -> None:
        self._layers[1] = hit_layer(self._sheet, self._hits, self._theme)
        self._layers[2] = flash_layer(self._sheet, self._flash, self._theme) if self._flash is not None else []
        self._draw_marks()

    def _draw_marks(self) -> None:
        self._layers[0] = mark_layer(self._sheet, self._marks, self._theme)
        self._lines = underlines(self._sheet, self._marks)
        self._tags = tags(self._sheet, self._marks)
        self._margin = MarginTags(self.font(), self._theme)
        self._lay_over()

    def _lay_over(self) -> None:
        """Give the text widget the layers of what is on the screen and a screen around it."""
        low, high = self._on_screen()
        self._laid = (low - (high - low) - _BESIDE, high + (high - low) + _BESIDE)
        self.setExtraSelections([one for layer in self._layers for one in selections(self._sheet, layer, self._laid)])
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A larger window shows text whose layers were not laid yet."""
        super().resizeEvent(event)
        self._follow()

    def _scrolled(self) -> None:
        super()._scrolled()
        self._follow()

    def _follow(self) -> None:
        low, high = self._on_screen()
        if low < self._laid[0] or high > self._laid[1]:
            self._lay_over()

    def _flash_at(self, item: int, start: int, end: int) -> None:
        self._flash = (item, start, end)
        self._layers[2] = flash_layer(self._sheet, self._flash, self._theme)
        self._lay_over()
        self._unflash.start(_FLASH_MS)

    def _end_flash(self) -> None:
        self._flash, self._layers[2] = None, []
        self._lay_over()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the text, then what stands beside it."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        top, shown = self.verticalScrollBar().value(), self._on_screen()
        painter.translate(0, -top)
        draw_rules(painter, self._sheet, self._layout, self._type, self._theme, shown)
        draw_underlines(painter, self._sheet, self._layout, self._lines, self._theme, shown)
        draw_ends(painter, self._ends(), self._theme)
        painter.translate(0, top)
        if self._margin is not None and self._tags:
            left = self.viewport().width() - self._side() + 8
            first = bisect_left(self._tags, shown[0] - _BESIDE, key=lambda tag: tag.position)
            last = bisect_right(self._tags, shown[1] + _BESIDE, key=lambda tag: tag.position)
            self._margin.place([(self._caret_box(tag.position), tag) for tag in self._tags[first:last]], left, self._side() - 12)
            self._margin.draw(painter)
        painter.end()

    # What the reader selects

    def selection(self) -> Selection | None:
        """The selected stretch of the item where the selection started, or None."""
        caret = self.textCursor()
        stretch = self._sheet.map.clip(caret.anchor(), caret.position())
        if stretch is None:
            return None
        item, start, end = stretch
        return Selection(item, start, end, self._sheet.text_of(item)[start:end])

    def clear_selection(self) -> None:
        """Takes the selection away; the caret stays."""
        position = self.textCursor().position()
        self._set_caret(position, position)

    def _selection_changed(self) -> None:
        if self._reported is not None and not self.textCursor().hasSelection():
            self._reported = None
            self.selection_cleared.emit()

    def _report_selection(self) -> None:
        """Shows the selection as it was understood, and reports it."""
        selection = self.selection()
        if selection is None:
            return
        forward = self.textCursor().anchor() <= self.textCursor().position()
        pieces = list(self._sheet.map.ranges(selection.item, selection.start, selection.end))
        low, high = min(piece[0] for piece in pieces), max(piece[1] for piece in pieces)
        self._set_caret(low if forward else high, high if forward else low)
        if selection != self._reported:
            self._reported = selection
            self.selection_made.emit(selection, self.viewport().mapToGlobal(self.cursorRect().bottomLeft()))

    def copy_text(self) -> str:
        """What a copy of the selection gives: the text as shown, markers included, without line-break blanks."""
        return self.textCursor().selection().toPlainText()

    def createMimeDataFromSelection(self) -> QMimeData:
        """Copies plain text only: colours and sizes of the page have no business in another paper."""
        data = QMimeData()
        data.setText(self.copy_text())
        return data

    # Mouse and keys

    def mark_at(self, at: QPoint) -> MarkView | None:
        """The innermost mark under a point of the viewport, its labels in the margin included."""
        uid = self._margin.at(QPointF(at)) if self._margin else None
        if uid is not None:
            return next((mark for mark in self._marks if mark.uid == uid), None)
        spot = self._character_at(at)
        return innermost(self._marks, *spot) if spot else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Takes hold of an end of the chosen mark, else remembers where a click began."""
        self._press = event.position().toPoint()
        end = self._end_at(event.position()) if event.button() == Qt.MouseButton.LeftButton else None
        if end and self._chosen:
            self._pulled = (end, self._chosen)
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Shows the mark as it would be while its end is pulled."""
        if self._pulled is None:
            over_end = not event.buttons() and self._end_at(event.position()) is not None
            self.viewport().setCursor(Qt.CursorShape.SizeHorCursor if over_end else Qt.CursorShape.IBeamCursor)
            super().mouseMoveEvent(event)
            return
        position = self.cursorForPosition(event.position().toPoint()).position()
        end, mark = self._pulled
        shown = pulled(mark, end, position, self._sheet)
        if shown != self._chosen:
            self._marks = tuple(shown if one.uid == mark.uid else one for one in self._marks)
            self._chosen = shown
            self._draw_marks()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Leaves the end where it was pulled to, ends a selection, or clicks a mark."""
        if self._pulled is not None and self._chosen is not None:
            (_, before), self._pulled = self._pulled, None
            if before != self._chosen:
                self.mark_reshaped.emit(before.uid, self._chosen.start, self._chosen.end)
            return
        super().mouseReleaseEvent(event)
        if event.button() != Qt.MouseButton.LeftButton:
            return
        at = event.position().toPoint()
        if self.textCursor().hasSelection():
            self._report_selection()
        elif (at - self._press).manhattanLength() < QApplication.startDragDistance():
            mark = self.mark_at(at)
            self._choose(mark.uid if mark else "")
            if mark is not None:
                self.mark_clicked.emit(mark.uid, event.globalPosition().toPoint())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Selects the word under the pointer."""
        super().mouseDoubleClickEvent(event)
        spot = self._character_at(event.position().toPoint())
        if spot is None:
            return
        item, offset = spot
        pieces = list(self._sheet.map.ranges(item, *self._word_at(self._sheet.text_of(item), offset)))
        if pieces:
            self._set_caret(*pieces[0])

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl and the wheel change the size of the type."""
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
            return
        self._enlarge(1 if event.angleDelta().y() > 0 else -1)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turns pages without losing the line, opens the mark at the caret, and ends selections made by key."""
        key, shift = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        paging = key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp) and not event.modifiers()
        if paging or (key == Qt.Key.Key_Space and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier):
            self._turn(-1 if key == Qt.Key.Key_PageUp or (key == Qt.Key.Key_Space and shift) else 1)
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self._select_item()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._open_mark_at_caret()
        elif key == Qt.Key.Key_Escape and self.textCursor().hasSelection():
            self.clear_selection()
        else:
            super().keyPressEvent(event)
            self._show_caret()
            if self.textCursor().hasSelection():
                self._key_end.start(_KEY_PAUSE_MS)

    def _show_caret(self) -> None:
        """The text widget scrolls a caret into sight by heights that may be put right when the screen is set."""
        if not self.viewport().rect().contains(self.cursorRect().center()):
            self.ensureCursorVisible()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Letting go of Shift ends a selection made by key."""
        super().keyReleaseEvent(event)
        if event.key() == Qt.Key.Key_Shift and self._key_end.isActive():
            self._key_end.stop()
            self._report_selection()

    def _turn(self, direction: int) -> None:
        """One screen on, with two lines kept in sight; the caret follows so that no later key jumps back."""
        step = self.viewport().height() - 2 * self._type.line()
        title = self._next_title() if direction > 0 else None
        if title is not None and title < step:  # the item has ended on this screen: the next one begins at the top
            step = max(title, 40)
        self.verticalScrollBar().setValue(self.verticalScrollBar().value() + direction * max(step, 40))
        line = self._line_being_read()
        self._set_caret(line, line)

    def _select_item(self) -> None:
        """Select the item being read, not the whole issue: nobody quotes that."""
        here = self.selection() or self.place()
        item = here.item if isinstance(here, Selection) else here[0] if here else None
        if item is not None:
            segments = self._sheet.map.segments(item)
            self._set_caret(segments[0].at, max(segment.stop for segment in segments))
            self._report_selection()

    def _next_title(self) -> int | None:
        """How far below its place at the top the title of the item after the one being read stands."""
        items, here = self._sheet.map.items, self.place()
        after = items.index(here[0]) + 1 if here else len(items)
        if after >= len(items):
            return None
        return round(self._caret_box(self._sheet.map.segments(items[after])[0].at).top()) - TOP

    def _open_mark_at_caret(self) -> None:
        spot = self._sheet.map.character(self.textCursor().position())
        mark = innermost(self._marks, *spot) if spot else None
        if mark is not None:
            self._choose(mark.uid)
            self.mark_clicked.emit(mark.uid, self.viewport().mapToGlobal(self.cursorRect().bottomLeft()))

    def viewportEvent(self, event: QEvent) -> bool:
        """Shows a mark's note and fields, or a footnote, where the pointer rests."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            tip = self.tip_at(event.pos())
            if tip:
                QToolTip.showText(event.globalPos(), tip, self.viewport())
            else:
                QToolTip.hideText()
            return True
        return super().viewportEvent(event)

    def tip_at(self, at: QPoint) -> str:
        """What the pointer is told at a point of the viewport: the footnote referred to, else the mark's note and fields."""
        spot = self._character_at(at)
        footnote = footnote_tip(self._view, *spot) if spot else ""
        mark = self.mark_at(at)
        return footnote or (mark_tip(mark) if mark else "")
