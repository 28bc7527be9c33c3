"""The addresses by which people and scripts name things: issue "3", item "3.5", point "3.5.2".

The first number is the issue's in this library, the second its item's place in print, the third the point's own number.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from db import issues as store
from db.records import IssueRecord, ItemRecord
from desktop.archive import catalogue
from desktop.archive.library import Library
from desktop.bulletin.model import PassageKind
from desktop.errors import NotFound, WrongUsage


@dataclass(frozen=True, slots=True)
class Target:
    """An item, or one of its points."""

    item: ItemRecord
    point: int | None = None


def address(item: ItemRecord, point: int | None = None) -> str:
    """The address of an item or of one of its points."""
    return f"{item.issue}.{item.ordinal}" + (f".{point}" if point is not None else "")


def resolve(library: Library, address: str) -> Target:
    """The item or point that an address names. Raises `WrongUsage` for what is no such address, else `NotFound`."""
    issue_id, ordinal, *rest = _numbers(address, 2, 3)
    found = store.item_at(library.database, issue_id, ordinal)
    if found is None:
        raise NotFound(f"没有编号为“{address}”的条目，可用“list {issue_id}”查看。")
    point = rest[0] if rest else None
    require_point(found, point)
    return Target(found, point)


def resolve_issue(library: Library, address: str) -> IssueRecord:
    """The issue that an address names. Raises `WrongUsage` for what is no such address, else `NotFound`."""
    return catalogue.issue(library, _numbers(address, 1, 1)[0])


def has_item(address: str) -> bool:
    """Whether an address goes beyond the issue."""
    return "." in unicodedata.normalize("NFKC", address)


def require_point(item: ItemRecord, point: int | None) -> None:
    """Raise `NotFound` when `point` is a number that no point of the item has."""
    numbers = {passage.number for passage in catalogue.passages(item) if passage.kind is PassageKind.POINT}
    if point is not None and point not in numbers:
        raise NotFound(f"条目 {address(item)}“{item.title}”没有第 {point} 点。")


def _numbers(address: str, least: int, most: int) -> list[int]:
    parts = unicodedata.normalize("NFKC", address).strip().split(".")
    if not (least <= len(parts) <= most and all(re.fullmatch(r"[0-9]{1,9}", part) for part in parts)):
        form = "3" if most == 1 else "3.5（第 3 号文件第 5 条）或 3.5.2（其中第 2 点）"
        raise WrongUsage(f"编号“{address}”看不懂，应写成 {form}。")
    return [int(part) for part in parts]
