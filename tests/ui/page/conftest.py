"""A page view of a small printed document; the tests share one render process."""

from __future__ import annotations

import pytest

from desktop.rendering.client import Renderer
from desktop.ui.page import PageView
from desktop.ui.theme import LIGHT
from tests.ui.page.printed import write_pdf
from tests.ui.page.steps import shown


@pytest.fixture(scope="module")
def printed_pdf(tmp_path_factory):
    return write_pdf(tmp_path_factory.mktemp("printed") / "printed.pdf")


@pytest.fixture(scope="module")
def renderer(qapp):
    made = Renderer(cache_bytes=64 << 20)
    yield made
    made.close()


@pytest.fixture
def empty(qtbot, renderer):
    made = PageView(LIGHT, renderer=renderer)
    qtbot.addWidget(made)
    made.resize(700, 640)
    made.show()
    return made


@pytest.fixture
def view(qtbot, empty, printed_pdf):
    return shown(qtbot, empty, printed_pdf)
