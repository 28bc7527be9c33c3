"""QActions made from the action table, with the reader's own shortcuts laid over the defaults."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QSizePolicy, QToolBar, QWidget

from desktop.ui.actions import ACTIONS, MENUS, TOOLBAR


def _sequences(keys: str) -> list[QKeySequence]:
    return [QKeySequence(part.strip()) for part in keys.split(";") if part.strip()]


class Keymap:
    """The actions of the window by id. `overrides` are the reader's shortcuts: action id → keys ("" = none)."""

    def __init__(self, window: QWidget, handlers: Mapping[str, Callable[[], object]], overrides: dict[str, str]) -> None:
        self._overrides = overrides
        self.actions: dict[str, QAction] = {}
        self.for_documents = [entry.id for entry in ACTIONS if entry.needs_document]  # of no use without one
        groups: dict[str, QActionGroup] = {}
        for entry in ACTIONS:
            action = QAction(entry.text, window)
            action.setObjectName(entry.id)
            if entry.short:
                action.setIconText(entry.short)
            action.setShortcuts(_sequences(overrides.get(entry.id, entry.keys)))
            action.setCheckable(entry.checkable)
            handler = handlers[entry.id]
            action.triggered.connect(lambda _checked=False, handler=handler: handler())
            if entry.group:
                groups.setdefault(entry.group, QActionGroup(window)).addAction(action)
            window.addAction(action)
            self.actions[entry.id] = action

    def fill_menus(self, bar: QMenuBar) -> None:
        """Build the menus from the table."""
        menus = {name: bar.addMenu(name) for name in MENUS}
        under: dict[str, QMenu] = {}
        for entry in ACTIONS:
            if entry.menu:
                if entry.line_before:
                    menus[entry.menu].addSeparator()
                if entry.under and entry.under not in under:
                    under[entry.under] = menus[entry.menu].addMenu(entry.under)
                under.get(entry.under, menus[entry.menu]).addAction(self.actions[entry.id])

    def fill_toolbar(self, bar: QToolBar, widgets: Mapping[str, QWidget]) -> None:
        """Build the tool bar: words, no mystery icons; `widgets` stand where the table names them, a blank pushes the rest to the right."""
        for name in TOOLBAR:
            if name == "|":
                bar.addSeparator()
            elif name in widgets:
                bar.addWidget(widgets[name])
            elif name == " ":
                blank = QWidget()
                blank.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
                bar.addWidget(blank)
            else:
                bar.addAction(self.actions[name])
                self.actions[name].setToolTip(self._tip(name))

    def _tip(self, action_id: str) -> str:
        keys = self.keys(action_id).split(";")[0]
        text = self.actions[action_id].text().rstrip("…")
        return f"{text}（{keys}）" if keys else text

    def check(self, action_id: str, *, on: bool = True) -> None:
        """Show a checkable action as on or off without running it."""
        self.actions[action_id].setChecked(on)

    def table(self) -> list[tuple[str, str, str, str]]:
        """Every action as (id, menu, text, keys)."""
        return [(entry.id, entry.menu, entry.text, self.keys(entry.id)) for entry in ACTIONS]

    def keys(self, action_id: str) -> str:
        """The shortcuts of an action as shown to the reader."""
        return "; ".join(
            sequence.toString(QKeySequence.SequenceFormat.NativeText) for sequence in self.actions[action_id].shortcuts()
        )

    def user_of(self, keys: str, but: str = "") -> str | None:
        """The text of the action that has this shortcut already, or None."""
        wanted = QKeySequence(keys)
        for name, action in self.actions.items():
            if name != but and wanted in action.shortcuts():
                return action.text()
        return None

    def set_keys(self, action_id: str, keys: str) -> None:
        """Give an action another shortcut ("" for none) and remember it in the overrides."""
        self.actions[action_id].setShortcuts(_sequences(keys))
        self._overrides[action_id] = keys

    def reset(self, action_id: str) -> None:
        """Back to the default shortcut."""
        default = next(entry.keys for entry in ACTIONS if entry.id == action_id)
        self.actions[action_id].setShortcuts(_sequences(default))
        self._overrides.pop(action_id, None)
