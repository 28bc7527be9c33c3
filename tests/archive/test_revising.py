"""A corrected file of the same issue takes over: compared, marks carried, nothing lost and nothing guessed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.records import ItemRecord, MarkRecord
from desktop.archive import catalogue, comparing, importing, marking, revising, tagging, trash, undoing
from desktop.archive.comparing import PassageChange
from desktop.archive.library import Library
from desktop.errors import NotFound, WrongUsage
from tests.archive.shelf import shelved
from tests.bulletin.copies import typed
from tests.bulletin.dresses import DRESSES, NEWS
from tests.bulletin.gazette import blocks
from tests.bulletin.pressroom import Press, press

TEXT = typed(blocks(DRESSES[0], NEWS))
FIRST = "国家部门联合部署潮汐能装备验证工作"


def brought(library: Library, path: Path, content: str | bytes) -> importing.ImportOutcome:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    (outcome,) = importing.import_paths(library, [path])
    return outcome


def marked(library: Library, *quotes: str) -> list[MarkRecord]:
    """Marks on words that stand in the library's only issue."""
    (issue,) = catalogue.issues(library)
    found = []
    for quote in quotes:
        item = next(item for item in catalogue.items(library, issue.id) if quote in item.text)
        found.append(marking.add(library, item.id, *marking.find_quote(item, quote), note="记"))
    return found


def words(library: Library) -> list[str]:
    (issue,) = catalogue.issues(library)
    return [item.text for item in catalogue.items(library, issue.id)]


def fates(outcome: importing.ImportOutcome, library: Library, before: Sequence[MarkRecord]) -> dict[str, tuple[str, bool]]:
    assert outcome.status == "revision"
    return {mark.quote: (marking.mark(library, mark.uid).quote, marking.mark(library, mark.uid).anchored) for mark in before}


def test_a_corrected_text_takes_over_and_marks_go_with_their_words(library: Library, tmp_path: Path):
    brought(library, tmp_path / "甲.txt", TEXT)
    before = marked(
        library,
        "单个项目补助不超过100万元",
        "建立“申请—受理—验证—评价”全流程管理机制",
        "走访企业126家",
        "力争到2026年集聚企业50家",
    )
    revised = (
        TEXT.replace("压实主体责任。", "压实各方主体责任。")
        .replace("走访企业126家", "走访企业128家")
        .replace("力争到2026年集聚企业50家，带动就业2000人。", "做大做强产业。")
    )
    outcome = brought(library, tmp_path / "乙.txt", revised)
    found = fates(outcome, library, before)
    assert found["单个项目补助不超过100万元"] == ("单个项目补助不超过100万元", True)
    assert found["建立“申请—受理—验证—评价”全流程管理机制"][1]
    assert found["走访企业126家"] == ("走访企业128家", True)
    assert found["力争到2026年集聚企业50家"] == ("力争到2026年集聚企业50家", False)
    assert "压实各方主体责任" in "".join(words(library))
    for told in ("有改动 3 条", "移动 2 处", "文字有改动 1 处", "失锚 1 处"):
        assert told in outcome.reason
    assert [mark.note for mark in marking.marks(library)] == ["记"] * 4


def test_the_print_of_an_issue_that_came_as_text_gives_it_pages(library: Library, tmp_path: Path):
    brought(library, tmp_path / "甲.txt", TEXT)
    before = marked(library, "单个项目补助不超过100万元", FIRST)
    text = words(library)
    outcome = brought(library, tmp_path / "乙.pdf", press(blocks(DRESSES[0], NEWS), Press("print")))
    assert "两份文件的文字相同；已换用新文件，原文件保留。划线：原位 2 处。" in outcome.reason
    (issue,) = catalogue.issues(library)
    assert (issue.extension, catalogue.stored_file(library, issue).read_bytes()[:5]) == ("pdf", b"%PDF-")
    assert words(library) == text
    assert marking.marks(library) == sorted(before, key=lambda mark: mark.start)
    assert all(passage.places for item in catalogue.items(library, issue.id) for passage in catalogue.passages(item))


