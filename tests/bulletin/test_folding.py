"""Which spellings count as the same when texts are compared and searched."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.bulletin.folding import fold, fold_with_offsets, offsets_of, squash


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("５００万 元", "500万元"),
        ("“小巨人”", '"小巨人"'),
        ("「小巨人」", "“小巨人”"),
        ("‘链主’", "'链主'"),
        ("ＡＩ＋", "ai+"),
        ("API", "api"),
        ("２０２５—２０２７年", "2025-2027年"),
        ("中国–古巴", "中国－古巴"),
        ("（三）", "(三)"),
        ("12％", "12%"),
        ("安东尼・里维斯", "安东尼·里维斯"),
        ("新质\n　　生产力", "新质生产力"),
        ("新\u200b质\ufeff生产\u00ad力", "新质生产力"),
        ("⑴ ㎡ Ⅲ", "(1)m2iii"),
        ("Straße", "STRASSE"),
    ],
)
def test_the_same_said_in_other_signs_folds_alike(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("光", "先"), ("1.2", "12"), ("《", "〈"), ("台湾", "臺灣"), ("A", "B")])
def test_what_differs_stays_different(one, other):
    assert fold(one) != fold(other)


def test_folding_twice_changes_nothing_and_leaves_no_blank_or_hidden_sign():
    for char in map(chr, (*range(0x20000), *range(0x2F800, 0x2FA20), *range(0xE0000, 0xE0200))):
        folded = fold(char)
        assert fold(folded) == folded
        assert all(unicodedata.category(sign) not in ("Cc", "Cf", "Zs", "Zl", "Zp") for sign in folded)
        assert not any("\uff01" <= sign <= "\uff5e" or "A" <= sign <= "Z" for sign in folded)


@given(st.text(), st.text())
def test_parts_fold_as_they_do_within_the_whole(head, tail):
    assert fold(head + tail) == fold(head) + fold(tail)


@given(st.text())
def test_offsets_lead_each_folded_character_back_to_its_source(text):
    folded, offsets = fold_with_offsets(text)
    assert folded == fold(text)
    assert len(offsets) == len(folded) + 1
    assert offsets == sorted(offsets)
    assert offsets[-1] == len(text)
    assert all(sign in fold(text[at]) for sign, at in zip(folded, offsets, strict=False))


@given(st.text(st.sampled_from("光子 \n—“AＡß㎡Ⅲ\u200b5")), st.data())
def test_a_few_characters_are_led_back_as_all_of_them_are(text, data):
    folded, offsets = fold_with_offsets(text)
    places = data.draw(st.lists(st.integers(0, len(folded) - 1))) if folded else []
    assert offsets_of(text, places) == [offsets[place] for place in places]


def test_squashing_removes_white_space_only():
    assert squash(" 新　质\n生\t产力 Ａ\u200b") == "新质生产力Ａ\u200b"
