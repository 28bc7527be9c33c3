"""A corrected file of the same issue takes over: compared, marks carried, nothing lost and nothing guessed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from db.records import MarkRecord
from desktop.archive import catalogue, importing, marking, revising, undoing
from desktop.archive.library import Library
from desktop.errors import NotFound
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
