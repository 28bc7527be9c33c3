"""词表：看得到，导得出，导得进，旧标签不变。"""

import pytest

from main import main
from tests.cli.test_command_line import SAMPLES


def test_a_vocabulary_goes_out_to_a_file_and_in_from_one(run, ask, tmp_path):
    ask("import", SAMPLES / "issue-901.txt")
    run("tag", "1.1", "生物医药")
    file = tmp_path / "词表.json"
    assert run("fields", "--export", file)[0] == 0
    text = file.read_text(encoding="utf-8").replace("川科高〔2022〕19号", "我处〔2026〕1号").replace("生物医药", "生命健康产业")
    file.write_text(text, encoding="utf-8")
    code, _, told = run("fields", "--import", file)
    assert code == 0
    assert "生命健康产业" in told, "what changes its meaning is said"
    assert ask("fields")["version"] == "我处〔2026〕1号"
    assert run("tag", "1.2", "生命健康产业")[0] == 0
    assert ask("list", "1")["items"][0]["tags"][0]["field"] == "生物医药"


def test_a_file_that_is_no_vocabulary_is_refused_and_changes_nothing(run, ask, tmp_path):
    file = tmp_path / "x.json"
    file.write_text("{}", encoding="utf-8")
    before = ask("fields")
    code, out, err = run("fields", "--import", file)
    assert (code, out, err.count("\n")) == (3, "", 1)
    assert ask("fields") == before


def test_every_command_of_the_contract_is_there(capsys):
    with pytest.raises(SystemExit):
        main(["--help"])
    shown = capsys.readouterr().out
    commands = "parse import list search suggest tag mark marks memo check backup restore fields demo"
    assert all(f"    {command} " in shown for command in commands.split())
