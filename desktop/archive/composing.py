"""Memo projects: baskets that are kept, the memo composed from one or from a choice, and its export.

A basket is the reader's own selection in the reader's order; `compose` turns it, or a `Choice` by field and time, into a `Memo`;
`export` writes that and notes the export in the library.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from db import issues as issue_store
from db import marks as mark_store
from db import memos as store
from db.records import IssueRecord, ItemRecord, MemoEntryRecord, MemoRecord
from desktop.archive import addresses, catalogue, correcting, excerpting, exportlog
from desktop.archive.choosing import CUT, Choice, addressed, corrections_by_item, excerpts, shortened_entries
from desktop.archive.classifying import PROTECTIVE_MARK, highest, lowers, protective, raised
from desktop.archive.excerpting import QUOTABLE, Quoted
from desktop.archive.grouping import grouped, plan_order
from desktop.archive.library import Library
from desktop.archive.shelf import EXPORTS
from desktop.archive.titling import common_field, period, publication, topic, usual_grouping
from desktop.errors import NotFound, WrongUsage
from desktop.memo import kinds
from desktop.memo.kinds import Kind, title_of
from desktop.memo.layout import DEFAULT, Profile
from desktop.memo.model import Excerpt, Grouping, Memo
from desktop.memo.wording import file_stem

if TYPE_CHECKING:
    from desktop.memo.progress import Progress
    from desktop.memo.writing import Report

__all__ = ["Choice", "add", "add_chosen", "add_items", "basket", "compose", "count", "create", "current", "delete", "duplicate", "entries",
           "entry_excerpt", "entry_start", "export", "exports", "file_name", "memos", "memos_of_item", "move", "options", "remove",
           "set_comment", "set_options", "shorten"]  # fmt: skip

NEW_MEMO: Final = "摘编"
Target = tuple[int, int | None, str | None]  # item, point, mark


def memos(library: Library) -> list[MemoRecord]:
    """All memo projects, the last changed first."""
    return store.memos(library.database)


def memos_of_item(library: Library, item_id: int) -> list[MemoRecord]:
    """The memos that quote an item or a part of it."""
    uids = {entry.memo for entry in store.entries_of_item(library.database, item_id)}
    return [memo for memo in memos(library) if memo.uid in uids]


def memo_record(library: Library, uid: str) -> MemoRecord:
    """One memo project. Raises `NotFound`."""
    found = store.memo(library.database, uid)
    if found is None:
        raise NotFound("这份摘编已不存在，可能已被删除。")
    return found


def create(library: Library, name: str = NEW_MEMO, initiator: object | None = None) -> MemoRecord:
    """Begin a memo project."""
    with library.database.operation(f"新建摘编：{name}", initiator=initiator) as operation:
        uid = store.add(operation, name, "{}")
    return memo_record(library, uid)


def delete(library: Library, memo_uid: str, initiator: object | None = None) -> None:
    """Delete a memo project with its basket. Raises `NotFound`."""
    record = memo_record(library, memo_uid)
    with library.database.operation(f"删除摘编：{record.name}", initiator=initiator) as operation:
        store.delete(operation, memo_uid)


def current(library: Library) -> MemoRecord:
    """The memo that was changed last; where there is none yet, a new one, which is no step of undo."""
    found = memos(library)
    if found:
        return found[0]
    with library.database.operation(f"新建摘编：{NEW_MEMO}", undoable=False) as operation:
        uid = store.add(operation, NEW_MEMO, "{}")
    return memo_record(library, uid)


def duplicate(library: Library, memo_uid: str, name: str, initiator: object | None = None) -> MemoRecord:
    """A copy of a memo project with its basket, comments and settings. Raises `NotFound`."""
    record = memo_record(library, memo_uid)
    settings = json.loads(record.options)
    with library.database.operation(f"复制摘编：{record.name}", initiator=initiator) as operation:
        uid = store.add(operation, name, "{}")
        for entry in entries(library, memo_uid):
            copy = store.add_entry(operation, uid, entry.item, point=entry.point, mark=entry.mark, comment=entry.comment)
            if CUT + entry.uid in settings:
                settings[CUT + copy] = settings.pop(CUT + entry.uid)
        store.update(operation, uid, options=json.dumps(settings, ensure_ascii=False, sort_keys=True))
    return memo_record(library, uid)


def entries(library: Library, memo_uid: str) -> list[MemoEntryRecord]:
    """What is in a basket, in the reader's order."""
    return store.entries(library.database, memo_uid)


