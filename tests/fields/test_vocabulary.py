from __future__ import annotations

import copy
import json
import re
from pathlib import Path

import pytest

from desktop.errors import KnownError, NotFound, UnreadableFile
from desktop.fields.export import vocabulary_text, vocabulary_to_json
from desktop.fields.jsonform import BUILT_IN, load_vocabulary, vocabulary_from_json
from desktop.fields.versions import conflicts
from desktop.fields.vocabulary import InvalidVocabulary

TEN = ["电子信息", "航空航天", "装备制造", "先进材料", "绿色低碳", "生物医药", "资源环保", "科技服务", "技改升级", "数字经济"]


@pytest.fixture
def data(vocabulary) -> dict:
    return copy.deepcopy(vocabulary_to_json(vocabulary))


def test_the_ten_fields_stand_in_the_order_of_the_plan_with_their_46_subfields(vocabulary):
    assert [field.name for field in vocabulary.fields] == TEN
    assert [field.number for field in vocabulary.fields] == list(range(1, 11))
    assert [len(field.subfields) for field in vocabulary.fields] == [7, 3, 3, 4, 4, 5, 5, 7, 3, 5]
    assert vocabulary.version == "川科高〔2022〕19号"
    assert vocabulary.valid == (2021, 2025)
    assert vocabulary.all_fields[-1].name == "综合"
    assert [len(axis.entries) for axis in vocabulary.axes] == [3, 7, 4]


@pytest.mark.parametrize("name", ["生物医药", "SWYY", "swyy", "医药健康", "6", 6, "生物 医药"])
def test_a_field_answers_to_name_code_alias_and_number(name, vocabulary):
    assert vocabulary.field(name).name == "生物医药"


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("生物医药/高端医疗器械及设备", ("生物医药", "高端医疗器械及设备")),
        ("生物医药／生物药", ("生物医药", "生物药")),
        ("生物医药/", ("生物医药", "")),
        ("KJFW/5", ("科技服务", "科技金融服务")),
        ("szjj/qkl", ("数字经济", "区块链")),
        ("新材料", ("先进材料", "")),
        ("综合", ("综合", "")),
        ("综合/农业农村", ("综合", "农业农村")),
        ("量子科技", ("电子信息", "量子科技")),
        ("营造良好环境", ("保障措施", "营造良好环境")),
        ("重点任务/关键核心技术攻关", ("重点任务", "关键核心技术攻关")),
        ("低空经济", ("低空经济", "")),
    ],
)
def test_a_tag_is_read_as_people_write_it(text, tag, vocabulary):
    assert vocabulary.parse_tag(text) == tag


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("生物医要", "生物医药"),
        ("数字经剂/大数据", "数字经济"),
        ("电子信息/集成电", "集成电路"),
        ("保障措施/良好环境", "营造良好环境"),
    ],
)
def test_an_unknown_name_is_answered_with_the_nearest(text, hint, vocabulary):
    with pytest.raises(NotFound, match=f"是否指“{hint}”"):
        vocabulary.parse_tag(text)


def test_a_name_like_nothing_is_answered_with_where_to_look(vocabulary):
    with pytest.raises(NotFound, match="fields"):
        vocabulary.parse_tag("qqqq")


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("szjj", "数字经济"),
        ("SZJJ", "数字经济"),
        ("医疗器械", "生物医药/高端医疗器械及设备"),
        ("jcdl", "电子信息/集成电路"),
        ("8.5", "科技服务/科技金融服务"),
        ("10", "数字经济"),
        ("量子", "电子信息/量子科技"),
        ("zh", "综合"),
        ("营商", "综合/营商环境"),
        ("虚拟电厂", "绿色低碳/智能电网"),
        ("yzlhhj", "保障措施/营造良好环境"),
    ],
)
def test_the_palette_finds_by_chinese_initials_code_number_and_term(query, first, vocabulary):
    assert vocabulary.find(query)[0].tag == first


def test_whatever_the_palette_offers_can_be_tagged(vocabulary):
    for choice in vocabulary.choices():
        assert vocabulary.parse_tag(choice.tag) == (choice.field, choice.subfield)
    assert vocabulary.find("") == []
    assert len(vocabulary.find("k", limit=3)) == 3


