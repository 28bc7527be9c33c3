"""A PDF page as its reader delivers it: lines in the order of reading, and a box for every character as displayed."""

from __future__ import annotations

import pymupdf
import pytest

from desktop.bulletin.pages import Bookmark
from desktop.readers import read
from desktop.readers.pdf import page_lines


def written(tmp_path, paint, *, pages=1, **page_options):
    """A file with what `paint` puts on each of its pages; A4 unless said otherwise."""
    path = tmp_path / "参考.pdf"
    with pymupdf.open() as document:
        for number in range(pages):
            paint(document.new_page(**page_options), number)
        document.save(path)
    return path


def say(page, x, y, words, size=16.0, **options):
    page.insert_text((x, y), words, fontname="china-s", fontsize=size, **options)


FACE = pymupdf.Font("china-s")


def after(page, x, y, *runs):
    """Runs of words one behind the other, each with its size and how far it is raised."""
    for words, size, rise in runs:
        say(page, x, y - rise, words, size=size)
        x += FACE.text_length(words, size)


def lines_of(path, number=0):
    return [line.text for line in read(path).pages[number].lines]


def test_lines_come_in_the_order_of_reading_not_of_painting(tmp_path):
    def paint(page, _):
        say(page, 200, 800, "— 2 —")
        say(page, 80, 200, "第二行")
        say(page, 300, 100, "右")
        say(page, 80, 100, "第一行")

    assert lines_of(written(tmp_path, paint)) == ["第一行", "右", "第二行", "— 2 —"]


def test_every_character_has_an_index_and_a_box(tmp_path):
    path = written(tmp_path, lambda page, _: (say(page, 80, 100, "天线阵列"), say(page, 80, 130, "建成12副")))
    with pymupdf.open(path) as document:
        lines, boxes = page_lines(document[0])
    page = read(path).pages[0]
    assert lines == page.lines
    assert len(boxes) == len(page.text) == 9
    assert [line.first for line in lines] == [0, 4]
    assert boxes[4][0] == pytest.approx(80, abs=1)
    assert boxes[0][3] < boxes[4][3]


def mapped(tmp_path, codes):
    """A file with one line of Latin letters whose characters a table of its own names, as foreign programs do."""
    path = tmp_path / "参考.pdf"
    table = "".join(f"<{ord(letter):02x}> <{code}>\n" for letter, code in codes.items())
    with pymupdf.open() as document:
        page = document.new_page()
        page.insert_text((80, 100), "".join(codes), fontname="helv")
        number = document.get_new_xref()
        document.update_object(number, "<<>>")
        document.update_stream(
            number,
            f"begincmap 1 begincodespacerange <00> <ff> endcodespacerange\n{len(codes)} beginbfchar\n{table}endbfchar endcmap".encode(),
        )
        document.xref_set_key(page.get_fonts()[0][0], "ToUnicode", f"{number} 0 R")
        document.save(path)
    return path


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        ({"A": "005C", "B": "0075", "C": "0034", "D": "0065", "E": "0030", "F": "0030"}, "\\u4e00"),
        ({"A": "D83DDE00", "B": "4E2D"}, "😀中"),
        ({"A": "D83D", "B": "4E2D"}, "\ufffd中"),
        ({"A": "E000", "B": "00E9", "C": "4E2D"}, "\ue000é中"),
    ],
    ids=["backslash", "beyond the basic plane", "half a character", "private use"],
)
def test_what_is_read_and_what_is_marked_are_the_same_characters(tmp_path, codes, words):
    path = mapped(tmp_path, codes)
    page = read(path).pages[0]
    with pymupdf.open(path) as document:
        lines, boxes = page_lines(document[0])
    assert page.text == words
    assert lines == page.lines
    assert len(boxes) == len(words)


def test_raised_small_digits_come_as_superscripts(tmp_path):
    def paint(page, _):
        say(page, 80, 100, "产业体系")
        say(page, 144, 94, "12", size=9)
        say(page, 153, 100, "，投入3亿元")

    assert lines_of(written(tmp_path, paint)) == ["产业体系¹²，投入3亿元"]


