"""Highlights, notes, fields on passages: the bar at the selection, the list of marks, copying with the source."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QCursor, QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop.archive import catalogue, marking
from desktop.ui.desk.desk import Desk
from desktop.ui.desk.viewing import source_line
from desktop.ui.document_pane import DocumentPane
from desktop.ui.floating import LINE
from desktop.ui.mark_bar import MarkBar
from desktop.ui.marks_panel import MarksPanel
from desktop.ui.note_editor import NoteEditor
from desktop.ui.theme import MARK_NAMES
from desktop.ui.values import MarkView, Selection


class MarkingCommands(QObject):
    """Turns selections into marks. Nothing is asked; every change is saved at once and can be undone."""

    def __init__(self, desk: Desk, pane: DocumentPane, bar: MarkBar, editor: NoteEditor, panel: MarksPanel) -> None:
        super().__init__(pane)
        self._desk = desk
        self._pane = pane
        self._bar = bar
        self._editor = editor
        self._panel = panel
        self._point, self._height = QPoint(), LINE  # the foot of the lines last chosen, and how high they are together
        pane.selection_made.connect(self._selected)
        pane.selection_cleared.connect(self._cleared)
        pane.mark_clicked.connect(self._clicked)
        pane.mark_reshaped.connect(self._reshaped)
        pane.place_changed.connect(self._left_mark)
        pane.view_changed.connect(lambda _view: bar.hide())
        for view in (pane.page, pane.reading):
            view.verticalScrollBar().valueChanged.connect(partial(self._scrolled, view))
        bar.color_chosen.connect(self.color)
        bar.underline_chosen.connect(self.underline)
        bar.note_requested.connect(self.note)
        bar.copy_requested.connect(self.copy_with_source)
        bar.delete_requested.connect(self.delete)
        editor.saved.connect(self._save_note)
        panel.mark_chosen.connect(self.choose)
        panel.mark_deleted.connect(self._delete)
        panel.mark_placed.connect(self.place)
        panel.note_edited.connect(self._save_note)
        desk.marks_changed.connect(self._show_marks)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What this class does for the action table."""
        colors: dict[str, Callable[[], object]] = {f"mark.{color}": partial(self.color, color) for color in MARK_NAMES}
        return {
            **colors, "mark.underline": self.underline, "mark.note": self.note, "mark.delete": self.delete,
            "edit.copy": self.copy, "edit.copy_source": self.copy_with_source,
        }  # fmt: skip

    def color(self, color: str) -> None:
        """Highlight the selection, or give the chosen mark another colour."""
        if self._desk.selection:
            self._add(color=color)
        elif self._desk.selected_mark:
            self._change(color=color, style="highlight")
        else:
            self._desk.said.emit("请先选中要划线的文字。")

    def underline(self) -> None:
        """Underline the selection, or make the chosen mark an underline."""
        if self._desk.selection:
            self._add(style="underline")
        elif self._desk.selected_mark:
            self._change(style="underline")
        else:
            self._desk.said.emit("请先选中要划线的文字。")

    def note(self) -> None:
        """Write a note on the chosen mark, or on a new highlight of the selection."""
        mark = self._add() if self._desk.selection else self._desk.mark(self._desk.selected_mark)
        if mark:
            self._bar.hide()
            point = self._point if not self._point.isNull() else QCursor.pos()
            self._editor.edit(mark.uid, mark.note, point, self._height)
        else:
            self._desk.said.emit("请先选中要批注的文字。")

    def mark_selection(self) -> MarkView | None:
        """The mark to be tagged: the one on exactly the selection, a new one on it, or the chosen mark."""
        selection = self._desk.selection
        if selection is None:
            return self._desk.mark(self._desk.selected_mark)
        same = next(
            (m for m in self._desk.marks if (m.item, m.start, m.end) == (selection.item, selection.start, selection.end)), None
        )
        return same or self._add(keep_selection=True)

    def choose(self, uid: str) -> None:
        """Go to a mark from the list."""
        mark = self._desk.mark(uid)
        if mark:
            self._desk.selected_mark = uid
            if mark.anchored:
                self._pane.go_to(mark.item, mark.start, mark.end)
                self._desk.set_place(mark.item, mark.start)

    def place(self, uid: str) -> None:
        """Put a mark whose words are gone on the words that are selected."""
        selection, library = self._desk.selection or self._pane.selection(), self._desk.library
        if selection is None:
            self._desk.said.emit("请先在正文中选中这处划线应在的文字。")
        elif self._desk.attempt(lambda: marking.reanchor(library, uid, selection.item, selection.start, selection.end)):
            self._pane.clear_selection()
            self._desk.said.emit("已重新定位，可撤销。")

    def delete(self) -> None:
        """Delete the chosen mark; Ctrl+Z brings it back."""
        if self._desk.selected_mark:
            self._delete(self._desk.selected_mark)

    def copy(self) -> None:
        """Copy what is selected, without line-break blanks."""
        text = self._pane.leading().copy_text()
        if text:
            QGuiApplication.clipboard().setText(text)

    def copy_with_source(self) -> None:
        """Copy the selection (or the chosen mark, or the current item) with its source line."""
        selection, mark, item = self._desk.selection, self._desk.mark(self._desk.selected_mark), self._desk.item()
        text = selection.text if selection else mark.quote if mark else "\n".join(p.text for p in item.passages) if item else ""
        if text and self._desk.document:
            source = source_line(catalogue.issue(self._desk.library, self._desk.document.issue))
            QGuiApplication.clipboard().setText(text + source)
            self._desk.said.emit("已复制，并附出处。")
        self._bar.hide()

    def _add(self, *, color: str = "yellow", style: str = "highlight", keep_selection: bool = False) -> MarkView | None:
        selection = self._desk.selection
        if selection is None:
            return None
        uids: list[str] = []

        def work() -> None:
            mark = marking.add(self._desk.library, selection.item, selection.start, selection.end, color=color, style=style)
            uids.append(mark.uid)

        if not self._desk.attempt(work):
            return None
        if not keep_selection:
            self._desk.selection = None
            self._pane.clear_selection()
            self._bar.hide()
        self._desk.selected_mark = uids[0]
        return self._desk.mark(uids[0])

    def _change(self, *, color: str | None = None, style: str | None = None) -> None:
        uid = self._desk.selected_mark
        self._desk.attempt(lambda: marking.update(self._desk.library, uid, color=color, style=style))
        self._bar.hide()

    def _save_note(self, uid: str, text: str) -> None:
        """Also on a mark of an issue that is no longer shown: the reader may have turned to another one while writing."""
        mark = self._desk.mark(uid)
        if text != (mark.note if mark else ""):
            self._desk.attempt(lambda: marking.update(self._desk.library, uid, note=text))

    def _delete(self, uid: str) -> None:
        self._bar.hide()
        if self._desk.attempt(lambda: marking.delete(self._desk.library, uid)):
            self._desk.selected_mark = ""
            self._desk.said.emit("已删除标注，可用 Ctrl+Z 恢复。")

    def _selected(self, selection: Selection, point: QPoint) -> None:
        self._desk.selection = selection
        self._desk.selected_mark = ""
        self._desk.set_place(selection.item, selection.start)
        self._stand_under(selection, point)
        self._bar.show_at(self._point, self._height)

    def _stand_under(self, stretch: Selection | MarkView, point: QPoint) -> None:
        """What opens for the stretch stands under its last line and hides neither words nor the ends to pull."""
        view = self._pane.leading()
        top, bottom = view.lines(stretch.item, stretch.start, stretch.end)
        self._point, self._height = QPoint(point.x(), view.viewport().mapToGlobal(QPoint(0, bottom)).y()), bottom - top

    def _cleared(self) -> None:
        self._desk.selection = None
        self._desk.selected_mark = ""
        self._bar.hide()

    def _scrolled(self, view: QWidget, _value: int) -> None:
        """The words move away from under the bar; of two views only the one with the keyboard, for the other one follows it."""
        if view is self._pane.leading():
            self._bar.hide()

    def _left_mark(self, item: int, offset: int) -> None:
        """A mark stays chosen only as long as the reader stays at it: no key may reach one that is out of sight."""
        mark = self._desk.mark(self._desk.selected_mark)
        if mark and not (mark.item == item and mark.start <= offset <= mark.end):
            self._desk.selected_mark = ""

    def _clicked(self, uid: str, point: QPoint) -> None:
        self._desk.selection = None
        self._desk.selected_mark = uid
        mark = self._desk.mark(uid)
        if mark:
            self._desk.set_place(mark.item, mark.start)
            self._panel.set_current(uid)
            self._stand_under(mark, point)
            self._bar.show_at(self._point, self._height, for_mark=True)

    def _reshaped(self, uid: str, start: int, end: int) -> None:
        self._bar.hide()
        if not self._desk.attempt(lambda: marking.update(self._desk.library, uid, start=start, end=end)):
            self._show_marks(self._desk.marks)

    def _show_marks(self, marks: tuple[MarkView, ...]) -> None:
        self._pane.set_marks(marks)
        items = self._desk.document.items if self._desk.document else ()
        self._panel.set_marks(marks, {item.id: f"第{item.ordinal}条　{item.title}" for item in items})
