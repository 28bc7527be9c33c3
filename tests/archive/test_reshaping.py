"""Fields are renamed, merged and split with their tags, after a preview, and one undo takes all of it back."""

from __future__ import annotations

import dataclasses

import pytest

from db.records import ItemRecord
from desktop.archive import reshaping, suggesting, tagging, undoing, vocabularies
from desktop.archive.library import Library
from desktop.errors import KnownError
from desktop.fields.reshape import merge, next_version, rename, split


def shown(library: Library) -> list[tuple[str, str]]:
    return [(tag.field, tag.subfield) for tag in tagging.tags(library)]


def test_a_field_is_renamed_with_its_tags_and_refusals_and_the_old_name_still_serves(library: Library, items: list[ItemRecord]):
    tagging.tag(library, items[0].id, "装备制造", "智能装备")
    tagging.tag(library, items[0].id, "装备制造")
    tagging.refuse(library, items[1].id, "装备制造")
    change = rename(library.vocabulary, "装备制造", "高端装备产业群")
    assert any("1处标注由“装备制造›智能装备”改为“高端装备产业群›智能装备”" in said for said in reshaping.preview(library, change))
    assert shown(library) == [("装备制造", "智能装备"), ("装备制造", "")]
    assert reshaping.apply(library, change) == 2
    assert shown(library) == [("高端装备产业群", "智能装备"), ("高端装备产业群", "")]
    assert tagging.tag(library, items[1].id, "装备制造").field == "高端装备产业群"
    undoing.undo(library)
    assert suggesting.suggest(library, items[1].id) == []
    undoing.undo(library)
    assert shown(library) == [("装备制造", "智能装备"), ("装备制造", "")]
    assert library.vocabulary.field("装备制造").name == "装备制造"


def test_a_merged_subfield_brings_its_words_and_tags_and_doubles_none(library: Library, items: list[ItemRecord]):
    tagging.tag(library, items[0].id, "数字经济", "大数据")
    tagging.tag(library, items[0].id, "数字经济", "物联网")
    tagging.tag(library, items[1].id, "数字经济", "物联网")
    change = merge(library.vocabulary, "数字经济/物联网", "数字经济/大数据")
    reshaping.apply(library, change)
    assert shown(library) == [("数字经济", "大数据")] * 2
    names = [sub.name for sub in library.vocabulary.field("数字经济").subfields]
    assert "物联网" not in names
    words = {term.text for term in library.vocabulary.field("数字经济").subfield("大数据").terms}
    assert {"物联网", "数据要素"} <= words
    undoing.undo(library)
    assert sorted(shown(library)) == sorted([("数字经济", "大数据"), ("数字经济", "物联网"), ("数字经济", "物联网")])


def test_a_split_takes_words_along_and_leaves_the_tags(library: Library, items: list[ItemRecord]):
    tagging.tag(library, items[0].id, "电子信息", "先进计算")
    change = split(library.vocabulary, "电子信息/先进计算", "智能算力", "ZNSL", ["算力", "智算中心"])
    assert reshaping.preview(library, change)[1:] == ["现有标注不变。"]
    assert reshaping.apply(library, change) == 0
    assert {term.text for term in library.vocabulary.field("电子信息").subfield("智能算力").terms} == {"算力", "智算中心"}
    assert shown(library) == [("电子信息", "先进计算")]


def test_tags_of_another_plan_keep_their_name_and_version(library: Library, items: list[ItemRecord]):
    tagging.tag(library, items[0].id, "装备制造")
    vocabularies.install(library, dataclasses.replace(library.vocabulary, version="川科高〔2027〕1号"))
    reshaping.apply(library, rename(library.vocabulary, "装备制造", "智能装备与机器人"))
    (tag,) = tagging.tags(library)
    assert (tag.field, tag.vocabulary) == ("装备制造", "川科高〔2022〕19号")


def test_each_revision_has_a_version_of_its_own():
    assert next_version("川科高〔2022〕19号") == "川科高〔2022〕19号（修订1）"
    assert next_version("川科高〔2022〕19号（修订9）") == "川科高〔2022〕19号（修订10）"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda v: rename(v, "综合", "其他"),
        lambda v: rename(v, "装备制造", "生物医药"),
        lambda v: rename(v, "装备制造", " "),
        lambda v: rename(v, "没有", "别的"),
        lambda v: rename(v, "低空经济", "别的"),
        lambda v: merge(v, "数字经济", "电子信息"),
        lambda v: merge(v, "数字经济/大数据", "数字经济/大数据"),
        lambda v: split(v, "电子信息/先进计算", "智能算力", "ZNSL", ["没有的词"]),
        lambda v: split(v, "电子信息/先进计算", "集成电路", "ZNSL", ["算力"]),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(library: Library, spoil):
    with pytest.raises(KnownError):
        spoil(library.vocabulary)
