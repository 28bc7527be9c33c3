"""The page view shows the print as it is, sharp at every scaling, and outlives what a file does to the render process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pymupdf
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest

from desktop.bulletin.places import PlaceMap
from desktop.rendering.client import Renderer
from desktop.rendering.sentences import OPENING
from desktop.ui.page import PageView
from desktop.ui.theme import DARK, LIGHT
from tests.rendering.conftest import write_endless_page, write_text_pages
from tests.ui.page.steps import (
    PLACES,
    WAIT,
    at_char,
    document,
    mark,
    offset_of,
    on_screen,
    painted,
    sharp,
    shown,
    wheel,
)


def test_the_page_is_painted_pixel_for_pixel_as_it_was_rendered(view, printed_pdf):
    box = view.pages.box(1)
    with pymupdf.open(printed_pdf) as pdf:
        scale = pymupdf.Matrix(box.width() / 420, box.height() / 600)
        pixmap = pdf[0].get_pixmap(matrix=scale, alpha=False)
    expected = QImage(pixmap.samples, pixmap.width, pixmap.height, pixmap.stride, QImage.Format.Format_RGB888)
    image = painted(view)
    top = box.top() - view.visible_area().top()
    rows = range(5, image.height() - top - 5, 7)
    assert all(
        image.pixelColor(box.left() + x, top + y) == expected.pixelColor(x, y) for y in rows for x in range(5, box.width() - 5, 7)
    )


def test_at_fractional_screen_scaling_the_page_is_as_sharp(printed_pdf):
    program = """
import sys
import time
import pymupdf
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget
from desktop.bulletin.model import Passage, PassageKind, Place
from desktop.bulletin.places import PlaceMap
from desktop.ui.page import PageView
from desktop.ui.theme import LIGHT
from desktop.ui.values import DocumentView
app = QApplication([])
window = QWidget()
window.resize(701, 607)
view = PageView(LIGHT, parent=window)
view.setGeometry(1, 3, 613, 567)
window.show()
view.set_document(DocumentView(1, "", "", "issue", (), sys.argv[1], True), PlaceMap([]))
deadline = time.monotonic() + 30
while not view.is_sharp() and time.monotonic() < deadline:
    app.processEvents()
    time.sleep(0.01)
