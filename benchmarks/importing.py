"""How fast files come into the library, beside the bare extraction of their text; what a search waits meanwhile; and memory.

`python -m benchmarks.importing --files 200 --search`. The files are made-up issues, each with a number of its own, so that none
is a duplicate. They come in by parts, and before each part bare extraction is timed and the library searched while nothing else
goes on: the mood of the machine changes within minutes. The last run finds every file in the library already.
`--files 20000 --kill` imports by the command line instead, kills that at a random place and begins again (`benchmarks._bulk`).
Memory is looked up in /proc, so this runs on Linux only.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Final

import pymupdf

from benchmarks._archive import fill
from benchmarks._bulk import killed_and_resumed, memory_of, print_issues, told_ratio
from benchmarks.search import QUERIES
from desktop.archive import finding, importing, indexing
from desktop.archive.library import Library

_BARE: Final = 60  # files are enough to tell how fast bare extraction is
_PARTS: Final = 4
_TYPING: Final = 0.05  # seconds between an answer and the next query


def extract(files: list[Path]) -> float:
    """Seconds to take the characters of all pages out of the files, and nothing else."""
    started = time.perf_counter()
    for file in files:
        with pymupdf.open(file) as document:
            for page in document:
                page.get_text("rawdict")
    return time.perf_counter() - started


def bare_rate(files: list[Path]) -> float:
    """Files a second of bare extraction, by some of the files."""
    some = files[:: max(1, len(files) // _BARE)]
    return len(some) / extract(some)


@dataclass
class Searches:
    """Searches of one kind of moment: milliseconds of each, and the totals of each query in the order of asking."""

    times: list[float] = field(default_factory=list)
    totals: dict[str, list[int]] = field(default_factory=dict)

    def ask_all(self, library: Library, over: threading.Event | None = None) -> None:
        """Each query of the search benchmark, as the window asks it: once, or again and again until told."""
        while True:
            for typed in QUERIES:
                started = time.perf_counter()
                page = finding.search(library, typed, facets=False, settle=False)
                self.times.append((time.perf_counter() - started) * 1000)
                self.totals.setdefault(typed, []).append(page.total)
                time.sleep(_TYPING)
                if over and over.is_set():
                    break
            if over is None or over.is_set():
                library.leave()
                return

    @property
    def p95(self) -> float:
        return sorted(self.times)[int(len(self.times) * 0.95)]

    def fallen(self, query: Callable[[str], int]) -> list[str]:
        """Queries without exclusions that at some moment found less than before, or more than in the end: both are wrong."""
        return [
            typed
            for typed, totals in self.totals.items()
            if " -" not in typed and any(after < before for before, after in pairwise([*totals, query(typed)]))
        ]


def measure(library: Library, files: list[Path], *, searching: bool) -> None:
    """Import the files in parts and say what it took."""
    idle, busy, bare, spent = Searches(), Searches(), [], 0.0
    print(f"{'stored':>9}{'own MB':>9}{'+ files MB':>12}   (target: own MB flat)")
    step = -(-len(files) // _PARTS)
    statuses: list[str] = []
    for part in (files[at : at + step] for at in range(0, len(files), step)):
        bare.append(bare_rate(files))
        if searching:
            idle.ask_all(library)
        over = threading.Event()
        searcher = threading.Thread(target=busy.ask_all, args=(library, over))
        if searching:
            searcher.start()
        started = time.perf_counter()
        statuses += [one.status for one in importing.import_paths(library, part)]
        spent += time.perf_counter() - started
        over.set()
        if searching:
            searcher.join()
        own, resident = memory_of()
        print(f"{len(statuses):>9}{own:9.0f}{resident:12.0f}", flush=True)
    bare.append(bare_rate(files))
    rate = len(files) / spent
    print(f"imported {rate:.1f} files/s = {told_ratio(bare, rate)}; {dict(Counter(statuses))}")
    if searching:
        ratio = busy.p95 / idle.p95
        told = f"{idle.p95:.1f} ms (p95 of {len(idle.times)}), during the import {busy.p95:.1f} ms (of {len(busy.times)})"
        print(f"a search takes {told} = {ratio:.1f} × (target: at most 3 ×)")
        indexing.catch_up(library)
        wrong = busy.fallen(lambda typed: finding.search(library, typed, facets=False).total)
        print(f"queries that found less than before at some moment: {wrong or 'none'} (target: none)")


def again(library: Library, files: list[Path]) -> None:
    """Import what is there already."""
    started = time.perf_counter()
    importing.import_paths(library, files)
    print(f"second run {len(files) / (time.perf_counter() - started):.0f} files/s")


def stocked(folder: Path, stock: int, ready: Path | None) -> Library:
    """A library that holds some items before: made up, or a copy of one that is there."""
    if ready:
        shutil.copytree(ready, folder)
    library = Library.open(folder)
    if not ready:
        fill(library, stock)
    indexing.catch_up(library)
    Searches().ask_all(library)  # reads what the first search of a session reads
    return library


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--files", type=int, default=100)
    parser.add_argument("--stock", type=int, default=2000, help="items that are in the library before")
    parser.add_argument("--library", type=Path, help="instead, a copy of this library")
    parser.add_argument("--search", action="store_true", help="search all the time during the import")
    parser.add_argument("--kill", action="store_true", help="import by the command line, kill it in the middle and begin again")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        print_issues(folder / "issues", arguments.files)
        files = sorted((folder / "issues").rglob("*.pdf"))
        if arguments.kill:
            killed_and_resumed(folder, arguments.files, lambda: bare_rate(files))
            return
        with stocked(folder / "library", arguments.stock, arguments.library) as library:
            measure(library, files, searching=arguments.search)
            again(library, files)


if __name__ == "__main__":
    main()
