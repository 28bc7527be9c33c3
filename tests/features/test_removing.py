"""An issue taken in by mistake leaves the library from the window, and comes back by one undo."""

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox

from desktop.archive import catalogue, composing, marking


def question():
    """The question that stands, or None."""
    boxes = (box for box in QApplication.topLevelWidgets() if isinstance(box, QMessageBox) and box.isVisible())
    return next((box for box in boxes if box.windowTitle() == "从资料库移除"), None)


def answer(text):
    next(button for button in question().buttons() if button.text() == text).click()


def listed(reader):
    return {row.text(0) for row in reader.program.panels.library._tree.issue_rows()}


@pytest.fixture
def marked(reader):
    """A reader with an issue open in which they wrote a note, and another tab behind it."""
    reader.open_issue("902")
    issue = reader.open_issue("901")
    marking.add(reader.library, reader.item(1).id, 0, 4, note="待核实")
    return issue


def test_removing_closes_the_tab_and_undo_brings_all_back(reader, marked, qtbot):
    rows = listed(reader)
    reader.do("file.remove")
    assert "1 条划线（其中 1 条有批注）" in question().informativeText()
    answer("移除")
    assert reader.desk.document.issue != marked.id
    assert [document.issue for document in reader.program.pane.documents] == [reader.desk.document.issue]
    qtbot.waitUntil(lambda: len(listed(reader)) == len(rows) - 1)
    reader.do("edit.undo")
    qtbot.waitUntil(lambda: listed(reader) == rows)
    reader.open_issue("901")
    assert [mark.note for mark in reader.desk.marks] == ["待核实"]
    reader.do("edit.redo")  # with its tab in front
    assert reader.desk.document.issue != marked.id
    reader.do("view.back")


def test_closing_the_last_tab_leaves_nothing_of_its_item_beside_it(reader, qtbot):
    reader.open_issue("901")
    empty = reader.program.panels.item._empty
    qtbot.waitUntil(lambda: not empty.isVisibleTo(reader.program.panels.item))
    reader.do("file.close")
    assert empty.isVisibleTo(reader.program.panels.item)


def test_saying_no_removes_nothing(reader, marked):
    menu = reader.program.panels.library.menu(marked.id)
    next(action for action in menu.actions() if action.text() == "从资料库移除…").trigger()
    answer("取消")
    assert catalogue.is_there(reader.library, marked.id)
    assert reader.desk.document.issue == marked.id


def test_an_issue_that_a_memo_quotes_stays_and_the_memo_is_named(reader, marked):
    memo = composing.create(reader.library, "第一季度")
    composing.add(reader.library, memo.uid, reader.item(1).id)
    said = []
    reader.desk.failed.connect(said.append)
    reader.do("file.remove")
    assert question() is None
    assert "“第一季度”" in said[0]
    assert catalogue.is_there(reader.library, marked.id)
