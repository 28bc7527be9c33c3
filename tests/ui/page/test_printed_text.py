"""What printed characters mean, without a window: words, passages, and what copying gives."""

from __future__ import annotations

from array import array

import pytest

from desktop.bulletin.model import Passage, PassageKind, Place
from desktop.bulletin.places import PlaceMap
from desktop.rendering.glyphs import PageText
from desktop.ui.page.selecting import PrintedText, Spot, Stretch, plain_word


@pytest.mark.parametrize(
    ("text", "at", "word"),
    [
        ("发展，创新驱动。", 3, "创新驱动"),
        ("建设世界一流创新平台。", 4, "一"),  # too long for one word: nobody knows where it ends
        ("通过API调用", 3, "API"),
        ("投入3000万元", 4, "3000"),
        ("发展，创新", 2, "，"),
        ("a", 0, "a"),
    ],
)
def test_without_a_dictionary_a_word_is_what_is_certain(text, at, word):
    start, end = plain_word(text, at)
    assert text[start:end] == word


def printed(*pages):
    """Pages of lines; of each line the text and (passage, offset in it, characters skipped before it), or None."""
    texts, passages = {}, {}
    for number, lines in enumerate(pages, start=1):
        text, firsts = "", []
        for line, where in lines:
            if where is not None:
                name, skipped = where
                body, places = passages.setdefault(name, ["", []])
                places.append(Place(len(body), len(line) - skipped, number, len(text) + skipped))
                passages[name][0] = body + line[skipped:]
            firsts.append(len(text))
            text += line
        boxes = array("f", [n for at in range(len(text)) for n in (at * 10, 0, at * 10 + 10, 10)])
        texts[number] = PageText(text, firsts, boxes)
    made = tuple(Passage(PassageKind.PARAGRAPH, body, tuple(places)) for body, places in passages.values())
    return PrintedText(texts, PlaceMap([(1, made)]), plain_word), texts


TWO_PAGES = (
    [("题名在此", ("t", 0)), ("　　一段话到", ("p", 2)), ("这里", ("p", 0)), ("— 1 —", None)],
    [("刊名", None), ("为止。", ("p", 0)), ("（2）又一段", ("q", 3)), ("— 2 —", None)],
)


@pytest.mark.parametrize(
    ("start", "end", "copied"),
    [
        ((1, 0), (2, 99), "题名在此\n一段话到这里为止。\n（2）又一段\n— 2 —"),
        ((1, 4), (2, 4), "一段话到这里为止"),
        ((1, 9), (1, 15), "到这里\n— 1"),  # a page number at the end was dragged over on purpose
        ((2, 0), (2, 4), "刊名\n为止"),
        ((2, 5), (2, 8), ""),  # a marker alone is no text
    ],
)
def test_copying_leaves_out_what_stands_at_page_breaks(start, end, copied):
    text, texts = printed(*TWO_PAGES)
    end = (end[0], min(end[1], len(texts[end[0]].text)))
    assert text.copied(Stretch(Spot(*start), Spot(*end))) == copied


def test_a_paragraph_is_whole_from_either_side_of_a_page_break_and_from_its_marker():
    text, texts = printed(*TWO_PAGES)
    for page, char in ((1, 7), (1, 11), (2, 3)):
        assert text.selection(text.paragraph(page, char)).text == "一段话到这里为止。"
    marker = texts[2].text.index("2")
    assert text.selection(text.paragraph(2, marker)).text == "又一段"
    assert text.copied(text.paragraph(2, 0)) == "刊名"


def test_of_pages_whose_characters_have_not_come_the_items_text_is_copied_all_the_same():
    text, texts = printed(*TWO_PAGES)
    texts.clear()
    assert text.copied(text.item(1)) == text.selection(text.item(1)).text == "题名在此\n一段话到这里为止。\n又一段"
