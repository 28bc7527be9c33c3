"""Pages come as images and characters, and a file that kills or blocks the render process harms nothing else."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pymupdf
import pytest
from PySide6.QtGui import QImage

from desktop.rendering.client import Job, JobKind, Renderer
from desktop.rendering.protocol import ImageKey
from desktop.rendering.sentences import OPENING
from tests.rendering.conftest import LINES, write_text_pages

WAIT = 30_000
SHARP = ImageKey(1, 400, 600)


def image_job(key):
    return Job(JobKind.IMAGE, key.page, key)


@pytest.fixture
def renderer(qtbot):
    made = Renderer(cache_bytes=16 << 20)
    made.start()
    yield made
    made.close()


@pytest.fixture
def impatient(qtbot):
    made = Renderer(cache_bytes=16 << 20, patience={"render": 1500})
    made.start()
    yield made
    made.close()


def opened(qtbot, renderer, path):
    with qtbot.waitSignal(renderer.ready, timeout=WAIT) as ready:
        renderer.open(path)
    return ready.args[0]


def fetched(qtbot, renderer, key):
    if key not in renderer.cache:
        with qtbot.waitSignal(renderer.image, timeout=WAIT, check_params_cb=lambda _: key in renderer.cache):
            renderer.wish([image_job(key)])
    return renderer.cache.get(key)


def as_image(picture):
    return QImage(picture.data, picture.width, picture.height, picture.stride, QImage.Format.Format_RGB888).copy()


def ink(image, x0, y0, x1, y1):
    """The share of dark pixels in a part of the image."""
    dark = sum(image.pixelColor(x, y).lightness() < 128 for x in range(x0, x1) for y in range(y0, y1))
    return dark / ((x1 - x0) * (y1 - y0))


def test_a_document_opens_with_the_size_of_every_page(qtbot, renderer, text_pdf):
    assert opened(qtbot, renderer, text_pdf) == [(400.0, 600.0)] * 3


def test_the_image_shows_ink_where_the_text_stands_and_paper_elsewhere(qtbot, renderer, text_pdf):
    opened(qtbot, renderer, text_pdf)
    image = as_image(fetched(qtbot, renderer, SHARP))
    assert (image.width(), image.height()) == (400, 600)
    assert ink(image, 60, 86, 260, 102) > 0.1
    assert ink(image, 60, 200, 260, 500) == 0


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_part_of_a_page_equals_that_part_of_the_whole(qtbot, renderer, text_pdf, rotation):
    opened(qtbot, renderer, text_pdf)
    width, height = (900, 600) if rotation % 180 else (600, 900)
    whole = as_image(fetched(qtbot, renderer, ImageKey(1, width, height, rotation)))
    part = as_image(fetched(qtbot, renderer, ImageKey(1, width, height, rotation, (100, 50, 500, 450))))
    assert (whole.width(), whole.height()) == (width, height)
    assert (part.width(), part.height()) == (400, 400)
    cut = whole.copy(100, 50, 400, 400)
    differing = sum(
        abs(part.pixelColor(x, y).lightness() - cut.pixelColor(x, y).lightness()) > 40 for x in range(400) for y in range(400)
    )
    assert differing < 100


def test_characters_come_with_the_boxes_they_are_printed_in(qtbot, renderer, text_pdf):
    opened(qtbot, renderer, text_pdf)
    with qtbot.waitSignal(renderer.text, timeout=WAIT):
        renderer.wish([Job(JobKind.TEXT, 2)])
    text = renderer.texts[2]
    assert text.text == "".join(LINES) + "第2页"
    assert text.line_span(1) == (len(LINES[0]), len(LINES[0]) + len(LINES[1]))
    box = text.box(0)
    assert box.x0 == pytest.approx(60, abs=1)
    assert box.x1 == pytest.approx(76, abs=1)
    assert box.y0 < 90 < 100 < box.y1


def test_links_within_the_file_lead_to_their_page(qtbot, renderer, tmp_path):
    path = write_text_pages(tmp_path / "plain.pdf")
    with pymupdf.open(path) as document:
        document[0].insert_link(
            {"kind": pymupdf.LINK_GOTO, "from": pymupdf.Rect(60, 80, 200, 105), "page": 2, "to": pymupdf.Point(0, 0)}
        )
        document.save(tmp_path / "linked.pdf")
    opened(qtbot, renderer, tmp_path / "linked.pdf")
    with qtbot.waitSignal(renderer.links, timeout=WAIT):
        renderer.wish([Job(JobKind.LINKS, 1)])
    assert [link.page for link in renderer.page_links[1]] == [3]


def test_a_password_opens_a_locked_file(qtbot, renderer, tmp_path):
    path = write_text_pages(tmp_path / "locked.pdf", encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="密码123", owner_pw="o")
    with qtbot.waitSignal(renderer.failed, timeout=WAIT) as refused:
        renderer.open(path, "不对")
    assert refused.args == [OPENING["locked"]]
    with qtbot.waitSignal(renderer.ready, timeout=WAIT):
        renderer.open(path, "密码123")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (None, "missing"),
        (b"", "empty"),
        (b"\xff\xd8\xff\xe0 a photo", "damaged"),
        ("cut", "damaged"),
    ],
)
def test_a_file_that_cannot_be_shown_is_refused_in_one_sentence(qtbot, renderer, tmp_path, text_pdf, content, code):
    path = tmp_path / "bad.pdf"
    if content == "cut":
        path.write_bytes(text_pdf.read_bytes()[:300])
    elif content is not None:
        path.write_bytes(content)
    with qtbot.waitSignal(renderer.failed, timeout=WAIT) as refused:
        renderer.open(path)
    assert refused.args == [OPENING[code]]
    assert opened(qtbot, renderer, text_pdf)  # and the next file opens as if nothing had been


def test_a_killed_worker_is_replaced_and_the_page_comes(qtbot, renderer, text_pdf):
    opened(qtbot, renderer, text_pdf)
    fetched(qtbot, renderer, SHARP)
    first = renderer.worker_pid
    os.kill(first, signal.SIGKILL)
    assert fetched(qtbot, renderer, ImageKey(3, 200, 300))
    assert renderer.worker_pid not in (0, first)
    assert renderer.cache.get(SHARP)  # what was drawn before is still there


def test_a_worker_that_stops_answering_is_replaced(qtbot, impatient, text_pdf):
    opened(qtbot, impatient, text_pdf)
    fetched(qtbot, impatient, ImageKey(1, 40, 60))
    stuck = impatient.worker_pid
    os.kill(stuck, signal.SIGSTOP)
    assert fetched(qtbot, impatient, SHARP)
    assert impatient.worker_pid not in (0, stuck)


def test_an_endless_page_is_given_up_and_the_others_come(qtbot, impatient, endless_pdf):
    opened(qtbot, impatient, endless_pdf)
    endless, plain = ImageKey(2, 400, 600), ImageKey(1, 400, 600)
    with qtbot.waitSignal(impatient.page_failed, timeout=WAIT) as given_up:
        impatient.wish([image_job(endless)])
    assert given_up.args == [2]
    assert impatient.is_bad(2)
    with qtbot.waitSignal(impatient.image, timeout=WAIT):
        impatient.wish([image_job(endless), image_job(plain)])
    assert plain in impatient.cache


def test_what_is_no_longer_wished_for_is_not_drawn(qtbot, renderer, text_pdf):
    opened(qtbot, renderer, text_pdf)
    keys = [ImageKey(page, 300, 450) for page in (1, 2, 3)]
    with qtbot.waitSignal(renderer.image, timeout=WAIT, check_params_cb=lambda page: page == 3):
        renderer.wish([image_job(key) for key in keys])
        renderer.wish([image_job(keys[2])])
    assert keys[1] not in renderer.cache


def test_a_preview_is_skipped_when_there_is_an_image_already(qtbot, renderer, text_pdf):
    opened(qtbot, renderer, text_pdf)
    fetched(qtbot, renderer, SHARP)
    small = ImageKey(1, 40, 60)
    with qtbot.waitSignal(renderer.text, timeout=WAIT):
        renderer.wish([Job(JobKind.PREVIEW, 1, small), Job(JobKind.TEXT, 1)])
    assert small not in renderer.cache


def test_the_cache_keeps_its_budget_and_what_is_in_view(qtbot, renderer, tmp_path):
    opened(qtbot, renderer, write_text_pages(tmp_path / "long.pdf", pages=12))
    wide = [ImageKey(page, 800, 1200) for page in range(1, 13)]  # 2.9 MB each into 16 MB
    for key in wide:
        fetched(qtbot, renderer, key)
        renderer.cache.get(wide[0])
    assert wide[0] in renderer.cache
    assert wide[-1] in renderer.cache
    assert sum(key in renderer.cache for key in wide) == 5


def test_an_image_that_fits_nowhere_is_left_out(qtbot, renderer, text_pdf):
    opened(qtbot, renderer, text_pdf)
    huge, plain = ImageKey(1, 3000, 4500), ImageKey(2, 400, 600)
    with qtbot.waitSignal(renderer.image, timeout=WAIT):
        renderer.wish([image_job(huge), image_job(plain)])
    assert plain in renderer.cache
    assert huge not in renderer.cache


def test_what_is_wished_for_less_never_drives_out_what_is_wished_for_more(qtbot, renderer, tmp_path):
    opened(qtbot, renderer, write_text_pages(tmp_path / "long.pdf", pages=8))
    keys = [ImageKey(page, 800, 1200) for page in range(1, 9)]  # five of them fit
    with qtbot.waitSignal(renderer.text, timeout=WAIT):
        renderer.wish([*map(image_job, keys), Job(JobKind.TEXT, 1)])
    assert [key in renderer.cache for key in keys] == [True] * 5 + [False] * 3


def test_closing_leaves_no_process_and_no_file(qtbot, text_pdf):
    renderer = Renderer(cache_bytes=4 << 20)
    renderer.start()
    opened(qtbot, renderer, text_pdf)
    pid, arena = renderer.worker_pid, Path(renderer.arena_path)
    assert arena.exists()
    assert arena.stat().st_mode & 0o077 == 0 or arena.parent.stat().st_mode & 0o077 == 0
    renderer.close()
    assert not arena.parent.exists()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_a_killed_window_leaves_no_process_and_no_file(text_pdf):
    program = (
        "import sys, os; from PySide6.QtCore import QCoreApplication; from desktop.rendering.client import Renderer\n"
        "app = QCoreApplication([]); renderer = Renderer(cache_bytes=4 << 20)\n"
        "renderer.ready.connect(lambda _: (print(renderer.worker_pid, renderer.arena_path, flush=True), os._exit(9)))\n"
        "renderer.open(sys.argv[1]); app.exec()"
    )
    done = subprocess.run([sys.executable, "-c", program, str(text_pdf)], capture_output=True, text=True, timeout=60)
    pid, arena = done.stdout.split()
    deadline = time.monotonic() + 20
    while Path(arena).parent.exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not Path(arena).parent.exists()
    assert int(pid) > 0


def test_the_window_side_never_imports_pymupdf():
    program = "import sys, desktop.rendering.client; print('pymupdf' in sys.modules, 'peewee' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.split() == ["False", "False"]


def small_job(page, size=(40, 60)):
    return Job(JobKind.PREVIEW, page, ImageKey(page, *size))


def test_what_is_prepared_comes_while_nothing_is_wished_for_and_a_wish_goes_before_it(qtbot, renderer, tmp_path):
    opened(qtbot, renderer, write_text_pages(tmp_path / "long.pdf", pages=12))
    came = []
    renderer.image.connect(came.append)
    renderer.prepare([small_job(page) for page in range(1, 13)])
    renderer.wish([image_job(ImageKey(9, 400, 600))])
    qtbot.waitUntil(lambda: all(renderer.cache.has_page(page, 0) for page in range(1, 13)), timeout=WAIT)
    assert came.index(9) <= 1  # one may have been under way
    assert came.count(9) == 1  # with the large image the small one is needless


def test_small_images_outlast_large_ones_until_they_fill_half_of_the_room(qtbot, renderer, tmp_path):
    opened(qtbot, renderer, write_text_pages(tmp_path / "long.pdf", pages=12))
    small = [small_job(page) for page in range(1, 13)]
    for job in small:
        fetched(qtbot, renderer, job.key)
    for page in range(1, 13):  # 35 MB into 16
        fetched(qtbot, renderer, ImageKey(page, 800, 1200))
    assert all(job.key in renderer.cache for job in small)
    for step in range(40):  # of 0.47 MB each: 19 MB
        fetched(qtbot, renderer, ImageKey(step % 12 + 1, 320 + step // 12, 480))
    assert any(ImageKey(page, 800, 1200) in renderer.cache for page in range(1, 13))


def test_preparing_ends_with_the_first_page_that_never_ends_and_wishes_go_on(qtbot, endless_pdf):
    hasty = Renderer(cache_bytes=16 << 20, patience={"prepare": 700})
    hasty.start()
    opened(qtbot, hasty, endless_pdf)
    first = hasty.worker_pid
    hasty.prepare([small_job(2), small_job(1)])
    qtbot.waitUntil(lambda: hasty.worker_pid not in (0, first), timeout=WAIT)
    assert not hasty.is_bad(2)  # nobody has asked for it yet
    assert fetched(qtbot, hasty, ImageKey(1, 400, 600))
    assert not hasty.cache.has_page(2, 0)
    second = hasty.worker_pid
    hasty.prepare([small_job(2)])  # as after another zoom
    qtbot.wait(1200)
    assert hasty.worker_pid == second
    assert not hasty.is_bad(2)
    hasty.close()
