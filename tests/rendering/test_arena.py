"""Room for images is given out without overlap, comes back whole, and its file is nobody else's business."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.rendering.arena import Arena

BUDGET = 1 << 20


@settings(deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.integers(1, BUDGET // 3)), max_size=40), st.randoms())
def test_extents_never_overlap_and_all_room_comes_back(steps, random):
    arena = Arena(BUDGET)
    taken = []
    for take, length in steps:
        if take or not taken:
            extent = arena.take(length)
            if extent:
                assert extent.length >= length
                assert extent.offset + extent.length <= BUDGET
                assert all(e.offset + e.length <= extent.offset or extent.offset + extent.length <= e.offset for e in taken)
                taken.append(extent)
        else:
            arena.give_back(taken.pop(random.randrange(len(taken))))
    for extent in taken:
        arena.give_back(extent)
    assert arena.take(BUDGET) is not None
    arena.remove()


def test_an_extent_keeps_what_is_written_through_the_file():
    arena = Arena(BUDGET)
    first, second = arena.take(5000), arena.take(5000)
    with arena.path.open("r+b") as file:
        file.seek(second.offset)
        file.write(b"pixels")
    assert bytes(arena.view(second)[:6]) == b"pixels"
    assert bytes(arena.view(first)[:6]) == bytes(6)
    arena.remove()


def test_the_file_is_private_and_goes_even_when_nobody_removes_it():
    arena = Arena(BUDGET)
    folder = arena.path.parent
    assert folder.stat().st_mode & 0o077 == 0
    del arena
    assert not folder.exists()


def test_what_was_being_looked_at_outlives_the_file():
    arena = Arena(BUDGET)
    view = arena.view(arena.take(100))
    arena.remove()
    arena.remove()
    assert bytes(view[:4]) == bytes(4)
    assert not arena.path.exists()
