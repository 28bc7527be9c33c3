"""读、划、批、标：一期要参从打开到标注，每一步当时保存，可以撤销，重开还在。"""

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox

from desktop.archive import catalogue, marking, tagging
from desktop.paths import SAMPLES

WORDS = "云岭省"


def test_an_empty_library_offers_three_ways_in_and_the_samples_open(empty_reader):
    assert empty_reader.program.panels.library.isVisible()
    empty_reader.program.panels.library.samples_requested.emit()
    empty_reader.until(lambda: empty_reader.desk.document is not None)
    assert len(catalogue.issues(empty_reader.library)) == 3
    assert empty_reader.program.panels.tree.current() == empty_reader.desk.item_id


def test_the_tree_is_the_contents_and_choosing_scrolls(reader):
    reader.open_issue(view="reading")
    reader.go_to(4)
    assert reader.desk.item_id == reader.item(4).id
    assert reader.program.pane.reading.place()[0] == reader.item(4).id


def test_changing_view_or_size_stays_at_the_item(reader):
    reader.open_issue(view="page")
    reader.go_to(2)
    here = reader.item(2).id
    for step in ("view.reading", "view.both", "view.page", "view.reading"):
        reader.do(step)
        reader.qtbot.wait(250)
        assert reader.desk.item_id == here, step
    reader.program.window.resize(1000, 600)
    reader.qtbot.wait(250)
    assert reader.desk.item_id == here


def test_a_highlight_is_saved_at_once_and_shown_in_both_views(reader):
    reader.open_issue(view="both")
    selection = reader.select(1, WORDS)
    assert reader.program.bar.isVisible()
    reader.program.bar.color_chosen.emit("green")
    stored = marking.marks(reader.library)
    assert [(mark.quote, mark.color, mark.start) for mark in stored] == [(WORDS, "green", selection.start)]
    assert not reader.program.bar.isVisible()
    assert [mark.quote for mark in reader.desk.marks] == [WORDS]


def test_a_highlight_in_the_page_view_lands_on_the_same_words_in_the_text(reader):
    reader.open_issue(view="page")
    page = reader.program.pane.page
    item = reader.item(1)
    reader.until(lambda: page.pages.count > 0)
    page.go_to(item.id, flash=False)
    reader.until(page.is_sharp)
    page.select_item(item.id)
    selection = page.selection()
    text = "\n".join(passage.text for passage in item.passages)
    assert selection.text == text[selection.start : selection.end]
    assert len(selection.text) > 300


def test_undo_and_redo_name_what_they_do(reader):
    reader.open_issue()
    reader.select(1, WORDS)
    reader.do("mark.yellow")
    undo = reader.program.window.keymap.actions["edit.undo"]
    assert "划线" in undo.text()
    reader.do("edit.undo")
    assert marking.marks(reader.library) == []
    assert reader.desk.marks == ()
    reader.do("edit.redo")
    assert [mark.quote for mark in reader.desk.marks] == [WORDS]


def test_a_note_is_kept_with_its_mark(reader):
    reader.open_issue()
    reader.select(2, "临江市")
    reader.do("mark.note")
    reader.write_note("请高新处研提意见")
    reader.reopen()
    assert [mark.note for mark in marking.marks(reader.library)] == ["请高新处研提意见"]


def test_a_field_key_tags_the_selection_else_the_item(reader):
    reader.open_issue()
    reader.select(1, WORDS)
    reader.do("field.生物医药")
    assert reader.desk.marks[0].fields == ("生物医药",)
    reader.program.pane.reading.selection_cleared.emit()
    reader.desk.selected_mark = ""
    reader.go_to(2)
    reader.do("field.综合")
    assert reader.item(2).fields == ("综合",)
    reader.do("field.综合")
    assert reader.item(2).fields == ()


def test_a_point_chosen_in_the_tree_is_tagged_as_a_point(reader):
    reader.open_issue()
    item = reader.item(1)
    point = next(passage for passage in item.passages if passage.number == 2)
    offset = "\n".join(passage.text for passage in item.passages).index(point.text)
    reader.program.panels.tree.item_chosen.emit(item.id, offset)
    reader.do("field.数字经济")
    assert [(tag.point, tag.field) for tag in tagging.tags(reader.library)] == [(2, "数字经济")]


def test_suggestions_come_with_words_that_stand_there_and_tag_only_when_accepted(reader):
    reader.open_issue()
    reader.go_to(1)
    reader.until(lambda: reader.program.fields._suggestions)
    suggestion = reader.program.fields._suggestions[0]
    text = "\n".join(passage.text for passage in reader.item(1).passages)
    assert all(text[one.start : one.end] == one.term for one in suggestion.evidence)
    assert tagging.tags(reader.library) == []
    reader.do("field.accept")
    assert [tag.field for tag in tagging.tags(reader.library)] == [suggestion.field]


