"""The visible watermark: who printed it and when, across the whole page, because photographs are how papers leak."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

_INK = QColor(90, 90, 90, 46)  # readable in a photograph, and the text under it readable too
_SIZE = 0.034  # of the page's longer side
_ANGLE = -30.0


def draw_watermark(painter: QPainter, area: QRectF, text: str) -> None:
    """Repeat the text slantwise over an area, in the painter's units."""
    if not text:
        return
    painter.save()
    painter.setClipRect(area)
    font = QFont(painter.font())
    font.setPixelSize(max(round(_SIZE * max(area.width(), area.height())), 6))
    painter.setFont(font)
    painter.setPen(_INK)
    painter.translate(area.center())
    painter.rotate(_ANGLE)
    reach = (area.width() ** 2 + area.height() ** 2) ** 0.5 / 2
    metrics = QFontMetricsF(font)
    across, down = metrics.horizontalAdvance(text) + 3 * font.pixelSize(), 5.0 * font.pixelSize()
    rows = int(reach / down) + 1
    for row in range(-rows, rows + 1):
        x = -reach - (across / 2 if row % 2 else 0)
        while x < reach:
            painter.drawText(QPointF(x, row * down), text)
            x += across
    painter.restore()
