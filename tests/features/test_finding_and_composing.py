"""检索到原文，再把摘录编成摘编。"""

import zipfile

from PySide6.QtWidgets import QFileDialog

from desktop.archive import composing


def _search(reader, text):
    reader.do("edit.find")
    reader.program.panels.search.set_query(text)
    reader.until(lambda: reader.program.panels.search.result_count() > 0)


def test_two_characters_find_every_passage_and_open_at_the_words(reader):
    reader.open_issue("903", view="reading")
    here = reader.desk.item_id
    _search(reader, "孵化")
    hit = reader.program.searching._hits[0]
    reader.program.panels.search.result_chosen.emit(0)
    assert reader.desk.document.issue == hit.issue.id
    assert reader.desk.item_id == hit.item.id
    assert hit.item.text[hit.start : hit.end] == "孵化"
    assert reader.program.pane._hits
    reader.do("view.back")
    assert reader.desk.item_id == here


def test_one_character_and_notes_are_found_too(reader):
    reader.open_issue()
    reader.select(1, "云岭省")
    reader.do("mark.note")
    reader.write_note("鳜鱼批示")
    _search(reader, "鳜")
    assert [hit.where for hit in reader.program.searching._hits.values()] == ["note"]


def test_closing_the_search_puts_the_lights_out(reader):
    reader.open_issue(view="reading")
    _search(reader, "创新")
    reader.program.panels.search.result_chosen.emit(0)
    reader.program.panels.search.closed.emit()
    assert reader.program.pane._hits == []
    assert reader.program.panels.library.isVisible()


def test_the_counts_follow_the_hits_and_narrow_them(reader):
    reader.open_issue()
    _search(reader, "创新")
    panel = reader.program.panels.search
    box = panel._narrowing.boxes["section"]
    reader.until(lambda: box.count() > 1)
    total, section = len(reader.program.searching._hits), box.itemData(1)
    box.setCurrentIndex(1)
    reader.until(lambda: len(reader.program.searching._hits) < total)
    assert {hit.item.section for hit in reader.program.searching._hits.values()} == {section}
    reader.until(lambda: f"（{len(reader.program.searching._hits)}）" in box.currentText())


def test_searches_are_remembered_saved_and_done_again(reader):
    reader.open_issue()
    reader.do("search.save")  # nothing to save yet: only a word in the status line
    panel = reader.program.panels.search
    _search(reader, "孵化")
    panel.result_chosen.emit(0)
    reader.do("search.save")
    reader.reopen()
    panel = reader.program.panels.search
    reader.do("edit.find")
    assert [(bool(start.uid), start.query) for start in panel._starts.starts()] == [(True, "孵化"), (False, "孵化")]
    panel._starts.chosen.emit(panel._starts.starts()[0])
    reader.until(lambda: panel.result_count() > 0)
    for start in panel._starts.starts():
        panel.start_forgotten.emit(start)
    assert panel._starts.starts() == []


def test_all_places_of_an_item_can_be_opened_one_by_one(reader):
    reader.open_issue(view="reading")
    _search(reader, "创新")
    panel, searching = reader.program.panels.search, reader.program.searching
    panel.more_requested.emit(0)
    places = [key for key in searching._hits if isinstance(key, tuple)]
    panel.result_chosen.emit(places[-1])
    hit = searching._hits[places[-1]]
    start, end = searching._places[places[-1]]
    assert hit.item.text[start:end].replace("\n", "") == "创新"
    assert reader.desk.item_id == hit.item.id


def test_results_go_into_a_table_and_into_the_basket(reader, tmp_path, monkeypatch):
    reader.open_issue()
    target = tmp_path / "结果.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: (str(target), ""))
    reader.do("search.export")
    assert not target.exists()
    _search(reader, "创新")
    reader.do("search.export")
    reader.until(target.exists)
    reader.program.panels.search.basket_requested.emit()
    entries = composing.entries(reader.library, composing.current(reader.library).uid)
    assert {entry.item for entry in entries} == {hit.item.id for hit in reader.program.searching._hits.values()}
    reader.do("edit.undo")
    assert composing.entries(reader.library, composing.current(reader.library).uid) == []


def test_the_basket_keeps_order_and_becomes_a_memo(reader, tmp_path, monkeypatch):
    reader.open_issue()
    reader.go_to(1)
    reader.do("memo.add")
    reader.select(2, "临江市")
    reader.do("memo.add")
    memo = composing.current(reader.library)
    entries = composing.entries(reader.library, memo.uid)
    assert [(entry.item, entry.mark is not None) for entry in entries] == [(reader.item(1).id, False), (reader.item(2).id, True)]
    reader.program.panels.memo.moved.emit(entries[1].uid, 1)
    assert [entry.uid for entry in composing.entries(reader.library, memo.uid)] == [entries[1].uid, entries[0].uid]
    target = tmp_path / "摘编.docx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: (str(target), ""))
    told = []
    reader.desk.said.connect(told.append)
    reader.do("memo.docx")
    reader.until(lambda: any("已导出" in text for text in told))
    with zipfile.ZipFile(target) as package:
        assert "临江市" in package.read("word/document.xml").decode()


def test_adding_can_be_undone_and_a_mark_in_the_basket_can_be_deleted(reader):
    reader.open_issue()
    reader.select(1, "云岭省")
    reader.do("memo.add")
    memo = composing.current(reader.library)
    assert len(composing.entries(reader.library, memo.uid)) == 1
    reader.do("mark.delete")
    assert composing.entries(reader.library, memo.uid) == []
    reader.do("edit.undo")
    assert len(composing.entries(reader.library, memo.uid)) == 1
    reader.do("edit.undo")
    assert composing.entries(reader.library, memo.uid) == []


def test_an_empty_basket_says_so(reader):
    told = []
    reader.desk.failed.connect(told.append)
    reader.do("memo.docx")
    assert len(told) == 1
    assert told[0].endswith("。")
