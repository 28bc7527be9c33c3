"""From a point on the page to a character and back, however the lines run."""

from __future__ import annotations

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.bulletin.pages import Box
from desktop.rendering.glyphs import PageText

EM = 16


def page(*lines, text=None):
    """Lines of square characters: (x, y of the first one, count, dx, dy)."""
    boxes, firsts = array("f"), []
    for x, y, count, dx, dy in lines:
        firsts.append(len(boxes) // 4)
        for n in range(count):
            left, top = x + n * dx * EM, y + n * dy * EM
            boxes.extend((left, top, left + EM, top + EM))
    return PageText(text or "字" * (len(boxes) // 4), firsts, boxes)


ACROSS = page((50, 100, 10, 1, 0), (50, 128, 4, 1, 0), (50, 156, 10, 1, 0))
COLUMNS = page((50, 100, 5, 1, 0), (50, 128, 5, 1, 0), (200, 100, 5, 1, 0), (200, 128, 5, 1, 0))

directions = st.sampled_from([(1, 0), (0, 1), (-1, 0), (0, -1)])


@given(directions, st.integers(1, 12), st.data())
def test_every_character_is_found_at_its_place_and_the_caret_on_either_side_of_it(direction, count, data):
    dx, dy = direction
    text = page((300, 300, count, dx, dy))
    n = data.draw(st.integers(0, count - 1))
    box = text.box(n)
    x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    assert text.at(x, y) == n
    if count > 1:  # one character alone shows no direction
        assert text.heading(n) == direction
        assert text.caret(x - 4 * dx, y - 4 * dy) == n
        assert text.caret(x + 4 * dx, y + 4 * dy) == n + 1


@pytest.mark.parametrize(
    ("point", "caret"),
    [
        ((0, 108), 0),  # left of a line: its beginning
        ((400, 108), 10),  # right of it: its end
        ((400, 136), 14),  # right of a short line: its end, not the longer line above
        ((50, 121), 0),  # between two lines: the nearer one
        ((50, 126), 10),
        ((50, 0), 0),
        ((400, 700), 24),  # below everything
    ],
)
def test_beside_the_text_the_nearest_line_is_meant(point, caret):
    assert ACROSS.caret(*point) == caret


@pytest.mark.parametrize(("point", "caret"), [((140, 108), 5), ((190, 108), 10), ((190, 130), 15), ((400, 136), 20)])
def test_with_two_columns_the_nearer_column_is_meant(point, caret):
    assert COLUMNS.caret(*point) == caret


def test_blank_paper_holds_no_character():
    assert ACROSS.at(300, 136) is None
    assert ACROSS.at(60, 300) is None
    assert PageText("", [], array("f")).at(10, 10) is None
    assert PageText("", [], array("f")).caret(10, 10) == 0


def test_bands_are_one_box_a_line_without_blank_ends():
    text = page((50, 100, 6, 1, 0), (50, 128, 4, 1, 0), text="　　天地玄黄宇宙  ")
    assert text.bands(0, 10) == [Box(82, 100, 146, 116), Box(50, 128, 82, 144)]
    assert text.bands(8, 10) == []
    assert text.bands(3, 4) == [Box(98, 100, 114, 116)]


def test_a_height_leads_to_the_line_that_is_read_there():
    assert [ACROSS.near(y) for y in (0, 110, 120, 150, 999)] == [0, 0, 10, 14, 23]


def test_lines_without_characters_do_no_harm():
    text = PageText("天地", [0, 0, 1, 2], array("f", [0, 0, 9, 9, 0, 20, 9, 29]))
    assert [text.line_at(n) for n in (0, 1)] == [0, 1]
    assert text.line_span(1) == (1, 2)
