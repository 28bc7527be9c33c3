"""How fast memos are written and shown: `python -m benchmarks.memo`.

The control is python-docx writing the same paragraphs bare, without a style, footnotes or check; figures are ratios to it, so
that they mean the same on any machine. The preview is timed from a change to pages ready to be painted, and painted once.
"""

from __future__ import annotations

import io
import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import docx
from PySide6.QtWidgets import QApplication

from desktop.memo.check import check_docx
from desktop.memo.docx import docx_bytes
from desktop.memo.layout import DEFAULT
from desktop.memo.outline import blocks
from desktop.memo.pages import set_pages
from desktop.memo.pdf import pdf_bytes
from desktop.memo.writing import write
from desktop.ui.memo_preview import MemoPreview
from desktop.ui.memo_preview.faces import ScreenFaces
from desktop.ui.theme import LIGHT
from tests.memo import samples

_ROUNDS = 7


def _median(work: Callable[[], object], rounds: int = _ROUNDS) -> float:
    """Milliseconds; the first round warms up."""
    work()
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        work()
        times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times)


def _bare(memo: samples.Memo) -> bytes:
    document = docx.Document()
    for block in blocks(memo):
        if block.rows:
            table = document.add_table(len(block.rows), len(block.rows[0]))
            for row, cells in zip(table.rows, block.rows, strict=True):
                for cell, text in zip(row.cells, cells, strict=True):
                    cell.text = text
        else:
            document.add_paragraph(block.text + block.tail)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _print_writers() -> None:
    memo = samples.memo(60)
    control = _median(lambda: _bare(memo))
    print(f"60 excerpts, control (python-docx, bare paragraphs and table): {control:.0f} ms")
    for name, work in (("docx", docx_bytes), ("pdf", pdf_bytes)):
        took, size = _median(lambda work=work: work(memo)), len(work(memo))
        print(f"  {name}: {took:.0f} ms = {took / control:.2f} × control, {size / 1024:.0f} KB")
    with TemporaryDirectory() as folder:
        path = Path(folder) / "memo.docx"
        path.write_bytes(docx_bytes(memo))
        print(f"  self-check of the file, 39 assertions: {_median(lambda: check_docx(path, memo)):.0f} ms")


def _print_many() -> None:
    memo = samples.memo(1000)
    with TemporaryDirectory() as folder:
        for suffix in (".docx", ".pdf"):
            started = time.perf_counter()
            report = write(memo, Path(folder) / f"memo{suffix}")
            bad = sum(not finding.ok for finding in report.findings)
            print(f"1,000 excerpts{suffix}, written and checked: {time.perf_counter() - started:.1f} s, {bad} assertions fail")


def _print_preview() -> None:
    app = QApplication.instance() or QApplication([])
    preview, faces = MemoPreview(LIGHT), ScreenFaces(DEFAULT)
    preview.resize(640, 760)
    preview.show()
    for count in (13, 60):
        memo = samples.memo(count)
        pages = set_pages(memo, DEFAULT, faces.width)

        def update(memo: samples.Memo = memo) -> None:
            preview.show_pages(set_pages(memo, DEFAULT, faces.width), faces, "")
            preview.sheets.viewport().repaint()

        print(f"preview after an edit, {len(pages)} pages: {_median(update):.0f} ms, painted")
    app.processEvents()


def main() -> None:
    """Print the table."""
    _print_writers()
    _print_many()
    _print_preview()


if __name__ == "__main__":
    main()
