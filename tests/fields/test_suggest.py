from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.bulletin.folding import fold
from desktop.bulletin.model import Item, Passage, PassageKind
from desktop.errors import NotFound
from desktop.fields.jsonform import load_vocabulary
from desktop.fields.suggest import plain_passages, suggest, suggest_text
from tests.fields.fresh import FRESH, HARDER, LATER
from tests.fields.labelled import ITEMS, Labelled

WORDS = [term.text for field in load_vocabulary().all_fields for term in field.every_term()]


def point(number: int, text: str) -> Passage:
    return Passage(PassageKind.POINT, text, number=number, head=text.partition("。")[0])


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.title)
def test_an_official_would_agree_with_the_first_suggestion(item: Labelled, vocabulary):
    shown = [suggestion.field for suggestion in suggest_text(item.title, item.text, vocabulary)]
    assert (shown[0] if shown else "") == item.field


def test_hardly_any_shown_field_is_wrong(vocabulary):
    wrong = [
        f"{item.title}: {shown.field}"
        for item in ITEMS
        for shown in suggest_text(item.title, item.text, vocabulary)
        if shown.field not in (item.field, *item.also)
    ]
    assert len(wrong) <= 2, wrong


@pytest.mark.parametrize(("items", "least"), [(FRESH, 78), (HARDER, 53), (LATER, 33)], ids=["fresh", "harder", "later"])
def test_items_written_before_the_words_were_looked_at_get_their_field(items: tuple[Labelled, ...], least: int, vocabulary):
    shown = [(item, [suggestion.field for suggestion in suggest_text(item.title, item.text, vocabulary)]) for item in items]
    wrong = [f"{item.title}: {fields}" for item, fields in shown if (fields[0] if fields else "") != item.field]
    assert len(items) - len(wrong) >= least, wrong
    extra = [field for item, fields in shown for field in fields if field not in (item.field, *item.also)]
    assert len(extra) <= 5


@pytest.mark.parametrize(
    ("text", "term", "where"),
    [
        ("发布核医疗发展规划\n近日，有关部门作出部署。", "核医疗", "title"),
        ("关于发展规划的通知\n近日，核医疗发展规划发布，核医疗企业响应。", "核医疗", "lead"),
        ("关于发展规划的通知\n近日发布。\n（1）发展核医疗。核医疗企业响应。", "核医疗", "head"),
        ("关于发展规划的通知\n近日发布。\n（1）明确目标。核医疗和核医学、放射性核素优先。", "核医疗", "body"),
    ],
)
def test_each_reason_says_where_its_best_place_is(text, term, where, vocabulary):
    reasons = suggest_text("", text, vocabulary)[0].evidence
    assert {reason.where for reason in reasons if reason.term == term} == {where}


def test_a_word_in_the_title_outweighs_a_word_in_running_text(vocabulary):
    shown = suggest_text("量子通信取得进展", "近日，有关单位召开会议。\n会议提到虚拟电厂。", vocabulary)
    assert [suggestion.field for suggestion in shown] == ["电子信息"]


def test_a_list_of_fields_in_passing_tags_none_of_them(vocabulary):
    text = "近日，主管部门通报情况，入选企业分布在集成电路、航空发动机、新材料、中药、污水处理等领域。"
    assert suggest_text("名单公布", text, vocabulary) == []


def test_support_measures_do_not_hide_the_field_named_in_the_title(vocabulary):
    text = "近日，有关部门印发措施。\n（1）引进高层次人才。\n（2）支持专精特新企业。\n（3）建设重点实验室。"
    assert suggest_text("支持生物医药产业发展", text, vocabulary)[0].field == "生物医药"
    assert suggest_text("支持创新主体发展", text, vocabulary)[0].field == "综合"


def test_a_point_is_judged_by_what_sets_it_apart_from_its_item(vocabulary):
    passages = (
        Passage(PassageKind.TITLE, "支持算力发展"),
        Passage(PassageKind.LEAD, "近日，有关部门印发措施支持算力发展。"),
        point(1, "建设算力中心。支持建设智算中心和算力调度平台。"),
        point(2, "推动绿电消纳。支持算力设施接入虚拟电厂，参与需求响应和绿电交易。"),
    )
    fields = [suggest("支持算力发展", passages, vocabulary, point=number)[0].field for number in (1, 2)]
    assert fields == ["电子信息", "绿色低碳"]


