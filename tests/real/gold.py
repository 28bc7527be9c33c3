"""The items of the four real issues with the fields an expert gave them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop.bulletin.model import Item
from desktop.bulletin.parsing import parse
from desktop.readers import read


@dataclass(frozen=True)
class GoldItem:
    """An item of issue `issue` with its expert tags; `points` maps a point's number to its field."""

    issue: str
    item: Item
    field: str
    subfield: str
    also: frozenset[str]
    points: dict[int, str]


def gold_items(data: Path) -> list[GoldItem]:
    """All items with their tags, in printed order, as the program reads them from the text files."""
    tags: dict[str, list[dict[str, Any]]] = json.loads((data / "truth" / "tags.json").read_text("utf-8"))["issues"]
    found = []
    for issue, entries in tags.items():
        (file,) = (data / "issues").glob(f"{issue}*.txt")
        items = [item for section in parse(read(file)).sections for item in section.items]
        found += [_gold(issue, items[entry["item"] - 1], entry) for entry in entries]
    return found


def _gold(issue: str, item: Item, entry: dict[str, Any]) -> GoldItem:
    points = {point["n"]: point["primary"] for point in entry["points"]}
    return GoldItem(issue, item, entry["primary"], entry["primary_sub"] or "", frozenset(entry["secondary"]), points)


def plan_text(data: Path) -> str:
    """The whole of the plan."""
    (file,) = (data / "issues").glob("004*.txt")
    return file.read_text("utf-8")
