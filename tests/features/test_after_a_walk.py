"""What a stranger stumbled over at the window, so that it stays mended."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTreeWidget

from desktop.archive import tagging


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
