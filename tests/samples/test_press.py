"""The press prints what other tests ask of it: every layout holds the same words, and nothing hangs over the paper."""

from __future__ import annotations

import json

import pymupdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.bulletin.folding import squash
from tests.composing import Layout, broken, cells, compose
from tests.press import pdf
from tests.samples.prints import PRINTS

ISSUE = json.loads(PRINTS[0].path(".json").read_text("utf-8"))
NOTE = ISSUE["sections"][0]["items"][0]["footnotes"][0]["text"]

LAYOUTS = {
    "ordinary": Layout(),
    "lying left": Layout(rotation=90),
    "upside down": Layout(rotation=180),
    "lying right": Layout(rotation=270),
    "small type": Layout(body_size=12),
    "narrow titles": Layout(title_width=9),
    "last line first": Layout(backwards=True),
    "no page numbers": Layout(page_numbers=False),
}


@pytest.fixture(scope="module")
def ordinary():
    return pymupdf.open(stream=pdf(ISSUE))


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_every_layout_holds_the_same_words_on_upright_pages(ordinary, layout):
    document = pymupdf.open(stream=pdf(ISSUE, layout))
    letters = sorted(char for page in ordinary for char in squash(page.get_text()) if char >= "一")
    assert sorted(char for page in document for char in squash(page.get_text()) if char >= "一") == letters
    assert (document[0].rect.width, document[0].rect.height) == (595, 842)
    for page in document:
        for block in page.get_text("blocks"):
            assert pymupdf.Rect(40, 60, 575, 790).contains(pymupdf.Rect(block[:4]) * page.rotation_matrix), block[4]


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_turned_page_shows_the_same_picture(ordinary, rotation):
    turned = pymupdf.open(stream=pdf(ISSUE, Layout(rotation=rotation)))
    for page, other in zip(ordinary, turned, strict=True):
        first, second = (sheet.get_pixmap(dpi=20, colorspace=pymupdf.csGRAY) for sheet in (page, other))
        assert (first.width, first.height) == (second.width, second.height)
        differing = sum(abs(a - b) > 96 for a, b in zip(first.samples, second.samples, strict=True))
        assert differing < len(first.samples) / 100


def test_without_footnotes_neither_note_nor_reference_is_printed(ordinary):
    plain = squash("".join(page.get_text() for page in pymupdf.open(stream=pdf(ISSUE, Layout(footnotes=False)))))
    assert squash(NOTE) in squash("".join(page.get_text() for page in ordinary))
    assert squash(NOTE) not in plain
    assert "医药产业体系，从研发" in plain


def test_a_page_holds_no_more_than_22_lines_of_28_characters():
    for sheet in compose(ISSUE)[1:]:
        lines = [line for line in sheet.lines if line.kind == "text"]
        assert len(lines) <= 22
        assert all(cells(line.text.rstrip("，。、；：？”’）》%")) <= 28 for line in lines)


def test_a_note_stands_on_the_page_of_its_reference_below_the_body():
    for sheet in compose(ISSUE):
        called = [line for line in sheet.lines if "¹" in line.text]
        notes = [line for line in sheet.lines if line.kind == "note"]
        assert bool(called) == bool(notes)
        assert all(note.baseline > line.baseline for note in notes for line in sheet.lines if line.kind == "text")


@given(st.text(alphabet="甲乙丙，。“”（）《》2024%A ", min_size=1), st.integers(12, 40))
def test_breaking_lines_loses_nothing_and_leaves_no_line_empty(text, width):
    lines = list(broken(text, width))
    assert "".join(lines) == text
    assert all(lines)


@given(st.text(alphabet="甲乙丙丁，。《》", min_size=1), st.integers(12, 40))
def test_no_line_starts_with_closing_punctuation(text, width):
    assert not any(line[0] in "，。》" for line in list(broken(text, width))[1:])
