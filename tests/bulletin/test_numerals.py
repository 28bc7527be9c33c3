"""Numbers and dates in every script that bulletins print."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.bulletin.numerals import date_in, issue_number, level_width, number, subscript, superscript

NUMBERS = [
    ("12", 12),
    ("１２", 12),
    ("七", 7),
    ("十", 10),
    ("十二", 12),
    ("二十", 20),
    ("三十一", 31),
    ("一百零三", 103),
    ("一百一十", 110),
    ("〇三", 3),
    ("二〇二五", 2025),
    ("①", 1),
    ("⑳", 20),
    ("¹²", 12),
    ("", None),
    ("甲", None),
    ("1a", None),
]


@pytest.mark.parametrize(("text", "value"), NUMBERS)
def test_number(text, value):
    assert number(text) == value


DATES = [
    ("2025 年 9 月 19 日", ("2025-09-19", "2025年9月19日")),
    ("二〇二五年九月十九日", ("2025-09-19", "二〇二五年九月十九日")),
    ("二○二五年十二月一日印发", ("2025-12-01", "二○二五年十二月一日")),
    ("印于2025-09-19", ("2025-09-19", "2025-09-19")),
    ("2025年9月", ("2025-09", "2025年9月")),
    ("２０２５年９月１日", ("2025-09-01", "２０２５年９月１日")),
    ("2025年13月1日", None),
    ("2025年1月32日", None),
    ("第48期", None),
]


@pytest.mark.parametrize(("text", "expected"), DATES)
def test_date(text, expected):
    assert date_in(text) == expected


ISSUES = [
    ("第 48 期", 48),
    ("第四十八期", 48),
    ("第0012期", 12),
    ("第5-6期", "5-6"),
    ("第5—6期", "5-6"),
    ("第五、六期", "5-6"),
    ("总第128期", 128),
    ("2025年第48期（总第128期）", 48),
    ("增刊1", "增刊1"),
    ("第1期增刊", "增刊1"),
    ("增刊（二）", "增刊2"),
    ("增刊", "增刊"),
    ("本期要点", None),
]


@pytest.mark.parametrize(("text", "expected"), ISSUES)
def test_issue_number(text, expected):
    assert issue_number(text) == expected


@given(st.text())
def test_levelling_keeps_every_character_in_its_place(text):
    assert len(level_width(text)) == len(superscript(text)) == len(subscript(text)) == len(text)


@given(st.text())
def test_any_text_has_an_answer(text):
    number(text)
    date_in(text)
    issue_number(text)


@given(st.integers(0, 99999))
def test_numbers_survive_any_digits(value):
    wide = str(value).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    assert number(str(value)) == number(wide) == number(superscript(str(value))) == value
