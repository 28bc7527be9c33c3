"""PDF files by PyMuPDF: page lines with spans, bookmarks, and a sentence where a page or a file cannot be read.

`page_lines` is the one place that decides which characters a page has and in which order, for the reader and for the render
worker alike: their character indices agree because they come from here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import pymupdf

from desktop.bulletin.numerals import superscript
from desktop.bulletin.pages import Bookmark, Box, Line, Page, Pages, Span
from desktop.errors import PasswordNeeded, UnreadableFile
from desktop.readers.order import Rectangle, reading_order, turned, turned_back
from desktop.readers.woven import NeedsCharacters, unwoven

_FLAGS = pymupdf.TEXTFLAGS_RAWDICT & ~pymupdf.TEXT_PRESERVE_IMAGES & ~pymupdf.TEXT_PRESERVE_LIGATURES
_BOLD = 16
_BOLD_NAMES = ("bold", "heavy", "black", "simhei", "heiti", "黑体")
_RAISED_SIZE = 0.8
_TAIL = 1024  # bytes at the end of a file in which its end marker must stand
_SURROGATE = re.compile("[\ud800-\udfff]")
_BRACKETS = frozenset("[]［］〔〕()（）")
_FAILURES = (RuntimeError, ValueError, IndexError, pymupdf.mupdf.FzErrorBase)


def read_pdf(path: Path, password: str | None = None) -> Pages:
    """The pages of a PDF file. Raises `UnreadableFile` when it is damaged, locked or has no page."""
    with opened(path, password) as document:
        pages = tuple(_page(document, index) for index in range(document.page_count))
        return Pages("pdf", pages, _bookmarks(document), path.name)


@contextmanager
def opened(path: Path, password: str | None) -> Iterator[pymupdf.Document]:
    """The document, unlocked and with at least one page. Raises `UnreadableFile`."""
    _silence()
    try:
        document = pymupdf.open(path, filetype="pdf")
    except (OSError, *_FAILURES) as error:
        raise UnreadableFile(f"“{path.name}”不是完好的 PDF 文件，可能没有下载完整，请换一份文件。") from error
    with document:
        _unlock(document, path.name, password)
        if _page_count(document) == 0:  # never touch a page of such a document: indexing it does not return
            raise UnreadableFile(f"“{path.name}”已损坏，里面没有可读的页面，请换一份文件。")
        if document.is_repaired and not _has_end(path):
            raise UnreadableFile(f"“{path.name}”不完整，后面的内容缺失，可能没有传完，请换一份文件。")
        yield document


def _page_count(document: pymupdf.Document) -> int:
    try:
        return int(document.page_count)
    except _FAILURES:  # a page tree that counts more pages than any file can hold
        return 0


def _has_end(path: Path) -> bool:
    """Whether the file's end marker stands where ISO 32000 wants it: a file without it was cut off, and text may be missing."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _TAIL))
        return b"%%EOF" in file.read()


def _silence() -> None:
    pymupdf.TOOLS.mupdf_display_errors(False)
    pymupdf.TOOLS.mupdf_display_warnings(False)


def _unlock(document: pymupdf.Document, name: str, password: str | None) -> None:
    if not document.needs_pass:
        return
    if password is None:
        raise PasswordNeeded(f"“{name}”设有打开密码，请输入密码后再打开。")
    if not document.authenticate(password):
        raise PasswordNeeded(f"“{name}”的密码不正确，请重新输入。")


def _page(document: pymupdf.Document, index: int) -> Page:
    try:
        page = document[index]
        lines, direction = _read_lines(page)
        width, height = page.rect.width, page.rect.height
        scanned = not lines and bool(page.get_images())
    except _FAILURES:
        return Page(index + 1, (), unreadable=f"第 {index + 1} 页已损坏，无法读取。")
    reason = f"第 {index + 1} 页是图像，没有文字层，需要先做文字识别。" if scanned else ""
    return Page(index + 1, lines, width, height, reason, (direction + page.rotation) % 360)


