"""What goes into a memo and in which order: by fields, time, issue, level and region, or from a basket.

An item is quoted once, however it was tagged: its points and marks are gathered under it, and all its fields are named.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from db import issues as issue_store
from db import marks as mark_store
from db import memos as memo_store
from db import tags as tag_store
from db.records import CorrectionRecord, IssueRecord, ItemRecord, MarkRecord, TagRecord
from desktop.archive import correcting, excerpting
from desktop.archive.excerpting import Quoted
from desktop.archive.grouping import level_rank, newness, plan_order
from desktop.archive.library import Library
from desktop.errors import KnownError
from desktop.memo.model import Excerpt, Grouping

CUT = "cut:"  # option of a memo: which passages of an entry are kept, "cut:<uid>" = "0,2"
NOTHING = "没有符合条件的内容，请先给条目、要点或划线标注领域，或放宽期刊和日期范围。"
EMPTY_BASKET = "摘编里还没有内容，请先加入条目、要点或划线。"


@dataclass(frozen=True, slots=True)
class Choice:
    """What to compose. `memo` names a basket; the other conditions then narrow what is in it, except `fields`.

    `fields` empty: whatever is tagged. Dates are ISO, both ends included. `issues` are issue ids. `grouping` None: by level for
    one field, else by field. `title`, `unit`, `addressee` and `date` are printed; empty ones are filled in or left out.
    """

    fields: tuple[str, ...] = ()
    date_from: str | None = None
    date_to: str | None = None
    marks_only: bool = False
    issues: tuple[int, ...] = ()
    level: str = ""
    region: str = ""
    grouping: Grouping | None = None
    title: str = ""
    unit: str = ""
    addressee: str = ""
    date: str = ""
    memo: str | None = None
    kind: str = ""


@dataclass(slots=True)
class Pick:
    """What is wanted of one item while it is gathered."""

    item: ItemRecord
    issue: IssueRecord
    whole: bool = False
    points: set[int] = field(default_factory=set)
    passages: set[int] = field(default_factory=set)
    marks: list[MarkRecord] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    tags: list[TagRecord] = field(default_factory=list)

    def quoted(self) -> Quoted:
        """The quotation that results: a whole item swallows its parts."""
        if self.whole:
            return Quoted(self.item, whole=True)
        return Quoted(
            self.item, points=tuple(sorted(self.points)), marks=tuple(self.marks), passages=tuple(sorted(self.passages))
        )

    def fields(self) -> tuple[str, ...]:
        """The fields of what is quoted, the item's own first; a part without any has those of the item."""
        marks = {mark.uid for mark in self.marks}
        own = [tag for tag in self.tags if tag.point is None and tag.mark is None]
        parts = [tag for tag in self.tags if tag.point in self.points or tag.mark in marks]
        rest = [tag for tag in self.tags if tag not in own]
        found = [*own, *rest] if self.whole else parts or own
        return tuple(dict.fromkeys(tag.field for tag in found))


class _Shelf:
    """The library's records by id, read once for one memo: of items and issues, only those that it can quote."""

    def __init__(self, library: Library, memo: str | None) -> None:
        database = library.database
        self.marks = {mark.uid: mark for mark in mark_store.marks(database)}
        self.tags: dict[int, list[TagRecord]] = {}
        for tag in tag_store.tags(database):
            self.tags.setdefault(tag.item, []).append(tag)
        entries = memo_store.entries(database, memo) if memo is not None else ()
        wanted = {entry.item for entry in entries} or {*self.tags, *(mark.item for mark in self.marks.values())}
        self.items = {item.id: item for item in issue_store.items_by_id(database, sorted(wanted))}
        self.issues = issue_store.issues_by_id(database, {item.issue for item in self.items.values()})

    def pick(self, item: int) -> Pick:
        """An empty pick of an item."""
        record = self.items[item]
        return Pick(record, self.issues[record.issue], tags=self.tags.get(item, []))


def _is_within(pick: Pick, choice: Choice) -> bool:
    """Whether an item meets the conditions of time, issue, level and region."""
    date = pick.issue.date
    return (
        (not choice.date_from or date >= choice.date_from)
        and (not choice.date_to or "" < date <= choice.date_to)
        and (not choice.issues or pick.issue.id in choice.issues)
        and (not choice.level or pick.item.level == choice.level)
        and (not choice.region or pick.item.region == choice.region)
    )


def _tagged(shelf: _Shelf, choice: Choice) -> Iterable[Pick]:
    """What carries one of the fields: items, points and marks."""
    for item, tags in shelf.tags.items():
        wanted = [tag for tag in tags if not choice.fields or tag.field in choice.fields]
        if wanted:
            pick = shelf.pick(item)
            pick.whole = any(tag.point is None and tag.mark is None for tag in wanted)
            pick.points = {tag.point for tag in wanted if tag.point is not None}
            pick.marks = [shelf.marks[tag.mark] for tag in wanted if tag.mark is not None]
            yield pick