def _quoted(library: Library, entry: MemoEntryRecord, item: ItemRecord, kept: tuple[int, ...]) -> Quoted:
    if entry.mark is not None:
        mark = mark_store.mark(library.database, entry.mark)
        return Quoted(item, marks=(mark,) if mark else ())
    if entry.point is not None:
        return Quoted(item, points=(entry.point,))
    return Quoted(item, whole=not kept, passages=kept)


def basket(library: Library, memo_uid: str) -> list[tuple[MemoEntryRecord, IssueRecord, Excerpt]]:
    """What is in a basket, in the reader's order, each with its issue and the excerpt it stands for.

    Raises `NotFound` for a point that is no more.
    """
    return _excerpts(library, entries(library, memo_uid), shortened_entries(library, memo_uid))


def _excerpts(
    library: Library, wanted: Sequence[MemoEntryRecord], kept: Mapping[str, tuple[int, ...]]
) -> list[tuple[MemoEntryRecord, IssueRecord, Excerpt]]:
    items = {item.id: item for item in issue_store.items_by_id(library.database, [entry.item for entry in wanted])}
    issues = issue_store.issues_by_id(library.database, {item.issue for item in items.values()})
    corrections, found = corrections_by_item(library), []
    for entry in wanted:
        item = items[entry.item]
        quoted = _quoted(library, entry, item, kept.get(entry.uid, ()))
        corrected = correcting.placed(item, corrections.get(item.id, ()))
        excerpt = excerpting.excerpt(quoted, issues[item.issue], comment=entry.comment, corrected=corrected)
        found.append((entry, issues[item.issue], excerpt))
    return found


def entry_excerpt(library: Library, entry: MemoEntryRecord) -> Excerpt:
    """The excerpt that one entry of a basket stands for. Raises `NotFound` for a point that is no more."""
    return _excerpts(library, [entry], shortened_entries(library, entry.memo))[0][2]


def entry_start(library: Library, entry: MemoEntryRecord) -> int:
    """Where an entry begins in its item's canonical text."""
    quoted = _quoted(library, entry, catalogue.item(library, entry.item), ())
    ranges = excerpting.point_ranges(quoted.item, quoted.points)
    return next((start for start, _end in ranges), next((mark.start for mark in quoted.marks), 0))


def add(
    library: Library,
    memo_uid: str,
    item_id: int,
    *,
    point: int | None = None,
    mark: str | None = None,
    initiator: object | None = None,
) -> MemoEntryRecord:
    """Put an item, one of its points or a mark into a basket; what is in it already stays where it is.

    Raises `NotFound` for a memo, item, point or mark that does not exist.
    """
    memo_record(library, memo_uid)
    _require_target(library, item_id, point, mark)
    for entry in entries(library, memo_uid):
        if (entry.item, entry.point, entry.mark) == (item_id, point, mark):
            return entry
    with library.database.operation("加入摘编", initiator=initiator) as operation:
        uid = store.add_entry(operation, memo_uid, item_id, point=point, mark=mark)
    return _entry(library, uid)


def count(library: Library, choice: Choice) -> int:
    """How many excerpts a choice by field and period finds."""
    return len(addressed(library, choice))


def add_chosen(library: Library, memo_uid: str, choice: Choice, initiator: object | None = None) -> int:
    """Put everything that a choice finds into a basket, as one step; how many were not in it yet. Raises `NotFound`."""
    return _add_all(library, memo_uid, addressed(library, choice), initiator)


def add_items(library: Library, memo_uid: str, items: Sequence[int], initiator: object | None = None) -> int:
    """Put items (of search results, say) into a basket, as one step; how many were not in it yet. Raises `NotFound`."""
    wanted = [(catalogue.item(library, item).id, None, None) for item in dict.fromkeys(items)]
    return _add_all(library, memo_uid, wanted, initiator)


