"""One page at a time, the hand, the strip of small pages, and the page box."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.ui.page import Arrangement, Fit, Thumbnails
from desktop.ui.page.page_box import PageBox
from desktop.ui.theme import LIGHT
from tests.ui.page.steps import WAIT, at_char, drag, offset_of, painted, wheel


def in_view(view):
    return list(view._visible_pages())


def test_one_page_at_a_time_shows_one_page_wherever_the_bar_is_dragged(view):
    view.set_flow(1, single=True)
    view.fit_page()
    bar = view.verticalScrollBar()
    seen = set()
    for height in range(0, bar.maximum() + 1, 37):
        bar.setValue(height)
        assert len(in_view(view)) == 1
        seen.update(in_view(view))
    assert seen == {1, 2, 3}


def test_one_page_at_a_time_the_wheel_and_the_keys_turn_the_page_and_stop_at_the_ends(view):
    view.set_flow(1, single=True)
    view.fit_page()
    middle = view.viewport().rect().center()
    wheel(view, 3, middle)
    assert in_view(view) == [1]
    for page in (2, 3, 3):
        wheel(view, -1, middle)
        assert in_view(view) == [page]
    QTest.keyClick(view, Qt.Key.Key_PageUp)
    assert in_view(view) == [2]
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert in_view(view) == [1]
    QTest.keyClick(view, Qt.Key.Key_End)
    assert in_view(view) == [3]


def test_a_page_larger_than_the_window_is_read_to_its_end_before_it_turns(view):
    view.set_flow(1, single=True)
    view.set_zoom(2.0)
    view.go_to_page(1)
    heights = []
    while in_view(view) == [1]:
        heights.append(view.verticalScrollBar().value())
        QTest.keyClick(view, Qt.Key.Key_PageDown)
    assert heights == sorted(heights)
    assert heights[-1] + view.visible_area().height() >= view.pages.box(1).bottom()
    assert in_view(view) == [2]
    QTest.keyClick(view, Qt.Key.Key_Up)
    assert view.visible_area().bottom() >= view.pages.box(1).bottom()  # back at its foot, not at its head


def test_two_pages_stand_side_by_side(view):
    view.set_flow(2)
    first, second = view.pages.box(1), view.pages.box(2)
    assert first.top() == second.top()
    assert first.right() < second.left()


def test_how_pages_are_arranged_is_the_readers_choice_and_told_as_such(qtbot, view):
    with qtbot.waitSignal(view.arranged):
        view.rotate()
    with qtbot.assertNotEmitted(view.arranged):
        view.set_arrangement(Arrangement(1.5, Fit.NONE, 180, 2))
        view.resize(650, 600)
    assert view.zoom == 1.5


@pytest.mark.parametrize("button", [Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton])
def test_the_hand_moves_the_page_and_selects_nothing(view, button):
    view.hand_tool = button is Qt.MouseButton.LeftButton
    view.set_zoom(2.0)
    view.scroll_to(100, 300)
    before = view.visible_area().topLeft()
    viewport, start, end = view.viewport(), QPointF(300, 300), QPointF(260, 200)
    QTest.mousePress(viewport, button, pos=start.toPoint())
    for spot in ((start + end) / 2, end):
        QApplication.sendEvent(viewport, QMouseEvent(
            QEvent.Type.MouseMove, spot, viewport.mapToGlobal(spot), Qt.MouseButton.NoButton, button, Qt.KeyboardModifier.NoModifier
        ))  # fmt: skip
    QTest.mouseRelease(viewport, button, pos=end.toPoint())
    moved = view.visible_area().topLeft() - before
    assert (moved.x(), moved.y()) == (40, 100)
    assert view.stretch is None


def test_with_the_hand_a_click_still_follows_a_link(qtbot, view):
    view.hand_tool = True
    qtbot.waitUntil(lambda: 1 in view.renderer.page_links, timeout=WAIT)
    with qtbot.waitSignal(view.leaving):
        QTest.mouseClick(
            view.viewport(), Qt.MouseButton.LeftButton, pos=view.on_viewport(view.pages.to_sheet(1).map(QPointF(90, 55)))
        )
    assert view.current_page() == 3


def test_shift_and_the_arrows_move_the_end_of_a_selection(qtbot, view):
    drag(view, at_char(view, 1, 0, 0.1), at_char(view, 1, 3, 0.9))
    told = []
    view.selection_made.connect(lambda selection, _point: told.append(selection.text))
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Down):
        QTest.keyClick(view, key, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: len(told) >= 4)
    assert told[:3] == ["某市推进算", "某市推进", "某市推"]
    assert told[3].startswith("某市推进算力建设\n")


def test_shift_and_the_arrows_never_empty_a_selection(view):
    start = offset_of(1, "某市")
    drag(view, at_char(view, 1, start, 0.1), at_char(view, 1, start, 0.9))
    for _ in range(3):
        QTest.keyClick(view, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert view.stretch is not None
    assert view.stretch.start < view.stretch.end


@pytest.fixture
def strip(qtbot, view):
    made = Thumbnails(view, LIGHT)
    qtbot.addWidget(made)
    made.resize(140, 700)
    made.show()
    return made


def test_small_pages_come_and_lead_to_their_page(qtbot, view, strip):
    qtbot.waitUntil(lambda: all(view.renderer.cache.has_page(page, 0) for page in (1, 2, 3)), timeout=WAIT)
    image = painted(strip)
    for page in strip.shown_pages():
        box = strip.box_on_screen(page)
        ink = [
            image.pixelColor(x, y).lightness() for x in range(box.left(), box.right()) for y in range(box.top(), box.bottom(), 2)
        ]
        assert min(ink) < 160 < max(ink)
    with qtbot.waitSignal(view.leaving):
        QTest.mouseClick(strip.viewport(), Qt.MouseButton.LeftButton, pos=strip.box_on_screen(3).center())
    assert view.current_page() == 3
    QTest.keyClick(strip, Qt.Key.Key_Up)
    assert view.current_page() == 2


def test_small_pages_are_wished_for_after_all_that_is_in_view_and_only_while_shown(view, strip):
    assert view.small_pages == tuple(strip.shown_pages())
    strip.hide()
    strip.setVisible(False)
    assert view.small_pages == ()


@pytest.mark.parametrize(("typed", "page"), [("7", 7), ("１２", 12), ("99", 20), ("0", 1), ("第3页", 3)])
def test_the_page_box_takes_numbers_as_people_type_them(qtbot, typed, page):
    box = PageBox()
    qtbot.addWidget(box)
    box.show_page(4, 20)
    box.ask()
    with qtbot.waitSignal(box.page_chosen) as chosen:
        box._box.setText(typed)
        QTest.keyClick(box._box, Qt.Key.Key_Return)
    assert chosen.args == [page]


def test_the_page_box_puts_back_what_is_no_page(qtbot):
    box = PageBox()
    qtbot.addWidget(box)
    box.show_page(4, 20)
    with qtbot.assertNotEmitted(box.page_chosen):
        box._box.setText("四")
        QTest.keyClick(box._box, Qt.Key.Key_Return)
    assert box._box.text() == "4"
