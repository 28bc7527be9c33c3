"""PDF files by PyMuPDF: page lines with spans, bookmarks, and a sentence where a page or a file cannot be read.

`page_lines` is the one place that decides which characters a page has and in which order, for the reader and for the render
worker alike: their character indices agree because they come from here.
"""

from __future__ import annotations

import re
from itertools import chain
from pathlib import Path
from typing import Any

import pymupdf

from desktop.bulletin.numerals import superscript
from desktop.bulletin.pages import Bookmark, Box, Line, Page, Pages, Span
from desktop.errors import UnreadableFile
from desktop.readers.order import reading_order

Rectangle = tuple[float, float, float, float]

_FLAGS = pymupdf.TEXTFLAGS_RAWDICT & ~pymupdf.TEXT_PRESERVE_IMAGES & ~pymupdf.TEXT_PRESERVE_LIGATURES
_BOLD = 16
_BOLD_NAMES = ("bold", "heavy", "black", "simhei", "heiti", "黑体")
_RAISED_SIZE = 0.8
_SURROGATE = re.compile("[\ud800-\udfff]")
_FAILURES = (RuntimeError, ValueError, pymupdf.mupdf.FzErrorBase)


def read_pdf(path: Path, password: str | None = None) -> Pages:
    """The pages of a PDF file. Raises `UnreadableFile` when it is damaged, locked or has no page."""
    _silence()
    try:
        document = pymupdf.open(path, filetype="pdf")
    except (OSError, *_FAILURES) as error:
        raise UnreadableFile(f"“{path.name}”不是完好的 PDF 文件，可能没有下载完整，请换一份文件。") from error
    with document:
        _unlock(document, path.name, password)
        if document.page_count == 0:  # never touch a page of such a document: indexing it does not return
            raise UnreadableFile(f"“{path.name}”已损坏，里面没有可读的页面，请换一份文件。")
        pages = tuple(_page(document, index) for index in range(document.page_count))
        return Pages("pdf", pages, _bookmarks(document), path.name)


def _silence() -> None:
    pymupdf.TOOLS.mupdf_display_errors(False)
    pymupdf.TOOLS.mupdf_display_warnings(False)


def _unlock(document: pymupdf.Document, name: str, password: str | None) -> None:
    if not document.needs_pass:
        return
    if password is None:
        raise UnreadableFile(f"“{name}”设有打开密码，请输入密码后再打开。")
    if not document.authenticate(password):
        raise UnreadableFile(f"“{name}”的密码不正确，请重新输入。")


def _page(document: pymupdf.Document, index: int) -> Page:
    try:
        page = document[index]
        lines, _ = page_lines(page)
        width, height = page.rect.width, page.rect.height
        scanned = not lines and bool(page.get_images())
    except _FAILURES:
        return Page(index + 1, (), unreadable=f"第 {index + 1} 页已损坏，无法读取。")
    reason = f"第 {index + 1} 页是图像，没有文字层，需要先做文字识别。" if scanned else ""
    return Page(index + 1, lines, width, height, reason)


def _bookmarks(document: pymupdf.Document) -> tuple[Bookmark, ...]:
    try:
        entries = document.get_toc(simple=True)
    except _FAILURES:
        return ()
    return tuple(Bookmark(level, " ".join(title.split()), page) for level, title, page in entries if page >= 1 and title.strip())


def page_lines(page: pymupdf.Page) -> tuple[tuple[Line, ...], list[Rectangle]]:
    """The page's lines in reading order, and one box a character index, both in the page as displayed.

    Raised small digits come as superscript characters (¹), one character for one. Lines outside the page are left out.
    """
    raw = page.get_text("rawdict", flags=_FLAGS)
    frame = (0.0, 0.0, raw["width"], raw["height"])
    found = [line for block in raw["blocks"] for line in block.get("lines", ()) if line["spans"] and _meets(line["bbox"], frame)]
    lines: list[Line] = []
    boxes: list[Rectangle] = []
    for at in reading_order([line["bbox"] for line in found]):
        first = len(boxes)
        spans = tuple(_spans(found[at]))
        boxes.extend(char["bbox"] for char in chain.from_iterable(span["chars"] for span in found[at]["spans"]))
        lines.append(Line(spans, first, len(lines) + 1, Box(*found[at]["bbox"])))
    return tuple(lines), boxes


def _meets(box: Rectangle, frame: Rectangle) -> bool:
    return box[2] > frame[0] and box[0] < frame[2] and box[3] > frame[1] and box[1] < frame[3]


def _spans(line: dict[str, Any]) -> list[Span]:
    """The line's spans; raised = clearly smaller than the line's main span and set above its baseline."""
    main = max(line["spans"], key=lambda span: len(span["chars"]))
    baseline = main["chars"][0]["origin"][1] if main["chars"] else 0.0
    return [_span(span, main["size"], baseline) for span in line["spans"] if span["chars"]]


def _span(span: dict[str, Any], main_size: float, baseline: float) -> Span:
    chars = span["chars"]
    text = "".join([char["c"] for char in chars])
    if not text.isascii():
        text = _SURROGATE.sub("\ufffd", text)
    size = span["size"]
    raised = size <= main_size * _RAISED_SIZE and chars[0]["origin"][1] < baseline - 0.1 * size
    font = span["font"]
    bold = bool(span["flags"] & _BOLD) or any(name in font.lower() for name in _BOLD_NAMES)
    return Span(superscript(text) if raised else text, round(size, 2), font, bold, raised, span["color"])