def test_codes_are_pinyin_initials(vocabulary):
    assert all(re.fullmatch("[A-Z]{2,16}", choice.code) for choice in vocabulary.choices())


def test_what_is_exported_can_be_read_back_and_is_the_shipped_file(vocabulary, tmp_path):
    file = tmp_path / "词表.json"
    file.write_text(vocabulary_text(vocabulary), encoding="utf-8")
    again = load_vocabulary(file)
    assert vocabulary_to_json(again) == vocabulary_to_json(vocabulary)
    assert file.read_text(encoding="utf-8") == BUILT_IN.read_text(encoding="utf-8")
    assert max(len(line) for line in vocabulary_text(vocabulary).splitlines()) < 200


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"{", "第1行"),
        (b"[]", "不是本程序的领域词表"),
        (b'{"schema": 99}', "不是本程序的领域词表"),
        (b'{"schema": 1}', "缺少“version”"),
        ("词".encode("gb18030"), "UTF-8"),
    ],
)
def test_a_file_that_is_no_vocabulary_is_refused_in_a_sentence(content, said, tmp_path):
    file = tmp_path / "词表.json"
    file.write_bytes(content)
    with pytest.raises(InvalidVocabulary, match=said) as refused:
        load_vocabulary(file)
    assert str(refused.value).endswith("。")


def test_a_missing_file_is_refused_in_a_sentence():
    with pytest.raises(UnreadableFile, match="无法打开领域词表"):
        load_vocabulary(Path("/nonexistent/词表.json"))


def _twice(data):
    data["fields"][1]["subfields"][0]["terms"]["3"].append("集成电路")


def _nowhere(data):
    data["ambiguous"][0]["near"][0]["to"] = "数字经济/没有"


def _unlisted(data):
    data["ambiguous"][0]["term"] = "没有列入的词"


def _same_code(data):
    data["fields"][1]["code"] = "DZXX"


def _weight(data):
    data["fields"][0]["subfields"][0]["terms"]["7"] = ["某词"]


def _not_words(data):
    data["not_evidence"] = ["核心", 3]


def _local(data):
    data["local_tags"][0]["hint"] = "航空航天/没有"


def _axis(data):
    data["general"]["subfields"][0]["axis"] = "没有"


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (_twice, "同时列在"),
        (_nowhere, "指向不存在"),
        (_unlisted, "未列入任何领域"),
        (_same_code, "重复"),
        (_weight, "权重“7”"),
        (_not_words, "文字的列表"),
        (_axis, "第二维度"),
        (_local, "低空经济"),
    ],
)
def test_a_mistake_made_by_hand_is_named(spoil, said, data):
    spoil(data)
    with pytest.raises(KnownError, match=said):
        vocabulary_from_json(json.loads(json.dumps(data)))


def test_the_vocabulary_in_force_does_not_conflict_with_itself(vocabulary):
    assert conflicts(load_vocabulary(), vocabulary) == []


def test_an_import_shows_first_what_would_change_for_existing_tags(data, vocabulary):
    data["version"] = "川科高〔2027〕1号"
    data["fields"][0]["name"] = "新一代电子信息"
    data["fields"][2]["subfields"][0]["name"] = "铁路与轨道"
    del data["fields"][6]["subfields"][4]
    data["ambiguous"] = []  # rules would point at what is gone now
    data["fields"][9]["synonyms"]["3"].append("算力券")
    data["fields"][0]["subfields"][4]["synonyms"]["2"].remove("算力券")
    said = conflicts(vocabulary_from_json(data), vocabulary)
    for part in ("“电子信息”改名为“新一代电子信息”", "改名为“铁路与轨道”", "“资源环保/水污染控制”在新词表中没有", "词语“算力券”"):
        assert any(part in sentence for sentence in said), part


def test_the_same_version_with_other_content_is_a_conflict(data, vocabulary):
    data["not_evidence"].append("某词")
    assert any("版本号" in sentence for sentence in conflicts(vocabulary_from_json(data), vocabulary))
