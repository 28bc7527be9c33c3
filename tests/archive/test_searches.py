"""Searches are kept with the library; their results become a table that spreadsheets read."""

import csv

import pytest

from desktop.archive import searches
from desktop.archive.finding import Filters
from desktop.archive.library import Library
from desktop.errors import KnownError
from tests.archive.stock import item, keep


@pytest.fixture
def library(tmp_path):
    with Library.open(tmp_path / "资料库") as library:
        keep(library, "2025-03-07", item("光子芯片“中试”", "=1+1，光子，见附表"), item("=光子清单", "内容"))
        yield library


def test_a_saved_search_is_there_after_a_restart_and_gone_when_forgotten(library):
    narrowing = {"field": "生物医药", "unread": True}
    first = searches.save(library, "核医疗", narrowing)
    second = searches.save(library, "5G", {})
    assert searches.save(library, "核医疗", dict(narrowing)) == first
    with Library.open(library.folder) as again:
        assert [(one.uid, one.query, one.narrowing) for one in searches.saved(again)] == [
            (second, "5G", {}),
            (first, "核医疗", narrowing),
        ]
    searches.forget(library, first)
    searches.forget(library, first)
    assert [one.query for one in searches.saved(library)] == ["5G"]


def test_the_results_become_a_table_without_formulas(library, tmp_path):
    path = tmp_path / "检索结果.csv"
    assert searches.export(library, path, "光子", Filters(), order="newest") == 2
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["题名"] for row in rows] == ["光子芯片“中试”", "'=光子清单"]
    assert rows[0] | {"摘录": "", "期号": "", "编号": ""} == {
        "序号": "1", "刊名": "望江创新内参", "年份": "2025", "期号": "", "日期": "2025-03-07", "栏目": "市内动态",
        "题名": "光子芯片“中试”", "层级": "省内", "地区": "望江", "位置": "题名", "摘录": "", "编号": "",
    }  # fmt: skip
    assert not any(cell.startswith("=") for row in rows for cell in row.values())


def test_a_table_that_cannot_be_written_is_refused_in_plain_words(library, tmp_path):
    with pytest.raises(KnownError):
        searches.export(library, tmp_path / "没有这个文件夹" / "检索结果.csv", "光子", Filters())
