"""更正：原文不动，阅读视图随即显示，可以撤销，划线不移位。"""

from PySide6.QtWidgets import QMenu

from desktop.archive import correcting, marking


def passage_start(item, index):
    return sum(len(passage.text) + 1 for passage in item.passages[:index])


def lines(reader):
    return reader.program.pane.reading.toPlainText().split("\n")


def test_paragraphs_are_merged_and_parted_on_the_page_and_come_back_by_undoing(reader):
    reader.open_issue(view="reading")
    before = lines(reader)
    item = reader.item(1)
    start = passage_start(item, 3)
    program = reader.program
    program.correcting.merge((item.id, start))
    assert len(lines(reader)) == len(before) - 1
    assert "".join(lines(reader)) == "".join(before)
    program.correcting.split((item.id, start + 6))
    assert len(lines(reader)) == len(before)
    assert "".join(lines(reader)) == "".join(before)
    reader.do("edit.undo")
    reader.do("edit.undo")
    assert lines(reader) == before


def test_an_erratum_stands_behind_the_words_and_is_no_part_of_the_text(reader):
    reader.open_issue(view="reading")
    item = reader.item(1)
    words = item.passages[1].text[4:8]
    selection = reader.select(1, words)
    reader.program.correcting.put_erratum(selection, "别的字")
    shown = reader.program.pane.reading.toPlainText()
    assert f"{words}〔勘误：别的字〕" in shown
    mark = marking.add(reader.library, item.id, selection.start - 2, selection.end + 2)
    assert mark.quote == item.passages[1].text[2:10]
    sheet = reader.program.pane.reading._sheet.map
    assert [high - low for low, high in sheet.ranges(item.id, mark.start, mark.end)] == [6, 2]


def test_a_selection_over_a_parted_paragraph_is_one_stretch(reader):
    reader.open_issue(view="reading")
    item = reader.item(1)
    start = passage_start(item, 1)
    reader.program.correcting.split((item.id, start + 10))
    view = reader.program.pane.reading
    view._set_caret(view._sheet.map.position(item.id, start + 4), view._sheet.map.position(item.id, start + 14))
    assert (view.selection().start, view.selection().end) == (start + 4, start + 14)


def menu_for(reader, place):
    menu = QMenu(reader.program.pane.reading)
    reader.program.correcting.fill(menu, place)
    return menu


def test_the_menu_offers_what_can_be_done_there(reader):
    reader.open_issue(view="reading")
    item = reader.item(1)
    place = (item.id, passage_start(item, 2) + 3)
    menu = menu_for(reader, place)
    assert {entry.text(): entry.isEnabled() for entry in menu.actions() if entry.text()} == {
        "与上一段合并": True,
        "在此处分段": True,
        "设为标题": True,
        "勘误…": False,
        "撤回此处更正": False,
    }
    next(entry for entry in menu.actions() if entry.text() == "在此处分段").trigger()
    assert [record.kind for record in correcting.corrections(reader.library)] == ["split"]
    again = menu_for(reader, place)
    next(entry for entry in again.actions() if entry.text() == "撤回此处更正").trigger()
    assert correcting.corrections(reader.library) == []


def points(reader, ordinal):
    row = reader.program.panels.tree._rows[reader.item(ordinal).id]
    return [row.child(index).text(0) for index in range(row.childCount())]


def test_the_tree_lists_the_points_as_they_were_corrected_and_as_before_when_it_is_undone(reader):
    reader.open_issue(view="reading")
    before = points(reader, 1)
    item = reader.item(1)
    places = [at for at, passage in enumerate(item.passages) if passage.marker]
    assert len(places) == len(before) > 1
    reader.program.correcting.merge((item.id, passage_start(item, places[1])))
    assert points(reader, 1) == [*before[:1], *before[2:]]
    titled, at = next(
        (item, at)
        for item in reader.desk.document.items
        for at, passage in enumerate(item.passages)
        if at and len(passage.text) <= 80 and not passage.marker
    )
    reader.program.correcting.title((titled.id, passage_start(titled, at)))
    assert any(titled.passages[at].text.startswith(text) for text in points(reader, titled.ordinal))
    reader.do("edit.undo")
    reader.do("edit.undo")
    assert points(reader, 1) == before


def test_without_a_document_a_correction_says_what_is_missing(empty_reader):
    said = []
    empty_reader.desk.said.connect(said.append)
    for action in ("correct.merge", "correct.erratum", "correct.withdraw"):
        empty_reader.do(action)
    assert len(said) == 3


def test_a_title_with_an_erratum_is_listed_as_it_should_be_read_and_the_print_is_told(reader):
    reader.open_issue(view="reading")
    item, program = reader.item(1), reader.program
    words = item.title[2:5]
    wanted = item.title.replace(words, "应读之字", 1)
    program.correcting.put_erratum(reader.select(1, words), "应读之字")
    row = program.panels.tree._rows[item.id]
    assert row.text(0) == wanted
    assert f"原题：{item.title}" in row.toolTip(0)
    program.searching.open()
    program.panels.search.set_query(item.title[5:12])
    reader.until(lambda: any(row.text(0) == wanted for row in program.panels.search._results.hit_rows()))
    hit = next(row for row in program.panels.search._results.hit_rows() if row.text(0) == wanted)
    assert f"原题：{item.title}" in hit.toolTip(0)
    assert reader.item(1).title == item.title, "the text stays as printed"
    reader.do("edit.undo")
    assert row.text(0) == item.title
    assert "原题" not in row.toolTip(0)
