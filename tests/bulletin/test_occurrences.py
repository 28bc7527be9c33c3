"""Every hit is lit at its place, however the text spells it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.bulletin.folding import fold
from desktop.bulletin.occurrences import occurrences


@pytest.mark.parametrize(
    ("text", "query", "lit"),
    [
        ("算力券与算力", "算力", ["算力", "算力"]),
        ("奖励 500 万元", "500万元", ["500 万元"]),
        ("称为“小巨人”企业", '"小巨人"', ["“小巨人”"]),
        ("ＡＩ与ai", "AI", ["ＡＩ", "ai"]),
        ("一\n二三", "一二", ["一\n二"]),
        ("面积3㎡", "m2", ["㎡"]),
        ("哈哈哈", "哈哈", ["哈哈哈"]),
        ("无", "有", []),
    ],
)
def test_what_is_lit(text, query, lit):
    assert [text[start:end] for start, end in occurrences(text, [fold(query)])] == lit


@given(st.text(max_size=60), st.integers(0, 59), st.integers(1, 6))
def test_each_part_of_a_text_is_found_in_it(text, start, length):
    term = fold(text[start : start + length])
    ranges = occurrences(text, [term])
    assert bool(ranges) == bool(term)
    assert all(set(fold(text[a:b])) for a, b in ranges)
    assert ranges == sorted(ranges)
