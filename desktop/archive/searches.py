"""Searches that are kept: saved in the library to be done again, or their results written to a table."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from db import searches as store
from desktop.archive import addresses, finding, telling
from desktop.archive.finding import Filters, Hit, Order
from desktop.archive.library import Library
from desktop.archive.whole_words import Cut

MOST: Final = 5000  # results in one table
_COLUMNS: Final = ("序号", "刊名", "年份", "期号", "日期", "栏目", "题名", "层级", "地区", "位置", "摘录", "编号")
_WHERE: Final = {"title": "题名", "body": "正文", "note": "批注", "mark": "标注", "correction": "勘误"}
_FORMULA: Final = ("=", "+", "-", "@", "\t")


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A query as it was typed, with what it was narrowed to (names and values as the window keeps them)."""

    uid: str
    query: str
    narrowing: dict[str, Any]


def saved(library: Library) -> list[SavedSearch]:
    """All saved searches, the last saved first."""
    return [SavedSearch(row["uid"], row["query"], json.loads(row["narrowing"])) for row in store.searches(library.database)]


def save(library: Library, query: str, narrowing: Mapping[str, Any], initiator: object | None = None) -> str:
    """Save a search; returns its uid. One that is saved already, narrowed alike, is not saved twice."""
    told = json.dumps(dict(narrowing), ensure_ascii=False, sort_keys=True)
    for other in saved(library):
        if (other.query, other.narrowing) == (query, dict(narrowing)):
            return other.uid
    with library.database.operation("保存检索", initiator=initiator, undoable=False) as operation:
        return store.add(operation, query, told)


def forget(library: Library, uid: str, initiator: object | None = None) -> None:
    """Take a search off the saved ones."""
    with library.database.operation("移除已存检索", initiator=initiator, undoable=False) as operation:
        store.delete(operation, uid)


def export(
    library: Library, path: Path, query: str, filters: Filters, *, order: Order = "relevance", cut: Cut | None = None
) -> int:
    """Write the results, up to `MOST`, as a table (CSV in UTF-8 with its mark, as spreadsheets want it); how many they are.

    They stand in the order in which `finding.search` lists them with the same `order` and `cut`. Raises `KnownError` where the
    file cannot be written.
    """
    page = finding.search(library, query, filters, limit=MOST, order=order, facets=False, cut=cut)
    text = io.StringIO(newline="")
    table = csv.writer(text)
    table.writerow(_COLUMNS)
    table.writerows(_row(number, hit) for number, hit in enumerate(page.hits, start=1))
    with telling.explained(path):
        path.write_text(text.getvalue(), encoding="utf-8-sig", newline="")
    return len(page.hits)


def _row(number: int, hit: Hit) -> list[str]:
    issue, item = hit.issue, hit.item
    cells = (str(number), issue.title, str(issue.year or ""), issue.number, issue.date, item.section, item.title, item.level,
             item.region, _WHERE[hit.where], hit.snippet, addresses.address(item))  # fmt: skip
    return [_plain(cell) for cell in cells]


def _plain(cell: str) -> str:
    """The cell so that no spreadsheet takes it for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
