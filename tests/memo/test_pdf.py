"""The PDF: the same grid as the .docx, fonts inside the file, and every word in it."""

from __future__ import annotations

from itertools import pairwise

import pymupdf
import pytest

from desktop.bulletin.folding import squash
from desktop.memo import fontcutting, pdf
from desktop.memo.faces import Faces
from desktop.memo.layout import DEFAULT, PageNumbers, Profile, points
from desktop.memo.model import Excerpt, Group, Memo, Note, Source
from desktop.memo.pages import set_pages
from tests.memo import samples

LEFT, TOP, BOTTOM = points(28), points(37), points(297 - 35)


def even(_kind, text, size):
    """A font of full-width and half-width characters only."""
    return sum(0.5 if char.isascii() else 1.0 for char in text) * size


def rows(page):
    found = {}
    for glyphs in page.glyphs:
        if glyphs.y < BOTTOM and glyphs.size > 12:
            found.setdefault(round(glyphs.y, 1), []).append(glyphs)
    return [sorted(row, key=lambda g: g.x) for _, row in sorted(found.items())]


def long_memo(**changes):
    text = "甘薯种业创新提质增效行动稳步推进育种田间管理水平持续提升" * 80
    one = Excerpt("1.1", "甘薯种业", (text,), Source("望江内参", "48", "2031-09-19", ""), text, **changes)
    return Memo("甘薯种业信息摘编", "", (Group("省内要情", (one,)),), "2031-12-05")


def test_a_full_page_has_22_lines_of_28_characters():
    page = set_pages(long_memo(), DEFAULT, even)[1]
    assert [len(row) for row in rows(page)] == [28] * 22
    for row in rows(page):
        assert row[0].x == pytest.approx(LEFT)
        assert row[-1].x + 16 == pytest.approx(points(210 - 26), abs=0.5)


def test_lines_stand_on_the_pitch_of_the_profile():
    page = set_pages(long_memo(), Profile(line=28.0), even)[1]
    tops = [row[0].y for row in rows(page)]
    assert {round(b - a, 2) for a, b in pairwise(tops)} == {28.0}


def test_nothing_is_set_outside_the_type_area_but_hanging_stops_and_the_page_number():
    for page in set_pages(samples.memo(60), DEFAULT, even):
        *body, number = page.glyphs
        assert number.text.startswith("— ")
        for glyphs in body:
            width = even("body", glyphs.text, glyphs.size)
            hanging = width if glyphs.text in "，。、；：" else 0
            assert glyphs.x >= LEFT - 0.1
            assert glyphs.x + width - hanging <= points(210 - 26) + 0.5
            assert TOP <= glyphs.y <= BOTTOM


def test_page_numbers_stand_outside_odd_right_even_left():
    pages = set_pages(samples.memo(5), DEFAULT, even)
    for number, page in enumerate(pages, 1):
        last = page.glyphs[-1]
        assert last.text == f"— {number} —"
        place = points(210 - 26) - 14 - even("song", last.text, 14) if number % 2 else LEFT + 14
        assert last.x == pytest.approx(place)
    centred = set_pages(samples.memo(1), Profile(page_numbers=PageNumbers.CENTRE), even)[0].glyphs[-1]
    assert centred.x + even("song", centred.text, 14) / 2 == pytest.approx((LEFT + points(210 - 26)) / 2)


def test_a_heading_is_never_the_last_line_of_a_page():
    pages = set_pages(samples.memo(60), DEFAULT, even)
    titles = {one.title[-8:] for one in samples.memo(60).excerpts}
    for page in pages:
        last = "".join(glyphs.text for glyphs in rows(page)[-1]) if rows(page) else ""
        assert not any(last.endswith(title) for title in titles)


def test_a_footnote_stands_on_the_page_that_calls_it():
    for page in set_pages(samples.memo(12), DEFAULT, even):
        calls = [glyphs.text for glyphs in page.glyphs if glyphs.size == pytest.approx(16 * 0.6)]
        small = "".join(glyphs.text for glyphs in page.glyphs if glyphs.size == 12)
        assert len(calls) == small.count("“三核两带”指")


def test_a_footnote_longer_than_a_page_is_carried_over_whole():
    note = "注文很长" * 900
    text = "甘薯¹种业"
    one = Excerpt("1.1", "题", (text,), Source("望江内参", "48", "2031-09-19", ""), text, notes=(Note("1", note, 0, 2),))
    pages = set_pages(Memo("题", "", (Group("组", (one,)),), "2031-12-05", with_table=False), DEFAULT, even)
    set_notes = "".join(glyphs.text for page in pages for glyphs in page.glyphs if glyphs.size == 12)
    assert set_notes.count("注文很长") == 900


