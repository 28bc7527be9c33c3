"""The words around a hit, as the list of results shows them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.archive.snippets import LENGTH, snippet
from desktop.bulletin.folding import fold

FAR = "。" + "空" * 300 + "。"


def lit(text, *terms, begin=0):
    shown = snippet(text, [fold(term) for term in terms], begin)
    return [shown.text[start:end] for start, end in shown.ranges]


@pytest.mark.parametrize(
    ("text", "terms", "shown"),
    [
        ("光子芯片", ["芯"], ["芯"]),
        ("５００　万\n元", ["500万元"], ["５００　万 元"]),
        ("面积3㎡", ["m"], ["㎡"]),
        ("人人人", ["人人"], ["人人人"]),
        ("甲乙", ["甲", "乙"], ["甲", "乙"]),
        ("光" + FAR + "光 子", ["光", "子"], ["光", "子"]),  # where both are, not where one is first
        ("光" + FAR * 20 + "光子", ["光", "子"], ["光", "子"]),  # however far
        ("甲" + "空" * 9 + "甲" + "空" * 39 + "乙" + FAR, ["甲", "乙"], ["甲", "甲", "乙"]),  # also before the first of the pair
        ("光" + FAR + "光", ["光"], ["光"]),
        ("光" * 300, ["光" * 200], ["光" * 120]),
        ("光子", ["量"], []),
        ("", ["量"], []),
    ],
)
def test_all_hits_that_are_shown_are_lit(text, terms, shown):
    assert lit(text, *terms) == shown


def test_the_first_hit_is_shown_with_what_stands_before_and_after_it():
    text = "前" * 100 + "光子" + "后" * 100
    shown = snippet(text, ["光子"])
    assert (len(shown.text), shown.start, shown.end) == (LENGTH, 100, 102)
    assert shown.text.startswith("前" * 16 + "光子后")


def test_no_snippet_begins_with_a_stop():
    shown = snippet("前" * 30 + "，" + "间" * 15 + "光子" + "后" * 100, ["光子"])
    assert shown.text.startswith("间" * 15 + "光子")
    assert shown.ranges == ((15, 17),)
    assert shown.cut[0]


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("前" * 100 + "光子" + "后" * 100, (True, True)),
        ("光子" + "后" * 100, (False, True)),
        ("前" * 100 + "光子", (True, False)),
        ("光子", (False, False)),
        ("题" * 100 + "\n光子" + "后" * 58 + "\n" + "段" * 100, (True, True)),
        ("题" * 100 + "\n" + "前" * 16 + "光子" + "后" * 42 + "\n" + "段" * 100, (False, False)),  # a paragraph, no more
        ("没有" * 50, (False, True)),
    ],
)
def test_it_is_told_where_the_paragraph_goes_on(text, cut):
    assert snippet(text, ["光子"]).cut == cut


def test_at_the_end_of_a_text_more_is_shown_of_what_stands_before():
    assert snippet("前" * 100 + "光子", ["光子"]).text == "前" * 58 + "光子"


def test_what_stands_before_the_beginning_is_neither_searched_nor_shown():
    shown = snippet("光子标题\n正文光子", ["光子"], begin=5)
    assert (shown.text, shown.ranges, shown.start, shown.end) == ("正文光子", ((2, 4),), 7, 9)


def test_line_breaks_are_shown_as_blanks_and_count_as_before():
    shown = snippet("一\n二\r\n三\u2028光", ["光"])
    assert (shown.text, shown.ranges) == ("一 二  三 光", ((7, 8),))


@given(st.text(max_size=600), st.data())
def test_any_part_of_a_text_is_found_and_lit_in_it(text, data):
    start = data.draw(st.integers(0, len(text)))
    term = fold(text[start : start + data.draw(st.integers(0, 20))])
    if not term:
        return
    shown = snippet(text, [term])
    assert term in fold(text[shown.start : shown.end])
    assert fold(text).index(term) == len(fold(text[: shown.start])) or fold(text[: shown.start + 1]) != fold(text[: shown.start])
    for begin, end in shown.ranges:
        assert 0 <= begin < end <= len(shown.text)
    assert len(shown.text) <= 2 * LENGTH