def test_a_subject_that_runs_through_all_points_does_not_decide_for_one(vocabulary):
    title = "推动服务型制造发展"
    passages = (
        Passage(PassageKind.TITLE, title),
        Passage(PassageKind.LEAD, "近日，有关部门印发方案。"),
        point(1, "推广服务型制造模式。支持企业开展技术改造，建设智能工厂。"),
    )
    assert suggest(title, passages, vocabulary, point=1)[0].field == "技改升级"


def test_the_title_decides_between_a_named_field_and_one_that_is_only_talked_about(vocabulary):
    text = "近日，有关单位发布成果，与污水处理对照。\n（1）走访垃圾焚烧企业。交流情况。\n（2）参观绿色矿山。交流情况。"
    assert suggest_text("量子通信取得进展", text, vocabulary)[0].field == "电子信息"
    assert suggest_text("工作取得进展", text, vocabulary)[0].field == "资源环保"


def test_words_that_every_item_mentions_are_no_reason_in_passing(vocabulary):
    passing = "近日，会议召开。\n会议提到知识产权工作。会议提到中试条件。会议提到成果转化。会议提到融资。"
    assert suggest_text("会议召开", passing, vocabulary) == []
    assert suggest_text("加强知识产权工作", passing, vocabulary)[0].field == "科技服务"


def test_a_further_field_needs_more_reason_than_a_first_one(vocabulary):
    further = "园区改善水质。园区处理污水。园区还建有垃圾处理设施。"
    assert suggest_text("某项目投产", f"近日，某项目投产。\n{further}", vocabulary)[0].field == "资源环保"
    shown = suggest_text("某项目投产", f"近日，某集成电路项目投产。\n{further}", vocabulary)
    assert [suggestion.field for suggestion in shown] == ["电子信息"]


def test_a_point_that_does_not_exist_is_said_in_a_sentence(vocabulary):
    with pytest.raises(NotFound, match="没有第（7）点"):
        suggest("标题", (Passage(PassageKind.LEAD, "正文。"),), vocabulary, point=7)


def test_a_refused_field_does_not_come_back(vocabulary):
    item = ITEMS[0]
    assert item.field not in {
        shown.field for shown in suggest_text(item.title, item.text, vocabulary, refused=frozenset({item.field}))
    }


def test_general_comes_first_or_not_at_all(vocabulary):
    for item in ITEMS:
        assert "综合" not in [shown.field for shown in suggest_text(item.title, item.text, vocabulary)][1:]


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("标题", "标题\n正文。", ["标题", "正文。"]),
        ("标题", "正文。", ["标题", "正文。"]),
        ("", "第一行是标题\n正文。", ["第一行是标题", "正文。"]),
        ("", "只有一段正文。", ["", "只有一段正文。"]),
        ("", "", [""]),
        ("标题", "导语。\n\n(2) 要点。其余。", ["标题", "导语。", "要点。其余。"]),
    ],
)
def test_plain_text_becomes_title_lead_and_points(title, text, expected):
    assert [passage.text for passage in plain_passages(title, text)] == expected


PIECES = st.lists(
    st.one_of(st.sampled_from(WORDS), st.sampled_from("的和、，。 　（）\n等初试产ａＡ1㎏"), st.text(max_size=3)), max_size=25
)
TEXTS = PIECES.map("".join)


@settings(max_examples=150, deadline=None)
@given(title=TEXTS, lead=TEXTS, body=TEXTS)
def test_every_reason_stands_exactly_where_it_is_shown(title, lead, body):
    passages = (Passage(PassageKind.TITLE, title), Passage(PassageKind.LEAD, lead), point(1, body))
    text = Item(passages).text
    for number in (None, 1):
        for suggestion in suggest(title, passages, VOCABULARY, point=number):
            assert suggestion.evidence
            assert 0 < suggestion.score < 1
            for reason in suggestion.evidence:
                assert reason.count == len(reason.places) > 0
                assert {fold(text[start:end]) for start, end in reason.places} == {fold(reason.term)}


@settings(max_examples=60, deadline=None)
@given(title=TEXTS, lead=TEXTS)
def test_blanks_in_the_text_change_no_suggestion(title, lead):
    spaced = tuple(Passage(kind, " ".join(text)) for kind, text in ((PassageKind.TITLE, title), (PassageKind.LEAD, lead)))
    plain = (Passage(PassageKind.TITLE, title), Passage(PassageKind.LEAD, lead))
    assert [(s.field, s.score) for s in suggest("", spaced, VOCABULARY)] == [
        (s.field, s.score) for s in suggest("", plain, VOCABULARY)
    ]


VOCABULARY = load_vocabulary()
