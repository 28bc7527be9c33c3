"""Marks lie exactly on the glyphs, ink stays ink, and what lies on the page can be pointed at."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QColor, QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip

from desktop.bulletin.model import Passage, PassageKind, Place
from desktop.bulletin.places import PlaceMap
from desktop.ui.theme import LIGHT
from desktop.ui.values import MarkView
from tests.ui.page.printed import write_pdf
from tests.ui.page.steps import (
    PLACES,
    WAIT,
    at_char,
    box_of,
    drag,
    mark,
    offset_of,
    on_screen,
    painted,
    rect_of,
    sharp,
    shown,
)

YELLOW, BLUE = QColor(LIGHT.marks["yellow"]), QColor(LIGHT.marks["blue"])


@pytest.mark.parametrize(
    "making",
    [
        {},
        {"rotate": 90},
        {"rotate": 180},
        {"rotate": 270},
        {"crop": (20, 30, 400, 590)},
        {"crop": (20, 30, 400, 590), "rotate": 90},
    ],
)
@pytest.mark.parametrize("turned", [0, 90])
def test_a_mark_covers_its_glyphs_and_nothing_else(qtbot, empty, tmp_path, making, turned):
    view = shown(qtbot, empty, write_pdf(tmp_path / "made.pdf", **making))
    view.rotate(turned)
    view.fit_page()
    sharp(qtbot, view)
    words = "行动方案，提出"
    first = view.renderer.texts[1].text.index(words)
    passage = Passage(PassageKind.TITLE, words, (Place(0, len(words), 1, first),))
    view.set_places(PlaceMap([(1, (passage,))]))
    view.set_marks([MarkView("m", 1, 0, len(words), words, "yellow", "highlight", "")])
    image = painted(view)
    glyphs = rect_of(view, 1, first).united(rect_of(view, 1, first + len(words) - 1))
    area = view.pages.to_sheet(1).mapRect(glyphs).translated(-view.visible_area().topLeft())
    yellow = [(x, y) for x in range(image.width()) for y in range(image.height()) if image.pixelColor(x, y) == YELLOW]
    assert len(yellow) > 0.4 * area.width() * area.height()  # the rest is ink
    slack = 0.1 * min(area.width(), area.height()) + 1
    assert all(area.adjusted(-slack, -slack, slack, slack).contains(QPointF(x, y)) for x, y in yellow)


def test_ink_stays_ink_under_marks_and_selection(qtbot, view):
    def darkest(image, item, offset):
        spot = at_char(view, item, offset)
        return min(image.pixelColor(spot.x() + dx, spot.y() + dy).lightness() for dx in range(-9, 10) for dy in range(-9, 10))

    before = darkest(painted(view), 1, 0)
    view.set_marks([mark(1, "某市推进", uid="a"), mark(1, "某市推进算力", uid="b", color="blue")])
    view.select_item(1)
    assert darkest(painted(view), 1, 0) <= before + 2


def test_overlapping_marks_show_both_colours(view):
    view.set_marks([mark(1, "某市推进算力", uid="a"), mark(1, "算力建设", uid="b", color="blue")])
    image = painted(view)

    def between(offset):
        left = at_char(view, 1, offset, 0.98)
        return image.pixelColor(left.x(), left.y() - 12)

    assert between(2) == YELLOW
    assert between(6) == BLUE
    both = between(4)
    assert both not in (YELLOW, BLUE)
    assert both.lightness() < min(YELLOW.lightness(), BLUE.lightness())


def test_an_underline_leaves_the_paper_white(view):
    view.set_marks([mark(1, "某市推进", style="underline", color="red")])
    image = painted(view)
    page, char = PLACES.printed(1, 1)
    box = box_of(view, page, char)
    middle = at_char(view, 1, 1, 0.98)
    column = [image.pixelColor(middle.x(), y) for y in range(middle.y() - 20, middle.y() + 30)]
    assert image.pixelColor(middle.x(), on_screen(view, page, 0, box.y0 + 1).y()) == QColor("white")
    assert any(color.hue() in range(30) and color.saturation() > 100 for color in column if color != QColor("white"))


def test_a_lost_mark_is_not_drawn_at_some_other_text(view):
    plain = painted(view)
    view.set_marks([mark(1, "某市推进", anchored=False)])
    assert painted(view) == plain


def test_hits_are_drawn_and_taken_away(view):
    plain = painted(view)
    start = offset_of(1, "算力建设")
    view.set_hits([(1, start, start + 2)])
    assert painted(view) != plain
    view.set_hits([])
    assert painted(view) == plain


def test_a_click_chooses_the_mark_and_pointing_shows_its_note(qtbot, view):
    inner = mark(1, "算力", uid="inner", note="请核对 <数字>\n明天办", fields=("数字经济", "电子信息"))
    view.set_marks([mark(1, "某市推进算力建设", uid="outer"), inner])
    spot = at_char(view, 1, offset_of(1, "算力"))
    with qtbot.waitSignal(view.mark_clicked) as chosen:
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert chosen.args == ["inner", view.viewport().mapToGlobal(spot)]
    QApplication.sendEvent(view.viewport(), QHelpEvent(QEvent.Type.ToolTip, spot, view.viewport().mapToGlobal(spot)))
    assert QToolTip.text() == "请核对 &lt;数字&gt;<br>明天办<br><b>领域</b>　数字经济、电子信息"
    QToolTip.hideText()


def test_a_drag_over_a_mark_selects_and_does_not_click_it(qtbot, view):
    view.set_marks([mark(1, "某市推进算力建设")])
    with qtbot.assertNotEmitted(view.mark_clicked):
        drag(view, at_char(view, 1, 0, 0.1), at_char(view, 1, 3, 0.9))
    assert view.selection().text == "某市推进"


def test_a_link_leads_to_its_page(qtbot, view):
    qtbot.waitUntil(lambda: 1 in view.renderer.page_links, timeout=WAIT)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=on_screen(view, 1, 90, 55))
    assert view.current_page() == 3
