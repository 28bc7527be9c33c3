"""词表管理: what is shown, and that nothing changes before the reader has seen what would."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QFileDialog, QInputDialog, QMessageBox, QPushButton

from desktop.archive import learning, tagging, undoing


@pytest.fixture
def managed(reader):
    """The window over a library with two tags."""
    reader.open_issue()
    item = reader.desk.document.items[0].id
    tagging.tag(reader.library, item, "数字经济", "大数据")
    reader.do("field.vocabulary")
    return reader, reader.program.vocabulary._shown


def choose(window, field, subfield=""):
    """Select a row; gives its number of tags as shown."""
    window.choose(f"{field}/{subfield}" if subfield else field)
    return window._table.item(window._table.selectionModel().selectedRows()[0].row(), 2).text()


def press(window, text):
    next(button for button in window.findChildren(QPushButton) if button.text().startswith(text)).click()


def answer(monkeypatch, button):
    asked = []
    monkeypatch.setattr(QMessageBox, "question", lambda _over, _title, text: asked.append(text) or button)
    return asked


def tags(reader):
    return [(tag.field, tag.subfield) for tag in tagging.tags(reader.library)]


def test_tags_are_counted_and_rolled_up(managed):
    _reader, window = managed
    assert choose(window, "数字经济") == "1"
    assert choose(window, "数字经济", "大数据") == "1"
    assert "川科高〔2022〕19号" in window._head.text()


def test_a_rename_is_shown_first_made_on_consent_and_undone(managed, monkeypatch):
    reader, window = managed
    monkeypatch.setattr(QInputDialog, "getText", lambda *args, **named: ("数据要素", True))
    choose(window, "数字经济", "大数据")
    asked = answer(monkeypatch, QMessageBox.StandardButton.No)
    press(window, "改名")
    assert "1处标注" in asked[0]
    assert tags(reader) == [("数字经济", "大数据")]
    answer(monkeypatch, QMessageBox.StandardButton.Yes)
    press(window, "改名")
    assert tags(reader) == [("数字经济", "数据要素")]
    assert choose(window, "数字经济", "数据要素") == "1"
    undoing.undo(reader.library)
    assert choose(window, "数字经济", "大数据") == "1"


def test_a_subfield_is_merged_into_another(managed, monkeypatch):
    reader, window = managed
    monkeypatch.setattr(QInputDialog, "getItem", lambda *args, **named: ("数字经济/物联网", True))
    answer(monkeypatch, QMessageBox.StandardButton.Yes)
    choose(window, "数字经济", "大数据")
    press(window, "并入")
    assert tags(reader) == [("数字经济", "物联网")]


def test_a_vocabulary_goes_out_and_comes_in(managed, monkeypatch, tmp_path):
    reader, window = managed
    file = tmp_path / "词表.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: (str(file), ""))
    press(window, "导出")
    file.write_text(file.read_text(encoding="utf-8").replace("川科高〔2022〕19号", "川科高〔2027〕1号"), encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *args: (str(file), ""))
    answer(monkeypatch, QMessageBox.StandardButton.Yes)
    press(window, "导入")
    reader.until(lambda: reader.library.vocabulary.version == "川科高〔2027〕1号")
    reader.until(lambda: "川科高〔2027〕1号" in window._head.text())
    assert tagging.tags(reader.library)[0].vocabulary == "川科高〔2022〕19号"


def test_what_was_learnt_can_be_dropped(managed):
    reader, window = managed
    assert learning.learnt(reader.library).words
    press(window, "清除习得")
    assert not learning.learnt(reader.library).words
    assert undoing.undo(reader.library) == "清除习得的内容"
