"""The menu under the right button in both views: what is done with the selected words, and corrections where the text can be corrected.

It is put together from the action table, so that words and keys are those of the menu bar.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QMenu

from desktop.ui.commands.correcting import CorrectingCommands
from desktop.ui.desk.desk import Desk
from desktop.ui.document_pane import DocumentPane
from desktop.ui.keymap import Keymap
from desktop.ui.page import PageView
from desktop.ui.reading import ReadingView

_WITH_SELECTION = (
    "edit.copy", "edit.copy_source", "", "mark.yellow", "mark.note", "field.palette", "memo.add", "", "edit.find_selection",
)  # fmt: skip


class ContextMenus(QObject):
    """Opens the menu where the reader asks for it."""

    def __init__(self, desk: Desk, pane: DocumentPane, correcting: CorrectingCommands, keymap: Keymap) -> None:
        super().__init__(pane)
        self._desk, self._correcting, self._keymap = desk, correcting, keymap
        pane.page.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        for view in (pane.page, pane.reading):
            view.customContextMenuRequested.connect(partial(self._open, view))

    def _open(self, view: PageView | ReadingView, at: QPoint) -> None:
        menu = self.menu(view, at)
        if menu is not None:
            menu.popup(view.viewport().mapToGlobal(at))

    def menu(self, view: PageView | ReadingView, at: QPoint) -> QMenu | None:
        """The menu at a point of a view's port; None where there is nothing to do."""
        chosen = self._desk.selection is not None
        place = self._correcting.place_at(at) if isinstance(view, ReadingView) else None
        if not (chosen or place):
            return None
        menu = QMenu(view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name in _WITH_SELECTION if chosen else ():
            if name:
                menu.addAction(self._keymap.actions[name])
            else:
                menu.addSeparator()
        if chosen and place:
            menu.addSeparator()
        if place:
            self._correcting.fill(menu, place)
        return menu
