"""When an upgrade reads the same file differently, every mark goes with its words; what cannot be placed is listed, not dropped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from db import snapshots
from desktop.archive import backups, catalogue, checking, entries, importing, marking, rereading, tagging, undoing
from desktop.archive.library import Library
from desktop.bulletin.model import Issue, Item
from desktop.bulletin.parsing import parse
from desktop.paths import SAMPLES

Upgrade = Callable[[Callable[[list[Item]], list[Item]]], None]


@pytest.fixture
def issue(library: Library) -> int:
    (outcome,) = importing.import_paths(library, [min(SAMPLES.glob("*.txt"))])
    assert outcome.issue
    return outcome.issue.id


@pytest.fixture
def upgrade(monkeypatch: pytest.MonkeyPatch) -> Upgrade:
    """A later parser, which makes other items of the same pages."""

    def upgrade(change: Callable[[list[Item]], list[Item]]) -> None:
        def later(pages):
            read = parse(pages)
            assert isinstance(read, Issue)
            items = change([item for section in read.sections for item in section.items])
            return replace(read, sections=(replace(read.sections[0], items=tuple(items)),))

        monkeypatch.setattr(rereading, "parse", later)
        monkeypatch.setattr(entries, "TEXT_VERSION", "parser 99, reader 99")

    return upgrade


def _with(item: Item, old: str, new: str) -> Item:
    passages = tuple(replace(passage, text=passage.text.replace(old, new), places=()) for passage in item.passages)
    assert passages != item.passages
    return replace(item, passages=passages)


def _marked(library: Library, issue: int, words: str) -> str:
    for item in catalogue.items(library, issue):
        if words in item.text:
            start = item.text.index(words)
            return marking.add(library, item.id, start, start + len(words), note="请核实", fields=["生物医药"]).uid
    raise AssertionError(words)


def _words(library: Library, issue: int) -> str:
    """A stretch in the middle of the longest passage of the issue's first item."""
    longest = max(catalogue.passages(catalogue.items(library, issue)[0]), key=lambda passage: len(passage.text)).text
    return longest[len(longest) // 3 : 2 * len(longest) // 3]


def test_the_same_text_by_a_later_program_costs_nothing_and_keeps_the_steps_of_undo(
    library: Library, issue: int, upgrade: Upgrade
):
    uid = _marked(library, issue, _words(library, issue))
    before = marking.mark(library, uid)
    upgrade(lambda items: items)
    assert [one.id for one in rereading.outdated(library)] == [issue]
    with Library.open(library.folder) as again:
        report = rereading.read_again(again)
    assert rereading.outdated(library) == []
    assert (report.issues, report.marks, report.moved, report.lost) == (1, 1, [], [])
    assert marking.mark(library, uid) == before
    assert undoing.undo(library) == "添加划线"


def test_marks_go_with_their_words_and_a_checked_copy_was_made_first(library: Library, issue: int, upgrade: Upgrade):
    words = _words(library, issue)
    uid = _marked(library, issue, words)
    upgrade(lambda items: [_with(items[0], words, "（更正）" + words), *items[1:]])
    report = rereading.read_again(library)
    mark = marking.mark(library, uid)
    assert ([old.uid for old in report.moved], report.lost, len(report.changed)) == ([uid], [], 1)
    assert catalogue.item(library, mark.item).text[mark.start : mark.end] == mark.quote == words
    assert (mark.note, mark.anchored) == ("请核实", True)
    assert [tag.field for tag in tagging.tags(library) if tag.mark == uid] == ["生物医药"]
    (copy,) = (library.folder / "backups").glob("before-reading-*.db")
    snapshots.verify(copy)
    assert undoing.undo_name(library) is None
    assert all(finding.ok for finding in checking.check(library) if finding.name in ("texts", "anchors", "database", "index"))


def test_a_mark_whose_words_are_gone_is_listed_with_them_and_comes_back_with_them(library: Library, issue: int, upgrade: Upgrade):
    words = _words(library, issue)
    uid = _marked(library, issue, words)
    start = marking.mark(library, uid).start
    upgrade(lambda items: [_with(items[0], words, ""), *items[1:]])
    assert [old.uid for old in rereading.read_again(library).lost] == [uid]
    mark = marking.mark(library, uid)
    assert (mark.anchored, mark.quote, mark.note) == (False, words, "请核实")
    (finding,) = (finding for finding in checking.check(library) if finding.name == "anchors")
    assert not finding.ok
    assert "失锚" in finding.message
    upgrade(lambda items: items)
    report = rereading.read_again(library, catalogue.issues(library))
    assert (report.lost, marking.mark(library, uid).anchored, marking.mark(library, uid).start) == ([], True, start)


def test_items_joined_split_or_gone_take_their_marks_along_or_stay_for_their_sake(library: Library, issue: int, upgrade: Upgrade):
    first, second = catalogue.items(library, issue)[:2]
    words = catalogue.passages(second)[-1].text[:12]
    uid = _marked(library, issue, words)
    tagging.tag(library, first.id, "综合")
    upgrade(lambda items: [replace(items[0], passages=items[0].passages + items[1].passages), *items[2:]])
    rereading.read_again(library)
    mark = marking.mark(library, uid)
    assert mark.item == first.id
    assert catalogue.item(library, first.id).text[mark.start : mark.end] == words
    assert second.id not in [item.id for item in catalogue.items(library, issue)]
    upgrade(lambda items: [_with(items[1], "", "全新的内容")])
    rereading.read_again(library, catalogue.issues(library))
    assert [tag.field for tag in tagging.tags(library) if tag.item == first.id and not tag.mark] == ["综合"]
    assert [finding.message for finding in checking.check(library) if not finding.ok and finding.name != "fonts"] == []


def test_a_stored_file_that_can_no_longer_be_read_leaves_text_and_marks(library: Library, issue: int, upgrade: Upgrade):
    uid = _marked(library, issue, _words(library, issue))
    before = marking.mark(library, uid), catalogue.items(library, issue)
    upgrade(lambda items: items)
    catalogue.stored_file(library, catalogue.issue(library, issue)).unlink()
    report = rereading.read_again(library)
    assert (report.issues, len(report.failed)) == (0, 1)
    assert (marking.mark(library, uid), catalogue.items(library, issue)) == before
    assert backups.automatic(library)
