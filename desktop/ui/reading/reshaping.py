"""The two ends of a chosen mark on the reading page: where they can be taken hold of, and what the mark is when one was pulled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from desktop.ui.reading.composer import Sheet
from desktop.ui.reading.lazylayout import LazyLayout
from desktop.ui.theme import Theme
from desktop.ui.values import MarkView

_GRASP = 7  # px around an end


@dataclass(frozen=True, slots=True)
class End:
    """One end of a mark: an edge of a character in px of the page, and the position of the end that stays."""

    edge: QLineF
    fixed: int
    is_start: bool


def ends(mark: MarkView, sheet: Sheet, layout: LazyLayout, shown: tuple[int, int]) -> Iterator[End]:
    """The ends of the mark that lie among the positions `shown`."""
    ranges = sorted(sheet.map.ranges(mark.item, mark.start, mark.end))
    if ranges:
        low, high = ranges[0][0], max(stop for _, stop in ranges)
        if shown[0] <= low <= shown[1]:
            yield End(layout.edge(low), high, is_start=True)
        if shown[0] <= high <= shown[1]:
            yield End(layout.edge(high, after=True), low, is_start=False)


def end_at(point: QPointF, found: Iterator[End]) -> End | None:
    """The end that a point of the page, in its px, takes hold of."""

    def distance(end: End) -> float:
        beside, above = abs(point.x() - end.edge.x1()), abs(point.y() - end.edge.center().y()) - end.edge.length() / 2
        return max(beside, above)

    return min((end for end in found if distance(end) <= _GRASP), key=distance, default=None)


def pulled(mark: MarkView, end: End, position: int, sheet: Sheet) -> MarkView:
    """The mark with that end at a position; as it was where this is beyond the other end or leads out of its item."""
    if (position < end.fixed) != end.is_start:
        return mark
    stretch = sheet.map.clip(end.fixed, position)
    if stretch is None or stretch[0] != mark.item:
        return mark
    _, start, stop = stretch
    text = sheet.text_of(mark.item)[start:stop]
    return replace(mark, start=start, end=stop, quote=text) if text.strip() else mark


def draw_ends(painter: QPainter, found: Iterator[End], theme: Theme) -> None:
    """A bar at each end with a knob at its foot, as on the printed page."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for end in found:
        pen = QPen(QColor(theme.accent), 2)
        painter.setPen(pen)
        painter.drawLine(end.edge)
        pen.setWidthF(9)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawPoint(end.edge.p2())
