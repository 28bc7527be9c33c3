"""Corrections are annotations: the text and the marks stay, every one can be undone, and an excerpt says what it quotes."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.records import ItemRecord
from desktop.archive import catalogue, composing, correcting, importing, marking, undoing
from desktop.archive.composing import Choice
from desktop.archive.library import Library
from desktop.errors import NotFound, WrongUsage
from desktop.memo.model import Excerpt
from tests.bulletin.copies import typed
from tests.bulletin.dresses import DRESSES, NEWS
from tests.bulletin.gazette import blocks

TEXT = typed(blocks(DRESSES[0], NEWS))


@pytest.fixture
def seeds(items: list[ItemRecord]) -> ItemRecord:
    return items[0]


def at(item: ItemRecord, words: str) -> int:
    return item.text.index(words)


MADE = [
    ("merge", lambda library, item: correcting.merge_with_previous(library, item.id, at(item, "建设数字平台"))),
    ("split", lambda library, item: correcting.split_here(library, item.id, at(item, "入库一千"))),
    ("title", lambda library, item: correcting.make_title(library, item.id, at(item, "建设数字平台") + 2)),
    ("erratum", lambda library, item: correcting.correct(library, item.id, at(item, "甘薯产业"), at(item, "产业"), "红薯")),
]


@pytest.mark.parametrize(("kind", "make"), MADE, ids=[kind for kind, _ in MADE])
def test_a_correction_alters_neither_text_nor_marks_and_can_be_taken_back(library: Library, seeds: ItemRecord, kind, make):
    mark = marking.add(library, seeds.id, at(seeds, "建设数字平台"), at(seeds, "一是"))
    made = make(library, seeds)
    assert (made.kind, seeds.text[made.start :].startswith(made.quote)) == (kind, True)
    assert catalogue.item(library, seeds.id) == seeds
    assert marking.marks(library) == [mark]
    assert [one.record for one in correcting.of_item(library, seeds)] == [made]
    with pytest.raises(WrongUsage, match="已有同样的更正"):
        make(library, seeds)
    undoing.undo(library)
    assert correcting.corrections(library) == []
    undoing.redo(library)
    correcting.withdraw(library, made.uid)
    assert correcting.corrections(library) == []
    with pytest.raises(NotFound):
        correcting.withdraw(library, made.uid)


REFUSED = [
    ("merging the lead with the title", lambda library, item: correcting.merge_with_previous(library, item.id, at(item, "近日"))),
    ("splitting at the beginning", lambda library, item: correcting.split_here(library, item.id, at(item, "近日"))),
    ("splitting a title", lambda library, item: correcting.split_here(library, item.id, 3)),
    ("making a title of a title", lambda library, item: correcting.make_title(library, item.id, 3)),
    ("an erratum that changes nothing", lambda library, item: correcting.correct(library, item.id, 0, 2, item.text[:2])),
    ("an empty erratum", lambda library, item: correcting.correct(library, item.id, 0, 2, " ")),
    ("an erratum over two paragraphs", lambda library, item: correcting.correct(library, item.id, 0, at(item, "近日") + 2, "甲")),
    ("a place outside", lambda library, item: correcting.split_here(library, item.id, 9_999)),
]


@pytest.mark.parametrize("make", [make for _, make in REFUSED], ids=[name for name, _ in REFUSED])
def test_what_makes_no_sense_is_refused_in_a_sentence(library: Library, seeds: ItemRecord, make):
    with pytest.raises(WrongUsage, match=r"。$"):
        make(library, seeds)
    assert correcting.corrections(library) == []


def test_an_excerpt_quotes_the_text_as_printed_and_says_so_where_an_erratum_stands_in_it(library: Library, seeds: ItemRecord):
    correcting.correct(library, seeds.id, at(seeds, "甘薯产业"), at(seeds, "产业"), "红薯")
    excerpts = []
    for point in (None, 1):
        memo = composing.create(library, "摘编")
        composing.add(library, memo.uid, seeds.id, point=point)
        excerpts += composing.compose(library, Choice(memo=memo.uid)).groups[0].excerpts
    whole, point_only = excerpts
    assert "甘薯产业" in "".join(whole.paragraphs)
    assert "“甘薯”疑应为“红薯”（勘误），摘录按原文。" in [note.text for note in whole.notes]
    assert point_only.notes == ()


SHAPED = "摘录的分段按更正调整，文字与原文一致。"


def _excerpt(library: Library, item: ItemRecord, point: int | None = None) -> Excerpt:
    memo = composing.create(library, "摘编")
    composing.add(library, memo.uid, item.id, point=point)
    return composing.compose(library, Choice(memo=memo.uid)).groups[0].excerpts[0]


def _checked(library: Library, item: ItemRecord, folder: Path) -> list[str]:
    """What the memo's own check has to say of a memo that quotes the item."""
    memo = composing.create(library, "摘编")
    composing.add(library, memo.uid, item.id)
    report = composing.export(library, composing.compose(library, Choice(memo=memo.uid)), folder / "摘编.docx")
    return [str(one) for one in report.findings if not one.ok]


