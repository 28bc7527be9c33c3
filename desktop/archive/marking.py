"""Highlights and underlines with notes: made, altered, deleted, and found by their words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from db import issues as issue_store
from db import marks as store
from db import rereading as text_store
from db import tags as tag_store
from db.journal import Operation
from db.records import ItemRecord, MarkRecord, NewMark, NewTag
from desktop.archive import catalogue, tagging
from desktop.archive.library import Library
from desktop.bulletin import anchors
from desktop.bulletin.folding import fold, fold_with_offsets
from desktop.errors import NotFound, WrongUsage

COLORS: Final = ("yellow", "green", "blue", "red")
STYLES: Final = ("highlight", "underline")


def add(
    library: Library,
    item_id: int,
    start: int,
    end: int,
    *,
    color: str = "yellow",
    style: str = "highlight",
    note: str = "",
    fields: Sequence[str] = (),
    initiator: object | None = None,
) -> MarkRecord:
    """Mark the characters `start … end` of an item's canonical text; `fields` are names like "生物医药" or "生物医药/中药".

    Raises `NotFound` (item, field) and `WrongUsage` (empty or outside selection, unknown colour or style).
    """
    item = catalogue.item(library, item_id)
    _require_look(color, style)
    wanted = [tagging.known(library, *name.partition("/")[::2]) for name in fields]
    place = place_of(item, start, end)
    version = issue_store.text_version(library.database, item.issue)
    new = NewMark(item=item.id, color=color, style=style, note=note, text_version=version, author=library.author, **place)
    with library.database.operation("添加划线", initiator=initiator) as operation:
        made = store.add(operation, new)
        for field, subfield in wanted:
            tag_store.add(operation, NewTag(item.id, None, made.uid, field, subfield, library.vocabulary.version))
    return made


def update(
    library: Library,
    uid: str,
    *,
    color: str | None = None,
    style: str | None = None,
    note: str | None = None,
    start: int | None = None,
    end: int | None = None,
    initiator: object | None = None,
) -> MarkRecord:
    """Alter what is given of a mark. Successive edits of one note are one step of undo. Raises as `add`."""
    old = mark(library, uid)
    _require_look(color or old.color, style or old.style)
    values: dict[str, Any] = {"color": color, "style": style, "note": note}
    values = {column: value for column, value in values.items() if value is not None}
    if start is not None or end is not None:
        item = catalogue.item(library, old.item)
        values |= place_of(item, old.start if start is None else start, old.end if end is None else end)
        values |= {"anchored": True, "text_version": issue_store.text_version(library.database, item.issue)}
    only_note = list(values) == ["note"]
    name = "修改批注" if only_note else "修改划线"
    with library.database.operation(name, initiator=initiator, merge=f"note:{uid}" if only_note else "") as operation:
        return store.update(operation, uid, **values)


def reanchor(library: Library, uid: str, item_id: int, start: int, end: int, initiator: object | None = None) -> MarkRecord:
    """Put a mark, with its note and fields, on `start … end` of an item of its issue, where the reader says it belongs.

    Raises `NotFound` and `WrongUsage` (another issue, empty or outside selection).
    """
    old, item = mark(library, uid), catalogue.item(library, item_id)
    if catalogue.item(library, old.item).issue != item.issue:
        raise WrongUsage("请在这处划线所在的那一期中选中文字，再重新定位。")
    version = issue_store.text_version(library.database, item.issue)
    place = place_of(item, start, end)
    with library.database.operation("重新定位划线", initiator=initiator) as operation:
        if old.item != item.id:
            text_store.move_mark(operation, uid, item.id)
        return store.update(operation, uid, anchored=True, text_version=version, **place)


def delete(library: Library, uid: str, initiator: object | None = None) -> None:
    """Delete a mark with its fields and the memo entries that quote it. Raises `NotFound`."""
    mark(library, uid)
    with library.database.operation("删除划线", initiator=initiator) as operation:
        store.delete(operation, uid)


def resettle(operation: Operation, item: ItemRecord, old: MarkRecord) -> None:
    """Bring a mark to where its words are now, or list it as 失锚; one that stands where it says is left as it is."""
    if old.anchored and item.text[old.start : old.end] == old.quote:
        return
    place = anchors.find(item.text, old.quote, old.prefix, old.suffix, old.start)
    if place is None:
        store.replace(operation, old.uid, anchored=False)
    else:
        store.replace(operation, old.uid, anchored=True, **place_of(item, *place))


def mark(library: Library, uid: str) -> MarkRecord:
    """One mark. Raises `NotFound`."""
    found = store.mark(library.database, uid)
    if found is None:
        raise NotFound("这条划线已不存在，可能已被删除。")
    return found


def marks(library: Library, *, issue: int | None = None, item: int | None = None, field: str | None = None) -> list[MarkRecord]:
    """Marks in reading order, of one issue or item, or of those that carry a field."""
    return store.marks(library.database, issue=issue, item=item, field=field)


def find_quote(item: ItemRecord, quote: str, nth: int = 1) -> tuple[int, int]:
    """Where `quote` stands in the item's canonical text for the `nth` time (from 1).

    The exact words are looked for first, then the same words under folding (blanks, widths, quote forms). Raises `NotFound`.
    """
    if not fold(quote):
        raise WrongUsage("要划线的文字是空的，请给出原文中的一段话。")
    if nth < 1:
        raise WrongUsage("次序应从 1 数起。")
    exact = _occurrences(item.text, quote)
    if len(exact) >= nth:
        return exact[nth - 1], exact[nth - 1] + len(quote)
    folded, offsets = fold_with_offsets(item.text)
    wanted = fold(quote)
    found = _occurrences(folded, wanted)
    if len(found) < nth:
        again = f"第 {nth} 次出现的" if found else ""
        raise NotFound(f"条目“{item.title}”中没有找到{again}“{quote}”，请核对原文。")
    first = found[nth - 1]
    return offsets[first], offsets[first + len(wanted) - 1] + 1


def _occurrences(text: str, part: str) -> list[int]:
    found: list[int] = []
    at = text.find(part)
    while at >= 0:
        found.append(at)
        at = text.find(part, at + len(part))
    return found


def place_of(item: ItemRecord, start: int, end: int) -> dict[str, Any]:
    """The columns that say where a mark on `start … end` stands. Refuses what selects nothing."""
    if not 0 <= start < end <= len(item.text):
        raise WrongUsage("选中的范围不在这一条目的正文之内，没有划线。")
    if not item.text[start:end].strip():
        raise WrongUsage("选中的只有空白，没有划线。")
    anchor = anchors.make(item.text, start, end)
    return {"start": start, "end": end, "quote": anchor.quote, "prefix": anchor.prefix, "suffix": anchor.suffix}


def _require_look(color: str, style: str) -> None:
    if color not in COLORS:
        raise WrongUsage(f"没有“{color}”这种颜色，可用 {'、'.join(COLORS)}。")
    if style not in STYLES:
        raise WrongUsage(f"没有“{style}”这种划线样式，可用 {'、'.join(STYLES)}。")
