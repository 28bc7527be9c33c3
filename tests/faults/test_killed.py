"""Killed at any moment, the program loses nothing that it had reported as saved, and nothing is half there."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from db import snapshots
from desktop.archive import backups, catalogue, checking, finding, indexing, marking, tagging, undoing
from desktop.archive.importing import import_paths
from desktop.archive.library import Library
from tests.archive.sealed import WITH_AND_WITHOUT, needs_cipher, readable, seal, secret
from tests.archive.shelf import shelved
from tests.archive.test_importing import write_issue
from tests.archives.make import MARK

ROOT = Path(__file__).resolve().parents[2]

KILLS = int(os.environ.get("YAOCAN_KILLS", "3"))
"""How often each kind of work is killed; a long run sets some hundred."""

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL on this system")


def _work_and_kill(wanted: int, delay: float, *words: str) -> list[str]:
    """Start the working program, kill it some milliseconds after its `wanted`-th report; all that it reported."""
    command = [sys.executable, "-m", "tests.faults.working", *words]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, encoding="utf-8") as child:
        assert child.stdout
        said = [line for line in (child.stdout.readline() for _ in range(wanted)) if line]
        killing = threading.Timer(delay, child.kill)
        killing.start()
        said += child.stdout.readlines()
        killing.join()
    assert len(said) >= wanted, "the working program ended before it could be killed"
    return [line.strip() for line in said if line.endswith("\n")]


def _problems(library: Library) -> list[str]:
    return [finding.message for finding in checking.check(library) if not finding.ok and finding.name != "fonts"]


@pytest.mark.parametrize("passphrase", WITH_AND_WITHOUT)
@pytest.mark.parametrize("seed", range(KILLS))
def test_marks_notes_and_tags_that_were_reported_are_there(tmp_path: Path, seed: int, passphrase: str | None):
    key = seal(tmp_path / "库", passphrase)
    with Library.open(tmp_path / "库", secret=key) as library:
        shelved(library, tmp_path)
    chance = random.Random(seed)
    said = _work_and_kill(chance.randrange(20, 60), chance.random() / 50, str(tmp_path / "库"), "marks")

    expected: dict[str, str | None] = {}
    tagged = False
    for line in said:
        match line.split():
            case ["mark", uid, note]:
                expected[uid], last = note, uid
            case ["undone", uid]:
                expected[uid] = None
            case ["tagged" | "untagged" as state]:
                tagged = state == "tagged"
    with Library.open(tmp_path / "库", secret=key) as library:
        assert _problems(library) == []
        notes = {mark.uid: mark.note for mark in marking.marks(library)}
        # One change may be saved and not reported yet: a new mark, the last one's note or undoing, or the tag.
        assert {uid: notes.get(uid) for uid in expected if uid != last} == {
            uid: note for uid, note in expected.items() if uid != last
        }
        assert len(notes.keys() - expected.keys()) <= 1
        assert any(tag.field == "综合" for tag in tagging.tags(library)) == tagged or not said[-1].endswith("tagged")
        assert {tag.mark for tag in tagging.tags(library) if tag.mark} == set(notes)
        while undoing.undo(library):
            pass
        assert (marking.marks(library), tagging.tags(library), _problems(library)) == ([], [], [])


@pytest.mark.parametrize("passphrase", WITH_AND_WITHOUT)
@pytest.mark.parametrize("seed", range(KILLS))
def test_imports_that_were_reported_are_whole_and_the_rest_comes_in_later(tmp_path: Path, seed: int, passphrase: str | None):
    key = seal(tmp_path / "库", passphrase)
    folder = tmp_path / "U盘"
    for number in range(1, 61):
        write_issue(folder / f"第{number:02}期.txt", number)
    chance = random.Random(seed)
    said = _work_and_kill(chance.randrange(2, 20), chance.random() / 50, str(tmp_path / "库"), "imports", str(folder))
    reported = {line.split()[1] for line in said if line.startswith("new")}
    with Library.open(tmp_path / "库", secret=key) as library:
        assert _problems(library) == []
        there = {issue.file_name for issue in catalogue.issues(library)}
        assert reported <= there
        assert len(there - reported) <= 1
        assert all(catalogue.items(library, issue.id) for issue in catalogue.issues(library))
        outcomes = import_paths(library, [folder])
        assert {outcome.path.name for outcome in outcomes if outcome.status == "duplicate"} == there
        assert {outcome.status for outcome in outcomes} == {"new", "duplicate"}
        assert _problems(library) == []


@pytest.mark.parametrize("seed", range(KILLS))
def test_a_folder_whose_import_is_killed_again_and_again_is_complete_in_the_end_and_nothing_is_there_twice(
    tmp_path: Path, seed: int
):
    folder, place = tmp_path / "U盘", tmp_path / "库"
    names = {f"第{number:03}期.txt" for number in range(1, 81)}
    for number, name in enumerate(sorted(names), start=1):
        write_issue(folder / name, number)
    chance = random.Random(seed)
    told = 0
    for _ in range(2):
        said = _work_and_kill(told + chance.randrange(2, 30), chance.random() / 50, str(place), "folder", str(folder))
        told = max(int(line.split()[1]) for line in said if line.startswith("done"))
        with Library.open(place) as library:
            there = [issue.file_name for issue in catalogue.issues(library)]
            assert len(there) == len(set(there))
            assert told <= len(there) <= told + 1, "what was told as done is there, and at most one more"
            assert _problems(library) == []
    with Library.open(place) as library:
        outcomes = import_paths(library, [folder])
        assert {one.path.name for one in outcomes if one.status == "duplicate"} == set(there)
        assert {one.path.name for one in outcomes if one.status == "new"} == names.difference(there)
        assert sorted(issue.file_name for issue in catalogue.issues(library)) == sorted(names)
        assert sum(not file.name.startswith(".incoming-") for file in (place / "files").iterdir()) == len(names)
        assert finding.search(library, "甘薯种质资源库", limit=200).total == len(names)
        assert indexing.verify(library) == []
        assert _problems(library) == []


@pytest.mark.parametrize("passphrase", WITH_AND_WITHOUT)
@pytest.mark.parametrize("seed", range(KILLS))
def test_of_automatic_copies_each_is_whole_and_the_older_ones_are_still_there(tmp_path: Path, seed: int, passphrase: str | None):
    key = seal(tmp_path / "库", passphrase)
    with Library.open(tmp_path / "库", secret=key) as library:
        shelved(library, tmp_path)
    chance = random.Random(seed)
    said = _work_and_kill(chance.randrange(4, 40), chance.random() / 20, str(tmp_path / "库"), "copies")
    copies = [Path(line.split(maxsplit=1)[1]) for line in said if line.startswith("copy")]
    with Library.open(tmp_path / "库", secret=key) as library:
        there = backups.copies(library)
        for copy in there:
            snapshots.verify(copy, key)
        assert set(copies[-backups.KEPT + 1 :]) <= set(there)
        assert {line.split()[1] for line in said if line.startswith("mark")} <= {mark.uid for mark in marking.marks(library)}
        assert _problems(library) == []
        backups.automatic(library)
        assert not list((library.folder / "backups").glob("*.partial"))


@pytest.mark.parametrize("seed", range(KILLS))
def test_a_restore_that_is_cut_short_leaves_one_library_or_the_other_whole(tmp_path: Path, seed: int):
    expected = set()
    (tmp_path / "备份").mkdir()
    for number in (1, 2):
        with Library.open(tmp_path / f"源{number}") as library:
            item = catalogue.items(library, shelved(library, tmp_path, number).id)[0]
            expected.add(marking.add(library, item.id, 0, 5).uid)
            backups.backup(library, tmp_path / "备份" / f"{number}.zip")
    chance = random.Random(seed)
    _work_and_kill(chance.randrange(2, 12), chance.random() / 20, str(tmp_path / "库"), "restores", str(tmp_path / "备份"))
    with Library.open(tmp_path / "库") as library:
        assert len(marking.marks(library)) == 1
        assert {mark.uid for mark in marking.marks(library)} <= expected
        assert _problems(library) == []
    assert not list(tmp_path.glob(".库.arrived-*"))


@pytest.mark.parametrize("seed", range(KILLS))
def test_a_library_that_was_killed_while_it_climbed_is_whole(tmp_path: Path, seed: int):
    old = ROOT / "tests" / "archives" / "library-v1.db"
    chance = random.Random(seed)
    _work_and_kill(chance.randrange(2, 12), chance.random() / 20, str(tmp_path / "库"), "climbs", str(old))
    for folder in (tmp_path / "库").iterdir():
        laid = folder / "library.db"
        if not laid.exists() or laid.stat().st_size < old.stat().st_size:
            continue  # killed while the test itself laid the old file
        with Library.open(folder) as library:
            assert [(mark.uid, mark.note) for mark in marking.marks(library)] == [(MARK, "请核实份数")]
            assert library.database.problems() == []
            assert undoing.undo(library) == "修改批注"


@needs_cipher
@pytest.mark.parametrize("seed", range(KILLS))
def test_a_passphrase_that_was_being_set_is_set_or_not_and_the_library_whole(tmp_path: Path, seed: int):
    folder = tmp_path / "U盘" / "库"
    with Library.open(folder) as library:
        item = catalogue.items(library, shelved(library, tmp_path).id)[0]
        marking.add(library, item.id, 0, 5, note="任何时候都不能丢")
        backups.automatic(library)
    chance = random.Random(seed)
    _work_and_kill(chance.randrange(1, 5), chance.random() / 2, str(folder), "seals")
    with Library.open(folder, secret=secret()) as library:
        assert [mark.note for mark in marking.marks(library)] == ["任何时候都不能丢"]
        assert _problems(library) == []
        if library.secret:
            assert readable(tmp_path / "U盘", ["任何时候都不能丢", "青岚市", "SQLite format 3"]) == set()
    assert [path.name for path in folder.parent.iterdir()] == ["库"]
