"""Pictures of the real window for `demo` and for the user guide: open an issue, wait until the page is sharp, save."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer

from desktop.archive import catalogue
from desktop.errors import ExitCode
from desktop.ui.program import Program

_PATIENCE = 20.0  # seconds for one picture


def settle(ready: Callable[[], bool], seconds: float = _PATIENCE) -> bool:
    """Let the window work until `ready` holds; False where it took too long."""
    end = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > end:
            return False
        pause(30)
    pause(150)
    return True


def pause(milliseconds: int) -> None:
    """Let the window work for a while."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def take(program: Program, out: Path, say: Callable[[str], None], tell: Callable[[str], None]) -> int:
    """Save the pictures into a folder, saying their names and telling what went wrong; returns the exit code."""
    out.mkdir(parents=True, exist_ok=True)
    window, pane = program.window, program.pane
    issues = catalogue.issues(program.library)
    if not issues:
        tell("资料库是空的，没有可以截图的内容。")
        return ExitCode.REFUSED
    program.open(())
    program.reading.open_issue(issues[0].id)
    item = program.desk.document.items[1].id if program.desk.document else 0
    late: list[str] = []

    def picture(name: str, width: int, height: int, view: str, theme: str) -> None:
        window.resize(width, height)
        window.set_theme(theme)
        pane.set_view(view)
        program.reading.go_to(issues[0].id, item, 0)
        if not settle(lambda: view == "reading" or pane.page.is_sharp()):
            late.append(name)
        window.grab().save(str(out / name))
        say(str(out / name))

    picture("window-page-1366x768.png", 1366, 768, "page", "light")
    picture("window-reading-1366x768.png", 1366, 768, "reading", "light")
    picture("window-both-1920x1080.png", 1920, 1080, "both", "light")
    picture("window-both-dark-1920x1080.png", 1920, 1080, "both", "dark")
    program.searching.open()
    program.panels.search.set_query("创新")
    settle(lambda: program.panels.search.result_count() > 0)
    picture("window-search-1366x768.png", 1366, 768, "reading", "light")
    program.stop()
    if late:
        tell(f"这些截图里的页面没有及时绘出：{'、'.join(late)}")
    return ExitCode.PARTIAL if late else ExitCode.DONE
