"""How long the reading view keeps the window waiting with documents of 500 and of 4,000 pages, beside one of ten.

`python -m benchmarks.reading_view`: milliseconds in the window's thread until the screen is painted, for opening, jumping, resizing,
zooming, changing colours, marking, lighting hits and scrolling; the longest single wait of the event loop while a long document is
still being written and while it is scrolled through; and the ratio of each to the short document, in one run.
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
from desktop.ui.values import DocumentView, ItemView, MarkView

_PARAGRAPH = "某市加快建设算力基础设施，支持企业开展关键技术攻关，推动产业链上下游协同发展，到二〇二七年建成若干中试平台。" * 4
_TURNS = 5


def document(items: int) -> DocumentView:
    """A made-up document: about 870 characters an item."""
    made = []
    for n in range(1, items + 1):
        passages = (Passage(PassageKind.TITLE, f"第{n}条推进算力建设", ()), *[Passage(PassageKind.PARAGRAPH, _PARAGRAPH, ())] * 4)
        made.append(ItemView(n, n, "栏目", 1, f"第{n}条", 1, "", "", 870, False, False, passages))
    return DocumentView(1, "《试读》", "2025-01-06", "issue", tuple(made), "", is_pdf=False)


def timed(work: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    """Milliseconds until the window has done it and has painted."""
    started = clock()
    work()
    QApplication.processEvents()
    return (clock() - started) * 1000


def busy(work: Callable[[], object]) -> float:
    """The same by the thread's own clock: of many turns the longest is otherwise that in which another program ran."""
    return timed(work, time.thread_time)


def ticks(until: Callable[[], bool]) -> float:
    """The longest of the event loop's turns until something is so, in ms; at least two turns."""
    longest = 0.0
    for turn in range(100_000):
        longest = max(longest, busy(lambda: None))
        if turn and until():
            break
    return longest


def marks_of(items: int, count: int) -> list[MarkView]:
    """So many marks spread over the document."""
    spread = [1 + n * items // count for n in range(count)]
    return [MarkView(f"m{n}", at, 30 + n % 40, 60 + n % 40, "", "yellow", "highlight", "", ()) for n, at in enumerate(spread)]


def measure(items: int) -> dict[str, float]:
    """Medians of some turns by what was done; of the waits the longest, by the thread's own clock."""
    view, shown, found = ReadingView(LIGHT), document(items), {}
    view.resize(900, 700)
    view.show()
    bar, marks, hits = view.verticalScrollBar(), marks_of(items, 1000), [(1 + n % items, 40, 44) for n in range(2000)]
    opened = [timed(lambda: view.set_document(shown)) for _ in range(_TURNS)]
    found["open, to the first screen"] = statistics.median(opened)
    found["longest wait while the rest is written"] = ticks(lambda: view.is_complete)
    works: dict[str, Callable[[int], object]] = {
        "jump to the last items": lambda turn: view.go_to(items - turn, 5),
        "jump into the middle": lambda turn: view.go_to(items // 2 + turn, 5),
        "resize the window": lambda turn: view.resize(901 + turn, 700),
        "larger type": lambda _turn: view.zoom_in(),
        "another font": lambda turn: view.set_type(("Noto Sans CJK SC", "")[turn % 2], 20, 1.8),
        "other colours": lambda turn: view.set_theme((DARK, LIGHT)[turn % 2]),
        "one mark more, beside 1,000": lambda turn: view.set_marks(marks[turn:]),
        "2,000 hits lit": lambda turn: view.set_hits(hits[turn:]),
        "scroll 50 px": lambda _turn: bar.setValue(bar.value() - 50),
    }
    for name, work in works.items():
        found[name] = statistics.median(timed(lambda turn=turn, work=work: work(turn)) for turn in range(_TURNS))
    bar.setValue(0)
    steps = [timed(lambda: bar.setValue(bar.value() + 120)) for _ in range(400)]
    found["scroll 400 × 120 px, median"] = statistics.median(steps)
    bar.setValue(0)
    found["scroll 400 × 120 px, longest"] = max(busy(lambda: bar.setValue(bar.value() + 120)) for _ in range(400))
    found["drag through all in 100 steps, longest"] = max(
        busy(lambda n=n: bar.setValue(bar.maximum() * n // 100)) for n in range(101)
    )
    view.close()
    return found


def main() -> None:
    """One table."""
    app = QApplication.instance() or QApplication([])
    short, long, longest = measure(8), measure(400), measure(3200)
    print(
        "\nreading view, ms of the window's thread        7,000 chars   350,000 (500 pages)  ratio   2,800,000 (4,000 pages)  ratio"
    )
    for name, ms in short.items():
        ratios = [(one[name], one[name] / max(ms, 0.1)) for one in (long, longest)]
        print(f"  {name:44} {ms:11.1f}" + "".join(f"{value:15.1f}{ratio:12.1f}" for value, ratio in ratios))
    del app


if __name__ == "__main__":
    main()
