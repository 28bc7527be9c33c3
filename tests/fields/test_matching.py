from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.bulletin.folding import fold
from desktop.fields.context import BODY_NAME, MIXED_LIST, MODIFIER, PLAIN_LIST, dampings
from desktop.fields.jsonform import load_vocabulary
from desktop.fields.matching import hits, lexicon

VOCABULARY = load_vocabulary()


def found(text: str) -> list[str]:
    return [hit.term.text for hit in hits(text, lexicon(VOCABULARY))[1]]


def fields(text: str) -> list[str]:
    return [hit.field for hit in hits(text, lexicon(VOCABULARY))[1]]


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("研制国产算力芯片", ["算力芯片"]),  # the longest word only, not 算力 and 芯片
        ("放射性核素制备", ["放射性核素"]),
        ("发放算力券500万元", ["算力券"]),
        ("发放算 力\n券500万元", ["算力券"]),  # blanks and line breaks inside
        ("ＰＥＴ和pet", ["PET", "PET"]),  # widths and case
        ("镓-68和镓—68", ["镓-68", "镓-68"]),  # dash forms
    ],
)
def test_the_longest_word_is_found_however_it_is_printed(text, terms):
    assert found(text) == terms


@pytest.mark.parametrize(
    "text",
    [
        "初中试卷",  # 中试
        "加强通信创新",  # 信创
        "产业链上下游",  # 链上
        "CARBON",  # AR
        "15G流量",  # 5G
        "核心指标、考核办法和审核流程",
        "生态环境厅、工业和信息化部",
        "快速健康有序发展",
    ],
)
def test_accidental_and_excluded_words_are_no_evidence(text):
    assert not {"中试", "信创", "链上", "AR", "5G", "生态环境"} & set(found(text))


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("研制工业机器人和机器人", "装备制造"),
        ("机器人辅助手术", "生物医药"),
        ("开展动力电池回收", "资源环保"),
        ("研制动力电池储能", "绿色低碳"),
        ("建设作物种质资源", "综合"),
        ("建设药用植物种质资源", "生物医药"),
        ("卫星成功发射", "航空航天"),
        ("卫星宽带接入", "电子信息"),
        ("回收废旧光伏电站板材", "资源环保"),  # a longer word keeps the rules of the ambiguous one in it
        ("回收废旧板材。建设光伏电站", "绿色低碳"),
    ],
)
def test_an_ambiguous_word_is_decided_by_its_sentence(text, field):
    assert fields(text)[-1] == field


def test_a_sentence_does_not_decide_for_the_next():
    assert fields("开展手术。研制机器人") == ["生物医药", "装备制造"]


@pytest.mark.parametrize(
    ("text", "shares"),
    [
        ("支持集成电路、中药、污水处理等发展", [MIXED_LIST] * 3),
        ("支持疫苗、抗体药物、中药等发展", [PLAIN_LIST] * 3),
        ("支持集成电路、中药发展", [1.0, 1.0]),  # two words without 等 are a subject, not a list
        ("建设低空经济智算中心", [MODIFIER, 1.0]),  # a computing centre, whatever it is called after
        ("依托云溪航空航天大学", [BODY_NAME]),
        ("支持航空航天企业联合大学攻关", [1.0]),
    ],
)
def test_words_in_lists_names_and_compounds_count_less(text, shares):
    folded, inside = hits(text, lexicon(VOCABULARY))
    assert dampings(folded, inside) == pytest.approx(shares)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="中试初卷通信创新产业链上算力券核药医AR5G1-—　 ㎏℃，。、", max_size=40))
def test_every_hit_is_its_term_and_none_overlaps_another(text):
    folded, inside = hits(text, lexicon(VOCABULARY))
    assert folded == fold(text)
    reached = 0
    for hit in inside:
        assert fold(text[hit.first : hit.last]) == folded[hit.start : hit.end] == fold(hit.term.text)
        assert hit.first >= reached
        reached = hit.last
