"""Fields on items, points and marks: once each, by any of their names, and taken away again."""

from __future__ import annotations

import pytest

from db.records import ItemRecord, RefusalRecord
from desktop.archive import marking, tagging, undoing
from desktop.archive.library import Library
from desktop.errors import NotFound, WrongUsage


def test_a_field_is_put_on_an_item_once_with_the_version_of_the_vocabulary(library: Library, items: list[ItemRecord]):
    first = tagging.tag(library, items[0].id, "生物医药")
    again = tagging.tag(library, items[0].id, "生物医药")
    assert first == again
    assert tagging.tags(library) == [first]
    assert (first.field, first.subfield, first.point, first.mark) == ("生物医药", "", None, None)
    assert first.vocabulary == library.vocabulary.version
    assert undoing.undo(library) == "标注领域：生物医药"
    assert undoing.undo_name(library) is None


def test_item_point_mark_and_subfield_are_targets_of_their_own(library: Library, items: list[ItemRecord]):
    subfield = library.vocabulary.field("生物医药").subfields[0].name
    mark = marking.add(library, items[0].id, 0, 3)
    tagging.tag(library, items[0].id, "生物医药")
    tagging.tag(library, items[0].id, "生物医药", subfield)
    tagging.tag(library, items[0].id, "生物医药", point=2)
    tagging.tag(library, items[0].id, "生物医药", mark=mark.uid)
    targets = [(tag.subfield, tag.point, tag.mark) for tag in tagging.tags(library, item=items[0].id)]
    assert targets == [("", None, None), (subfield, None, None), ("", 2, None), ("", None, mark.uid)]
    assert tagging.untag(library, items[0].id, "生物医药", point=2)
    assert [tag.point for tag in tagging.tags(library)] == [None, None, None]


def test_the_general_field_and_a_code_are_fields_too(library: Library, items: list[ItemRecord]):
    code = library.vocabulary.field("生物医药").code
    assert tagging.tag(library, items[0].id, "综合").field == "综合"
    assert tagging.tag(library, items[0].id, code).field == "生物医药"


def test_toggling_puts_on_and_takes_away_and_says_which(library: Library, items: list[ItemRecord]):
    assert tagging.toggle(library, items[0].id, "生物医药")
    assert not tagging.toggle(library, items[0].id, "生物医药")
    assert tagging.tags(library) == []
    assert undoing.undo(library) == "取消领域：生物医药"
    assert [tag.field for tag in tagging.tags(library)] == ["生物医药"]


def test_taking_away_what_is_not_there_says_so_and_leaves_no_step(library: Library, items: list[ItemRecord]):
    assert not tagging.untag(library, items[0].id, "生物医药")
    assert undoing.undo_name(library) is None


def test_tags_are_listed_by_issue_and_item(library: Library, items: list[ItemRecord]):
    second = tagging.tag(library, items[1].id, "生物医药")
    first = tagging.tag(library, items[0].id, "综合")
    assert tagging.tags(library, issue=items[0].issue) == [first, second]
    assert tagging.tags(library, item=items[1].id) == [second]


@pytest.mark.parametrize(
    ("field", "target", "error"),
    [
        ("炼金术", {}, NotFound),
        ("生物医药/炼金术", {}, NotFound),
        ("生物医药", {"point": 9}, NotFound),
        ("生物医药", {"mark": "没有"}, NotFound),
        ("生物医药", {"point": 1, "mark": "没有"}, WrongUsage),
    ],
)
def test_unknown_fields_and_targets_are_refused(
    library: Library, items: list[ItemRecord], field: str, target, error: type[Exception]
):
    with pytest.raises(error):
        tagging.tag(library, items[0].id, *field.split("/"), **target)
    assert tagging.tags(library) == []


def test_a_mark_of_another_item_is_no_target(library: Library, items: list[ItemRecord]):
    mark = marking.add(library, items[1].id, 0, 3)
    with pytest.raises(NotFound):
        tagging.tag(library, items[0].id, "生物医药", mark=mark.uid)


def test_a_refused_field_stays_refused_until_it_is_tagged_by_hand(library: Library, items: list[ItemRecord]):
    tagging.refuse(library, items[0].id, "生物医药")
    tagging.refuse(library, items[0].id, "生物医药", point=1)
    tagging.refuse(library, items[0].id, "生物医药")
    whole, point = RefusalRecord(items[0].id, None, "生物医药"), RefusalRecord(items[0].id, 1, "生物医药")
    assert tagging.refusals(library, items[0].id) == [whole, point]
    tagging.tag(library, items[0].id, "生物医药")
    assert tagging.refusals(library, items[0].id) == [point]
    undoing.undo(library)
    assert sorted(tagging.refusals(library, items[0].id), key=str) == sorted([whole, point], key=str)
    assert undoing.undo(library) == "不再建议：生物医药"
