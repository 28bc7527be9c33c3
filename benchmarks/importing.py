"""How fast files come into the library, beside the bare extraction of their text; and whether memory stays flat.

`python -m benchmarks.importing --files 200`. The files are variations of the sample issues, so that none is a duplicate. The
second run finds every file in the library already. Memory is that of this process and, at most, of its reading processes.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import threading
import time
from pathlib import Path

import pymupdf

from benchmarks.search import QUERIES, fill
from desktop.archive import finding, importing, indexing
from desktop.archive.library import Library
from desktop.paths import SAMPLES


def vary(folder: Path, number: int) -> list[Path]:
    """PDF files with the text of the samples, each with a number of its own in its masthead."""
    samples = sorted(SAMPLES.glob("*.pdf"))
    made = []
    for at in range(number):
        sample = samples[at % len(samples)]
        path = folder / f"{at:05}.pdf"
        with pymupdf.open(sample) as document:
            page = document[0]
            (printed, *_) = page.search_for(sample.stem[-3:])
            page.add_redact_annot(printed)
            page.apply_redactions()
            page.insert_text(printed.bl - (0, 3), str(1000 + at), fontsize=printed.height * 0.7)
            document.save(path)
        made.append(path)
    return made


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


def measure(folder: Path, number: int, stock: int, *, searching: bool) -> None:
    files = vary(folder, number)
    bare = extract(files)
    print(f"{number} files; bare extraction {number / bare:.1f} files/s")
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
        print(f"imported {number / spent:.1f} files/s = {spent / bare:.1f} × bare extraction; {states}")
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
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder), arguments.files, arguments.stock, searching=arguments.search)


if __name__ == "__main__":
    main()
