"""What holds for the whole window: every action works, no key is used twice, PyMuPDF stays out, nothing shown as saved is lost."""

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFileDialog

from desktop.archive import marking
from desktop.archive.library import Library
from desktop.ui.actions import ACTIONS, MENUS, TOOLBAR
from desktop.ui.theme import THEMES

ROOT = Path(__file__).resolve().parents[2]


def test_no_two_actions_share_a_key_and_none_is_a_single_letter():
    keys = [QKeySequence(part.strip()).toString() for action in ACTIONS for part in action.keys.split(";") if part.strip()]
    assert [key for key, count in Counter(keys).items() if count > 1] == []
    assert [key for key in keys if len(key) == 1] == []
    assert not {"Ctrl+Space", "Shift+Space", "Ctrl+."} & set(keys)


def test_every_action_is_in_a_menu_of_the_table_and_named_in_chinese():
    assert {action.menu for action in ACTIONS} <= set(MENUS)
    assert all(re.search("[\u4e00-\u9fff]", action.text) for action in ACTIONS)
    assert len({action.id for action in ACTIONS}) == len(ACTIONS)
    assert {name for name in TOOLBAR if name not in ("|", " ", "zoom", "page")} <= {action.id for action in ACTIONS}


QUIET = [action.id for action in ACTIONS if action.id not in ("file.quit", "file.reveal")]


@pytest.mark.parametrize("opened", [False, True], ids=["empty desk", "issue open"])
def test_every_action_may_be_pressed_at_any_time(reader, opened, monkeypatch):
    for name in ("getSaveFileName", "getOpenFileName", "getOpenFileNames"):
        monkeypatch.setattr(QFileDialog, name, lambda *args: ("", ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *args: "")
    if opened:
        reader.open_issue()
    for action in QUIET:
        reader.do(action)


def test_every_theme_can_be_shown(reader):
    reader.open_issue(view="both")
    for name in THEMES:
        reader.do(f"theme.{name}")
        assert reader.program.window.theme().name == name


def test_a_shortcut_of_the_readers_own_is_kept_and_can_be_put_back(reader):
    keymap = reader.program.window.keymap
    keymap.set_keys("edit.find", "F7")
    assert keymap.user_of("F7") == "全库检索…"
    reader.reopen()
    assert reader.program.window.keymap.keys("edit.find") == "F7"
    reader.program.window.keymap.reset("edit.find")
    assert reader.program.window.keymap.keys("edit.find").startswith("Ctrl+K")


def test_controls_have_names_for_screen_readers(reader):
    from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QPlainTextEdit

    reader.open_issue(view="both")
    nameless = [
        widget
        for kind in (QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QAbstractItemView)
        for widget in reader.program.window.findChildren(kind)
        if not (
            widget.accessibleName()
            or (isinstance(widget, QAbstractButton) and widget.text())
            or widget.objectName().startswith("qt_")
        )
        and widget.parent() is not None
        and type(widget).__module__.startswith("desktop")
    ]
    assert nameless == []


_PROGRAM = """
import os, signal, sys
sys.path.insert(0, {root!r})
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication
app = QApplication([])
from pathlib import Path
from desktop.settings import Settings
from desktop.ui.program import start
from desktop.ui.values import Selection
program = start(Path({folder!r}), Settings())
program.open(())
from desktop.archive import catalogue
issue = catalogue.issues(program.library)[0]
program.reading.open_issue(issue.id)
app.processEvents()
{then}
"""


def _run(folder, then):
    code = _PROGRAM.format(root=str(ROOT), folder=str(folder), then=then)
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)


def test_the_window_never_imports_pymupdf(stocked, tmp_path):
    import shutil

    shutil.copytree(stocked, tmp_path / "库")
    done = _run(tmp_path / "库", "print('pymupdf' in sys.modules, 'jieba' in sys.modules); program.stop()")
    assert done.stdout.split()[0] == "False", done.stderr


@pytest.mark.parametrize("actions", range(1, 5))
def test_a_kill_loses_nothing_that_was_shown_as_saved(stocked, tmp_path, actions):
    import shutil

    shutil.copytree(stocked, tmp_path / "库")
    steps = f"""
program.desk.saved.connect(lambda clock: print('saved', flush=True))
item = program.desk.document.items[0]
for at in range({actions}):
    program.desk.selection = Selection(item.id, at * 3, at * 3 + 2, '')
    program.marking.color('blue')
os.kill(os.getpid(), signal.SIGKILL)
"""
    done = _run(tmp_path / "库", steps)
    assert done.returncode == -9, done.stderr
    assert done.stdout.count("saved") == actions
    with Library.open(tmp_path / "库") as library:
        assert len(marking.marks(library)) == actions
        assert library.database.problems() == []
