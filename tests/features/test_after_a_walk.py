"""What a stranger stumbled over at the window, so that it stays mended."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QTreeWidget

from desktop.archive import catalogue, composing, marking, revising, tagging
from desktop.paths import SAMPLES
from desktop.ui.note_editor import NoteBox


def test_both_tabs_are_there_after_a_restart(reader):
    reader.open_issue("902", view="reading")
    reader.open_issue("901", view="reading")
    reader.reopen()
    tabs = reader.program.pane._tabs
    reader.until(lambda: tabs.count() == 2 and tabs.isVisible() and tabs.height() > 10)


def test_the_end_of_an_item_on_a_page_counts_as_read(reader):
    reader.open_issue(view="page")
    page, item = reader.program.pane.page, reader.item(5)
    page.go_to(item.id, len("\n".join(passage.text for passage in item.passages)) - 1, flash=False)
    reader.until(lambda: reader.item(5).read)
    assert not reader.item(1).read


def test_leaving_triage_gives_the_keyboard_back_so_that_undo_works(reader):
    reader.open_issue(view="reading")
    reader.do("field.triage")
    reader.do("field.综合")
    assert tagging.tags(reader.library)
    reader.program.triage.leave()
    assert reader.program.pane.reading.hasFocus()
    reader.do("edit.undo")
    assert not tagging.tags(reader.library)


def test_changing_the_colours_keeps_the_type(reader):
    panels = reader.program.panels.all()
    drawn = [panel.fontInfo().family() for panel in panels]
    for name in ("dark", "contrast", "light"):
        reader.do(f"theme.{name}")
        assert [panel.fontInfo().family() for panel in panels] == drawn


def test_the_page_box_is_silent_where_no_pages_are_shown(reader):
    reader.open_issue(view="page")
    box = reader.program.viewing.page_box
    reader.until(box.isEnabled)
    reader.do("view.reading")
    assert not box.isEnabled()


def test_escape_leaves_the_search_for_the_text(reader):
    reader.open_issue(view="reading")
    reader.do("edit.find")
    reader.qtbot.keyClick(reader.program.window, Qt.Key.Key_Escape)
    assert reader.program.panels.tree.isVisible()
    assert reader.program.pane.reading.hasFocus()


def test_results_in_other_issues_are_walked_through_from_the_keyboard(reader):
    reader.open_issue("903", view="reading")
    reader.do("edit.find")
    reader.program.panels.search.set_query("创新")
    reader.until(lambda: reader.program.panels.search.result_count() > 0)
    results = reader.program.panels.search.findChild(QTreeWidget)
    results.setFocus()
    other = next(at for at, hit in reader.program.searching._hits.items() if hit.issue.number != "903")
    reader.program.panels.search.result_chosen.emit(other)
    assert "903" not in reader.desk.document.title
    assert results.hasFocus()


def test_a_note_that_is_still_being_written_is_kept_when_the_window_is_closed(reader):
    reader.open_issue(view="reading")
    reader.select(1, "云岭省")
    reader.do("mark.note")
    reader.program.editor.findChild(QPlainTextEdit).setPlainText("请高新处研提意见")
    library, stored = reader.library, []
    close = reader.program._stops[0]
    reader.program._stops[0] = lambda: (stored.extend(mark.note for mark in marking.marks(library)), close())
    reader.close()
    assert stored == ["请高新处研提意见"]


@pytest.mark.parametrize("away", ["view.next_document", "file.close"])
def test_a_note_that_is_still_being_written_is_kept_when_another_issue_is_shown(reader, away):
    reader.open_issue("902", view="reading")
    reader.open_issue("901", view="reading")
    reader.select(1, "云岭省")
    reader.do("mark.note")
    reader.program.editor.findChild(QPlainTextEdit).setPlainText("请高新处研提意见")
    reader.do(away)
    reader.program.pane.reading.setFocus()
    reader.until(lambda: [mark.note for mark in marking.marks(reader.library)] == ["请高新处研提意见"])


def test_a_note_being_written_in_the_list_is_kept_when_another_issue_is_shown(reader):
    reader.open_issue("902", view="reading")
    reader.open_issue("901", view="reading")
    reader.select(1, "云岭省")
    reader.do("mark.yellow")
    panel = reader.program.panels.marks
    reader.program.window.reveal_panel(panel)
    panel.edit_note(reader.desk.marks[0].uid)
    panel.findChild(NoteBox).setPlainText("请高新处研提意见")
    reader.do("view.next_document")
    reader.until(lambda: [mark.note for mark in marking.marks(reader.library)] == ["请高新处研提意见"])


def test_results_of_the_search_go_into_the_memo_that_is_open(reader):
    reader.open_issue("901", view="reading")
    first, second = (composing.create(reader.library, name).uid for name in ("季度摘编", "专报"))
    reader.program.memos.open(first)
    reader.do("edit.find")
    reader.program.panels.search.set_query("企业")
    reader.until(lambda: reader.program.searching.found_items())
    reader.program.panels.search.basket_requested.emit()
    assert composing.entries(reader.library, first)
    assert not composing.entries(reader.library, second)


def test_closing_the_window_does_not_wait_for_the_rest_of_an_import(empty_reader, tmp_path):
    reader, folder = empty_reader, tmp_path / "来件"
    folder.mkdir()
    for number in range(60):
        (folder / f"{number}.txt").write_text((SAMPLES / "issue-901.txt").read_text("utf-8") + f"\n附注{number}", "utf-8")
    reader.program.importing.bring_in([folder])
    reader.until(lambda: catalogue.issues(reader.library))
    reader.reopen()
    issue = catalogue.issues(reader.library)[0]
    assert 0 < len(revising.files(reader.library, issue)) < 60


@pytest.mark.parametrize(("view", "has_corrections"), [("page", False), ("reading", True)])
def test_the_right_button_offers_what_the_menu_bar_does_with_a_selection(reader, view, has_corrections):
    reader.open_issue(view=view)
    shown = getattr(reader.program.pane, view)
    reader.select(1, "云岭省")
    menu = reader.program.menus.menu(shown, QPoint(200, 200))
    texts = [action.text() for action in menu.actions()]
    assert {"复制", "复制并附出处", "批注…", "加入摘编"} <= set(texts)
    assert ("勘误…" in texts) is has_corrections
    next(action for action in menu.actions() if action.text() == "划线：黄").trigger()
    assert [mark.quote for mark in reader.desk.marks] == ["云岭省"]


def test_where_nothing_is_selected_on_a_page_there_is_no_menu(reader):
    reader.open_issue(view="page")
    assert reader.program.menus.menu(reader.program.pane.page, QPoint(200, 200)) is None


def test_the_status_line_tells_no_page_in_the_reading_view(reader):
    reader.open_issue(view="page")
    told = reader.program.window._facts
    reader.until(lambda: "页" in told.text())
    reader.do("view.reading")
    assert "页" not in told.text()


@pytest.mark.parametrize("away", ["scroll", "view.page", "view.next_document", "file.close"])
def test_the_bar_does_not_stay_where_its_words_have_gone(reader, away):
    reader.open_issue("902", view="reading")
    reader.open_issue("901", view="reading")
    reader.select(1, "云岭省")
    assert reader.program.bar.isVisible()
    if away == "scroll":
        bar = reader.program.pane.reading.verticalScrollBar()
        bar.setValue(bar.value() + 90)
    else:
        reader.do(away)
    assert not reader.program.bar.isVisible()


def test_in_two_views_the_bar_stays_while_the_other_view_follows(reader):
    reader.open_issue(view="both")
    reader.program.pane.reading.setFocus()
    reader.until(reader.program.pane.reading.hasFocus)
    reader.select(1, "云岭省")
    page = reader.program.pane.page.verticalScrollBar()
    reader.until(lambda: page.maximum() > 0)
    page.setValue(page.value() + 90)
    assert reader.program.bar.isVisible()


def test_what_is_said_can_be_read_and_gives_way_to_the_facts_again(reader):
    reader.open_issue(view="reading")
    bar, facts = reader.program.window.statusBar(), reader.program.window._facts
    assert facts.isVisible()
    reader.go_to(1)
    reader.do("memo.add")
    room = min(widget.x() for widget in bar.findChildren(QLabel) if widget.isVisible())
    assert bar.currentMessage() == "已加入摘编篮。"
    assert room > bar.fontMetrics().horizontalAdvance(bar.currentMessage())
    bar.clearMessage()
    assert facts.isVisible()
    reader.do("memo.add")
    assert bar.currentMessage() == "已在摘编篮里。"
