"""A library with a passphrase: nothing of it can be read without, and with it everything works as it does in any other."""

from __future__ import annotations

import errno
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from db import snapshots
from db.opening import Secret
from desktop.archive import (
    backups,
    catalogue,
    checking,
    composing,
    exchanging,
    finding,
    importing,
    indexing,
    marking,
    rescuing,
    sealing,
    tagging,
    undoing,
)
from desktop.archive.library import Library
from desktop.errors import KnownError, LibraryUnavailable, PassphraseNeeded, StorageFull, WrongUsage
from tests.archive.sealed import PASSPHRASE, needs_cipher, readable, seal, secret
from tests.archive.shelf import everything, put, shelved
from tests.archive.test_importing import write_issue

CHANGED = "换过的口令"
NOTE = "此处请会同市农业农村局核实"
TAGGED = "生物医药"
FILE = "绝密调研材料.txt"
MEMO = "给张主任的摘编"
_CHANGE = """
import sys
from pathlib import Path
from db.opening import Secret
from desktop.archive import sealing
from desktop.errors import LibraryUnavailable
sys.stdout.reconfigure(encoding="utf-8")
try:
    sealing.change(Path(sys.argv[1]), None, Secret("甲"))
except LibraryUnavailable as error:
    print(error)
"""
_OF_THE_COMPUTER = ("fonts", "input method")
SENTENCES = (
    NOTE,
    TAGGED,
    FILE,
    MEMO,
    "青岚市建成甘薯种质资源库",
    "清单列出四十个场景",
    "样例要参",
    "甘薯",
    "划线",
    "SQLite format 3",
)


def _fill(library: Library, folder: Path) -> None:
    """An issue with all that a reader adds to it, found, exported and backed up."""
    outcome = put(library, folder / FILE, content="原件里的一句话，也不能让人看到。" * 50)
    assert outcome.issue
    item = catalogue.items(library, outcome.issue.id)[0]
    marking.add(library, item.id, 0, 6, note=NOTE, fields=[TAGGED])
    marking.delete(library, marking.add(library, item.id, 8, 12, note="删去的批注也不能留下").uid)
    composing.create(library, MEMO)
    indexing.catch_up(library)
    assert finding.search(library, "甘薯").total
    library.shelf.note("exports.log", f"2031-05-06T00:00:00Z\t1.1\t{MEMO}.docx\t/某处")
    backups.automatic(library)


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    """A closed library without a passphrase, with a second copy of the database from before."""
    with Library.open(tmp_path / "U盘" / "库") as library:
        backups.automatic(library)
        _fill(library, tmp_path)
    return library.folder


def _rows(folder: Path, key: Secret | None = None) -> dict[str, list[tuple]]:
    """All of the database."""
    with Library.open(folder, secret=key) as library:
        connection = library.database._connection.raw()
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {table: connection.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall() for table in tables}


def _problems(library: Library) -> list[str]:
    return [finding.message for finding in checking.check(library) if not (finding.ok or finding.name in _OF_THE_COMPUTER)]


@needs_cipher
def test_nothing_can_be_read_once_a_passphrase_is_set(filled: Path):
    plain = (*SENTENCES, "删去的批注也不能留下", "原件里的一句话")
    assert readable(filled.parent, plain) >= {*SENTENCES[:5], "甘薯", "原件里的一句话"}, (
        "else the search below would find nothing anywhere"
    )
    hashes = [path.stem for path in (filled / "files").iterdir()]
    key = seal(filled)
    assert readable(filled.parent, (*plain, *hashes)) == set()
    with Library.open(filled, secret=key) as library:
        _fill(library, filled.parents[1])
        assert readable(filled.parent, (*plain, *hashes)) == set(), "also while it is open"
        backups.backup(library, filled.parent / "备份.ycbackup")
    assert readable(filled.parent, (*plain, *hashes)) == set()


@needs_cipher
def test_a_library_with_a_passphrase_works_like_any_other(tmp_path: Path):
    key = seal(tmp_path / "库")
    write_issue(tmp_path / "来件" / "第3期.txt", 3)
    with Library.open(tmp_path / "库", secret=key) as library:
        (outcome,) = importing.import_paths(library, [tmp_path / "来件"])
        assert (outcome.status, importing.import_paths(library, [tmp_path / "来件"])[0].status) == ("new", "duplicate")
        stored = catalogue.stored_file(library, outcome.issue)
        assert stored.read_bytes() == (tmp_path / "来件" / "第3期.txt").read_bytes()
        assert tmp_path not in stored.parents
        assert stored.parent.stat().st_mode & 0o777 == 0o700
        item = catalogue.items(library, outcome.issue.id)[0]
        before = marking.marks(library), tagging.tags(library)
        marking.add(library, item.id, 0, 4, note=NOTE, fields=[TAGGED])
        after = marking.marks(library), tagging.tags(library)
        undoing.undo(library)
        assert (marking.marks(library), tagging.tags(library)) == before
        undoing.redo(library)
        assert (marking.marks(library), tagging.tags(library)) == after
        assert finding.search(library, NOTE).total == 1
        assert _problems(library) == []
    assert not stored.exists(), "what was lent is taken back when the library is closed"


