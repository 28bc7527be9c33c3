"""The first page at once: the window with nothing in it but the page, shown before the rest of the program is even loaded.

Loading and building panels, menus and commands takes several times as long as drawing a page. So a start goes: the render
process first, then as much of the window as a page needs, and when that page stands on the screen, the rest around it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from desktop.archive.naming import FILES, sha256_of
from desktop.rendering.client import Renderer
from desktop.settings import OpenDocument, Session, Settings
from desktop.ui.arranging import arrangement
from desktop.ui.page import PageView
from desktop.ui.style import set_type
from desktop.ui.window import MainWindow

_PATIENCE = 700  # ms until the rest of the window is built all the same
_LARGEST = 64 << 20  # bytes: a larger file is not read through for its name before it is shown


@dataclass(frozen=True, slots=True)
class Seen:
    """A file to be shown at once: where it lies, the name of the library's own copy, and the place in it."""

    file: Path
    name: str
    place: OpenDocument
    given: bool  # on the command line; the library may not know it yet


def wanted(folder: Path, files: Sequence[Path], settings: Settings) -> Seen | None:
    """What a start with these files on the library in `folder` will show first; None where that is no page."""
    session = settings.sessions.get(str(folder.resolve()), Session())
    if files:
        return _given(files[0], [*session.documents, *session.closed])
    if not 0 <= session.current < len(session.documents):
        return None
    front = session.documents[session.current]
    kept = folder / FILES / front.file
    return Seen(kept, front.file, front, given=False) if front.file and front.view == "page" and kept.is_file() else None


def _given(file: Path, known: Sequence[OpenDocument]) -> Seen | None:
    try:
        if file.suffix.lower() != ".pdf" or file.stat().st_size > _LARGEST:
            return None
        name = f"{sha256_of(file)}.pdf"
    except OSError:
        return None  # the import will say what is wrong with it
    place = next((one for one in known if one.file == name), OpenDocument(0, view="page"))
    return Seen(file, name, place, given=True) if place.view == "page" else None


def _word_at(text: str, offset: int) -> tuple[int, int]:
    from desktop.fields.words import word_at  # late: nobody has pointed at a word before the page is there

    return word_at(text, offset)


class FirstLook:
    """The window and its page view before there is anything else. `seen` is what is shown in it already."""

    def __init__(self, settings: Settings, renderer: Renderer | None = None) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            set_type(app)
        self.seen: Seen | None = None
        self.window = MainWindow(settings)
        self.page = PageView(self.window.theme(), _word_at, renderer=renderer)

    def show(self, seen: Seen) -> None:
        """Show the window with this file's page; returns when it stands there, or does not come."""
        self.seen = seen
        self.window.hold(self.page)
        self.page.set_arrangement(arrangement(seen.place))
        self.page.show_early(seen.file, seen.name, seen.place.page)
        self.window.show()
        loop = QEventLoop()
        patience = QTimer(singleShot=True)
        patience.timeout.connect(loop.quit)
        patience.start(_PATIENCE)
        signals = (self.page.arrived, self.page.failed)
        for signal in signals:
            signal.connect(loop.quit)
        while patience.isActive() and not (self.page.is_sharp() or self.page.message):
            loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        for signal in signals:
            signal.disconnect(loop.quit)
        self.page.viewport().repaint()

    def close(self) -> None:
        """Take the window away again: the program cannot start."""
        self.page.close_document()
        self.window.close()
