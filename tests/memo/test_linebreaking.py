"""Lines of Chinese text: 避头尾, hanging punctuation, whole numbers, full width."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.memo.linebreaking import HANGING, NO_END, NO_START, Atom, atoms, break_lines


def width(text):
    return sum(0.5 if char.isascii() else 1.0 for char in text)


def lines(text, room=10.0, indent=0.0):
    return [line.text for line in break_lines(list(atoms(text, width, room)), room, 1.0, indent)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一二三四五六七八九十甲乙", ["一二三四五六七八九十", "甲乙"]),
        ("一二三四五六七八九十，甲乙", ["一二三四五六七八九十，", "甲乙"]),
        ("一二三四五六七八九十》甲", ["一二三四五六七八九", "十》甲"]),
        ("一二三四五六七八九十。”甲", ["一二三四五六七八九", "十。”甲"]),
        ("一二三四五六七八九（甲）", ["一二三四五六七八九", "（甲）"]),
        ("一二三四五六七八九2031年", ["一二三四五六七八九", "2031年"]),
        ("一二三四五六七八九……甲", ["一二三四五六七八", "九……甲"]),
        ("ABCDEFGHIJKLMNOPQRSTUVWXYZ", ["ABCDEFGHIJKLMNOPQRST", "UVWXYZ"]),
        ("", []),
    ],
)
def test_where_lines_break(text, expected):
    assert lines(text) == expected


def test_the_first_line_is_indented_by_two_characters():
    assert [len(line) for line in lines("字" * 25, indent=2.0)] == [8, 10, 7]


def test_a_full_line_fills_the_room_and_a_last_one_does_not():
    first, last = break_lines(list(atoms("一二三四五六七八九2031年甲", width, 10.0)), 10.0, 1.0)
    assert first.places[-1] + first.atoms[-1].width == pytest.approx(10.0)
    assert last.places[-1] + last.atoms[-1].width < 10.0


def test_a_footnote_call_stays_with_its_word():
    sequence = [*atoms("一二三四五六七八九十", width, 10.0), Atom("1", 0.3, raised=True, note="注"), *atoms("甲乙", width, 10.0)]
    assert [line.text for line in break_lines(sequence, 10.0, 1.0)] == ["一二三四五六七八九", "十1甲乙"]


@given(st.text("甘薯种业创新，。、；：？！）》”（《“…—2031%A b", max_size=120), st.sampled_from([8.0, 10.0, 28.0]))
def test_no_character_is_lost_and_no_line_begins_or_ends_wrongly(text, room):
    found = lines(text, room)
    assert "".join(found).replace(" ", "") == text.replace(" ", "")
    assert bool(found) == bool(text)
    for line in found:
        hanging = 1 if line[-1] in HANGING else 0
        assert width(line) <= room + hanging + 0.01
    for before, after in pairwise(found):
        runs = after[0] in NO_START or before[-1] in NO_END
        # only where a whole line is made of characters that may not be parted is the rule given up
        assert not runs or not any(_parts(before, at) for at in range(1, len(before)))


def _parts(line, at):
    both_latin = line[at - 1].isascii() and line[at].isascii()
    dashes = line[at - 1] == line[at] and line[at] in "…—"
    return line[at] not in NO_START and line[at - 1] not in NO_END and not both_latin and not dashes
