"""Points and pixels: a page fills its image exactly, whichever way it is turned."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.rendering.protocol import MAX_PIXELS, ImageKey, page_matrix, preview_key, scaled_key, turned

sides = st.floats(1, 14400)
turns = st.sampled_from([0, 90, 180, 270])


@given(sides, sides, turns, st.integers(1, 5000), st.integers(1, 5000))
def test_the_corners_of_a_page_are_the_corners_of_its_image(width, height, rotation, across, down):
    a, b, c, d, e, f = page_matrix((width, height), across, down, rotation)
    corners = [(x * a + y * c + e, x * b + y * d + f) for x, y in ((0, 0), (width, 0), (width, height), (0, height))]
    expected = [(0, 0), (across, 0), (across, down), (0, down)]
    steps = rotation // 90
    for got, wanted in zip(corners, expected[steps:] + expected[:steps], strict=True):
        assert got == pytest.approx(wanted, abs=1e-6 * max(across, down))


@given(sides, sides, turns, st.floats(0.1, 10))
def test_no_image_of_a_whole_page_passes_the_limit(width, height, rotation, scale):
    key = scaled_key(3, (width, height), rotation, scale)
    assert key.pixels <= MAX_PIXELS + key.width + key.height
    assert key.room >= 3 * key.pixels
    assert (key.width >= key.height) == (turned((width, height), rotation)[0] >= turned((width, height), rotation)[1]) or (
        abs(key.width - key.height) <= 1
    )


def test_a_preview_is_small_and_a_part_counts_only_itself():
    assert preview_key(1, (595, 842), 0) == ImageKey(1, 297, 421)
    assert ImageKey(1, 4000, 6000, 0, (100, 200, 300, 500)).pixels == 200 * 300
