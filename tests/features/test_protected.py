"""PDFs with a password at the window: asked for while the window goes on, and again when the pages are opened another day."""

import pytest
from PySide6.QtWidgets import QDialogButtonBox, QFileDialog, QLabel, QLineEdit, QProgressDialog

from desktop.archive import catalogue, marking
from desktop.ui.passphrase_dialogs import PasswordDialog
from desktop.ui.printing.choice import PrintChoice
from tests.archive.locked import PASSWORD, locked


def asked(reader):
    """The question that stands."""
    return next((box for box in reader.program.window.findChildren(PasswordDialog) if box.isVisible()), None)


def answer(reader, password):
    """Type a password, or pass over with None."""
    reader.until(lambda: asked(reader), 20_000)
    dialog = asked(reader)
    assert dialog.box.echoMode() is QLineEdit.EchoMode.Password
    assert not dialog.isModal(), "reading goes on behind it"
    button = QDialogButtonBox.StandardButton.Ok if password else QDialogButtonBox.StandardButton.Cancel
    dialog.box.setText(password or "")
    dialog.buttons.button(button).click()
    assert not dialog.isVisible()


def bring_in(reader, file):
    reader.program.importing.bring_in([file])


def shows_pages(reader):
    return reader.program.pane.page.page_count() > 0


@pytest.fixture
def locked_issue(empty_reader, tmp_path):
    """An issue that was imported with its password."""
    bring_in(empty_reader, locked(tmp_path / "来件" / "锁.pdf"))
    answer(empty_reader, PASSWORD)
    empty_reader.until(lambda: empty_reader.desk.document, 20_000)
    return empty_reader


def test_a_file_is_asked_for_at_most_three_times_and_then_shown_with_its_pages(empty_reader, tmp_path):
    reader = empty_reader
    bring_in(reader, locked(tmp_path / "锁.pdf"))
    for password in ("错", "又错", PASSWORD):
        answer(reader, password)
    reader.until(lambda: reader.desk.document, 20_000)
    reader.do("view.page")
    reader.until(lambda: shows_pages(reader))
    assert asked(reader) is None


def test_a_file_that_is_passed_over_stays_outside_and_it_is_said(empty_reader, tmp_path):
    reader, said = empty_reader, []
    reader.desk.failed.connect(said.append)
    bring_in(reader, locked(tmp_path / "锁.pdf"))
    answer(reader, None)
    reader.until(lambda: said, 20_000)
    assert "没有密码不能打开" in said[0]
    assert catalogue.issues(reader.library) == []


def test_cancelling_the_import_takes_the_question_away(empty_reader, tmp_path):
    reader, ended = empty_reader, []
    reader.program.importing.imported.connect(lambda: ended.append(True))
    bring_in(reader, locked(tmp_path / "锁.pdf"))
    reader.until(lambda: asked(reader), 20_000)
    reader.program.window.findChild(QProgressDialog).canceled.emit()
    reader.until(lambda: ended and asked(reader) is None, 20_000)


def test_closing_the_window_does_not_wait_for_an_answer(empty_reader, tmp_path):
    bring_in(empty_reader, locked(tmp_path / "锁.pdf"))
    empty_reader.until(lambda: asked(empty_reader), 20_000)
    empty_reader.close()  # would hang


def test_another_day_the_text_is_there_and_the_pages_ask_again(locked_issue):
    reader = locked_issue
    reader.reopen()
    reader.open_issue(view="reading")
    assert reader.desk.document.items
    assert asked(reader) is None
    reader.do("view.page")
    reader.until(lambda: asked(reader), 20_000)
    assert any("《创新驱动要参》第901期设有打开密码" in label.text() for label in asked(reader).findChildren(QLabel))
    answer(reader, "错")
    answer(reader, PASSWORD)
    reader.until(lambda: shows_pages(reader))
    reader.do("view.reading")
    reader.do("view.page")
    assert asked(reader) is None


def test_pages_that_are_passed_over_say_why_they_are_not_there(locked_issue):
    reader = locked_issue
    reader.reopen()
    reader.open_issue(view="page")
    answer(reader, None)
    reader.until(lambda: "设有打开密码" in reader.program.pane.page.message)
    reader.open_issue(view="reading")
    assert reader.desk.document.items


def test_it_is_printed_and_copied_without_asking_again(locked_issue, tmp_path, monkeypatch):
    reader, said = locked_issue, []
    reader.desk.said.connect(said.append)
    marking.add(reader.library, reader.desk.document.items[0].id, 0, 6)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "出.pdf"), ""))
    reader.program.printing._chosen(reader.desk.document, PrintChoice("", "", (1,)))
    reader.until(lambda: any("已打印为" in sentence for sentence in said), 20_000)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "副本.pdf"), ""))
    reader.do("share.pdf")
    reader.until(lambda: any("共 1 处" in sentence for sentence in said), 20_000)
    assert asked(reader) is None
