"""The ledger says what was read and noted, in a table that WPS and Excel open and in which nothing is run."""

from __future__ import annotations

import csv
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from db.records import ItemRecord
from desktop.archive import ledger, marking, tagging
from desktop.archive.library import Library
from desktop.errors import WrongUsage

NOTE = '=HYPERLINK("http://x")'


@pytest.fixture(autouse=True)
def noted(library: Library, items: list[ItemRecord]) -> None:
    marking.add(library, items[0].id, 0, 4, note=NOTE)
    marking.add(library, items[0].id, 13, 20, note="第二条<批注>&\x0b", fields=["生物医药"])
    tagging.tag(library, items[0].id, "综合")


EXPECTED = ["7", "2031-05-06", "省内要情", "", "青岚市建成甘薯种质资源库"]


def test_csv_opens_in_excel_as_chinese_and_runs_no_formula(library: Library, tmp_path: Path):
    assert ledger.export(library, tmp_path / "台账.csv") == 2
    assert (tmp_path / "台账.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    with (tmp_path / "台账.csv").open(encoding="utf-8-sig", newline="") as file:
        head, first, second = csv.reader(file)
    assert tuple(head) == ledger.HEADERS
    assert (first[:3], first[4]) == (EXPECTED[:3], EXPECTED[4])
    assert set(first[5].split("、")) == {"生物医药", "综合"}
    assert first[6].startswith(NOTE) is False or first[6][0] == "'"
    assert second[6] == ""


def test_xlsx_is_a_sound_table_of_plain_text(library: Library, tmp_path: Path):
    ledger.export(library, tmp_path / "台账.xlsx")
    with zipfile.ZipFile(tmp_path / "台账.xlsx") as archive:
        for name in archive.namelist():
            etree.fromstring(archive.read(name))
        sheet = etree.fromstring(archive.read("xl/worksheets/sheet1.xml"))
    space = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
    table = [["".join(cell.itertext()) for cell in row] for row in sheet.iterfind(".//m:row", space)]
    assert tuple(table[0]) == ledger.HEADERS
    assert table[1][6] == f"{NOTE}\n第二条<批注>&"
    assert sheet.find(".//m:f", space) is None


def test_other_kinds_of_file_and_empty_libraries_are_refused(library: Library, tmp_path: Path):
    with pytest.raises(WrongUsage, match="xlsx"):
        ledger.export(library, tmp_path / "台账.doc")
    with Library.open(tmp_path / "空库") as empty, pytest.raises(WrongUsage):
        ledger.export(empty, tmp_path / "台账.csv")
    assert not list(tmp_path.glob("台账*"))
