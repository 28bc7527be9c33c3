"""The marks of a document by page: what to paint there and which mark stands under the pointer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainterPath

from desktop.bulletin.box import Box
from desktop.bulletin.places import PlaceMap
from desktop.rendering.glyphs import PageText

if TYPE_CHECKING:  # a first page needs no document
    from desktop.ui.values import MarkView

UNDERLINE = "underline"
# From … to, as shares of a line's height counted from its foot. Han glyphs reach a little out of the boxes that fonts declare.
_BAND = (-0.02, 1.07)
_LINE = (0.0, 0.09)
_FRAME = (-0.08, 1.13)  # clear of the glyphs: a frame is drawn on the edge


def bridged(text: PageText, stretches: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The stretches in page order, joined where only blanks lie between: canonical text has no blank between Han and digits."""
    joined: list[tuple[int, int]] = []
    for first, last in sorted(stretches):
        if joined and not text.text[joined[-1][1] : first].strip():
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return joined


def band_path(text: PageText, stretches: Iterable[tuple[int, int]]) -> QPainterPath:
    """The area of the characters, in points."""
    return _path(text, stretches, *_BAND)


def underline_path(text: PageText, stretches: Iterable[tuple[int, int]]) -> QPainterPath:
    """A line at the characters' feet, in points."""
    return _path(text, stretches, *_LINE)


def frame_path(text: PageText, stretches: Iterable[tuple[int, int]]) -> QPainterPath:
    """The area to draw a frame around the characters on, in points."""
    return _path(text, stretches, *_FRAME)


def _path(text: PageText, stretches: Iterable[tuple[int, int]], low: float, high: float) -> QPainterPath:
    """Slabs along the lines, as one area: where boxes of neighbouring lines overlap nothing is coloured twice."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    for first, last in bridged(text, stretches):
        for start, end in text.stretches(first, last):
            for box in text.bands(start, end):
                path.addRect(_slab(box, text.heading(start), low, high))
    return path


def _slab(box: Box, heading: tuple[int, int], low: float, high: float) -> QRectF:
    """The part of a line's box between two heights above its foot, whichever way the line runs."""
    width, height = box.x1 - box.x0, box.y1 - box.y0
    if heading[1]:
        left = box.x0 + low * width if heading[1] > 0 else box.x1 - high * width
        return QRectF(left, box.y0, (high - low) * width, height)
    top = box.y1 - high * height if heading[0] > 0 else box.y0 + low * height
    return QRectF(box.x0, top, width, (high - low) * height)


class PageMarks:
    """Marks laid out over pages. Paths are made when a page is first painted and kept until its marks change."""

    def __init__(self, places: PlaceMap, marks: Sequence[MarkView] = ()) -> None:
        self._on_page: dict[int, dict[str, tuple[MarkView, list[tuple[int, int]]]]] = {}
        self._paths: dict[int, list[tuple[MarkView, QPainterPath]]] = {}
        for mark in marks:
            if mark.anchored:
                self._add(mark, places)

    def _add(self, mark: MarkView, places: PlaceMap) -> None:
        for page, first, last in places.characters(mark.item, mark.start, mark.end):
            self._on_page.setdefault(page, {}).setdefault(mark.uid, (mark, []))[1].append((first, last))

    def paths(self, page: int, text: PageText) -> list[tuple[MarkView, QPainterPath]]:
        """Each mark on the page with the area to paint, in points; highlights first, so that underlines stay on top."""
        if page not in self._paths:
            found = sorted(self._on_page.get(page, {}).values(), key=lambda entry: entry[0].style == UNDERLINE)
            self._paths[page] = [
                (mark, (underline_path if mark.style == UNDERLINE else band_path)(text, stretches)) for mark, stretches in found
            ]
        return self._paths[page]

    def at(self, page: int, char: int) -> list[MarkView]:
        """The marks on a character, the shortest first: a mark within a mark can be reached."""
        found = [
            mark
            for mark, stretches in self._on_page.get(page, {}).values()
            if any(first <= char < last for first, last in stretches)
        ]
        return sorted(found, key=lambda mark: mark.end - mark.start)


def on_pages(places: PlaceMap, ranges: Sequence[tuple[int, int, int]]) -> dict[int, list[tuple[int, int]]]:
    """The characters of stretches of text (item, start, end) by page: the first and the one after the last of each piece."""
    found: dict[int, list[tuple[int, int]]] = {}
    for item, start, end in ranges:
        for page, first, last in places.characters(item, start, end):
            found.setdefault(page, []).append((first, last))
    return found
