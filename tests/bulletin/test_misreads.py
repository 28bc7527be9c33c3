"""What was probably misread is shown, and nothing that prose may say."""

from __future__ import annotations

import pytest

from desktop.bulletin.pages import Line, Page, Pages, Span
from desktop.bulletin.parsing import parse
from tests.bulletin.specimen import HEAD, codes, issue, items

START = "【省内要情】\n\n我省培育深空测控产业\n\n"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("以镥-68（Ge-68）为原料的发生器。", "镥-68（Ge-68）"),
        ("培育创新型企业 and 产业集群。", "新型企业and产业集群"),
        ("对照发展目标目标开展评估。", "目标目标"),
    ],
)
def test_a_likely_misread_is_doubted_and_kept(text, words):
    parsed = issue(START + text, "省内要情……2\n● 我省培育深空测控产业")
    assert [(doubt.code, words in doubt.message) for doubt in parsed.doubts] == [("likely-misread", True)]
    assert items(parsed)[0].passages[1].text == text.replace(" ", "")


def test_the_doubt_names_the_line_of_the_words_and_not_of_their_paragraph():
    parsed = issue(START + "近日，方案印发，\n\n对照发展目标目标开展评估。", "省内要情……2\n● 我省培育深空测控产业")
    lines = (HEAD + "\n本期要点\n\n省内要情……2\n● 我省培育深空测控产业\n\n" + START + "近日，方案印发，\n\n对照").split("\n")
    assert [(doubt.page, doubt.line) for doubt in parsed.doubts] == [(1, len(lines))]


def test_an_entry_without_text_is_doubted_where_the_contents_list_it():
    parsed = issue(START + "近日，方案印发。", "省内要情……2\n● 我省培育深空测控产业\n● 青枫县建成测控数据中心")
    (doubt,) = parsed.doubts
    assert (doubt.code, doubt.line) == ("contents-entry-not-found", (HEAD + "\n本期要点\n\n省内要情\n\n").count("\n") + 1)


@pytest.mark.parametrize(
    "text",
    [
        "锗-68（Ge-68）发生器投用。",
        "研发R and D平台。",
        "层层压实责任，人人参与。",
        "镓-68（如PSMA）标记。",
        "开展WIFI 6与AI for Science研究。",
    ],
)
def test_good_prose_is_not_doubted(text):
    assert codes(issue(START + text, "省内要情……2\n● 我省培育深空测控产业")) == []


def one_page(text):
    return Pages("pdf", (Page(1, (Line((Span(text),), 0, 1),)),), name="a.pdf")


@pytest.mark.parametrize("text", ["鑾睙鍘呭彂甯冩湀搴﹁皟搴﹀鎶ュ勾鑰冩牳鏈哄埗鎺ㄥ姩", "ÃÀÊ¡¿Æ¼¼Ìü·¢²¼ÐÂ²úÒµ¹ú¼Ò²¿ÃÅÁªºÏ"])
def test_a_text_layer_of_senseless_characters_is_doubted(text):
    assert codes(parse(one_page(text)))[:1] == ["text-garbled"]


@pytest.mark.parametrize(
    "text",
    [
        "近日，省科技厅印发三年行动方案，培育深空测控产业，建设天线阵列和数据中心。",
        "Plain English text of some length, without any Chinese.",
    ],
)
def test_a_sound_text_layer_is_not(text):
    assert codes(parse(one_page(text))) == []
