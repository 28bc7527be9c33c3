"""A passphrase on the command line: set, used, changed and taken away, and never among the words of a command."""

from __future__ import annotations

import io
import sys

import pytest

from tests.archive.sealed import needs_cipher, readable
from tests.cli.test_command_line import SAMPLES

pytestmark = needs_cipher
FIRST, SECOND = "第一个 口令", "第二个 口令"


@pytest.fixture
def words(tmp_path):
    """Files that hold passphrases, as an editor on Windows may write them."""
    for name, passphrase in (("一", FIRST), ("二", SECOND)):
        (tmp_path / name).write_bytes(b"\xef\xbb\xbf" + passphrase.encode() + b"\r\n")
    return tmp_path / "一", tmp_path / "二"


def test_the_whole_way_by_files(run, words, tmp_path):
    first, second = words
    run("import", SAMPLES / "issue-901.txt")
    listed = run("list")[1]
    assert run("passphrase", "set", "--new-passphrase-file", first)[0] == 0
    assert readable(tmp_path / "资料库", ["SQLite format 3", "创新"]) == set()
    code, out, err = run("list")
    assert (code, out, err.count("\n")) == (3, "", 1)
    assert "--passphrase-file" in err
    assert run("list", "--passphrase-file", second)[0] == 3
    assert run("list", "--passphrase-file", first)[:2] == (0, listed)
    assert run("passphrase", "change", "--passphrase-file", first, "--new-passphrase-file", second)[0] == 0
    assert run("list", "--passphrase-file", first)[0] == 3
    assert run("backup", tmp_path / "备份", "--passphrase-file", second)[0] == 0
    assert run("passphrase", "remove", "--passphrase-file", second)[0] == 0
    assert run("list")[:2] == (0, listed)
    assert run("restore", tmp_path / "备份")[0] == 3
    assert run("restore", tmp_path / "备份", "--passphrase-file", second)[0] == 0
    assert run("list", "--passphrase-file", second)[:2] == (0, listed)
    assert run("check", "--passphrase-file", second)[1].startswith("正常")


def test_by_the_environment_and_by_standard_input(run, words, monkeypatch):
    run("passphrase", "set", "--new-passphrase-file", words[0])
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{FIRST}\n"))
    assert run("list", "--passphrase-file", "-")[0] == 0
    monkeypatch.setenv("YAOCAN_PASSPHRASE", FIRST)
    assert run("list")[0] == 0
    assert run("passphrase", "set", "--new-passphrase-file", words[1])[0] == 2, "it has one"
    assert run("passphrase", "remove")[0] == 0
    assert run("passphrase", "remove")[0] == 2, "it has none"
    assert run("list")[0] == 0, "a passphrase that is not needed does no harm"


class _Terminal(io.StringIO):
    def isatty(self):
        return True


def test_on_a_terminal_it_is_asked_for_unseen(run, monkeypatch):
    typed = []
    monkeypatch.setattr("desktop.cli.passphrases.getpass", lambda _prompt: typed.pop(0))
    monkeypatch.setattr(sys, "stdin", _Terminal())
    typed[:] = [FIRST, SECOND]
    assert run("passphrase", "set")[0] == 2, "typed twice and not the same"
    typed[:] = [FIRST, FIRST]
    code, _, err = run("passphrase", "set")
    assert (code, "无法找回" in err) == (0, True)
    typed[:] = [SECOND, FIRST]
    assert run("list")[0] == 0, "right at the second try"
    typed[:] = [SECOND, SECOND, SECOND, FIRST]
    assert (run("list")[0], typed) == (3, [FIRST]), "three tries"


@pytest.mark.parametrize(
    "content", [None, b"", b"  \n", b"\xff\xfe\x00", b" 12345 "], ids=["missing", "empty", "blank", "no text", "short"]
)
def test_a_new_passphrase_that_is_none_alters_nothing(run, tmp_path, content):
    if content is not None:
        (tmp_path / "新").write_bytes(content)
    code, _, err = run("passphrase", "set", "--new-passphrase-file", tmp_path / "新")
    assert (code in (2, 3), err.count("\n")) == (True, 1)
    assert run("list")[0] == 0


def test_former_libraries_beside_it_are_named_and_removed_only_when_asked_to(run, words, tmp_path):
    run("list")
    former = tmp_path / "资料库.before-restore-20310506T000000000000Z"
    former.mkdir()
    assert former.name in run("passphrase", "set", "--new-passphrase-file", words[0])[2]
    assert former.is_dir()
    run("passphrase", "change", "--passphrase-file", words[0], "--new-passphrase-file", words[1], "--delete-former")
    assert not former.exists()
