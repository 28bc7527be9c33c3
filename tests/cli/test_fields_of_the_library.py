"""词表改名、并入、拆分，全库建议，习得，领域统计：命令行也能做。"""

import pytest

from tests.cli.test_command_line import SAMPLES


@pytest.fixture
def tagged(run, ask):
    """A library with one tagged item."""
    ask("import", SAMPLES / "issue-901.txt")
    run("tag", "1.1", "数字经济/大数据")
    return ask


def field_of(ask):
    return [(tag["field"], tag["subfield"]) for tag in ask("list", "1")["items"][0]["tags"]]


def test_a_change_of_the_vocabulary_is_shown_first_and_then_made(tagged, run):
    code, _, told = run("fields", "--rename", "数字经济", "数字产业集群", "--preview")
    assert (code, field_of(tagged)) == (0, [("数字经济", "大数据")])
    assert "1处标注" in told
    assert run("fields", "--rename", "数字经济", "数字产业集群")[0] == 0
    assert field_of(tagged) == [("数字产业集群", "大数据")]
    assert run("fields", "--merge", "数字产业集群/大数据", "数字产业集群/物联网")[0] == 0
    assert field_of(tagged) == [("数字产业集群", "物联网")]
    assert run("fields", "--split", "电子信息/先进计算", "智能算力", "ZNSL", "算力")[0] == 0
    assert tagged("fields")["version"].endswith("（修订3）")


@pytest.mark.parametrize("words", [["--split", "电子信息"], ["--rename", "没有的", "新名"], ["--merge", "数字经济", "电子信息"]])
def test_a_change_that_cannot_be_made_changes_nothing(tagged, run, words):
    before = tagged("fields")
    code, _, told = run("fields", *words)
    assert code in (2, 3)
    assert told.count("\n") == 1
    assert tagged("fields") == before


def test_what_waits_for_a_field_is_listed_for_the_whole_library(tagged, run):
    waiting = tagged("suggest", "--all")
    assert waiting
    first = waiting[0]
    assert first in tagged("suggest", "--all", "--field", first["field"])
    run("tag", first["item"], first["field"])
    assert first not in tagged("suggest", "--all")
    assert first["title"] not in run("suggest", "--all")[1]


def test_what_was_learnt_can_be_read_and_dropped(tagged, run):
    assert "数字经济" in run("fields", "--learnt")[1]
    assert run("fields", "--forget")[0] == 0
    assert "尚未习得" in run("fields", "--learnt")[1]


def test_the_library_is_counted_by_field(tagged, run, tmp_path):
    counted = tagged("overview", "--by", "level")
    assert [cell["items"] for cell in counted["cells"] if cell["field"] == "数字经济"] == [1]
    assert "数字经济" in run("overview")[1]
    assert run("overview", "-o", tmp_path / "总览.csv")[0] == 0
    assert (tmp_path / "总览.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert run("overview", "-o", tmp_path / "没有" / "总览.csv")[0] == 3
