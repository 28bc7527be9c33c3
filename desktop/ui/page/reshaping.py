"""The two ends of a chosen mark: where they can be taken hold of, and what the mark is when one was pulled elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF

from desktop.bulletin.places import PlaceMap
from desktop.rendering.glyphs import PageText
from desktop.ui.page.selecting import Spot

if TYPE_CHECKING:  # a first page needs no document
    from desktop.ui.values import MarkView


@dataclass(frozen=True, slots=True)
class End:
    """One end of a mark: an edge of a character on a page, in points."""

    page: int
    edge: QLineF
    is_start: bool


def ends(mark: MarkView, places: PlaceMap, texts: Mapping[int, PageText]) -> list[End]:
    """The ends of the mark on pages whose characters are at hand."""
    parts = places.characters(mark.item, mark.start, mark.end)
    if not parts:
        return []
    found = []
    for is_start, page, char in ((True, parts[0][0], parts[0][1]), (False, parts[-1][0], parts[-1][2] - 1)):
        if page in texts:
            found.append(End(page, _edge(texts[page], char, is_start=is_start), is_start))
    return found


def _edge(text: PageText, char: int, *, is_start: bool) -> QLineF:
    """The side of the character where its line comes from, or goes on to."""
    box, (dx, dy) = text.box(char), text.heading(char)
    low = is_start == (dx + dy > 0)  # the side with the smaller coordinate
    if dx:
        x = box.x0 if low else box.x1
        return QLineF(x, box.y0, x, box.y1)
    y = box.y0 if low else box.y1
    return QLineF(box.x0, y, box.x1, y)


def pulled(mark: MarkView, end: End, spot: Spot, places: PlaceMap) -> MarkView:
    """The mark with that end at the gap `spot`; as it was where the gap is in no text of its item, or would leave nothing."""
    found = places.locate(spot.page, spot.char if end.is_start else spot.char - 1)
    if found is None or found[0] != mark.item:
        return mark
    start, stop = (found[1], mark.end) if end.is_start else (mark.start, found[1] + 1)
    text = places.text(mark.item)[start:stop]
    return replace(mark, start=start, end=stop, quote=text) if text.strip() else mark
