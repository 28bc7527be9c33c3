"""Marks go from one library to another on the command line."""

import json
from pathlib import Path

import pytest

from desktop.paths import SAMPLES
from main import main

SAMPLE = min(SAMPLES.glob("*.pdf"))


@pytest.fixture
def marked(run, ask):
    run("import", SAMPLE)
    title = ask("list", "1")["items"][0]["title"]
    assert run("mark", "1.1", "--quote", title[:6], "--note", "请核实")[0] == 0
    return title[:6]


def test_a_package_is_previewed_merged_once_and_needs_the_issue(run, ask, marked, tmp_path, capsys):
    package = tmp_path / "交.ycx"
    code, out, _ = run("share", package, "--author", "李某")
    assert (code, "校验码" in out) == (0, True)
    other = ["--library", str(tmp_path / "同事")]
    assert main([*other, "receive", str(package)]) == 1
    assert "资料库中没有的 1 期" in capsys.readouterr().out
    assert main([*other, "import", str(SAMPLE)]) == 0
    for words, said in ((["--preview"], "新增划线 1 处"), ([], "新增划线 1 处"), ([], "两边相同的划线 1 处")):
        capsys.readouterr()
        assert main([*other, "receive", str(package), *words]) == 0
        assert said in capsys.readouterr().out


@pytest.mark.parametrize("name", ["台账.xlsx", "台账.csv", "标注.json", "带标注.pdf"])
def test_the_other_forms_follow_the_name_of_the_file(run, marked, tmp_path, name):
    code, _, err = run("share", tmp_path / name, "--issue", "1")
    assert (code, err) == (0, "")
    assert (tmp_path / name).stat().st_size > 0
    if Path(name).suffix in (".json", ".pdf"):
        code, out, _ = run("receive", tmp_path / name)
        assert (code, out.strip()) == (0, "两边相同的划线 1 处")


def test_annotations_of_another_program_are_placed_in_the_issue_that_is_named_or_listed(run, ask, marked, tmp_path):
    quote = {"type": "TextQuoteSelector", "exact": ask("list", "1")["items"][0]["title"]}
    one = {"type": "Annotation", "bodyValue": "请核实", "target": {"source": "https://x.example/1", "selector": quote}}
    (tmp_path / "别处.json").write_text(json.dumps([one]), encoding="utf-8")
    code, out, err = run("receive", tmp_path / "别处.json")
    assert (code, "未定位、没有放入的 1 处" in out) == (1, True)
    assert f"未定位：{quote['exact']}" in err
    code, out, _ = run("receive", tmp_path / "别处.json", "--issue", "1")
    assert (code, "新增划线 1 处" in out) == (0, True)


@pytest.mark.parametrize("words", [["share", "x.doc"], ["share", "x.pdf"], ["receive", "x.json", "--preview"]])
def test_what_cannot_be_is_wrong_usage(run, marked, words):
    assert run(*words)[0] == 2


def test_reading_again_says_what_came_of_it(run, marked):
    code, out, _ = run("reread")
    assert (code, out.strip()) == (0, "各期的文字都由现在的程序读出，没有需要重新核对的。")
