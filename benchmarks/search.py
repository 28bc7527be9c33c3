"""How fast a search is beside a LIKE scan of the same library, and whether it is exact.

`python -m benchmarks.search --items 10000`: beside it a LIKE scan, FTS5's trigrams and tantivy (`benchmarks._rivals`), over a
made-up archive (`benchmarks._archive`). Only ratios within one run mean anything: the mood of the machine does not cancel out
between runs.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks._archive import fill
from benchmarks._rivals import Like, Tantivy, folded_texts, rivals
from db import index_source
from db.index_register import mask_of
from desktop.archive import finding, indexing
from desktop.archive.library import Library
from desktop.bulletin import query as grammar
from desktop.fields.words import Words

QUERIES = (
    "光", "碳", "钒", "芯", "囍",
    "算力", "芯片", "创新", "量子", "望江", "中试", "稀土", "种业", "企业", "人才",
    "小巨人", "大模型", "高新区", "裴德乐", "产业集",
    "人工智能", "科技创新", "专精特新", "低空经济", "知识产权", "免申即享", "揭榜挂帅",
    "新质生产力", "科技成果转化", "概念验证中心", "关键核心技术攻关", "放射性核素", "技术合同成交额",
    "推动科技创新和产业创新深度融合",
    "AI", "5G", "API", "68Ga-PSMA", "AI+", "5G+工业互联网", "CAR-T", "ＡＩ", "６８Ｇａ－ＰＳＭＡ",
    "500万元", "500 万元", "12%", "2027年",
    "“小巨人”", '"小巨人"', "“蓝鳍", "中国—古巴", "（2025—2027年）", "(2025-2027年)",
    "望江 人工智能", "创新 企业", "量子 芯片", "AI 大模型", "企业 -人才", "量子|稀土", "核素 | 囍",
    "源汽", "技成果", "业企业",
)  # fmt: skip


def timed(
    ways: dict[str, Callable[[str], object]], repeats: int, clock: Callable[[], float] = time.perf_counter
) -> dict[str, list[float]]:
    """Milliseconds of each query by each way, the median of some repeats, ascending.

    The ways are asked in turn, query by query, so that whatever else the machine does falls on all of them alike.
    """
    times: dict[str, list[float]] = {name: [] for name in ways}
    for typed in QUERIES:
        each: dict[str, list[float]] = {name: [] for name in ways}
        for _ in range(repeats):
            for name, ask in ways.items():
                started = clock()
                ask(typed)
                each[name].append((clock() - started) * 1000)
        for name, some in each.items():
            times[name].append(statistics.median(some))
    return {name: sorted(some) for name, some in times.items()}


def made_up_queries(chance: random.Random, texts: list[str], number: int) -> Iterator[str]:
    """Parts of texts, of one to twelve characters, alone or joined by any operators."""

    def part() -> str:
        text = chance.choice(texts)
        at = chance.randrange(len(text))
        return '"' + text[at : at + chance.choice((1, 2, 2, 3, 3, 4, 5, 6, 8, 12))].replace('"', "“") + '"'

    for _ in range(number):
        groups = [
            " ".join(("-" if place and chance.random() < 0.3 else "") + part() for place in range(chance.choice((1, 1, 1, 2, 3))))
            for _ in range(chance.choice((1, 1, 1, 2)))
        ]
        yield " | ".join(groups)


def exactness(library: Library, number: int) -> str:
    """Recall and precision of hand-written and made-up queries against a plain scan of the folded texts."""
    folded = dict(folded_texts(library))
    chance = random.Random(20260105)
    asked = [*QUERIES, *made_up_queries(chance, list(folded.values()), number - len(QUERIES))]
    right = found_in_all = expected_in_all = 0
    for typed in asked:
        query = grammar.parse(typed)
        expected = mask_of(item for item, text in folded.items() if query.matches(text))
        found = finding.items_found(library, typed)
        page = finding.search(library, typed, order="newest", facets=False)
        right += (found & expected).bit_count() if page.total == found.bit_count() else 0
        found_in_all += found.bit_count()
        expected_in_all += expected.bit_count()
    shares = f"recall {right / expected_in_all:.4f}, precision {right / found_in_all:.4f}"
    return f"{len(asked)} queries against a plain scan of the folded texts: {shares} ({expected_in_all} hits)"


def p95(times: list[float]) -> float:
    return times[int(len(times) * 0.95)]


def table(rows: dict[str, list[float]]) -> None:
    """Print each way's figures, and how many times as long a LIKE scan takes, and as tantivy takes (at p95)."""
    like, swift = rows[Like.name], rows.get(Tantivy.name)
    print(f"{len(QUERIES)} queries, ms{'p50':>25}{'p95':>9}{'max':>9}{'LIKE÷ p50':>11}{'p95':>7}{'÷tantivy p95':>14}")
    for name, times in rows.items():
        ratios = f"{statistics.median(like) / statistics.median(times):11.1f}{p95(like) / p95(times):7.1f}"
        beside = f"{p95(times) / p95(swift):14.1f}" if swift else ""
        print(f"{name:<29}{statistics.median(times):9.2f}{p95(times):9.2f}{times[-1]:9.2f}{ratios}{beside}")


