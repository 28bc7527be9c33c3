"""Marks handed over on a stick: merged once however often, newest wins, nothing of one's own is lost, and nothing hostile comes in."""

from __future__ import annotations

import json
import shutil
import zipfile
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.records import ItemRecord
from desktop.archive import (
    catalogue,
    correcting,
    exchanging,
    finding,
    importing,
    marking,
    merging,
    sharing,
    tagging,
    trash,
    undoing,
)
from desktop.archive.library import Library
from desktop.archive.shared_form import Shared, from_json, to_json
from desktop.errors import UnreadableFile, WrongUsage
from desktop.paths import SAMPLES
from tests.archive.shelf import bulletin, everything, put, shelved


def _marks(library: Library) -> dict[str, tuple[str, str, str, str, bool]]:
    return {mark.uid: (mark.quote, mark.note, mark.color, mark.author, mark.anchored) for mark in marking.marks(library)}


def _tags(library: Library) -> set[tuple[int, int | None, str | None, str]]:
    return {(tag.item, tag.point, tag.mark, tag.field) for tag in tagging.tags(library)}


@pytest.fixture
def other(tmp_path: Path):
    """A colleague's library with the same issue."""
    with Library.open(tmp_path / "同事的库", author="李某") as opened:
        put(opened, tmp_path / "x" / "另一份.txt", bulletin())
        yield opened


@pytest.fixture
def theirs(other: Library) -> ItemRecord:
    return catalogue.items(other, 1)[0]


def _hand_over(other: Library, tmp_path: Path, **options: Any) -> exchanging.Package:
    return exchanging.open_package(exchanging.export(other, tmp_path / "交换.ycx", **options).file)


def test_marks_notes_and_fields_arrive_with_their_author_and_can_be_taken_back_in_one_step(
    library: Library, items: list[ItemRecord], other: Library, theirs: ItemRecord, tmp_path: Path
):
    own = marking.add(library, items[0].id, 0, 4, note="自己的")
    sent = marking.add(other, theirs.id, 13, 20, note="请高新处研提意见", fields=["生物医药"])
    tagging.tag(other, theirs.id, "综合", point=1)
    package = _hand_over(other, tmp_path)
    assert (package.shared.author, package.shared.mark_count) == ("李某", 1)
    expected = exchanging.preview(library, package)
    assert (expected.new, expected.fields_new, expected.missing, expected.lost) == (1, 2, [], [])
    assert _marks(library).keys() == {own.uid}, "a preview changes nothing"
    assert exchanging.bring_in(library, package) == expected
    came = marking.mark(library, sent.uid)
    assert (came.quote, came.note, came.author, came.start) == (sent.quote, "请高新处研提意见", "李某", 13)
    assert _tags(library) == {(items[0].id, 1, None, "综合"), (items[0].id, None, sent.uid, "生物医药")}
    assert undoing.undo(library) == "合并标注包"
    assert (_marks(library).keys(), _tags(library)) == ({own.uid}, set())


def test_merging_twice_is_merging_once(
    library: Library, items: list[ItemRecord], other: Library, theirs: ItemRecord, tmp_path: Path
):
    marking.add(other, theirs.id, 13, 20, note="一", fields=["生物医药"])
    gone = marking.add(other, theirs.id, 0, 4)
    marking.delete(other, gone.uid)
    package = _hand_over(other, tmp_path)
    exchanging.bring_in(library, package)
    before, name = (_marks(library), _tags(library)), undoing.undo_name(library)
    again = exchanging.bring_in(library, package)
    assert (again.changes, again.same, again.fields_same) == (0, 1, 1)
    assert (_marks(library), _tags(library), undoing.undo_name(library)) == (*before, name)


