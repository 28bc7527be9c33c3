"""Sets one block of a sheet in lines: fonts, inks, indents and tab stops of the present type and colours."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate, zip_longest
from math import ceil

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QTextBlock, QTextCharFormat, QTextLayout, QTextLine, QTextOption

from desktop.ui.reading.composer import HEAD, Block, Style
from desktop.ui.reading.typography import ReadingType
from desktop.ui.theme import Theme

_CENTRE = Qt.AlignmentFlag.AlignHCenter
_TIGHT = 1.5  # em between the lines of a heading, which is large already


@dataclass(frozen=True, slots=True)
class Shape:
    """A style in px of a type."""

    font: QFont
    line: float
    indent: float
    left: float
    above: float
    below: float


class Setter:
    """Knows a type and a theme, and what it made of the styles in them."""

    def __init__(self, type_: ReadingType, theme: Theme) -> None:
        self._type, self._theme = type_, theme
        self._shapes: dict[Style, Shape] = {}
        self._fonts: dict[tuple[float, bool], QFont] = {}

    def shape(self, style: Style) -> Shape:
        """The style in px."""
        if style not in self._shapes:
            em = self._type.px
            spread = min(self._type.line_height, _TIGHT) if style.bold else self._type.line_height
            self._shapes[style] = Shape(
                self._font(style.scale, bold=style.bold), float(round(em * style.scale * spread)),
                style.indent * em * style.scale, style.left * em, float(round(style.above * em)), float(round(style.below * em)),
            )  # fmt: skip
        return self._shapes[style]

    def _font(self, scale: float, *, bold: bool) -> QFont:
        """Kept, because asking for the system's families takes its time."""
        if (scale, bold) not in self._fonts:
            self._fonts[scale, bold] = self._type.font(scale, bold=bold)
        return self._fonts[scale, bold]

    def set_lines(self, shown: QTextBlock, block: Block, gap: float, side: float, measure: float) -> float:
        """Sets a block `gap` px under its top, `measure` px wide; gives its height with the gap."""
        text, shape, style = shown.text(), self.shape(block.style), block.style
        layout = shown.layout()
        layout.setFormats(self._formats(block))
        layout.setTextOption(_option(style, text, shape.font, self._type.px))
        left, room = side + shape.left, measure - shape.left
        if style.align is _CENTRE:
            narrow = _balanced(text, shape.font, room)
            left, room = left + (room - narrow) / 2, narrow
        y, indent = gap, shape.indent
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(room - indent, 1.0))
            line.setPosition(QPointF(left + indent, round(y + (shape.line - line.height()) / 2)))
            y, indent = y + shape.line, 0.0
        layout.endLayout()
        return y

    def _formats(self, block: Block) -> list[QTextLayout.FormatRange]:
        ranges = [self._range(0, block.length, block.style, bold=block.style.bold)]
        for start, length, style in block.runs:
            ranges.append(self._range(start, length, block.style if style is HEAD else style, bold=style.bold))
        return ranges

    def _range(self, start: int, length: int, style: Style, *, bold: bool) -> QTextLayout.FormatRange:
        letters = QTextCharFormat()
        letters.setFont(self._font(style.scale, bold=bold))
        letters.setForeground(QColor(getattr(self._theme, style.ink)))
        return format_range(start, length, letters)


def format_range(start: int, length: int, letters: QTextCharFormat) -> QTextLayout.FormatRange:
    """A look for some characters of a block, in UTF-16 units from its beginning."""
    made = QTextLayout.FormatRange()
    for name, value in (("start", start), ("length", length), ("format", letters)):
        setattr(made, name, value)  # fields that the binding's types do not tell
    return made


def _option(style: Style, text: str, font: QFont, em: float) -> QTextOption:
    option = QTextOption(style.align)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    if "\t" in text:
        option.setTabs(_columns(text, font, em))
    return option


def _columns(text: str, font: QFont, em: float) -> list[QTextOption.Tab]:
    """Tab stops as wide as the widest cell of each column."""
    metrics = QFontMetricsF(font)
    rows = [line.split("\t") for line in text.splitlines() if "\t" in line]
    columns = zip_longest(*rows, fillvalue="")
    stops = accumulate(max(map(metrics.horizontalAdvance, cells)) + 1.2 * em for cells in columns)
    return [QTextOption.Tab(stop, QTextOption.TabType.LeftTab) for stop in stops]


def _balanced(text: str, font: QFont, width: float) -> float:
    """The width for a centred block, such that no single character is left on its last line."""
    metrics = QFontMetricsF(font)
    natural = metrics.horizontalAdvance(text)
    lines = ceil(natural / width)
    return min(natural / lines + 1.5 * metrics.height(), width) if lines > 1 else width


def nearest_line(layout: QTextLayout, y: float) -> QTextLine:
    """The line of a block at a height, else the nearest."""
    at = 0
    for index in range(layout.lineCount()):
        if layout.lineAt(index).y() <= y:
            at = index
    return layout.lineAt(at)


def whole(position: int | tuple[int, int]) -> int:
    """`xToCursor` gives a bare position in some versions of the binding and a pair in others."""
    return position if isinstance(position, int) else position[0]


def x_at(line: QTextLine, position: int) -> float:
    """Where the character at a position of the block begins: `cursorToX` gives a bare place in some versions of the binding and a pair in others."""
    x: float | tuple[float, int] = line.cursorToX(position)  # type: ignore[assignment]
    return x[0] if isinstance(x, tuple) else x
