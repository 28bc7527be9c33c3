"""A sheet that the reader steers: zoom, fit, rotation and flow, the wheel and the keys."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from desktop.rendering.client import Renderer
from desktop.ui.page.layout import MAX_ZOOM, MIN_ZOOM, Fit, stepped
from desktop.ui.page.sheet import LINE, Sheet
from desktop.ui.theme import Theme

_NOTCH = 120  # Qt's unit for one notch of the wheel
_ZOOM_A_NOTCH = 1.12


class SteeredSheet(Sheet):
    """Adds what the reader does to see other pages, or the same ones otherwise."""

    def __init__(self, renderer: Renderer, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(renderer, theme, parent)
        self._overshoot = 0.0

    # --- zoom, fit, rotation

    def set_zoom(self, zoom: float, about: QPointF | None = None) -> None:
        """Zoom, 0.25 … 5; the place under `about` (viewport, logical) keeps still."""
        self.arrangement = replace(self.arrangement, zoom=min(max(zoom, MIN_ZOOM), MAX_ZOOM), fit=Fit.NONE)
        self.lay_out(about)
        self.arranged.emit()

    def zoom_in(self) -> None:
        """To the next larger step."""
        self.set_zoom(stepped(self.zoom, up=True))

    def zoom_out(self) -> None:
        """To the next smaller step."""
        self.set_zoom(stepped(self.zoom, up=False))

    def fit_width(self) -> None:
        """Fit the usual page width to the window, now and when the window changes."""
        self._arrange(fit=Fit.WIDTH)

    def fit_page(self) -> None:
        """Fit the usual page to the window, now and when the window changes."""
        self._arrange(fit=Fit.PAGE)

    def rotate(self, degrees: int = 90) -> None:
        """Turn all pages clockwise by a multiple of 90 degrees."""
        self._arrange(rotation=(self.arrangement.rotation + degrees) % 360)

    def set_flow(self, columns: int = 1, *, single: bool = False) -> None:
        """One page, or two side by side; all under one another, or with `single` one row at a time."""
        self._arrange(columns=columns, single=single)

    def _arrange(self, **changes: object) -> None:
        self.arrangement = replace(self.arrangement, zoom=self.zoom, **changes)  # type: ignore[arg-type]
        self.lay_out()
        self._leisure.start()
        self.arranged.emit()

    # --- wheel and keys

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; with Ctrl zoom about the pointer."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.set_zoom(self.zoom * _ZOOM_A_NOTCH ** (event.angleDelta().y() / _NOTCH), event.position())
        else:
            exact = event.pixelDelta()
            delta = QPointF(exact) if not exact.isNull() else QPointF(event.angleDelta()) * (3 * LINE / _NOTCH)
            sideways = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._scroll_by(delta.y() if sideways else delta.x(), 0.0 if sideways else delta.y())
        event.accept()

    def _scroll_by(self, dx: float, dy: float) -> None:
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        across.setValue(across.value() - round(dx * self.ratio))
        goal = down.value() - round(dy * self.ratio)
        room = self.pages.row_room(down.value(), self._viewport_size().height())
        if room and not room[0] <= goal <= room[1]:
            self._beyond_row(room, -dy)
        else:
            self._overshoot = 0.0
            down.setValue(goal)

    def _beyond_row(self, room: tuple[int, int], down: float) -> None:
        """At the end of the one row in view: stop there; whoever goes on by a line or more turns the page."""
        bar = self.verticalScrollBar()
        edge = room[1] if down > 0 else room[0]
        self._overshoot = self._overshoot + down if bar.value() == edge else 0.0
        bar.setValue(edge)
        if abs(self._overshoot) >= LINE:
            forward, self._overshoot = self._overshoot > 0, 0.0
            height = self._viewport_size().height()
            beside = edge + height if forward else edge - 1 - height // 2
            follows = self.pages.row_room(beside, height)
            if follows and follows != room:
                bar.setValue(follows[0] if forward else follows[1])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows by lines, Page Up/Down and Space by screens, Home and End, Left and Right by pages when all is in view."""
        bar, screen = self.verticalScrollBar(), self.viewport().height() - LINE
        back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        steps: dict[int, int] = {
            Qt.Key.Key_Down: -LINE,
            Qt.Key.Key_Up: LINE,
            Qt.Key.Key_PageDown: -screen,
            Qt.Key.Key_PageUp: screen,
            Qt.Key.Key_Space: screen if back else -screen,
        }
        key = event.key()
        if event.modifiers() & Qt.KeyboardModifier.AltModifier:
            event.ignore()
        elif key in steps:
            self._scroll_by(0, steps[key])
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            bar.setValue(0 if key == Qt.Key.Key_Home else bar.maximum())
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._sideways(1 if key == Qt.Key.Key_Right else -1)
        else:
            event.ignore()

    def _sideways(self, direction: int) -> None:
        if self.horizontalScrollBar().maximum():
            self._scroll_by(-direction * LINE, 0)
        else:
            self.go_to_page(self._page + direction * self.arrangement.columns)
            self._settling.start()
