"""The real window program on a fresh library with the fictional samples, driven as a reader would."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QMessageBox, QPlainTextEdit

from desktop.archive import catalogue, importing
from desktop.archive.library import Library
from desktop.paths import SAMPLES
from desktop.settings import Settings
from desktop.ui.program import start
from desktop.ui.values import Selection


class Reader:
    """Somebody at the window."""

    def __init__(self, qtbot, folder, settings):
        self.qtbot = qtbot
        self.folder = folder
        self.settings = settings
        self.program = None
        self.open()

    def open(self):
        self.program = start(self.folder, self.settings)
        self.program.window.resize(1366, 768)
        self.program.open(())
        self.qtbot.waitExposed(self.program.window)

    def close(self):
        if self.program:
            self.program.window.close()
            for box in QApplication.topLevelWidgets():
                if isinstance(box, QMessageBox):
                    box.close()
            self.program = None
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def reopen(self):
        self.close()
        self.open()

    @property
    def desk(self):
        return self.program.desk

    @property
    def library(self):
        return self.program.library

    def open_issue(self, number="901", view=None):
        issue = next(issue for issue in catalogue.issues(self.library) if issue.number == number)
        self.program.reading.open_issue(issue.id)
        if view:
            self.do(f"view.{view}")
        return issue

    def do(self, action):
        self.program.window.keymap.actions[action].trigger()

    def item(self, ordinal):
        return self.desk.document.items[ordinal - 1]

    def go_to(self, ordinal):
        self.program.panels.tree.item_chosen.emit(self.item(ordinal).id, 0)

    def select(self, ordinal, words):
        """Select words of an item, as a view reports it."""
        item = self.item(ordinal)
        text = "\n".join(passage.text for passage in item.passages)
        start = text.index(words)
        selection = Selection(item.id, start, start + len(words), words)
        point = self.program.pane.mapToGlobal(self.program.pane.rect().center())
        self.program.pane.reading.selection_made.emit(selection, point)
        return selection

    def write_note(self, words):
        """Type into the note card that is open, and Ctrl+Enter."""
        box = self.program.editor.findChild(QPlainTextEdit)
        box.setPlainText(words)
        self.qtbot.keyClick(box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    def until(self, ready, timeout=8000):
        self.qtbot.waitUntil(lambda: bool(ready()), timeout=timeout)


@pytest.fixture
def empty_reader(qtbot, tmp_path):
    reader = Reader(qtbot, tmp_path / "资料库", Settings(theme="light"))
    yield reader
    reader.close()


@pytest.fixture(scope="session")
def stocked(tmp_path_factory):
    """A library folder with the samples as PDF, made once and copied for each test."""
    folder = tmp_path_factory.mktemp("stock") / "资料库"
    with Library.open(folder) as library:
        importing.import_paths(library, sorted(SAMPLES.glob("*.pdf")))
    return folder


@pytest.fixture
def reader(qtbot, tmp_path, stocked):
    import shutil

    shutil.copytree(stocked, tmp_path / "资料库")
    reader = Reader(qtbot, tmp_path / "资料库", Settings(theme="light"))
    yield reader
    reader.close()