def test_of_two_versions_of_a_mark_the_later_counts_and_the_preview_shows_both(
    library: Library, items: list[ItemRecord], other: Library, theirs: ItemRecord, tmp_path: Path, monkeypatch
):
    sent = marking.add(other, theirs.id, 13, 20, note="初稿")
    exchanging.bring_in(library, _hand_over(other, tmp_path))
    for at, where, note in (("2039-01-01T00:00:00Z", other, "他改的"), ("2039-01-02T00:00:00Z", library, "我后改的")):
        monkeypatch.setattr("db.marks.now", lambda at=at: at)
        marking.update(where, sent.uid, note=note)
    (conflict,) = exchanging.preview(library, _hand_over(other, tmp_path)).conflicts
    assert (conflict.ours, conflict.theirs, conflict.theirs_wins) == ("我后改的", "他改的", False)
    exchanging.bring_in(library, _hand_over(other, tmp_path))
    exchanging.bring_in(other, _hand_over(library, tmp_path))
    assert marking.mark(library, sent.uid).note == marking.mark(other, sent.uid).note == "我后改的"


def test_what_was_deleted_here_does_not_come_back_and_what_was_deleted_there_goes_to_the_trash(
    library: Library, items: list[ItemRecord], other: Library, theirs: ItemRecord, tmp_path: Path
):
    here, there = (marking.add(other, theirs.id, start, start + 4) for start in (0, 14))
    first = _hand_over(other, tmp_path)
    exchanging.bring_in(library, first)
    marking.delete(library, here.uid)
    marking.delete(other, there.uid)
    done = exchanging.bring_in(library, _hand_over(other, tmp_path))
    assert (done.deleted, done.stayed_deleted) == (1, 1)
    assert marking.marks(library) == []
    exchanging.bring_in(library, first)
    assert marking.marks(library) == [], "an older package does not bring back what was deleted since"
    assert {deleted.uid for deleted in trash.contents(library)} == {here.uid, there.uid}


def _corrected(library: Library, item: ItemRecord, words: str, read: str) -> str:
    start = item.text.index(words)
    return correcting.correct(library, item.id, start, start + len(words), read).uid


def _corrections(library: Library) -> set[tuple[str, int, str, str]]:
    return {(one.uid, one.start, one.replacement, one.author) for one in correcting.corrections(library)}


def test_corrections_travel_once_are_undone_in_one_step_and_withdrawals_too(
    library: Library, items: list[ItemRecord], other: Library, theirs: ItemRecord, tmp_path: Path
):
    kept, gone = _corrected(other, theirs, "甘薯产业", "红薯产业"), _corrected(other, theirs, "全省", "全国")
    first = _hand_over(other, tmp_path)
    assert first.shared.correction_count == 2
    assert merging.summary(exchanging.preview(library, first)) == ["新增更正 2 处"]
    exchanging.bring_in(library, first)
    assert _corrections(library) == _corrections(other)
    assert [hit.where for hit in finding.search(library, "红薯产业").hits] == ["correction"]
    undoing.undo(library)
    assert correcting.corrections(library) == []
    undoing.redo(library)
    correcting.withdraw(other, gone)
    second = _hand_over(other, tmp_path)
    for package in (second, first, second):  # an older package does not bring back what was withdrawn since
        exchanging.bring_in(library, package)
        assert [uid for uid, *_ in _corrections(library)] == [kept]
    assert exchanging.bring_in(library, second).changes == 0


def test_what_two_readers_corrected_alike_stands_once_and_is_withdrawn_at_once(
    library: Library, items: list[ItemRecord], other: Library, theirs: ItemRecord, tmp_path: Path
):
    own = _corrected(library, items[0], "甘薯产业", "红薯产业")
    _corrected(other, theirs, "甘薯产业", "红薯产业")
    exchanging.bring_in(library, _hand_over(other, tmp_path))
    exchanging.bring_in(other, _hand_over(library, tmp_path))
    assert _corrections(library) == _corrections(other)
    assert len(correcting.of_item(library, items[0])) == 1
    correcting.withdraw(library, own)
    assert correcting.corrections(library) == []
    exchanging.bring_in(other, _hand_over(library, tmp_path))
    assert correcting.corrections(other) == []


def test_a_package_of_an_earlier_program_has_no_corrections_and_is_taken(
    library: Library, items: list[ItemRecord], other: Library, theirs: ItemRecord
):
    marking.add(other, theirs.id, 13, 20)
    data = to_json(sharing.collect(other))
    for issue in data["issues"]:
        del issue["corrections"], issue["deleted_corrections"]
    assert merging.merge(library, from_json(data)).new == 1


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"kind": "delete"}, "unknown"),
        ({"replacement": ""}, "nothing"),
        ({"quote": " "}, "nothing"),
        ({"start": -1}, "no number"),
    ],
)
def test_a_correction_that_is_none_is_refused_with_the_whole_package(
    other: Library, theirs: ItemRecord, wrong: dict[str, Any], why: str
):
    _corrected(other, theirs, "甘薯产业", "红薯产业")
    data = to_json(sharing.collect(other))
    data["issues"][0]["corrections"] = [{**data["issues"][0]["corrections"][0], **wrong}]
    with pytest.raises(ValueError, match=why):
        from_json(data)


