"""看：在本期中查找、翻到某页、换一种看法，下次打开还是那样；打印到文件。"""

from __future__ import annotations

import pymupdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QMessageBox

from desktop.archive import importing, marking, printlog
from desktop.paths import SAMPLES
from desktop.ui.printing.dialog import PrintDialog

WORDS = "云岭省"


def find(reader, words):
    reader.do("edit.find_here")
    reader.program.viewing.find_bar._box.setText(words)
    reader.program.viewing.find_bar.flush()
    return reader.program.viewing.find_bar._count.text()


def occurrences(reader, words):
    return sum("\n".join(passage.text for passage in item.passages).count(words) for item in reader.desk.document.items)


@pytest.mark.parametrize("view", ["page", "reading", "both"])
def test_every_hit_is_lit_and_counted_in_every_view(reader, view):
    reader.open_issue(view=view)
    count = occurrences(reader, WORDS)
    assert count > 1
    assert find(reader, WORDS) == f"第1处，共{count}处"
    assert len(reader.program.pane._hits) == count
    item, start, _ = reader.program.viewing._hits[0]
    assert (reader.desk.item_id, reader.desk.offset) == (item, start)


def test_f3_goes_round_and_shift_f3_back(reader):
    reader.open_issue(view="reading")
    count = occurrences(reader, WORDS)
    find(reader, WORDS)
    seen = []
    for _ in range(count):
        seen.append(reader.program.viewing.find_bar._count.text())
        reader.do("edit.find_next")
    assert seen == [f"第{n}处，共{count}处" for n in range(1, count + 1)]
    assert reader.program.viewing.find_bar._count.text() == f"第1处，共{count}处"
    reader.do("edit.find_previous")
    assert reader.program.viewing.find_bar._count.text() == f"第{count}处，共{count}处"


def test_blanks_and_widths_do_not_matter_and_nothing_found_is_said(reader):
    reader.open_issue(view="reading")
    assert find(reader, "云 岭　省") == find(reader, WORDS)
    assert find(reader, "查无此词啊") == "没有找到"
    assert find(reader, "　") == ""


def test_closing_the_bar_takes_the_light_away_and_gives_the_keyboard_back(reader):
    reader.open_issue(view="reading")
    find(reader, WORDS)
    bar = reader.program.viewing.find_bar
    reader.qtbot.keyClick(bar._box, Qt.Key.Key_Escape)
    assert bar.isHidden()
    assert reader.program.pane._hits == []


def test_another_issue_is_searched_for_the_same_words(reader):
    reader.open_issue("901", view="reading")
    find(reader, "建设")
    reader.open_issue("902")
    assert reader.program.viewing.find_bar._count.text() == f"共{occurrences(reader, '建设')}处"


def test_a_page_is_gone_to_by_its_number_and_back(reader):
    reader.open_issue(view="page")
    page = reader.program.pane.page
    reader.until(lambda: page.pages.count > 3)
    before = reader.desk.item_id
    reader.program.viewing.page_box.page_chosen.emit(5)
    assert page.current_page() == 5
    reader.until(lambda: reader.desk.item_id != before)
    reader.do("view.back")
    assert reader.desk.item_id == before


def test_how_an_issue_was_shown_is_remembered_for_itself_after_closing_its_tab_and_the_window(reader):
    reader.open_issue("901", view="page")
    page = reader.program.pane.page
    reader.until(lambda: page.pages.count > 0)
    for action in ("view.rotate", "view.single", "view.actual"):
        reader.do(action)
    reader.do("file.close")
    reader.open_issue("902", view="page")
    assert (page.arrangement.rotation, page.arrangement.single) == (0, False)
    reader.reopen()
    reader.open_issue("901")
    shown = reader.program.pane.page.arrangement
    assert reader.program.pane.view == "page"
    assert (shown.rotation, shown.single, shown.zoom) == (90, True, 1.0)
    actions = reader.program.window.keymap.actions
    assert actions["view.single"].isChecked()


def test_thumbnails_show_beside_the_pages_only(reader):
    reader.open_issue(view="reading")
    reader.do("view.thumbnails")
    pane = reader.program.pane
    assert pane.view == "page"
    assert pane.thumbnails.isVisible()
    reader.do("view.reading")
    assert not pane.thumbnails.isVisible()
    reader.do("view.both")
    assert pane.thumbnails.isVisible()
    reader.do("view.thumbnails")
    assert not pane.thumbnails.isVisible()


def test_pulling_the_end_of_a_mark_is_stored_and_can_be_undone(reader):
    reader.open_issue(view="page")
    reader.select(1, WORDS)
    reader.program.bar.color_chosen.emit("yellow")
    mark = reader.desk.marks[0]
    reader.program.pane.page.mark_reshaped.emit(mark.uid, mark.start, mark.end + 2)
    stored = marking.marks(reader.library)[0]
    assert (stored.start, stored.end, len(stored.quote)) == (mark.start, mark.end + 2, len(WORDS) + 2)
    reader.do("edit.undo")
    assert marking.marks(reader.library)[0].quote == WORDS


@pytest.mark.parametrize("view", ["page", "reading"])
def test_two_pages_are_printed_into_a_file(reader, tmp_path, monkeypatch, view):
    reader.open_issue(view=view)
    out = tmp_path / "两页.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: (str(out.with_suffix("")), ""))
    reader.do("file.print")
    dialog = next(box for box in QApplication.topLevelWidgets() if isinstance(box, PrintDialog) and box.isVisible())
    dialog.printer.setCurrentIndex(dialog.printer.count() - 1)
    dialog.some.setChecked(True)
    dialog.pages.setText("1-2")
    said = []
    reader.desk.said.connect(said.append)
    dialog.accept()
    reader.until(lambda: said, timeout=30_000)
    assert said == [f"已打印为 PDF 文件：{out}"]
    with pymupdf.open(out) as made:
        assert made.page_count == 2
    noted = printlog.prints(reader.library)
    assert [(one.what, one.pages, one.target) for one in noted] == [(reader.desk.document.title, "1-2", str(out))]
    reader.do("file.prints")
    box = next(box for box in QApplication.topLevelWidgets() if isinstance(box, QMessageBox) and box.windowTitle() == "打印记录")
    assert str(out) in box.informativeText()


def test_a_classified_issue_offers_its_classification_for_every_printed_page(empty_reader, tmp_path):
    text = (SAMPLES / "issue-901.txt").read_text(encoding="utf-8")
    file = tmp_path / "密.txt"
    file.write_text("秘密★1年\n" + text.lstrip(), encoding="utf-8")
    issue = importing.import_paths(empty_reader.library, [file])[0].issue
    empty_reader.program.reading.open_issue(issue.id)
    empty_reader.do("file.print")
    dialog = next(box for box in QApplication.topLevelWidgets() if isinstance(box, PrintDialog) and box.isVisible())
    assert dialog.choice().classification == "秘密★1年"
    dialog.reject()


def test_a_link_out_of_the_document_is_copied_and_never_opened(reader):
    reader.open_issue(view="page")
    said = []
    reader.desk.said.connect(said.append)
    reader.program.pane.page.link_activated.emit("https://example.org/办法")
    assert QApplication.clipboard().text() == "https://example.org/办法"
    assert "不联网" in said[0]


def test_no_menu_is_longer_than_a_small_screen(reader):
    assert all(menu.sizeHint().height() < 680 for menu in reader.program.window.menuBar().findChildren(QMenu))
