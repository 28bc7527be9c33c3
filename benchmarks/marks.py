"""How long a mark takes from the action until it is on the disk: `python -m benchmarks.marks`.

As a ratio to what SQLite itself needs for one row with `synchronous=FULL` in write-ahead mode, in the same run and on the same disk,
with 100 and with 100,000 marks in the library: the ratio should stay below 3 and not grow.
"""

from __future__ import annotations

import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from db import issues as store
from db.records import NewIssue, NewItem
from desktop.archive import marking
from desktop.archive.library import Library

ROUNDS = 200
TEXT = "近日，样例市印发方案，收集地方品种一千二百份，建设种质资源库。" * 40


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as place:
        for number in (100, 100_000):
            folder = Path(place) / str(number)
            with Library.open(folder) as library:
                items = _stock(library, number)
                bare = _bare(Path(place) / f"bare-{number}.db")
                adding, plain = _in_turn(_adding(library, items), bare)
                noting, plain_too = _in_turn(_note(library, items), bare)
                base = statistics.median([*plain, *plain_too])
                print(
                    f"{number:>7} marks: bare commit {base * 1e3:.2f} ms, a mark {_ratio(adding, base)}, a note {_ratio(noting, base)}"
                )


def _stock(library: Library, number: int) -> list[int]:
    """A library with that many marks, a hundred an item; the items' ids."""
    new = NewIssue("issue", "样例要参", 2031, "7", "2031-05-06", (), None, "a" * 64, "txt", "样例.txt", 2, "{}", "1")
    with library.database.operation("收入", undoable=False) as operation:
        issue = store.add(
            operation, new, [NewItem("省内要情", 1, f"第{n}条", 1, "", "", TEXT, "[]") for n in range(max(1, number // 100))]
        )
    items = [item.id for item in store.items(library.database, issue)]
    raw = library.database._connection.raw()  # noqa: SLF001 - past the journal: only the number of rows matters here
    rows = [(f"{n}", items[n // 100 % len(items)], n % 100, n % 100 + 4) for n in range(number)]
    raw.execute("BEGIN")
    raw.executemany(
        "INSERT INTO mark (uid, item, start, end, quote, prefix, suffix, color, style, note, text_version, anchored, author, created_at,"
        " updated_at) VALUES (?, ?, ?, ?, '近日，样', '', '', 'yellow', 'highlight', '', '1', 1, '', '', '')",
        rows,
    )
    raw.execute("COMMIT")
    return items


def _adding(library: Library, items: list[int]) -> Callable[[int], None]:
    def add(turn: int) -> None:
        marking.add(library, items[turn % len(items)], turn % 900, turn % 900 + 12)

    return add


def _note(library: Library, items: list[int]) -> Callable[[int], None]:
    mark = marking.add(library, items[0], 3, 9)

    def note(turn: int) -> None:
        marking.update(library, mark.uid, note=f"第{turn}稿")

    return note


def _bare(file: Path) -> Callable[[int], None]:
    connection = sqlite3.connect(file, isolation_level=None)
    for pragma in ("journal_mode = WAL", "synchronous = FULL"):
        with closing(connection.execute(f"PRAGMA {pragma}")) as done:
            done.fetchall()
    connection.execute("CREATE TABLE mark (id INTEGER PRIMARY KEY, item INTEGER, quote TEXT, note TEXT)")

    def commit(turn: int) -> None:
        connection.execute("INSERT INTO mark (item, quote, note) VALUES (?, ?, ?)", (turn, TEXT[:12], ""))

    return commit


def _in_turn(one: Callable[[int], None], other: Callable[[int], None]) -> tuple[list[float], list[float]]:
    """Seconds of each call, the two in turn, so that a busy disk slows both."""
    times: tuple[list[float], list[float]] = ([], [])
    for turn in range(ROUNDS):
        for work, kept in zip((one, other), times, strict=True):
            started = time.perf_counter()
            work(turn)
            kept.append(time.perf_counter() - started)
    return times


def _ratio(times: list[float], base: float) -> str:
    median = statistics.median(times)
    return f"{median * 1e3:.2f} ms = {median / base:.2f} ×"


if __name__ == "__main__":
    main()