image = window.grab().toImage()
image.setDevicePixelRatio(1)
box = view.pages.box(1)
pixmap = pymupdf.open(sys.argv[1])[0].get_pixmap(matrix=pymupdf.Matrix(box.width() / 420, box.height() / 600), alpha=False)
expected = QImage(pixmap.samples, pixmap.width, pixmap.height, pixmap.stride, QImage.Format.Format_RGB888)
places = [(x, y) for y in range(20, 700, 7) for x in range(20, box.width() - 20, 7)]
worst = min(
    sum(image.pixelColor(box.left() + x + dx, box.top() + y + dy) != expected.pixelColor(x, y) for x, y in places)
    for dx in (1, 2) for dy in (4, 5)
)
print(view.ratio, worst, len(places))
view.close_document()
"""
    environment = {**os.environ, "QT_SCALE_FACTOR": "1.5", "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", program, str(printed_pdf)], capture_output=True, text=True, timeout=60, env=environment
    )
    assert done.returncode == 0, done.stderr
    ratio, differing, places = map(float, done.stdout.split())
    assert ratio == 1.5
    assert places > 5000
    assert differing == 0


def test_the_window_side_never_imports_pymupdf():
    program = "import sys, desktop.ui.page; print('pymupdf' in sys.modules, 'peewee' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.split() == ["False", "False"]


def test_it_says_which_page_is_shown(qtbot, view):
    assert (view.current_page(), view.page_count()) == (1, 3)
    with qtbot.waitSignal(view.page_changed) as changed:
        view.go_to_page(2)
    assert changed.args == [2, 3]
    assert view.accessibleName() == "页面"
    assert view.accessibleDescription() == "第2页，共3页"


@pytest.mark.parametrize(
    ("path", "is_pdf", "sentence"),
    [("no-such.pdf", True, OPENING["missing"]), ("plain.txt", False, "阅读")],
)
def test_a_document_without_pages_shows_a_sentence(qtbot, empty, tmp_path, path, is_pdf, sentence):
    empty.set_document(document(tmp_path / path, is_pdf=is_pdf), PLACES)
    qtbot.waitUntil(lambda: sentence in empty.message, timeout=WAIT)
    assert empty.page_count() == 0


def test_another_document_replaces_the_first_one_at_once(qtbot, view, tmp_path):
    view.set_marks([mark(1, "算力建设")])
    view.set_document(document(write_text_pages(tmp_path / "other.pdf", pages=5)), PlaceMap([]))
    view.set_document(None, PlaceMap([]))
    QTest.qWait(50)
    assert view.page_count() == 0
    view.set_document(document(tmp_path / "other.pdf"), PlaceMap([]))
    sharp(qtbot, view)
    assert view.page_count() == 5


def test_in_the_dark_the_page_is_dimmed_and_stays_dark_on_light(view):
    view.set_marks([mark(1, "算力建设")])
    light = painted(view)
    view.set_theme(DARK)
    dark = painted(view)
    paper, desk = on_screen(view, 1, 300, 300), QPoint(3, 300)
    assert 190 < dark.pixelColor(paper).lightness() < light.pixelColor(paper).lightness()
    assert dark.pixelColor(desk) == QColor(DARK.desk)
    spot = at_char(view, 1, offset_of(1, "算力建设"), share=0.02)
    assert dark.pixelColor(spot).lightness() > 120


def test_a_worker_killed_while_scrolling_is_not_noticed(qtbot, empty, tmp_path):
    view = shown(qtbot, empty, write_text_pages(tmp_path / "long.pdf", pages=12), PlaceMap([]))
    for step in range(12):
        wheel(view, -4, QPoint(300, 300))
        if step in (3, 7):
            os.kill(view.renderer.worker_pid, signal.SIGKILL)
        QTest.qWait(10)
    assert view.current_page() > 5
    view.go_to_page(9)
    sharp(qtbot, view)
    image = painted(view)
    assert any(image.pixelColor(x, y).lightness() < 100 for x in range(50, 600, 2) for y in range(0, 600, 2))


def test_a_page_that_never_ends_says_so_and_can_be_tried_again(qtbot, tmp_path):
    view = PageView(LIGHT, renderer=Renderer(patience={"render": 1500}))
    qtbot.addWidget(view, before_close_func=PageView.close_document)
    view.resize(700, 640)
    view.show()
    view.fit_page()
    view.set_document(document(write_endless_page(tmp_path / "endless.pdf")), PlaceMap([]))
    qtbot.waitUntil(lambda: view.page_count() == 2, timeout=WAIT)
    view.go_to_page(2)
    qtbot.waitUntil(lambda: view.renderer.is_bad(2), timeout=WAIT)
    shot = painted(view)
    centre = view.on_viewport(QPointF(view.pages.box(2).center()))
    assert any(
        shot.pixelColor(centre.x() + dx, centre.y() + dy) != QColor("white") for dx in range(-60, 60) for dy in range(-12, 12)
    )
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=centre)
    assert not view.renderer.is_bad(2)
    view.go_to_page(1)
    sharp(qtbot, view)


def test_closing_ends_the_render_process(qtbot, printed_pdf):
    view = PageView(LIGHT)
    qtbot.addWidget(view)
    view.show()
    shown(qtbot, view, printed_pdf)
    pid, arena = view.renderer.worker_pid, view.renderer.arena_path
    view.close_document()
    assert not arena.exists()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_a_jump_to_any_page_shows_it_at_once_when_the_document_has_been_open_for_a_while(qtbot, empty, tmp_path):
    view = shown(qtbot, empty, write_text_pages(tmp_path / "long.pdf", pages=30), PlaceMap([]))
    cache = view.renderer.cache
    qtbot.waitUntil(lambda: all(cache.has_page(page, 0) for page in range(1, 31)), timeout=WAIT)
    view.go_to_page(27)
    image = painted(view)  # before anything more can have come
    assert any(image.pixelColor(x, y).lightness() < 200 for x in range(50, 600, 2) for y in range(0, 600, 2))
