"""把标注交给同事，收下同事的标注；删错了能找回；升级之后划线还在。"""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QFileDialog, QLabel, QMessageBox, QPushButton, QTableWidget

from desktop.archive import catalogue, correcting, exchanging, importing, marking, rereading, trash
from desktop.archive.library import Library
from desktop.paths import SAMPLES
from desktop.ui.doorbell import ring


def _dialog(reader, title):
    found = [
        dialog for dialog in reader.program.window.findChildren(QDialog) if dialog.windowTitle() == title and dialog.isVisible()
    ]
    return found[0] if found else None


def _press(dialog, text):
    next(button for button in dialog.findChildren(QPushButton) if button.text() == text).click()


@pytest.fixture
def said(reader):
    heard = []
    reader.desk.said.connect(heard.append)
    reader.desk.failed.connect(heard.append)
    return heard


@pytest.fixture
def colleague(tmp_path):
    """A package with one mark on the first sample, from a colleague."""
    with Library.open(tmp_path / "同事", author="李某") as other:
        importing.import_paths(other, [min(SAMPLES.glob("*.pdf"))])
        item = catalogue.items(other, 1)[0]
        mark = marking.add(other, item.id, 0, 5, note="请处室研究")
        exchanging.export(other, tmp_path / "李某.ycx")
    return tmp_path / "李某.ycx", mark


def test_a_package_is_shown_first_then_merged_and_can_be_undone_at_once(reader, colleague, monkeypatch, said):
    file, mark = colleague
    reader.open_issue()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *args: (str(file), ""))
    reader.do("share.open_package")
    reader.until(lambda: _dialog(reader, "导入标注包"))
    assert marking.marks(reader.library) == []
    _press(_dialog(reader, "导入标注包"), "合并")
    reader.until(lambda: marking.marks(reader.library))
    reader.until(lambda: reader.desk.marks)
    assert [(one.uid, one.note) for one in reader.desk.marks] == [(mark.uid, "请处室研究")]
    reader.until(lambda: "新增划线 1 处；新增批注 1 处。" in said)
    reader.do("edit.undo")
    assert reader.desk.marks == ()


@pytest.mark.parametrize(("author", "who"), [("李某", "来自李某"), ("", "来自未署名")])
def test_the_preview_says_who_from_and_counts_marks_notes_and_corrections(reader, tmp_path, monkeypatch, author, who):
    with Library.open(tmp_path / "同事", author=author) as other:
        importing.import_paths(other, [min(SAMPLES.glob("*.pdf"))])
        item = catalogue.items(other, 1)[0]
        marking.add(other, item.id, 0, 5, note="请处室研究")
        marking.add(other, item.id, 6, 9)
        correcting.correct(other, item.id, 0, 2, "别的字")
        exchanging.export(other, tmp_path / "同事.ycx")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *args: (str(tmp_path / "同事.ycx"), ""))
    reader.open_issue()
    reader.do("share.open_package")
    reader.until(lambda: _dialog(reader, "导入标注包"))
    dialog = _dialog(reader, "导入标注包")
    told = "".join(label.text() for label in dialog.findChildren(QLabel))
    assert who in told
    assert "划线 2 处、批注 1 处、更正 1 处" in told
    _press(dialog, "合并")
    reader.until(lambda: correcting.corrections(reader.library))
    reader.until(lambda: reader.desk.marks)
    assert {mark.author for mark in reader.desk.marks} == {author}


def test_a_package_goes_out_with_the_name_that_was_given(reader, tmp_path, monkeypatch, said):
    reader.open_issue()
    reader.select(1, "云岭省")
    reader.do("mark.yellow")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: (str(tmp_path / "交出.ycx"), "标注包 (*.ycx)"))
    reader.do("share.package")
    dialog = _dialog(reader, "导出标注包")
    dialog._author.setText("王某")
    _press(dialog, "选择保存位置…")
    reader.until(lambda: any("校验码" in text for text in said))
    assert "校验码" in _dialog(reader, "导出标注包").text()
    package = exchanging.open_package(tmp_path / "交出.ycx")
    assert (package.shared.author, package.shared.mark_count) == ("王某", 1)


