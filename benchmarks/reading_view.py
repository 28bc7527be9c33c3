"""How long the reading view keeps the window waiting with a document of 500 pages, beside one of ten.

`python -m benchmarks.reading_view`: milliseconds in the window's thread for opening, jumping, resizing, zooming, changing colours
and scrolling, and the ratio of both documents, in one run.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from desktop.bulletin.model import Passage, PassageKind
from desktop.ui.reading import ReadingView
from desktop.ui.theme import DARK, LIGHT
from desktop.ui.values import DocumentView, ItemView

_PARAGRAPH = "某市加快建设算力基础设施，支持企业开展关键技术攻关，推动产业链上下游协同发展，到二〇二七年建成若干中试平台。" * 4
_TURNS = 5


def document(items: int) -> DocumentView:
    """A made-up document: about 870 characters an item."""
    made = []
    for n in range(1, items + 1):
        passages = (Passage(PassageKind.TITLE, f"第{n}条推进算力建设", ()), *[Passage(PassageKind.PARAGRAPH, _PARAGRAPH, ())] * 4)
        made.append(ItemView(n, n, "栏目", 1, f"第{n}条", 1, "", "", 870, False, False, passages))
    return DocumentView(1, "《试读》", "2025-01-06", "issue", tuple(made), "", is_pdf=False)


def timed(work: Callable[[], object]) -> float:
    """Milliseconds until the window has done it and has painted."""
    started = time.perf_counter()
    work()
    QApplication.processEvents()
    return (time.perf_counter() - started) * 1000


def measure(items: int) -> dict[str, float]:
    """Medians of some turns by what was done."""
    view, shown = ReadingView(LIGHT), document(items)
    view.resize(900, 700)
    view.show()
    bar, found = view.verticalScrollBar(), {}
    works: dict[str, Callable[[int], object]] = {
        "open": lambda _turn: view.set_document(shown),
        "jump to the last item": lambda turn: view.go_to(items - turn, 5),
        "resize the window": lambda turn: view.resize(901 + turn, 700),
        "larger type": lambda _turn: view.zoom_in(),
        "other colours": lambda turn: view.set_theme((DARK, LIGHT)[turn % 2]),
        "scroll 50 px": lambda _turn: bar.setValue(bar.value() - 50),
    }
    for name, work in works.items():
        found[name] = statistics.median(timed(lambda turn=turn, work=work: work(turn)) for turn in range(_TURNS))
    view.close()
    return found


def main() -> None:
    """One table."""
    app = QApplication.instance() or QApplication([])
    short, long = measure(8), measure(400)
    print("\nreading view, ms of the window's thread          7,000 characters   350,000 characters (500 pages)   ratio")
    for name, ms in long.items():
        print(f"  {name:44} {short[name]:18.1f} {ms:22.1f} {ms / max(short[name], 0.1):21.1f}")
    del app


if __name__ == "__main__":
    main()
