"""The order in which the lines of a page are read: from their places on the page, not from the order in the file.

Programs write running heads, notes and page numbers wherever they like; only coordinates tell what a reader sees first.
"""

from __future__ import annotations

from collections.abc import Sequence

from desktop.bulletin.columns import Rectangle, stretches

__all__ = ["Rectangle", "reading_order", "rows", "turned", "turned_back"]


def reading_order(boxes: Sequence[Rectangle]) -> list[int]:
    """Indices of the boxes (x0, y0, x1, y1; y downwards) column by column, row by row, and within a row from left to right."""
    order: list[int] = []
    for stretch, _ in stretches(boxes):
        for row in rows([boxes[at] for at in stretch]):
            order.extend(sorted((stretch[at] for at in row), key=lambda at: boxes[at][0]))
    return order


def rows(boxes: Sequence[Rectangle]) -> list[list[int]]:
    """Indices of boxes that stand on one printed row, from the top: each overlaps the row's first by half its own height."""
    found: list[list[int]] = []
    bottom = float("-inf")
    for twice_middle, _, at in sorted([(y0 + y1, x0, at) for at, (x0, y0, _, y1) in enumerate(boxes)]):
        if found and twice_middle / 2 <= bottom:
            found[-1].append(at)
        else:
            found.append([at])
            bottom = boxes[at][3] - 0.1 * (boxes[at][3] - boxes[at][1])
    return found


def turned(box: Rectangle, width: float, height: float, degrees: int) -> Rectangle:
    """A box on a page of that width and height, after the page is turned clockwise by 0, 90, 180 or 270 degrees."""
    x0, y0, x1, y1 = box
    if degrees == 90:
        return (height - y1, x0, height - y0, x1)
    if degrees == 180:
        return (width - x1, height - y1, width - x0, height - y0)
    if degrees == 270:
        return (y0, width - x1, y1, width - x0)
    return box


def turned_back(box: Rectangle, width: float, height: float, degrees: int) -> Rectangle:
    """A box as it stands once a page with words turned by `degrees` is turned back upright."""
    return turned(box, width, height, -degrees % 360)
