"""A clerk sees which numbers of a year never came, in the report of an import and later in the check."""

from __future__ import annotations

import csv
from pathlib import Path

from desktop.archive import checking, import_report, importing, numbering
from desktop.archive.library import Library
from tests.archive.shelf import bulletin, put, shelved


def _numbers(library: Library, tmp_path: Path, *numbers: int, year: int = 2031) -> None:
    for n in numbers:
        shelved(library, tmp_path, n, f"{year}-03-{n:02d}")


def test_what_lies_between_the_first_and_the_last_number_of_a_year_is_missing(library: Library, tmp_path: Path):
    _numbers(library, tmp_path, 11, 13, 15, 19)
    _numbers(library, tmp_path, 3, 4, 5, year=2032)
    (gap,) = numbering.gaps(library)
    assert (gap.year, gap.runs) == ("2031", ((12, 12), (14, 14), (16, 18)))
    assert gap.sentence.endswith("2031年缺第12期、第14期、第16—18期")
    found = next(one for one in checking.check(library) if one.name == "numbers")
    assert found.ok
    assert gap.sentence in found.message


def test_an_unbroken_year_and_an_empty_library_have_no_gap(library: Library, tmp_path: Path):
    assert numbering.told(library) == ""
    _numbers(library, tmp_path, 3, 4, 5)
    assert numbering.gaps(library) == []
    assert next(one for one in checking.check(library) if one.name == "numbers").message == "各刊各年的期号没有间断。"


def test_a_misread_number_is_one_gap_however_far_off_it_is(library: Library, tmp_path: Path):
    for number in (3, 10**15):
        put(library, tmp_path / f"{number}.txt", bulletin(number))
    (gap,) = numbering.gaps(library)
    assert gap.sentence.endswith("缺第4—999999999999999期")


def test_the_report_tells_the_gaps_of_what_came_in_and_only_of_that(library: Library, tmp_path: Path):
    _numbers(library, tmp_path, 1, 3)
    title = numbering.gaps(library)[0].title
    issue = next(one for one in importing.import_paths(library, sorted(tmp_path.glob("*.txt"))))
    assert issue.status == "duplicate"
    assert import_report.gaps(library, [issue]) == []
    new = importing.ImportOutcome(issue.path, "new", issue.issue)
    missing = import_report.gaps(library, [new])
    assert import_report.gap_rows(missing) == [("缺期", f"《{title}》", f"《{title}》2031年缺第2期。")]
    table = tmp_path / "报告.csv"
    import_report.write([new], table, missing)
    rows = list(csv.reader(table.read_text(encoding="utf-8-sig").splitlines()))
    assert rows[-1][0] == "缺期"
    assert rows[-1][6].endswith("缺第2期。")