def test_words_that_the_text_here_does_not_have_are_kept_as_lost_and_missing_issues_are_named(
    library: Library, items: list[ItemRecord], other: Library, theirs: ItemRecord, tmp_path: Path
):
    marking.add(other, theirs.id, 13, 20)
    put(other, tmp_path / "x" / "第8期.txt", bulletin(8))
    marking.add(other, catalogue.items(other, 2)[0].id, 0, 4)
    data = to_json(sharing.collect(other))
    for issue in data["issues"]:
        for mark in issue["marks"]:
            mark |= {"quote": "此处完全没有的话", "prefix": "前文不同", "suffix": "后文不同"}
    shared = from_json(data)
    assert merging.preview(library, shared).missing == ["《样例要参》第8期"]
    done = merging.merge(library, shared)
    assert (done.lost, done.unplaced) == (["此处完全没有的话"], 1)
    (lost,) = marking.marks(library)
    assert (lost.anchored, lost.quote, lost.item) == (False, "此处完全没有的话", items[0].id)


def test_a_package_with_files_brings_the_missing_issues_along(library: Library, tmp_path: Path):
    with Library.open(tmp_path / "同事的库", author="李某") as other:
        importing.import_paths(other, [min(SAMPLES.glob("*.txt"))])
        item = catalogue.items(other, 1)[0]
        marking.add(other, item.id, 0, 4)
        bare, full = (_hand_over(other, tmp_path / name, with_files=name == "全") for name in _folders(tmp_path, "简", "全"))
        assert exchanging.bring_in(library, bare).missing
        assert catalogue.issues(library) == []
        done = exchanging.bring_in(library, full)
    assert (done.new, done.missing) == (1, [])
    (issue,) = catalogue.issues(library)
    assert catalogue.items(library, issue.id)[0].text == item.text
    assert not list(library.folder.glob(".arriving-*"))


def _folders(folder: Path, *names: str) -> list[str]:
    for name in names:
        (folder / name).mkdir()
    return list(names)


def test_nothing_to_hand_over_is_said(library: Library, items: list[ItemRecord], tmp_path: Path):
    with pytest.raises(WrongUsage):
        exchanging.export(library, tmp_path / "空.ycx")
    assert not (tmp_path / "空.ycx").exists()


def _rewritten(file: Path, target: Path, change: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(target, "w") as new:
        for name in {*old.namelist(), *change}:
            new.writestr(name, change.get(name, old.read(name) if name in old.namelist() else b""))
    return target


@pytest.mark.parametrize(
    "name", ["../外面.txt", "/tmp/外面.txt", "files/../../x", "C:\\x", "files/" + "a" * 64 + ".pdf", "library.db"]
)
def test_a_package_with_parts_of_other_names_is_refused_whole(other: Library, theirs: ItemRecord, tmp_path: Path, name: str):
    marking.add(other, theirs.id, 0, 4)
    good = exchanging.export(other, tmp_path / "好.ycx").file
    with pytest.raises(UnreadableFile):
        exchanging.open_package(_rewritten(good, tmp_path / "坏.ycx", {name: b"x"}))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["x", "同事的库", "坏.ycx", "好.ycx"]


def _mark_with(**values: Any) -> Any:
    return lambda data: data["issues"][0]["marks"][0].update(values)


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data.update(version=2), lambda data: data.update(issues={}), lambda data: data.pop("author"),
        _mark_with(color="粉"), _mark_with(uid="../x"), _mark_with(start=-1), _mark_with(start=True), _mark_with(quote=""),
        _mark_with(updated_at="明天"), _mark_with(note=["x"]), _mark_with(note="x" * 1_000_001), _mark_with(author="x" * 201),
    ],
)  # fmt: skip
def test_content_that_is_not_of_the_form_is_refused_whole(library: Library, other: Library, theirs: ItemRecord, change, tmp_path):
    marking.add(other, theirs.id, 0, 4)
    data = to_json(sharing.collect(other))
    data = json.loads(json.dumps(data))
    change(data)
    with pytest.raises((ValueError, KeyError, TypeError)):
        from_json(data)


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x05\x06" + bytes(18), b"{}"])
def test_what_is_no_package_is_refused_in_a_sentence(library: Library, items: list[ItemRecord], tmp_path: Path, content: bytes):
    before = everything(library)
    (tmp_path / "坏.ycx").write_bytes(content)
    with pytest.raises(UnreadableFile, match="不是本程序的标注包"):
        exchanging.open_package(tmp_path / "坏.ycx")
    assert everything(library) == before


