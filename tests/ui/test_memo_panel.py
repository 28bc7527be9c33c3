"""摘编: order, removal, titles and the ways out, all from the keyboard too."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow

from desktop.ui.memo_panel import MemoPanel
from desktop.ui.memo_panel.basket import cross_box
from desktop.ui.memo_panel.panel import pages
from desktop.ui.theme import DARK, LIGHT
from desktop.ui.values import EntryView

ENTRIES = tuple(EntryView(uid, f"第{uid}件", "《科技参考》第36期", "低空智联" * 40, partial=uid == "b") for uid in "abcd")


@pytest.fixture
def panel(qtbot):
    made = MemoPanel(LIGHT)
    qtbot.addWidget(made)
    made.resize(300, 520)
    made.set_entries(ENTRIES)
    made.set_options({"title": "低空经济信息摘编", "unit": "高新处", "grouping": "field", "date": "2025-12-05"})
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.mark.parametrize(
    ("row", "before", "uid", "place", "order"),
    [(0, 3, "a", 3, "bcad"), (3, 0, "d", 1, "dabc"), (0, 4, "a", 4, "bcda"), (2, 1, "c", 2, "acbd")],
)
def test_dragging_says_what_moved_and_which_it_is_now(panel, qtbot, row, before, uid, place, order):
    with qtbot.waitSignal(panel.moved) as moved:
        panel._basket.model().moveRow(QModelIndex(), row, QModelIndex(), before)
    assert moved.args == [uid, place]
    assert panel._basket.uids() == list(order)


def test_alt_and_the_arrows_move_an_excerpt_but_not_beyond_the_ends(panel, qtbot):
    panel._basket.setCurrentRow(1)
    with qtbot.waitSignal(panel.moved) as moved:
        QTest.keyClick(panel._basket, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert moved.args == ["b", 1]
    assert panel._basket.current_uid() == "b"
    with qtbot.assertNotEmitted(panel.moved):
        QTest.keyClick(panel._basket, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    with qtbot.waitSignal(panel.moved) as moved:
        QTest.keyClick(panel._basket, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert moved.args == ["b", 2]


def test_delete_or_the_cross_removes_the_excerpt_and_nothing_else(qtbot):
    window = QMainWindow()
    qtbot.addWidget(window)
    panel = MemoPanel(LIGHT)
    panel.set_entries(ENTRIES)
    window.setCentralWidget(panel)
    window.resize(300, 520)
    shortcut = QShortcut(QKeySequence("Del"), window)
    window.show()
    window.activateWindow()
    panel._basket.setFocus()
    panel._basket.setCurrentRow(2)
    qtbot.waitUntil(panel._basket.hasFocus)
    with qtbot.waitSignal(panel.removed) as removed, qtbot.assertNotEmitted(shortcut.activated):
        QTest.keyClick(panel._basket, Qt.Key.Key_Delete)
    assert removed.args == ["c"]
    cross = cross_box(panel._basket.visualItemRect(panel._basket.item(0))).center()
    with qtbot.waitSignal(panel.removed) as removed:
        QTest.mouseClick(panel._basket.viewport(), Qt.MouseButton.LeftButton, pos=cross)
    assert removed.args == ["a"]


def test_enter_shows_the_excerpt_in_its_issue(panel, qtbot):
    panel._basket.setCurrentRow(1)
    with qtbot.waitSignal(panel.entry_chosen) as chosen:
        QTest.keyClick(panel._basket, Qt.Key.Key_Return)
    assert chosen.args == ["b"]


@pytest.mark.parametrize(
    ("texts", "count"),
    [([], 0), (["一"], 1), (["字" * 560], 1), (["字" * 561], 2), (["字 " * 280, "字" * 280], 2), (["字" * 6104], 10)],
)
def test_pages_are_counted_by_22_lines_of_28_characters_without_blanks(texts, count):
    assert pages([EntryView(str(n), "题", "出处", text) for n, text in enumerate(texts)]) == count


def test_the_count_is_shown_and_an_empty_basket_says_how_to_fill_it(panel):
    assert panel._count.text() == "4 条 · 约 2 页"
    panel.set_entries(())
    assert panel._empty.isVisible()
    assert not any(button.isEnabled() for button in panel._exports.values())


@pytest.mark.parametrize("suffix", [".docx", ".pdf", ".md", ".txt"])
def test_each_way_out_is_one_press(panel, qtbot, suffix):
    with qtbot.waitSignal(panel.export_requested) as asked:
        panel._exports[suffix].click()
    assert asked.args == [suffix]


def test_title_unit_and_grouping_are_reported_once_when_changed(panel, qtbot):
    told = []
    panel.options_changed.connect(told.append)
    panel._title.setText("低空经济要情")
    panel._title.editingFinished.emit()
    panel._title.editingFinished.emit()
    panel._grouping.setCurrentIndex(panel._grouping.findData("issue"))
    panel._grouping.activated.emit(panel._grouping.currentIndex())
    assert told == [
        {"kind": "", "grouping": "field", "title": "低空经济要情", "unit": "高新处"},
        {"kind": "", "grouping": "issue", "title": "低空经济要情", "unit": "高新处"},
    ]


def test_a_title_still_being_written_is_in_the_memo_that_is_exported(panel, qtbot):
    panel._title.setText("第三季度摘编")
    said = []
    panel.options_changed.connect(lambda options: said.append(options["title"]))
    panel.export_requested.connect(said.append)
    panel._exports[".docx"].click()
    assert said == ["第三季度摘编", ".docx"]


def test_stored_options_are_shown_without_being_reported(panel, qtbot):
    with qtbot.assertNotEmitted(panel.options_changed):
        panel.set_options({"grouping": "region"})
    assert (panel._title.text(), panel._grouping.currentText()) == ("", "按地区")


def test_a_box_being_written_in_is_not_overwritten(panel, qtbot):
    panel.activateWindow()
    panel._title.setFocus()
    qtbot.waitUntil(panel._title.hasFocus)
    QTest.keyClicks(panel._title, "2")
    panel.set_options({"title": "别的标题", "unit": "综合处"})
    assert panel._title.text() == "低空经济信息摘编2"
    assert panel._unit.text() == "综合处"


def test_selection_stays_when_the_basket_comes_back(panel):
    panel._basket.setCurrentRow(2)
    panel.set_entries((ENTRIES[2], *ENTRIES[:2]))
    assert panel._basket.current_uid() == "c"


def test_screen_readers_hear_title_source_and_whether_it_is_shortened(panel):
    told = [panel._basket.item(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(2)]
    assert told == ["第a件，《科技参考》第36期", "第b件，《科技参考》第36期，节选"]


def test_another_theme_repaints_the_rows(panel):
    light = panel._basket.grab().toImage()
    panel.set_theme(DARK)
    assert panel._basket.grab().toImage() != light