def test_small_digits_on_the_baseline_stay_digits(tmp_path):
    def paint(page, _):
        say(page, 80, 100, "产业体系")
        say(page, 144, 100, "12", size=9)

    assert lines_of(written(tmp_path, paint)) == ["产业体系12"]


def test_a_reference_right_before_a_comma_is_raised_too(tmp_path):
    def paint(page, _):
        after(page, 80, 100, ("容量200PB", 16, 0), ("1", 9, 6), ("，", 16, 0))

    assert "".join(lines_of(written(tmp_path, paint))) == "容量200PB¹，"


def test_a_raised_reference_in_brackets_stays_as_printed(tmp_path):
    def paint(page, _):
        after(page, 80, 100, ("产业体系，投入3亿元", 16, 0), ("[2]", 9, 6))

    assert lines_of(written(tmp_path, paint)) == ["产业体系，投入3亿元[2]"]


def test_glyphs_of_another_font_stand_where_they_are_printed(tmp_path):
    """A program without ₂ in its font leaves gaps and fills them from another font when the row is done."""

    def paint(page, _):
        x, gaps = 80.0, []
        for words in ("制备氧", "氢", "的方法"):
            say(page, x, 100, words)
            x += FACE.text_length(words, 16)
            gaps.append(x)
            x += 6.7
        for gap in gaps[:2]:
            page.insert_text((gap, 100), "2", fontname="helv", fontsize=12)

    path = written(tmp_path, paint)
    page = read(path).pages[0]
    assert page.text.replace(" ", "") == "制备氧2氢2的方法"
    with pymupdf.open(path) as document:
        lines, boxes = page_lines(document[0])
    assert lines == page.lines
    assert len(boxes) == len(page.text)


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_boxes_lie_on_the_page_as_displayed(tmp_path, rotation):
    def paint(page, _):
        say(page, 80, 100, "天线阵列")
        page.set_rotation(rotation)

    path = written(tmp_path, paint)
    page = read(path).pages[0]
    corners = {0: (80, 88), 90: (742, 80), 180: (451, 742), 270: (88, 451)}
    with pymupdf.open(path) as document:
        _, boxes = page_lines(document[0])
        assert (page.width, page.height) == (document[0].rect.width, document[0].rect.height)
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    assert (left, top) == pytest.approx(corners[rotation], abs=8)
    assert page.turned == rotation


def test_words_that_run_upwards_on_a_turned_page_stand_upright(tmp_path):
    def paint(page, _):
        say(page, 200, 500, "第一行", rotate=90)
        say(page, 230, 500, "第二行", rotate=90)
        page.set_rotation(90)

    page = read(written(tmp_path, paint)).pages[0]
    assert page.turned == 0
    assert [line.text for line in page.lines] == ["第一行", "第二行"]


def test_what_the_crop_box_hides_is_not_read(tmp_path):
    def paint(page, _):
        say(page, 80, 100, "隐藏")
        say(page, 80, 400, "可见")
        page.set_cropbox(pymupdf.Rect(50, 300, 500, 700))

    path = written(tmp_path, paint)
    (line,) = read(path).pages[0].lines
    assert line.text == "可见"
    assert (line.box.x0, line.box.y1) == pytest.approx((30, 103), abs=5)


def test_bookmarks_are_kept(tmp_path):
    path = tmp_path / "参考.pdf"
    with pymupdf.open() as document:
        document.new_page()
        say(document.new_page(), 80, 100, "中心")
        document.set_toc([[1, "第一部分", 1], [2, "中心", 2]])
        document.save(path)
    assert read(path).bookmarks == (Bookmark(1, "第一部分", 1), Bookmark(2, "中心", 2))


def test_a_page_of_picture_only_says_so(tmp_path):
    def paint(page, number):
        if number:
            page.insert_image(page.rect, pixmap=pymupdf.Pixmap(pymupdf.csGRAY, pymupdf.IRect(0, 0, 8, 8), 0))
        else:
            say(page, 80, 100, "天线")

    first, second = read(written(tmp_path, paint, pages=2)).pages
    assert (first.unreadable, second.lines) == ("", ())
    assert "没有文字层" in second.unreadable
