"""The report of an import says what came in, what did not and why, and what to look at."""

import csv

from desktop.archive import import_report
from desktop.archive.importing import import_paths
from tests.archive.test_importing import write_issue


def imported(library, tmp_path):
    folder = tmp_path / "来件"
    write_issue(folder / "第7期.txt")
    write_issue(folder / "第8期.txt", number=8, day=13)
    write_issue(folder / "第8期副本.txt", number=8, day=13)
    (folder / "坏.pdf").write_bytes(b"%PDF-1.7 nothing")
    return import_paths(library, [folder])


def test_counts_in_one_line(library, tmp_path):
    outcomes = imported(library, tmp_path)
    assert import_report.summary(outcomes).startswith("新收入 2 个，已在库中 1 个，未收入 1 个")
    assert import_report.summary([]) == "没有找到 PDF 或文本文件"


def test_a_cancelled_import_says_how_it_goes_on(library, tmp_path):
    assert "还有 3 个没有读" in import_report.summary(imported(library, tmp_path), left=3)
    assert import_report.summary([], left=3).startswith("已取消")


def test_refused_files_are_listed_with_their_reason(library, tmp_path):
    rows = import_report.remarkable(imported(library, tmp_path))
    assert rows[0][:2] == ("未收入", "坏.pdf")
    assert rows[0][2].endswith("。")


def test_the_saved_report_has_a_line_for_every_file(library, tmp_path):
    import_report.write(imported(library, tmp_path), tmp_path / "报告.csv")
    with (tmp_path / "报告.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = {row["文件"]: row for row in csv.DictReader(stream)}
    assert {name: row["结果"] for name, row in rows.items()} == {
        "第7期.txt": "新收入", "第8期.txt": "新收入", "第8期副本.txt": "已在库中", "坏.pdf": "未收入",
    }  # fmt: skip
    assert (rows["第7期.txt"]["刊名"], rows["第7期.txt"]["期号"], rows["第7期.txt"]["日期"]) == ("样例要参", "7", "2031-05-06")
