"""PDF files made on the spot: pages of Chinese text, and files that would hang or break a program that draws them itself."""

from __future__ import annotations

import os
from pathlib import Path

import pymupdf
import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

LINES = ("某市加快建设算力基础设施，", "支持企业开展关键技术攻关，", "推动产业链上下游协同发展。")


def write_text_pages(path: Path, pages: int = 3, **saving) -> Path:
    with pymupdf.open() as document:
        for number in range(1, pages + 1):
            page = document.new_page(width=400, height=600)
            for row, line in enumerate(LINES):
                page.insert_text((60, 100 + 28 * row), line, fontname="china-s", fontsize=16)
            page.insert_text((190, 580), f"第{number}页", fontname="china-s", fontsize=10)
        document.save(path, **saving)
    return path


def write_objects(path: Path, objects: list[bytes]) -> Path:
    """A PDF from its bare objects, numbered from 1; the first is the catalogue."""
    body, offsets = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    start = len(body)
    body += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    path.write_bytes(body + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start))
    return path


def write_endless_page(path: Path) -> Path:
    """Two pages; drawing the second one would take years: ten forms, each of which draws the next one a hundred times."""
    forms = []
    for depth in range(10):
        content = b"/F Do " * 100 if depth < 9 else b"0 0 9 9 re f"
        resources = b"/Resources << /XObject << /F %d 0 R >> >>" % (7 + depth) if depth < 9 else b""
        header = b"<< /Type /XObject /Subtype /Form /BBox [0 0 400 600] %s /Length %d >>" % (resources, len(content))
        forms.append(b"%s\nstream\n%s\nendstream" % (header, content))
    empty, endless = b"0 0 50 50 re f", b"/F Do"
    return write_objects(path, [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 /MediaBox [0 0 400 600] >>",
        b"<< /Type /Page /Parent 2 0 R /Contents %d 0 R >>" % (6 + len(forms)),
        b"<< /Type /Page /Parent 2 0 R /Contents 5 0 R /Resources << /XObject << /F 6 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(endless), endless),
        *forms,
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(empty), empty),
    ])  # fmt: skip


@pytest.fixture
def text_pdf(tmp_path):
    return write_text_pages(tmp_path / "text.pdf")


@pytest.fixture
def endless_pdf(tmp_path):
    return write_endless_page(tmp_path / "endless.pdf")