def test_characters_that_hide_or_turn_names_are_taken_out(other: Library, theirs: ItemRecord):
    marking.add(other, theirs.id, 0, 4)
    data = to_json(sharing.collect(other))
    data["author"] = "王\u202e某\u200b\n局长"
    assert from_json(data).author == "王某局长"


# --- two and three libraries drift apart and come together again

_STEPS = st.lists(
    st.tuples(st.sampled_from(["note", "delete", "add", "toggle", "point", "correct", "withdraw"]), st.integers(0, 3)),
    min_size=1,
    max_size=6,
)


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("起点") / "库"
    with Library.open(folder) as library:
        item = catalogue.items(library, shelved(library, folder.parent).id)[0]
        for start in range(4):
            marking.add(library, item.id, start * 3, start * 3 + 3, note="起点")
        correcting.correct(library, item.id, 0, 3, "青岗市")
    return folder


def _drift(folder: Path, steps: list[tuple[str, int]], offset: int, monkeypatch: pytest.MonkeyPatch) -> Shared:
    with Library.open(folder, author=f"读者{offset}") as library:
        for turn, (step, which) in enumerate(steps):
            at = f"2040-01-01T00:{turn:02}:{offset:02}Z"
            for module in ("db.marks", "db.tags", "db.deletions", "db.corrections"):
                monkeypatch.setattr(f"{module}.now", lambda at=at: at)
            _step(library, step, which, f"{offset}.{turn}")
        return sharing.collect(library)


def _step(library: Library, step: str, which: int, note: str) -> None:
    item, marks = catalogue.items(library, 1)[0].id, marking.marks(library)
    if step == "add":
        marking.add(library, item, 15 + which, 18 + which, note=note)
    elif step == "toggle":
        tagging.toggle(library, item, "综合")
    elif step == "point":
        tagging.toggle(library, item, "生物医药", point=1)
    elif step == "correct":
        for one in correcting.corrections(library):
            if one.start == 15 + which:  # the same place is corrected anew once the former correction is withdrawn
                correcting.withdraw(library, one.uid)
        correcting.correct(library, item, 15 + which, 17 + which, f"改{note}")
    elif step == "withdraw":
        for one in correcting.corrections(library)[:1]:
            correcting.withdraw(library, one.uid)
    elif marks and step == "delete":
        marking.delete(library, marks[which % len(marks)].uid)
    elif marks:
        marking.update(library, marks[which % len(marks)].uid, note=note)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.tuples(_STEPS, _STEPS, _STEPS))
def test_the_order_of_packages_does_not_matter_and_all_libraries_agree_in_the_end(origin, steps, tmp_path_factory):
    folder = tmp_path_factory.mktemp("三处")
    with pytest.MonkeyPatch.context() as monkeypatch:
        parts = []
        for offset, its in enumerate(steps):
            shutil.copytree(origin, folder / f"{offset}")
            parts.append(_drift(folder / f"{offset}", its, offset, monkeypatch))
    ends = []
    for number, order in enumerate(permutations(parts)):
        shutil.copytree(origin, folder / f"合{number}")
        with Library.open(folder / f"合{number}") as library:
            for part in order:
                merging.merge(library, part)
            ends.append((_marks(library), _tags(library), _corrections(library)))
            assert merging.merge(library, order[0]).changes == 0
            assert library.database.problems() == []
    assert all(end == ends[0] for end in ends)
    shutil.rmtree(folder)
