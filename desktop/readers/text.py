"""Plain text files: the encoding found out, line ends levelled, form feeds as page breaks, binary junk refused."""

from __future__ import annotations

import re
from pathlib import Path

from desktop.bulletin.pages import Line, Page, Pages, Span
from desktop.errors import UnreadableFile
from desktop.readers.refusals import refusal

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_LINE_END = re.compile("\r\n|[\r\n\v\x85\u2028\u2029]")
_JUNK = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_SAMPLE = 200_000
_MOSTLY = 0.6


def read_text(path: Path) -> Pages:
    """The lines of a text file. `Line.number` counts through the file, `Line.first` through the page.

    Raises `UnreadableFile` for binary content, unknown encodings and files without any text.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(refusal(path, error)) from error
    text = decode(data)
    if text is None:
        raise UnreadableFile(f"“{path.name}”不是 PDF，也不是能识别的文本文件，请另存为 PDF 或 UTF-8 文本后再打开。")
    if not text.strip("\x00\ufeff \t\r\n\f\v\u3000"):
        raise UnreadableFile(f"“{path.name}”里没有文字，请检查文件内容。")
    return Pages("text", tuple(_pages(text)), name=path.name)


def decode(data: bytes) -> str | None:
    """The text of the bytes, by byte order mark, else UTF-8, UTF-16, GB18030 or Big5, whichever reads as text; else None."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _sound(data[len(bom) :], encoding)
    if b"\x00" in data[:_SAMPLE]:
        return _sound(data, _utf16_order(data[:_SAMPLE]))
    try:
        return _without_junk(data.decode("utf-8"))
    except UnicodeDecodeError:
        return _legacy(data)


def _sound(data: bytes, encoding: str) -> str | None:
    width = 4 if "32" in encoding else 2 if "16" in encoding else 1
    text = data[: len(data) // width * width].decode(encoding, errors="replace")
    if text.count("\ufffd") * 100 > len(text):
        return None
    return _without_junk(text)


def _utf16_order(sample: bytes) -> str:
    """Line ends and ASCII have their zero byte second in little endian, first in big endian."""
    return "utf-16-le" if sample[1::2].count(0) >= sample[0::2].count(0) else "utf-16-be"


def _without_junk(text: str) -> str | None:
    junk = sum(1 for _ in _JUNK.finditer(text, 0, _SAMPLE))
    return None if junk * 200 > min(len(text), _SAMPLE) else text


def _legacy(data: bytes) -> str | None:
    """GB18030 decodes nearly anything, Big5 included: the share of everyday characters decides, not the absence of errors."""
    damaged = data.decode("utf-8", errors="replace")
    if damaged.count("\ufffd") * 500 <= len(damaged):
        return _without_junk(damaged)
    best: tuple[float, str] = (_MOSTLY, "")
    for encoding, everyday in (("gb18030", "gb2312"), ("big5", "big5")):
        text = data.decode(encoding, errors="replace")
        share = _everyday_share(text[:_SAMPLE], everyday)
        if share > best[0]:
            best = (share, text)
    return _without_junk(best[1]) if best[1] else None


def _everyday_share(text: str, encoding: str) -> float:
    """The share of the non-ASCII characters that lie in the first level of `encoding` (its most frequent characters)."""
    chars = _NOT_ASCII.findall(text)
    if not chars:
        return 0.0
    last = 0xD7 if encoding == "gb2312" else 0xC6
    lead = [char.encode(encoding, errors="ignore")[:1] for char in chars]
    return sum(1 for byte in lead if byte and 0xA1 <= byte[0] <= last) / len(chars)


def _pages(text: str) -> list[Page]:
    pages: list[Page] = []
    number = 0
    for page_text in text.split("\f"):
        lines: list[Line] = []
        first = 0
        for line in _LINE_END.split(page_text):
            number += 1
            lines.append(Line((Span(line),) if line else (), first, number))
            first += len(line)
        pages.append(Page(len(pages) + 1, tuple(lines)))
    return pages
