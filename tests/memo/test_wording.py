"""The fixed phrases: numbers, dates, source lines and the lead-in as an office writes them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.memo.model import Group, Memo, Source
from desktop.memo.wording import (
    book,
    chinese_date,
    citation,
    file_stem,
    lead_in,
    month_span,
    numeral,
    source_line,
    title_lines,
)
from tests.memo import samples


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (60, "六十"), (99, "九十九"), (100, "一百"), (101, "一百零一"),
     (110, "一百一十"), (1000, "一千"), (1001, "一千零一"), (1010, "一千零一十")],
)  # fmt: skip
def test_numbers_are_counted_in_chinese(number, words):
    assert numeral(number) == words


@pytest.mark.parametrize(("iso", "words"), [("2031-09-05", "2031年9月5日"), ("2031-12-31", "2031年12月31日"), ("", "")])
def test_dates_have_the_whole_year_and_no_zero(iso, words):
    assert chinese_date(iso) == words


@pytest.mark.parametrize(
    ("dates", "words"),
    [(["2031-09-01"], "2031年9月"), (["2031-12-01", "2031-09-19"], "2031年9月—12月"),
     (["2031-11-02", "2032-02-01"], "2031年11月—2032年2月"), ([""], "")],
)  # fmt: skip
def test_a_period_names_its_months(dates, words):
    assert month_span(dates) == words


@pytest.mark.parametrize(
    ("source", "line"),
    [
        (Source("望江内参", "48", "2031-09-19", "省内要情"), "（《望江内参》第48期，2031年9月19日，省内要情）"),
        (Source("望江内参", "5-6", "2031-02-01", ""), "（《望江内参》第5-6期，2031年2月1日）"),
        (Source("望江内参", "增刊1", "2031-02-01", ""), "（《望江内参》增刊1，2031年2月1日）"),
        (Source("望江规划", "", "", "总体要求"), "（《望江规划》，总体要求）"),
    ],
)
def test_a_source_line_comes_from_the_record(source, line):
    assert source_line(source) == line
    assert citation(source) in line


def test_a_title_in_a_title_has_single_brackets():
    assert book("关于印发《种业方案》的通知") == "《关于印发〈种业方案〉的通知》"
    assert book("《种业方案》") == "《种业方案》"


def _memo(*sources, topic=""):
    found = tuple(samples.excerpt(n, source=source) for n, source in enumerate(sources, 1))
    return Memo("题", "", (Group("省内要情", found),), "2031-12-05", topic=topic)


@pytest.mark.parametrize(
    ("sources", "issues"),
    [
        ([("甲刊", "48", "2031-09-19")], "《甲刊》2031年第48期"),
        (
            [("甲刊", "57", "2031-12-01"), ("甲刊", "47", "2031-09-12"), ("甲刊", "52", "2031-10-27")],
            "《甲刊》2031年第47期至第57期",
        ),
        ([("甲刊", "51", "2031-12-26"), ("甲刊", "2", "2032-01-09")], "《甲刊》2031年第51期至2032年第2期"),
        ([("甲刊", "9", "2031-03-01"), ("乙规划", "", "2030-10-17")], "《甲刊》2031年第9期、《乙规划》"),
    ],
)
def test_the_lead_in_states_issues_and_count(sources, issues):
    memo = _memo(*(Source(*source, "省内要情") for source in sources), topic="种业领域")
    assert lead_in(memo) == f"现将{issues}中种业领域信息摘编如下，共{len(sources)}条，供参阅。"


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("《望江创新内参》甘薯种业信息摘编", ("《望江创新内参》甘薯种业信息摘编",)),
        ("《望江创新内参》科技服务、数字经济领域信息摘编", ("《望江创新内参》科技服务、", "数字经济领域信息摘编")),
        (
            "望江市推进高水平种业振兴和现代农业体系建设有关情况摘编",
            ("望江市推进高水平种业振兴和", "现代农业体系建设有关情况摘编"),
        ),
    ],
)
def test_a_title_is_cut_where_the_sense_allows(title, lines):
    assert title_lines(title) == lines


@given(st.text("甘薯种业创新信息摘编《》“”（）、，2031年第三期A", max_size=90))
def test_title_lines_keep_every_character_and_the_limit(title):
    lines = title_lines(title)
    assert "".join(lines) == title
    if any(len(line) > 20 for line in lines):
        assert lines == (title,)
    for before, after in pairwise(lines):
        assert not (before[-1].isdigit() and after[0].isdigit())
        assert after[0] not in "，、》”）"
        assert before[-1] not in "《“（"


@pytest.mark.parametrize(
    ("title", "stem"),
    [
        ("《望江创新内参》生物医药领域信息摘编", "生物医药领域信息摘编_20311205"),
        ("周报:一/二*三", "周报一二三_20311205"),
        ("《只有书名》", "《只有书名》_20311205"),
        ("...", "信息摘编_20311205"),
        ("长" * 200, "长" * 60 + "_20311205"),
    ],
)
def test_the_file_is_named_after_the_memo(title, stem):
    assert file_stem(Memo(title, "", (), "2031-12-05")) == stem