def _marked(shelf: _Shelf, choice: Choice) -> Iterable[Pick]:
    """Marks that carry one of the fields or lie in what carries one; every mark when no field is named."""
    tagged = {pick.item.id: pick for pick in _tagged(shelf, choice)}
    found: dict[int, Pick] = {}
    for mark in shelf.marks.values():
        around = tagged.get(mark.item)
        if not choice.fields or (around and (around.whole or mark in around.marks or _lies_in(mark, around))):
            found.setdefault(mark.item, shelf.pick(mark.item)).marks.append(mark)
    return found.values()


def _lies_in(mark: MarkRecord, pick: Pick) -> bool:
    return any(start <= mark.start and mark.end <= end for start, end in excerpting.point_ranges(pick.item, pick.points))


def _basket(library: Library, shelf: _Shelf, uid: str) -> Iterable[Pick]:
    """What is in a basket, in the reader's order; the parts of one item come together where the first of them stands."""
    found: dict[int, Pick] = {}
    cuts = shortened_entries(library, uid)
    for entry in memo_store.entries(library.database, uid):
        pick = found.setdefault(entry.item, shelf.pick(entry.item))
        shortened = cuts.get(entry.uid)
        if entry.point is None and entry.mark is None:
            pick.whole = pick.whole or not shortened
            pick.passages.update(shortened or ())
        if entry.point is not None:
            pick.points.add(entry.point)
        if entry.mark is not None:
            pick.marks.append(shelf.marks[entry.mark])
        if entry.comment:
            pick.comments.append(entry.comment)
    return found.values()


def shortened_entries(library: Library, uid: str) -> dict[str, tuple[int, ...]]:
    """Which passages of whole items the reader kept, by entry; see `composing.shorten`."""
    record = memo_store.memo(library.database, uid)
    options = json.loads(record.options) if record else {}
    return {
        name.removeprefix(CUT): tuple(map(int, value.split(",")))
        for name, value in options.items()
        if name.startswith(CUT) and value
    }


def addressed(library: Library, choice: Choice) -> list[tuple[int, int | None, str | None]]:
    """What a choice finds as what can be put into a basket: items, points and marks, in the order of a memo."""
    found: list[tuple[int, int | None, str | None]] = []
    for pick in _chosen(library, _Shelf(library, choice.memo), choice):
        if pick.whole:
            found.append((pick.item.id, None, None))
        else:
            found += [(pick.item.id, point, None) for point in sorted(pick.points)]
            found += [(pick.item.id, None, mark.uid) for mark in sorted(pick.marks, key=lambda mark: mark.start)]
    return found


def excerpts(library: Library, choice: Choice) -> list[Excerpt]:
    """The excerpts chosen, a basket's in the reader's order, others level by level and newest first.

    Raises `KnownError` when there are none, `NotFound` for a point that is no more.
    """
    shelf = _Shelf(library, choice.memo)
    found = _chosen(library, shelf, choice)
    if not found:
        empty = choice.memo is not None and not memo_store.entries(library.database, choice.memo)
        raise KnownError(EMPTY_BASKET if empty else NOTHING)
    corrected = corrections_by_item(library)
    return [_excerpt(library, pick, corrected.get(pick.item.id, ())) for pick in found]


def corrections_by_item(library: Library) -> dict[int, list[CorrectionRecord]]:
    """All corrections, read at once: a long memo would otherwise ask a thousand times."""
    found: dict[int, list[CorrectionRecord]] = {}
    for record in correcting.corrections(library):
        found.setdefault(record.item, []).append(record)
    return found


def _chosen(library: Library, shelf: _Shelf, choice: Choice) -> list[Pick]:
    if choice.memo is not None:
        picks = list(_basket(library, shelf, choice.memo))
    else:
        picks = sorted(
            _marked(shelf, choice) if choice.marks_only else _tagged(shelf, choice), key=lambda pick: pick.item.ordinal
        )
        picks.sort(key=lambda pick: (newness(pick.issue.date, pick.issue.number), pick.issue.id), reverse=True)
        picks.sort(key=lambda pick: level_rank(pick.item.level))
    return [pick for pick in picks if _is_within(pick, choice)]


def _excerpt(library: Library, pick: Pick, corrections: Sequence[CorrectionRecord]) -> Excerpt:
    printed = plan_order(library.vocabulary)  # entries of the second axis are no fields
    fields = tuple(name for name in pick.fields() if name in printed)
    corrected = correcting.placed(pick.item, corrections)
    return excerpting.excerpt(pick.quoted(), pick.issue, fields, "\n".join(pick.comments), corrected)
