"""A plan gives the vocabulary its names and order; what was known about them stays."""

from __future__ import annotations

import pytest

from desktop.errors import UnreadableFile
from desktop.fields.from_plan import vocabulary_from_plan
from desktop.fields.jsonform import load_vocabulary
from tests.bulletin.specimen import document

PLAN = """云岭省科学技术厅文件

云科高〔2026〕3号

云岭省“十五五”产业发展规划（2026—2030年）

一、规划背景

（一）现状基础

基础扎实。

二、重点领域

（一）生物医药

1. 生物药。发展新型疫苗。

2. 合成生物。发展底盘细胞。

（二）深空测控

1. 测控天线。发展天线阵列。

三、重点任务

（一）强化攻关

组织项目。
"""


@pytest.fixture(scope="module")
def base():
    return load_vocabulary()


@pytest.fixture(scope="module")
def built(base):
    return vocabulary_from_plan(document(PLAN), base)


def test_fields_and_subfields_are_those_of_the_plan_in_its_order(built):
    names = [(field.number, field.name, [sub.name for sub in field.subfields]) for field in built.fields]
    assert names == [(1, "生物医药", ["生物药", "合成生物"]), (2, "深空测控", ["测控天线"])]


def test_version_and_years_are_those_of_the_plan(built):
    assert (built.version, built.valid) == ("云科高〔2026〕3号", (2026, 2030))


def test_what_was_known_under_the_same_name_stays(built, base):
    former, now = base.field("生物医药"), built.field("生物医药")
    kept = tuple(term for term in former.subfield("生物药").terms if term.text != "合成生物")
    assert (now.code, now.subfield("生物药").terms) == (former.code, kept)
    dropped = {term.text for sub in former.subfields if sub.name != "生物药" for term in sub.terms}
    assert dropped <= {term.text for term in now.terms}


def test_a_word_goes_where_the_plan_uses_it_as_a_name(built):
    homes = [term.subfield for field in built.all_fields for term in field.every_term() if term.text == "合成生物"]
    assert homes == ["合成生物"]


def test_new_names_speak_for_themselves(built):
    (sub,) = built.field("深空测控").subfields
    assert [(term.text, term.weight) for term in sub.terms] == [("测控天线", 3)]


def test_nothing_points_to_what_is_gone(built):
    places = {(choice.field, choice.subfield) for choice in built.choices()}
    assert all((redirect.field, redirect.subfield) in places for redirect in built.redirects)
    assert all(tag.hint.partition("/")[::2] in places for tag in built.local_tags)


def test_a_paper_without_fields_is_refused(base):
    with pytest.raises(UnreadableFile, match="没有找到划分领域的章节"):
        vocabulary_from_plan(document(PLAN[: PLAN.index("二、")]), base)
