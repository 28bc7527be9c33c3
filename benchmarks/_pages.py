"""Made-up PDFs for the page benchmarks, and a process that renders their pages bare. Runs apart: a window never loads PyMuPDF.

`python -m benchmarks._pages text|scan|first FILE PAGES` writes a file; `… bare FILE` answers lines "page width" with the
milliseconds that PyMuPDF alone needs for that page at that width.
"""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path

import pymupdf

WORDS = (
    "望江市",
    "推进",
    "量子通信",
    "中试平台",
    "印发",
    "行动方案",
    "支持",
    "企业",
    "建设",
    "概念验证中心",
    "产值",
    "突破",
    "亿元",
    "，",
    "。",
    "2027年",
)
_LINES, _SIGNS = 28, 26


def _line(dice: random.Random) -> str:
    text = ""
    while len(text) < _SIGNS:
        text += dice.choice(WORDS)
    return text[:_SIGNS]


def _text_page(document: pymupdf.Document, dice: random.Random, number: int) -> pymupdf.Page:
    page = document.new_page(width=595, height=842)
    for row in range(_LINES):
        page.insert_text((84, 90 + 25 * row), _line(dice), fontname="china-s", fontsize=16)
    page.insert_text((280, 810), f"— {number} —", fontname="china-s", fontsize=12)
    return page


def write_text(path: Path, pages: int) -> None:
    """Pages as the bulletins have them: 28 lines of Chinese in one column."""
    dice = random.Random(4)
    with pymupdf.open() as document:
        for number in range(1, pages + 1):
            _text_page(document, dice, number)
        document.save(path)


def write_scan(path: Path, pages: int) -> None:
    """Pages that are one JPEG at 200 dpi each; no two share their data, so that no cache of the renderer's can help."""
    dice = random.Random(5)
    with pymupdf.open() as source:
        prints = []
        for number in range(1, 9):
            pixels = _text_page(source, dice, number).get_pixmap(dpi=200)
            prints.append(pixels.tobytes("jpeg", jpg_quality=80))
    with pymupdf.open() as document:
        for number in range(pages):
            page = document.new_page(width=595, height=842)
            page.insert_image(page.rect, stream=prints[number % len(prints)] + number.to_bytes(4, "big"))
        document.save(path)


def write_first(path: Path, pages: int) -> None:
    """A text file whose first page shows a field of a colour that no viewer's window has."""
    dice = random.Random(6)
    with pymupdf.open() as document:
        for number in range(1, pages + 1):
            page = _text_page(document, dice, number)
            if number == 1:
                page.draw_rect(pymupdf.Rect(84, 110, 400, 300), color=(1, 0, 1), fill=(1, 0, 1))
        document.save(path)


def _bare(path: Path) -> None:
    document = pymupdf.open(path)
    for line in sys.stdin:
        number, width = map(int, line.split())
        page = document.load_page(number - 1)
        matrix = pymupdf.Matrix(width / page.rect.width, width / page.rect.width)
        started = time.perf_counter()
        page.get_pixmap(matrix=matrix, alpha=False)
        print((time.perf_counter() - started) * 1000, flush=True)


def main(what: str, path: Path, pages: int) -> None:
    """Write a file, or render bare until the input ends."""
    if what == "bare":
        _bare(path)
    else:
        {"text": write_text, "scan": write_scan, "first": write_first}[what](path, pages)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 0)
