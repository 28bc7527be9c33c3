"""A selection in the page view is what the eye expects, and copies as text."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.ui.page import PageView
from desktop.ui.theme import LIGHT
from desktop.ui.values import Selection
from tests.ui.page.steps import (
    PLACES,
    WAIT,
    at_char,
    double_click,
    drag,
    offset_of,
    on_screen,
    rect_of,
    sharp,
    shown,
)


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("words", ["某市推进算力建设", "印发行动方案", "API", "到明年建成三个智算中心。"])
def test_a_drag_over_words_selects_exactly_them(qtbot, view, rotation, words):
    view.rotate(rotation)
    start = offset_of(1, words)
    view.go_to(1, start, flash=False)
    sharp(qtbot, view)
    with qtbot.waitSignal(view.selection_made) as made:
        drag(view, at_char(view, 1, start, 0.1), at_char(view, 1, start + len(words) - 1, 0.9))
    assert made.args[0] == view.selection() == Selection(1, start, start + len(words), words)
    assert view.copy_text() == words


def test_a_drag_over_a_page_break_leaves_out_what_is_not_text(qtbot, view):
    view.set_zoom(0.4)
    sharp(qtbot, view)
    start, end = offset_of(1, "接口调用"), offset_of(1, "不超过")
    drag(view, at_char(view, 1, start, 0.1), at_char(view, 1, end, 0.1))
    assert view.selection().text == "接口调用算力，每年发放算力券"
    assert view.copy_text() == "接口调用算力，每年发放算力券"
    for page, words in ((1, "第1页"), (1, "行动方案指"), (2, "试印参考续页")):
        char = view.renderer.texts[page].text.index(words)
        assert not view.selected_area(page).intersects(rect_of(view, page, char)), words


def test_copied_text_has_one_line_a_passage_and_points_keep_their_markers(qtbot, view):
    view.select_item(1)
    qtbot.waitUntil(lambda: {1, 2} <= set(view.renderer.texts), timeout=WAIT)
    assert view.copy_text().split("\n") == [
        "某市推进算力建设",
        "近日，某市印发行动方案，提出到明年建成三个智算中心。",
        "（1）优化供给。支持企业通过API接口调用算力，每年发放算力券不超过一千万元。",
        "注行动方案指该市的年度安排。",
    ]
    assert view.selection().text == PLACES.text(1)


def test_a_drag_from_the_masthead_marks_only_the_item(view):
    start = on_screen(view, 1, 62, 55)
    drag(view, start, at_char(view, 1, 3, 0.9))
    assert view.selection() == Selection(1, 0, 4, "某市推进")
    assert view.copy_text() == "试印参考\n某市推进"


def test_text_of_no_item_can_be_copied_but_not_marked(qtbot, view):
    view.go_to_page(3)
    sharp(qtbot, view)
    with qtbot.assertNotEmitted(view.selection_made):
        drag(view, on_screen(view, 3, 62, 115), on_screen(view, 3, 300, 115))
    assert view.selection() is None
    QTest.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "主送：各有关单位。"


def test_a_double_click_takes_a_word_and_a_third_the_passage(qtbot, view):
    spot = at_char(view, 1, offset_of(1, "API") + 1)
    with qtbot.waitSignal(view.selection_made) as made:
        double_click(view, spot)
    assert made.args[0].text == "API"
    with qtbot.waitSignal(view.selection_made) as made:
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert made.args[0].text.startswith("优化供给。")
    assert made.args[0].text.endswith("一千万元。")


def test_words_are_cut_by_whoever_knows_them(qtbot, renderer, printed_pdf):
    def words(text, at):
        first = text.index("智算中心")
        return (first, first + 4) if first <= at < first + 4 else (at, at + 1)

    view = PageView(LIGHT, words, renderer=renderer)
    qtbot.addWidget(view)
    view.resize(700, 640)
    view.show()
    shown(qtbot, view, printed_pdf)
    double_click(view, at_char(view, 1, offset_of(1, "智算中心") + 2))
    assert view.selection().text == "智算中心"


def test_shift_extends_and_a_click_elsewhere_clears(qtbot, view):
    drag(view, at_char(view, 1, 0, 0.1), at_char(view, 1, 1, 0.9))
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier, at_char(view, 1, 5, 0.9))
    assert view.selection().text == "某市推进算力"
    with qtbot.waitSignal(view.selection_cleared):
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=on_screen(view, 1, 300, 400))
    assert view.selection() is None
    assert view.copy_text() == ""


def test_ctrl_a_takes_the_item_that_is_read_and_esc_nothing(qtbot, view):
    view.go_to(2, 0)
    sharp(qtbot, view)
    QTest.keyClick(view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert view.selection() == Selection(2, 0, len(PLACES.text(2)), PLACES.text(2))
    with qtbot.waitSignal(view.selection_cleared):
        QTest.keyClick(view, Qt.Key.Key_Escape)


def test_dragging_past_the_edge_scrolls_on(qtbot, view):
    view.set_zoom(2.0)
    view.go_to(1, offset_of(1, "到明年"), flash=False)
    sharp(qtbot, view)
    before = view.verticalScrollBar().value()
    viewport, start = view.viewport(), at_char(view, 1, offset_of(1, "到明年"), 0.1)
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=start)
    below = QPoint(start.x(), viewport.height() + 60)
    move = QMouseEvent(QEvent.Type.MouseMove, QPointF(below), QPointF(viewport.mapToGlobal(below)), Qt.MouseButton.NoButton,
                       Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)  # fmt: skip
    QApplication.sendEvent(viewport, move)
    qtbot.waitUntil(lambda: view.verticalScrollBar().value() > before + 300, timeout=WAIT)
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=below)
    after = view.verticalScrollBar().value()
    QTest.qWait(100)
    assert view.verticalScrollBar().value() == after


@pytest.mark.parametrize("rotation", [0, 90])
def test_the_lines_of_a_stretch_reach_to_the_foot_of_the_last(qtbot, view, rotation):
    view.rotate(rotation)
    words = "印发行动方案，提出到明年建成三个智算中心。"
    start = offset_of(1, words)
    view.go_to(1, start, flash=False)
    sharp(qtbot, view)
    top, bottom = view.lines(1, start, start + len(words))
    spots = [at_char(view, 1, at).y() for at in range(start, start + len(words))]
    assert 0 <= top < min(spots) <= max(spots) < bottom <= min(max(spots) + 40, view.viewport().height())
