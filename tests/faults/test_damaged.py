"""A database that was truncated or in which bits have flipped is told as damaged, and its best copy brings everything back."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from db.opening import Secret
from db.records import MarkRecord
from desktop.archive import backups, catalogue, checking, marking, rescuing
from desktop.archive.library import Library
from desktop.errors import KnownError, LibraryDamaged, LibraryUnavailable
from tests.archive.sealed import WITH_AND_WITHOUT, seal
from tests.archive.shelf import shelved

Stocked = tuple[Path, list[MarkRecord], Secret | None]


@pytest.fixture(params=WITH_AND_WITHOUT)
def stocked(request: pytest.FixtureRequest, tmp_path: Path) -> Stocked:
    """A library with marks and two automatic copies, closed; and its passphrase."""
    key = seal(tmp_path / "库", request.param)
    with Library.open(tmp_path / "库", secret=key) as library:
        item = catalogue.items(library, shelved(library, tmp_path).id)[0]
        for turn in range(30):
            marking.add(library, item.id, turn, turn + 4, note=f"第{turn}条批注，" * 8)
        backups.automatic(library)
        marking.add(library, item.id, 40, 44)
        backups.automatic(library)
        return library.folder, marking.marks(library), key


def _truncated(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(100, len(content))]


def _flipped(content: bytes, chance: random.Random) -> bytes:
    """Some hundred bits, as on a stick that goes bad."""
    changed = bytearray(content)
    for _ in range(300):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _head_lost(content: bytes, _chance: random.Random) -> bytes:
    return bytes(4096) + content[4096:]


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("harm", [_truncated, _flipped, _head_lost], ids=["truncated", "flipped", "head lost"])
def test_damage_is_told_and_the_best_copy_brings_all_marks_back(
    stocked: Stocked, harm: Callable[[bytes, random.Random], bytes], seed: int
):
    folder, marks, key = stocked
    file = folder / "library.db"
    damaged = harm(file.read_bytes(), random.Random(seed))
    file.write_bytes(damaged)
    error = _refusal(folder, key)
    assert str(error).endswith("。")
    if isinstance(error, LibraryDamaged):
        assert error.copy == backups_of(folder)[-1]
        assert str(error.copy) in str(error)
    best = rescuing.best_copy(folder, key)
    assert best
    kept = backups.restore(folder, best, [key] if key else [])
    assert kept
    assert kept.exists()
    with Library.open(folder, secret=key) as library:
        assert marking.marks(library) == marks
        assert [finding.message for finding in checking.check(library) if not finding.ok and finding.name != "fonts"] == []


def _refusal(folder: Path, key: Secret | None) -> LibraryUnavailable:
    """What opening or checking says; a check that lists the damage counts as a sentence too."""
    try:
        with Library.open(folder, secret=key) as library:
            (finding,) = (finding for finding in checking.check(library) if finding.name == "database")
    except LibraryUnavailable as error:
        return error
    assert not finding.ok
    return LibraryUnavailable(finding.message)


def backups_of(folder: Path) -> list[Path]:
    return sorted((folder / "backups").glob("auto-*.db"))


def test_a_copy_that_is_damaged_itself_is_passed_over_and_never_put_back(stocked: Stocked):
    folder, marks, key = stocked
    older, newer = backups_of(folder)
    newer.write_bytes(_truncated(newer.read_bytes(), random.Random(0)))
    assert rescuing.best_copy(folder, key) == older
    with pytest.raises(KnownError, match="也已损坏"):
        backups.restore(folder, newer, [key] if key else [])
    with Library.open(folder, secret=key) as library:
        assert marking.marks(library) == marks
