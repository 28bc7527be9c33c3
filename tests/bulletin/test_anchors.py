"""A mark is found again in a text that has changed, or it is said to be gone; it never slips to other words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.bulletin.anchors import find, make
from desktop.bulletin.folding import fold

TEXT = "我省培育深空测控产业\n近日，省科技厅印发方案，投入 120 余项，支持天线阵列建设。\n下一步，将支持天线阵列开放共享。"
QUOTE = "支持天线阵列"


FIRST, SECOND = TEXT.index(QUOTE), TEXT.rindex(QUOTE)


def refound(changed, start=FIRST, quote=QUOTE, text=TEXT):
    anchor = make(text, start, start + len(quote))
    place = find(changed, anchor.quote, anchor.prefix, anchor.suffix, anchor.start)
    return None if place is None else (place[0], changed[place[0] : place[1]])


def test_an_unchanged_text_gives_the_same_place():
    for start in (FIRST, SECOND):
        assert refound(TEXT, start) == (start, QUOTE)


def test_words_inserted_before_move_the_mark():
    changed = "【更正】" + TEXT
    assert refound(changed, SECOND) == (changed.rindex(QUOTE), QUOTE)


def test_context_tells_equal_quotations_apart_even_at_the_old_place():
    changed = TEXT.replace("\n近日", "\n" + "预" * (SECOND - FIRST) + "近日")
    assert changed.index(QUOTE) == SECOND
    assert refound(changed, SECOND) == (changed.rindex(QUOTE), QUOTE)


def test_blanks_and_widths_do_not_matter():
    assert refound("投入120余项", 0, "投入 120 余项", "投入 120 余项") == (0, "投入120余项")
    assert refound("称“小巨人”企业", 1, "“小巨人”", '称"小巨人"企业'.replace('"小', "“小").replace('人"', "人”")) == (
        1,
        "“小巨人”",
    )
    assert refound("投入１２０ 余项。", 0, "120余", "120余项") == (2, "１２０ 余")


def test_a_quotation_that_is_gone_is_not_guessed():
    assert refound(TEXT.replace(QUOTE, "")) is None
    assert refound(TEXT.replace("，支持天线阵列建设", "")) is None, "the same words further on are others"
    assert refound(TEXT[:FIRST] + "另行安排经费" + TEXT[FIRST + len(QUOTE) :]) is None
    assert refound("") is None


def test_a_quotation_in_which_something_was_corrected_is_found_by_what_stands_around_it():
    changed = TEXT.replace("投入 120 余项，支持天线", "投入120余项，支撑天线", 1)
    assert refound(changed) == (changed.index("支撑天线"), "支撑天线阵列")
    long = "".join(f"第{n}项任务由第{n}处承担，" for n in range(40))
    text = f"前言部分说明来由。{long}结语部分说明去向。"
    changed = text.replace("第20项任务", "第20项重点任务").replace("第7项", "第七项").replace("前言", "序言")
    start = text.index(long)
    assert refound(changed, start, long, text) == (start, changed[start:-9])


@pytest.mark.parametrize("bounds", [(3, 3), (5, 2), (-1, 2), (0, 10**6)])
def test_impossible_ranges_are_refused(bounds):
    with pytest.raises(ValueError, match="no such range"):
        make(TEXT, *bounds)


@given(st.data())
def test_what_is_found_is_what_was_marked(data):
    start = data.draw(st.integers(0, len(TEXT) - 1))
    end = data.draw(st.integers(start + 1, len(TEXT)))
    at = data.draw(st.integers(0, len(TEXT)))
    changed = TEXT[:at] + data.draw(st.text("省 天线\n，", max_size=20)) + TEXT[at:]
    anchor = make(TEXT, start, end)
    place = find(changed, anchor.quote, anchor.prefix, anchor.suffix, anchor.start)
    says_little = len(fold(anchor.quote)) < 16 and start - 32 <= at <= end + 32  # too short to stand alone, its context torn
    assert place is not None or start <= at <= end or says_little
    if place is not None and not start <= at <= end:
        assert fold(changed[slice(*place)]) == fold(anchor.quote)
    elif place is not None:
        assert start <= place[0] < place[1] <= end + len(changed) - len(TEXT)


@given(st.integers(0, len(TEXT) - 1), st.integers(1, 30))
def test_an_unchanged_text_gives_the_same_place_for_any_range(start, length):
    anchor = make(TEXT, start, min(len(TEXT), start + length))
    assert find(TEXT, anchor.quote, anchor.prefix, anchor.suffix, start) == (start, min(len(TEXT), start + length))
