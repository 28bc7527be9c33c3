"""Where the disk takes no more, one sentence says so and everything is as it was."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest

from db.records import ItemRecord
from db.vault import Vault
from desktop.archive import backups, catalogue, checking, importing, marking, tagging, undoing
from desktop.archive.library import Library
from desktop.errors import StorageFull
from tests.archive.sealed import WITH_AND_WITHOUT, needs_cipher, seal
from tests.archive.shelf import bulletin, everything, put, shelved
from tests.archive.test_importing import write_issue

ROOT = Path(__file__).resolve().parents[2]

_LIMITED = """
import resource, sys
from pathlib import Path
from desktop.archive import backups, importing, marking
from desktop.archive.library import Library
from desktop.errors import KnownError
from tests.archive.sealed import secret
library = Library.open(Path(sys.argv[1]), secret=secret())
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), resource.RLIM_INFINITY))
try:
    if sys.argv[2] == "import":
        print(importing.import_paths(library, [Path(sys.argv[4])])[0].reason)
    elif sys.argv[2] == "backup":
        backups.backup(library, Path(sys.argv[4]))
    else:
        marking.add(library, 1, 0, 3, note="长" * 1_000_000)
except KnownError as error:
    print(error)
"""


@pytest.fixture(params=WITH_AND_WITHOUT)
def library(tmp_path: Path, request: pytest.FixtureRequest):
    with Library.open(tmp_path / "库", secret=seal(tmp_path / "库", request.param)) as opened:
        yield opened


@pytest.fixture
def items(library: Library, tmp_path: Path) -> list[ItemRecord]:
    return catalogue.items(library, shelved(library, tmp_path).id)


def _limited(library: Library, deed: str, size: int, *words: str) -> str:
    """Do a deed in a process that may write no file larger than `size` bytes; what it says."""
    pytest.importorskip("resource", reason="no file size limit on this system")
    command = [sys.executable, "-c", _LIMITED, str(library.folder), deed, str(size), *words]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.strip()


def _no_room(library: Library) -> str:
    """What is said where a file may not grow: within an encrypted database such a limit is an error of the device."""
    return "没有保存" if library.secret else "磁盘空间不足"


def _fill_up(library: Library) -> None:
    """From now on the database may not grow: what SQLite does on a full disk."""
    raw = library.database._connection.raw()
    raw.execute(f"PRAGMA max_page_count = {raw.execute('PRAGMA page_count').fetchone()[0]}")


def test_a_note_that_finds_no_room_is_refused_and_the_marks_stay(library: Library, items: list[ItemRecord]):
    mark = marking.add(library, items[0].id, 0, 3, note="原来的批注", fields=["生物医药"])
    tags = tagging.tags(library)
    _fill_up(library)
    with pytest.raises(StorageFull) as raised:
        marking.update(library, mark.uid, note="长批注" * 100_000)
    assert "磁盘空间不足" in str(raised.value)
    assert (marking.marks(library), tagging.tags(library)) == ([mark], tags)
    assert undoing.undo(library) == "添加划线"
    assert library.database.problems() == []


def test_a_write_that_the_system_cuts_short_is_told_and_nothing_is_half_saved(library: Library, items: list[ItemRecord]):
    mark = marking.add(library, items[0].id, 0, 3)
    library.close()
    before = everything(library)
    said = _limited(library, "mark", 300_000)
    assert said.endswith("。")
    assert "没有保存" in said
    assert everything(library).keys() == before.keys()
    with Library.open(library.folder, secret=library.secret) as again:
        assert marking.marks(again) == [mark]
        assert [finding.message for finding in checking.check(again) if not finding.ok and finding.name != "fonts"] == []


def test_a_file_that_finds_no_room_is_refused_and_leaves_no_copy(library: Library, items: list[ItemRecord], tmp_path: Path):
    path = write_issue(tmp_path / "很大.txt", 8)
    path.write_text(path.read_text(encoding="utf-8") + "青岚市收集地方品种。" * 40_000, encoding="utf-8")
    library.close()
    before = everything(library)
    assert _no_room(library) in _limited(library, "import", 500_000, str(path))
    assert everything(library) == before


@needs_cipher
def test_a_file_that_finds_no_room_among_encrypted_ones_is_refused_and_leaves_no_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    path, opened = write_issue(tmp_path / "很大.txt", 8), Vault._opened
    path.write_text(path.read_text(encoding="utf-8") + "青岚市收集地方品种。" * 40_000, encoding="utf-8")

    def full(vault: Vault):
        connection = opened(vault)
        connection.execute(f"PRAGMA max_page_count = {connection.execute('PRAGMA page_count').fetchone()[0]}")
        return connection

    with Library.open(tmp_path / "库", secret=seal(tmp_path / "库")) as library:
        issue = shelved(library, tmp_path)
        monkeypatch.setattr(Vault, "_opened", full)
        (outcome,) = importing.import_paths(library, [path])
        assert (outcome.status, outcome.issue) == ("refused", None)
        assert "磁盘空间不足" in outcome.reason
        assert [one.id for one in catalogue.issues(library)] == [issue.id]
        assert [finding.message for finding in checking.check(library) if not finding.ok and finding.name != "fonts"] == []
        monkeypatch.undo()
        (outcome,) = importing.import_paths(library, [path])
        assert outcome.status == "new", "with room again it comes in"


def test_a_backup_that_finds_no_room_leaves_the_former_one(library: Library, items: list[ItemRecord], tmp_path: Path):
    put(library, tmp_path / "扫描件.txt", bulletin(8), content=random.Random(0).randbytes(1_000_000).hex())
    file = tmp_path / "备份.zip"
    backups.backup(library, file)
    library.close()
    former, before = file.read_bytes(), everything(library)
    assert _no_room(library) in _limited(library, "backup", 500_000, str(file))
    assert file.read_bytes() == former
    assert everything(library) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["备份.zip", "库", "扫描件.txt", "第7期.txt"]
