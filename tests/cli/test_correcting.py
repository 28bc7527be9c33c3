"""Corrections on the command line: made by their words, listed, taken back; the text stays as it was."""

from __future__ import annotations

import pytest

from tests.bulletin.copies import typed
from tests.bulletin.dresses import DRESSES, NEWS
from tests.bulletin.gazette import blocks


@pytest.fixture
def text(run, ask, tmp_path):
    """An issue of the library; gives the item that has the words, and a way to ask for its hits."""
    (tmp_path / "甲.txt").write_text(typed(blocks(DRESSES[0], NEWS)), encoding="utf-8")
    run("import", tmp_path / "甲.txt")
    return next(hit["item"] for hit in ask("search", "走访企业126家")["hits"])


KINDS = [
    (["--quote", "走访企业126家", "--read", "走访企业128家"], "erratum", "应为“走访企业128家”"),
    (["--quote", "走访企业126家", "--split"], "split", "在此处分段"),
    (["--quote", "组建专家服务团", "--merge"], "merge", "与上一段合并"),
]


@pytest.mark.parametrize(("words", "kind", "said"), KINDS, ids=[kind for _, kind, _ in KINDS])
def test_a_correction_is_made_listed_and_taken_back(run, ask, text, words, kind, said):
    code, out, _ = run("correct", "add", text, *words)
    assert code == 0
    assert said in out
    (one,) = ask("correct", "list", text)
    assert (one["kind"], one["item"], one["found"]) == (kind, text, True)
    assert ask("correct", "list") == ask("correct", "list", "1") == ask("correct", "list", text.replace(".", "．")) == [one]
    assert one["correction"] in run("correct", "list")[1]
    assert run("correct", "remove", one["correction"])[0] == 0
    assert ask("correct", "list") == []
    assert "没有更正" in run("correct", "list")[1]


def test_both_forms_are_found(run, ask, text):
    run("correct", "add", text, "--quote", "126家", "--read", "128家")
    assert [hit["in"] for hit in ask("search", "128家")["hits"]] == ["correction"]
    assert [hit["in"] for hit in ask("search", "126家")["hits"]] == ["body"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["add", "1.1", "--quote", "没有这样的话", "--read", "甲"], 3),
        (["add", "1.1", "--quote", "的"], 2),
        (["add", "1.1", "--quote", "的", "--read", "的"], 2),
        (["add", "1.1", "--quote", "的", "--read", "地", "--split"], 2),
        (["remove", "没有这一条"], 3),
        ([], 2),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(run, ask, text, words, code):
    assert run("correct", *words)[0] == code
    assert ask("correct", "list") == []
