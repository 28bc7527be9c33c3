"""How fast a search is beside a LIKE scan of the same library, and whether it is exact.

`python -m benchmarks.search --items 10000`: beside it a LIKE scan, FTS5's trigrams and tantivy (`benchmarks._rivals`). The archive is made up: sentences of our own from patterns, with a long tail of
invented words so that the index meets as many different pairs of characters as in life. Only ratios within one run mean
anything: the mood of the machine does not cancel out between runs.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path

from benchmarks._rivals import Like, folded_texts, rivals
from db import index_source
from db import issues as store
from db.index_register import mask_of
from db.records import NewIssue, NewItem
from desktop.archive import finding, indexing
from desktop.archive.library import Library
from desktop.bulletin import query as grammar
from desktop.fields.words import Words

PLACES = (
    "望江市",
    "北岭省",
    "云渡区",
    "青石县",
    "南洲高新区",
    "临港新城",
    "长汀省",
    "海陵市",
    "白鹭洲",
    "松原湾区",
    "远山州",
    "汇川市",
)
TOPICS = (
    "光子芯片",
    "低空经济",
    "合成生物",
    "量子通信",
    "智能网联汽车",
    "先进陶瓷",
    "氢能装备",
    "数字孪生",
    "人工智能大模型",
    "核医疗",
    "超导材料",
    "卫星互联网",
)
BODIES = (
    "中试平台",
    "概念验证中心",
    "创新联合体",
    "重点实验室",
    "科技型中小企业",
    "“小巨人”企业",
    "成果转化基金",
    "新型研发机构",
    "开发区管委会",
    "技术经理人队伍",
)
SECTIONS = ("部委动态", "省外速览", "市内动态", "产业观察", "专家观点")
PATTERNS = (
    "{p}近日印发《{t}三年行动方案（{y}—{z}年）》，提出到{z}年建成{b}{n}家，{w}和{w}的产值突破{m}亿元。",
    "{p}围绕{t}布局{b}，对{w}给予最高{m}万元补助，并把{w}纳入年度考核。",
    "{y}年，{p}{t}规模达到{m}亿元，同比增长{n}%，其中{w}占比{k}%。",
    "一是支持{b}牵头实施{t}攻关，采取“揭榜挂帅”等方式，单个项目支持{m} 万元，重点突破{w}。",
    "二是推动{w}与{w}融合，由{b}提供{t}检测认证，服务企业{n}余家。",
    "三是完善{w}机制，{p}设立总规模{m}亿元的{t}基金，试行{w}免申即享。",
    "{p}与{p}共建{t}走廊，首批落地{w}、{w}等项目{n}个，总投资{m}亿元。",
    "据介绍，{b}已集聚{t}人才{n}名，转化{w}成果{k}项，技术合同成交额{m}亿元。",
    "该项目采用AI+{w}技术，接入5G专网，{w}效率提高{k}%，能耗下降{n}%。",
    "专家认为，{t}仍面临{w}不足、{w}偏弱等问题，建议{p}先行先试。",
)
PLAIN = (
    "{w}方面，企业与{w}共同推进{w}，形成{w}和{w}的创新链条。",
    "{w}{w}明显改善，{w}成为新的支撑。",
    "在{w}基础上，{w}部门会同{w}开展{w}，{w}稳步发展。",
    "{w}要求{w}，{w}、{w}相继落实。",
    "数据显示，{w}较上年增加{n}个，{w}减少{k}个，{w}持平。",
    "{w}负责人表示，{w}的关键在于{w}，而不是{w}。",
)
"""Most of what a bulletin says is not about its topic: without such sentences every phrase would be in most items."""
QUERIES = (
    "光", "碳", "氢", "囍", "芯",
    "芯片", "量子", "企业", "基金", "中试", "人才", "创新", "核医", "陶瓷", "项目",
    "小巨人", "大模型", "高新区", "转化基", "三年行",
    "低空经济", "人工智能", "光子芯片", "揭榜挂帅", "免申即享", "汇川市与",
    "卫星互联网", "科技型中小企业", "智能网联汽车产值", "技术合同成交额", "验证中心三年行动方案", "总规模500亿元的量子通信基金",
    "AI", "5G", "ai+", "5G专网", "ＡＩ＋",
    "500万元", "500 万元", "12%", "2027年", "总投资12亿",
    "“小巨人”", "《光子芯片", "（2024—2027年）", "(2024-2027年)", "“揭榜挂帅”", "一是支持",
    "望江 量子", "芯片 企业", "北岭省 氢能装备 基金", "光子 5G", "智能 -芯片", "量子|超导", "核医疗 | 囍", "人才 -望江市",
    "新联合", "性企业", "岭省围绕合",
)  # fmt: skip


def invented_words(chance: random.Random) -> tuple[list[str], list[float]]:
    """Twenty thousand words of common characters, with the weights of a long tail."""
    common = [bytes((high, low)).decode("gb2312") for high in range(0xB0, 0xD7) for low in range(0xA1, 0xFF)]
    words = ["".join(chance.choices(common, k=chance.choice((2, 2, 2, 3, 4)))) for _ in range(20_000)]
    return words, list(accumulate(1 / (rank + 30) for rank in range(len(words))))


def make_items(chance: random.Random, number: int) -> Iterator[NewItem]:
    """Items of about 800 characters, each about one topic."""
    words, weights = invented_words(chance)
    for _ in range(number):
        topic, place = chance.choice(TOPICS), chance.choice(PLACES)
        drawn = iter(chance.choices(words, cum_weights=weights, k=200))

        def sentence(topic: str = topic, place: str = place, drawn: Iterator[str] = drawn) -> str:
            year = chance.randint(2020, 2026)
            values = {"t": topic if chance.random() < 0.7 else chance.choice(TOPICS), "y": year, "z": year + 3}
            values |= {
                "n": chance.randint(2, 99),
                "m": chance.choice((5, 12, 30, 50, 200, 500, 1500)),
                "k": chance.randint(2, 40),
            }
            pattern = chance.choice(PATTERNS if chance.random() < 0.2 else PLAIN)
            while "{w}" in pattern:
                pattern = pattern.replace("{w}", next(drawn), 1)
            return pattern.format(p=place if chance.random() < 0.8 else chance.choice(PLACES), b=chance.choice(BODIES), **values)

        paragraphs = ["".join(sentence() for _ in range(3)) for _ in range(chance.randint(3, 8))]
        title = f"{place}加快{topic}{next(drawn)}布局"
        yield NewItem(chance.choice(SECTIONS), 1, title, 1, "省外", place, "\n".join((title, *paragraphs)), "[]")


def fill(library: Library, number: int) -> None:
    """Store issues of five items, over ten years, many at a time."""
    items = list(make_items(random.Random(1), number))
    issues = [items[start : start + 5] for start in range(0, number, 5)]
    first = date(2016, 1, 4)
    for start in range(0, len(issues), 100):
        with library.database.operation("收入", undoable=False) as operation:
            for at, of_it in enumerate(issues[start : start + 100], start=start):
                day = (first + timedelta(days=at * 3650 // len(issues))).isoformat()
                file = f"{at:064}"
                store.add(
                    operation,
                    NewIssue("issue", "创新望江", int(day[:4]), str(at), day, (), None, file, "txt", "", 1, "{}", "1"),
                    of_it,
                )


def timed(run: Callable[[str], object], repeats: int) -> list[float]:
    """Milliseconds of each query, the median of some repeats."""
    times = []
    for typed in QUERIES:
        each = []
        for _ in range(repeats):
            started = time.perf_counter()
            run(typed)
            each.append((time.perf_counter() - started) * 1000)
        times.append(statistics.median(each))
    return sorted(times)


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


def table(rows: dict[str, list[float]], base: list[float]) -> None:
    print(f"{len(QUERIES)} queries, ms{'p50':>25}{'p95':>9}{'max':>9}{'LIKE÷ p50':>11}{'p95':>7}")
    for name, times in rows.items():
        p50, p95 = statistics.median(times), times[int(len(times) * 0.95)]
        ratios = f"{statistics.median(base) / p50:11.1f}{base[int(len(base) * 0.95)] / p95:7.1f}"
        print(f"{name:<29}{p50:9.2f}{p95:9.2f}{times[-1]:9.2f}{ratios}")


def measure(folder: Path, number: int, repeats: int, queries: int) -> None:
    with Library.open(folder) as library:
        stored = index_source.in_order(library.database)
        if not stored:
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
        print(f"first search, which reads what items are counted by: {(time.perf_counter() - started) * 1000:.0f} ms")
        cut = Words(()).cut
        rows = {
            "ours, newest 50": timed(lambda typed: finding.search(library, typed, order="newest", facets=False), repeats),
            "ours, by relevance": timed(lambda typed: finding.search(library, typed, facets=False, cut=cut), repeats),
            "ours, facet counts": timed(lambda typed: finding.counts(library, typed), repeats),
        }
        with tempfile.TemporaryDirectory() as place:
            for rival in rivals(library, Path(place)):
                rows[rival.name] = timed(rival.page, max(1, repeats // 2))
        table(rows, rows[Like.name])
        if queries:
            print(exactness(library, queries))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--items", type=int, default=2000)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--queries", type=int, default=500, help="how many queries are checked for exactness; 0 for none")
    parser.add_argument("--library", type=Path, help="keep the made-up library in this folder, for further runs")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measure(arguments.library or Path(folder), arguments.items, arguments.repeats, arguments.queries)


if __name__ == "__main__":
    main()
