"""What cannot be read is refused with one plain sentence that names the file and says what to do."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pymupdf
import pytest

from desktop.errors import UnreadableFile
from desktop.readers import read
from desktop.readers.isolated import read_isolated

JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"\x01" * 200


def pdf_bytes(words="天线", **options):
    with pymupdf.open() as document:
        page = document.new_page()
        page.insert_text((72, 72), words, fontname="china-s")
        return document.tobytes(**options)


LOCKED = {"encryption": pymupdf.PDF_ENCRYPT_AES_256, "user_pw": "密码123", "owner_pw": "主人"}
REFUSED = [
    ("an empty file", "参考.pdf", b"", "空文件"),
    ("a JPEG named .pdf", "参考.pdf", JPEG, "JPEG 图片"),
    ("a Word document named .txt", "参考.txt", b"PK\x03\x04" + b"\x00" * 90, "Word"),
    ("a truncated PDF", "参考.pdf", pdf_bytes()[:500], "损坏|完好"),
    ("a PDF of which only the end is missing", "参考.pdf", pdf_bytes()[:-40], "不完整"),
    ("garbage behind a PDF's first bytes", "参考.pdf", b"%PDF-1.7\n" + b"\x9c" * 900, "损坏|完好"),
    ("a locked PDF", "参考.pdf", pdf_bytes(**LOCKED), "请输入密码"),
]


@pytest.mark.parametrize("reader", [read, read_isolated], ids=["here", "isolated"])
@pytest.mark.parametrize(("name", "data", "reason"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_refusal(tmp_path, reader, name, data, reason):
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(UnreadableFile, match=reason) as refusal:
        reader(path)
    assert_one_sentence(str(refusal.value), name)


def assert_one_sentence(words, name):
    assert name in words
    assert words.endswith("。")
    assert words.count("。") == 1
    assert "\n" not in words


def test_a_missing_file_and_a_folder(tmp_path):
    with pytest.raises(UnreadableFile, match=r"找不到文件“无此\.pdf”"):
        read(tmp_path / "无此.pdf")
    with pytest.raises(UnreadableFile, match="文件夹"):
        read(tmp_path)


def test_a_file_without_read_permission(tmp_path, monkeypatch):
    path = tmp_path / "参考.txt"
    path.write_text("天线", "utf-8")

    def denied(*args, **options):
        raise PermissionError(errno.EACCES, "denied")

    monkeypatch.setattr(Path, "open", denied)
    with pytest.raises(UnreadableFile, match=r"没有读取“参考\.txt”的权限"):
        read(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the platform has no named pipes")
def test_a_named_pipe_does_not_block(tmp_path):
    path = tmp_path / "管道"
    os.mkfifo(path)
    with pytest.raises(UnreadableFile, match="不是普通文件"):
        read(path)


def test_a_huge_text_is_refused_by_its_size(tmp_path):
    path = tmp_path / "参考.txt"
    path.write_text("天线\n", "utf-8")
    os.truncate(path, 300 * 1024 * 1024)
    with pytest.raises(UnreadableFile, match=r"300 MB.*64 MB"):
        read(path)


def test_a_locked_pdf_opens_with_its_password_only(tmp_path):
    path = tmp_path / "参考.pdf"
    path.write_bytes(pdf_bytes(**LOCKED))
    assert read(path, "密码123").pages[0].text == "天线"
    assert read_isolated(path, "密码123").pages[0].text == "天线"
    with pytest.raises(UnreadableFile, match="密码不正确"):
        read(path, "别的")