@pytest.mark.parametrize(
    ("action", "name"), [("share.pdf", "带标注.pdf"), ("share.ledger", "台账.xlsx"), ("share.web", "标注.json")]
)
def test_the_other_forms_are_written_too(reader, tmp_path, monkeypatch, said, action, name):
    reader.open_issue()
    reader.select(1, "云岭省")
    reader.do("mark.yellow")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: (str(tmp_path / name), ""))
    reader.do(action)
    reader.until(lambda: any("已导出" in text for text in said), 30_000)
    assert (tmp_path / name).stat().st_size > 100


def test_what_was_deleted_is_put_back_from_the_trash(reader):
    reader.open_issue()
    reader.select(1, "云岭省")
    reader.do("mark.yellow")
    uid = reader.desk.marks[0].uid
    reader.do("mark.delete")
    assert reader.desk.marks == ()
    reader.reopen()
    reader.open_issue()
    reader.do("mark.trash")
    dialog = _dialog(reader, "回收站")
    assert dialog.findChild(QTableWidget).rowCount() == 1
    _press(dialog, "放回")
    assert [mark.uid for mark in reader.desk.marks] == [uid]
    assert dialog.findChild(QTableWidget).rowCount() == 0


def test_emptying_the_trash_asks_once(reader, monkeypatch):
    reader.open_issue()
    reader.select(1, "云岭省")
    reader.do("mark.yellow")
    reader.do("mark.delete")
    reader.do("mark.trash")
    for answer, left in ((QMessageBox.StandardButton.No, 1), (QMessageBox.StandardButton.Yes, 0)):
        monkeypatch.setattr(QMessageBox, "question", lambda *args, answer=answer: answer)
        _press(_dialog(reader, "回收站"), "清空回收站")
        assert len(trash.contents(reader.library)) == left


def test_after_an_upgrade_all_marks_are_checked_in_the_background(reader, monkeypatch):
    reader.open_issue()
    reader.select(1, "云岭省")
    reader.do("mark.yellow")
    monkeypatch.setattr(rereading, "outdated", lambda library: catalogue.issues(library)[:1])
    reader.close()
    reader.open()
    heard = []
    reader.desk.said.connect(heard.append)
    reader.until(lambda: any(text.startswith("程序更新后重新核对了 1 期") for text in heard), 30_000)
    assert all(mark.anchored for mark in marking.marks(reader.library))


SECOND = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from desktop.ui.doorbell import ring
app = QCoreApplication([])
sys.exit(0 if ring(Path(sys.argv[1]), [Path(sys.argv[2])]) else 7)
"""


def test_a_second_start_on_the_library_brings_the_window_to_the_front_with_its_files(reader, tmp_path):
    opened = []
    reader.program.importing.bring_in = opened.append
    reader.program.listen()
    words = [sys.executable, "-c", SECOND, str(reader.folder), str(tmp_path / "第9期.pdf")]
    with subprocess.Popen(words, cwd=Path(__file__).resolve().parents[2]) as second:
        reader.until(lambda: second.poll() is not None)
    assert second.returncode == 0
    assert opened == [[tmp_path / "第9期.pdf"]]
    reader.close()
    assert not ring(reader.folder, []), "nobody answers any more"


def test_annotations_of_another_program_come_into_the_open_issue_and_the_rest_is_listed(reader, tmp_path, monkeypatch, said):
    reader.open_issue()
    title = reader.item(1).title
    found, other = (
        {
            "type": "Annotation",
            "bodyValue": "请核实",
            "target": {"source": "urn:x", "selector": {"type": "TextQuoteSelector", "exact": words}},
        }
        for words in (title, "此处没有的话")
    )
    (tmp_path / "别处.json").write_text(json.dumps([found, other]), encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *args: (str(tmp_path / "别处.json"), ""))
    told = []
    monkeypatch.setattr(reader.program.window, "inform", lambda *words: told.append("".join(words)))
    reader.do("share.open_web")
    reader.until(lambda: told)
    assert "未定位：此处没有的话" in told[0]
    reader.until(lambda: [mark.quote for mark in reader.desk.marks] == [title])
    assert any("未定位" in one for one in said)