def _add_all(library: Library, memo_uid: str, wanted: Sequence[Target], initiator: object | None) -> int:
    memo_record(library, memo_uid)
    present = {(entry.item, entry.point, entry.mark) for entry in entries(library, memo_uid)}
    new = [target for target in wanted if target not in present]
    with library.database.operation(f"加入摘编：{len(new)}条", initiator=initiator) as operation:
        for item, point, mark in new:
            store.add_entry(operation, memo_uid, item, point=point, mark=mark)
    return len(new)


def shorten(library: Library, entry_uid: str, passages: Sequence[int], initiator: object | None = None) -> None:
    """Quote only some passages of a whole item, by their places from 0; none or all of them: the whole again.

    Raises `NotFound`, and `WrongUsage` for an entry that is a point or a mark.
    """
    entry = _entry(library, entry_uid)
    if entry.point is not None or entry.mark is not None:
        raise WrongUsage("要点和划线已是节选，不能再选段；请改为加入整条。")
    quotable = [at for at, one in enumerate(catalogue.passages(catalogue.item(library, entry.item))) if one.kind in QUOTABLE]
    kept = [at for at in quotable if at in passages]
    value = "" if not kept or kept == quotable else ",".join(map(str, kept))
    set_options(library, entry.memo, initiator=initiator, **{CUT + entry_uid: value})


def _require_target(library: Library, item_id: int, point: int | None, mark: str | None) -> None:
    if point is not None and mark is not None:
        raise WrongUsage("一次只能加入一个要点或一处划线。")
    addresses.require_point(catalogue.item(library, item_id), point)
    if mark is not None:
        found = mark_store.mark(library.database, mark)
        if found is None or found.item != item_id:
            raise NotFound("这条划线已不存在，可能已被删除。")


def _entry(library: Library, uid: str) -> MemoEntryRecord:
    for memo in memos(library):
        for entry in entries(library, memo.uid):
            if entry.uid == uid:
                return entry
    raise NotFound("这一条已不在摘编里，可能已被移出。")


def remove(library: Library, entry_uid: str, initiator: object | None = None) -> None:
    """Take an excerpt out of its basket. Raises `NotFound`."""
    _entry(library, entry_uid)
    with library.database.operation("移出摘编", initiator=initiator) as operation:
        store.delete_entry(operation, entry_uid)


def move(library: Library, entry_uid: str, position: int, initiator: object | None = None) -> None:
    """Put an excerpt at a place of its basket, counted from 1; a place beyond the ends is the end. Raises `NotFound`."""
    entry = _entry(library, entry_uid)
    order = [other.uid for other in entries(library, entry.memo) if other.uid != entry_uid]
    place = min(max(position, 1), len(order) + 1) - 1
    order.insert(place, entry_uid)
    with library.database.operation("调整摘编次序", initiator=initiator) as operation:
        store.order_entries(operation, order)


def set_comment(library: Library, entry_uid: str, comment: str, initiator: object | None = None) -> None:
    """The author's own text on an excerpt. Successive edits are one step of undo. Raises `NotFound`."""
    _entry(library, entry_uid)
    with library.database.operation("修改按语", initiator=initiator, merge=f"comment:{entry_uid}") as operation:
        store.update_entry(operation, entry_uid, comment=comment)


def options(library: Library, memo_uid: str) -> dict[str, str]:
    """What was set for a memo: any of `kinds.SETTINGS`, own texts, receivers and shortened entries. Raises `NotFound`."""
    found: dict[str, str] = json.loads(memo_record(library, memo_uid).options)
    return found


def set_options(
    library: Library, memo_uid: str, *, name: str | None = None, initiator: object | None = None, **values: str
) -> MemoRecord:
    """Set a memo's name or any of its `options`; an empty value takes the setting back. Raises `NotFound`, `WrongUsage`."""
    unknown = [key for key in values if key not in kinds.SETTINGS and not key.startswith((kinds.OWN, kinds.RECEIVERS, CUT))]
    if unknown or values.get("grouping", "") not in ("", *Grouping):
        raise WrongUsage("摘编没有这项设置，请从分组、标题、单位、主送、日期等设置中选择。")
    record = memo_record(library, memo_uid)
    merged = {key: value for key, value in (json.loads(record.options) | values).items() if value}
    text = json.dumps(merged, ensure_ascii=False, sort_keys=True)
    with library.database.operation("修改摘编设置", initiator=initiator, merge=f"memo:{memo_uid}") as operation:
        store.update(operation, memo_uid, name=record.name if name is None else name, options=text)
    return memo_record(library, memo_uid)


