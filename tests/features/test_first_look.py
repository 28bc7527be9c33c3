"""A start shows the first page before anything else is there, and what comes around it leaves the page as it stands."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.app import run_window
from desktop.archive import catalogue
from desktop.archive.library import Library
from desktop.errors import ExitCode
from desktop.paths import SAMPLES
from desktop.settings import Settings
from desktop.ui.first_look import FirstLook, wanted
from desktop.ui.program import start


class Start:
    """A start of the program, stage by stage; `settings` last from one start to the next."""

    def __init__(self, qtbot, folder):
        self.qtbot, self.folder, self.settings = qtbot, folder, Settings(theme="light")
        self.look = self.program = None

    def look_at(self, *files):
        seen = wanted(self.folder, files, self.settings)
        self.look = FirstLook(self.settings)
        if seen:
            self.look.show(seen)
            self.qtbot.waitUntil(lambda: self.look.page.is_sharp() or bool(self.look.page.message), timeout=15000)
        return seen

    def go_on(self, *files):
        self.program = start(self.folder, self.settings, self.look)
        self.program.open(files)
        if files:
            self.qtbot.waitUntil(lambda: self.program.desk.document is not None, timeout=15000)
        return self.program

    def end(self):
        if self.program:
            self.program.window.close()
        elif self.look:
            self.look.close()
        self.look = self.program = None


@pytest.fixture
def starting(qtbot, tmp_path, stocked):
    shutil.copytree(stocked, tmp_path / "资料库")
    made = Start(qtbot, tmp_path / "资料库")
    yield made
    made.end()


def left_at(starting, page):
    """Open a known issue in the page view, turn to a page, close the program; its file in the library."""
    starting.look_at()
    program = starting.go_on()
    with Library.open(starting.folder) as library:
        issue = next(one for one in catalogue.issues(library) if one.number == "901")
        file = catalogue.stored_file(library, issue)
    program.reading.open_issue(issue.id)
    program.reading.handlers()["view.page"]()
    view = program.pane.page
    starting.qtbot.waitUntil(lambda: view.page_count() > 1, timeout=15000)
    view.turn_to(page)
    starting.qtbot.waitUntil(lambda: program.pane.current.item > 0, timeout=15000)  # the place has been noticed
    starting.end()
    return file


def test_a_file_that_is_not_in_the_library_is_shown_before_the_library_is_open(qtbot, tmp_path):
    file = shutil.copy(sorted(SAMPLES.glob("*.pdf"))[0], tmp_path / "来件.pdf")
    starting = Start(qtbot, tmp_path / "新资料库")
    starting.look_at(file)
    assert starting.look.page.isVisible()
    assert not starting.folder.exists()
    drawn = []
    starting.look.page.renderer.ready.connect(drawn.append)
    program = starting.go_on(file)
    assert program.pane.page.isVisible()
    assert program.pane.page.is_sharp()
    assert program.pane.document.items
    assert drawn == []  # the pages on the screen were not opened a second time
    starting.end()


def test_a_known_file_is_shown_where_it_was_left(starting, tmp_path):
    kept = left_at(starting, 2)
    seen = starting.look_at(shutil.copy(kept, tmp_path / "同一份.pdf"))
    assert starting.look.page.current_page() == 2
    program = starting.go_on(seen.file)
    assert program.pane.page.current_page() == 2


@pytest.mark.parametrize("page", [1, 2, 4], ids=["the cover, without an item", "the first item", "another"])
def test_a_start_without_files_shows_the_page_that_was_in_front(starting, page):
    left_at(starting, page)
    starting.look_at()
    assert starting.look.page.current_page() == page
    program = starting.go_on()
    starting.qtbot.wait(100)
    assert program.pane.page.current_page() == page


def test_a_file_that_is_refused_gives_way_to_what_was_open(starting, tmp_path):
    left_at(starting, 2)
    broken = tmp_path / "坏.pdf"
    broken.write_bytes(b"%PDF-1.7\nnothing")
    starting.look_at(broken)
    program = starting.go_on(broken)
    assert program.desk.document.title.endswith("第901期")
    assert program.pane.current.issue == program.desk.document.issue


@pytest.mark.parametrize("view", ["reading", "both"])
def test_only_pages_are_shown_ahead(starting, view):
    left_at(starting, 2)
    session = next(iter(starting.settings.sessions.values()))
    session.documents[session.current].view = view
    assert wanted(starting.folder, (), starting.settings) is None


LATER = ["pymupdf", "jieba", "peewee", "desktop.fields.words", "desktop.bulletin.pages", "desktop.ui.values", "PySide6.QtNetwork"]


def test_the_first_page_waits_for_nothing_that_only_later_use_needs():
    program = f"import sys, desktop.app, desktop.ui.doorbell, desktop.ui.first_look; print(set({LATER}) & set(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=Path(__file__).parents[2], capture_output=True, text=True, check=True
    )
    assert done.stdout == "set()\n"


def test_a_start_without_room_for_pages_says_so_in_a_sentence(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("desktop.rendering.arena._place", lambda _budget: str(tmp_path / "没有这个文件夹"))
    assert run_window(["--library", str(tmp_path / "库")]) == ExitCode.REFUSED
    assert "没有足够的空间显示页面" in capsys.readouterr().err
    assert not (tmp_path / "库").exists()