def test_unit_and_date_are_placed_without_a_seal():
    def starts(unit):
        page = set_pages(samples.memo(1, unit=unit, with_table=False), DEFAULT, even)[-1]
        return {g.text: (g.x, even("body", g.text, g.size)) for g in page.glyphs if g.text in (unit, "2031年12月5日")}

    for unit in ("望江市农业科技局种业发展处", "种业处"):
        found = starts(unit)
        (unit_x, unit_width), (date_x, date_width) = found[unit], found["2031年12月5日"]
        assert date_x - unit_x == pytest.approx(32)
        longest = max(unit_x + unit_width, date_x + date_width)
        assert points(210 - 26) - longest == pytest.approx(32)


@pytest.fixture(scope="module")
def document():
    with pymupdf.open(stream=pdf.pdf_bytes(samples.memo(5))) as opened:
        yield opened


def test_every_excerpt_can_be_read_in_the_file(document):
    text = squash("".join(page.get_text() for page in document))
    text = text.translate({ord("\xa0"): None})
    for one in samples.memo(5).excerpts:
        for paragraph in one.paragraphs:
            assert squash(paragraph)[:20].split("¹")[0] in text
    assert "……" in text


def test_fonts_are_inside_the_file_and_it_has_bookmarks(document):
    fonts = {font[0]: font for page in document for font in page.get_fonts()}
    assert fonts
    assert all(document.extract_font(xref)[3] for xref in fonts)
    assert [entry[1] for entry in document.get_toc()][:2] == [
        "一、部委动态",
        "（一）青岚市发布“三核两带”甘薯种业措施支持第3批企业",
    ]
    assert document.metadata["title"] == "《望江创新内参》甘薯种业领域信息摘编"
    assert document.metadata["producer"] in ("", None)


def test_without_any_chinese_font_the_built_in_one_is_used(monkeypatch):
    monkeypatch.setattr("desktop.memo.fonts.installed", dict)
    content = pdf.pdf_bytes(samples.memo(1))
    assert len(content) < 400_000
    with pymupdf.open(stream=content) as opened:
        assert "近日" in opened[0].get_text()


def test_a_cut_font_shows_the_same_glyphs_and_is_small():
    font = pymupdf.Font("china-s")
    glyphs = {char: font.has_glyph(ord(char)) for char in "甘薯2031…，"}
    small = fontcutting.cut(fontcutting.tables(font.buffer), glyphs)
    assert len(small) < len(font.buffer) / 5
    cut = pymupdf.Font(fontbuffer=small)
    for char in glyphs:
        assert cut.has_glyph(ord(char)) == 1 + sorted(glyphs.values()).index(glyphs[char])
        assert cut.glyph_advance(ord(char)) == font.glyph_advance(ord(char))
        assert cut.glyph_bbox(ord(char)) == font.glyph_bbox(ord(char))
    assert not cut.has_glyph(ord("业"))


@pytest.mark.parametrize("text", ["甘薯2031…，", "（节选）部委动态，供参阅", "加快建设三核"])
def test_a_cut_truetype_font_draws_the_same_even_where_glyphs_are_made_of_others(text):
    whole = pymupdf.Font("china-s")
    glyphs = {char: whole.has_glyph(ord(char)) for char in text}
    assert _drawn(pymupdf.Font(fontbuffer=fontcutting.cut(fontcutting.tables(whole.buffer), glyphs)), text) == _drawn(whole, text)


def _drawn(font, text):
    with pymupdf.open() as made:
        page = made.new_page(width=60 * len(text), height=70)
        writer = pymupdf.TextWriter(page.rect)
        writer.append((5, 55), text, font=font, fontsize=48)
        writer.write_text(page)
        return page.get_pixmap().samples


def test_a_kind_of_type_takes_the_nearest_that_the_machine_has():
    assert set(Faces(DEFAULT, {}).names.values()) == {"china-s"}
    present = dict.fromkeys(("仿宋", "SimHei", "宋体"), None)
    assert Faces(DEFAULT, present).names == {"body": "仿宋", "kai": "仿宋", "hei": "SimHei", "title": "仿宋", "song": "宋体"}
