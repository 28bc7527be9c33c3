"""One reading process for many files: the same pages, and one bad file costs no other."""

from __future__ import annotations

import sys

import pymupdf
import pytest

from desktop.errors import UnreadableFile
from desktop.readers import isolated, read, reused
from desktop.readers.reused import ReusedReader
from tests.readers.test_isolated import SAMPLES

PDFS = [path for path in SAMPLES if path.suffix == ".pdf"]


def test_every_file_is_read_as_by_itself_in_one_process(tmp_path):
    broken = tmp_path / "坏.pdf"
    broken.write_bytes(PDFS[0].read_bytes()[:3000])
    with ReusedReader() as reader:
        for path in (*SAMPLES, *PDFS):
            if path.suffix in (".pdf", ".txt"):
                assert reader.read(path) == read(path)
        child = reader._child
        with pytest.raises(UnreadableFile):
            reader.read(broken)
        assert reader.read(PDFS[0]) == read(PDFS[0])
        assert reader._child is child
    assert child.poll() is not None


def test_the_process_is_renewed_now_and_then(monkeypatch):
    monkeypatch.setattr(reused, "_ENOUGH", 1)
    with ReusedReader() as reader:
        reader.read(PDFS[0])
        first = reader._child
        assert reader.read(PDFS[0]) == read(PDFS[0])
        assert reader._child is not first
        assert first.poll() is not None


@pytest.mark.parametrize("script", ["time.sleep(60)", "os.abort()", "print('Consider')"], ids=["hangs", "dies", "chatters"])
def test_a_file_that_takes_the_process_down_is_tried_once_more_alone(tmp_path, monkeypatch, script):
    program = tmp_path / "child"
    program.write_text(
        f"#!{sys.executable}\nimport os, sys, time\nif '--many' in sys.argv:\n    {script}\nos.execv({sys.executable!r}, [{sys.executable!r}, *sys.argv[1:]])\n",
        "utf-8",
    )
    program.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(program))
    patience = iter([1.0, 60.0])
    monkeypatch.setattr(isolated, "patience", lambda path: next(patience))
    with ReusedReader() as reader:
        assert reader.read(PDFS[0]) == read(PDFS[0])


def test_what_hangs_alone_too_is_refused(tmp_path, monkeypatch):
    program = tmp_path / "child"
    program.write_text(f"#!{sys.executable}\nimport time\ntime.sleep(60)\n", "utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(program))
    monkeypatch.setattr(isolated, "patience", lambda path: 0.5)
    path = tmp_path / "参考.pdf"
    with pymupdf.open() as document:
        document.new_page()
        document.save(path)
    with ReusedReader() as reader, pytest.raises(UnreadableFile, match="没有结果"):
        reader.read(path)
