"""Whether typing into the search ever waits: the delay of the window's event loop while queries are typed, and how soon hits come.

`python -m benchmarks.search_typing --library DIR` opens the window (offscreen) on a copy of a library of real size, for example one
that `benchmarks.search --library` keeps. Delays are lateness of a 2 ms timer in the window's thread; "idle" is the same time with
nothing typed. Hits are timed from the character before them; the pause that the panel waits for is in it.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QTreeWidget, QWidget

from benchmarks.page_view import Delays  # it chooses the screen, too
from desktop.archive import finding
from desktop.archive.library import Library
from desktop.settings import Settings
from desktop.ui.program import Program, start

TYPED = (
    "新质生产力",
    "创新 企业 -人才",
    "科技成果转化和产业化",
    "68Ga-PSMA",
    "“小巨人”企业",
    "量子|稀土",
    "推动科技创新和产业创新深度融合",
)
EVERY = 150  # ms between two characters


Part = TypeVar("Part", bound=QWidget)


def found_in(program: Program, kind: type[Part]) -> Part:
    """The part of this kind of the search panel."""
    part: Part = program.panels.search.findChild(kind)  # type: ignore[assignment]
    return part


class Typist:
    """Types into the search of a program, a character after the other, and notes when hits come."""

    def __init__(self, program: Program) -> None:
        self.waits: list[float] = []
        self._box = found_in(program, QLineEdit)
        self._typed = 0.0
        found_in(program, QTreeWidget).model().modelReset.connect(self._arrived)

    def _arrived(self) -> None:
        if self._typed:
            self.waits.append((time.perf_counter() - self._typed) * 1000)
            self._typed = 0.0

    def type_all(self, loop: QEventLoop) -> None:
        """Begin; ends the loop when all is typed."""
        self._next(loop, (one for typed in TYPED for one in (*typed, "")))

    def _next(self, loop: QEventLoop, rest: Iterator[str]) -> None:
        sign = next(rest, None)
        if sign is None:
            loop.quit()
            return
        if sign:
            event = QInputMethodEvent("", [])
            event.setCommitString(sign)
            QApplication.sendEvent(self._box, event)
        else:
            self._box.clear()
        self._typed = time.perf_counter() if sign else 0.0
        QTimer.singleShot(EVERY, partial(self._next, loop, rest))


def measure(folder: Path) -> None:
    application = QApplication.instance() or QApplication([])
    program = start(folder, Settings(theme="light"))
    program.window.resize(1366, 768)
    program.open(())
    program.searching.open()
    typist = Typist(program)
    milliseconds = EVERY * sum(len(typed) + 1 for typed in TYPED)
    print("delay in ms                    p50    p95    p99    max  >50ms")
    print(f"just started, typing      {Delays().measured(typist.type_all).row()}")
    print(f"  hits after {statistics.median(typist.waits):.0f} ms (median), {max(typist.waits):.0f} ms at most")
    typist.waits.clear()
    print(f"idle                      {Delays().measured(lambda loop: QTimer.singleShot(milliseconds, loop.quit)).row()}")
    print(f"typing                    {Delays().measured(typist.type_all).row()}")
    print(f"  hits after {statistics.median(typist.waits):.0f} ms (median), {max(typist.waits):.0f} ms at most")
    program.window.close()
    application.processEvents()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--library", type=Path, required=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "library"
        shutil.copytree(parser.parse_args().library, folder)
        with Library.open(folder) as library:
            finding.prepare(library)
        measure(folder)


if __name__ == "__main__":
    main()