def test_a_text_that_comes_after_the_print_does_not_take_its_pages_away(library: Library, tmp_path: Path):
    brought(library, tmp_path / "甲.pdf", press(blocks(DRESSES[0], NEWS), Press("print")))
    outcome = brought(library, tmp_path / "乙.txt", TEXT.replace("走访企业126家", "走访企业128家"))
    assert "有改动 1 条；原来的文件带有版面，仍以它为准" in outcome.reason
    (issue,) = catalogue.issues(library)
    assert issue.extension == "pdf"
    assert "走访企业126家" in "".join(words(library))


def test_any_file_of_the_issue_can_be_put_in_force_again(library: Library, tmp_path: Path):
    brought(library, tmp_path / "甲.txt", TEXT)
    before = words(library)
    brought(library, tmp_path / "乙.txt", TEXT.replace("走访企业126家", "走访企业128家"))
    (issue,) = catalogue.issues(library)
    former = next(file for file in revising.files(library, issue) if file.sha256 != issue.sha256)
    revision = revising.use_file(library, issue, former.sha256)
    assert [change.kind for change in revision.changes].count("changed") == 1
    assert words(library) == before
    assert len(revising.files(library, revision.issue)) == 2
    with pytest.raises(NotFound):
        revising.use_file(library, issue, "0" * 64)
    with pytest.raises(WrongUsage, match="没有作任何改动"):
        revising.use_file(library, revision.issue, former.sha256)


def test_an_item_that_the_new_file_leaves_out_is_told_and_stays_while_a_mark_hangs_on_it(library: Library, tmp_path: Path):
    brought(library, tmp_path / "甲.txt", TEXT)
    (kept,) = marked(library, "核心指标达到国际先进水平")
    parts = (NEWS[0].__class__(NEWS[0].name, NEWS[0].page, NEWS[0].items[:1]), *NEWS[1:])
    outcome = brought(library, tmp_path / "乙.txt", typed(blocks(DRESSES[0], parts)))
    assert "新文件中已无 1 条" in outcome.reason
    assert marking.mark(library, kept.uid) == kept


def test_undoing_does_not_reach_behind_a_change_of_the_text(library: Library, tmp_path: Path):
    brought(library, tmp_path / "甲.txt", TEXT)
    marked(library, FIRST)
    brought(library, tmp_path / "乙.txt", TEXT.replace("走访企业126家", "走访企业128家"))
    assert undoing.undo_name(library) is None


def corrected(library: Library, folder: Path) -> revising.Revision:
    """A library whose issue was corrected in three places, with four marks; the comparison that was kept."""
    brought(library, folder / "甲.txt", TEXT)
    marked(library, FIRST, "单个项目补助不超过100万元", "走访企业126家", "力争到2026年集聚企业50家")
    revised = (
        TEXT.replace("压实主体责任。", "压实各方主体责任。")
        .replace("走访企业126家", "走访企业128家")
        .replace("力争到2026年集聚企业50家，带动就业2000人。", "做大做强产业。")
    )
    brought(library, folder / "乙.txt", revised)
    (issue,) = catalogue.issues(library)
    (kept,) = revising.comparisons(library, issue)
    return kept


def test_every_mark_is_listed_with_its_fate_and_its_words_before_and_after(library: Library, tmp_path: Path):
    kept = corrected(library, tmp_path)
    assert {(one.fate, one.before, one.now) for one in kept.marks} == {
        ("exact", FIRST, FIRST),
        ("moved", "单个项目补助不超过100万元", "单个项目补助不超过100万元"),
        ("changed", "走访企业126家", "走访企业128家"),
        ("lost", "力争到2026年集聚企业50家", ""),
    }
    assert "失锚 1 处" in kept.sentence


def test_the_passages_that_differ_are_listed_with_both_wordings_and_no_others(library: Library, tmp_path: Path):
    kept = corrected(library, tmp_path)
    assert {change.kind for change in kept.changes} == {"changed"}
    differing = [passage for change in kept.changes for passage in change.passages]
    assert len(differing) == 3
    for before, after in (("压实主体责任。", "压实各方主体责任。"), ("126家", "128家"), ("集聚企业50家", "做大做强产业。")):
        assert any(before in passage.before and after in passage.after for passage in differing)
    passage = next(passage for passage in differing if "128家" in passage.after)
    assert [run for run in comparing.segments(passage) if run[0] != "same"] == [("dropped", "126"), ("added", "128")]