def growth(measured: dict[int, dict[str, list[float]]]) -> None:
    """Print p50 and p95 of each way by the size of the archive."""
    print(f"{'growth, ms (p50 / p95)':<29}" + "".join(f"{number:>20}" for number in measured))
    for name in next(iter(measured.values())):
        told = (f"{statistics.median(rows[name]):.2f} / {p95(rows[name]):.2f}" for rows in measured.values())
        print(f"{name:<29}" + "".join(f"{one:>20}" for one in told))


def ready(library: Library, folder: Path, number: int) -> None:
    """Fill and index the library, and tell how long that took and how large it became."""
    if not index_source.in_order(library.database):
        fill(library, number)
    started = time.perf_counter()
    indexing.catch_up(library)
    spent = time.perf_counter() - started
    connection = sqlite3.connect(folder / "library.db")
    (size,) = connection.execute("SELECT sum(length(cast(text AS BLOB))) FROM item").fetchone()
    connection.close()
    library.index.close()
    share = (folder / "index.db").stat().st_size / size
    print(f"{number} items; indexed in {spent:.1f} s; index ÷ text {share:.2f}")
    started = time.perf_counter()
    finding.search(library, "光")
    print(f"first search, which reads what items are counted by: {(time.perf_counter() - started) * 1000:.0f} ms", flush=True)


def measure(folder: Path, number: int, repeats: int, queries: int, clock: Callable[[], float]) -> dict[str, list[float]]:
    rows: dict[str, list[float]] = {}
    with Library.open(folder) as library, tempfile.TemporaryDirectory() as place:
        ready(library, folder, number)
        if repeats:
            cut = Words(()).cut
            ways: dict[str, Callable[[str], object]] = {
                "ours, newest 50": lambda typed: finding.search(library, typed, order="newest", facets=False),
                "ours, by relevance": lambda typed: finding.search(library, typed, facets=False, cut=cut),
                "ours, facet counts": lambda typed: finding.counts(library, typed),
            }
            rows = timed(ways | {rival.name: rival.page for rival in rivals(library, Path(place))}, repeats, clock)
            table(rows)
        if queries:
            print(exactness(library, queries), flush=True)
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--items", type=int, nargs="+", default=[2000], help="size of the archive; of several, also how times grow"
    )
    parser.add_argument("--repeats", type=int, default=3, help="of each query by each way; 0 measures no times")
    parser.add_argument("--cpu", action="store_true", help="count processor time, on a machine that does other things beside")
    parser.add_argument("--queries", type=int, default=500, help="how many queries are checked for exactness; 0 for none")
    parser.add_argument("--library", type=Path, help="keep the made-up libraries in this folder, by size, for further runs")
    arguments = parser.parse_args()
    measured, clock = {}, time.process_time if arguments.cpu else time.perf_counter
    with tempfile.TemporaryDirectory() as folder:
        for number in arguments.items:
            place = (arguments.library or Path(folder)) / str(number)
            measured[number] = measure(place, number, arguments.repeats, arguments.queries, clock)
    if arguments.repeats and len(measured) > 1:
        growth(measured)


if __name__ == "__main__":
    main()