def compose(library: Library, choice: Choice, available: Sequence[Kind] | None = None) -> Memo:
    """The memo of a choice or of a basket, in the form of its kind; `available` are the kinds at hand, by default the built-in ones.

    Raises `KnownError` when nothing fits, `NotFound` for what is no more.
    """
    settings: dict[str, Any] = options(library, choice.memo) if choice.memo is not None else {}
    kind = kinds.named(choice.kind or settings.get("kind", ""), available or kinds.load())
    found = excerpts(library, choice)
    fields = choice.fields or (common_field(found) if choice.memo is not None else ())
    grouping = choice.grouping or Grouping(settings.get("grouping") or kind.grouping or usual_grouping(fields))
    marks = [excerpt.source.classification for excerpt in found]
    subject = topic(fields)
    classification = raised(settings.get("classification", ""), marks)
    own_mark = PROTECTIVE_MARK if settings.get("mark") == "on" else ""
    memo = Memo(
        title=choice.title or settings.get("title") or title_of(kind, publication(found), subject),
        period=period(choice, found),
        groups=grouped(found, grouping, plan_order(library.vocabulary), choice.fields),
        date=choice.date or settings.get("date") or datetime.now().astimezone().date().isoformat(),
        addressee=choice.addressee or settings.get("addressee", ""),
        unit=settings.get("unit") or choice.unit,
        classification=classification,
        protective_mark="" if classification else own_mark or protective(marks),
        topic=subject,
    )
    return kinds.dressed(memo, kind, settings)


def warnings(library: Library, memo_uid: str) -> list[str]:
    """What the author should know before the memo leaves the house. Raises `KnownError` as `compose` does."""
    marks = [excerpt.source.classification for excerpt in excerpts(library, Choice(memo=memo_uid))]
    own = options(library, memo_uid).get("classification", "")
    found = []
    if lowers(own, marks):
        found.append(f"所设密级“{own}”低于来源的最高密级，已按来源标为“{raised(own, marks)}”。")
    if highest([*marks, own]):
        found.append("摘编含涉密内容，只能在涉密计算机上制作和保存，汇编须按规定报批。")
    return found


def file_name(memo: Memo, suffix: str = ".docx") -> str:
    """What the file is called unless the reader says otherwise: `生物医药领域信息摘编_20251205.docx`."""
    return f"{file_stem(memo)}{suffix}"


def _write(memo: Memo, path: Path, profile: Profile, progress: Progress | None) -> Report:
    from desktop.memo.writing import write  # late: brings the Word and PDF libraries, which nothing else here needs

    return write(memo, path, profile, progress)


def export(
    library: Library, memo: Memo, path: Path, profile: Profile = DEFAULT, *, apart: bool = False, progress: Progress | None = None
) -> Report:
    """Write a memo, check it, and note in `exports.log` when what went into which file, and where to. Raises `KnownError`.

    `apart`: in a process of its own, for the window. `progress` is told how far it is; what it raises ends the work, with nothing
    written.
    """
    from desktop.memo.apart import write_apart  # late: brings the running of processes, which reading needs none of

    report = write_apart(memo, path, profile, progress) if apart else _write(memo, path, profile, progress)
    exportlog.note(library, path, (excerpt.address for excerpt in memo.excerpts))
    return report


def exports(library: Library) -> list[tuple[str, str, str]]:
    """What was exported, the latest first: time (ISO, UTC), file, and the addresses quoted."""
    lines = [line.split("\t") for line in library.shelf.notes(EXPORTS)]
    return [(line[0], str(Path(*line[3:4], line[2])), line[1]) for line in reversed(lines) if len(line) > 2]
