"""标注: every mark can be found, read, written on and taken away."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow

from desktop.ui.marks_panel import MarksPanel
from desktop.ui.marks_panel.rows import Role
from desktop.ui.note_editor import NoteBox
from desktop.ui.theme import DARK, LIGHT
from tests.ui.made import issue, mark

ITEMS = issue().items
PLACES = {one.id: f"第{one.ordinal}条　{one.title}" for one in ITEMS}
MARKS = (
    mark("a", ITEMS[0], "力争到2027年培育企业120家以上", note="请高新处研提意见\n会商交通厅", fields=("航空航天",)),
    mark("b", ITEMS[0], "飞行计划审批时限", "green", fields=("数字经济", "航空航天")),
    mark("c", ITEMS[2], "常态化航线", "red", "underline"),
)


@pytest.fixture
def panel(qtbot):
    made = MarksPanel(LIGHT)
    qtbot.addWidget(made)
    made.resize(290, 560)
    made.set_marks(MARKS, PLACES)
    made.show()
    qtbot.waitExposed(made)
    return made


def listed(panel: MarksPanel) -> list[str]:
    return [panel._list.item(row).data(Role.MARK).uid for row in range(panel._list.count())]


def note_box(panel: MarksPanel) -> NoteBox:
    return panel.findChild(NoteBox)


@pytest.mark.parametrize(
    ("typed", "field", "uids"),
    [
        ("", "全部标注", ["a", "b", "c"]), ("培育企业", "全部标注", ["a"]), ("高新处", "全部标注", ["a"]),
        ("１２０ 家", "全部标注", ["a"]),
        ("", "有批注", ["a"]), ("", "航空航天", ["a", "b"]), ("审批", "数字经济", ["b"]), ("没有", "全部标注", []),
    ],
)  # fmt: skip
def test_marks_are_listed_in_text_order_and_filtered_by_words_and_field(panel, typed, field, uids):
    panel._filter.setText(typed)
    panel._field.setCurrentText(field)
    assert listed(panel) == uids


def test_only_fields_that_occur_can_be_chosen_and_the_choice_stays(panel):
    assert [panel._field.itemText(index) for index in range(panel._field.count())] == [
        "全部标注",
        "有批注",
        "航空航天",
        "数字经济",
    ]
    panel._field.setCurrentText("数字经济")
    panel.set_marks(MARKS[:2], PLACES)
    assert listed(panel) == ["b"]


def test_a_click_or_enter_leads_to_the_mark(panel, qtbot):
    at = panel._list.visualItemRect(panel._list.item(1)).center()
    with qtbot.waitSignal(panel.mark_chosen) as chosen:
        QTest.mouseClick(panel._list.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert chosen.args == ["b"]
    with qtbot.waitSignal(panel.mark_chosen) as chosen:
        QTest.keyClick(panel._list, Qt.Key.Key_Return)
    assert chosen.args == ["b"]


def test_selecting_from_the_text_reports_nothing(panel, qtbot):
    with qtbot.assertNotEmitted(panel.mark_chosen):
        panel.set_current("c")
    assert panel._list.current_uid() == "c"


def test_delete_takes_the_mark_selected_in_the_list_whatever_the_window_s_delete_means(qtbot):
    window = QMainWindow()
    qtbot.addWidget(window)
    panel = MarksPanel(LIGHT)
    panel.set_marks(MARKS, PLACES)
    window.setCentralWidget(panel)
    shortcut = QShortcut(QKeySequence("Del"), window)
    window.show()
    window.activateWindow()
    panel.set_current("b")
    panel._list.setFocus()
    qtbot.waitUntil(panel._list.hasFocus)
    with qtbot.waitSignal(panel.mark_deleted) as deleted, qtbot.assertNotEmitted(shortcut.activated):
        QTest.keyClick(panel._list, Qt.Key.Key_Delete)
    assert deleted.args == ["b"]


def test_a_note_is_written_in_its_row_with_enter_for_a_new_line(panel, qtbot):
    panel.set_current("b")
    QTest.keyClick(panel._list, Qt.Key.Key_F2)
    box = note_box(panel)
    QTest.keyClicks(box, "first")
    QTest.keyClick(box, Qt.Key.Key_Return)
    QTest.keyClicks(box, "second")
    with qtbot.waitSignal(panel.note_edited) as edited:
        QTest.keyClick(box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert edited.args == ["b", "first\nsecond"]


def test_leaving_the_row_saves_the_note(panel, qtbot):
    panel.edit_note("a")
    QTest.keyClicks(note_box(panel), "X")
    panel.activateWindow()
    with qtbot.waitSignal(panel.note_edited) as edited:
        note_box(panel).save()
    assert edited.args == ["a", "请高新处研提意见\n会商交通厅X"]


def test_an_unchanged_or_abandoned_note_is_not_reported(panel, qtbot):
    with qtbot.assertNotEmitted(panel.note_edited):
        panel.edit_note("a")
        note_box(panel).save()
        panel.edit_note("a")
        QTest.keyClicks(panel.findChildren(NoteBox)[-1], "X")
        QTest.keyClick(panel.findChildren(NoteBox)[-1], Qt.Key.Key_Escape)


def test_marks_that_change_while_a_note_is_written_do_not_take_the_note_away(panel):
    panel.edit_note("a")
    note_box(panel).insertPlainText("写到一半")
    panel.set_marks((MARKS[0], replace(MARKS[1], color="blue"), MARKS[2]), PLACES)
    assert note_box(panel).isVisible()
    assert panel._list.item(1).data(Role.MARK).color == "blue"


def test_the_list_keeps_its_place_and_selection_when_marks_change(panel):
    panel.set_current("c")
    panel.set_marks((mark("new", ITEMS[0], "近日"), *MARKS), PLACES)
    assert panel._list.current_uid() == "c"


def test_screen_readers_hear_quote_kind_colour_fields_note_and_place(panel):
    told = panel._list.item(0).data(Qt.ItemDataRole.AccessibleTextRole)
    for part in (MARKS[0].quote, "划线，黄", "航空航天", "批注 请高新处", "第1条"):
        assert part in told
    assert "下划线，红" in panel._list.item(2).data(Qt.ItemDataRole.AccessibleTextRole)


def test_a_mark_whose_quote_was_not_found_again_looks_different(panel):
    before = panel._list.grab().toImage()
    panel.set_marks((replace(MARKS[0], anchored=False), *MARKS[1:]), PLACES)
    assert panel._list.grab().toImage() != before


def test_without_marks_it_says_how_to_make_one(panel):
    panel.set_marks((), {})
    assert panel._empty.isVisible()
    assert not panel._list.isVisible()


def test_a_double_click_opens_the_note(panel):
    at = panel._list.visualItemRect(panel._list.item(1)).topLeft() + QPoint(60, 12)
    QTest.mouseDClick(panel._list.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert note_box(panel).isVisible()


def test_another_theme_repaints_the_rows(panel):
    light = panel._list.grab().toImage()
    panel.set_theme(DARK)
    assert panel._list.grab().toImage() != light


def test_the_marks_of_others_say_whose_they_are_and_can_be_shown_alone(panel: MarksPanel):
    panel.set_marks((MARKS[0], replace(MARKS[1], author="李某"), replace(MARKS[2], author="王某")), PLACES)
    row = panel._list.row_of("b")
    assert "李某" in row.toolTip()
    assert "李某" in row.data(Qt.ItemDataRole.AccessibleTextRole)
    assert "李某" not in panel._list.row_of("a").toolTip()
    choices = [panel._field.itemText(at) for at in range(panel._field.count())]
    assert choices[-2:] == ["李某的标注", "王某的标注"]
    panel._field.setCurrentIndex(choices.index("李某的标注"))
    assert listed(panel) == ["b"]