PARTED = [
    ("a passage that is new", "甲某段话\n乙某段话", "甲某段话\n新的一段\n乙某段话", [("", "新的一段")]),
    ("a passage that is gone", "甲某段话\n旧的一段\n乙某段话", "甲某段话\n乙某段话", [("旧的一段", "")]),
    ("a passage with other words", "甲某段话说了", "甲某段话写了", [("甲某段话说了", "甲某段话写了")]),
    ("one passage in another's place", "甲乙丙丁", "戊己庚辛", [("", "戊己庚辛"), ("甲乙丙丁", "")]),
    ("a new one before an altered one", "推动成果转化落地", "全新内容如下\n推动成果加快转化落地", [("", "全新内容如下"), ("推动成果转化落地", "推动成果加快转化落地")]),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "told"), [row[1:] for row in PARTED], ids=[row[0] for row in PARTED])
def test_passages_are_set_beside_their_former_wording(before: str, after: str, told: list[tuple[str, str]]):
    assert list(comparing.passages(before, after)) == [PassageChange(*pair) for pair in told]


@given(st.text("甲乙12%，\n", max_size=30), st.text("甲乙12%，\n", max_size=30))
def test_the_runs_of_a_change_give_both_wordings(before: str, after: str):
    runs = list(comparing.segments(PassageChange(before, after)))
    assert "".join(text for kind, text in runs if kind != "added") == before
    assert "".join(text for kind, text in runs if kind != "dropped") == after


def test_a_text_that_comes_after_the_print_is_kept_compared_and_can_be_taken_by_hand(library: Library, tmp_path: Path):
    brought(library, tmp_path / "甲.pdf", press(blocks(DRESSES[0], NEWS), Press("print")))
    brought(library, tmp_path / "乙.txt", TEXT.replace("走访企业126家", "走访企业128家"))
    (issue,) = catalogue.issues(library)
    (kept,) = revising.comparisons(library, issue)
    assert (kept.in_force, [change.kind for change in kept.changes], kept.marks) == (False, ["changed"], ())
    taken = revising.use_file(library, issue, kept.file)
    assert "走访企业128家" in "".join(words(library))
    assert [one.in_force for one in revising.comparisons(library, taken.issue)] == [True, False]
    assert revising.use_file(library, taken.issue, kept.former).issue.extension == "pdf"


def test_a_lost_mark_is_put_where_the_reader_says_with_note_and_fields(library: Library, tmp_path: Path):
    lost = next(one for one in corrected(library, tmp_path).marks if one.fate == "lost")
    mark = marking.mark(library, lost.uid)
    tagging.tag(library, mark.item, "生物医药", mark=mark.uid)
    (issue,) = catalogue.issues(library)
    other = next(item for item in catalogue.items(library, issue.id) if item.id != mark.item)
    marking.reanchor(library, mark.uid, other.id, 0, 6)
    now = marking.mark(library, mark.uid)
    assert (now.item, now.quote, now.anchored, now.note) == (other.id, other.text[:6], True, "记")
    assert [(tag.item, tag.field) for tag in tagging.tags(library) if tag.mark] == [(other.id, "生物医药")]
    undoing.undo(library)
    assert marking.mark(library, mark.uid) == mark
    marking.delete(library, mark.uid)
    assert [one.quote for one in trash.contents(library)] == [lost.before]


def test_a_mark_is_not_put_into_another_issue(library: Library, items: list[ItemRecord], tmp_path: Path):
    mark = marking.add(library, items[0].id, 0, 4)
    elsewhere = catalogue.items(library, shelved(library, tmp_path, 8).id)[0]
    with pytest.raises(WrongUsage, match="那一期"):
        marking.reanchor(library, mark.uid, elsewhere.id, 0, 4)
