"""What stands where in a memo, whatever the format."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.bulletin.folding import squash
from desktop.memo.model import Group, Memo, Note
from desktop.memo.outline import HEADINGS, BlockKind, blocks, comment_paragraphs, printed, quoted_runs
from tests.memo import samples


def kinds(memo):
    return [str(block.kind) for block in blocks(memo)]


def test_the_order_of_a_whole_memo():
    memo = samples.memo(1, protective_mark="内部资料　注意保存")
    assert kinds(memo) == [
        "mark", "blank", "title", "period", "blank", "addressee", "lead-in", "group", "heading", "comment", "comment",
        "excerpt", "excerpt", "excerpt", "source", "blank", "attachments", "blank", "unit", "date",
        "annex", "blank", "annex-title", "blank", "table"]  # fmt: skip


def test_what_is_not_set_is_left_out():
    memo = samples.memo(2, addressee="", period="", unit="", with_table=False)
    assert {"mark", "period", "addressee", "unit", "attachments", "annex", "table"}.isdisjoint(kinds(memo))


def test_a_classification_goes_before_the_protective_mark():
    first = blocks(samples.memo(1, classification="秘密★1年", protective_mark="内部资料　注意保存"))[0]
    assert first.text == "秘密★1年"


def test_left_out_points_and_cut_sentences_are_marked_differently():
    found = blocks(samples.memo(3, samples.Grouping.ISSUE))
    headings = [block.text for block in found if block.kind is BlockKind.HEADING]
    tails = [block.tail for block in found if block.tail]
    assert [text.endswith("（节选）") for text in headings] == [False, True, False]
    assert tails == ["……（节选）"]


def test_without_grouping_the_excerpts_are_the_first_level_in_their_order():
    memo = samples.memo(3, samples.Grouping.NONE)
    headings = [block.text for block in blocks(memo) if block.kind in HEADINGS]
    assert [text[:2] for text in headings] == ["一、", "二、", "三、"]
    assert [text[2:].removesuffix("（节选）") for text in headings] == [one.title for one in memo.excerpts]
    assert {block.kind for block in blocks(memo) if block.kind in HEADINGS} == {BlockKind.LONE_HEADING}
    alone = samples.memo(1, samples.Grouping.NONE)
    assert [block.text for block in blocks(alone) if block.kind in HEADINGS] == [alone.excerpts[0].title]


def test_the_cells_of_a_quoted_table_do_not_run_into_one_another():
    row = "甘薯\t1200\t万斤\t\t¹见注"
    one = samples.excerpt(1, paragraphs=(row,), source_text=row, notes=(Note("1", "注文。", 0, row.index("¹")),))
    found = [
        block for block in blocks(Memo("题", "", (Group("省内要情", (one,)),), "2031-12-05")) if block.kind is BlockKind.EXCERPT
    ]
    assert [run.text for run in found[0].runs] == ["甘薯 1200 万斤", "见注"]


def test_the_closing_stays_with_the_text_before_it():
    found = blocks(samples.memo(2))
    date = next(at for at, block in enumerate(found) if block.kind is BlockKind.DATE)
    source = max(at for at, block in enumerate(found) if block.kind is BlockKind.SOURCE)
    assert all(block.keep for block in found[source:date])


def test_a_note_of_unknown_place_is_printed_under_the_excerpt():
    one = samples.excerpt(1, notes=(Note("1", "方案见市政府网站。", -1, 0),))
    found = blocks(Memo("题", "", (Group("省内要情", (one,)),), "2031-12-05"))
    at = next(at for at, block in enumerate(found) if block.kind is BlockKind.NOTE)
    assert found[at].text == "注：方案见市政府网站。"
    assert found[at + 1].kind is BlockKind.SOURCE


@pytest.mark.parametrize(
    ("text", "offset", "before", "after"),
    [("产业体系¹，促进", 4, "产业体系", "，促进"), ("产业体系①。", 4, "产业体系", "。"), ("无记号处，", 4, "无记号处", "，")],
)
def test_the_printed_sign_gives_way_to_the_call(text, offset, before, after):
    runs = quoted_runs(text, (Note("1", "注文", 0, offset),))
    assert [(run.text, run.note) for run in runs] == [(before, "注文"), (after, "")]


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("增长 20 %", "增长20 %"),
        ("AI  model", "AI model"),
        ("古巴心 中国情", "古巴心 中国情"),
        ("\t一\x07二\n", "一二"),
        ("", ""),
    ],
)
def test_print_form(text, clean):
    assert printed(text).replace(" ", "") == clean.replace(" ", "")
    assert "  " not in printed(text)


@given(st.text())
def test_print_form_loses_only_white_space_and_control_characters(text):
    kept = "".join(char for char in text if squash(printed(char)))
    assert squash(printed(text)) == squash(kept)
    assert printed(printed(text)) == printed(text)


@pytest.mark.parametrize(
    ("comment", "paragraphs"),
    [("", ()), ("建议研究。", ("【按语】建议研究。",)), ("【摘要】一。\n\n二。", ("【摘要】一。", "二。"))],
)
def test_the_authors_own_words_are_labelled(comment, paragraphs):
    assert comment_paragraphs(comment) == paragraphs
