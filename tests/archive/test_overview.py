"""Counting the library: every item once a field, gaps shown, and the same figures in the table that is written out."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from db import models
from db.records import ItemRecord
from desktop.archive import catalogue, marking, overview, sifting, tagging, undoing
from desktop.archive.library import Library
from desktop.errors import NotFound
from tests.archive.shelf import paper, put, shelved


@pytest.fixture
def years(library: Library, tmp_path: Path) -> list[ItemRecord]:
    """The items of two issues, three months apart."""
    first, second = shelved(library, tmp_path, 7, "2031-11-06"), shelved(library, tmp_path, 8, "2032-02-06")
    return [*catalogue.items(library, first.id), *catalogue.items(library, second.id)]


def test_an_item_counts_once_a_field_wherever_the_field_stands_on_it(library: Library, years: list[ItemRecord]):
    mark = marking.add(library, years[0].id, 0, 3)
    tagging.tag(library, years[0].id, "生物医药")
    tagging.tag(library, years[0].id, "生物医药", library.vocabulary.field("生物医药").subfields[0].name)
    tagging.tag(library, years[0].id, "生物医药", point=1)
    tagging.tag(library, years[0].id, "生物医药", mark=mark.uid)
    cell = overview.count(library, "level").cell("生物医药", years[0].level)
    assert (cell.items, cell.marks) == ([years[0].id], 1)


def test_months_without_an_issue_are_shown_and_so_is_what_is_not_tagged(library: Library, years: list[ItemRecord]):
    tagging.tag(library, years[0].id, "综合")
    found = overview.count(library, "month")
    assert found.columns == ("2031-11", "2031-12", "2032-01", "2032-02")
    assert found.totals == {"2031-11": 2, "2032-02": 2}
    assert found.rows[-1] == overview.UNTAGGED
    assert [len(found.cell(overview.UNTAGGED, column).items) for column in found.columns] == [1, 0, 0, 2]
    assert found.row_total("综合") == 1


@pytest.mark.parametrize("axis", overview.AXES)
def test_every_item_is_in_some_column(library: Library, years: list[ItemRecord], axis: overview.Axis):
    found = overview.count(library, axis)
    assert sum(found.totals.values()) == len(years)
    assert set(found.totals) <= set(found.columns)


def test_a_tag_of_another_vocabulary_has_a_row_of_its_own(library: Library, years: list[ItemRecord]):
    tagging.tag(library, years[0].id, "低空经济")
    rows = overview.count(library).rows
    assert rows.index("低空经济") == len(rows) - 2


def test_the_written_table_says_the_same(library: Library, years: list[ItemRecord]):
    tagging.tag(library, years[0].id, "综合")
    found = overview.count(library, "issue")
    table = list(csv.reader(io.StringIO(overview.as_csv(found))))
    assert table[0][1:] == ["2031年第7期条目", "2031年第7期划线", "2032年第8期条目", "2032年第8期划线", "条目合计"]
    assert {row[0]: row[1:] for row in table}["综合"] == ["1", "0", "0", "0", "1"]
    assert table[-1] == ["全部条目", "2", "", "2", "", "4"]


def test_headings_of_a_plan_wait_for_no_field_and_count_once_they_have_one(library: Library, tmp_path: Path):
    put(library, tmp_path / "规划.pdf", paper())
    (heading,) = catalogue.items(library, catalogue.issues(library)[0].id)
    assert overview.count(library).totals == {}
    tagging.tag(library, heading.id, "综合")
    assert sum(overview.count(library).totals.values()) == 1


def test_an_empty_library_has_an_empty_overview(library: Library):
    for axis in overview.AXES:
        assert sum(overview.count(library, axis).totals.values()) == 0


# The whole library through the suggestions


def test_what_is_suggested_and_neither_tagged_nor_refused_waits(library: Library, years: list[ItemRecord]):
    robots = [item for item in years if "机器人" in item.title]
    assert {one.item for one in sifting.waiting(library, field="装备制造")} == {item.id for item in robots}
    tagging.tag(library, robots[0].id, "装备制造")
    tagging.refuse(library, robots[1].id, "装备制造")
    assert sifting.waiting(library, field="装备制造") == []
    undoing.undo(library)
    assert [one.item for one in sifting.waiting(library, field="装备制造")] == [robots[1].id]


def test_progress_is_told_and_the_work_can_be_stopped(library: Library, years: list[ItemRecord]):
    told: list[tuple[int, int]] = []
    everything = sifting.waiting(library, progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (len(years), len(years))
    assert everything
    assert sifting.waiting(library, cancelled=lambda: True) == []


def test_untagged_items_are_listed_by_issue(library: Library, years: list[ItemRecord]):
    tagging.tag(library, years[0].id, "综合", point=1)
    assert sifting.untagged(library) == [item.id for item in years[1:]]
    assert sifting.untagged(library, years[0].issue) == [years[1].id]


def test_several_items_are_tagged_in_one_step(library: Library, years: list[ItemRecord]):
    ids = [item.id for item in years]
    tagging.tag(library, ids[0], "综合")
    assert tagging.tag_all(library, [*ids, ids[1]], "综合") == len(ids) - 1
    assert {tag.item for tag in tagging.tags(library)} == set(ids)
    assert undoing.undo(library) == f"标注{len(ids)}条：综合"
    assert [tag.item for tag in tagging.tags(library)] == ids[:1]


def test_one_item_that_is_gone_leaves_all_untagged(library: Library, years: list[ItemRecord]):
    with pytest.raises(NotFound):
        tagging.tag_all(library, [years[0].id, 999], "综合")
    assert tagging.tags(library) == []


@pytest.mark.parametrize("title", ["版记", "版　记"])
def test_the_colophon_of_a_paper_waits_for_no_field(library: Library, years: list[ItemRecord], title: str):
    with library.database.operation("改名", undoable=False) as operation:
        operation.update(models.Item, years[1].id, title=title)
    assert years[1].id not in sifting.untagged(library)
    found = overview.count(library)
    assert found.totals["2031-11"] == 1
    assert all(years[1].id not in cell.items for cell in found.cells.values())
