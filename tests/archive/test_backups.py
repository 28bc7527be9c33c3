"""A backup holds everything and counts only when it reads back; restoring keeps the present library aside."""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from db import snapshots
from db.records import ItemRecord
from desktop.archive import backups, catalogue, checking, marking, packing, undoing
from desktop.archive.library import Library
from desktop.errors import LibraryUnavailable, StorageFull, UnreadableFile
from tests.archive.shelf import everything, shelved


@pytest.fixture
def saved(library: Library, items: list[ItemRecord], tmp_path: Path) -> Path:
    """A backup of a library with an issue and a mark, and a later mark that it does not hold."""
    marking.add(library, items[0].id, 0, 3, note="备份之前")
    (library.folder / "exports.log").write_text("一行\n", encoding="utf-8")
    file = tmp_path / "U盘" / "备份.zip"
    file.parent.mkdir()
    backups.backup(library, file)
    marking.add(library, items[0].id, 4, 6, note="备份之后")
    library.close()
    return file


def _notes(folder: Path) -> list[str]:
    with Library.open(folder) as library:
        return [mark.note for mark in marking.marks(library)]


def test_a_restored_library_is_whole_and_as_it_was_and_the_other_is_kept(library: Library, saved: Path):
    kept = backups.restore(library.folder, saved)
    assert kept
    assert kept.name.startswith("资料库.before-restore-")
    assert _notes(library.folder) == ["备份之前"]
    assert _notes(kept) == ["备份之前", "备份之后"]
    assert (library.folder / "exports.log").read_text(encoding="utf-8") == "一行\n"
    with Library.open(library.folder) as again:
        assert [finding.name for finding in checking.check(again) if not finding.ok and finding.name != "fonts"] == []
        assert undoing.undo(again) == "添加划线"
    assert {path.name for path in library.folder.parent.iterdir() if path.is_dir()} == {"资料库", kept.name, "U盘"}


def test_restoring_where_there_was_no_library(saved: Path, tmp_path: Path):
    assert backups.restore(tmp_path / "新机器" / "库", saved) is None
    assert _notes(tmp_path / "新机器" / "库") == ["备份之前"]


def test_a_backup_leaves_nothing_else_behind(library: Library, saved: Path):
    assert [path.name for path in saved.parent.iterdir()] == ["备份.zip"]
    assert list((library.folder / "backups").iterdir()) == []


def test_a_library_that_is_open_elsewhere_is_not_moved_away(library: Library, saved: Path):
    with Library.open(library.folder) as other:
        with pytest.raises(LibraryUnavailable, match="请先关闭"):
            backups.restore(library.folder, saved)
        assert len(marking.marks(other)) == 2
    assert _notes(library.folder) == ["备份之前", "备份之后"]
    assert {path.name for path in library.folder.parent.iterdir() if path.is_dir()} == {"资料库", "U盘"}


def test_a_damaged_library_is_replaced_by_its_backup(library: Library, saved: Path):
    (library.folder / "library.db").write_bytes(b"\x00damaged" * 4096)
    kept = backups.restore(library.folder, saved)
    assert kept
    assert (kept / "library.db").read_bytes().startswith(b"\x00damaged")
    assert _notes(library.folder) == ["备份之前"]


def _rewritten(file: Path, change) -> bytes:
    """The backup with its parts and manifest passed through `change(parts, manifest)`."""
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if name != packing.MANIFEST}
        manifest = json.loads(archive.read(packing.MANIFEST))
    change(parts, manifest)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
        archive.writestr(packing.MANIFEST, json.dumps(manifest))
    return made.getvalue()


def _with_part(name: str):
    def change(parts: dict[str, bytes], manifest: dict) -> None:
        parts[name] = b"x"
        digest = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"  # SHA-256 of "x"
        manifest["parts"].append({"name": name, "size": 1, "sha256": digest})

    return change


def _bomb(parts: dict[str, bytes], manifest: dict) -> None:
    parts["library.db"] += bytes(1_000_000)


def _altered(parts: dict[str, bytes], manifest: dict) -> None:
    parts["library.db"] = parts["library.db"][:-1] + b"!"


def _unlisted(parts: dict[str, bytes], manifest: dict) -> None:
    parts["exports2.log"] = b"x"


def _missing(parts: dict[str, bytes], manifest: dict) -> None:
    del parts["exports.log"]


def _newer(parts: dict[str, bytes], manifest: dict) -> None:
    manifest["version"] = 99


def _no_database(parts: dict[str, bytes], manifest: dict) -> None:
    del parts["library.db"]
    manifest["parts"] = [part for part in manifest["parts"] if part["name"] != "library.db"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_with_part("../外面.txt"), "不是本程序的备份文件"),
        (_with_part("/etc/passwd2"), "不是本程序的备份文件"),
        (_with_part("files/../../外面.txt"), "不是本程序的备份文件"),
        (_with_part("files\\..\\外面.txt"), "不是本程序的备份文件"),
        (_unlisted, "不是本程序的备份文件"),
        (_missing, "不是本程序的备份文件"),
        (_no_database, "不是本程序的备份文件"),
        (_newer, "更新版本的程序"),
        (_altered, "已损坏"),
        (_bomb, "已损坏"),
    ],
)
def test_a_backup_that_was_tampered_with_is_refused_and_nothing_is_written(
    library: Library, saved: Path, tmp_path: Path, change, said: str
):
    saved.write_bytes(_rewritten(saved, change))
    before, around = everything(library), sorted(tmp_path.rglob("*"))
    with pytest.raises(UnreadableFile, match=said):
        backups.restore(library.folder, saved)
    assert everything(library) == before
    assert sorted(tmp_path.rglob("*")) == around


