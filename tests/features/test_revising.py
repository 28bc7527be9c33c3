"""收到同一期的更正文件：对照列出每处划线和每段改动，点到即达，失锚的可重新定位，可换回原来的文件。"""

from __future__ import annotations

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QPushButton, QTableWidget, QTabWidget, QTextBrowser

from desktop.archive import catalogue, importing, marking, trash
from desktop.ui.revisions.window import MarkRow, RevisionWindow
from desktop.ui.theme import LIGHT
from tests.bulletin.copies import typed
from tests.bulletin.dresses import DRESSES, NEWS
from tests.bulletin.gazette import blocks

TEXT = typed(blocks(DRESSES[0], NEWS))
LOST = "力争到2026年集聚企业50家"
REVISED = TEXT.replace("走访企业126家", "走访企业128家").replace(f"{LOST}，带动就业2000人。", "做大做强产业。")


@pytest.fixture
def revised(empty_reader, tmp_path):
    """A reader with two marks in an issue, to whom a corrected file of it has come."""
    reader = empty_reader
    for name, text in (("甲.txt", TEXT), ("乙.txt", REVISED)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    importing.import_paths(reader.library, [tmp_path / "甲.txt"])
    (issue,) = catalogue.issues(reader.library)
    for quote in ("走访企业126家", LOST):
        item = next(item for item in catalogue.items(reader.library, issue.id) if quote in item.text)
        marking.add(reader.library, item.id, *marking.find_quote(item, quote), note="核对")
    reader.program.importing.bring_in([tmp_path / "乙.txt"])
    reader.until(lambda: shown(reader) and shown(reader).isVisible())
    return reader


def shown(reader):
    return reader.program.revising._shown


def table(reader, name):
    return next(one for one in shown(reader).findChildren(QTableWidget) if one.accessibleName() == name)


def rows(reader, name="划线"):
    found = table(reader, name)
    return [tuple(found.item(row, column).text() for column in range(found.columnCount())) for row in range(found.rowCount())]


def choose(reader, words, name="划线"):
    at = next(number for number, row in enumerate(rows(reader, name)) if words in row)
    table(reader, name).selectRow(at)


def press(reader, text):
    button = next(one for one in shown(reader).findChildren(QPushButton) if one.text() == text)
    assert button.isEnabled()
    button.click()


def test_after_the_import_every_mark_is_listed_and_leads_to_its_place(revised):
    found = {row[:3] for row in rows(revised)}
    assert found == {("文字有改动", "走访企业126家", "走访企业128家"), ("失锚", LOST, "")}
    choose(revised, "走访企业126家")
    press(revised, "转到正文")
    assert revised.desk.mark(revised.desk.selected_mark).quote == "走访企业128家"
    assert not shown(revised).isModal()


def test_the_passages_that_differ_are_shown_and_lead_to_the_text(revised):
    text = shown(revised).findChild(QTextBrowser)
    page = text.toPlainText()
    assert "走访企业126128家" in page  # struck through, underlined
    assert "做大做强产业" in page
    assert page.count("转到") == 2
    change = next(
        at for at, one in enumerate(revised.program.revising._made[0].changes) if any("128家" in p.after for p in one.passages)
    )
    text.anchorClicked.emit(QUrl(f"{change}.0"))
    assert "128家" in "".join(p.text for p in revised.desk.item().passages)


def test_a_lost_mark_leads_to_the_item_that_it_was_on_unless_words_are_selected_for_it(revised):
    (lost,) = [mark for mark in revised.desk.marks if not mark.anchored]
    revised.go_to(1)
    shown(revised).mark_chosen.emit(lost.uid)
    assert revised.desk.item_id == lost.item
    selection = revised.select(1, revised.item(1).title)
    shown(revised).mark_chosen.emit(lost.uid)
    assert revised.desk.selection == selection


def test_a_lost_mark_is_put_on_the_words_the_reader_selects_and_undone(revised):
    choose(revised, LOST)
    item = next(item for item in revised.desk.document.items if any("做大做强产业" in p.text for p in item.passages))
    revised.select(item.ordinal, "做大做强产业")
    press(revised, "定位到所选文字")
    assert ("已重新定位", LOST, "做大做强产业") in {row[:3] for row in rows(revised)}
    (mark,) = [mark for mark in revised.desk.marks if mark.quote == "做大做强产业"]
    assert (mark.anchored, mark.note) == (True, "核对")
    revised.do("edit.undo")
    assert ("失锚", LOST, "") in {row[:3] for row in rows(revised)}


def test_without_a_selection_nothing_is_placed_and_the_reader_is_told(revised):
    said = []
    revised.desk.said.connect(said.append)
    choose(revised, LOST)
    press(revised, "定位到所选文字")
    assert "请先在正文中选中" in said[0]
    assert [mark.quote for mark in revised.desk.marks if not mark.anchored] == [LOST]


def test_the_list_of_marks_offers_the_same_for_a_lost_mark(revised):
    listed = revised.program.panels.marks._list
    lost = next(mark for mark in revised.desk.marks if not mark.anchored)
    entries = {entry.text(): entry for entry in listed.menu(listed.row_of(lost.uid)).actions()}
    assert "转到正文" not in entries
    item = revised.item(1)
    revised.select(1, item.title)
    entries["定位到所选文字"].trigger()
    assert revised.desk.mark(lost.uid).quote == item.title
    assert "定位到所选文字" not in {entry.text() for entry in listed.menu(listed.row_of(lost.uid)).actions()}


def test_a_lost_mark_can_be_deleted_into_the_trash(revised):
    choose(revised, LOST)
    press(revised, "删除")
    assert ("已删除", LOST, "") in {row[:3] for row in rows(revised)}
    assert [one.quote for one in trash.contents(revised.library)] == [LOST]


def test_the_former_file_is_put_in_force_again_and_all_marks_are_back(revised):
    assert [row[2] for row in rows(revised, "文件")] == ["现用", "另存"]
    choose(revised, "甲.txt", "文件")
    press(revised, "换用这份文件")
    revised.until(lambda: [row[0] for row in rows(revised, "文件")] == ["甲.txt", "乙.txt"])
    assert {row[:3] for row in rows(revised)} == {("文字有改动", "走访企业128家", "走访企业126家"), ("原位", LOST, LOST)}
    revised.until(lambda: "走访企业126家" in revised.program.pane.reading.toPlainText())
    assert all(mark.anchored for mark in revised.desk.marks)


def test_it_opens_from_the_menu_and_from_the_list_of_the_library(revised):
    shown(revised).close()
    revised.do("file.revisions")
    assert shown(revised).isVisible()
    shown(revised).close()
    menu = revised.program.panels.library.menu(revised.desk.document.issue)
    next(entry for entry in menu.actions() if entry.text() == "修订对照…").trigger()
    assert shown(revised).isVisible()


def test_an_issue_with_one_file_says_so(reader):
    reader.open_issue()
    reader.do("file.revisions")
    assert "只收入过一份文件" in shown(reader)._said.text()


def test_without_a_document_the_action_says_what_is_missing(empty_reader):
    said = []
    empty_reader.desk.said.connect(said.append)
    empty_reader.do("file.revisions")
    assert said == ["请先打开一期。"]


@pytest.mark.parametrize(
    ("rows", "front"), [((), "文字变动"), ((MarkRow("a", "相同", "题", "原", "现", lost=False, present=True),), "划线")]
)
def test_what_differs_comes_to_the_front_where_there_is_no_mark(empty_reader, rows, front):
    window = RevisionWindow(LIGHT, empty_reader.program.window)
    window.set_comparison(None, rows)
    window.show_differences()
    tabs = window.findChild(QTabWidget)
    assert tabs.tabText(tabs.currentIndex()).startswith(front)