@needs_cipher
@pytest.mark.parametrize("given", [None, "春江 花月夜", PASSPHRASE.upper() + " "], ids=["none", "shorter", "longer"])
def test_without_the_passphrase_it_is_refused_in_a_sentence_and_nothing_is_altered(filled: Path, given: str | None):
    seal(filled)
    before = {path: path.read_bytes() for path in filled.rglob("*") if path.is_file()}
    with pytest.raises(PassphraseNeeded, match="口令") as refused:
        Library.open(filled, secret=secret(given))
    assert str(refused.value).count("。") == 1
    assert before == {path: path.read_bytes() for path in filled.rglob("*") if path.is_file()}


@needs_cipher
def test_setting_changing_and_taking_away_alter_nothing_of_what_is_in_it(filled: Path):
    rows = _rows(filled)
    files = everything_but_index(filled)
    seal(filled)
    assert _rows(filled, secret()) == rows
    sealing.change(filled, secret(), secret(CHANGED))
    assert _rows(filled, secret(CHANGED)) == rows
    with pytest.raises(PassphraseNeeded):
        Library.open(filled, secret=secret())
    sealing.change(filled, secret(CHANGED), None)
    assert _rows(filled) == rows
    again = everything_but_index(filled)
    assert again.keys() == files.keys()
    assert {name: content for name, content in again.items() if not name.endswith(".db")} == {
        name: content for name, content in files.items() if not name.endswith(".db")
    }
    for copy in (filled / "backups").iterdir():
        snapshots.verify(copy)


def everything_but_index(folder: Path) -> dict[str, bytes]:
    with Library.open(folder) as library:
        return everything(library)


@needs_cipher
def test_files_that_are_not_the_programs_own_stay_and_are_named(filled: Path):
    (filled / "说明.txt").write_text("这是读者自己放的文件", encoding="utf-8")
    former = filled.with_name("库.before-restore-20310506T000000000000Z")
    former.mkdir()
    left = sealing.change(filled, None, secret())
    assert (left.foreign, left.former) == ((filled / "说明.txt",), (former,))
    assert (filled / "说明.txt").read_text(encoding="utf-8") == "这是读者自己放的文件"


@needs_cipher
def test_a_damaged_database_that_was_kept_is_kept_unreadable_too(filled: Path):
    kept = filled / "library.db.damaged-20310506T000000000000Z"
    kept.write_bytes(NOTE.encode() * 9)
    broken = filled / "backups" / "auto-20310506T000000000000Z.db"
    broken.write_bytes(NOTE.encode() * 9)
    seal(filled)
    assert readable(filled, [NOTE]) == set()
    sealing.change(filled, secret(), None)
    assert kept.read_bytes() == broken.read_bytes() == NOTE.encode() * 9


@needs_cipher
def test_while_it_is_open_elsewhere_no_passphrase_is_set(filled: Path):
    with Library.open(filled):
        seen = subprocess.run(
            [sys.executable, "-c", _CHANGE, str(filled)], capture_output=True, text=True, encoding="utf-8", check=False
        )
        assert "另一个窗口" in seen.stdout, seen.stderr
    assert _rows(filled)
    assert [path.name for path in filled.parent.iterdir()] == [filled.name]


@needs_cipher
def test_where_there_is_no_room_or_nothing_to_change_all_stays(filled: Path, monkeypatch: pytest.MonkeyPatch):
    with pytest.raises(WrongUsage):
        sealing.change(filled, None, None)
    monkeypatch.setattr("desktop.archive.sealing.shutil.disk_usage", lambda _folder: type("Usage", (), {"free": 1000}))
    with pytest.raises(StorageFull):
        sealing.change(filled, None, secret())
    assert _rows(filled)


