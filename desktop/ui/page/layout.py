"""Where every page lies on the long sheet that the view scrolls over, in device pixels.

Device pixels, not Qt's logical ones: only then is a page image painted pixel for pixel at 125 or 150 % screen scaling.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QPoint, QPointF, QRect, QSize
from PySide6.QtGui import QTransform

from desktop.rendering.protocol import page_matrix, turned

SIZES = tuple[tuple[float, float], ...]
MIN_ZOOM, MAX_ZOOM = 0.25, 5.0
STEPS = (0.25, 0.33, 0.5, 0.67, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0, 5.0)
_PIXELS_A_POINT = 96 / 72  # at 100 % and a device pixel ratio of 1
_MARGIN = 14  # logical pixels between pages and around them


class Fit(Enum):
    """What the zoom follows when the window changes."""

    NONE = auto()
    WIDTH = auto()
    PAGE = auto()


@dataclass(frozen=True, slots=True)
class Arrangement:
    """How pages are to be shown. `zoom` 1.0 is 96 dpi a logical pixel; `columns` 1 or 2; `single` shows one row at a time."""

    zoom: float = 1.0
    fit: Fit = Fit.WIDTH
    rotation: int = 0
    columns: int = 1
    single: bool = False


def stepped(zoom: float, up: bool) -> float:
    """The next larger or smaller step of the ladder."""
    if up:
        return next((step for step in STEPS if step > zoom + 0.005), MAX_ZOOM)
    return next((step for step in reversed(STEPS) if step < zoom - 0.005), MIN_ZOOM)


class Layout:
    """Pages of `sizes` (points) laid under one another for a viewport of `viewport` device pixels."""

    def __init__(self, sizes: SIZES, arrangement: Arrangement, viewport: QSize, ratio: float) -> None:
        self.sizes = sizes
        self.rotation = arrangement.rotation
        self.ratio = ratio
        self._margin = round(_MARGIN * ratio)
        self._columns = arrangement.columns
        self.zoom = self._fitted(arrangement, viewport)
        self.scale = self.zoom * _PIXELS_A_POINT * ratio  # device pixels a point
        self.boxes: list[QRect] = []
        self._slots: list[tuple[int, int]] = []  # with `single`: the heights between which each row has the view to itself
        self._place(viewport.width(), viewport.height() if arrangement.single else 0)
        rows = [self.boxes[n : n + self._columns] for n in range(0, self.count, self._columns)]
        self._tops = [row[0].top() for row in rows]
        self._ends = [max(box.top() + box.height() for box in row) for row in rows]

    def _fitted(self, arrangement: Arrangement, viewport: QSize) -> float:
        if arrangement.fit is Fit.NONE or not self.sizes:
            return min(max(arrangement.zoom, MIN_ZOOM), MAX_ZOOM)
        shown = [turned(size, self.rotation) for size in self.sizes]
        # The usual size, so that one fold-out does not make all others small.
        across, down = (sorted(size[n] for size in shown)[len(shown) // 2] for n in (0, 1))
        room = (viewport.width() - (self._columns + 1) * self._margin) / self._columns
        scale = room / across
        if arrangement.fit is Fit.PAGE:
            scale = min(scale, (viewport.height() - 2 * self._margin) / down)
        return min(max(scale / _PIXELS_A_POINT / self.ratio, MIN_ZOOM), MAX_ZOOM)

    def _place(self, room: int, slot: int) -> None:
        extents = [self._extent(size) for size in self.sizes]
        rows = [extents[n : n + self._columns] for n in range(0, len(extents), self._columns)]
        widths = [sum(size.width() for size in row) + self._margin * (len(row) + 1) for row in rows]
        self.width = max([*widths, 0])
        top = self._margin
        for row, width in zip(rows, widths, strict=True):
            left = (max(self.width, room) - width) // 2 + self._margin
            height = max(size.height() for size in row)
            spare = max(slot - height - 2 * self._margin, 0)
            for size in row:
                self.boxes.append(QRect(QPoint(left, top + spare // 2), size))
                left += size.width() + self._margin
            if slot:
                self._slots.append((top - self._margin, top + height + spare + self._margin))
            top += height + spare + self._margin * (2 if slot else 1)
        self.height = self._slots[-1][1] if self._slots else top

    def _extent(self, size: tuple[float, float]) -> QSize:
        across, down = turned(size, self.rotation)
        return QSize(max(round(across * self.scale), 1), max(round(down * self.scale), 1))

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self.boxes)

    def box(self, page: int) -> QRect:
        """Where the page lies. Pages count from 1."""
        return self.boxes[page - 1]

    def between(self, top: int, bottom: int) -> range:
        """The pages in rows any part of which lies between the two heights."""
        first, last = bisect_right(self._ends, top), bisect_right(self._tops, bottom)
        return range(first * self._columns + 1, min(last * self._columns, self.count) + 1)

    def row_room(self, y: int, height: int) -> tuple[int, int] | None:
        """With `single`, from where to where a view of `height` whose top is at `y` can scroll without leaving its row."""
        if not self._slots:
            return None
        at = bisect_right(self._slots, y + height // 2, key=lambda slot: slot[0]) - 1
        first, end = self._slots[max(at, 0)]
        return first, max(first, end - height)

    def page_at(self, point: QPointF) -> int:
        """The page at or nearest to the point; 0 without pages."""
        if not self.boxes:
            return 0
        row = min(bisect_right(self._ends, point.y()), len(self._ends) - 1)
        beside = range(row * self._columns, min((row + 1) * self._columns, self.count))
        return 1 + min(beside, key=lambda n: _gap(self.boxes[n], point.x()))

    def to_sheet(self, page: int) -> QTransform:
        """From points of the page to device pixels of the sheet."""
        box = self.box(page)
        matrix = page_matrix(self.sizes[page - 1], box.width(), box.height(), self.rotation)
        return QTransform(*matrix) * QTransform.fromTranslate(box.left(), box.top())

    def to_page(self, page: int, point: QPointF) -> QPointF:
        """From device pixels of the sheet to points of the page."""
        return self.to_sheet(page).inverted()[0].map(point)


def _gap(box: QRect, x: float) -> float:
    return max(box.left() - x, 0.0, x - box.left() - box.width())
