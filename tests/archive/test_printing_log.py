"""Whoever answers for the paper can see later what was printed, when, which pages and where to."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.archive import backups, printlog
from desktop.archive.library import Library


@pytest.mark.parametrize(
    ("pages", "said"), [((1,), "1"), ((1, 2, 3), "1-3"), ((1, 2, 5), "1-2，5"), ((2, 4, 6, 7), "2，4，6-7"), ((), "")]
)
def test_pages_are_told_as_people_write_them(pages, said):
    assert printlog.spoken(pages) == said


def test_printings_are_listed_the_latest_first_and_go_into_a_backup(library: Library, tmp_path: Path):
    assert printlog.prints(library) == []
    printlog.note(library, "《试读》第3期", (1, 2, 3, 7), 2, "办公室\t三楼")
    printlog.note(library, "《试读》第4期", (1,), 1, "/某处/印.pdf")
    last, first = printlog.prints(library)
    assert (last.what, last.pages, last.copies, last.target) == ("《试读》第4期", "1", "1", "/某处/印.pdf")
    assert (first.what, first.pages, first.copies, first.target) == ("《试读》第3期", "1-3，7", "2", "办公室 三楼")
    backups.backup(library, tmp_path / "备份.zip")
    library.close()
    backups.restore(library.folder, tmp_path / "备份.zip")
    with Library.open(library.folder) as again:
        assert printlog.prints(again) == [last, first]
