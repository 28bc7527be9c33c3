"""The bar at the selection is at hand and in nobody's way."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QTextEdit, QToolButton

from desktop.ui.floating import beside
from desktop.ui.mark_bar import MarkBar
from desktop.ui.theme import FIELD_LABELS, LIGHT


@pytest.fixture
def window(qtbot):
    made = QMainWindow()
    qtbot.addWidget(made)
    made.resize(760, 500)
    made.setCentralWidget(QTextEdit("正文"))
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    made.centralWidget().setFocus()
    qtbot.waitUntil(made.centralWidget().hasFocus)
    return made


@pytest.fixture
def bar(window):
    made = MarkBar(LIGHT, window)
    made.show_at(window.mapToGlobal(QPoint(300, 200)))
    return made


def button(bar: MarkBar, name: str) -> QToolButton:
    return next(one for one in bar.findChildren(QToolButton) if one.accessibleName() == name)


def test_it_can_be_made_before_the_window_is_shown(qtbot):
    made = QMainWindow()
    qtbot.addWidget(made)
    assert MarkBar(LIGHT, made).isHidden()


@pytest.mark.parametrize("point", [(0, 0), (799, 5), (400, 300), (5, 599), (799, 599), (-50, -50)])
def test_it_never_leaves_the_window(point):
    size, bounds = QSize(420, 36), QRect(0, 0, 800, 600)
    assert bounds.contains(QRect(beside(QPoint(*point), size, bounds), size))


def test_it_stands_below_the_selection_or_above_it_but_not_on_it():
    size, bounds = QSize(420, 36), QRect(0, 0, 800, 600)
    assert beside(QPoint(400, 300), size, bounds).y() > 300
    assert beside(QPoint(400, 590), size, bounds).y() + 36 <= 590 - 26
    assert beside(QPoint(400, 590), size, bounds, height=300).y() + 36 <= 590 - 300


def test_where_the_selection_fills_the_screen_it_stands_at_the_lower_edge():
    size, bounds = QSize(420, 36), QRect(0, 0, 800, 600)
    assert beside(QPoint(400, 590), size, bounds, height=580).y() > 500


def test_it_leaves_the_keyboard_with_the_text(window, bar):
    assert bar.isVisible()
    assert window.centralWidget().hasFocus()
    QTest.mouseClick(button(bar, "划线：黄"), Qt.MouseButton.LeftButton)
    assert window.centralWidget().hasFocus()


@pytest.mark.parametrize("color", ["yellow", "green", "blue", "red"])
def test_each_colour_is_one_press(bar, qtbot, color):
    name = {"yellow": "划线：黄", "green": "划线：绿", "blue": "划线：蓝", "red": "划线：红"}[color]
    with qtbot.waitSignal(bar.color_chosen) as chosen:
        button(bar, name).click()
    assert chosen.args == [color]


@pytest.mark.parametrize(
    ("name", "signal"),
    [
        ("下划线", "underline_chosen"),
        ("写批注", "note_requested"),
        ("加入摘编篮", "memo_requested"),
        ("复制（带出处）", "copy_requested"),
    ],
)
def test_each_word_asks_for_what_it_says(bar, qtbot, name, signal):
    with qtbot.waitSignal(getattr(bar, signal)):
        button(bar, name).click()


def test_the_menu_offers_the_ten_fields_and_the_general_one(bar, qtbot):
    actions = [one for one in button(bar, "标注领域").menu().actions() if not one.isSeparator()]
    assert [one.text() for one in actions] == list(FIELD_LABELS)
    with qtbot.waitSignal(bar.field_chosen) as chosen:
        actions[5].trigger()
    assert chosen.args == ["生物医药"]


def test_a_mark_can_be_deleted_a_selection_cannot(window, bar, qtbot):
    assert not button(bar, "删除这处标注").isVisible()
    bar.show_at(window.mapToGlobal(QPoint(300, 200)), for_mark=True)
    with qtbot.waitSignal(bar.delete_requested):
        button(bar, "删除这处标注").click()


def test_escape_in_the_text_hides_it_and_the_next_escape_is_the_text_s_own(window, bar):
    QTest.keyClick(window.centralWidget(), Qt.Key.Key_Escape)
    assert not bar.isVisible()
    QTest.keyClick(window.centralWidget(), Qt.Key.Key_Tab)
    assert "\t" in window.centralWidget().toPlainText()


def test_tab_steps_into_it_arrows_walk_enter_presses_and_escape_gives_the_keyboard_back(window, bar, qtbot):
    QTest.keyClick(window.centralWidget(), Qt.Key.Key_Tab)
    assert button(bar, "划线：黄").hasFocus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    with qtbot.waitSignal(bar.color_chosen) as chosen:
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert chosen.args == ["green"]
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert not bar.isVisible()
    assert window.centralWidget().hasFocus()
