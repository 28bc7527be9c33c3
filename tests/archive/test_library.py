"""One folder is the library: made when there is none, opened again as it was, refused in plain words."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from db.changes import Changes, Kind
from desktop.archive import catalogue
from desktop.archive.library import Library, on_network
from desktop.errors import LibraryUnavailable
from tests.archive.shelf import shelved


def test_opening_makes_the_folder_of_the_contract(tmp_path: Path):
    folder = tmp_path / "我的 资料" / "库"
    Library.open(folder).close()
    assert {path.name for path in folder.iterdir()} == {"library.db", "files"}


def test_a_library_opened_again_holds_what_was_put_in(tmp_path: Path):
    with Library.open(tmp_path / "库") as library:
        issue = shelved(library, tmp_path)
    with Library.open(tmp_path / "库") as library:
        assert catalogue.issues(library) == [issue]


def test_two_libraries_are_open_at_once_without_mixing(tmp_path: Path):
    with Library.open(tmp_path / "甲") as one, Library.open(tmp_path / "乙") as other:
        shelved(one, tmp_path)
        assert (len(catalogue.issues(one)), len(catalogue.issues(other))) == (1, 0)


def _a_file(folder: Path) -> None:
    folder.write_text("", encoding="utf-8")


def _newer(folder: Path) -> None:
    Library.open(folder).close()
    with closing(sqlite3.connect(folder / "library.db")) as connection:
        connection.execute("PRAGMA user_version = 99")


def _foreign(folder: Path) -> None:
    folder.mkdir()
    with closing(sqlite3.connect(folder / "library.db")) as connection:
        connection.execute("CREATE TABLE books (title TEXT)")


def _damaged(folder: Path) -> None:
    folder.mkdir()
    (folder / "library.db").write_bytes(b"\x00damaged" * 4096)


def _a_folder_for_a_database(folder: Path) -> None:
    (folder / "library.db").mkdir(parents=True)


@pytest.mark.parametrize(
    ("prepare", "said"),
    [
        (_a_file, "不是文件夹"),
        (_newer, "更新版本的程序"),
        (_foreign, "不是本程序的资料库"),
        (_damaged, "已损坏"),
        (_a_folder_for_a_database, "不能打开"),
    ],
)
def test_a_folder_that_cannot_be_the_library_is_refused_in_one_sentence(tmp_path: Path, prepare, said: str):
    prepare(tmp_path / "库")
    with pytest.raises(LibraryUnavailable) as raised:
        Library.open(tmp_path / "库")
    assert said in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="rights do not bind this user")
def test_a_folder_without_write_permission_is_refused(tmp_path: Path):
    (tmp_path / "库").mkdir(mode=0o500)
    with pytest.raises(LibraryUnavailable, match="写入"):
        Library.open(tmp_path / "库")


@pytest.mark.parametrize(
    ("folder", "expected"),
    [
        ("/mnt/share/库", True),
        ("/mnt/my share/库", True),
        ("/mnt/share", True),
        ("/mnt/shared/库", False),
        ("/home/reader/库", False),
    ],
)
def test_a_network_share_is_recognised(tmp_path: Path, folder: str, expected: bool):
    table = "/dev/sda1 / ext4 rw 0 0\n//server/a /mnt/share cifs rw 0 0\nserver:/b /mnt/my\\040share nfs4 rw 0 0\n"
    (tmp_path / "mounts").write_text(table, encoding="utf-8")
    assert on_network(Path(folder), tmp_path / "mounts") is expected


def test_listeners_hear_of_changes_until_they_leave(library: Library, tmp_path: Path):
    heard: list[Changes] = []
    leave = library.subscribe(heard.append)
    issue = shelved(library, tmp_path)
    assert [changes.kinds for changes in heard] == [frozenset({Kind.ISSUES})]
    assert heard[0].items == {item.id for item in catalogue.items(library, issue.id)}
    leave()
    shelved(library, tmp_path, 8)
    assert len(heard) == 1
