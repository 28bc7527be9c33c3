"""Between the page that is shown and the text that is kept there is never one character's doubt."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.ui.reading.textmap import TextMap, utf16_length

texts = st.text(alphabet="江陵低空ab9，。“𠮷😀", max_size=12)


@st.composite
def pages(draw) -> tuple[TextMap, dict[int, str], int]:
    """Items of several passages, each behind a marker of some length that is shown but belongs to no item."""
    laid, at, canonical = TextMap(), 0, {}
    for item in range(draw(st.integers(1, 3))):
        start, parts = 0, draw(st.lists(texts, min_size=1, max_size=4))
        canonical[item] = "\n".join(parts)
        for part in parts:
            at += draw(st.integers(0, 4))
            laid.add(at, item, start, part)
            at += utf16_length(part) + 1
            start += len(part) + 1
    return laid, canonical, at


@given(pages(), st.data())
def test_every_offset_is_found_again_where_it_is_shown(page, data):
    laid, canonical, _ = page
    item = data.draw(st.sampled_from(sorted(canonical)))
    offset = data.draw(st.integers(0, len(canonical[item])))
    position = laid.position(item, offset)
    assert position is not None
    assert laid.canonical(position) == (item, offset)


@given(pages(), st.data())
def test_a_selection_is_one_stretch_of_one_item_and_holds_what_was_touched(page, data):
    laid, canonical, size = page
    anchor, end = data.draw(st.integers(0, size)), data.draw(st.integers(0, size))
    clipped = laid.clip(anchor, end)
    shown = {
        (segment.item, segment.start + index)
        for item in laid.items
        for segment in laid.segments(item)
        for index in range(len(segment.text))
        if segment.position(segment.start + index) < max(anchor, end)
        and segment.position(segment.start + index + 1) > min(anchor, end)
    }
    if clipped is None:
        assert not shown
        return
    item, start, stop = clipped
    assert 0 <= start < stop <= len(canonical[item])
    of_item = {offset for one, offset in shown if one == item}
    assert of_item == {offset for offset in range(start, stop) if canonical[item][offset] != "\n"}


@given(pages(), st.data())
def test_a_marked_stretch_covers_its_characters_and_nothing_else(page, data):
    laid, canonical, _ = page
    item = data.draw(st.sampled_from(sorted(canonical)))
    ends = st.integers(0, len(canonical[item]))
    start, end = sorted((data.draw(ends), data.draw(ends)))
    covered = sum(high - low for low, high in laid.ranges(item, start, end))
    assert covered == utf16_length(canonical[item][start:end].replace("\n", ""))


def two_items() -> TextMap:
    laid = TextMap()
    laid.add(10, 1, 0, "题名")  # page 10–12
    laid.add(16, 1, 3, "首段。")  # behind a marker, page 16–19
    laid.add(25, 2, 0, "另一条")  # page 25–28
    return laid


def test_a_selection_stays_in_the_item_where_it_began():
    assert two_items().clip(17, 27) == (1, 4, 6)
    assert two_items().clip(27, 17) == (2, 0, 2)


def test_a_selection_that_begins_in_a_section_head_takes_the_first_text_after_it():
    assert two_items().clip(0, 11) == (1, 0, 1)
    assert two_items().clip(13, 17) == (1, 3, 4)


def test_a_selection_of_markers_only_is_none():
    assert two_items().clip(13, 15) is None


def test_an_empty_passage_neither_ends_a_selection_nor_swallows_it():
    laid = TextMap()
    laid.add(0, 1, 0, "首段")
    laid.add(3, 1, 3, "")
    laid.add(4, 1, 4, "次段")
    laid.add(7, 2, 0, "")
    assert laid.clip(0, 6) == (1, 0, 6)
    assert laid.clip(8, 1) == (1, 1, 6)


def test_a_footnote_shown_out_of_its_order_is_not_tied_to_what_stands_before_it():
    laid = TextMap()
    laid.add(0, 1, 0, "首段")
    laid.add(3, 1, 6, "次段")
    laid.add(6, 1, 3, "注文")
    assert laid.clip(0, 5) == (1, 0, 2)


def test_a_place_in_a_section_head_is_the_next_text_and_after_the_end_the_last():
    assert two_items().canonical(21) == (2, 0)
    assert two_items().canonical(99) == (2, 3)
    assert TextMap().canonical(0) is None
