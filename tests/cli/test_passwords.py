"""Passwords of protected PDFs on the command line: by file, by the environment, typed unseen."""

from __future__ import annotations

import io
import sys

import pytest

from desktop.cli import passwords
from tests.archive.locked import PASSWORD, locked


class _Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.mark.parametrize("command", ["parse", "import"])
def test_by_a_file_of_passwords_or_the_environment(run, tmp_path, monkeypatch, command):
    file = locked(tmp_path / "锁.pdf")
    code, out, err = run(command, file)
    assert (code, out) == (3, "")
    assert "--password-file" in err
    (tmp_path / "密码.txt").write_bytes(f"\ufeff别的\r\n{PASSWORD}\r\n".encode())
    assert run(command, file, "--password-file", tmp_path / "密码.txt")[0] == 0
    monkeypatch.setenv("YAOCAN_PASSWORD", PASSWORD)
    assert run(command, file)[0] == 0


def test_on_a_terminal_it_is_asked_for_unseen_and_can_be_passed_over(run, tmp_path, monkeypatch):
    file = locked(tmp_path / "锁.pdf")
    monkeypatch.setattr(sys, "stdin", _Terminal())
    typed = ["错", ""]
    monkeypatch.setattr(passwords, "getpass", lambda _prompt: typed.pop(0))
    code, _, err = run("import", file)
    assert code == 3
    assert "还可以再试 2 次" in err
    typed[:] = ["错", PASSWORD]
    assert run("import", file)[0] == 0
    assert typed == []


def test_reading_again_takes_it_too(run, tmp_path, monkeypatch):
    monkeypatch.setenv("YAOCAN_PASSWORD", PASSWORD)
    run("import", locked(tmp_path / "锁.pdf"))
    monkeypatch.delenv("YAOCAN_PASSWORD")
    (tmp_path / "密码.txt").write_text(PASSWORD, encoding="utf-8")
    assert run("reread", "--password-file", tmp_path / "密码.txt")[0] == 0
