"""What the tests of the page view do with it: show a file, point, drag, turn the wheel, look at the pixels."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.ui.values import DocumentView, MarkView
from tests.ui.page.printed import place_map

WAIT = 30_000
PLACES = place_map()


def document(path, *, is_pdf=True):
    return DocumentView(1, "《试印参考》第1期", "2025-01-06", "issue", (), str(path), is_pdf)


def shown(qtbot, view, path, places=PLACES):
    view.set_document(document(path), places)
    sharp(qtbot, view)
    return view


def sharp(qtbot, view):
    qtbot.waitUntil(view.is_sharp, timeout=WAIT)


def on_screen(view, page, x, y):
    """A point of a page (points) as a place in the viewport."""
    return view.on_viewport(view.pages.to_sheet(page).map(QPointF(x, y)))


def box_of(view, page, char):
    return view.renderer.texts[page].box(char)


def at_char(view, item, offset, share=0.5):
    """Where an item's character is on the screen, `share` of its width from its left edge."""
    page, char = PLACES.printed(item, offset)
    box = box_of(view, page, char)
    return on_screen(view, page, box.x0 + share * (box.x1 - box.x0), (box.y0 + box.y1) / 2)


def drag(view, start, end, modifier=Qt.KeyboardModifier.NoModifier):
    viewport = view.viewport()
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, modifier, start)
    for point in ((start + end) / 2, end):
        move = QMouseEvent(QEvent.Type.MouseMove, QPointF(point), QPointF(viewport.mapToGlobal(point)), Qt.MouseButton.NoButton,
                           Qt.MouseButton.LeftButton, modifier)  # fmt: skip
        QApplication.sendEvent(viewport, move)
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, modifier, end)


def double_click(view, spot):
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)


def wheel(view, notches, position, modifier=Qt.KeyboardModifier.NoModifier):
    event = QWheelEvent(QPointF(position), QPointF(view.viewport().mapToGlobal(position)), QPoint(), QPoint(0, 120 * notches),
                        Qt.MouseButton.NoButton, modifier, Qt.ScrollPhase.NoScrollPhase, False)  # fmt: skip
    QApplication.sendEvent(view.viewport(), event)


def painted(view):
    """The viewport's pixels in device pixels."""
    image = view.viewport().grab().toImage()
    image.setDevicePixelRatio(1)
    return image


def offset_of(item, words):
    return PLACES.text(item).index(words)


def mark(item, words, uid="m", color="yellow", style="highlight", note="", fields=(), anchored=True):
    start = offset_of(item, words)
    return MarkView(uid, item, start, start + len(words), words, color, style, note, fields, anchored)


def rect_of(view, page, char):
    box = view.renderer.texts[page].box(char)
    return QRectF(box.x0, box.y0, box.x1 - box.x0, box.y1 - box.y0)
