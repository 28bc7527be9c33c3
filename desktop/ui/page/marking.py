"""The marks of a document by page: what to paint there and which mark stands under the pointer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainterPath

from desktop.bulletin.places import PlaceMap
from desktop.rendering.glyphs import PageText
from desktop.ui.values import MarkView

UNDERLINE = "underline"
_LINE_SHARE = 0.09  # of the text's height: how thick an underline is
_ABOVE, _BELOW = 0.07, 0.02  # of a line's height: Han glyphs reach a little out of the boxes that fonts declare


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
    """The area of the characters in points. Painted in one go, so that lines whose boxes overlap are not coloured twice."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    for first, last in bridged(text, stretches):
        for box in text.bands(first, last):
            height = box.y1 - box.y0
            path.addRect(QRectF(box.x0, box.y0 - _ABOVE * height, box.x1 - box.x0, (1 + _ABOVE + _BELOW) * height))
    return path


def underline_path(text: PageText, stretches: Iterable[tuple[int, int]]) -> QPainterPath:
    """A line under the characters, in points; beside them where the text is set vertically."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    for first, last in bridged(text, stretches):
        for box in text.bands(first, last):
            width, height = box.x1 - box.x0, box.y1 - box.y0
            tall = text.box(first).y1 - text.box(first).y0
            upright = height <= 1.6 * tall or width >= height
            thick = _LINE_SHARE * (tall if upright else width)
            path.addRect(QRectF(box.x0, box.y1 - thick, width, thick) if upright else QRectF(box.x0, box.y0, thick, height))
    return path


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
