"""Whatever is stored and whatever is typed: a search finds what a plain scan of the folded texts finds, and never fails."""

from __future__ import annotations

import itertools
import random
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.index import SearchIndex
from db.index_tokens import plan
from db.index_view import Entry
from desktop.archive import finding, marking
from desktop.archive.finding import Filters
from desktop.archive.library import Library
from desktop.bulletin import query
from desktop.bulletin.folding import fold
from tests.archive.stock import item, keep

WORDS = (
    "望江市", "北岭省", "光子", "芯片", "中试平台", "低空经济", "“小巨人”", "《条例》", "新质 生产力", "AI+政务", "ＡＩ", "5G",
    "68Ga-PSMA", "5 万元", "５００万元", "1.2万家", "12%", "一是", "（2）", "(3)", "——", "。", "，", "；", "\n", "　", "𬭊", "㎡",
    "…", "-", "|", "OR", '"', "'", "*",
)  # fmt: skip
DATES = ("", "2023-01-09", "2024-02-29", "2024-02-29", "2025-07-01")


def sentence(chance: random.Random, most: int) -> str:
    return "".join(chance.choices(WORDS, k=chance.randint(1, most)))


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    """Eighty made-up items with notes, and the folded texts that can be found: (item, place) and text."""
    chance = random.Random(20250307)
    with Library.open(tmp_path_factory.mktemp("资料库")) as library:
        texts: dict[tuple[int, str], str] = {}
        for number in range(16):
            made = [item(f"第{number}·{k}条{sentence(chance, 4)}", sentence(chance, 40)) for k in range(5)]
            ids = keep(library, chance.choice(DATES), *made)
            texts |= {(item_id, "item"): fold(new.text) for item_id, new in zip(ids, made, strict=True)}
            note = sentence(chance, 6)
            marking.add(library, ids[0], 0, 2, note=note)
            if fold(note):
                texts[ids[0], "note"] = fold(note)
        yield library, texts


def spelt(chance: random.Random, term: str) -> str:
    """Any way to type a term, as a phrase in quotes."""
    term = chance.choice([str, str.upper, lambda text: " ".join(text), lambda text: text.replace("(", "（").replace("-", "—")])(
        term
    )
    return '"' + term.replace('"', "“") + '"'


def found(library: Library, typed: str, **options) -> dict[tuple[int, str], finding.Hit]:
    page = finding.search(library, typed, limit=1000, **options)
    hits = {(hit.item.id, "note" if hit.where == "note" else "item"): hit for hit in page.hits}
    assert page.total == len(page.hits) == len(hits) == sum(page.facets["section"].values())
    return hits


def pieces(chance: random.Random, texts: list[str]) -> str:
    text = chance.choice([text for text in texts if text])
    start = chance.randrange(len(text))
    return text[start : start + chance.choice([1, 1, 2, 2, 3, 4, 6, 12, 60])]


@settings(max_examples=200, deadline=None)
@given(seed=st.integers(0, 2**32), order=st.sampled_from(["relevance", "newest"]))
def test_any_parts_joined_by_any_operators_find_what_a_scan_finds(archive, seed, order):
    library, texts = archive
    chance = random.Random(seed)
    groups = [
        [(chance.random() < 0.25, pieces(chance, list(texts.values()))) for _ in range(chance.choice([1, 1, 2, 3]))]
        for _ in range(chance.choice([1, 1, 1, 2, 3]))
    ]
    expected = {
        where
        for where, text in texts.items()
        if any(all((term in text) is not excluded for excluded, term in group) for group in groups)
    }
    typed = chance.choice([" | ", " OR ", "|"]).join(
        " ".join(("-" if excluded else "") + spelt(chance, term) for excluded, term in group) for group in groups
    )
    hits = found(library, typed, order=order)
    assert hits.keys() == expected
    dates = [hit.issue.date for hit in hits.values()]
    if order == "newest":
        assert dates == sorted(dates, reverse=True)
    for (_, place), hit in hits.items():
        assert len(hit.snippet) <= 200
        assert all(0 <= start < end <= len(hit.snippet) for start, end in hit.ranges)
        assert all(after[0] >= before[1] for before, after in itertools.pairwise(hit.ranges))
        if hit.ranges and place == "item":
            lit = hit.snippet[hit.ranges[0][0] : hit.ranges[0][1]]
            assert fold(hit.item.text[hit.start : hit.end]) in fold(hit.item.text)
            assert fold(lit)
        assert bool(hit.ranges) == any(
            not excluded and term in texts[hit.item.id, place] for group in groups for excluded, term in group
        )


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_filters_only_take_away_what_they_name(archive, seed):
    library, _ = archive
    chance = random.Random(seed)
    first, last = sorted(chance.choices([date for date in DATES if date], k=2))
    typed = chance.choice(["一", "。 -望江市", '"5G" | "一是"'])
    every = found(library, typed)
    within = found(library, typed, filters=Filters(date_from=first, date_to=last))
    assert within.keys() == {where for where, hit in every.items() if first <= hit.issue.date <= last}
    noted = found(library, typed, filters=Filters(noted=True))
    assert noted.keys() <= every.keys()


