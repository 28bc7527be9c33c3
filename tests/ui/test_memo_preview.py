"""摘编预览: the sheets of the PDF's layout, what a click on them tells, and that typing is seen at once."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from desktop.memo.layout import DEFAULT, points
from desktop.memo.pages import set_pages
from desktop.ui.memo_preview import MemoPreview
from desktop.ui.memo_preview.faces import ScreenFaces
from desktop.ui.theme import DARK, LIGHT
from tests.memo import samples


@pytest.fixture
def shown(qtbot):
    preview = MemoPreview(LIGHT)
    qtbot.addWidget(preview)
    preview.resize(640, 700)
    preview.show()
    qtbot.waitExposed(preview)
    faces = ScreenFaces(DEFAULT)
    pages = set_pages(samples.of_kind("要情摘报", 8), DEFAULT, faces.width)
    preview.show_pages(pages, faces, f"共 {len(pages)} 页")
    return preview, pages


def test_a_full_page_has_22_lines_of_at_most_29_characters(shown):
    _, pages = shown
    rows = {}
    for glyphs in pages[1].glyphs:
        if glyphs.size == 16 and not glyphs.text.isascii():
            rows.setdefault(round(glyphs.y, 1), []).append(glyphs)
    assert len(rows) <= 22
    assert max(map(len, rows.values())) <= 29


def test_a_click_on_an_excerpt_tells_which(shown, qtbot):
    preview, pages = shown
    sheets = preview.sheets
    spot = next(spot for spot in pages[0].spots if spot.excerpt == 0)
    corner = sheets._corner(0)
    place = QPoint(
        round(corner.x() + points(100) * sheets.scale), round(corner.y() + (spot.top + spot.bottom) / 2 * sheets.scale)
    )
    sheets.verticalScrollBar().setValue(max(0, place.y() - 300))
    place -= QPoint(0, sheets.verticalScrollBar().value())
    with qtbot.waitSignal(preview.excerpt_clicked) as clicked:
        QTest.mouseClick(sheets.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert clicked.args == [0]
    with qtbot.assertNotEmitted(preview.excerpt_clicked):
        QTest.mouseClick(sheets.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(2, 2))


def test_larger_and_smaller_keep_the_place_and_can_be_fitted_again(shown):
    preview, _ = shown
    sheets = preview.sheets
    fitted = sheets.scale
    sheets.change_zoom(1.5)
    assert sheets.scale == pytest.approx(fitted * 1.5)
    assert sheets.horizontalScrollBar().maximum() > 0
    sheets.change_zoom(0)
    assert sheets.scale == fitted


def test_paper_stays_white_on_a_dark_desk_and_the_head_is_red(shown):
    preview, _ = shown
    preview.set_theme(DARK)
    image = preview.sheets.viewport().grab().toImage()
    colors = {image.pixelColor(x, y).name() for x in range(0, image.width(), 2) for y in range(0, image.height(), 2)}
    assert {"#ffffff", DARK.desk} <= colors
    assert any(int(name[1:3], 16) > 200 and int(name[3:5], 16) < 60 for name in colors)


def test_nothing_to_set_is_said(qtbot):
    preview = MemoPreview(LIGHT)
    qtbot.addWidget(preview)
    preview.show_nothing("这份摘编已不存在")
    assert preview._facts.text() == "这份摘编已不存在"
    assert preview._stack.currentWidget() is preview._empty
