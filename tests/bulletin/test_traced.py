"""Whatever is cut, joined or deleted, each character still knows where it is printed."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.bulletin.model import Place
from desktop.bulletin.traced import Traced, join, printed

PAGE = "云岭省科技厅印发测控产业三年行动方案"
cuts = st.tuples(st.integers(0, len(PAGE)), st.integers(0, len(PAGE))).map(sorted)


def true_to(text, page=PAGE):
    covered = [(place.start, place.length) for place in text.places]
    assert all(length > 0 for _, length in covered)
    assert all(a + length <= b for (a, length), (b, _) in pairwise(covered))
    for place in text.places:
        assert text.text[place.start : place.start + place.length] == page[place.char - 100 : place.char - 100 + place.length]


@given(st.lists(cuts, min_size=1, max_size=6), st.sampled_from(["", "\t"]))
def test_joined_parts_stay_true(ranges, separator):
    whole = printed(PAGE, 2, 100)
    joined = join([whole.slice(a, b) for a, b in ranges], separator)
    assert joined.text == separator.join(PAGE[a:b] for a, b in ranges)
    assert sum(place.length for place in joined.places) == sum(b - a for a, b in ranges)
    true_to(joined)


@given(st.sets(st.sampled_from(PAGE)))
def test_what_is_deleted_takes_its_places_along(chars):
    pattern = re.compile("[" + "".join(chars) + "]") if chars else re.compile("(?!)")
    left = printed(PAGE, 2, 100).without_matches(pattern)
    assert left.text == pattern.sub("", PAGE)
    true_to(left)


def test_neighbouring_runs_become_one():
    whole = printed(PAGE, 2, 100)
    assert join([whole.slice(0, 3), whole.slice(3, 9)]).places == (Place(0, 9, 2, 100),)


def test_inserted_characters_have_no_place():
    text = join([printed("天线", 1, 0), printed("阵列", 2, 0)], " ")
    assert [text.place_at(at) for at in (1, 2, 3)] == [Place(0, 2, 1, 0), None, Place(3, 2, 2, 0)]


def test_a_replacement_keeps_the_length():
    with pytest.raises(ValueError, match="length"):
        printed("天线", 1, 0).replaced("天")


@given(st.text(" \t\u3000天", max_size=6))
def test_strip_is_strip(text):
    assert printed(text, 1, 0).strip().text == text.strip()
    assert Traced(text).strip().places == ()
