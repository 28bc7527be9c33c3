"""The files of an issue, what became of text and marks, and which file is in force, on the command line."""

from __future__ import annotations

import pytest

from tests.bulletin.copies import typed
from tests.bulletin.dresses import DRESSES, NEWS
from tests.bulletin.gazette import blocks

TEXT = typed(blocks(DRESSES[0], NEWS))
WORDS = "力争到2026年集聚企业50家"


@pytest.fixture
def revised(run, ask, tmp_path):
    """An issue with a mark, and a corrected file that no longer has the words marked."""
    for name, text in (("甲.txt", TEXT), ("乙.txt", TEXT.replace(f"{WORDS}，带动就业2000人。", "做大做强产业。"))):
        (tmp_path / name).write_text(text, encoding="utf-8")
    run("import", tmp_path / "甲.txt")
    for item in ask("list", "1")["items"]:
        run("mark", item["item"], "--quote", WORDS)
    assert len(ask("marks")) == 1
    run("import", tmp_path / "乙.txt")


def test_files_marks_and_passages_are_listed(run, ask, revised):
    code, out, _ = run("revisions", "1")
    assert code == 0
    assert "文件 1\t乙.txt\t现用\n文件 2\t甲.txt\t另存" in out
    assert f"失锚\t青枫县建成测控数据中心\t{WORDS}\n" in out
    assert "引进上下游企业，[-力争到2026年集聚企业50家，带动就业2000人-]{+做大做强产业+}。" in out
    said = ask("revisions", "1")
    assert [(file["n"], file["file"], file["in_force"]) for file in said["files"]] == [(1, "乙.txt", True), (2, "甲.txt", False)]
    (one,) = said["comparisons"]
    assert [(mark["fate"], mark["before"], mark["now"]) for mark in one["marks"]] == [("lost", WORDS, "")]
    assert [item["kind"] for item in one["items"]] == ["changed"]
    assert one["taken_over"]


def test_another_file_is_put_in_force_and_the_mark_is_found_again(run, ask, revised):
    code, out, _ = run("revisions", "1", "--use", "2")
    assert (code, "文件 1\t甲.txt\t现用" in out) == (0, True)
    (mark,) = ask("marks")
    assert (mark["anchored"], mark["quote"]) == (True, WORDS)
    assert run("revisions", "1", "--use", "2")[0] == 1  # and lost once more: done in part
    assert len(ask("revisions", "1")["comparisons"]) == 3


@pytest.mark.parametrize(("words", "code"), [(["--use", "1"], 2), (["--use", "3"], 3), (["--use", "0"], 3), (["--use", "甲"], 2)])
def test_what_cannot_be_put_in_force_is_refused(run, revised, words, code):
    assert run("revisions", "1", *words)[0] == code


def test_an_issue_with_one_file_has_nothing_to_compare(run, tmp_path):
    (tmp_path / "甲.txt").write_text(TEXT, encoding="utf-8")
    run("import", tmp_path / "甲.txt")
    code, out, _ = run("revisions", "1")
    assert (code, "没有对照记录" in out) == (0, True)
