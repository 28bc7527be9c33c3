"""Writing a memo to a file: by suffix, whole or not at all, and with plain words when it cannot be done."""

from __future__ import annotations

import errno
import os
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.errors import ExitCode, KnownError, StorageFull
from desktop.memo.writing import write
from tests.memo import samples


@pytest.mark.parametrize(
    ("name", "start"), [("甲.docx", b"PK"), ("乙 丙.PDF", b"%PDF"), ("丁.md", "# 《".encode()), ("戊.txt", "《望江".encode())]
)
def test_the_suffix_decides_the_format(name, start, tmp_path):
    report = write(samples.memo(2), tmp_path / name)
    assert report.path.read_bytes().startswith(start)
    assert report.findings
    assert all(finding.ok for finding in report.findings)
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_missing_fonts_are_named(tmp_path, monkeypatch):
    monkeypatch.setattr("desktop.memo.fonts.installed", lambda: {"黑体": None, "宋体": None})
    report = write(samples.memo(1), tmp_path / "甲.docx")
    assert report.missing_fonts == ("仿宋_GB2312", "楷体_GB2312", "方正小标宋简体")


@pytest.mark.parametrize("name", ["甲.doc", "甲", "甲.docx.zip"])
def test_an_unknown_suffix_is_refused(name, tmp_path):
    with pytest.raises(KnownError, match=r"请以 \.docx、\.pdf、\.md 或 \.txt 结尾") as refused:
        write(samples.memo(1), tmp_path / name)
    assert refused.value.exit_code is ExitCode.USAGE
    assert not list(tmp_path.iterdir())


def test_an_empty_memo_is_refused(tmp_path):
    with pytest.raises(KnownError, match="还没有内容"):
        write(replace(samples.memo(1), groups=()), tmp_path / "甲.docx")


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(KnownError, match=r"文件夹“.*没有”不存在"):
        write(samples.memo(1), tmp_path / "没有" / "甲.docx")


def test_a_folder_of_that_name_is_named(tmp_path):
    (tmp_path / "甲.docx").mkdir()
    with pytest.raises(KnownError, match="是一个文件夹"):
        write(samples.memo(1), tmp_path / "甲.docx")


@pytest.mark.parametrize(
    ("code", "kind", "words"),
    [
        (errno.ENOSPC, StorageFull, "磁盘空间不足"),
        (errno.EACCES, KnownError, "没有写入权限"),
        (errno.EIO, KnownError, "未能写出"),
    ],
)
def test_a_failed_write_leaves_the_former_file_and_nothing_else(code, kind, words, tmp_path, monkeypatch):
    path = tmp_path / "甲.docx"
    path.write_text("旧稿")

    def fail(_descriptor):
        raise OSError(code, "refused")

    monkeypatch.setattr("desktop.memo.writing.os.fsync", fail)
    with pytest.raises(kind, match=words):
        write(samples.memo(1), path)
    assert path.read_text() == "旧稿"
    assert [left.name for left in tmp_path.iterdir()] == ["甲.docx"]


@pytest.mark.skipif(
    sys.platform == "win32" or (hasattr(os, "geteuid") and os.geteuid() == 0), reason="needs a folder without rights"
)
def test_a_read_only_folder_is_named(tmp_path):
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(KnownError, match="没有写入权限"):
            write(samples.memo(1), tmp_path / "甲.docx")
    finally:
        tmp_path.chmod(0o700)


def test_an_existing_file_is_replaced(tmp_path):
    path = Path(tmp_path / "甲.md")
    path.write_text("旧稿")
    write(samples.memo(1), path)
    assert path.read_text(encoding="utf-8").startswith("# ")
