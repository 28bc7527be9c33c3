"""本期要点 at the reader's left hand."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.ui.section_tree import SectionTree
from desktop.ui.theme import DARK, LIGHT
from desktop.ui.values import DocumentView
from tests.ui.made import TITLES, issue, item, text_of

DOCUMENT = issue()


@pytest.fixture
def tree(qtbot):
    made = SectionTree(LIGHT)
    qtbot.addWidget(made)
    made.resize(300, 400)
    made.set_document(DOCUMENT)
    made.show()
    qtbot.waitExposed(made)
    return made


def outline(row, depth=0) -> list[str]:
    lines = []
    for index in range(row.childCount()):
        child = row.child(index)
        lines.append("  " * depth + child.text(0))
        lines += outline(child, depth + 1)
    return lines


def row_of(tree: SectionTree, item_id: int):
    return tree._rows[item_id]


def test_sections_hold_items_and_items_their_points(tree):
    lines = outline(tree._tree.invisibleRootItem())
    assert lines[:5] == ["省外速览", f"  {TITLES[0]}", "    （1）建设基础设施", "    （2）培育应用场景", "    （3）完善安全监管"]
    assert [line for line in lines if not line.startswith(" ")] == ["省外速览", "省内要情"]


def test_all_five_titles_are_in_sight_at_300_by_400_with_points_folded(tree):
    rows = [tree._tree.visualItemRect(row_of(tree, one.id)) for one in DOCUMENT.items]
    assert rows[-1].bottom() <= tree._tree.viewport().height()
    assert not any(row_of(tree, one.id).isExpanded() for one in DOCUMENT.items)


def test_even_five_titles_of_two_lines_with_fields_and_a_doubt_fit(qtbot):
    made = SectionTree(LIGHT)
    qtbot.addWidget(made)
    made.resize(300, 400)
    items = tuple(
        replace(one, title=TITLES[2] * 3, fields=("航空航天", "数字经济", "综合"), mark_count=12) for one in DOCUMENT.items
    )
    made.set_document(replace(DOCUMENT, items=items))
    made.show()
    assert made._tree.visualItemRect(row_of(made, 15)).bottom() <= made._tree.viewport().height()


def test_a_chosen_title_leads_to_its_beginning_and_a_chosen_point_to_the_point(tree, qtbot):
    with qtbot.waitSignal(tree.item_chosen) as chosen:
        tree._tree.setCurrentItem(row_of(tree, 12))
    assert chosen.args == [12, 0]
    with qtbot.waitSignal(tree.item_chosen) as chosen:
        tree._tree.setCurrentItem(row_of(tree, 12).child(1))
    assert chosen.args == [12, text_of(DOCUMENT.items[1]).index("培育应用场景")]


def test_a_click_on_the_title_already_chosen_leads_there_again(tree, qtbot):
    tree._tree.setCurrentItem(row_of(tree, 12))
    title = tree._tree.visualItemRect(row_of(tree, 12)).topLeft() + QPoint(90, 14)
    with qtbot.waitSignal(tree.item_chosen) as chosen:
        QTest.mouseClick(tree._tree.viewport(), Qt.MouseButton.LeftButton, pos=title)
    assert chosen.args == [12, 0]


def test_following_the_reader_reports_nothing_and_leaves_a_chosen_point(tree, qtbot):
    point = row_of(tree, 12).child(1)
    tree._tree.setCurrentItem(point)
    with qtbot.assertNotEmitted(tree.item_chosen):
        tree.set_current(12)
        assert tree._tree.currentItem() is point
        tree.set_current(14)
    assert tree.current() == 14


@pytest.mark.parametrize(("x", "signal"), [(24, "read_toggled"), (288, "starred_toggled")])
def test_dot_and_star_are_switched_by_a_click_that_does_not_move_the_reader(tree, qtbot, x, signal):
    row = tree._tree.visualItemRect(row_of(tree, 12))
    with qtbot.assertNotEmitted(tree.item_chosen), qtbot.waitSignal(getattr(tree, signal)) as switched:
        QTest.mouseClick(tree._tree.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(x, row.top() + 13))
    assert switched.args == [12]


def test_the_blank_switches_read_and_letters_do_nothing(tree, qtbot):
    tree._tree.setCurrentItem(row_of(tree, 12))
    with qtbot.waitSignal(tree.read_toggled) as switched:
        QTest.keyClick(tree._tree, Qt.Key.Key_Space)
    assert switched.args == [12]
    QTest.keyClicks(tree._tree, "abc")
    assert tree.current() == 12


def test_the_unread_are_counted_and_told_to_screen_readers(tree):
    assert tree._count.text() == "5条 · 未读3"
    assert "未读" in row_of(tree, 12).data(0, Qt.ItemDataRole.AccessibleTextRole)
    tree.update_item(replace(DOCUMENT.items[1], read=True, mark_count=4))
    assert tree._count.text() == "5条 · 未读2"
    told = row_of(tree, 12).data(0, Qt.ItemDataRole.AccessibleTextRole)
    assert "已读" in told
    assert "标注4处" in told


@pytest.mark.parametrize(
    ("listed", "found", "sentence", "role"),
    [(5, 5, "本期要点列 5 条，正文找到 5 条", "faint"), (6, 5, "本期要点列 6 条，正文找到 5 条，请核对原文", "warning")],
)
def test_the_contents_are_checked_against_the_text(tree, listed, found, sentence, role):
    tree.set_contents_check(listed, found)
    assert (tree._check.text(), tree._check.property("role"), tree._check.isVisible()) == (sentence, role, True)


def test_what_was_opened_stays_open_when_the_same_document_comes_again(tree):
    row_of(tree, 12).setExpanded(True)
    tree.set_current(13)
    tree.set_document(replace(DOCUMENT, title="《科技参考》第36期（更正）"))
    assert row_of(tree, 12).isExpanded()
    assert tree.current() == 13


def test_a_plan_shows_its_outline_with_deeper_headings_under_higher_ones(tree):
    headings = [(1, "总体要求"), (2, "指导思想"), (2, "主要目标"), (1, "重点任务"), (2, "技术攻关"), (3, "先进材料")]
    items = tuple(item(n, n, "", title, depth=depth) for n, (depth, title) in enumerate(headings, 1))
    tree.set_document(DocumentView(9, "规划", "", "document", items, "", is_pdf=False))
    plain = [line for line in outline(tree._tree.invisibleRootItem()) if "（" not in line]
    assert plain == ["总体要求", "  指导思想", "  主要目标", "重点任务", "  技术攻关", "    先进材料"]
    assert tree._name.text() == "目录"


def test_the_chapters_of_a_plan_are_not_shown_twice_where_sections_are_called_the_same(tree):
    items = (item(1, 1, "总体要求", "总体要求"), item(2, 2, "总体要求", "指导思想", depth=2))
    tree.set_document(DocumentView(9, "规划", "", "document", items, "", is_pdf=False))
    plain = [line for line in outline(tree._tree.invisibleRootItem()) if "（" not in line]
    assert plain == ["总体要求", "  指导思想"]


def test_a_bare_length_takes_no_line_of_its_own_but_fields_do(tree):
    tree.resize(420, 400)
    QApplication.processEvents()
    bare = tree._tree.visualItemRect(row_of(tree, 14)).height()
    tree.update_item(replace(DOCUMENT.items[3], fields=("综合",)))
    QApplication.processEvents()
    assert tree._tree.visualItemRect(row_of(tree, 14)).height() > bare


def test_another_theme_repaints_the_rows(tree):
    light = tree.grab().toImage()
    tree.set_theme(DARK)
    assert tree.grab().toImage() != light
