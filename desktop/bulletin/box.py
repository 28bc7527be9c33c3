"""Where something stands on a page. By itself, because the window needs it before it needs all that a page is made of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in points, origin top left; x0 <= x1 and y0 <= y1."""

    x0: float
    y0: float
    x1: float
    y1: float
