"""The reading process: the same pages as in this process, and nothing left behind when it hangs or dies."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pymupdf
import pytest

from desktop.errors import UnreadableFile
from desktop.readers import isolated, read
from desktop.readers.isolated import read_isolated

SAMPLES = sorted((Path(__file__).parents[2] / "resources" / "samples").glob("*-901.*"))


@pytest.mark.parametrize("path", [path for path in SAMPLES if path.suffix in (".pdf", ".txt")], ids=lambda path: path.suffix)
def test_the_pages_are_the_same(path):
    assert read_isolated(path) == read(path)


@pytest.fixture
def impostor(tmp_path, monkeypatch):
    """Stands in for the child's interpreter; the returned function says what it does instead."""

    def becomes(script):
        program = tmp_path / "child"
        program.write_text(f"#!{sys.executable}\nimport os, sys, time\nfrom pathlib import Path\n{script}\n", "utf-8")
        program.chmod(0o755)
        monkeypatch.setattr(sys, "executable", str(program))

    return becomes


@pytest.fixture
def path(tmp_path):
    file = tmp_path / "参考.pdf"
    with pymupdf.open() as document:
        document.new_page()
        document.save(file)
    return file


def test_a_child_that_hangs_is_killed_with_all_it_started(path, impostor, tmp_path):
    note = tmp_path / "pids"
    impostor(f"child = os.fork()\nPath({str(note)!r}).open('a').write(f'{{os.getpid()}} ')\ntime.sleep(60)")
    with pytest.raises(UnreadableFile, match=r"“参考\.pdf”超过 1 秒没有结果"):
        read_isolated(path, timeout=1)
    pids = [int(pid) for pid in note.read_text().split()]
    assert len(pids) == 2
    assert not [pid for pid in pids if runs(pid)]


def runs(pid):
    """Whether the process still runs half a second from now (a killed one may wait to be collected)."""
    stat = Path(f"/proc/{pid}/stat")
    for _ in range(50):
        if not stat.exists() or stat.read_text().rsplit(")", 1)[1].split()[0] == "Z":
            return False
        time.sleep(0.01)
    return True


@pytest.mark.parametrize(
    "script", ["os.abort()", "print('Consider using another package')", "pass"], ids=["dies", "chatters", "silent"]
)
def test_a_child_that_fails_is_a_refusal(path, impostor, script):
    impostor(script)
    with pytest.raises(UnreadableFile, match=r"“参考\.pdf”无法读取"):
        read_isolated(path, timeout=20)


def test_the_password_is_not_on_the_command_line(path, impostor, tmp_path):
    note = tmp_path / "words"
    impostor(f"Path({str(note)!r}).write_text(' '.join(sys.argv) + ' '.join(os.environ.values()))")
    with pytest.raises(UnreadableFile):
        read_isolated(path, "密码123", timeout=20)
    assert "密码123" not in note.read_text("utf-8")


def test_no_file_stays_open(path):
    before = len(list(Path("/proc/self/fd").iterdir()))
    read_isolated(path)
    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_ending_a_process_that_died_with_words_unread_says_nothing():
    child = subprocess.Popen([sys.executable, "-c", "pass"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    child.wait()
    child.stdin.write(b"a request it never read\n")
    isolated.end(child)
    assert child.stdin.closed
    assert child.stdout.closed
