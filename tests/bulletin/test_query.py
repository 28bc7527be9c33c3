"""What may be typed into the search box, and what it then means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.bulletin import query
from desktop.bulletin.folding import fold

TEXT = fold(
    "望江市建成首个光子芯片中试平台，投入500 万元。“小巨人”企业达1.2万家，AI+政务 上线（68Ga 标记）。\n二是建设新区|开发区。"
)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("光", True),
        ("光子", True),
        ("光子芯片中试", True),
        ("光 芯", True),
        ("光子　芯片", True),  # the blank of Chinese input methods
        ("光子 量子", False),
        ("光子 | 量子", True),
        ("量子|光子", True),
        ("量子 OR 光子", True),
        ("量子 or 光子", False),  # small letters are text
        ("光子 量子 | 芯片 中试", True),  # and binds stronger than or
        ("光子 -量子", True),
        ("光子 -芯片", False),
        ("-量子", True),
        ("-光子", False),
        ('"500 万元"', True),
        ("500万元", True),
        ("５００ 万元", True),
        ('"万元 500"', False),
        ('光子 -"500 万元"', False),
        ('"AI+政务上', True),  # still typing: not closed yet
        ("ai+政务", True),
        ("ＡＩ＋", True),
        ("68ga", True),
        ("“小巨人”", True),
        ("「小巨人」", True),
        ("”小巨人“", True),
        ("“大巨人”", False),
        ("(68Ga 标记)", True),
        ("。二是", True),  # a line break between
        ('"区|开"', True),
        ("区｜开", True),  # the wide bar is text
        ("-—光子", True),  # excludes "—光子"
        ("1.2万", True),
        ("12万", False),
    ],
)
def test_a_query_finds_the_text_or_not(typed, found):
    assert query.parse(typed).matches(TEXT) is found


@pytest.mark.parametrize("typed", ["", " ", "　\n", "|", "OR", "-", "- | -", '""', '"', '-"', "\u200b", "\0", "OR | OR"])
def test_a_query_that_says_nothing_finds_nothing(typed):
    assert not query.parse(typed).alternatives
    assert not query.parse(typed).matches(TEXT)


def test_each_term_counts_once():
    assert query.parse("芯片 ＡＩ 芯片 ai | 芯 片 -x -X") == query.Query(
        (query.Alternative(("芯片", "ai"), ()), query.Alternative(("芯", "片"), ("x",)))
    )
    assert query.parse("芯片 光 | 光 -子").terms == ("芯片", "光")


@given(st.text(st.characters() | st.sampled_from('|-" OR')))
def test_no_text_is_an_error_and_only_folded_terms_come_out(typed):
    for required, excluded in query.parse(typed).alternatives:
        assert required or excluded
        assert all(term and fold(term) == term for term in required + excluded)


@given(st.text(), st.data())
def test_any_quoted_part_of_a_text_is_found_in_it(text, data):
    start = data.draw(st.integers(0, len(text)))
    part = text[start : data.draw(st.integers(start, len(text)))].replace('"', "")
    if part in text and fold(part):
        assert query.parse(f'"{part}"').matches(fold(text))
        assert not query.parse(f'-"{part}"').matches(fold(text))


def test_a_hundred_thousand_characters_are_read_at_once():
    assert len(query.parse("光子芯片" * 25_000).terms) == 1
    assert len(query.parse("光 子 | " * 20_000).alternatives) == 1
    assert query.parse('"' + "- " * 50_000).terms == (fold("- " * 50_000),)
