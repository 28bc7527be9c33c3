"""Every connection, on whatever thread, keeps the promises that the file's settings stand for."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from db.database import Database
from db.models import Issue
from tests.db.shelf import fill


@pytest.mark.parametrize(
    ("setting", "value", "promise"),
    [
        ("journal_mode", "wal", "readers never wait for a writer"),
        ("synchronous", 2, "a power cut costs nothing that was reported as saved"),
        ("foreign_keys", 1, "nothing refers to what is gone"),
        ("secure_delete", 1, "deleting means deleting"),
        ("temp_store", 2, "no traces in temporary folders"),
    ],
)
def test_settings_hold_on_every_thread(database: Database, setting: str, value: object, promise: str):
    found = []

    def look() -> None:
        found.append(database._connection.raw().execute(f"PRAGMA {setting}").fetchone()[0])
        database.release()

    look()
    elsewhere = threading.Thread(target=look)
    elsewhere.start()
    elsewhere.join()
    assert found == [value, value], promise


def test_what_is_read_within_a_snapshot_is_of_one_moment(database: Database):
    fill(database)

    def write() -> None:
        with database.operation("改名", undoable=False) as operation:
            operation.update(Issue, before[0]["id"], title="改过的刊名")
        database.release()

    with database.snapshot():
        before = database.rows(Issue.select())
        elsewhere = threading.Thread(target=write)
        elsewhere.start()
        elsewhere.join()
        assert database.rows(Issue.select()) == before
    assert database.rows(Issue.select())[0]["title"] == "改过的刊名"


def test_closing_folds_the_log_into_the_file(database: Database, tmp_path: Path):
    fill(database)
    assert (tmp_path / "library.db-wal").exists()
    database.close()
    assert [path.name for path in tmp_path.iterdir()] == ["library.db"]
