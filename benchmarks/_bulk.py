"""An import of very many issues in a process of its own: watched, killed without warning in the middle, and begun again.

The issues are printed as PDFs from the made-up texts of the search benchmark; a hundred different ones, each in many numbers,
for printing takes longer than reading. Memory and processes are looked up in /proc, so this part runs on Linux only.
"""

from __future__ import annotations

import csv
import json
import random
import sqlite3
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import pymupdf

from benchmarks._archive import make_items
from desktop.archive import finding, indexing
from desktop.archive.import_report import WORDS
from desktop.archive.library import Library
from desktop.bulletin.parsing import parse
from desktop.paths import SAMPLES
from desktop.readers.reading import read
from tests import press

ROOT = Path(__file__).resolve().parents[1]
_POOL = 100
_EVERY = 5.0  # seconds between two looks at the processes
_NUMBER = "901"


def print_issues(folder: Path, number: int) -> None:
    """PDF issues 1000, 1001 … of a paper, in folders of a thousand."""
    form = json.loads((SAMPLES / f"issue-{_NUMBER}.json").read_text(encoding="utf-8"))
    items = make_items(random.Random(7), 5 * _POOL)
    pool = [press.pdf(_filled(form, items)) for _ in range(min(number, _POOL))]
    for at in range(number):
        path = folder / f"{at // 1000:03}" / f"{at:05}.pdf"
        path.parent.mkdir(parents=True, exist_ok=True)
        with pymupdf.open(stream=pool[at % len(pool)], filetype="pdf") as document:
            renumber(document, _NUMBER, 1000 + at)
            document.save(path)


def renumber(document: pymupdf.Document, printed: str, number: int) -> None:
    """Print another number in the masthead."""
    page = document[0]
    (place, *_) = page.search_for(printed)
    page.add_redact_annot(place)
    page.apply_redactions()
    page.insert_text(place.bl - (0, 3), str(number), fontsize=place.height * 0.7)


def _filled(form: dict[str, Any], items: Any) -> dict[str, Any]:
    """A sample issue with other texts in its sections."""
    sections = []
    for section in form["sections"]:
        own = []
        for item in islice(items, len(section["items"])):
            _, lead, *paragraphs = item.text.split("\n")
            points = [{"n": n, "head": said.split("，")[0][:16], "text": said} for n, said in enumerate(paragraphs, start=1)]
            own.append({"title": item.title, "page": 1, "lead": lead, "points": points, "paragraphs": [], "footnotes": []})
        sections.append({"name": section["name"], "page": 1, "items": own})
    contents = [{"section": one["name"], "page": 1, "titles": [item["title"] for item in one["items"]]} for one in sections]
    return {**form, "sections": sections, "contents": contents}


class Memory(NamedTuple):
    """Megabytes of a process: its own (anonymous), and with the pages of files that it shares with the system's cache."""

    own: float
    resident: float


