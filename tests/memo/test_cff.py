"""CFF fonts cut down: what is used looks the same, what is not is gone, and lists of objects are read as they were written."""

from __future__ import annotations

import pymupdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.memo import fonts
from desktop.memo.cff import Index, cut_cff, made_index
from desktop.memo.fontcutting import assembled, cut, tables


@given(st.lists(st.binary(max_size=400), max_size=40), st.binary(max_size=9))
def test_an_index_is_read_as_it_was_written(objects, before):
    written = made_index(objects)
    index = Index(before + written + b"rest", len(before))
    assert list(index) == objects
    assert index[1:3] == objects[1:3]
    assert index.end == len(before) + len(written)


def test_beyond_the_end_of_an_index_there_is_nothing():
    with pytest.raises(IndexError):
        Index(made_index([b"a"]), 0)[1]


@pytest.fixture(scope="module")
def font():
    for file in fonts.installed().values():
        if file.path.suffix in (".ttc", ".otf"):
            content = file.path.read_bytes()
            parts = tables(content, file.index)
            if b"CFF " in parts:
                yield parts
                return
    pytest.skip("no font with CFF outlines is installed")


def _drawn(font, text):
    with pymupdf.open() as document:
        page = document.new_page(width=60 * len(text), height=70)
        writer = pymupdf.TextWriter(page.rect)
        writer.append((5, 55), text, font=font, fontsize=48)
        writer.write_text(page)
        return page.get_pixmap().samples


def test_what_is_kept_looks_the_same_and_the_rest_is_gone(font):
    parts = font
    whole = pymupdf.Font(fontbuffer=assembled(parts))
    text = "".join(char for char in "甘薯8g，" if whole.has_glyph(ord(char)))
    glyphs = {char: whole.has_glyph(ord(char)) for char in text}
    small = cut(parts, glyphs)
    kept = pymupdf.Font(fontbuffer=small)
    assert _drawn(kept, text) == _drawn(whole, text)
    assert len(tables(small)[b"CFF "]) < len(parts[b"CFF "]) / 5
    assert len(cut_cff(parts[b"CFF "], [0])) < len(tables(small)[b"CFF "])