def test_a_refused_suggestion_does_not_come_back(reader):
    reader.open_issue()
    reader.go_to(1)
    reader.until(lambda: reader.program.fields._suggestions)
    refused = reader.program.fields._suggestions[0].field
    reader.do("field.refuse")
    reader.until(lambda: refused not in [one.field for one in reader.program.fields._suggestions])
    reader.reopen()
    reader.until(lambda: reader.desk.item_id)
    assert tagging.refusals(reader.library, reader.item(1).id)


def test_the_last_session_comes_back(reader):
    reader.open_issue("902", view="reading")
    reader.open_issue("901", view="reading")
    reader.go_to(3)
    place = reader.desk.item_id
    reader.reopen()
    assert [document.issue for document in reader.program.pane.documents] == [
        issue.id for number in ("902", "901") for issue in catalogue.issues(reader.library) if issue.number == number
    ]
    assert reader.desk.item_id == place
    assert reader.program.pane.view == "reading"


def test_a_file_that_is_there_already_is_opened_not_stored_twice(reader):
    before = catalogue.issues(reader.library)
    reader.program.window.files_dropped.emit([SAMPLES / "issue-902.pdf"])
    reader.until(lambda: reader.desk.document is not None)
    assert "902" in reader.desk.document.title
    assert catalogue.issues(reader.library) == before


def test_a_bad_file_is_one_sentence_and_changes_nothing(reader, tmp_path):
    before = catalogue.issues(reader.library)
    bad = tmp_path / "坏.pdf"
    bad.write_bytes(b"\xff\xd8\xff\xe0 not a pdf")
    told = []
    reader.desk.failed.connect(told.append)
    reader.program.window.files_dropped.emit([bad])
    reader.until(lambda: told)
    assert told[0].endswith("。")
    assert catalogue.issues(reader.library) == before
    assert any(isinstance(box, QMessageBox) for box in QApplication.topLevelWidgets())


def test_reading_to_the_end_marks_an_item_read_and_the_key_takes_it_back(reader):
    reader.open_issue()
    reader.program.pane.reading.item_read.emit(reader.item(1).id)
    assert reader.item(1).read
    reader.go_to(1)
    reader.do("item.read")
    assert not reader.item(1).read


def test_copy_takes_the_source_along(reader):
    reader.open_issue()
    reader.select(1, WORDS)
    reader.do("edit.copy_source")
    assert QApplication.clipboard().text() == f"{WORDS}〔《创新驱动要参》第901期，2024年3月8日〕"


def test_a_mark_in_the_list_leads_to_its_place(reader):
    reader.open_issue(view="reading")
    reader.select(5, "铷原子钟")
    reader.do("mark.red")
    reader.go_to(1)
    reader.program.panels.marks.mark_chosen.emit(reader.desk.marks[0].uid)
    assert reader.desk.item_id == reader.item(5).id


def test_a_deleted_mark_comes_back_with_undo(reader):
    reader.open_issue()
    reader.select(1, WORDS)
    reader.do("mark.yellow")
    reader.do("mark.delete")
    assert reader.desk.marks == ()
    reader.do("edit.undo")
    assert [mark.quote for mark in reader.desk.marks] == [WORDS]


def test_a_mark_is_let_go_when_the_reader_goes_elsewhere(reader):
    reader.open_issue(view="reading")
    reader.select(1, WORDS)
    reader.do("mark.yellow")
    reader.program.pane.reading.place_changed.emit(reader.item(1).id, 200)
    reader.do("field.综合")
    reader.do("mark.delete")
    assert [mark.fields for mark in reader.desk.marks] == [()]
    assert reader.item(1).fields == ("综合",)


def test_the_end_of_a_mark_is_pulled_with_the_mouse_in_the_reading_view_and_undone(reader):
    reader.open_issue(view="reading")
    view = reader.program.pane.reading
    selection = reader.select(1, WORDS)
    reader.program.bar.color_chosen.emit("yellow")
    uid = marking.marks(reader.library)[0].uid
    view.go_to(selection.item, selection.start, flash=False)
    low = view._sheet.map.position(selection.item, selection.start)

    def spot(position, *, after):
        side = view._layout.edge(position, after=after).center()
        return QPoint(round(side.x()), round(side.y()) - view.verticalScrollBar().value())

    inside = spot(low + 1, after=False)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=inside)
    assert reader.desk.selected_mark == uid
    goal = spot(low + len(WORDS) + 4, after=True)
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=spot(low + len(WORDS), after=True))
    held = (Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    move = QMouseEvent(QEvent.Type.MouseMove, QPointF(goal), QPointF(view.viewport().mapToGlobal(goal)), *held)
    QApplication.sendEvent(view.viewport(), move)
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=goal)
    text = view._sheet.text_of(selection.item)
    assert [mark.quote for mark in marking.marks(reader.library)] == [text[selection.start : selection.end + 4]]
    reader.do("edit.undo")
    assert [mark.quote for mark in marking.marks(reader.library)] == [WORDS]
    reader.do("edit.redo")
    assert [mark.quote for mark in reader.desk.marks] == [text[selection.start : selection.end + 4]]