def memory_of(pid: int | str = "self") -> Memory:
    """What a process holds now; nothing of one that is gone."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return Memory(0.0, 0.0)
    said = dict(line.split(":", 1) for line in lines)
    own, resident = (int(said.get(name, "0").split()[0]) / 1024 for name in ("RssAnon", "VmRSS"))
    return Memory(own, resident)


@dataclass
class Watch:
    """What was seen of one run: memory of the importing process, and megabytes of its readers, at some numbers of issues."""

    curve: list[tuple[int, Memory, float]] = field(default_factory=list)
    seconds: float = 0.0
    stored: int = 0

    def told(self) -> str:
        """The curve in ten points."""
        step = max(1, len(self.curve) // 10)
        rows = (f"{at:>9}{memory.own:9.0f}{memory.resident:12.0f}{readers:10.0f}" for at, memory, readers in self.curve[::step])
        return "\n".join((f"{'stored':>9}{'own MB':>9}{'+ files MB':>12}{'readers':>10}   (target: own MB flat)", *rows))


def _children(pid: int) -> list[int]:
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += map(int, task.read_text(encoding="ascii").split())
        except OSError:
            continue
    return found


def stored_issues(library: Path) -> int:
    """How many issues are in a library at this moment."""
    try:
        connection = sqlite3.connect(f"file:{library / 'library.db'}?mode=ro", uri=True)
        (count,) = connection.execute("SELECT count(*) FROM issue").fetchone()
        connection.close()
    except sqlite3.Error:
        return 0
    return int(count)


def run(library: Path, files: Path, report: Path, kill_at: int | None = None) -> Watch:
    """One import by the command line; killed by SIGKILL when it has stored `kill_at` issues."""
    watch, started = Watch(), time.perf_counter()
    command = [sys.executable, "main.py", "--library", str(library), "import", str(files), "--report", str(report)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL) as child:
        ended = threading.Event()
        threading.Thread(target=lambda: (child.wait(), ended.set()), daemon=True).start()
        readers: list[int] = []
        while not ended.wait(_EVERY if kill_at is None else min(_EVERY, 1.0)):
            readers = _children(child.pid)
            watch.stored = stored_issues(library)
            if not watch.curve or time.perf_counter() - started > len(watch.curve) * _EVERY:
                watch.curve.append((watch.stored, memory_of(child.pid), sum(memory_of(pid).own for pid in readers)))
            if kill_at is not None and watch.stored >= kill_at:
                child.kill()
                break
    watch.seconds, watch.stored = time.perf_counter() - started, stored_issues(library)
    time.sleep(1.0)
    left = [pid for pid in readers if _is_reader(pid)]
    if left:
        print(f"reading processes that outlived the import: {left}")
    return watch


def _is_reader(pid: int) -> bool:
    """Whether the process still is one of ours: numbers are used again."""
    try:
        return b"paper_child" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


def killed_and_resumed(folder: Path, number: int, bare: Callable[[], float]) -> None:
    """Import all, with a kill at a random place, and say what it took and whether all is there once.

    `bare` measures how many files a second bare extraction reads: asked before, in the middle and at the end.
    """
    rates = [bare()]
    files, library, report = folder / "issues", folder / "library", folder / "report.csv"
    at = random.randrange(number * 3 // 10, number * 7 // 10)
    first = run(library, files, report, at)
    print(f"killed after {first.stored} of {number} issues and {first.seconds:.0f} s: {first.stored / first.seconds:.1f} files/s")
    print(first.told(), flush=True)
    rates.append(bare())
    second = run(library, files, report)
    with report.open(encoding="utf-8-sig", newline="") as stream:
        said = Counter(row["结果"] for row in csv.DictReader(stream))
    states = {status: said[word] for status, word in WORDS.items()}
    print(f"begun again: {second.seconds:.0f} s; {states}")
    print(second.told(), flush=True)
    rates.append(bare())
    rate = number / (first.seconds + second.seconds)
    print(f"{number} issues at {rate:.1f} files/s in both runs together = {told_ratio(rates, rate)}")
    print(_complete(library, files, number, first.stored))
    third = run(library, files, report)
    print(f"third run, in which all is known: {third.seconds:.0f} s")


def told_ratio(rates: list[float], rate: float) -> str:
    """How many times as long as bare extraction a file took, by the median of its rates."""
    each = " / ".join(f"{one:.1f}" for one in rates)
    return f"{statistics.median(rates) / rate:.1f} × bare extraction ({each} files/s over the run; target: at most 5 ×)"


def _items_printed(files: Path, number: int) -> int:
    """How many items the parser finds in the issues: some made-up titles read as text, which it then tells as a doubt."""
    pool = [parse(read(path)) for path in sorted(files.rglob("*.pdf"))[:_POOL]]
    found = [sum(len(section.items) for section in bulletin.sections) for bulletin in pool]
    return sum(found[at % len(found)] for at in range(number))


def _complete(library: Path, files: Path, number: int, before: int) -> str:
    """Whether every issue is there, once, with its file and in the index, and each was stored by one operation only."""
    with Library.open(library) as opened:
        in_step = indexing.catch_up(opened)
        found = finding.search(opened, "企业", order="newest", facets=False).total
        problems = opened.database.problems()
    connection = sqlite3.connect(library / "library.db")
    ((issues,), (items,), (stored,)) = (
        connection.execute(f"SELECT count(*) FROM {what}").fetchone()
        for what in ("issue", "item", "journal WHERE name LIKE '收入%'")
    )
    connection.close()
    copies = sum(1 for _ in (library / "files").iterdir())
    fine = (issues, items, stored, copies) == (number, _items_printed(files, number), number, number) and in_step and not problems
    told = f"{issues} issues, {items} items, {stored} operations, {copies} files ({before} before the kill); {found} hits of 企业"
    return f"{'complete, nothing twice' if fine else 'NOT COMPLETE'}: {told}"
