"""The render process minds its manners: it answers on its own channel only, and goes when nobody asks any more."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.rendering import launch
from tests.rendering.conftest import write_text_pages

ROOM = 4 << 20
MAIN = Path(__file__).parents[2] / "main.py"


@pytest.fixture
def asked(tmp_path):
    """A worker with an arena of its own; call it with requests to get its answers."""
    folder = tmp_path / "arena"
    folder.mkdir()
    arena = folder / "pages"
    arena.write_bytes(bytes(ROOM))
    process = subprocess.Popen(
        [sys.executable, "-m", "desktop.rendering.worker", str(arena)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )

    def ask(**request):
        process.stdin.write(json.dumps({"id": 7, **request}) + "\n")
        process.stdin.flush()
        return json.loads(process.stdout.readline())

    ask.process, ask.arena = process, arena
    yield ask
    process.stdin.close()
    process.wait(20)
    process.stdout.close()


def render(page, width, height, **more):
    key = {"page": page, "width": width, "height": height, "rotation": 0, "clip": None, "offset": 0, "length": ROOM}
    return {"do": "render", **key, **more}


def test_ctrl_c_in_the_terminal_does_not_end_it(asked, text_pdf):
    assert asked(do="open", path=str(text_pdf), password="")["id"] == 7
    asked.process.send_signal(signal.SIGINT)
    assert asked(**render(1, 100, 150))["width"] == 100


@pytest.mark.parametrize(
    "request_",
    [
        render(9, 100, 150),
        render(0, 100, 150),
        render(1, 9000, 9000),  # beyond the limit of pixels
        render(1, 100, 150, length=10),  # more than the room it was given
        {"do": "text", "page": 9},
        {"do": "links", "page": -1},
    ],
)
def test_a_request_that_cannot_be_met_is_answered_and_the_next_one_served(asked, text_pdf, request_):
    asked(do="open", path=str(text_pdf), password="")
    assert "error" in asked(**request_)
    assert asked(**render(1, 100, 150)) == {"id": 7, "width": 100, "height": 150, "stride": 300}


def test_after_closing_the_document_its_pages_are_gone(asked, text_pdf):
    asked(do="open", path=str(text_pdf), password="")
    assert asked(do="close") == {"id": 7}
    assert "error" in asked(do="text", page=1)


def test_the_file_is_never_changed(asked, tmp_path):
    path = write_text_pages(tmp_path / "kept.pdf", pages=2)
    before = path.read_bytes()
    asked(do="open", path=str(path), password="")
    for page in (1, 2):
        asked(**render(page, 100, 150))
        asked(do="text", page=page)
    asked(do="close")
    assert path.read_bytes() == before


def test_when_the_requests_end_it_goes_and_takes_the_arena_along(asked):
    asked.process.stdin.close()
    assert asked.process.wait(20) == 0
    assert not asked.arena.parent.exists()


def test_a_frozen_build_finds_the_render_process_by_a_word(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    program, *words = launch._program()
    assert program == sys.executable
    arena = tmp_path / "arena" / "pages"
    arena.parent.mkdir()
    arena.write_bytes(bytes(4096))
    done = subprocess.run(
        [program, str(MAIN), *words, str(arena)],
        input='{"id": 1, "do": "close"}\n',
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert json.loads(done.stdout) == {"id": 1}