def test_an_excerpt_has_the_paragraphs_that_the_reader_made_with_every_word_and_note_and_says_so(
    library: Library, seeds: ItemRecord, tmp_path: Path
):
    before = _excerpt(library, seeds)
    correcting.split_here(library, seeds.id, at(seeds, "投入5000"))
    correcting.merge_with_previous(library, seeds.id, at(seeds, "建设数字平台"))
    after = _excerpt(library, seeds)
    assert after.paragraphs == (
        "近日，青岚市印发《甘薯产业 三年方案》¹，",
        "投入5000万元支持“小巨人”企业。",
        "（1）收集地方品种。入库一千二百份，入库率居全省前列。（2）建设数字平台。一是汇集数据；二是开放共享。",
    )
    assert "".join(after.paragraphs) == "".join(before.paragraphs)
    assert [note.text for note in after.notes] == [*(note.text for note in before.notes), SHAPED]
    assert (after.partial, after.cut) == (False, False)


def test_a_point_goes_with_the_paragraph_that_goes_on_with_it(library: Library, seeds: ItemRecord):
    assert SHAPED not in [note.text for note in _excerpt(library, seeds, point=1).notes]
    correcting.merge_with_previous(library, seeds.id, at(seeds, "建设数字平台"))
    quoted = _excerpt(library, seeds, point=1)
    assert len(quoted.paragraphs) == 1
    assert quoted.paragraphs[0].endswith("二是开放共享。")
    assert SHAPED in [note.text for note in quoted.notes]


@pytest.fixture
def noted(library: Library, tmp_path: Path) -> ItemRecord:
    """An item that was read from a file, with a note in it."""
    (tmp_path / "甲.txt").write_text(TEXT, encoding="utf-8")
    importing.import_paths(library, [tmp_path / "甲.txt"])
    (issue,) = catalogue.issues(library)
    return next(item for item in catalogue.items(library, issue.id) if "200PB¹" in item.text)


SHAPES = [
    ("parted before the note", ["可以同时处理"], []),
    ("parted behind the note", ["存储容量"], []),
    ("parted at the note", ["¹"], []),
    ("the next paragraph goes on", [], ["下一步"]),
    ("both", ["存储容量"], ["下一步"]),
]


@pytest.mark.parametrize(("parted", "merged"), [row[1:] for row in SHAPES], ids=[row[0] for row in SHAPES])
def test_a_note_is_called_at_its_word_and_the_memo_passes_its_check(
    library: Library, noted: ItemRecord, tmp_path: Path, parted: list[str], merged: list[str]
):
    plain = _excerpt(library, noted)
    for words in parted:
        correcting.split_here(library, noted.id, at(noted, words))
    for words in merged:
        correcting.merge_with_previous(library, noted.id, at(noted, words))
    correcting.correct(library, noted.id, at(noted, "设计存储"), at(noted, "存储"), "规划")
    shaped = _excerpt(library, noted)
    assert "".join(shaped.paragraphs) == "".join(plain.paragraphs)
    (call,) = [note for note in shaped.notes if note.mark]
    assert shaped.paragraphs[call.paragraph][call.offset] == "¹"
    assert _checked(library, noted, tmp_path) == []


def test_corrections_go_along_with_their_words_when_a_corrected_file_takes_over(library: Library, tmp_path: Path):
    def bring(name: str, text: str) -> None:
        (tmp_path / name).write_text(text, encoding="utf-8")
        importing.import_paths(library, [tmp_path / name])

    bring("甲.txt", TEXT)
    (issue,) = catalogue.issues(library)
    item = next(item for item in catalogue.items(library, issue.id) if "走访企业126家" in item.text)
    correcting.correct(library, item.id, at(item, "办结率"), at(item, "98.7%"), "办成率")
    correcting.correct(library, item.id, at(item, "4000余"), at(item, "余小时"), "5000")
    bring("乙.txt", TEXT.replace("收集问题317个", "收集各类问题317个").replace("为深空探测任务提供服务4000余小时，", ""))
    now = catalogue.item(library, item.id)
    assert [now.text[one.start : one.end] for one in correcting.of_item(library, now)] == ["办结率"]
    assert len(correcting.corrections(library)) == 2
