"""One door for all files: look at the first bytes, refuse in one sentence what cannot be read, hand the rest to its adapter."""

from __future__ import annotations

import stat
from pathlib import Path

from desktop.bulletin.pages import Pages
from desktop.errors import UnreadableFile
from desktop.readers.refusals import refusal
from desktop.readers.text import read_text

READER_VERSION = "3"
"""Changes whenever the characters or their indices can come out differently."""

TEXT_LIMIT = 64 * 1024 * 1024
"""Bytes of the largest text file that is read; an issue has about ten thousand."""

_HEAD = 1024
_FOREIGN = (
    (b"\xff\xd8\xff", "一张 JPEG 图片"),
    (b"\x89PNG", "一张 PNG 图片"),
    (b"GIF8", "一张 GIF 图片"),
    (b"II*\x00", "一张 TIFF 图片"),
    (b"MM\x00*", "一张 TIFF 图片"),
    (b"BM", "一张 BMP 图片"),
    (b"PK\x03\x04", "Word 文档或压缩包"),
    (b"\xd0\xcf\x11\xe0", "旧版 Word 或 WPS 文档"),
    (b"{\\rtf", "RTF 文档"),
    (b"Rar!", "压缩包"),
    (b"7z\xbc\xaf", "压缩包"),
    (b"\x1f\x8b", "压缩包"),
    (b"\x7fELF", "可执行程序"),
    (b"MZ\x90", "可执行程序"),
)


def read(path: Path, password: str | None = None) -> Pages:
    """The pages of a PDF or a plain text file, whatever its name says.

    Raises `UnreadableFile` for everything that cannot be read as one of the two.
    """
    if is_pdf(path):
        from desktop.readers.pdf import read_pdf  # PyMuPDF costs 50 MB: only whoever reads a PDF loads it

        return read_pdf(path, password)
    return read_text(path)


def is_pdf(path: Path) -> bool:
    """Whether the file is a PDF (and not plain text). Raises `UnreadableFile` for what is neither."""
    head, size = _head(path)
    if b"%PDF-" in head:
        return True
    for magic, what in _FOREIGN:
        if head.startswith(magic):
            raise UnreadableFile(f"“{path.name}”的内容是{what}，不是 PDF 或纯文本，请另存为 PDF 后再打开。")
    if size > TEXT_LIMIT:
        raise UnreadableFile(f"“{path.name}”有 {size // 1024 // 1024} MB，超过纯文本 64 MB 的上限，请拆分后再打开。")
    return False


def _head(path: Path) -> tuple[bytes, int]:
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise UnreadableFile(f"“{path.name or path}”是文件夹，请选择其中的文件。")
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableFile(f"“{path.name}”不是普通文件，无法读取。")
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except (OSError, ValueError) as error:
        raise UnreadableFile(refusal(path, error)) from error
    if not head:
        raise UnreadableFile(f"“{path.name}”是空文件，请检查文件是否下载完整。")
    return head, status.st_size
