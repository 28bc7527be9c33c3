"""A folder or medium that may not be written to is refused in one sentence."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.archive.library import Library

ROOT = Path(__file__).resolve().parents[2]

_OPEN = """
import os, sys
from pathlib import Path
from desktop.archive import importing
from desktop.archive.library import Library
from desktop.errors import KnownError
if os.geteuid() == 0:
    os.setuid(65534)
try:
    with Library.open(Path(sys.argv[1])) as library:
        for outcome in importing.import_paths(library, [Path(path) for path in sys.argv[2:]]):
            print(outcome.status, outcome.reason)
except KnownError as error:
    print(error)
"""

pytestmark = pytest.mark.skipif(os.name != "posix", reason="rights of another kind")


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that anyone can reach, unlike pytest's own."""
    made = Path(tempfile.mkdtemp())
    made.chmod(0o755)
    yield made
    for path in (made, *made.rglob("*")):
        path.chmod(0o755)
    shutil.rmtree(made)


def _open_without_rights(folder: Path, *imported: Path) -> str:
    """What opening and importing say to a user whom the rights of the files bind: root turns into another one first."""
    command = [sys.executable, "-c", _OPEN, str(folder), *map(str, imported)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_a_folder_that_may_not_be_made(folder: Path):
    folder.chmod(0o555)
    assert "不能写入" in _open_without_rights(folder / "库")


def test_a_library_on_a_write_protected_medium(folder: Path):
    Library.open(folder / "库").close()
    for path in (folder / "库", folder / "库" / "files", folder / "库" / "library.db"):
        path.chmod(0o555 if path.is_dir() else 0o444)
    said = _open_without_rights(folder / "库")
    assert "只读" in said or "不能打开或写入" in said
    assert "\n" not in said


def test_files_and_folders_that_may_not_be_read_say_so(folder: Path):
    (folder / "库").mkdir(mode=0o777)
    (folder / "库").chmod(0o777)
    (folder / "密.txt").write_text("样例", encoding="utf-8")
    (folder / "密.txt").chmod(0)
    (folder / "密件").mkdir(mode=0)
    said = _open_without_rights(folder / "库", folder / "密.txt", folder / "密件").splitlines()
    assert [line.split()[0] for line in said] == ["refused", "refused"]
    assert "没有权限" in said[0]
    assert "密件" in said[1]
