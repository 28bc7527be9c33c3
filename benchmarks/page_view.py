"""How smooth the page view is: the delay of the window's event loop while pages scroll, jump and zoom, and how soon they are sharp.

`python -m benchmarks.page_view` makes a text PDF and a scan, prints one table and sets each target beside its figure (five
minutes in all). Delays are lateness of a 2 ms timer in the window's thread; "control" is the same scroll with nothing rendered,
over fewer pages. A jump's time to the sharp page is set beside PyMuPDF's bare render of that very page, taken right after it.
Only figures of one run can be compared.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QPointF, Qt, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication

from desktop.bulletin.places import PlaceMap
from desktop.rendering.client import Job, Renderer
from desktop.ui.page import PageView
from desktop.ui.theme import LIGHT
from desktop.ui.values import DocumentView

TICK, FRAME = 2, 16  # ms
STEP = 110  # device pixels a frame: 6,900 a second, five pages; a wheel turned fast
SIZE = (1300, 950)
STALL = 50  # ms
CONTROL = 100  # pages


class Idle(Renderer):
    """A renderer that is asked for nothing: the control."""

    def wish(self, jobs: Sequence[Job]) -> None:
        """Forget the wishes."""

    def prepare(self, jobs: Sequence[Job]) -> None:
        """Forget what there would be to do."""


class Watched(PageView):
    """A page view that counts frames and those in which a page in view has no image at all, or not yet the sharp one."""

    frames = missing = unsharp = 0

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Count, then paint."""
        super().paintEvent(event)
        pages = self._visible_pages()
        self.frames += 1
        self.missing += any(not self.renderer.cache.has_page(page, 0) for page in pages)
        self.unsharp += not self.is_sharp()

    def count_anew(self) -> None:
        """Start counting from nothing."""
        self.frames = self.missing = self.unsharp = 0


@dataclass
class Delays:
    """Lateness of the ticks, in ms."""

    late: list[float] = field(default_factory=list)

    def measured(self, work: Callable[[QEventLoop], None]) -> Delays:
        """Run `work` in an event loop (it must end the loop) with the ticker beside it."""
        loop, last = QEventLoop(), time.perf_counter()
        ticker = QTimer(timerType=Qt.TimerType.PreciseTimer, interval=TICK)

        def tick() -> None:
            nonlocal last
            now = time.perf_counter()
            self.late.append(max((now - last) * 1000 - TICK, 0.0))
            last = now

        ticker.timeout.connect(tick)
        ticker.start()
        work(loop)
        loop.exec()
        ticker.stop()
        return self

    @property
    def p99(self) -> float:
        """What one tick of a hundred exceeds."""
        return statistics.quantiles(self.late, n=100)[98]

    @property
    def stalls(self) -> int:
        """How many ticks came later than `STALL`."""
        return sum(one > STALL for one in self.late)

    def row(self) -> str:
        """p50, p95, p99, max and the number of stalls."""
        cuts = statistics.quantiles(self.late, n=100)
        return f"{cuts[49]:6.1f} {cuts[94]:6.1f} {self.p99:6.1f} {max(self.late):6.1f} {self.stalls:6d}"


def wait_until(done: Callable[[], bool], limit: float = 20.0) -> float:
    """Run the event loop until `done`; returns the milliseconds it took."""
    started = time.perf_counter()
    while not done() and time.perf_counter() - started < limit:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 5)
    return (time.perf_counter() - started) * 1000


def opened(path: Path, renderer: Renderer) -> Watched:
    """The file in a view of the usual size."""
    view = Watched(LIGHT, renderer=renderer)
    view.resize(*SIZE)
    view.show()
    view.set_document(DocumentView(1, path.stem, "", "document", (), str(path), is_pdf=True), PlaceMap([]))
    wait_until(lambda: view.pages.count > 0)
    if not isinstance(renderer, Idle):
        wait_until(view.is_sharp)
    return view


def scroll(view: Watched, pages: int) -> Callable[[QEventLoop], None]:
    """Scroll through this many pages at `STEP` a frame."""
    bar = view.verticalScrollBar()
    goal = min(view.pages.box(min(pages, view.pages.count)).top(), bar.maximum())

    def work(loop: QEventLoop) -> None:
        timer = QTimer(view, timerType=Qt.TimerType.PreciseTimer, interval=FRAME)

        def step() -> None:
            bar.setValue(bar.value() + STEP)
            if bar.value() >= goal:
                timer.stop()
                loop.quit()

        timer.timeout.connect(step)
        timer.start()

    return work


