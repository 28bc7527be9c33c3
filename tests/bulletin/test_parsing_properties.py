"""What holds for the parser on any pages at all: it answers, it loses nothing, and every character knows its place."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.bulletin.folding import squash
from desktop.bulletin.jsonform import passages_from_json, passages_to_json
from desktop.bulletin.model import Document, Issue, PassageKind
from desktop.bulletin.pages import Bookmark, Box, Line, Page, Pages, Span
from desktop.bulletin.parsing import parse
from tests.bulletin.specimen import HEAD, issue, items, text_pages

FRAGMENTS = [
    "第 12 期",
    "本期要点",
    "【省内要情】",
    "我省培育深空测控产业",
    "目 录",
    "第一章 总则",
    "云科高〔2024〕7号",
    "专栏 1",
    "表 1 目标",
    "（1）",
    "(2) ",
    "（一）",
    "一、",
    "1. ",
    "①",
    "¹ ",
    "²",
    "**",
    "三是",
    "二是建中心。",
    "近日，",
    "。",
    "；",
    "：",
    "，",
    "”",
    "天线",
    "主送：",
    "抄送：",
    "2024年3月8日印发",
    "● ",
    "……2",
    "100 万元",
    "$ZrO_2$",
    "<sup>1</sup>",
    "---",
    "A",
    " ",
    "\t",
    "\u3000\u3000",
    "�",
    "\ue000",
]
lines = st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=4), max_size=6).map("".join)
texts = st.lists(lines, max_size=25).map("\n".join)
sizes = st.sampled_from((0.0, 9.0, 14.0, 16.0, 22.0))
places = st.floats(-50, 900, allow_nan=False)
spans = st.builds(
    Span, st.text(st.sampled_from("天线（1）¹。省 \t"), min_size=1, max_size=8), sizes, st.just("Song"), st.booleans()
)


@st.composite
def printed_pages(draw):
    pages = []
    for number in range(1, draw(st.integers(1, 4))):
        found, first = [], 0
        for at in range(draw(st.integers(0, 12))):
            words = tuple(draw(st.lists(spans, min_size=1, max_size=3)))
            x, y = draw(places), draw(places)
            found.append(Line(words, first, at + 1, Box(x, y, x + draw(st.floats(0, 500)), y + draw(st.floats(0, 40)))))
            first += sum(len(span.text) for span in words)
        turned = draw(st.sampled_from((0, 90, 180, 270)))
        pages.append(Page(number, tuple(found), 595.0, 842.0, turned=turned))
    marks = draw(st.lists(st.builds(Bookmark, st.integers(1, 4), st.sampled_from(FRAGMENTS), st.integers(1, 9)), max_size=3))
    return Pages("pdf", tuple(pages), tuple(marks), "x.pdf")


@given(texts)
@settings(max_examples=150, deadline=None)
def test_any_text_is_parsed(text):
    holds_together(text_pages(text))


@given(texts, st.booleans())
@settings(max_examples=100, deadline=None)
def test_any_text_below_a_masthead_is_an_issue(text, listed):
    pages = text_pages(HEAD + ("\n本期要点\n" if listed else "\n") + text)
    assert isinstance(parse(pages), (Issue, Document))
    holds_together(pages)


@given(printed_pages())
@settings(max_examples=150, deadline=None)
def test_any_print_is_parsed(pages):
    holds_together(pages)


def holds_together(pages):
    parsed = parse(pages)
    chars = {page.number: page.text for page in pages.pages}
    for item in items(parsed):
        assert item.passages[0].kind is PassageKind.TITLE
        assert passages_from_json(passages_to_json(item.passages)) == item.passages
        for passage in item.passages:
            for place in passage.places:
                words = passage.text[place.start : place.start + place.length]
                assert len(words) == place.length
                assert printed_as(chars[place.page][place.char : place.char + place.length], words)


def printed_as(page, words):
    """Equal, apart from what is declared: blanks of any kind, numbers raised or lowered by their markup."""
    plain = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉", "01234567890123456789")
    return all(
        a == b or (a.isspace() and b.isspace()) for a, b in zip(page.translate(plain), words.translate(plain), strict=True)
    )


SENTENCES = (
    "建成天线12副。",
    "投入 120 余项、超",
    "1 亿元，",
    "开放“一网三中心”",
    "数据；",
    "设立基金。",
    "使用WIFI 6网络。",
    "成效明显：",
    "惠及人",
    "人。",
)
paragraphs = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4).map("".join)
bodies = st.lists(paragraphs, min_size=1, max_size=10)


@given(bodies, st.booleans())
@settings(max_examples=100, deadline=None)
def test_no_character_of_the_body_is_lost_or_invented(body, numbered):
    marks = [f"（{at}）" if numbered else "" for at in range(1, len(body) + 1)]
    text = "\n\n".join(mark + words for mark, words in zip(marks, body, strict=True))
    parsed = issue(f"【省内要情】\n\n我省培育深空测控产业\n\n近日，方案印发。\n\n{text}", "省内要情……2\n● 我省培育深空测控产业")
    passages = [passage for item in items(parsed) for passage in item.passages][2:]
    out = "".join(passage.marker + passage.text for passage in passages)
    sentences = (doubt.message for doubt in parsed.doubts if doubt.code == "duplicate-removed")
    removed = "".join(sentence.removeprefix("接续处重复的“").removesuffix("”已删去一次，请核对原件。") for sentence in sentences)
    assert Counter(squash(text)) == Counter(squash(out)) + Counter(squash(removed))


@given(bodies, st.integers(1, 4))
@settings(max_examples=60, deadline=None)
def test_blank_lines_do_not_matter(body, blank):
    shapes = []
    for separator in ("\n\n", "\n" * blank):
        text = separator.join(body)
        shapes.append(items(issue(f"【省内要情】\n\n我省培育深空测控产业\n\n{text}", "省内要情……2\n● 我省培育深空测控产业")))
    assert [[p.text for p in item.passages] for item in shapes[0]] == [[p.text for p in item.passages] for item in shapes[1]]


@given(st.integers(1, 60))
@settings(max_examples=60, deadline=None)
def test_a_page_cut_anywhere_within_a_point_leaves_it_whole(at):
    text = "（1）统筹布局、加快建设。支持测控企业联合高校院所共建天线阵列和数据中心，对符合条件的项目给予补助，"
    whole = text + "推动装备更新。（2）"[:7]
    cut = whole[:at] + "\n\n" + whole[at:] if 4 <= at < len(whole) and whole[at - 1] not in "。：" else whole
    contents = "省内要情……2\n● 我省培育深空测控产业"
    start = "【省内要情】\n\n我省培育深空测控产业\n\n近日，方案印发。\n\n"
    (item,) = items(issue(start + cut, contents))
    (same,) = items(issue(start + whole, contents))
    assert [squash(passage.text) for passage in item.passages] == [squash(passage.text) for passage in same.passages]
