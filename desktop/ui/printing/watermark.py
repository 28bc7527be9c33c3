"""What is stamped on a printed page beside its text: a visible watermark (who printed it and when, because photographs are how papers
leak), and the classification at the head of every page.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

_INK = QColor(90, 90, 90, 46)  # readable in a photograph, and the text under it readable too
_SIZE = 0.034  # of the page's longer side
_ANGLE = -30.0
_HEAD = (0.055, 0.026, 0.0145)  # of the page's longer side: from the left, from the top, size of the type (12 pt on A4)


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


def draw_classification(painter: QPainter, area: QRectF, text: str) -> None:
    """The classification in the upper left corner of an area, where papers carry it, on white so that nothing covers it."""
    if not text:
        return
    painter.save()
    longer = max(area.width(), area.height())
    left, top, size = (part * longer for part in _HEAD)
    font = QFont(painter.font())
    font.setFamilies(["黑体", "SimHei", "思源黑体", "Noto Sans CJK SC", *font.families()])
    font.setPixelSize(max(round(size), 6))
    font.setBold(True)
    painter.setFont(font)
    metrics = QFontMetricsF(font)
    box = QRectF(area.left() + left, area.top() + top, metrics.horizontalAdvance(text), metrics.height())
    painter.fillRect(box.adjusted(-size / 4, 0, size / 4, 0), QColor("white"))
    painter.setPen(QColor("black"))
    painter.drawText(box, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip), text)
    painter.restore()
