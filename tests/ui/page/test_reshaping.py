"""The ends of a mark can be pulled to other characters, over lines and pages, and never out of the item."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.page.steps import PLACES, at_char, drag, mark, offset_of, painted

TEXT = PLACES.text(1)


@pytest.fixture
def chosen(view):
    view.set_marks([mark(1, "推进算力")])
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at_char(view, 1, offset_of(1, "进")))
    return view


def pull(qtbot, view, grip, goal):
    with qtbot.waitSignal(view.mark_reshaped) as told:
        drag(view, grip, goal)
    uid, start, end = told.args
    assert uid == "m"
    return TEXT[start:end]


@pytest.mark.parametrize(("last", "text"), [("设", "推进算力建设"), ("进", "推进")])
def test_the_end_is_pulled_longer_and_shorter(qtbot, chosen, last, text):
    grip = at_char(chosen, 1, offset_of(1, "力"), 1.0)
    assert pull(qtbot, chosen, grip, at_char(chosen, 1, offset_of(1, last), 0.9)) == text


def test_the_start_is_pulled_too(qtbot, chosen):
    grip = at_char(chosen, 1, offset_of(1, "推"), 0.0)
    assert pull(qtbot, chosen, grip, at_char(chosen, 1, 0, 0.1)) == "某市推进算力"


def test_over_the_end_of_a_line_into_the_next_passage(qtbot, chosen):
    grip = at_char(chosen, 1, offset_of(1, "力"), 1.0)
    text = pull(qtbot, chosen, grip, at_char(chosen, 1, offset_of(1, "智算"), 0.9))
    assert text.startswith("推进算力建设\n近日")
    assert text.endswith("智")


def test_an_end_is_never_pulled_out_of_the_item_or_over_the_other_end(qtbot, chosen):
    grip = at_char(chosen, 1, offset_of(1, "力"), 1.0)
    before = painted(chosen)
    with qtbot.assertNotEmitted(chosen.mark_reshaped):
        drag(chosen, grip, at_char(chosen, 1, 0, 0.1))
    assert painted(chosen) == before


def test_only_a_chosen_mark_has_ends(qtbot, chosen):
    with_ends = painted(chosen)
    QTest.mouseClick(chosen.viewport(), Qt.MouseButton.LeftButton, pos=at_char(chosen, 1, offset_of(1, "近日")))
    assert painted(chosen) != with_ends
    with qtbot.assertNotEmitted(chosen.mark_reshaped):
        drag(chosen, at_char(chosen, 1, offset_of(1, "力"), 1.0), at_char(chosen, 1, offset_of(1, "设"), 0.9))
    assert chosen.selection() is not None
