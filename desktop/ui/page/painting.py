"""Paints pages and what lies on them. Everything here works in device pixels of the sheet (see `layout`).

The printed page stays dark ink on light paper in every theme: inverted scans and photographs cannot be read. What lies on it is
therefore taken from the light theme's colours, and multiplied, so that ink stays ink; a dark theme only dims the whole page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPainterPath, QPen

from desktop.rendering import sentences
from desktop.rendering.cache import ImageCache, Picture
from desktop.rendering.protocol import ImageKey
from desktop.ui.page.layout import Layout
from desktop.ui.page.marking import UNDERLINE
from desktop.ui.page.wishes import whole_key
from desktop.ui.theme import LIGHT, Theme

if TYPE_CHECKING:  # a first page needs no document
    from desktop.ui.values import MarkView

_PAPER = QColor("white")
DIM = QColor("#ddd9d2")  # multiplied onto the page in dark themes
_HIT = QColor("#ffcf70")
_SHADOW = QColor(0, 0, 0, 26)
_MULTIPLY = QPainter.CompositionMode.CompositionMode_Multiply


@dataclass(slots=True)
class Overlay:
    """What lies on one page, as areas in points."""

    marks: Sequence[tuple[MarkView, QPainterPath]] = ()
    hits: QPainterPath = field(default_factory=QPainterPath)
    selection: QPainterPath = field(default_factory=QPainterPath)
    flash: QPainterPath = field(default_factory=QPainterPath)
    handles: Sequence[QLineF] = ()  # the ends of the chosen mark


class PagePainter:
    """Paints one page after another with an open QPainter whose units are device pixels of the sheet."""

    def __init__(self, painter: QPainter, layout: Layout, cache: ImageCache, theme: Theme) -> None:
        self._painter = painter
        self._layout = layout
        self._cache = cache
        self._theme = theme

    def paint(self, page: int, overlay: Overlay) -> None:
        """The page's shadow, paper, best images at hand, and overlay."""
        box = self._layout.box(page)
        self._shadow(box)
        self._painter.fillRect(box, _PAPER)
        self._images(box, whole_key(self._layout, page))
        self._overlay(page, overlay)
        if self._theme.dark:
            self._painter.setCompositionMode(_MULTIPLY)
            self._painter.fillRect(box, DIM)
            self._painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)

    def placeholder(self, page: int, view: QRect) -> None:
        """The sentence of a page that cannot be shown, in the middle of the part that is in view."""
        box = self._layout.box(page)
        self._shadow(box)
        self._painter.fillRect(box, DIM if self._theme.dark else _PAPER)
        font = QFont(self._painter.font())
        font.setPixelSize(max(round(15 * self._layout.ratio), 1))
        self._painter.setFont(font)
        self._painter.setPen(QColor(LIGHT.faint))
        inner = box.intersected(view).adjusted(box.width() // 10, 0, -box.width() // 10, 0)
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        self._painter.drawText(QRectF(inner), int(flags), sentences.PAGE_UNREADABLE)

    def _shadow(self, box: QRect) -> None:
        unit = max(round(self._layout.ratio), 1)
        for reach in (3, 2, 1):
            self._painter.fillRect(box.adjusted(-unit * (reach - 1), unit, unit * reach, unit * (reach + 1)), _SHADOW)

    def _images(self, box: QRect, whole: ImageKey) -> None:
        picture = self._cache.get(whole)
        if picture is not None:
            self._draw(box, picture)
            return
        stand_in = self._cache.stand_in(whole)
        if stand_in is not None:
            self._draw(box, stand_in)
        for part in self._cache.clips(whole):
            x0, y0, _, _ = part.key.area
            self._draw(QRect(box.x() + x0, box.y() + y0, part.width, part.height), part)

    def _draw(self, target: QRect, picture: Picture) -> None:
        image = QImage(picture.data, picture.width, picture.height, picture.stride, QImage.Format.Format_RGB888)
        exact = abs(target.width() - picture.width) <= 1 and abs(target.height() - picture.height) <= 1
        if exact:  # a pixel more or less comes from rounding; stretching by it would blur the whole page
            self._painter.drawImage(target.topLeft(), image)
        else:
            self._painter.drawImage(target, image)

    def _overlay(self, page: int, overlay: Overlay) -> None:
        painter = self._painter
        painter.save()
        painter.setTransform(self._layout.to_sheet(page), combine=True)
        painter.setCompositionMode(_MULTIPLY)
        colors = (LIGHT if self._theme.dark else self._theme).marks
        painter.fillPath(overlay.hits, _HIT)
        for mark, path in overlay.marks:
            painter.fillPath(path, mark_color(mark, colors))
        painter.fillPath(overlay.selection, QColor((LIGHT if self._theme.dark else self._theme).selection))
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        if not overlay.flash.isEmpty():
            self._frame(overlay.flash)
        for edge in overlay.handles:
            self._handle(edge)
        painter.restore()

    def _handle(self, edge: QLineF) -> None:
        pen = QPen(QColor(LIGHT.accent), 2 * self._layout.ratio)
        pen.setCosmetic(True)
        self._painter.setPen(pen)
        self._painter.drawLine(edge)
        pen.setWidthF(9 * self._layout.ratio)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        self._painter.setPen(pen)
        self._painter.drawPoint(edge.p2())

    def _frame(self, path: QPainterPath) -> None:
        pen = QPen(QColor(LIGHT.accent), 2 * self._layout.ratio)
        pen.setCosmetic(True)  # as thick at every zoom
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        self._painter.setPen(pen)
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.drawPath(path.simplified())


def mark_color(mark: MarkView, colors: dict[str, str]) -> QColor:
    """The colour to multiply onto the page for a mark."""
    color = QColor(colors.get(mark.color, colors.get("yellow", "#ffe27a")))
    # A pale colour that suits a wide band is invisible as a thin line.
    return QColor.fromHsv(color.hue(), min(color.saturation() + 110, 255), 200) if mark.style == UNDERLINE else color


def on_device_pixels(painter: QPainter, ratio: float) -> None:
    """Make the painter's unit one device pixel and put its origin exactly on one.

    At fractional screen scaling a widget may begin between two device pixels; without this every page would be blurred.
    """
    painter.scale(1 / ratio, 1 / ratio)
    at = painter.deviceTransform()
    painter.translate(round(at.dx()) - at.dx(), round(at.dy()) - at.dy())


def sheet_painter(painter: QPainter, ratio: float, left: int, top: int) -> None:
    """Set the painter up for sheet coordinates with `left`, `top` in the viewport's corner."""
    on_device_pixels(painter, ratio)
    painter.translate(-left, -top)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
