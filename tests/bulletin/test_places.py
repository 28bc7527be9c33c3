"""Translating between an item's text and the printed page loses nothing and invents nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.bulletin.model import Passage, PassageKind, Place
from desktop.bulletin.places import PlaceMap


@st.composite
def printed_items(draw):
    """Items printed over pages: passages cut into runs, page numbers and markers of no item between, page breaks anywhere."""
    items, page, char = [], 1, 0
    for item in range(1, draw(st.integers(1, 4)) + 1):
        passages = []
        for _ in range(draw(st.integers(1, 3))):
            length = draw(st.integers(1, 30))
            places, at = [], 0
            while at < length:
                run = draw(st.integers(1, length - at))
                if draw(st.booleans()):
                    page, char = page + 1, 0
                char += draw(st.integers(0, 3))
                places.append(Place(at, run, page, char))
                char += run
                at += run + draw(st.integers(0, 1))  # a blank inserted at a line end is printed nowhere
            passages.append(Passage(PassageKind.PARAGRAPH, "字" * length, tuple(places)))
        items.append((item, tuple(passages)))
    return items


def printed_characters(items):
    for item, passages in items:
        at = 0
        for passage in passages:
            for place in passage.places:
                for n in range(place.length):
                    if place.start + n < len(passage.text):
                        yield item, at + place.start + n, place.page, place.char + n
            at += len(passage.text) + 1


@given(printed_items())
def test_every_printed_character_leads_to_its_text_and_back(items):
    places = PlaceMap(items)
    for item, offset, page, char in printed_characters(items):
        assert places.locate(page, char) == (item, offset)
        assert places.characters(item, offset, offset + 1) == [(page, char, char + 1)]
        assert places.printed(item, offset) == (page, char)
        assert places.nearest(page, char) == (item, offset)


@given(printed_items(), st.data())
def test_the_characters_of_a_stretch_are_exactly_its_printed_ones(items, data):
    places = PlaceMap(items)
    item, _ = data.draw(st.sampled_from(items))
    length = len(places.text(item))
    start = data.draw(st.integers(0, length))
    end = data.draw(st.integers(start, length))
    expected = [(p, c) for i, offset, p, c in printed_characters(items) if i == item and start <= offset < end]
    got = [(page, char) for page, first, last in places.characters(item, start, end) for char in range(first, last)]
    assert got == expected


@given(printed_items(), st.data())
def test_what_a_drag_marks_was_under_the_drag(items, data):
    places = PlaceMap(items)
    printed = [(page, char) for _, _, page, char in printed_characters(items)]
    a, b = sorted((data.draw(st.sampled_from(printed)), data.draw(st.sampled_from(printed))))
    found = places.span(*a, b[0], b[1] + 1)
    assert found is not None
    item, start, end = found
    inside = [(page, char) for page, first, last in places.characters(item, start, end) for char in range(first, last)]
    assert inside
    assert all(a <= place <= b for place in inside)


@given(printed_items(), st.data())
def test_dragging_over_a_stretch_within_one_item_marks_that_stretch(items, data):
    places = PlaceMap(items)
    item = data.draw(st.sampled_from([item for item, _ in items]))
    own = [(offset, page, char) for i, offset, page, char in printed_characters(items) if i == item]
    first = data.draw(st.integers(0, len(own) - 1))
    last = data.draw(st.integers(first, len(own) - 1))
    (start, page_a, char_a), (end, page_b, char_b) = own[first], own[last]
    assert places.span(page_a, char_a, page_b, char_b + 1) == (item, start, end + 1)


def passage(text, *places, kind=PassageKind.PARAGRAPH):
    return Passage(kind, text, tuple(Place(*place) for place in places))


# One item: a body of 40 characters that goes from page 1 to page 2, and a footnote of 10 at the foot of page 1.
# Page 1: body 5–25, footnote 25–35, page number 35–38. Page 2: body 0–20, then the page number.
FOOTED = PlaceMap([
    (7, (passage("正" * 40, (0, 20, 1, 5), (20, 20, 2, 0)), passage("注" * 10, (0, 10, 1, 25), kind=PassageKind.FOOTNOTE))),
])  # fmt: skip


@pytest.mark.parametrize(
    ("drag", "marked"),
    [
        ((1, 10, 2, 5), (7, 5, 25)),  # across the page break: the footnote in between is left out
        ((1, 10, 2, 20), (7, 5, 40)),  # and is not added behind the end of the body
        ((1, 5, 1, 30), (7, 0, 20)),  # down into the footnote: not the rest of the body on the next page
        ((1, 20, 1, 35), (7, 41, 51)),  # mostly the footnote
        ((1, 26, 1, 38), (7, 42, 51)),  # the page number belongs to nothing
        ((1, 0, 1, 6), (7, 0, 1)),  # from the masthead
        ((1, 35, 1, 38), None),  # the page number alone
        ((3, 0, 3, 9), None),
    ],
)
def test_a_drag_near_a_footnote_or_page_number(drag, marked):
    assert FOOTED.span(*drag) == marked


def test_a_drag_over_two_items_marks_the_one_with_more_text():
    places = PlaceMap([(1, (passage("甲" * 10, (0, 10, 1, 0)),)), (2, (passage("乙" * 10, (0, 10, 1, 10)),))])
    assert places.span(1, 6, 1, 20) == (2, 0, 10)
    assert places.span(1, 2, 1, 14) == (1, 2, 10)
    assert places.span(1, 5, 1, 15) == (1, 5, 10)


@pytest.mark.parametrize(
    ("place", "item"),
    [((1, 0), (7, 0)), ((1, 36), (7, 20)), ((2, 30), (7, 39)), ((0, 3), (7, 0)), ((9, 0), (7, 39))],
)
def test_a_place_without_text_takes_its_neighbour(place, item):
    assert FOOTED.nearest(*place) == item


def test_a_passage_is_found_from_any_of_its_offsets():
    assert [FOOTED.passage_span(7, offset) for offset in (0, 39, 40, 41, 51, 99)] == [(0, 40)] * 3 + [(41, 51)] * 3
    assert FOOTED.text(7) == "正" * 40 + "\n" + "注" * 10


def test_nothing_printed_has_no_page():
    assert PlaceMap([(1, (passage("字"),))]).first_page(1) is None
    assert PlaceMap([]).nearest(1, 0) is None
    assert PlaceMap([]).text(5) == ""
    assert FOOTED.first_page(7, 25) == 2
    assert FOOTED.first_page(7, 99) == 1  # past the end: where the item's last passage is printed
