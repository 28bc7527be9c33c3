"""For every word of the sample PDFs: a mark made with the mouse covers the word's glyphs and nothing else, to the pixel.

Turned, cropped and two-column prints too. The words of a page are marked in three lots, so that neighbours do not hide each
other's edges.
"""

from __future__ import annotations

import pymupdf
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from desktop.bulletin.parsing import parse
from desktop.bulletin.places import PlaceMap
from desktop.fields.words import word_at
from desktop.paths import SAMPLES
from desktop.readers.reading import read
from desktop.ui.page.marking import bridged
from desktop.ui.values import MarkView
from tests.ui.page.steps import document, drag, on_screen, painted, sharp

LOTS = 3
COLUMN = (
    "量子通信支持企业开展关键技术攻关",
    "推动产业链上下游协同发展到明年",
    "建成若干概念验证中心和中试平台",
    "每年发放算力券不超过一千万元整",
)


def made_from(sample, rotate=0, crop=None):
    def write(folder):
        with pymupdf.open(SAMPLES / f"issue-{sample}.pdf") as source:
            for page in source:
                if crop:
                    page.set_cropbox(pymupdf.Rect(crop))
                page.set_rotation(rotate)
            source.save(folder / "made.pdf")
        return folder / "made.pdf"

    return write


def two_columns(folder):
    with pymupdf.open() as made:
        page = made.new_page(width=595, height=842)
        page.insert_text((200, 80), "两栏试印材料", fontname="china-s", fontsize=20)
        for column in (60, 320):
            for row in range(16):
                page.insert_text((column, 140 + 24 * row), COLUMN[row % 4], fontname="china-s", fontsize=14)
        made.save(folder / "made.pdf")
    return folder / "made.pdf"


def places_of(path):
    parsed = parse(read(path))
    items = [item for part in getattr(parsed, "sections", (parsed,)) for item in part.items]
    return PlaceMap([(n, tuple(item.passages)) for n, item in enumerate(items, 1)]), len(items)


def words_of(places, items):
    """(item, start, end) of every word of two signs and more."""
    for item in range(1, items + 1):
        text, at = places.text(item), 0
        while at < len(text):
            start, end = places.passage_span(item, at)
            if at >= end:
                at = max(end, at) + 1
                continue
            first, last = word_at(text[start:end], at - start)
            if last - first > 1 and text[start + first : start + last].isalnum():
                yield item, start + first, start + last
            at = max(start + last, at + 1)


def mouse_mark(view, places, word, uid):
    parts = places.characters(*word)
    (page, first, _), (last_page, _, last) = parts[0], parts[-1]
    texts = view.renderer.texts
    grips = []
    for number, char, share in ((page, first, 0.06), (last_page, last - 1, 0.94)):
        box, (dx, dy) = texts[number].box(char), texts[number].heading(char)
        along = share if dx + dy > 0 else 1 - share
        x = box.x0 + (along if dx else 0.5) * (box.x1 - box.x0)
        y = box.y0 + (along if dy else 0.5) * (box.y1 - box.y0)
        grips.append(on_screen(view, number, x, y))
    view.clear_selection()
    drag(view, *grips)
    selection = view.selection()
    view.clear_selection()
    assert selection is not None
    assert (selection.item, selection.start, selection.end) == word, places.text(word[0])[word[1] : word[2]]
    return MarkView(uid, selection.item, selection.start, selection.end, selection.text, "yellow", "highlight", "")


def glyph_areas(view, places, word):
    """The glyph boxes of the word, line by line, in pixels of the viewport."""
    areas = []
    for page, first, last in places.characters(*word):
        text = view.renderer.texts[page]
        for start, end in bridged(text, [(first, last)]):
            for box in text.bands(start, end):
                area = view.pages.to_sheet(page).mapRect(QRectF(box.x0, box.y0, box.x1 - box.x0, box.y1 - box.y0))
                areas.append(area.translated(-view.visible_area().topLeft()))
    return areas


def assert_covered(plain, marked, areas):
    changed = QImage(plain)
    with QPainter(changed) as painter:
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Difference)
        painter.drawImage(0, 0, marked)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        for area in areas:  # a tenth of the line's height more, for glyphs that reach out of the boxes their fonts declare
            slack = 0.1 * min(area.width(), area.height()) + 1.5
            painter.fillRect(area.adjusted(-slack, -slack, slack, slack), QColor("black"))
    nothing = QImage(changed.size(), changed.format())
    nothing.fill(QColor("black"))
    assert changed == nothing, "a mark reaches beyond its word"
    white = QColor("white").rgb()
    for area in areas:
        inner = area.adjusted(1.5, 1.5, -1.5, -1.5).toRect()
        left = [
            1
            for x in range(inner.left(), inner.right())
            for y in range(inner.top(), inner.bottom())
            if marked.pixel(x, y) == white
        ]
        assert not left, "a mark leaves part of its word white"


@pytest.mark.parametrize(
    ("write", "turned", "pages"),
    [
        pytest.param(made_from("901"), 0, 99, id="every word of the first sample"),
        pytest.param(made_from("902"), 0, 99, id="every word of the second sample"),
        pytest.param(made_from("903"), 0, 99, id="every word of the third sample"),
        pytest.param(made_from("901", rotate=90), 0, 3, id="rotated by 90"),
        pytest.param(made_from("902", rotate=180), 0, 3, id="rotated by 180"),
        pytest.param(made_from("903", rotate=270, crop=(30, 40, 560, 810)), 0, 3, id="rotated and cropped"),
        pytest.param(made_from("901", crop=(30, 40, 560, 810)), 90, 3, id="cropped, turned by the reader"),
        pytest.param(two_columns, 0, 9, id="two columns"),
    ],
)
def test_a_mark_made_with_the_mouse_covers_its_word_and_nothing_else(qtbot, empty, tmp_path, write, turned, pages):
    path = write(tmp_path)
    places, items = places_of(path)
    view = empty
    view.resize(900, 1100)
    view.set_document(document(path), places)
    sharp(qtbot, view)
    view.set_arrangement(type(view.arrangement)(rotation=turned, single=True))
    view.fit_page()
    on_page = {}
    for word in words_of(places, items):
        parts = places.characters(*word)
        if parts and {part[0] for part in parts} == {parts[0][0]}:
            on_page.setdefault(parts[0][0], []).append(word)
    assert sum(map(len, on_page.values())) > 40
    for page in sorted(on_page)[:pages]:
        view.go_to_page(page)
        sharp(qtbot, view)
        view.set_marks([])
        plain = painted(view)
        marks = [mouse_mark(view, places, word, str(n)) for n, word in enumerate(on_page[page])]
        for lot in range(LOTS):
            view.set_marks(marks[lot::LOTS])
            areas = [area for word in on_page[page][lot::LOTS] for area in glyph_areas(view, places, word)]
            assert_covered(plain, painted(view), areas)