@needs_cipher
def test_a_writer_that_came_in_between_loses_nothing(filled: Path, monkeypatch: pytest.MonkeyPatch):
    from desktop.archive import placing

    changing = placing.change_places

    def written_meanwhile(folder: Path, ready: Path, label: str) -> Path | None:
        with Library.open(folder) as library:
            marking.add(library, catalogue.items(library, 1)[0].id, 3, 9, note="刚好在这时写下")
        return changing(folder, ready, label)

    monkeypatch.setattr(rescuing, "clear_superseded", lambda _folder: None)
    monkeypatch.setattr(placing, "change_places", written_meanwhile)
    with pytest.raises(LibraryUnavailable, match="刚被另一个程序改动"):
        sealing.change(filled, None, secret())
    with Library.open(filled) as library:
        assert "刚好在这时写下" in {mark.note for mark in marking.marks(library)}
        assert _problems(library) == []
    assert [path.name for path in filled.parent.iterdir()] == [filled.name]


@needs_cipher
def test_killed_while_the_former_library_takes_its_place_again_it_is_there_at_the_next_opening(
    filled: Path, monkeypatch: pytest.MonkeyPatch
):
    rows, renaming = _rows(filled), Path.rename

    def killed(path: Path, target: Path) -> Path:
        moved = renaming(path, target)
        if ".converting-" in target.name:
            raise KeyboardInterrupt
        return moved

    monkeypatch.setattr(Path, "rename", killed)
    monkeypatch.setattr(snapshots, "position", lambda *_: None)  # as if another program had written
    with pytest.raises(KeyboardInterrupt):
        sealing.change(filled, None, secret())
    monkeypatch.undo()
    assert not filled.exists()
    assert _rows(filled) == rows
    assert [path.name for path in filled.parent.iterdir()] == [filled.name]


@needs_cipher
def test_where_the_next_opening_has_removed_the_former_library_already_the_passphrase_holds(
    filled: Path, monkeypatch: pytest.MonkeyPatch
):
    rows = _rows(filled)
    with monkeypatch.context() as opened_meanwhile:
        opened_meanwhile.setattr(snapshots, "position", lambda file, _secret: shutil.rmtree(file.parent))
        sealing.change(filled, None, secret())
    assert _rows(filled, secret()) == rows


@needs_cipher
def test_what_comes_in_lies_where_there_is_room_for_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    from desktop.archive import private

    small, large = tmp_path / "memory", tmp_path / "disk"
    for place in (small, large):
        place.mkdir()
    monkeypatch.setattr(private, "_MEMORY", small)
    monkeypatch.setattr("tempfile.tempdir", str(large))
    free = {small: 4_000, large: 1 << 30}
    monkeypatch.setattr(private.shutil, "disk_usage", lambda place: type("Usage", (), {"free": free.get(place, 1 << 40)}))
    key = seal(tmp_path / "库")
    with Library.open(tmp_path / "库", secret=key) as library:
        assert small in library.shelf.workshop(1_000).parents
        assert large in library.shelf.workshop(3_000).parents


@needs_cipher
def test_a_file_that_had_no_room_once_is_lent_when_there_is(filled: Path, monkeypatch: pytest.MonkeyPatch):
    def full(target: Path, _content: object) -> None:
        target.write_bytes(b"half")
        raise OSError(errno.ENOSPC, "no room")

    key = seal(filled)
    with Library.open(filled, secret=key) as library:
        (issue,) = catalogue.issues(library)
        with monkeypatch.context() as without_room:
            without_room.setattr("desktop.archive.storing.write", full)
            with pytest.raises(StorageFull):
                catalogue.stored_file(library, issue)
        assert "原件里的一句话" in catalogue.stored_file(library, issue).read_text(encoding="utf-8")


@needs_cipher
def test_a_backup_of_it_needs_the_passphrase_it_was_made_under(filled: Path, tmp_path: Path):
    key = seal(filled)
    rows = _rows(filled, key)
    with Library.open(filled, secret=key) as library:
        backups.backup(library, tmp_path / "备份.ycbackup")
        stored = [library.shelf.path(name).read_bytes() for name in library.shelf.names()]
    sealing.change(filled, key, secret(CHANGED))
    for given in ([], [secret(CHANGED)]):
        with pytest.raises(PassphraseNeeded, match=r"备份\.ycbackup"):
            backups.restore(tmp_path / "新", tmp_path / "备份.ycbackup", given)
    assert not (tmp_path / "新").exists()
    backups.restore(tmp_path / "新", tmp_path / "备份.ycbackup", [secret(CHANGED), secret()])
    assert _rows(tmp_path / "新", secret()) == rows
    with Library.open(tmp_path / "新", secret=secret()) as library:
        assert [library.shelf.path(name).read_bytes() for name in library.shelf.names()] == stored
        assert _problems(library) == []
    with pytest.raises(PassphraseNeeded, match="库"):
        backups.restore(filled, tmp_path / "备份.ycbackup", [secret()])
    kept = backups.restore(filled, tmp_path / "备份.ycbackup", [secret(), secret(CHANGED)])
    assert kept
    assert _rows(kept, secret(CHANGED)) == rows