def zoom(view: Watched, steps: int) -> Callable[[QEventLoop], None]:
    """Zoom in and out about a point, a step every 60 ms."""

    def work(loop: QEventLoop) -> None:
        timer = QTimer(view, interval=60)
        left = iter(range(steps))

        def step() -> None:
            at = next(left, None)
            if at is None:
                timer.stop()
                loop.quit()
            else:
                view.set_zoom(view.zoom * (1.12 if at // 8 % 2 == 0 else 1 / 1.12), QPointF(500, 400))

        timer.timeout.connect(step)
        timer.start()

    return work


def jumps(view: Watched, path: Path, count: int) -> list[tuple[float, float, float]]:
    """For each jump the milliseconds to an image, to the sharp page, and of the bare render of that page."""
    dice = random.Random(7)
    found = []
    with subprocess.Popen(
        [sys.executable, "-m", "benchmarks._pages", "bare", str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as bare:
        assert bare.stdin
        assert bare.stdout
        for _ in range(count):
            page = dice.randint(2, view.pages.count - 1)
            view.go_to_page(page)
            first = wait_until(partial(view.renderer.cache.has_page, page, 0))
            sharp = first + wait_until(view.is_sharp)
            bare.stdin.write(f"{page} {view.pages.box(page).width()}\n")
            bare.stdin.flush()
            found.append((first, sharp, float(bare.stdout.readline())))
        bare.stdin.close()
    return found


def memory(pid: int) -> tuple[float, float]:
    """Resident megabytes of a process without, and of, what it shares."""
    fields = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines() if ":" in line)
    whole, shared = (int(fields[name].split()[0]) / 1024 for name in ("VmRSS", "RssShmem"))
    return whole - shared, shared


def against(what: str, figure: float, limit: float, unit: str) -> None:
    """A figure beside its target."""
    print(f"  target: {what:58} {figure:8.1f} {unit:3} ≤ {limit:6.1f}   {'met' if figure <= limit else 'MISSED'}")


def run(name: str, path: Path, pages: int, jump_count: int) -> None:
    """The table of one file."""
    print(
        f"\n{name}: {path.stat().st_size >> 10} KB   delay in ms    p50    p95    p99    max  >{STALL}ms   frames  no image  not yet sharp"
    )
    control = Idle()
    still = opened(path, control)
    calm = Delays().measured(scroll(still, CONTROL))
    print(f"  control: scroll, nothing to render     {calm.row()}")
    still.close_document()
    renderer = Renderer()
    view = opened(path, renderer)
    moving = observed(view, f"scroll through {pages} pages", scroll(view, pages))
    blank = 100 * view.missing / max(view.frames, 1)
    wait_until(view.is_sharp)
    observed(view, "zoom 48 steps", zoom(view, 48))
    view.fit_width()
    wait_until(view.is_sharp)
    done = jumps(view, path, jump_count)
    own, shared = memory(os.getpid())
    theirs, _ = memory(renderer.worker_pid)
    view.close_document()
    first, sharp, bare = (list(one) for one in zip(*done, strict=True))
    excess = [sharp_ms - 2 * bare_ms for _, sharp_ms, bare_ms in done]
    print(f"  {jump_count} jumps: image p50 {statistics.median(first):.0f} p95 {p95(first):.0f} ms; "
          f"sharp p50 {statistics.median(sharp):.0f} p95 {p95(sharp):.0f} ms; bare render p50 {statistics.median(bare):.0f} ms; "
          f"sharp ÷ bare p50 {statistics.median(s / b for s, b in zip(sharp, bare, strict=True)):.1f}")  # fmt: skip
    print(f"  memory: window {own:.0f} MB + {shared:.0f} MB image cache; render process {theirs:.0f} MB beside the cache")
    against("scroll, p99 delay beyond the control's", moving.p99 - calm.p99, 4, "ms")
    expected = calm.stalls * len(moving.late) / len(calm.late)
    against(f"scroll, stalls over {STALL} ms beyond the control's share", moving.stalls - expected, 0, "")
    against("scroll, frames with a page that has no image", blank, 0, "%")
    against("jump, first image p95", p95(first), 40, "ms")
    against("jump, sharp beyond 2 × the bare render, p95", p95(excess), 40, "ms")
    against("memory, window with its cache", own + shared, 300, "MB")
    against("memory, cache", shared, 180, "MB")
    against("memory, render process", theirs, 250, "MB")


def p95(figures: list[float]) -> float:
    """What one of twenty exceeds."""
    return statistics.quantiles(figures, n=20)[18]


def observed(view: Watched, label: str, work: Callable[[QEventLoop], None]) -> Delays:
    """Do the work and print its row."""
    view.count_anew()
    delays = Delays().measured(work)
    missing, unsharp = (100 * count / max(view.frames, 1) for count in (view.missing, view.unsharp))
    print(f"  {label:38} {delays.row()} {view.frames:8d}  {missing:6.1f} %  {unsharp:10.1f} %")
    return delays


def make(what: str, path: Path, pages: int) -> Path:
    """A file, written by a process of its own."""
    subprocess.run([sys.executable, "-m", "benchmarks._pages", what, str(path), str(pages)], check=True)
    return path


def main() -> None:
    """Both files, one after the other, in processes of their own so that memory is told for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=("text", "scan"))
    parser.add_argument("--jumps", type=int, default=100)
    chosen = parser.parse_args()
    if chosen.only is None:
        for one in ("text", "scan"):
            subprocess.run(
                [sys.executable, "-m", "benchmarks.page_view", "--only", one, "--jumps", str(chosen.jumps)], check=True
            )
        return
    app = QApplication.instance() or QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory() as folder:
        pages = {"text": 500, "scan": 200}[chosen.only]
        path = make(chosen.only, Path(folder) / f"{chosen.only}.pdf", pages)
        run(f"{pages}-page {chosen.only}", path, pages, chosen.jumps)
    del app


if __name__ == "__main__":
    main()
