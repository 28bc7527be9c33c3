"""What odd and hostile files do: `python -m benchmarks.hostile FOLDER` reads every file below a folder as an import does.

Public test corpora of PDF programs are the thing to point it at; none is kept here. Told at the end: how many files opened, how
many were refused with a sentence, how many did anything else (there must be none), and the slowest and hungriest of them.
Seconds are those a reader waits; megabytes the most that the reading process and this one (structure, JSON) held for that file.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from desktop.bulletin.jsonform import bulletin_to_json
from desktop.bulletin.parsing import parse
from desktop.errors import UnreadableFile
from desktop.readers.reused import ReusedReader

_SLOW = 10.0
_HUNGRY = 1024
_WORST = 5


@dataclass(frozen=True)
class Result:
    """What became of one file."""

    path: Path
    outcome: str  # "opened", "refused", or what was raised
    said: str
    seconds: float
    reading: float  # megabytes
    parsing: float


def main() -> None:
    """Read the files and print what became of them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?")
    folder = parser.parse_args().folder
    if folder is None:
        print("needs a folder of files: python -m benchmarks.hostile FOLDER")
        return
    results = []
    for result in sweep(sorted(path for path in folder.rglob("*") if path.is_file())):
        results.append(result)
        if result.outcome not in ("opened", "refused") or result.seconds > _SLOW or _most(result) > _HUNGRY:
            print(_line(result), result.said, sep="\n  ", flush=True)
    report(results)


def sweep(paths: list[Path]) -> Iterator[Result]:
    """Each file read, parsed and written as JSON, one after the other as an import does it."""
    with ReusedReader() as reader, ThreadPoolExecutor(1) as pool:
        for path in paths:
            _forget_peaks()
            begun = time.perf_counter()
            job = pool.submit(_structure, reader, path)
            error = job.exception()
            spent = time.perf_counter() - begun
            parsing, reading = _peak("self"), max(map(_peak, _children()), default=0.0)
            outcome = "opened" if error is None else "refused" if isinstance(error, UnreadableFile) else type(error).__name__
            said = "" if error is None else str(error) if outcome == "refused" else "".join(traceback.format_exception(error))
            yield Result(path, outcome, said, spent, reading, parsing)


def _structure(reader: ReusedReader, path: Path) -> int:
    return len(json.dumps(bulletin_to_json(parse(reader.read(path))), ensure_ascii=False).encode())


def _children() -> list[str]:
    found: list[str] = []
    for task in Path("/proc/self/task").glob("*/children"):
        with suppress(OSError):  # the thread has ended
            found += task.read_text().split()
    return found


def _forget_peaks() -> None:
    for pid in ("self", *_children()):
        with suppress(OSError):  # the process has ended
            (Path("/proc") / pid / "clear_refs").write_text("5")


def _peak(pid: str) -> float:
    """The most megabytes of memory a process has held since `_forget_peaks`; 0 for one that has ended."""
    try:
        status = (Path("/proc") / pid / "status").read_text().split()
    except OSError:
        return 0.0
    return int(status[status.index("VmHWM:") + 1]) / 1024 if "VmHWM:" in status else 0.0


def _most(result: Result) -> float:
    return max(result.reading, result.parsing)


def _line(result: Result) -> str:
    sizes = f"{result.reading:>5.0f} MB reading {result.parsing:>5.0f} MB parsing"
    return f"{result.outcome:>8} {result.seconds:>6.2f} s {sizes}  {os.fspath(result.path)}"


def report(results: list[Result]) -> None:
    """Print the figures of all files."""
    counts = Counter(result.outcome for result in results)
    print(f"{len(results)} files: " + ", ".join(f"{count} {outcome}" for outcome, count in counts.most_common()))
    for name, key in (("slowest", lambda result: result.seconds), ("hungriest", _most)):
        print(f"{name}:", *map(_line, sorted(results, key=key, reverse=True)[:_WORST]), sep="\n")
    ended = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"the largest reading process that has ended held {ended:.0f} MB")
    for said, count in Counter(result.said.replace(result.path.name, "…") for result in results if result.said).most_common(12):
        print(f"{count:>6} × {said}")


if __name__ == "__main__":
    main()
