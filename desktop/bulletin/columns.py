"""Two columns of print: where the gutter runs, and the stretches of a page in the order in which they are read.

Used twice on the same page, by the reader to order its lines and by the parser to measure indents within a column, so that
both always agree. Boxes are (x0, y0, x1, y1) in points, y downwards, words upright.
"""

from __future__ import annotations

from collections.abc import Sequence

Rectangle = tuple[float, float, float, float]

_FEWEST = 3  # lines a column
_PLENTY = 5  # lines, below which a column must be wider than cells of a table are
_WIDE = 10.0  # times the height of its lines
_NARROWEST_GAP = 6.0
_MIDDLE = (0.36, 0.64)
_STEPS = 24
_FULL = 0.7
_FULL_SHARE = 0.4
_UNEVEN = 1.35
_ACROSS_SHARE = 0.34
_HEAD = 0.7  # of the page


def gutter(boxes: Sequence[Rectangle]) -> float | None:
    """The x of the white stripe between two columns of running text, or None for a page set in one.

    Two columns may begin below a head that stands across both.
    """
    x = _gutter(boxes)
    return x if x is not None or len(boxes) < 2 * _PLENTY else _gutter(_below_head(boxes))


def _below_head(boxes: Sequence[Rectangle]) -> list[Rectangle]:
    """The boxes below the last one in the upper part of the page that stands across its middle."""
    middle = (min(box[0] for box in boxes) + max(box[2] for box in boxes)) / 2
    top, bottom = min(box[1] for box in boxes), max(box[3] for box in boxes)
    across = (box[3] for box in boxes if box[0] < middle < box[2] and box[3] < top + _HEAD * (bottom - top))
    end = max(across, default=top)
    return [box for box in boxes if box[1] >= end]


def _gutter(boxes: Sequence[Rectangle]) -> float | None:
    if len(boxes) < 2 * _FEWEST:
        return None
    left, right = min(box[0] for box in boxes), max(box[2] for box in boxes)
    low, high = (left + (right - left) * share for share in _MIDDLE)
    if sum(1 for box in boxes if box[0] <= low and box[2] >= high) > _ACROSS_SHARE * len(boxes):
        return None
    gaps = [gap for step in range(_STEPS + 1) if (gap := _gap(boxes, low + (high - low) * step / _STEPS))]
    best = min(gaps, key=lambda gap: (_across(boxes, *gap), gap[0] - gap[1]), default=None)
    return (best[0] + best[1]) / 2 if best else None


def _across(boxes: Sequence[Rectangle], left: float, right: float) -> int:
    return sum(1 for box in boxes if box[0] < right and box[2] > left)


def _gap(boxes: Sequence[Rectangle], x: float) -> tuple[float, float] | None:
    """The white stripe around `x`, if what stands on either side of it are columns of full lines."""
    one = [box for box in boxes if box[2] <= x]
    other = [box for box in boxes if box[0] >= x]
    across = len(boxes) - len(one) - len(other)
    if min(len(one), len(other)) < _FEWEST or across > _ACROSS_SHARE * len(boxes):
        return None
    widths = [max(box[2] for box in side) - min(box[0] for box in side) for side in (one, other)]
    if min(len(one), len(other)) < _PLENTY and min(widths) < _WIDE * max(box[3] - box[1] for box in boxes):
        return None
    if max(widths) > _UNEVEN * min(widths) or not all(_is_running(side, w) for side, w in zip((one, other), widths, strict=True)):
        return None
    gap = (max(box[2] for box in one), min(box[0] for box in other))
    return gap if gap[1] - gap[0] >= _NARROWEST_GAP else None


def _is_running(side: Sequence[Rectangle], width: float) -> bool:
    """Lines of running text fill their column; cells of a table and entries of a list do not."""
    return sum(1 for box in side if box[2] - box[0] >= _FULL * width) >= _FULL_SHARE * len(side)


def stretches(boxes: Sequence[Rectangle]) -> list[tuple[list[int], bool]]:
    """Indices of the boxes by stretch, in the order of reading, and whether the stretch is a right-hand column.

    A page in one column is one stretch. Rows across the gutter part the page: what stands above them is read before them.
    """
    x = gutter(boxes)
    if x is None:
        return [(list(range(len(boxes))), False)]
    found: list[tuple[list[int], bool]] = []
    one: list[int] = []
    other: list[int] = []
    order = sorted(range(len(boxes)), key=lambda at: boxes[at][1] + boxes[at][3])
    rows = [boxes[at] for at in order if boxes[at][0] < x < boxes[at][2]]
    for at in order:
        if any(row[1] < (boxes[at][1] + boxes[at][3]) / 2 < row[3] for row in rows):
            found += [(one, False), (other, True), ([at], False)]
            one, other = [], []
        elif boxes[at][2] <= x:
            one.append(at)
        else:
            other.append(at)
    found += [(one, False), (other, True)]
    return [stretch for stretch in found if stretch[0]]
