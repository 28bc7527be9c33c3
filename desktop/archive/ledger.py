"""台账: one row an item — 期号 日期 栏目 地区 标题 领域 批注 — as a table for WPS and Excel, or as CSV.

The .xlsx is written here: one sheet of plain text needs five small XML parts and no further package.
"""

from __future__ import annotations

import csv
import io
import re
import uuid
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

from db.records import IssueRecord
from desktop.archive import catalogue, exportlog, marking, storing, tagging, telling
from desktop.archive.library import Library
from desktop.errors import WrongUsage

HEADERS: Final = ("期号", "日期", "栏目", "地区", "标题", "领域", "批注")
_WIDTHS: Final = (10, 12, 12, 10, 48, 24, 48)
_UNWRITABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LONGEST: Final = 32_767  # characters that a cell of a spreadsheet holds
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

Row = tuple[str, ...]


def export(library: Library, file: Path, issues: Sequence[IssueRecord] | None = None) -> int:
    """Write the ledger of these issues (or all), .xlsx or .csv by the file's name; how many rows.

    Raises `WrongUsage` for another suffix or an empty library, `StorageFull`, `LibraryUnavailable`.
    """
    writers = {".xlsx": _xlsx, ".csv": _csv}
    if file.suffix.lower() not in writers:
        raise WrongUsage("台账只能保存为 .xlsx 或 .csv 文件，请改用这两种后缀。")
    wanted = [issue for issue in catalogue.issues(library) if issue.kind == "issue"] if issues is None else list(issues)
    table = list(rows(library, wanted))
    if not table:
        raise WrongUsage("资料库里还没有可以列入台账的条目。")
    file = file.absolute()
    partial = file.with_name(f".{file.name}.{uuid.uuid4().hex}.partial")
    try:
        with telling.explained(file):
            partial.write_bytes(writers[file.suffix.lower()]([HEADERS, *table]))
            storing.flush_file(partial)
            partial.replace(file)
    finally:
        partial.unlink(missing_ok=True)
    exportlog.note(library, file, [f"《{issue.title}》第{issue.number}期" for issue in wanted])
    return len(table)


def rows(library: Library, issues: Sequence[IssueRecord]) -> Iterator[Row]:
    """The rows, issues in the order given, items as printed. Fields of points and marks count for their item."""
    for issue in issues:
        tags, marks = tagging.tags(library, issue=issue.id), marking.marks(library, issue=issue.id)
        for item in catalogue.items(library, issue.id):
            fields = dict.fromkeys(
                tag.field + (f"/{tag.subfield}" if tag.subfield else "") for tag in tags if tag.item == item.id
            )
            notes = [mark.note.strip() for mark in marks if mark.item == item.id and mark.note.strip()]
            yield issue.number, issue.date, item.section, item.region, item.title, "、".join(fields), "\n".join(notes)


def _csv(table: Sequence[Row]) -> bytes:
    """With a signature, without which Excel takes it for another encoding; a cell that would be run as a formula is quoted."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows(
        [f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell for cell in row] for row in table
    )
    return text.getvalue().encode("utf-8-sig")


def _xlsx(table: Sequence[Row]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in (*_FRAME.items(), ("xl/worksheets/sheet1.xml", _sheet(table))):
            archive.writestr(name, _HEAD + part)
    return content.getvalue()


def _sheet(table: Sequence[Row]) -> str:
    columns = "".join(f'<col min="{n}" max="{n}" width="{width}" customWidth="1"/>' for n, width in enumerate(_WIDTHS, start=1))
    last = f"{chr(64 + len(HEADERS))}{len(table)}"
    body = "".join(_row(number, row) for number, row in enumerate(table, start=1))
    return (
        f'<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f'<cols>{columns}</cols><sheetData>{body}</sheetData><autoFilter ref="A1:{last}"/></worksheet>'
    )


def _row(number: int, row: Row) -> str:
    style = 1 if number == 1 else 2
    cells = (
        f'<c r="{chr(65 + at)}{number}" s="{style}" t="inlineStr"><is><t xml:space="preserve">'
        f"{escape(_UNWRITABLE.sub('', cell)[:_LONGEST])}</t></is></c>"
        for at, cell in enumerate(row)
    )
    return f'<row r="{number}">{"".join(cells)}</row>'


_FRAME: Final = {
    "[Content_Types].xml": (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
        '<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>'
        '<Override PartName="/xl/worksheets/sheet1.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets><sheet name="台账" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>'
    ),
    "xl/styles.xml": (
        f'<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/><name val="宋体"/></font>'
        '<font><b/><sz val="11"/><name val="宋体"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
        '<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0"/>'
        '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>'
        "</cellXfs></styleSheet>"
    ),
}
