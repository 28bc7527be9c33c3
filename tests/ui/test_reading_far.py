"""In a document of hundreds of pages only what is near the screen is set, and nothing the reader sees tells."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QTextCursor
from PySide6.QtTest import QTest

from desktop.ui.reading import ReadingView
from desktop.ui.theme import DARK, LIGHT
from tests.ui.made import long_document, mark, text_of

ITEMS = 160


DOCUMENT = long_document(ITEMS)


@pytest.fixture
def view(qtbot):
    made = ReadingView(LIGHT, dwell_ms=60_000)
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.set_document(DOCUMENT)
    made.show()
    qtbot.waitExposed(made)
    qtbot.waitUntil(lambda: made.is_complete)
    return made


def lines_shown(view: ReadingView) -> list[tuple[int, int]]:
    """Every line on the screen: the document position where it starts, and its height on the screen in px."""
    found, height = [], view.viewport().height()
    block = view.cursorForPosition(QPoint(0, 0)).block()
    while block.isValid():
        top = view._layout.blockBoundingRect(block).top() - view.verticalScrollBar().value()
        if top > height:
            break
        for n in range(block.layout().lineCount()):
            line = block.layout().lineAt(n)
            if 0 <= top + line.y() <= height:
                found.append((block.position() + line.textStart(), round(top + line.y())))
        block = block.next()
    return found


def as_if_all_were_set(view: ReadingView, first: int, last: int) -> list[tuple[int, int]]:
    """The same lines, their heights relative to the first one, in a page that is set from end to end."""
    whole = ReadingView(LIGHT)
    whole.resize(view.size())
    whole.set_document(view._view)
    whole._composer.write_all()
    whole._grown()
    kept = view.reading_type
    whole.set_type(kept.family, kept.px, kept.line_height)
    whole._layout.settle(0, 0, float("inf"))
    found = []
    block = whole.document().findBlock(first)
    while block.isValid() and block.position() <= last:
        top = whole._layout.blockBoundingRect(block).top()
        for n in range(block.layout().lineCount()):
            line = block.layout().lineAt(n)
            if first <= block.position() + line.textStart() <= last:
                found.append((block.position() + line.textStart(), round(top + line.y())))
        block = block.next()
    whole.deleteLater()
    return [(position, y - found[0][1]) for position, y in found]


def test_a_document_is_opened_with_a_few_screens_set_and_shown_before_all_of_it_is_written(qtbot):
    made = ReadingView(LIGHT)
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.set_document(DOCUMENT)
    assert not made.is_complete
    assert 0 < len(made._layout._set) < 40 < made.document().blockCount()
    qtbot.waitUntil(lambda: made.is_complete)
    assert made.document().blockCount() > ITEMS * 5
    assert len(made._layout._set) < 40


STEPS = st.one_of(
    st.tuples(st.just("scroll"), st.integers(-900, 900)),
    st.tuples(st.just("drag"), st.floats(0, 1)),
    st.tuples(st.just("jump"), st.integers(1, ITEMS)),
    st.tuples(st.just("resize"), st.integers(500, 1300)),
    st.tuples(st.just("type"), st.integers(16, 30)),
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(STEPS, min_size=1, max_size=8))
def test_wherever_the_reader_goes_the_screen_shows_what_a_page_set_from_end_to_end_would(view, steps):
    view.set_type("", 19, 1.8)
    bar = view.verticalScrollBar()
    for name, value in steps:
        if name == "scroll":
            bar.setValue(bar.value() + value)
        elif name == "drag":
            bar.setValue(round(bar.maximum() * value))
        elif name == "jump":
            view.go_to(value, 0)
        elif name == "resize":
            view.resize(value, 600)
        else:
            view.set_type("", value, 1.8)
    shown = lines_shown(view)
    assert shown
    relative = [(position, y - shown[0][1]) for position, y in shown]
    assert relative == as_if_all_were_set(view, shown[0][0], shown[-1][0])


def test_scrolling_up_from_a_jump_moves_the_text_by_exactly_the_way_of_the_wheel(view):
    view.go_to(120, 0)
    bar = view.verticalScrollBar()
    for _ in range(60):
        before = dict(lines_shown(view))
        bar.setValue(bar.value() - 130)
        after = dict(lines_shown(view))
        common = before.keys() & after.keys()
        assert common
        assert {after[one] - before[one] for one in common} == {130}


def test_the_thumb_pulled_down_shows_the_end_and_pulled_up_the_beginning(view):
    bar = view.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert bar.value() == bar.maximum()
    last = DOCUMENT.items[-1]
    end = view._sheet.map.position(last.id, len(text_of(last)))
    assert 0 <= view._caret_box(end).bottom() <= view.viewport().height()
    bar.setValue(0)
    assert lines_shown(view)[0][0] == 0


def test_going_to_the_end_by_key_shows_the_caret_there_and_home_brings_it_back(view):
    QTest.keyClick(view, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert view.textCursor().atEnd()
    assert view.viewport().rect().contains(view.cursorRect().center())
    QTest.keyClick(view, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    assert view.textCursor().atStart()
    assert view.viewport().rect().contains(view.cursorRect().center())


def test_a_line_further_by_key_stays_beside_the_line_before_even_far_down(view):
    view.go_to(100, 0)
    for _ in range(60):
        above = view.textCursor().position()
        QTest.keyClick(view, Qt.Key.Key_Down)
        assert view.textCursor().position() > above
        assert view.viewport().rect().contains(view.cursorRect().center())


def test_a_selection_across_the_whole_document_is_copied_whole(view):
    caret = view.textCursor()
    caret.setPosition(0)
    caret.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
    view.setTextCursor(caret)
    copied = view.copy_text()
    assert all(part.text in copied for one in DOCUMENT.items for part in one.passages)


def test_a_place_asked_for_before_it_is_written_is_there_at_once(qtbot):
    made = ReadingView(LIGHT)
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.set_document(DOCUMENT)
    last = DOCUMENT.items[-1]
    made.set_marks([mark("m", last, "推进建设")])
    made.go_to(last.id, 0)
    assert made.place() == (last.id, 0)
    assert "推进建设" in [one.cursor.selectedText() for one in made.extraSelections()]


def test_marks_and_hits_of_what_is_written_later_are_drawn_when_it_is(view):
    far = DOCUMENT.items[150]
    view.set_marks([mark("m", far, "推进建设")])
    view.set_hits([(far.id, 0, 4)])
    view.go_to(far.id, 0)
    drawn = [one.cursor.selectedText() for one in view.extraSelections()]
    assert {"推进建设", "第151"} <= {words[:4] for words in drawn}


def test_type_and_colours_changed_far_down_leave_the_line_in_its_place(view):
    view.go_to(140, 30)
    spot = view._sheet.map.position(140, 30)
    for change in (lambda: view.set_theme(DARK), lambda: view.set_type("", 25, 1.8), lambda: view.resize(700, 500)):
        change()
        assert view._caret_box(spot).top() == pytest.approx(28, abs=2)


def test_a_screen_reader_reads_all_of_it_as_text_and_is_told_where_it_stands(view):
    spoken = QAccessible.queryAccessibleInterface(view).textInterface()
    far = DOCUMENT.items[155]
    at = view._sheet.map.position(far.id, 0)
    words = "第156条推进建设"
    assert spoken.characterCount() == view.document().characterCount() - 1
    assert spoken.text(at, at + len(words)) == words
    view.go_to(far.id, 0)
    box = spoken.characterRect(at)
    assert view.viewport().rect().contains(view.viewport().mapFromGlobal(box.center()))


def test_blocks_left_behind_give_their_lines_back(view):
    bar = view.verticalScrollBar()
    bar.setValue(0)
    seen = set()
    while bar.value() < bar.maximum():
        bar.setValue(bar.value() + 500)
        seen.update(view._layout._set)
    assert len(seen) > 900
    assert len(view._layout._set) <= 540
