"""A passage is marked, noted, altered and deleted; each change is saved at once and can be taken back."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.records import ItemRecord
from desktop.archive import catalogue, marking, tagging, undoing
from desktop.archive.library import Library
from desktop.bulletin.folding import fold
from desktop.errors import NotFound, WrongUsage
from tests.archive.shelf import SEEDS


def test_a_mark_holds_its_words_their_surroundings_note_and_fields(library: Library, items: list[ItemRecord]):
    start = items[0].text.index("5000万元")
    mark = marking.add(library, items[0].id, start, start + 6, color="green", note="请高新处研提意见", fields=["生物医药"])
    assert mark.quote == "5000万元"
    assert items[0].text[: mark.start].endswith(mark.prefix)
    assert items[0].text[mark.end :].startswith(mark.suffix)
    assert mark.prefix
    assert mark.suffix
    assert (mark.color, mark.style, mark.note, mark.anchored) == ("green", "highlight", "请高新处研提意见", True)
    assert [(tag.field, tag.mark) for tag in tagging.tags(library, item=items[0].id)] == [("生物医药", mark.uid)]


def test_a_mark_with_its_fields_is_one_step(library: Library, items: list[ItemRecord]):
    marking.add(library, items[0].id, 0, 3, fields=["生物医药"])
    assert undoing.undo(library) == "添加划线"
    assert (marking.marks(library), tagging.tags(library)) == ([], [])


def test_marks_are_there_after_reopening(library: Library, items: list[ItemRecord]):
    mark = marking.add(library, items[0].id, 0, 30, note="跨页")
    library.close()
    with Library.open(library.folder) as again:
        assert marking.marks(again) == [mark]


@pytest.mark.parametrize(("start", "end"), [(3, 3), (5, 3), (-1, 3), (0, 10_000), (len(SEEDS.title), len(SEEDS.title) + 1)])
def test_a_selection_of_nothing_or_beyond_the_text_is_refused(library: Library, items: list[ItemRecord], start: int, end: int):
    with pytest.raises(WrongUsage, match="没有划线"):
        marking.add(library, items[0].id, start, end)
    assert marking.marks(library) == []


@pytest.mark.parametrize("look", [{"color": "purple"}, {"style": "circle"}])
def test_an_unknown_look_is_refused(library: Library, items: list[ItemRecord], look: dict[str, str]):
    with pytest.raises(WrongUsage):
        marking.add(library, items[0].id, 0, 3, **look)


def test_an_unknown_field_is_refused_before_anything_is_marked(library: Library, items: list[ItemRecord]):
    with pytest.raises(NotFound):
        marking.add(library, items[0].id, 0, 3, fields=["炼金术"])
    assert marking.marks(library) == []


def test_a_note_typed_in_pieces_is_taken_back_at_once(library: Library, items: list[ItemRecord]):
    mark = marking.add(library, items[0].id, 0, 3)
    for note in ("请", "请高新", "请高新处阅"):
        marking.update(library, mark.uid, note=note)
    assert marking.mark(library, mark.uid).note == "请高新处阅"
    assert undoing.undo(library) == "修改批注"
    assert marking.mark(library, mark.uid) == mark
    assert undoing.redo(library) == "修改批注"
    assert marking.mark(library, mark.uid).note == "请高新处阅"


def test_resizing_moves_the_words_with_the_mark(library: Library, items: list[ItemRecord]):
    mark = marking.add(library, items[0].id, 0, 3, note="批注")
    longer = marking.update(library, mark.uid, end=6)
    assert (longer.start, longer.end, longer.quote, longer.note) == (0, 6, items[0].text[:6], "批注")
    with pytest.raises(WrongUsage):
        marking.update(library, mark.uid, start=6)
    recoloured = marking.update(library, mark.uid, color="red", style="underline")
    assert (recoloured.color, recoloured.style, recoloured.quote) == ("red", "underline", longer.quote)


def test_deleting_takes_the_fields_along_and_undo_brings_both_back(library: Library, items: list[ItemRecord]):
    mark = marking.add(library, items[0].id, 0, 3, fields=["生物医药"])
    tags = tagging.tags(library)
    marking.delete(library, mark.uid)
    assert (marking.marks(library), tagging.tags(library)) == ([], [])
    with pytest.raises(NotFound):
        marking.delete(library, mark.uid)
    assert undoing.undo(library) == "删除划线"
    assert (marking.marks(library), tagging.tags(library)) == ([mark], tags)


def test_marks_are_listed_in_reading_order_by_issue_item_and_field(library: Library, items: list[ItemRecord]):
    later = marking.add(library, items[1].id, 0, 2)
    second = marking.add(library, items[0].id, 4, 8, fields=["生物医药"])
    first = marking.add(library, items[0].id, 0, 2)
    assert marking.marks(library) == [first, second, later]
    assert marking.marks(library, issue=items[0].issue) == [first, second, later]
    assert marking.marks(library, item=items[1].id) == [later]
    assert marking.marks(library, field="生物医药") == [second]
    assert marking.marks(library, issue=99) == []


@pytest.mark.parametrize(
    ("quote", "nth", "found"),
    [
        ("5000万元", 1, "5000万元"),
        ("５０００ 万元", 1, "5000万元"),
        ('"小巨人"企业', 1, "“小巨人”企业"),
        ("《甘薯产业三年方案》", 1, "《甘薯产业 三年方案》"),
        ("资源库近日", 1, "资源库\n近日"),
        ("入库", 2, "入库"),
        ("青岚市", 2, "青岚市"),
    ],
)
def test_a_quote_is_found_whatever_its_blanks_and_widths(items: list[ItemRecord], quote: str, nth: int, found: str):
    start, end = marking.find_quote(items[0], quote, nth)
    assert items[0].text[start:end] == found
    if nth > 1:
        assert found in items[0].text[:start]


@pytest.mark.parametrize("quote", ["不在文中", "青岚市 青岚市"])
def test_a_quote_that_is_not_there_is_not_found(items: list[ItemRecord], quote: str):
    with pytest.raises(NotFound, match="没有找到"):
        marking.find_quote(items[0], quote)


@pytest.mark.parametrize(("quote", "nth"), [("", 1), ("　 ", 1), ("青岚市", 0)])
def test_an_empty_quote_is_wrong_usage(items: list[ItemRecord], quote: str, nth: int):
    with pytest.raises(WrongUsage):
        marking.find_quote(items[0], quote, nth)


def test_a_third_occurrence_of_two_is_not_found(items: list[ItemRecord]):
    with pytest.raises(NotFound, match="第 3 次"):
        marking.find_quote(items[0], "青岚市", 3)


@given(st.data())
def test_any_part_of_the_text_is_found_by_its_own_words(data: st.DataObject):
    item = ItemRecord(1, 1, 1, "", 1, SEEDS.title, None, "", "", SEEDS.text, "[]", None, False)
    start = data.draw(st.integers(0, len(item.text) - 1))
    end = data.draw(st.integers(start + 1, len(item.text)))
    quote = item.text[start:end]
    if fold(quote):
        at, till = marking.find_quote(item, quote)
        assert item.text[at:till] == quote
        squeezed_at, squeezed_till = marking.find_quote(item, "".join(quote.split()))
        assert fold(item.text[squeezed_at:squeezed_till]) == fold(quote)


def test_the_author_of_a_mark_is_whoever_the_library_was_opened_for(tmp_path: Path, library: Library, items: list[ItemRecord]):
    library.close()
    with Library.open(library.folder, author="李某") as again:
        assert marking.add(again, items[0].id, 0, 3).author == "李某"
        assert marking.add(again, catalogue.items(again, 1)[1].id, 0, 3).text_version == catalogue.issue(again, 1).text_version
