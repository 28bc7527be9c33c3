"""Killed at any moment, the program loses nothing that it had reported as saved, and nothing is half there."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from desktop.archive import catalogue, checking, marking, tagging, undoing
from desktop.archive.importing import import_paths
from desktop.archive.library import Library
from tests.archive.shelf import shelved
from tests.archive.test_importing import write_issue

ROOT = Path(__file__).resolve().parents[2]

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


@pytest.mark.parametrize("seed", range(4))
def test_marks_notes_and_tags_that_were_reported_are_there(tmp_path: Path, seed: int):
    with Library.open(tmp_path / "库") as library:
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
    with Library.open(tmp_path / "库") as library:
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


@pytest.mark.parametrize("seed", range(3))
def test_imports_that_were_reported_are_whole_and_the_rest_comes_in_later(tmp_path: Path, seed: int):
    folder = tmp_path / "U盘"
    for number in range(1, 61):
        write_issue(folder / f"第{number:02}期.txt", number)
    chance = random.Random(seed)
    said = _work_and_kill(chance.randrange(2, 20), chance.random() / 50, str(tmp_path / "库"), "imports", str(folder))
    reported = {line.split()[1] for line in said if line.startswith("new")}
    with Library.open(tmp_path / "库") as library:
        assert _problems(library) == []
        there = {issue.file_name for issue in catalogue.issues(library)}
        assert reported <= there
        assert len(there - reported) <= 1
        assert all(catalogue.items(library, issue.id) for issue in catalogue.issues(library))
        outcomes = import_paths(library, [folder])
        assert {outcome.path.name for outcome in outcomes if outcome.status == "duplicate"} == there
        assert {outcome.status for outcome in outcomes} == {"new", "duplicate"}
        assert _problems(library) == []
