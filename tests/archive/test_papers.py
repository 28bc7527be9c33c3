"""What the reading process hands over is what reading, parsing and laying out rows here would give."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from desktop.archive.entries import paper
from desktop.archive.papers import Paper, paper_from_wire, paper_to_wire
from desktop.archive.reading_ahead import reading_ahead
from desktop.bulletin.parsing import parse
from desktop.errors import UnreadableFile
from desktop.paths import SAMPLES
from desktop.readers.reading import read
from tests.archive.shelf import bulletin, pages_of
from tests.archive.shelf import paper as other_paper

FILES = [*sorted(SAMPLES.glob("*.pdf"))[:2], *sorted(SAMPLES.glob("*.txt"))[:1]]


def read_here(path: Path) -> Paper:
    pages = read(path)
    return paper(parse(pages), pages, path)


@pytest.mark.parametrize("of", [bulletin(), bulletin(None), bulletin("5-6"), other_paper()])
def test_a_paper_comes_over_the_pipe_as_it_was(of):
    sent = paper(of, pages_of(), Path("第7期.txt"))
    assert paper_from_wire(json.loads(json.dumps(paper_to_wire(sent)))) == sent


def test_files_read_ahead_come_as_if_they_were_read_here():
    assert FILES
    with reading_ahead(len(FILES)) as ahead:
        begun = [(path, ahead.begin(path)) for path in FILES]
        for path, reading in begun:
            assert reading.result() == read_here(path)


def test_a_file_that_takes_the_reading_process_down_comes_in_all_the_same(tmp_path, monkeypatch):
    program = tmp_path / "child"
    words = f"import os, sys\nif '--many' in sys.argv:\n    os.abort()\nos.execv({sys.executable!r}, [{sys.executable!r}, *sys.argv[1:]])\n"
    program.write_text(f"#!{sys.executable}\n{words}", "utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(program))
    with reading_ahead(1) as ahead:
        assert ahead.begin(FILES[0]).result() == read_here(FILES[0])


def test_a_damaged_file_is_refused_by_the_reading_process(tmp_path):
    broken = tmp_path / "坏.pdf"
    broken.write_bytes(FILES[0].read_bytes()[:2000])
    with reading_ahead(1) as ahead, pytest.raises(UnreadableFile):
        ahead.begin(broken).result()
