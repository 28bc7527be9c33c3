"""An issue that was taken in by mistake can be removed with all that hangs on it, and comes back whole by one undo."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest

from db import index_source, models
from db.records import IssueRecord
from desktop.archive import (
    backups,
    catalogue,
    checking,
    composing,
    correcting,
    finding,
    marking,
    removing,
    tagging,
    trash,
    undoing,
)
from desktop.archive.library import Library
from desktop.errors import NotFound, WrongUsage
from tests.archive.shelf import bulletin, put, shelved

DATA = tuple(table for table in models.ALL if table not in (models.Journal, models.UndoStep))
WORDS = "甘薯"


def state(library: Library) -> dict[str, list[dict[str, Any]]]:
    """All rows of the library but its history."""
    return {models.name(table): library.database.rows(table.select().order_by(table.id)) for table in DATA}


def originals(library: Library) -> set[str]:
    return set(library.shelf.names())


def hits(library: Library) -> int:
    return len(finding.search(library, WORDS).hits)


def sound(library: Library) -> bool:
    return all(
        finding.ok for finding in checking.check(library) if finding.name in ("database", "files", "texts", "anchors", "index")
    )


@pytest.fixture
def issue(library: Library, tmp_path: Path) -> IssueRecord:
    """An issue of two files with something in each table that refers to it or its items."""
    issue = shelved(library, tmp_path)
    put(library, tmp_path / "另一份.txt", bulletin())
    first, second = catalogue.items(library, issue.id)
    kept, dropped = (marking.add(library, first.id, start, start + 6, note="待核实", fields=["生物医药"]) for start in (0, 7))
    marking.delete(library, dropped.uid)
    tagging.tag(library, second.id, "综合")
    tagging.refuse(library, second.id, "生物医药")
    correcting.correct(library, first.id, 0, 2, "青风")
    catalogue.set_read(library, first.id, read=True)
    assert kept in marking.marks(library)
    return catalogue.issue(library, issue.id)


def test_removing_takes_everything_along_and_one_undo_brings_it_back(library: Library, issue: IssueRecord):
    before, found = state(library), hits(library)
    assert found
    assert all(before[models.name(table)] for table in (models.IssueFile, models.Revision, models.Deletion, models.Refusal))
    removing.remove(library, issue)
    assert {name for name, rows in state(library).items() if rows} == {"library"}
    assert (hits(library), sound(library)) == (0, True)
    finding.prepare(library)
    assert (hits(library), undoing.undo_name(library)) == (0, "移除《样例要参》")
    undoing.undo(library)
    assert state(library) == before
    assert (hits(library), sound(library)) == (found, True)


def test_it_can_be_redone_although_an_item_was_read_meanwhile(library: Library, issue: IssueRecord):
    removing.remove(library, issue)
    undoing.undo(library)
    catalogue.set_read(library, catalogue.items(library, issue.id)[1].id, read=True)
    undoing.redo(library)
    assert catalogue.issues(library) == []
    undoing.undo(library)
    assert (catalogue.issue(library, issue.id).title, sound(library)) == (issue.title, True)


def test_the_originals_stay_until_it_cannot_be_undone_any_more(library: Library, issue: IssueRecord, tmp_path: Path):
    beside = shelved(library, tmp_path, number=8)
    names = originals(library)
    removing.remove(library, issue)
    assert originals(library) == names
    trash.empty(library)
    assert originals(library) == {f"{beside.sha256}.txt"}
    assert (undoing.undo_name(library), sound(library)) == (None, True)


def test_a_backup_in_between_can_still_be_undone_after_it_was_restored(library: Library, issue: IssueRecord, tmp_path: Path):
    removing.remove(library, issue)
    backups.backup(library, tmp_path / "备份.zip")
    backups.restore(tmp_path / "别处", tmp_path / "备份.zip")
    with Library.open(tmp_path / "别处") as restored:
        undoing.undo(restored)
        assert sound(restored)


@pytest.mark.parametrize("content", ["第7期.txt", "更正后的文件"], ids=["the same file", "the right file of that issue"])
def test_what_was_removed_is_imported_as_new(library: Library, issue: IssueRecord, tmp_path: Path, content: str):
    removing.remove(library, issue)
    outcome = put(library, tmp_path / "再来.txt", bulletin(), content)
    assert outcome.status == "new"
    assert (len(catalogue.issues(library)), marking.marks(library)) == (1, [])
    assert undoing.undo(library) is None  # it would collide with what came since
    assert len(originals(library)) == 1
    assert sound(library)


def test_importing_another_issue_leaves_the_step_alone(library: Library, issue: IssueRecord, tmp_path: Path):
    removing.remove(library, issue)
    shelved(library, tmp_path, number=8)
    assert undoing.undo(library) == "移除《样例要参》"
    assert sound(library)


def test_what_memos_quote_is_not_removed_and_the_memos_are_named(library: Library, issue: IssueRecord):
    for name in ("第一季度", "专题"):
        memo = composing.create(library, name)
        composing.add(library, memo.uid, catalogue.items(library, issue.id)[0].id)
    before = state(library)
    for refused in (removing.attached, removing.remove):
        with pytest.raises(WrongUsage, match="请先从摘编“第一季度”、“专题”中移出"):
            refused(library, issue)
    assert state(library) == before
    for memo in composing.memos(library):
        for entry in composing.entries(library, memo.uid):
            composing.remove(library, entry.uid)
    removing.remove(library, issue)
    with pytest.raises(NotFound):
        catalogue.issue(library, issue.id)


def test_it_is_told_what_goes_along(library: Library, issue: IssueRecord, tmp_path: Path):
    assert removing.told(removing.attached(library, issue)) == "1 条划线（其中 1 条有批注）、2 个领域标注、1 处更正"
    assert removing.told(removing.attached(library, shelved(library, tmp_path, number=8))) == ""


def test_counting_goes_on_while_an_issue_is_removed(tmp_path, monkeypatch):
    with Library.open(tmp_path / "库") as library:
        issue = shelved(library, tmp_path)
        facts = index_source.item_facts

        def read_while_it_leaves(*given):
            found = facts(*given)
            elsewhere = threading.Thread(target=lambda: (removing.remove(library, issue), library.database.release()))
            elsewhere.start()
            elsewhere.join()
            return found

        monkeypatch.setattr(index_source, "item_facts", read_while_it_leaves)
        finding.prepare(library)
        monkeypatch.undo()
        assert finding.search(library, WORDS).facets["year"] == {}
