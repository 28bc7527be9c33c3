"""A memo made in the window: filled by field and period, seen as pages, worded, put in order, written out, and made again."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QInputDialog, QMenu, QMessageBox, QProgressDialog

from desktop.archive import catalogue, composing, tagging
from desktop.ui.memo_panel.adding import AddDialog, PassagesDialog
from desktop.ui.memo_panel.settings import MemoSettings, PageSettings


def dialog(reader, kind):
    reader.until(lambda: [one for one in reader.program.window.findChildren(kind) if one.isVisible()])
    return [one for one in reader.program.window.findChildren(kind) if one.isVisible()][-1]


def tagged(reader, field="生物医药"):
    for issue in catalogue.issues(reader.library):
        for item in catalogue.items(reader.library, issue.id)[:2]:
            tagging.tag(reader.library, item.id, field)


def facts(reader):
    return reader.program.panels.preview._facts.text()


def filled(reader):
    tagged(reader)
    reader.do("memo.add_chosen")
    dialog(reader, AddDialog).accept()
    reader.do("memo.preview")
    reader.until(lambda: "6 条" in facts(reader))


def test_a_memo_on_one_field_is_made_seen_and_written(reader, tmp_path, monkeypatch):
    filled(reader)
    assert reader.program.window.preview_shown()
    panel, output = reader.program.panels.memo, reader.program.output
    assert [panel._kind.itemText(row) for row in range(5)] == ["信息摘编", "要情摘报", "专报", "领导参阅", "呈阅件"]
    target = tmp_path / "摘编.docx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: (str(target), ""))
    for kind in ("信息摘编", "呈阅件"):
        panel._kind.setCurrentText(kind)
        panel._kind.activated.emit(panel._kind.currentIndex())
        reader.until(lambda name=kind: facts(reader).startswith(name))
        first = composing.entries(reader.library, reader.program.memos.current())[0].item
        panel.select_row(1)
        reader.qtbot.keyClick(panel._basket, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
        assert composing.entries(reader.library, reader.program.memos.current())[1].item == first
        reader.do("memo.docx")
        reader.until(lambda: [box for box in reader.program.window.findChildren(QMessageBox) if box.isVisible()], 30000)
        box = dialog(reader, QMessageBox)
        assert "共 6 条" in box.text()
        assert "请核对后再印发" not in box.informativeText()
        box.close()
        assert target.stat().st_size > 5000
        target.unlink()
    reader.do("memo.log")
    assert len(composing.exports(reader.library)) == 2
    assert output._kinds[0].name == "信息摘编"


def test_an_export_that_is_cancelled_leaves_the_former_file(reader, tmp_path, monkeypatch):
    filled(reader)
    target, said = tmp_path / "摘编.pdf", []
    target.write_text("旧稿")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: (str(target), ""))
    reader.desk.said.connect(said.append)
    reader.do("memo.pdf")
    (bar,) = reader.program.window.findChildren(QProgressDialog)
    bar.canceled.emit()
    reader.until(lambda: said[-1:] == ["已取消导出，没有写出文件。"], 30000)
    assert target.read_text() == "旧稿"
    assert [left.name for left in tmp_path.iterdir() if left.is_file()] == ["摘编.pdf"]
    assert composing.exports(reader.library) == []


def headings(reader):
    shown = reader.program.panels.preview.sheets._pages
    return [text.partition("、")[2] for page in shown for level, text in page.headings if level == 1]


def test_the_chief_wants_it_otherwise_and_two_items_less(reader, tmp_path, monkeypatch):
    filled(reader)
    panel, target = reader.program.panels.memo, tmp_path / "摘编.txt"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: (str(target), ""))
    usual = headings(reader)
    assert len(usual) > 1
    for grouping, wanted in (
        ("按层级，省内在前", ["省内要情", "部委动态", "省外速览"]),
        ("按层级，省外在前", ["省外速览", "部委动态", "省内要情"]),
    ):
        panel._grouping.setCurrentText(grouping)
        panel._grouping.activated.emit(panel._grouping.currentIndex())
        reader.until(lambda wanted=wanted: headings(reader) == [name for name in wanted if name in usual])
    for text, left in (("共6条", 4), ("共4条", 4)):
        reader.do("memo.txt")
        reader.until(lambda text=text: target.exists() and text in target.read_text(encoding="utf-8"), 30000)
        dialog(reader, QMessageBox).close()
        while reader.program.memos.count() > left:
            panel.select_row(0)
            reader.qtbot.keyClick(panel._basket, Qt.Key.Key_Delete)
    assert len(composing.exports(reader.library)) == 2


@pytest.mark.parametrize("answer", ["替换", "取消"])
def test_a_file_of_that_name_is_asked_about_even_where_only_the_suffix_was_left_out(answer, reader, tmp_path, monkeypatch):
    filled(reader)
    target, said = tmp_path / "摘编.txt", []
    target.write_text("旧稿")
    reader.desk.said.connect(said.append)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: (str(tmp_path / "摘编"), ""))

    def press():
        box = next(one for one in reader.program.window.findChildren(QMessageBox) if one.isVisible())
        assert "“摘编.txt”已存在" in box.text()
        next(button for button in box.buttons() if button.text() == answer).click()

    QTimer.singleShot(200, press)
    reader.do("memo.txt")
    if answer == "取消":
        assert target.read_text() == "旧稿"
        assert said[-1] == "没有导出，摘编.txt 保持原样。"
    else:
        reader.until(lambda: "信息摘编" in target.read_text(encoding="utf-8"), 30000)
        dialog(reader, QMessageBox).close()


def test_what_is_typed_is_seen_at_once_and_undone_in_one_step(reader):
    filled(reader)
    reader.do("memo.settings")
    form = dialog(reader, MemoSettings)
    form._texts["own:摘要"].setPlainText("本季度进展平稳。")
    form._lines["watermark"].setText("内部资料")
    form._lines["watermark"].textEdited.emit("内部资料")
    preview = reader.program.panels.preview.sheets
    reader.until(lambda: preview._pages[0].watermark == "内部资料")
    assert "【摘要】本季度进展平稳。" in "".join(glyphs.text for glyphs in preview._pages[0].glyphs)
    form.close()
    reader.do("edit.undo")
    reader.until(lambda: preview._pages[0].watermark == "")


def test_the_units_page_settings_stay_and_hold_for_every_memo(reader):
    filled(reader)
    before = facts(reader)
    reader.do("memo.page")
    form = dialog(reader, PageSettings)
    form._measures["line"].setValue(40.0)
    reader.until(lambda: facts(reader) != before)
    form.close()
    reader.reopen()
    assert reader.program.output.profile().line == 40.0


def test_a_kind_of_ones_own_begins_as_a_copy_and_is_read_again_when_it_was_changed(reader, tmp_path, monkeypatch):
    shown = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: shown.append(url.toLocalFile()))
    monkeypatch.setattr(reader.program.output, "_own_kinds", tmp_path / "摘编模板")
    filled(reader)
    reader.do("memo.kind")
    box = dialog(reader, QInputDialog)
    box.setTextValue("种业快报")
    box.accept()
    panel = reader.program.panels.memo
    assert panel._kind.itemText(panel._kind.count() - 1) == "种业快报"
    assert shown == [str(tmp_path / "摘编模板")]
    panel._kind.setCurrentText("种业快报")
    panel._kind.activated.emit(panel._kind.currentIndex())
    reader.until(lambda: facts(reader).startswith("种业快报"))
    file = tmp_path / "摘编模板" / "种业快报.json"
    file.write_text(file.read_text(encoding="utf-8").replace("信息摘编如下", "快报如下"), encoding="utf-8")
    reader.do("memo.settings")
    assert "快报如下" in dialog(reader, MemoSettings)._texts["lead_in"].placeholderText()
    dialog(reader, MemoSettings).close()


def test_several_memos_lie_beside_one_another(reader):
    filled(reader)
    first = reader.program.memos.current()
    for what, name in (("new", "专题二"), ("duplicate", "专题二乙"), ("rename", "专题三")):
        reader.program.panels.memo.project_requested.emit(what)
        box = dialog(reader, QInputDialog)
        box.setTextValue(name)
        box.accept()
    assert sorted(memo.name for memo in composing.memos(reader.library)) == ["专题三", "专题二", "摘编"]
    reader.program.panels.memo.memo_chosen.emit(first)
    reader.until(lambda: "6 条" in facts(reader))
    reader.reopen()
    assert reader.program.memos.current() == first
    reader.program.panels.memo.project_requested.emit("delete")
    assert reader.program.memos.current() != first
    reader.do("edit.undo")
    assert reader.program.memos.current() == first


def test_own_words_and_passages_of_one_excerpt(reader):
    filled(reader)
    panel = reader.program.panels.memo
    panel.select_row(0)
    panel._remark._box.setPlainText("可借鉴。")
    panel.tell_all()
    entry = composing.entries(reader.library, reader.program.memos.current())[0]
    assert entry.comment == "可借鉴。"
    panel._remark._cut.click()
    chooser = dialog(reader, PassagesDialog)
    chooser._list.item(0).setCheckState(Qt.CheckState.Unchecked)
    chooser.accept()
    assert composing.entry_excerpt(reader.library, entry).partial


def test_a_click_in_the_preview_selects_the_excerpt_in_the_basket(reader):
    filled(reader)
    shown = composing.compose(reader.library, composing.Choice(memo=reader.program.memos.current()))
    reader.program.panels.preview.excerpt_clicked.emit(3)
    entry = next(
        one
        for one in composing.entries(reader.library, reader.program.memos.current())
        if one.uid == reader.program.panels.memo.current_uid()
    )
    assert composing.entry_excerpt(reader.library, entry).title == shown.excerpts[3].title


def test_the_whole_memo_goes_to_the_clipboard_with_its_sources(reader):
    filled(reader)
    reader.do("memo.copy")
    data = QGuiApplication.clipboard().mimeData()
    assert data.text().count("（《创新驱动要参》第90") == 6
    assert "<h2" in data.html()


def test_an_item_tells_in_which_memos_it_is(reader):
    filled(reader)
    reader.open_issue("903")
    assert not reader.program.window.preview_shown()
    reader.go_to(1)
    reader.do("memo.where")
    menu = next(menu for menu in reader.program.window.findChildren(QMenu) if [a.text() for a in menu.actions()] == ["摘编"])
    menu.close()


def test_search_results_go_into_the_basket(reader):
    reader.do("edit.find")
    reader.program.panels.search.set_query("企业")
    reader.until(lambda: reader.program.searching.found_items())
    reader.do("memo.add_hits")
    assert reader.program.memos.count() == len(reader.program.searching.found_items()) > 1


def test_zoom_and_page_of_the_document_are_grey_while_the_preview_is_in_front(reader):
    reader.open_issue(view="page")
    reader.until(lambda: reader.program.pane.page.page_count() > 0)
    box, zoom = reader.program.viewing.page_box, reader.program.window._zoom
    reader.until(box.isEnabled)
    told = zoom.text()
    assert told
    filled(reader)
    assert not box.isEnabled()
    assert zoom.text() == ""
    reader.do("memo.preview")
    assert box.isEnabled()
    assert zoom.text() == told
