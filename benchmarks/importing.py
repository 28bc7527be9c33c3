"""How fast files come into the library, beside the bare extraction of their text; and whether memory stays flat.

`python -m benchmarks.importing --files 200`. The files are made-up issues, each with a number of its own, so that none is a
duplicate. The second run finds every file in the library already. Memory is that of this process and, at most, of its reading
processes. `--files 20000 --kill` imports by the command line instead, kills that at a random place and begins again
(`benchmarks._bulk`).
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import threading
import time
from pathlib import Path
from typing import Final

import pymupdf

from benchmarks._archive import fill
from benchmarks._bulk import killed_and_resumed, print_issues
from benchmarks.search import QUERIES
from desktop.archive import finding, importing, indexing
from desktop.archive.library import Library

_BARE: Final = 300  # files are enough to tell how fast bare extraction is


def extract(files: list[Path]) -> float:
    """Seconds to take the characters of all pages out of the files, and nothing else."""
    started = time.perf_counter()
    for file in files:
        with pymupdf.open(file) as document:
            for page in document:
                page.get_text("rawdict")
    return time.perf_counter() - started


def search_all(library: Library, until: threading.Event | None = None) -> list[float]:
    """Milliseconds of each query of the search benchmark, as the window asks them: once, or again and again until told."""
    times: list[float] = []
    while True:
        for typed in QUERIES:
            started = time.perf_counter()
            finding.search(library, typed, facets=False, settle=False)
            times.append((time.perf_counter() - started) * 1000)
            time.sleep(0.05)
        if until is None or until.is_set():
            library.leave()
            return times


def p95(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]


def megabytes(who: int) -> float:
    return resource.getrusage(who).ru_maxrss / 1024


def printed(folder: Path, number: int) -> tuple[list[Path], float]:
    """That many issues as PDF files in the folder `issues`, and how many of them bare extraction reads in a second."""
    print_issues(folder / "issues", number)
    files = sorted((folder / "issues").rglob("*.pdf"))
    some = files[:: max(1, number // _BARE)]
    bare = len(some) / extract(some)
    print(f"{number} files; bare extraction {bare:.1f} files/s", flush=True)
    return files, bare


def measure(folder: Path, number: int, stock: int, *, searching: bool) -> None:
    files, bare = printed(folder, number)
    with Library.open(folder / "library") as library:
        fill(library, stock)
        indexing.catch_up(library)
        search_all(library)
        idle, busy, over = search_all(library), [], threading.Event()
        searcher = threading.Thread(target=lambda: busy.extend(search_all(library, over)))
        times: list[float] = []
        memory: list[float] = []
        if searching:
            searcher.start()
        begun = time.perf_counter()

        def watch(done: int, total: int, name: str) -> None:
            del name
            times.append(time.perf_counter() - begun)
            if done % max(total // 4, 1) == 0:
                memory.append(megabytes(resource.RUSAGE_SELF))

        outcomes = importing.import_paths(library, files, progress=watch)
        spent = time.perf_counter() - begun
        over.set()
        if searching:
            searcher.join()
            ratio = p95(busy) / p95(idle)
            print(f"{stock} items: a search takes {p95(idle):.1f} ms (p95), during the import {p95(busy):.1f} ms = {ratio:.1f} ×")
        states = {status: sum(one.status == status for one in outcomes) for status in ("new", "revision", "duplicate", "refused")}
        print(f"imported {number / spent:.1f} files/s = {spent * bare / number:.1f} × bare extraction; {states}")
        quarters = " → ".join(f"{value:.0f}" for value in memory)
        print(f"memory over the run {quarters} MB; a reading process at most {megabytes(resource.RUSAGE_CHILDREN):.0f} MB")
        started = time.perf_counter()
        indexing.catch_up(library)
        print(f"indexed in {time.perf_counter() - started:.1f} s; found {finding.search(library, '创新').total} passages")
        started = time.perf_counter()
        importing.import_paths(library, files)
        print(f"second run {number / (time.perf_counter() - started):.0f} files/s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--files", type=int, default=100)
    parser.add_argument("--stock", type=int, default=2000, help="items that are in the library before")
    parser.add_argument("--search", action="store_true", help="search all the time during the import")
    parser.add_argument("--kill", action="store_true", help="import by the command line, kill it in the middle and begin again")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if arguments.kill:
            killed_and_resumed(Path(folder), arguments.files, printed(Path(folder), arguments.files)[1])
            return
        measure(Path(folder), arguments.files, arguments.stock, searching=arguments.search)


if __name__ == "__main__":
    main()
