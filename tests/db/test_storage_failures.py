"""A failing disk, a second program or a broken file is recognised for what it is, and what was saved stays."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from db import deletions, marks, snapshots
from db.database import Database
from db.errors import Damaged, Full, Locked, NoSharedMemory, ReadOnly, StorageError, Unopenable, foreseen
from tests.archive.sealed import needs_cipher
from tests.db.shelf import fill, new_mark, owned


def _fill_up(database: Database) -> None:
    """From now on the file may not grow: what SQLite does on a full disk."""
    raw = database._connection.raw()
    raw.execute(f"PRAGMA max_page_count = {raw.execute('PRAGMA page_count').fetchone()[0]}")


def _let_grow(database: Database) -> None:
    """There is room again."""
    database._connection.raw().execute("PRAGMA max_page_count = 1000000")


def _mark(database: Database, item: int, note: str = "") -> None:
    with database.operation("添加划线") as operation:
        marks.add(operation, new_mark(item, note=note))


def test_on_a_full_disk_an_operation_fails_whole(database: Database):
    item = fill(database)[0]
    before = owned(database)
    _fill_up(database)
    with pytest.raises(Full):
        _mark(database, item, note="长批注" * 100_000)
    assert (owned(database), database.undo_name, database.problems()) == (before, None, [])
    _let_grow(database)
    _mark(database, item)
    assert database.undo_name == "添加划线"


def test_a_database_that_another_program_holds_is_locked_not_broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("db.connection._WAIT_SECONDS", 0.1)
    database = Database.open(tmp_path)
    item = fill(database)[0]
    with closing(sqlite3.connect(tmp_path / "library.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Locked):
            _mark(database, item)
        assert marks.marks(database) == []
        other.execute("ROLLBACK")
    _mark(database, item)
    assert len(marks.marks(database)) == 1
    database.close()


def test_a_writer_waits_for_another_to_finish(tmp_path: Path):
    database = Database.open(tmp_path)
    item = fill(database)[0]
    other = sqlite3.connect(tmp_path / "library.db", isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    releasing = threading.Timer(0.2, other.execute, ["ROLLBACK"])
    releasing.start()
    _mark(database, item)
    releasing.join()
    other.close()
    assert len(marks.marks(database)) == 1
    database.close()


def test_bytes_that_are_no_database_are_damage(tmp_path: Path):
    (tmp_path / "library.db").write_bytes(b"no database at all " * 500)
    with pytest.raises(Damaged):
        Database.open(tmp_path)


def test_a_table_whose_wording_is_no_text_any_more_is_damage(tmp_path: Path):
    Database.open(tmp_path).close()
    content = (tmp_path / "library.db").read_bytes()
    (tmp_path / "library.db").write_bytes(content.replace(b"CREATE TABLE", b"CREATE TABL\xff", 1))
    with pytest.raises(Damaged):
        Database.open(tmp_path)


def test_a_page_overwritten_in_the_middle_is_found(tmp_path: Path):
    database = Database.open(tmp_path)
    for number in range(20):
        fill(database, str(number), f"{number:064}")
    database.close()
    with (tmp_path / "library.db").open("rb+") as file:
        file.seek(4096 * 3)
        file.write(b"\xff" * 4096 * 4)
    with pytest.raises(Damaged):
        snapshots.verify(tmp_path / "library.db")


def test_a_folder_that_is_not_there_cannot_be_opened(tmp_path: Path):
    with pytest.raises(Unopenable):
        Database.open(tmp_path / "away")


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (sqlite3.SQLITE_FULL, Full),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, Locked),
        (sqlite3.SQLITE_READONLY_DIRECTORY, ReadOnly),
        (sqlite3.SQLITE_CORRUPT_INDEX, Damaged),
        (sqlite3.SQLITE_IOERR_SHMMAP, NoSharedMemory),
    ],
)
def test_sqlites_codes_stand_for_what_the_reader_can_act_on(code: int, kind: type[StorageError]):
    error = sqlite3.OperationalError("…")
    error.sqlite_errorcode = code
    assert type(foreseen(error)) is kind


def test_a_broken_constraint_is_our_bug_and_not_explained_away():
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE a (b TEXT NOT NULL)")
        with pytest.raises(sqlite3.IntegrityError) as raised:
            connection.execute("INSERT INTO a VALUES (NULL)")
    assert foreseen(raised.value) is None


def test_a_copy_of_the_database_holds_all_that_was_committed_even_while_the_log_is_not_folded_in(tmp_path: Path):
    database = Database.open(tmp_path)
    item = fill(database)[0]
    _mark(database, item)
    wanted, position = owned(database), database.position
    copy = tmp_path / "copies" / "library.db"
    copy.parent.mkdir()
    database.copy_to(copy)
    assert snapshots.position(copy) == position
    assert [path.name for path in copy.parent.iterdir()] == ["library.db"]
    database.close()
    again = Database.open(copy.parent)
    assert owned(again) == wanted
    again.close()


def test_what_was_deleted_and_thrown_out_of_the_trash_is_nowhere_in_the_file(tmp_path: Path):
    database = Database.open(tmp_path)
    item = fill(database)[0]
    with database.operation("添加划线", undoable=False) as operation:
        uid = marks.add(operation, new_mark(item, note="unforgettable-remark")).uid
    with database.operation("删除划线", undoable=False) as operation:
        marks.delete(operation, uid)
    with database.operation("清空回收站", undoable=False) as operation:
        assert deletions.empty(operation) == 1
    database.close()
    assert b"unforgettable-remark" not in b"".join(file.read_bytes() for file in tmp_path.iterdir())


@needs_cipher
def test_a_copy_of_an_encrypted_file_that_finds_no_room_is_foreseen_too(tmp_path):
    from sqlcipher3 import dbapi2

    with closing(dbapi2.connect(str(tmp_path / "a.db"))) as source, closing(dbapi2.connect(":memory:")) as target:
        source.execute("CREATE TABLE t AS SELECT zeroblob(100000) AS content")
        target.execute("PRAGMA max_page_count = 2")
        with pytest.raises(dbapi2.OperationalError) as raised:
            source.backup(target)
    assert isinstance(foreseen(raised.value), Full)