class _Endless(io.RawIOBase):
    """A part that never ends: what a zip bomb looks like from inside."""

    given = 0

    def read(self, size: int = -1) -> bytes:
        self.given += size
        assert self.given < 10_000, "reading went on beyond the size that the manifest announces"
        return bytes(size)


def test_no_more_is_unpacked_than_the_manifest_announces(tmp_path: Path):
    with pytest.raises(zipfile.BadZipFile):
        packing._read_part(_Endless(), packing.Part("library.db", 1000, ""), tmp_path / "library.db")


@pytest.mark.parametrize("content", [b"", b"no zip at all", b"PK\x05\x06" + bytes(18)])
def test_a_file_that_is_no_backup_is_refused(library: Library, tmp_path: Path, content: bytes):
    (tmp_path / "别的.zip").write_bytes(content)
    with pytest.raises(UnreadableFile, match="不是本程序的备份文件"):
        backups.restore(library.folder, tmp_path / "别的.zip")
    with pytest.raises(UnreadableFile, match="不存在"):
        backups.restore(library.folder, tmp_path / "没有.zip")


def test_a_flipped_byte_never_reaches_the_library(library: Library, saved: Path):
    """Wherever the damage lies: the backup is refused, or what comes out is whole all the same (a time in zip's lists)."""
    original, step = saved.read_bytes(), max(1, saved.stat().st_size // 40)
    before = everything(library)
    for at in range(0, len(original), step):
        saved.write_bytes(original[:at] + bytes([original[at] ^ 0xFF]) + original[at + 1 :])
        try:
            backups.restore(library.folder, saved)
        except UnreadableFile:
            assert everything(library) == before
        else:
            assert _notes(library.folder) == ["备份之前"]
            assert (library.folder / "exports.log").read_text(encoding="utf-8") == "一行\n"
            before = everything(library)


def test_a_backup_whose_database_is_rotten_is_refused(library: Library, items: list[ItemRecord], tmp_path: Path):
    backups.backup(library, tmp_path / "备份.zip")
    with zipfile.ZipFile(tmp_path / "备份.zip") as archive:
        archive.extract("library.db", tmp_path)
    with (tmp_path / "library.db").open("rb+") as file:
        file.seek(4096 * 2)
        file.write(b"\xff" * 4096 * 3)
    packing.pack(tmp_path / "坏.zip", {"library.db": tmp_path / "library.db"}, "")
    library.close()
    before = everything(library)
    with pytest.raises(UnreadableFile, match="已损坏"):
        backups.restore(library.folder, tmp_path / "坏.zip")
    assert everything(library) == before


def test_a_backup_replaces_an_older_one_only_when_it_is_whole(
    library: Library, items: list[ItemRecord], tmp_path: Path, monkeypatch
):
    file = tmp_path / "备份.zip"
    backups.backup(library, file)
    former = file.read_bytes()
    marking.add(library, items[0].id, 0, 3)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("desktop.archive.packing._write", full)
    with pytest.raises(StorageFull, match="空间不足"):
        backups.backup(library, file)
    assert file.read_bytes() == former
    assert [path.name for path in tmp_path.iterdir() if "备份" in path.name] == ["备份.zip"]


def test_a_backup_into_a_folder_that_is_not_there_says_so(library: Library, tmp_path: Path):
    with pytest.raises(LibraryUnavailable, match="不存在"):
        backups.backup(library, tmp_path / "没有" / "备份.zip")


def test_restoring_needs_room(library: Library, saved: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("desktop.archive.packing.room_for", lambda parts, folder: False)
    with pytest.raises(StorageFull, match="空间不足"):
        backups.restore(library.folder, saved)
    assert _notes(library.folder) == ["备份之前", "备份之后"]


def test_automatic_copies_are_made_only_when_something_changed_and_ten_are_kept(library: Library, items: list[ItemRecord]):
    first = backups.automatic(library)
    assert first
    snapshots.verify(first)
    assert backups.automatic(library) is None
    for turn in range(backups.KEPT):
        catalogue.set_starred(library, items[0].id, turn % 2 == 0)
        assert backups.automatic(library)
    kept = backups.copies(library)
    assert len(kept) == backups.KEPT
    assert first not in kept
    for copy in kept:
        snapshots.verify(copy)


def test_copies_made_before_a_climb_are_not_rotated_away(library: Library, items: list[ItemRecord]):
    former = library.folder / "backups" / "before-v2-20310101T000000000000Z.db"
    former.parent.mkdir()
    former.write_bytes(b"kept")
    for turn in range(backups.KEPT + 2):
        catalogue.set_starred(library, items[0].id, turn % 2 == 0)
        backups.automatic(library)
    assert former.exists()


def test_a_damaged_database_is_not_copied_over_the_good_copies(library: Library, tmp_path: Path):
    for number in range(12):
        shelved(library, tmp_path, number + 1)
    good = backups.automatic(library)
    library.close()
    with (library.folder / "library.db").open("rb+") as file:
        file.seek(4096 * 40)
        file.write(b"\xff" * 4096 * 4)
    with Library.open(library.folder) as again:
        with closing(sqlite3.connect(library.folder / "library.db")) as other:
            other.execute("INSERT INTO journal (uid, at, action, name, kinds, items) VALUES ('x', '', 'do', '', '', '[]')")
            other.commit()
        with pytest.raises(LibraryUnavailable, match="已损坏"):
            backups.automatic(again)
    assert backups.copies(library) == [good]
    assert good
    snapshots.verify(good)
