"""Scrolling, zooming and going to a text keep to what the reader looks at."""

from __future__ import annotations

import pymupdf
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest

from desktop.ui.theme import LIGHT
from tests.ui.page.steps import (
    PLACES,
    WAIT,
    at_char,
    document,
    offset_of,
    painted,
    sharp,
    wheel,
)


def test_keys_move_through_the_document(view):
    bar = view.verticalScrollBar()
    view.setFocus()
    seen = [bar.value()]
    for key in (Qt.Key.Key_Down, Qt.Key.Key_PageDown, Qt.Key.Key_Space, Qt.Key.Key_Right, Qt.Key.Key_End):
        QTest.keyClick(view, key)
        seen.append(bar.value())
    assert seen == sorted(seen)
    assert len(set(seen[:4])) == 4
    assert seen[-1] == bar.maximum()
    for key in (Qt.Key.Key_Up, Qt.Key.Key_PageUp, Qt.Key.Key_Home):
        QTest.keyClick(view, key)
        seen.append(bar.value())
    assert seen[-4:] == sorted(seen[-4:], reverse=True)
    assert bar.value() == 0


@pytest.mark.parametrize("position", [QPoint(120, 150), QPoint(350, 320), QPoint(600, 500)])
def test_zoom_keeps_what_is_under_the_pointer(view, position):
    view.set_zoom(1.5)
    view.go_to_page(2)
    page, before = view.page_point(QPointF(position))
    wheel(view, 3, position, Qt.KeyboardModifier.ControlModifier)
    assert view.zoom == pytest.approx(1.5 * 1.12**3)
    assert view.page_point(QPointF(position))[0] == page
    assert (view.page_point(QPointF(position))[1] - before).manhattanLength() < 2


def test_zoom_stays_between_its_bounds_and_steps_are_round(view):
    view.set_zoom(99)
    assert view.zoom == 5
    view.set_zoom(0)
    assert view.zoom == 0.25
    view.set_zoom(1.0)
    view.zoom_in()
    assert view.zoom == 1.1
    view.zoom_out()
    view.zoom_out()
    assert view.zoom == 0.9


def test_fit_follows_the_window(view):
    wide = view.zoom
    assert view.pages.box(1).width() <= view.viewport().width()
    view.resize(500, 640)
    assert view.zoom < wide
    assert view.pages.box(1).width() > 0.8 * view.viewport().width()
    view.fit_page()
    assert view.pages.box(1).height() <= view.viewport().height()
    view.set_flow(2)
    assert view.pages.box(2).left() > view.pages.box(1).right()
    assert view.pages.box(2).top() == view.pages.box(1).top()


@pytest.mark.parametrize("zoom", [3.0, 5.0])
def test_far_in_the_part_in_view_is_as_sharp_as_the_print(qtbot, view, printed_pdf, zoom):
    view.set_zoom(zoom)
    view.go_to(1, offset_of(1, "智算中心"), flash=False)
    sharp(qtbot, view)
    box, seen = view.pages.box(1), view.visible_area()
    assert all(key.clip for key in (picture.key for picture in view.renderer.cache.clips(view._sharp_keys()[1])))
    with pymupdf.open(printed_pdf) as pdf:
        pixmap = pdf[0].get_pixmap(matrix=pymupdf.Matrix(box.width() / 420, box.height() / 600), alpha=False)
    expected = QImage(pixmap.samples, pixmap.width, pixmap.height, pixmap.stride, QImage.Format.Format_RGB888)
    image = painted(view)
    places = [(x, y) for x in range(3, image.width(), 11) for y in range(3, image.height(), 11)]
    placed = [(x, y, x + seen.left() - box.left(), y + seen.top() - box.top()) for x, y in places]
    inside = [place for place in placed if 0 <= place[2] < pixmap.width and 0 <= place[3] < pixmap.height]
    off = sum(abs(image.pixelColor(x, y).lightness() - expected.pixelColor(px, py).lightness()) > 24 for x, y, px, py in inside)
    assert len(inside) > 1000
    assert off < len(inside) / 200


def test_scrolling_reports_the_text_that_is_read(qtbot, view):
    with qtbot.waitSignal(view.place_changed, timeout=WAIT) as moved:
        wheel(view, -6, QPoint(300, 300))
    item, offset, page = moved.args
    assert page == view.current_page()
    assert PLACES.printed(item, offset)[0] >= page
    with qtbot.waitSignal(view.place_changed, timeout=WAIT) as moved:
        QTest.keyClick(view, Qt.Key.Key_Home)
    assert moved.args[0::2] == [1, 1]
    assert moved.args[1] < offset


@pytest.mark.parametrize("words", ["某县培育制造业集群", "某县出台措施", "券不超过一千万元"])
def test_going_to_a_text_brings_it_to_the_upper_third_and_frames_it(qtbot, view, words):
    view.set_zoom(2.0)
    item = 2 if "某县" in words else 1
    reported = []
    view.place_changed.connect(lambda *place: reported.append(place))
    view.go_to(item, offset_of(item, words), offset_of(item, words) + len(words))
    sharp(qtbot, view)
    spot = at_char(view, item, offset_of(item, words))
    assert abs(spot.y() - view.viewport().height() / 3) < 60
    image = painted(view)
    accent = QColor(LIGHT.accent)
    frame = [y for y in range(spot.y() - 60, spot.y() + 60) if image.pixelColor(spot.x(), y) == accent]
    assert frame
    QTest.qWait(100)
    assert not reported  # only the reader's own scrolling is reported


def test_going_to_a_place_before_the_document_has_come(qtbot, empty, printed_pdf):
    empty.set_document(document(printed_pdf), PLACES)
    empty.go_to(2, 0)
    sharp(qtbot, empty)
    qtbot.waitUntil(lambda: empty.current_page() == 2, timeout=WAIT)


def test_a_narrower_window_keeps_the_place_and_reports_nothing(qtbot, view):
    view.set_zoom(2.0)
    view.go_to(2, 0, flash=False)
    sharp(qtbot, view)
    before = view.reading_place()
    with qtbot.assertNotEmitted(view.place_changed, wait=150):
        view.resize(500, 640)
        view.fit_width()
    assert view.reading_place()[0] == before[0]
    assert abs(view.reading_place()[1].y() - before[1].y()) < 8  # a scroll bar comes or goes


def test_a_key_that_the_view_does_not_know_is_left_to_the_window(view):
    before = view.verticalScrollBar().value()
    for key in (Qt.Key.Key_F13, Qt.Key.Key_Q):
        QTest.keyClick(view, key)
    QTest.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert view.verticalScrollBar().value() == before
