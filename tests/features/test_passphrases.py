"""A passphrase at the window: set, asked for, changed and taken away; and a backup that has another one."""

from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox, QFileDialog, QMessageBox

from desktop.archive import backups, marking, sealing, unlocking
from desktop.archive.library import Library
from desktop.archive.unlocking import Secret
from desktop.errors import PassphraseNeeded
from desktop.ui.passphrase_dialogs import AskDialog, SetDialog, ask, with_bar
from desktop.ui.program import start
from tests.archive.sealed import needs_cipher, readable

pytestmark = needs_cipher
FIRST, SECOND = "第一个 口令", "第二个 口令"


@pytest.fixture
def typed(qtbot):
    """Words that are typed into whatever dialog asks, one after the other; a pair is typed into both boxes."""
    words = []

    def answer():
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, AskDialog | SetDialog) and dialog.isEnabled() and words:
            given = words.pop(0)
            dialog.box.setText(given[0] if isinstance(given, tuple) else given)
            if isinstance(given, tuple):
                dialog.again.setText(given[1])
            accept = dialog.buttons.button(QDialogButtonBox.StandardButton.Ok)
            accept.click() if accept.isEnabled() else dialog.reject()

    timer = QTimer()
    timer.timeout.connect(answer)
    timer.start(20)
    yield words
    timer.stop()
    assert words == []


@pytest.fixture
def agreeing(monkeypatch):
    monkeypatch.setattr(QMessageBox, "question", lambda *_: QMessageBox.StandardButton.Yes)


def _go_on(reader):
    """After the library was exchanged, another program has the window."""
    reader.until(lambda: reader.program.successor, 20_000)
    reader.program = reader.program.successor
    reader.qtbot.waitExposed(reader.program.window)


def _mark(reader, note):
    reader.open_issue()
    item = reader.desk.document.items[0]
    marking.add(reader.library, item.id, 0, 4, note=note)


def test_set_work_change_and_take_away(reader, typed, agreeing):
    _mark(reader, "此处请会同有关部门核实")
    typed[:] = [(FIRST, FIRST)]
    reader.do("tool.passphrase_set")
    _go_on(reader)
    assert readable(reader.folder, ["此处请会同有关部门核实", "SQLite format 3"]) == set()
    reader.open_issue(view="page")
    assert reader.folder not in Path(reader.desk.document.file).parents
    with reader.qtbot.waitSignal(reader.program.renderer.image, timeout=8000):
        reader.do("view.larger")
    typed[:] = [FIRST, (SECOND, SECOND)]
    reader.do("tool.passphrase_change")
    _go_on(reader)
    with pytest.raises(PassphraseNeeded):
        start(reader.folder, reader.settings, secrets=[Secret(FIRST)])
    typed[:] = [FIRST, FIRST, FIRST]
    reader.do("tool.passphrase_remove")
    reader.until(lambda: not typed and not QApplication.activeModalWidget())
    assert reader.library.secret, "three wrong tries change nothing"
    typed[:] = [SECOND]
    reader.do("tool.passphrase_remove")
    _go_on(reader)
    assert [mark.note for mark in marking.marks(reader.library)] == ["此处请会同有关部门核实"]
    assert not unlocking.is_sealed(reader.folder)


def test_words_typed_differently_or_given_up_alter_nothing(reader, typed):
    for given in ((FIRST, SECOND), ("", ""), ("  ", "  ")):
        typed[:] = [given]
        reader.do("tool.passphrase_set")
        reader.until(lambda: not typed and not QApplication.activeModalWidget())
    reader.do("tool.passphrase_change")
    reader.do("tool.passphrase_remove")
    assert not unlocking.is_sealed(reader.folder)
    assert reader.program.successor is None


def test_asking_gives_three_tries_and_never_blocks_the_window(qtbot, typed):
    turns = []

    def check(secret):
        turns.append(QApplication.instance().thread().isCurrentThread())
        raise PassphraseNeeded("口令不对。", Path())

    typed[:] = [FIRST, SECOND, FIRST]
    assert ask("请输入口令", check) is None
    assert turns == [False] * 3, "the key is made on another thread"
    typed[:] = [FIRST]
    assert ask("请输入口令", lambda _secret: None)


def test_closing_while_a_passphrase_is_being_tried_waits_for_what_comes_of_it(qtbot):
    going_on, told = Event(), []
    dialog = AskDialog("请输入口令", lambda _secret: going_on.wait(20))
    qtbot.addWidget(dialog)
    dialog.finished.connect(told.append)
    dialog.open()
    dialog.box.setText(FIRST)
    QTimer.singleShot(0, dialog.close)
    QTimer.singleShot(0, going_on.set)
    dialog.buttons.button(QDialogButtonBox.StandardButton.Ok).click()
    assert told == [QDialog.DialogCode.Accepted]
    assert dialog.secret


def test_under_a_bar_work_gives_its_result_or_what_it_raises(qtbot):
    def refuse(_progress):
        raise PassphraseNeeded("口令不对。", Path())

    assert with_bar("正在处理", lambda progress: [progress(done, 3, "") and done for done in range(4)]) == [0, 1, 2, 3]
    with pytest.raises(PassphraseNeeded):
        with_bar("正在处理", refuse)


def test_a_backup_with_another_passphrase_is_put_back_after_it_was_given(reader, typed, agreeing, tmp_path, monkeypatch):
    _mark(reader, "备份里的批注")
    reader.close()
    sealing.change(reader.folder, None, Secret(FIRST))
    with Library.open(reader.folder, secret=Secret(FIRST)) as library:
        backups.backup(library, tmp_path / "备份.ycbackup")
    sealing.change(reader.folder, Secret(FIRST), None)
    reader.open()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(tmp_path / "备份.ycbackup"), ""))
    typed[:] = [SECOND, FIRST]
    reader.do("tool.restore")
    _go_on(reader)
    assert unlocking.is_sealed(reader.folder)
    assert [mark.note for mark in marking.marks(reader.library)] == ["备份里的批注"]


def test_queries_are_not_remembered_where_there_is_a_passphrase(reader, typed, agreeing):
    for remembered in (["青岚市"], []):
        reader.settings.searches = []
        reader.program.panels.search.set_query("青岚市")
        reader.program.searching._remember()
        assert reader.settings.searches == remembered
        if remembered:
            typed[:] = [(FIRST, FIRST)]
            reader.do("tool.passphrase_set")
            _go_on(reader)


@pytest.mark.parametrize(
    ("given", "again", "taken"), [("12345", "12345", False), ("123456", "123456", True), ("123456", "1", False)]
)
def test_a_new_passphrase_is_long_enough_and_typed_twice_alike(qtbot, given, again, taken):
    dialog = SetDialog("设置口令")
    qtbot.addWidget(dialog)
    dialog.box.setText(given)
    dialog.again.setText(again)
    assert dialog.buttons.button(QDialogButtonBox.StandardButton.Ok).isEnabled() == taken
    assert bool(dialog._told.text()) != taken
