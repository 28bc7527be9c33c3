"""What the library says about each field: items and marks by month, issue, region or level, with the gaps left visible.

An item counts for a field that stands on it, on one of its points or on a mark in it, once; a subfield counts for its field.
Nothing of this is stored.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from db import counts as store
from db.counts import ItemFacts
from desktop.archive.library import Library

Axis = Literal["month", "issue", "region", "level"]
AXES: dict[Axis, str] = {"month": "月份", "issue": "期", "region": "地区", "level": "层级"}
UNTAGGED = "未标领域"
UNKNOWN = "不详"
LEVELS = ("部委", "省外", "省内")
_COLOPHON = "版记"


@dataclass(slots=True)
class Cell:
    """The items of one field in one column, in order of date, and the marks with the field in them."""

    items: list[int] = field(default_factory=list)
    marks: int = 0


@dataclass(frozen=True, slots=True)
class Overview:
    """A table: `rows` are fields and last `UNTAGGED`, `columns` the values of the axis; empty cells are missing in `cells`.

    `totals` are the items of each column, whatever their fields: so a column shows how much of it is tagged. Of papers other
    than issues only what is tagged counts.
    """

    axis: Axis
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: dict[tuple[str, str], Cell]
    totals: dict[str, int]

    def cell(self, row: str, column: str) -> Cell:
        """A cell, empty where nothing is."""
        return self.cells.get((row, column)) or Cell()

    def row_total(self, row: str) -> int:
        """The items of a field."""
        return sum(len(self.cell(row, column).items) for column in self.columns)


def count(library: Library, axis: Axis = "month") -> Overview:
    """Count the whole library along an axis. Months without any issue between the first and the last are columns too."""
    items = store.items(library.database)
    by_id = {item.id: item for item in items}
    column_of = _columns(axis)
    cells: dict[tuple[str, str], Cell] = {}
    seen: set[tuple[int, str]] = set()
    for item_id, name, _subfield, mark in store.fields(library.database):
        cell = cells.setdefault((name, column_of(by_id[item_id])), Cell())
        cell.marks += mark is not None
        if (item_id, name) not in seen:
            seen.add((item_id, name))
            cell.items.append(item_id)
    tagged = {item_id for item_id, _ in seen}
    totals: dict[str, int] = {}
    for item in items:
        waits = item.kind == "issue" and not is_colophon(item.title)  # headings of a plan wait for no field
        if not waits and item.id not in tagged:
            continue
        column = column_of(item)
        totals[column] = totals.get(column, 0) + 1
        if item.id not in tagged:
            cell = cells.setdefault((UNTAGGED, column), Cell())
            cell.items.append(item.id)
            cell.marks += item.marks
    return Overview(axis, _rows(library, cells), _ordered(axis, totals), cells, totals)


def is_colophon(title: str) -> bool:
    """Whether an item of a paper's outline is its 版记, which has no subject and waits for no field."""
    return "".join(title.split()) == _COLOPHON


def facts(library: Library, ids: list[int]) -> list[ItemFacts]:
    """The named items, newest first."""
    wanted = set(ids)
    return [item for item in reversed(store.items(library.database)) if item.id in wanted]


def as_csv(overview: Overview) -> str:
    """The table for a spreadsheet: a row for each field, items and marks side by side, and the totals."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(
        [
            f"领域×{AXES[overview.axis]}",
            *(f"{column}{what}" for column in overview.columns for what in ("条目", "划线")),
            "条目合计",
        ]
    )
    for row in overview.rows:
        cells = [overview.cell(row, column) for column in overview.columns]
        writer.writerow([row, *(value for cell in cells for value in (len(cell.items), cell.marks)), overview.row_total(row)])
    writer.writerow(
        [
            "全部条目",
            *(value for column in overview.columns for value in (overview.totals.get(column, 0), "")),
            sum(overview.totals.values()),
        ]
    )
    return out.getvalue()


def _columns(axis: Axis) -> Callable[[ItemFacts], str]:
    return {
        "month": lambda item: item.date[:7] or UNKNOWN,
        "issue": _issue_name,
        "region": lambda item: item.region or item.level or UNKNOWN,
        "level": lambda item: item.level or UNKNOWN,
    }[axis]


def _issue_name(item: ItemFacts) -> str:
    if not item.number:
        return item.bulletin[:12]
    return f"{item.date[:4]}年第{item.number}期" if item.date else f"第{item.number}期"


def _rows(library: Library, cells: dict[tuple[str, str], Cell]) -> tuple[str, ...]:
    """The fields in force, then what else stands in the tags (other versions, local tags, the second axis), then the gap."""
    known = [one.name for one in library.vocabulary.all_fields]
    others = sorted({row for row, _ in cells} - {*known, UNTAGGED})
    return (*known, *others, UNTAGGED)


def _ordered(axis: Axis, totals: dict[str, int]) -> tuple[str, ...]:
    if axis == "month":
        months = sorted(column for column in totals if column != UNKNOWN)
        return (*_without_gaps(months), *([UNKNOWN] if UNKNOWN in totals else []))
    if axis == "level":
        return (*LEVELS, *([UNKNOWN] if UNKNOWN in totals else []))
    if axis == "region":
        return tuple(sorted(totals, key=lambda column: (column == UNKNOWN, -totals[column], column)))
    return tuple(totals)  # issues come in order of date


def _without_gaps(months: list[str]) -> list[str]:
    if not months or len(months[0]) < len("2025-09"):
        return months
    first, last = (date.fromisoformat(f"{month}-01") for month in (months[0], months[-1]))
    span = (last.year - first.year) * 12 + last.month - first.month
    return [f"{first.year + (first.month - 1 + at) // 12}-{(first.month - 1 + at) % 12 + 1:02d}" for at in range(span + 1)]
