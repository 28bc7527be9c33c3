"""What happens to a text on its way does not change what it says: cut anywhere, doubled at the cut, blanks strewn about."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.bulletin.model import Issue
from desktop.bulletin.parsing import parse
from tests.bulletin.copies import may_cut, recognised, typed
from tests.bulletin.dresses import DRESSES
from tests.bulletin.gazette import Printed, blocks, expected
from tests.bulletin.specimen import text_pages
from tests.bulletin.test_dresses import comes_back, news_for, read_back

DRESS = DRESSES[0]
PRINTED = blocks(DRESS, news_for(DRESS))
TEXTS = [at for at, block in enumerate(PRINTED) if block.kind == "text"]
REDUPLICATED = "人个层事家户天年月日时处步声种件样条句字代次点村县市省级项位名门行业常渐慢好多大小重"
KINDS = (
    ("masthead", "contents-head", "contents"),
    ("section", "title", "text", "note"),
    ("foot",),
)
SEAM = re.compile(r"(?<=[\u4e00-\u9fff])(?=[0-9A-Za-z])|(?<=[0-9A-Za-z])(?=[\u4e00-\u9fff])")


def cut_at(block: int, at: int, doubled: int = 0) -> str:
    text = PRINTED[block].text
    halves = text[:at], text[at - doubled :]
    pieces = [Printed("text", half) for half in halves]
    return typed([*PRINTED[:block], *pieces, *PRINTED[block + 1 :]])


@pytest.mark.parametrize("block", TEXTS, ids=lambda block: PRINTED[block].text[:8])
def test_a_page_cut_at_any_place_of_a_paragraph_leaves_no_trace(block):
    text = PRINTED[block].text
    for at in range(6, len(text)):
        if may_cut(text, at):
            comes_back(text_pages(cut_at(block, at)), DRESS, news_for(DRESS))


def doubtful(block: int) -> list[int]:
    """Where a doubled character is no Chinese word."""
    text = PRINTED[block].text
    single = [at for at in range(7, len(text)) if may_cut(text, at) and text[at - 1] != text[at]]
    return [at for at in single if "\u4e00" <= text[at - 1] <= "\u9fff" and text[at - 1] not in REDUPLICATED]


@pytest.mark.parametrize("block", TEXTS, ids=lambda block: PRINTED[block].text[:8])
def test_a_character_doubled_at_a_cut_is_dropped_and_doubted(block):
    for at in doubtful(block):
        issue = parse(text_pages(cut_at(block, at, doubled=1)))
        assert isinstance(issue, Issue)
        assert read_back(issue) == expected(DRESS, news_for(DRESS))
        assert [doubt.code for doubt in issue.doubts] == ["duplicate-removed"]


@given(st.sampled_from(DRESSES), st.data())
@settings(max_examples=60, deadline=None)
def test_blanks_between_chinese_and_western_characters_say_nothing(dress, data):
    def strewn(block: Printed) -> str:
        if block.kind not in ("text", "title"):
            return block.text
        return SEAM.sub(lambda _: " " if data.draw(st.booleans()) else "", block.text)

    parts = news_for(dress)
    comes_back(text_pages("\n\n".join(map(strewn, blocks(dress, parts)))), dress, parts)


@given(st.sampled_from([dress for dress in DRESSES if dress.contents_head]), st.integers(0, 10_000), st.integers(150, 700))
@settings(max_examples=60, deadline=None)
def test_pages_of_any_length_leave_no_trace(dress, seed, room):
    parts = news_for(dress)
    comes_back(text_pages(recognised(blocks(dress, parts), seed, room)), dress, parts)


def everything(issue: Issue) -> str:
    """All that the parser made of an issue, what it declared as removed included."""
    head, foot = issue.masthead, issue.distribution
    said = [head.title, head.date_text, *head.issuers, head.classification or "", *foot.to, *foot.cc, issue.printed_by]
    for section in issue.sections:
        said += [section.name, *(passage.marker + passage.text for item in section.items for passage in item.passages)]
    return "".join(said + [doubt.message for doubt in issue.doubts])


@given(st.lists(st.tuples(st.integers(0, 3000), st.sampled_from("，。\n（）一、【】¹ABC　")), max_size=12))
@settings(max_examples=80, deadline=None)
def test_whatever_is_strewn_into_a_body_no_character_of_it_is_lost(strewn):
    head, body, foot = (typed([b for b in PRINTED if (b.kind in kinds)]) for kinds in KINDS)
    for at, char in strewn:
        body = body[: at % len(body)] + char + body[at % len(body) :]
    issue = parse(text_pages(head + "\n" + body + "\n" + foot))
    assert isinstance(issue, Issue)
    chinese = Counter(char for char in body if "\u4e00" <= char <= "\u9fff")
    assert not chinese - Counter(everything(issue))
