"""How fast documents are read: `python -m benchmarks.parse`.

A printed issue of the samples' kind is set once, ten and a hundred times over, as PDF and as text. PDF → structure is compared in
the same run with PyMuPDF's own `rawdict` extraction of the same pages (target: at most 3 times its time); text → structure is
given in MB/s (target: at least 2). Both should be linear: the last column is the time per page or MB against that of the
smallest file. Times are processor seconds of this process, so that other work on the machine does not count.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pymupdf

from desktop.bulletin.parsing import parse
from desktop.paths import SAMPLES
from desktop.readers import read

_TIMES = (1, 10, 100)
_RUNS = 5


def main() -> None:
    """Print both tables."""
    sample = min(SAMPLES.glob("*.pdf"))
    text = min(SAMPLES.glob("*.txt")).read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        _print_pdf(sample, Path(folder))
        _print_text(text, Path(folder))


def _print_pdf(sample: Path, folder: Path) -> None:
    print("PDF        pages   read+parse   rawdict   ratio   per page against 1×")
    first = 0.0
    for times in _TIMES:
        file = _repeated(sample, times, folder / f"{times}.pdf")
        runs = _RUNS if times < _TIMES[-1] else 2
        ours, theirs = _interleaved(partial(_structure, file), partial(_rawdict, file), runs)
        with pymupdf.open(file) as document:
            pages = document.page_count
        first = first or ours / pages
        print(f"{times:>4}×  {pages:>8}   {ours:>8.3f} s  {theirs:>7.3f} s  {ours / theirs:>5.2f}   {ours / pages / first:.2f}")


def _repeated(sample: Path, times: int, file: Path) -> Path:
    with pymupdf.open(sample) as source, pymupdf.open() as target:
        for _ in range(times):
            target.insert_pdf(source)
        target.save(file, garbage=4, deflate=True)
    return file


def _structure(file: Path) -> None:
    parse(read(file))


def _rawdict(file: Path) -> None:
    with pymupdf.open(file) as document:
        for page in document:
            page.get_text("rawdict")


def _print_text(text: str, folder: Path) -> None:
    print("text          MB   read+parse    MB/s   per MB against 1×")
    body = text.split("【", 1)
    first = 0.0
    for times in _TIMES:
        file = folder / f"{times}.txt"
        file.write_text(body[0] + ("【" + body[1]) * times, encoding="utf-8")
        size = file.stat().st_size / 1e6
        took = statistics.median(_timed(partial(_structure, file)) for _ in range(_RUNS if times < _TIMES[-1] else 2))
        first = first or took / size
        print(f"{times:>4}×  {size:>8.3f}   {took:>8.3f} s  {size / took:>6.1f}   {took / size / first:.2f}")


def _interleaved(one: Callable[[], object], other: Callable[[], object], runs: int) -> tuple[float, float]:
    """Median times of both, run in turns so that the machine's moods touch both alike; the first round warms up."""
    pairs = [(_timed(one), _timed(other)) for _ in range(runs + 1)][1:]
    return statistics.median(pair[0] for pair in pairs), statistics.median(pair[1] for pair in pairs)


def _timed(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


if __name__ == "__main__":
    main()
