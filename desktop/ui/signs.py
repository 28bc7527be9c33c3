"""How fields, read marks and counts are drawn, the same in every list: a colour never stands without its short label."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QIcon, QPainter, QPen, QPixmap, QPolygonF, QTextLayout, QTextOption

from desktop.ui.colors import field_color
from desktop.ui.theme import FIELD_LABELS, Theme
from desktop.ui.values import MarkView

_SQUARE, _GAP = 9, 4


def field_label(field: str) -> str:
    """The two-character label of a field; of a field of the reader's own, its first two characters."""
    return FIELD_LABELS.get(field, field[:2])


def smaller(font: QFont, share: float = 0.88) -> QFont:
    """The font for secondary text."""
    small = QFont(font)
    if font.pixelSize() > 0:
        small.setPixelSize(max(round(font.pixelSize() * share), 10))
    else:
        small.setPointSizeF(max(font.pointSizeF() * share, 7.5))
    return small


def draw_fields(painter: QPainter, x: int, band: QRect, fields: Sequence[str], theme: Theme) -> int:
    """Draws squares with labels from `x` within a band, as many as fit ("+2" for the rest); returns where they end."""
    metrics = painter.fontMetrics()
    for index, field in enumerate(fields):
        width = _SQUARE + _GAP + metrics.horizontalAdvance(field_label(field))
        rest = f"+{len(fields) - index}"
        later = metrics.horizontalAdvance(rest) + _GAP if index + 1 < len(fields) else 0
        if x + width + later > band.right():
            painter.setPen(QColor(theme.faint))
            painter.drawText(QRect(x, band.top(), band.right() - x, band.height()), Qt.AlignmentFlag.AlignVCenter, rest)
            return x + metrics.horizontalAdvance(rest) + 8
        draw_square(painter, QRectF(x, band.center().y() - _SQUARE / 2 + 1, _SQUARE, _SQUARE), field_color(theme, field))
        painter.setPen(QColor(theme.faint))
        painter.drawText(
            QRect(x + _SQUARE + _GAP, band.top(), width, band.height()), Qt.AlignmentFlag.AlignVCenter, field_label(field)
        )
        x += width + 8
    return x


def draw_square(painter: QPainter, box: QRectF, color: QColor) -> None:
    """One small square with soft corners."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawRoundedRect(box, 2, 2)
    painter.restore()


def draw_dot(painter: QPainter, centre: QPointF, theme: Theme, *, read: bool) -> None:
    """● for unread in the accent colour, ○ for read."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    color = QColor(theme.faint if read else theme.accent)
    painter.setPen(QPen(color, 1.2))
    painter.setBrush(Qt.BrushStyle.NoBrush if read else color)
    painter.drawEllipse(centre, 3.5, 3.5)
    painter.restore()


def draw_star(painter: QPainter, centre: QPointF, theme: Theme) -> None:
    """A filled star for an item that the reader starred."""
    points = [(0, -5.5), (1.6, -1.8), (5.5, -1.6), (2.5, 1), (3.4, 5), (0, 2.8), (-3.4, 5), (-2.5, 1), (-5.5, -1.6), (-1.6, -1.8)]
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.warning))
    painter.drawPolygon(QPolygonF([centre + QPointF(x, y) for x, y in points]))
    painter.restore()


def draw_chevron(painter: QPainter, centre: QPointF, theme: Theme, *, opened: bool) -> None:
    """The small angle that opens and closes a branch."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(theme.faint), 1.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    shape = [(-3.5, -1.8), (0, 1.8), (3.5, -1.8)] if opened else [(-1.8, -3.5), (1.8, 0), (-1.8, 3.5)]
    painter.drawPolyline(QPolygonF([centre + QPointF(x, y) for x, y in shape]))
    painter.restore()


def field_icon(theme: Theme, field: str, ratio: float = 2.0) -> QIcon:
    """A field's square for menus and combo boxes."""
    return square_icon(field_color(theme, field), ratio=ratio)


def square_icon(color: QColor, edge: str = "", side: int = 16, ratio: float = 2.0) -> QIcon:
    """A square of a colour, with a hairline around it where `edge` gives one."""
    pixmap = QPixmap(round(side * ratio), round(side * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(edge), 1) if edge else Qt.PenStyle.NoPen)
    painter.setBrush(color)
    inset = 2.5
    painter.drawRoundedRect(QRectF(inset, inset, side - 2 * inset, side - 2 * inset), 2.5, 2.5)
    painter.end()
    return QIcon(pixmap)


def wrapped(text: str, font: QFont, width: int, most: int) -> list[str]:
    """The text broken to at most `most` lines of `width` px; what does not fit ends in an ellipsis."""
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    lines: list[str] = []
    units = text.encode("utf-16-le")
    metrics = QFontMetrics(font)
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(width, 1))
        start = line.textStart()
        if len(lines) == most - 1:
            rest = units[2 * start :].decode("utf-16-le")
            lines.append(metrics.elidedText(rest.replace("\n", " "), Qt.TextElideMode.ElideRight, width))
            break
        lines.append(units[2 * start : 2 * (start + line.textLength())].decode("utf-16-le").rstrip())
    layout.endLayout()
    return lines or [""]


def mark_tip(mark: MarkView) -> str:
    """Rich text for the tooltip of a mark, in either view: the note, the fields, whose mark it is where it is another's."""
    lines = [escape(line) for line in mark.note.splitlines()]
    if mark.fields:
        lines.append(f"<b>领域</b>　{escape('、'.join(mark.fields))}")
    if mark.author:
        lines.append(f"<b>标注人</b>　{escape(mark.author)}")
    return "<br>".join(lines)