@settings(max_examples=150, deadline=None)
@given(
    texts=st.lists(st.text(st.characters(codec="utf-8"), max_size=30), min_size=1, max_size=8),
    parts=st.lists(st.tuples(st.integers(0), st.integers(0), st.integers(1, 50), st.booleans()), min_size=1, max_size=3),
)
def test_texts_of_any_characters_are_found_by_any_of_their_parts(scratch, texts, parts):
    folded = [fold(text) for text in texts]
    required, excluded = [], []
    for which, start, length, positive in parts:
        text = folded[which % len(folded)]
        term = text[start % (len(text) or 1) :][:length]
        if term:
            (required if positive else excluded).append(term)
    if not required and not excluded:
        return
    index = scratch()
    with index.writing() as batch:
        for number, text in enumerate(folded):
            batch.add(Entry(number, "item", "", "2025-01-01", b"", text[:5], "", text))
    asked = plan([(tuple(required), tuple(excluded))])
    with index.reading() as view:
        items = set(view.owners(list(view.keys(asked))).values())
        titled = set(view.owners(list(view.keys(plan([(tuple(required), ())], "title")))).values())
        assert view.count(asked) == len(items)
    fits = {n for n, text in enumerate(folded) if all(t in text for t in required) and not any(t in text for t in excluded)}
    assert items == fits if asked.exact else items >= fits
    assert titled >= {n for n, text in enumerate(folded) if required and all(term in text[:5] for term in required)}


@pytest.fixture(scope="module")
def scratch(tmp_path_factory):
    """Makes a new, empty index each time."""
    folder = tmp_path_factory.mktemp("索引")
    made: list[SearchIndex] = []

    def make() -> SearchIndex:
        for former in made[-1:]:
            former.close()
        made.append(SearchIndex(folder / f"{len(made)}.db"))
        return made[-1]

    yield make
    made[-1].close()


SYNTAX = (
    "AND",
    "OR",
    "NOT",
    "NEAR(",
    "title:",
    "{title}:",
    "^",
    "*",
    '"',
    '""',
    "'",
    "(",
    ")",
    "-",
    "|",
    ":",
    ",",
    ";",
    "\\",
    "%",
    "_",
    "\0",
)


def gibberish(chance: random.Random) -> str:
    odd = [chr(chance.randrange(0x110000)) for _ in range(3)]
    signs = [*SYNTAX, *string.punctuation, *WORDS, " ", "\n", "\ud800", "\U0010ffff", "\ufffe", *odd]
    return "".join(chance.choices(signs, k=chance.choice([1, 2, 3, 5, 8, 20])))


def test_twenty_thousand_senseless_queries_find_what_a_scan_finds(scratch):
    chance = random.Random(4096)
    index = scratch()
    folded = [fold(sentence(chance, 12)) for _ in range(25)]
    with index.writing() as batch:
        for number, text in enumerate(folded):
            batch.add(Entry(number, "item", "", "", b"", "", "", text))
    with index.reading() as view:
        item_of = view.owners()
        for _ in range(20_000):
            typed = gibberish(chance)
            asked = query.parse(typed)
            if asked.alternatives:
                items = {item_of[key] for key in view.keys(plan(asked.alternatives))}
                assert items == {number for number, text in enumerate(folded) if asked.matches(text)}, repr(typed)


@pytest.mark.parametrize(
    "typed",
    ["乱" * 100_000, "a b " * 25_000, "-" * 100_000, '"' * 100_000, "|" * 100_000, "甲|乙 -" * 16_000, "\ud800" * 100_000],
)
def test_a_hundred_thousand_characters_are_no_error(archive, typed):
    library, texts = archive
    asked = query.parse(typed)
    assert finding.search(library, typed).total == sum(asked.matches(text) for text in texts.values())