def _read_lines(page: pymupdf.Page) -> tuple[tuple[Line, ...], int]:
    """The lines and the direction of their words; without boxes of characters, which only marks and drawing ask for."""
    raw = _raw(page, "dict")
    direction = _direction(raw)
    try:
        return tuple(line for line, _ in _lines(raw, page.rotation, direction)), direction
    except NeedsCharacters:
        return page_lines(page)[0], direction


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
    raw = _raw(page, "rawdict")
    for line in _printed(raw):
        for span in line["spans"]:
            span["text"] = "".join([char["c"] for char in span["chars"]])
    found = _lines(raw, page.rotation, _direction(raw))
    boxes = [char["bbox"] for _, line in found for span in line["spans"] for char in span["chars"]]
    rotation, width, height = page.rotation, raw["width"], raw["height"]
    return tuple(line for line, _ in found), [turned(box, width, height, rotation) for box in boxes] if rotation else boxes


def _raw(page: pymupdf.Page, kind: Literal["dict", "rawdict"]) -> dict[str, Any]:
    """PyMuPDF's own extraction; its coordinates have the crop box applied but not the rotation.

    "dict" has the same blocks, lines and spans as "rawdict", each span with its `text` instead of `chars`, at a third less time.
    """
    raw: dict[str, Any] = page.get_text(kind, flags=_FLAGS)
    return raw


def _printed(raw: dict[str, Any]) -> list[dict[str, Any]]:
    """All lines of an extraction, as they stand in the file."""
    return [line for block in raw["blocks"] for line in block.get("lines", ())]


def _lines(raw: dict[str, Any], rotation: int, direction: int) -> list[tuple[Line, dict[str, Any]]]:
    """The lines in reading order, each with the extracted one it comes from. Lines outside the page are left out."""
    width, height = raw["width"], raw["height"]
    found = unwoven(
        line for line in _printed(raw) if any(span["text"] for span in line["spans"]) and _meets(line["bbox"], width, height)
    )
    upright = [turned_back(line["bbox"], width, height, direction) for line in found]
    lines: list[tuple[Line, dict[str, Any]]] = []
    first = 0
    for number, at in enumerate(reading_order(upright), 1):
        line = found[at]
        spans = _spans(line)
        lines.append((Line(spans, first, number, Box(*turned(line["bbox"], width, height, rotation))), line))
        first += sum([len(span.text) for span in spans])
    return lines


def _direction(raw: dict[str, Any]) -> int:
    """The direction in which most of the page's words run, in degrees clockwise; 0 is from left to right."""
    weights: dict[int, int] = {}
    for line in _printed(raw):
        x, y = line["dir"]
        degrees = (0 if x > 0 else 180) if abs(x) >= abs(y) else (90 if y > 0 else 270)
        weights[degrees] = weights.get(degrees, 0) + sum([len(span["text"]) for span in line["spans"]])
    return max(weights, key=weights.__getitem__, default=0)


def _meets(box: Rectangle, width: float, height: float) -> bool:
    return box[2] > 0 and box[0] < width and box[3] > 0 and box[1] < height


def _spans(line: dict[str, Any]) -> tuple[Span, ...]:
    """The spans of a line; raised = clearly smaller than the line's main span and set above its baseline."""
    spans = line["spans"]
    if len(spans) == 1:
        return (_span(spans[0], raised=False),)
    main = max(spans, key=lambda span: (not span["text"].strip().isdecimal(), len(span["text"])))
    x, y = line["dir"]
    base = _depth(main, x, y)
    return tuple(_span(span, raised=_is_raised(span, main, base - _depth(span, x, y))) for span in spans if span["text"])


def _is_raised(span: dict[str, Any], main: dict[str, Any], above: float) -> bool:
    return bool(span["size"] <= main["size"] * _RAISED_SIZE and above > 0.1 * span["size"])


def _depth(span: dict[str, Any], x: float, y: float) -> float:
    """How far below the page's top (seen with the words upright) the span's baseline runs; `x`, `y` is its direction."""
    origin = span["origin"]
    return float(origin[1] * x - origin[0] * y)


def _span(span: dict[str, Any], *, raised: bool) -> Span:
    text = span["text"]
    if not text.isascii():
        text = _SURROGATE.sub("\ufffd", text)
    font = span["font"]
    bold = bool(span["flags"] & _BOLD) or _is_bold_name(font)
    plain = not raised or not _BRACKETS.isdisjoint(text)
    return Span(text if plain else superscript(text), round(span["size"], 2), font, bold, raised, span["color"])


@lru_cache(maxsize=256)  # a document has a handful of fonts and thousands of spans
def _is_bold_name(font: str) -> bool:
    return any(name in font.lower() for name in _BOLD_NAMES)
