"""Puts ready-made items into a library, past the reading of files."""

from __future__ import annotations

import uuid

from db import issues as store
from db.records import NewIssue, NewItem
from desktop.archive.library import Library


def item(title: str, *paragraphs: str, section: str = "市内动态", level: str = "省内", region: str = "望江") -> NewItem:
    """An item whose canonical text is its title and paragraphs."""
    return NewItem(section, 1, title, 1, level, region, "\n".join((title, *paragraphs)), "[]")


def keep(library: Library, date: str, *items: NewItem, title: str = "望江创新内参") -> list[int]:
    """Store an issue with these items; the items' ids."""
    year = int(date[:4] or 0)
    file = uuid.uuid4().hex * 2
    new = NewIssue("issue", title, year, file[:6], date, (), None, file, "txt", "某期.txt", 1, "{}", "1")
    with library.database.operation("收入", undoable=False) as operation:
        issue = store.add(operation, new, items)
    return [record.id for record in store.items(library.database, issue)]
