"""The command line does the whole job, says what it cannot do in one Chinese sentence, and needs no Qt."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.archive.library import Library
from tests.archive.stock import item, keep

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "resources" / "samples"


def test_the_whole_job(run, ask, tmp_path):
    outcomes = ask("import", SAMPLES)
    assert {outcome["status"] for outcome in outcomes} <= {"new", "revision", "duplicate"}
    issues = ask("list")
    assert [issue["date"] for issue in issues] == sorted((issue["date"] for issue in issues), reverse=True)
    issue = ask("list", issues[0]["issue"])
    item = issue["items"][0]
    assert run("tag", item["item"], "生物医药", "sz")[0] in (2, 3), "an unknown field is refused"
    assert run("tag", item["item"], "生物医药")[0] == 0
    point = next(point for one in issue["items"] for point in one["points"])
    assert run("tag", point["item"], "数字经济")[0] == 0
    quote = point["head"]
    mark = ask("mark", point["item"].rsplit(".", 1)[0], "--quote", quote, "--note", "请研提意见", "--field", "科技服务")
    assert mark["quote"] == quote
    assert [m["note"] for m in ask("marks", "--field", "科技服务")] == ["请研提意见"]
    assert ask("search", quote)["total"] >= 1
    assert ask("search", "请研提意见")["hits"][0]["in"] == "note"
    code, _, err = run("memo", "--field", "生物医药", "--unit", "综合处", "-o", tmp_path / "摘编.docx")
    assert (code, (tmp_path / "摘编.docx").is_file()) == (0, True), err
    assert all(finding["ok"] for finding in ask("check") if finding["name"] not in ("fonts", "input method"))


def test_tags_can_be_taken_off(run, ask):
    ask("import", SAMPLES / "issue-901.txt")
    assert run("tag", "1.1", "综合")[0] == 0
    assert run("tag", "1.1", "综合", "--remove")[0] == 0
    code, _, err = run("tag", "1.1", "综合", "--remove")
    assert (code, err.count("\n")) == (3, 1)


def test_a_file_that_is_there_already_is_recognised(ask):
    first = ask("import", SAMPLES / "issue-901.txt")[0]
    again = ask("import", SAMPLES / "issue-901.txt")[0]
    assert (first["status"], again["status"]) == ("new", "duplicate")
    assert again["issue"]["issue"] == first["issue"]["issue"]


def test_search_has_the_shape_of_the_contract(ask):
    ask("import", SAMPLES / "issue-901.txt")
    found = ask("search", "创")
    assert set(found) == {"query", "total", "ms", "hits", "facets"}
    assert found["total"] == len(found["hits"]) > 0
    for hit in found["hits"]:
        assert {"issue", "number", "date", "section", "item", "title", "in", "snippet", "ranges"} <= set(hit)
        assert all("创" in hit["snippet"][a:b] for a, b in hit["ranges"])


def test_search_lists_words_before_lookalikes_unless_the_newest_are_wanted(ask, tmp_path):
    with Library.open(tmp_path / "资料库") as library:
        keep(library, "2025-01-02", item("最新", "组织初中试卷命题。"))
        keep(library, "2025-01-01", item("其次", "建设中试平台。"))
    assert [hit["title"] for hit in ask("search", "中试")["hits"]] == ["其次", "最新"]
    assert [hit["title"] for hit in ask("search", "中试", "--order", "newest")["hits"]] == ["最新", "其次"]


def test_suggestions_show_words_that_are_there(ask):
    ask("import", SAMPLES / "issue-901.txt")
    items = ask("list", "1")["items"]
    suggested = [one for item in items for one in ask("suggest", item["item"])]
    assert suggested
    assert all(0 <= one["score"] <= 1 and set(one) == {"field", "subfield", "score", "evidence"} for one in suggested)


def test_backup_and_restore(run, ask, tmp_path):
    ask("import", SAMPLES / "issue-901.txt")
    run("tag", "1.1", "生物医药")
    assert run("backup", tmp_path / "备份.zip")[0] == 0
    run("tag", "1.1", "生物医药", "--remove")
    code, _, err = run("restore", tmp_path / "备份.zip")
    assert code == 0, err
    assert ask("list", "1")["items"][0]["tags"][0]["field"] == "生物医药"
    assert any("before-restore" in path.name for path in tmp_path.iterdir())


def _jpeg(path):
    path.write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(range(256)) * 20)


def _truncated(path):
    data = (SAMPLES / "issue-901.pdf").read_bytes()
    path.write_bytes(data[: len(data) // 3])


def _huge(path):
    with path.open("wb") as file:
        file.truncate(300_000_000)


def _locked(path):
    import pymupdf

    with pymupdf.open() as document:
        document.new_page().insert_text((72, 72), "secret")
        document.save(path, encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="口令", owner_pw="主人")


BAD = {
    "empty.pdf": lambda path: path.write_bytes(b""), "empty.txt": lambda path: path.write_bytes(b""), "photo.pdf": _jpeg,
    "cut.pdf": _truncated, "locked.pdf": _locked, "huge.txt": _huge, "folder-that-is-not-there.pdf": lambda path: None,
}  # fmt: skip


@pytest.mark.parametrize("command", ["parse", "import"])
@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_one_plain_sentence(run, ask, tmp_path, name, command):
    ask("import", SAMPLES / "issue-901.txt")
    before = ask("list")
    BAD[name](tmp_path / name)
    code, out, err = run(command, tmp_path / name)
    assert code == 3
    assert out == ""
    assert re.fullmatch(r"[^\n]*[\u4e00-\u9fff][^\n]*。\n", err), err
    assert "Traceback" not in err
    assert ask("list") == before


@pytest.mark.parametrize(
    "words",
    [["import"], ["nothing"], ["tag", "1.1"], ["list", "--wrong"], ["suggest"], ["memo"], ["search", "x", "--from", "明天"]],
)
def test_wrong_usage_is_exit_code_2(run, words):
    code, out, err = run(*words)
    assert (code, out) == (2, "")
    assert re.search(r"[\u4e00-\u9fff].*。\n$", err)


@pytest.mark.parametrize(("address", "expected"), [("9.9", 3), ("1.99", 3), ("1.1.99", 3), ("9", 2), ("x", 2), ("第一期", 2)])
def test_an_address_that_does_not_exist_is_refused(run, ask, address, expected):
    ask("import", SAMPLES / "issue-901.txt")
    code, _, err = run("tag", address, "综合")
    assert code == expected
    assert err.count("\n") == 1


def test_the_command_line_runs_with_pyside_not_installed(tmp_path):
    program = (
        "import sys\n"
        "class Refuse:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name.partition('.')[0] in ('PySide6', 'shiboken6'):\n"
        "            raise ImportError('not installed')\n"
        "sys.meta_path.insert(0, Refuse())\n"
        "from main import main\n"
        f"library = {str(tmp_path / 'library')!r}\n"
        f"sample = {str(SAMPLES / 'issue-901.pdf')!r}\n"
        f"memo = {str(tmp_path / 'memo.docx')!r}\n"
        "for words in (['import', sample], ['tag', '1.1', '综合'], ['search', '创'], ['suggest', '1.1'], ['memo', '-o', memo], ['check']):\n"
        "    code = main(['--library', library, *words])\n"
        "    assert code in (0, 1), (words, code)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "memo.docx").stat().st_size > 5000