@needs_cipher
def test_its_automatic_copies_can_be_opened_and_put_back(filled: Path):
    key = seal(filled)
    with Library.open(filled, secret=key) as library:
        marking.add(library, catalogue.items(library, 1)[0].id, 3, 9, note="只在新的一份里")
        copy = backups.automatic(library)
        assert backups.automatic(library) is None, "nothing has changed since"
        assert _problems(library) == []
    assert copy
    (filled / "library.db").write_bytes(bytes(5000))
    with pytest.raises(LibraryUnavailable, match=copy.name):
        Library.open(filled, secret=key)
    backups.restore(filled, copy, [key])
    with Library.open(filled, secret=key) as library:
        assert "只在新的一份里" in {mark.note for mark in marking.marks(library)}


@needs_cipher
def test_damaged_stored_files_are_told(filled: Path):
    key = seal(filled)
    (filled / "files.db").write_bytes((filled / "files.db").read_bytes()[:4096] + bytes(50_000))
    with Library.open(filled, secret=key) as library:
        assert [finding.ok for finding in checking.check(library) if finding.name == "files"] == [False]


@needs_cipher
def test_what_comes_in_and_goes_out_leaves_nothing_readable_behind(filled: Path, tmp_path: Path):
    with Library.open(filled) as library:
        exchanging.export(library, tmp_path / "标注.ycx", with_files=True)
    key = seal(tmp_path / "U盘2" / "库")
    with Library.open(tmp_path / "U盘2" / "库", secret=key) as library:
        exchanging.bring_in(library, exchanging.open_package(tmp_path / "标注.ycx"))
        exchanging.export(library, tmp_path / "再给.ycx", with_files=True)
        assert readable(tmp_path / "U盘2", SENTENCES) == set()
        assert [mark.note for mark in marking.marks(library)] == [NOTE]
    assert readable(tmp_path / "U盘2", SENTENCES) == set()


@needs_cipher
def test_any_program_that_knows_sqlcipher_opens_it_with_the_passphrase(filled: Path):
    """What is written down in docs/data-format.md: nobody depends on this program to get at what is theirs."""
    from sqlcipher3 import dbapi2

    seal(filled)
    for file in (filled / "library.db", filled / "files.db", *(filled / "backups").iterdir()):
        connection = dbapi2.connect(str(file))
        connection.execute(f"PRAGMA key = '{PASSPHRASE}'")
        assert connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] > 0
        connection.close()


@needs_cipher
def test_without_the_extra_a_sentence_says_what_to_install_and_other_libraries_work(filled: Path, tmp_path: Path, monkeypatch):
    seal(filled)
    monkeypatch.setitem(sys.modules, "sqlcipher3", None)
    for work in (
        lambda: Library.open(filled),
        lambda: Library.open(filled, secret=secret()),
        lambda: sealing.change(tmp_path / "另一个", None, secret()),
    ):
        with pytest.raises(LibraryUnavailable, match="sqlcipher3") as refused:
            work()
        assert not isinstance(refused.value, PassphraseNeeded)
    with Library.open(tmp_path / "另一个") as library:
        shelved(library, tmp_path)


def test_a_library_without_a_passphrase_never_loads_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "sqlcipher3", None)
    with Library.open(tmp_path / "库", secret=secret()) as library:
        shelved(library, tmp_path)
        backups.backup(library, tmp_path / "备份.ycbackup")
        assert type(library.database._connection.raw()) is sqlite3.Connection
        assert _problems(library) == []
    backups.restore(tmp_path / "新", tmp_path / "备份.ycbackup")


@needs_cipher
def test_the_same_signs_typed_in_another_way_are_the_same_passphrase(tmp_path: Path):
    seal(tmp_path / "库", "Café 口令")
    Library.open(tmp_path / "库", secret=Secret("Cafe\u0301 口令")).close()


@needs_cipher
def test_what_was_lent_by_a_program_that_died_is_removed_by_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    from desktop.archive import private

    monkeypatch.setattr(private, "_MEMORY", tmp_path / "nowhere")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    left = tmp_path / "yaocan-private-0123"
    left.mkdir()
    (left / "原件.pdf").write_bytes(b"%PDF-")
    used, other = private.PrivateFolder(), private.PrivateFolder()
    (used.room(0) / "在用.pdf").write_bytes(b"%PDF-")
    other.room(0)
    assert not left.exists()
    assert used.find("在用.pdf"), "what another program has in use stays"
    used.close()
    other.close()
    assert [path.name for path in tmp_path.iterdir()] == []


def test_a_passphrase_needs_a_library(tmp_path: Path):
    with pytest.raises(KnownError):
        sealing.change(tmp_path / "没有", None, Secret("甲"))
