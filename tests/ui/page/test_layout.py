"""Pages lie under one another without overlap, fit what they are told to fit, and every point of them can be found."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRect, QSize

from desktop.rendering.client import JobKind
from desktop.rendering.protocol import MAX_PIXELS
from desktop.ui.page.layout import MAX_ZOOM, MIN_ZOOM, Arrangement, Fit, Layout, stepped
from desktop.ui.page.wishes import is_drawn_whole, part_key, stand_ins, whole_key, wish_list

sizes = st.lists(st.tuples(st.floats(50, 2000), st.floats(50, 2000)), min_size=1, max_size=30).map(tuple)
arrangements = st.builds(
    Arrangement, st.floats(0.25, 5), st.sampled_from(Fit), st.sampled_from([0, 90, 180, 270]), st.sampled_from([1, 2])
)
viewports = st.builds(QSize, st.integers(100, 4000), st.integers(100, 3000))
ratios = st.sampled_from([1.0, 1.25, 1.5, 2.0])
A4 = (595.0, 842.0)


@given(sizes, arrangements, viewports, ratios)
def test_pages_do_not_overlap_and_lie_on_the_sheet(pages, arrangement, viewport, ratio):
    layout = Layout(pages, arrangement, viewport, ratio)
    rows = [layout.boxes[n : n + arrangement.columns] for n in range(0, layout.count, arrangement.columns)]
    for upper, lower in pairwise(rows):
        assert max(box.bottom() for box in upper) < min(box.top() for box in lower)
    for row in rows:
        assert all(left.right() < right.left() for left, right in pairwise(row))
    assert all(box.bottom() < layout.height and box.left() > 0 for box in layout.boxes)
    assert all(box.right() < max(layout.width, viewport.width()) for box in layout.boxes)
    assert MIN_ZOOM <= layout.zoom <= MAX_ZOOM


@given(sizes, arrangements, viewports, ratios, st.data())
def test_a_point_on_a_page_is_found_there_again(pages, arrangement, viewport, ratio, data):
    layout = Layout(pages, arrangement, viewport, ratio)
    page = data.draw(st.integers(1, layout.count))
    width, height = pages[page - 1]
    point = QPointF(width * data.draw(st.floats(0.01, 0.99)), height * data.draw(st.floats(0.01, 0.99)))
    on_sheet = layout.to_sheet(page).map(point)
    assert layout.page_at(on_sheet) == page
    assert (layout.to_page(page, on_sheet) - point).manhattanLength() < 0.01
    assert page in layout.between(int(on_sheet.y()), int(on_sheet.y()) + 1)


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_fitting_the_width_leaves_only_the_margins(ratio):
    layout = Layout((A4, A4), Arrangement(fit=Fit.WIDTH), QSize(1000, 700), ratio)
    assert layout.box(1).left() == round(14 * ratio)
    assert abs(layout.box(1).right() + round(14 * ratio) - 1000) <= 2


def test_one_wide_page_does_not_make_the_others_small():
    alone = Layout((A4, A4, A4), Arrangement(fit=Fit.WIDTH), QSize(1000, 700), 1.0)
    mixed = Layout((A4, (1190.0, 842.0), A4), Arrangement(fit=Fit.WIDTH), QSize(1000, 700), 1.0)
    assert mixed.zoom == alone.zoom
    assert abs(mixed.box(1).center().x() - mixed.box(2).center().x()) <= 1


def test_steps_of_the_zoom_go_up_and_down_the_same_ladder():
    up = [0.25]
    while up[-1] < MAX_ZOOM:
        up.append(stepped(up[-1], up=True))
    down = [MAX_ZOOM]
    while down[-1] > MIN_ZOOM:
        down.append(stepped(down[-1], up=False))
    assert up == down[::-1]


def test_what_is_in_view_is_wished_for_first():
    layout = Layout((A4,) * 20, Arrangement(1.0, Fit.NONE), QSize(900, 700), 1.0)
    view = QRect(0, layout.box(7).top() - 100, 900, 700)
    visible = list(layout.between(view.top(), view.bottom()))
    assert visible == [6, 7]
    jobs = wish_list(layout, view, True, {page: whole_key(layout, page) for page in visible}, (12,))
    order = [(job.kind, job.page) for job in jobs]
    assert [job.page for job in jobs[:2]] == [7, 6]
    assert {kind for kind, _ in order[:2]} == {JobKind.PREVIEW}
    assert order.index((JobKind.IMAGE, 7)) < order.index((JobKind.IMAGE, 8)) < order.index((JobKind.IMAGE, 5))
    assert (JobKind.TEXT, 12) in order
    back = [job.page for job in wish_list(layout, view, False, {}) if job.kind is JobKind.IMAGE]
    assert back == [5, 8]


@given(st.sampled_from([1.0, 2.0, 3.0, 5.0]), ratios, st.integers(0, 4000), viewports)
def test_of_a_large_page_a_part_is_drawn_that_covers_the_view_and_lasts(zoom, ratio, top, viewport):
    layout = Layout((A4,), Arrangement(zoom, Fit.NONE), viewport, ratio)
    view = QRect(0, min(top, max(layout.height - viewport.height(), 0)), viewport.width(), viewport.height())
    whole = whole_key(layout, 1)
    if is_drawn_whole(layout, whole):
        assert whole.pixels <= MAX_PIXELS
        return
    part = part_key(layout, 1, view, [])
    assert part is not None
    assert part.pixels <= MAX_PIXELS
    x0, y0, x1, y1 = part.area
    seen = view.intersected(layout.box(1)).translated(-layout.box(1).topLeft())
    assert QRect(x0, y0, x1 - x0, y1 - y0).contains(seen)
    assert part_key(layout, 1, view, [part]) == part


@given(sizes, st.integers(1, 600), st.integers(1, 5), st.integers(1 << 20, 80 << 20))
def test_small_images_of_all_pages_have_room_together_and_begin_where_the_reader_is(sizes, repeated, around, room):
    layout = Layout(tuple(A4 for _ in range(repeated)) + sizes, Arrangement(), QSize(800, 600), 1.0)
    jobs = stand_ins(layout, around, room)
    assert jobs[0].page == min(around, layout.count)
    assert sorted(job.page for job in jobs) == list(range(1, layout.count + 1))
    assert sum(job.key.width * job.key.height * 3 for job in jobs) <= room
