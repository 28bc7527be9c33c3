"""Colour arithmetic on the theme's "#rrggbb" values, so that every widget tints and overlays in the same way."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce

from PySide6.QtGui import QColor

from desktop.ui.theme import Theme


def _each(one: QColor, other: QColor, part: Callable[[int, int], int]) -> QColor:
    return QColor(part(one.red(), other.red()), part(one.green(), other.green()), part(one.blue(), other.blue()))


def mix(one: str, other: str, share: float) -> QColor:
    """`share` (0–1) of `one` in `other`."""
    return _each(QColor(one), QColor(other), lambda a, b: round(a * share + b * (1 - share)))


def overlaid(colors: list[str], theme: Theme) -> QColor:
    """Marks over one another: they multiply like two pens on white paper; on a dark ground they average, to stay dark."""

    def over(a: int, b: int) -> int:
        return (a + b) // 2 if theme.dark else a * b // 255

    return reduce(lambda one, other: _each(one, other, over), map(QColor, colors))


def ink(color: str, theme: Theme) -> QColor:
    """A mark's colour strong enough for a thin line on paper."""
    pale = QColor(color)
    return QColor.fromHsl(max(pale.hslHue(), 0), max(pale.hslSaturation(), 150), 150 if theme.dark else 84)


def field_color(theme: Theme, field: str) -> QColor:
    """The colour of a field; fields of the reader's own share the secondary text's colour."""
    return QColor(theme.fields.get(field, theme.faint))
