"""An item is found by what the reader says should be read, and by what is printed; at once, with and without the index."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.records import ItemRecord
from desktop.archive import correcting, finding, indexing, searches, undoing
from desktop.archive.library import Library


def found(library: Library, query: str) -> list[tuple[str, str]]:
    page = finding.search(library, query)
    assert page.total == len(page.hits) == finding.counts(library, query).get("year", {}).get("2031", 0)
    return [(hit.where, hit.snippet[slice(*hit.ranges[0])] if hit.ranges else "") for hit in page.hits]


@pytest.fixture(params=["indexed", "read"])
def corrected(request: pytest.FixtureRequest, library: Library, items: list[ItemRecord]) -> ItemRecord:
    """An item whose 甘薯 should be 红薯 and whose 全省 should be 全国, in an index that is up to date, or not there."""
    indexing.catch_up(library)
    seeds = items[0]
    for words, read in (("甘薯", "红薯"), ("全省", "全国")):
        start = seeds.text.rindex(words)
        correcting.correct(library, seeds.id, start, start + len(words), read)
    if request.param == "indexed":
        indexing.catch_up(library)
        assert indexing.verify(library) == []
    return seeds


QUERIES = [
    ("the corrected word", "红薯", [("correction", "红薯")]),
    ("one character of it", "红", [("correction", "红")]),
    ("with what stands before and after", "印发《红薯产业", [("correction", "印发《红薯产业")]),
    ("two corrected words together", "红薯 全国", [("correction", "红薯")]),
    ("with a word that is printed", "红薯 数字平台", [("correction", "红薯")]),
    ("the printed word, too", "甘薯产业", [("body", "甘薯产业")]),
    ("a word that no correction touches", "数字平台", [("body", "数字平台")]),
    ("printed and corrected do not run together", "网站。青岚", []),
    ("a word that neither has", "土豆", []),
]


@pytest.mark.parametrize(("query", "hits"), [row[1:] for row in QUERIES], ids=[row[0] for row in QUERIES])
def test_the_item_is_found_once_by_either_form(library: Library, corrected: ItemRecord, query: str, hits: list[tuple[str, str]]):
    assert found(library, query) == hits


def test_the_hit_leads_to_the_printed_words(library: Library, corrected: ItemRecord):
    (hit,) = finding.search(library, "居全国前列").hits
    assert corrected.text[hit.start : hit.end] == "全省"


def test_a_table_of_the_results_says_that_only_the_correction_has_the_words(
    library: Library, corrected: ItemRecord, tmp_path: Path
):
    table = tmp_path / "检索结果.csv"
    assert searches.export(library, table, "红薯", finding.Filters()) == 1
    assert ",勘误," in table.read_text(encoding="utf-8-sig")


def test_it_is_no_longer_found_once_the_correction_is_withdrawn_and_again_when_that_is_undone(
    library: Library, corrected: ItemRecord
):
    (wanted,) = [one for one in correcting.corrections(library) if one.replacement == "红薯"]
    correcting.withdraw(library, wanted.uid)
    assert found(library, "红薯") == []
    assert len(found(library, "全国")) == 1
    undoing.undo(library)
    assert len(found(library, "红薯")) == 1


def test_of_two_corrections_of_the_same_words_either_finds_the_item(library: Library, corrected: ItemRecord):
    start = corrected.text.rindex("甘薯产业")
    correcting.correct(library, corrected.id, start, start + 4, "薯类产业")
    assert found(library, "薯类产业") == [("correction", "薯类产业")]
    assert len(found(library, "红薯")) == 1


def test_a_hit_has_its_title_as_it_should_be_read(library: Library, items: list[ItemRecord]):
    correcting.correct(library, items[0].id, 0, 2, "某地")
    (hit,) = [hit for hit in finding.search(library, items[0].title[2:8]).hits if hit.item.id == items[0].id]
    assert (hit.title, hit.item.title) == (f"某地{items[0].title[2:]}", items[0].title)
