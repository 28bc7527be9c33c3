"""Bringing what another reader hands over into this library: newest wins, mark by mark, field by field, correction by correction.

A mark is known by its uid, a field by its target and name; of two versions the later counts, a deletion counts as a version and
wins over one of the same second. So merging twice is merging once, and the order of packages does not matter. A mark is placed by
its words; where they are not found it is kept as 失锚. Merging is one operation, and one step of undo.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Final

from db import corrections as correction_store
from db import deletions as deletion_store
from db import issues as issue_store
from db import marks as mark_store
from db import merging as store
from db import tags as tag_store
from db.journal import Operation
from db.records import CorrectionRecord, IssueRecord, ItemRecord, MarkRecord, NewMark, NewTag
from desktop.archive import catalogue, marking
from desktop.archive.library import Library
from desktop.archive.shared_form import Shared, SharedCorrection, SharedDeletion, SharedIssue, SharedMark, SharedTag
from desktop.bulletin import anchors
from desktop.bulletin.folding import fold

_NAME: Final = "合并标注包"


@dataclass(frozen=True, slots=True)
class Conflict:
    """A mark that both sides changed: its words, both notes, and whether theirs is the later one."""

    quote: str
    ours: str
    theirs: str
    theirs_wins: bool


@dataclass
class Merge:
    """What merging does or did. `missing` are issues that this library does not have; their marks cannot be placed."""

    author: str
    issues: int = 0
    missing: list[str] = field(default_factory=list)
    new: int = 0
    same: int = 0
    conflicts: list[Conflict] = field(default_factory=list)
    deleted: int = 0  # marks deleted there later than changed here
    stayed_deleted: int = 0  # marks deleted here later than changed there
    lost: list[str] = field(default_factory=list)  # words that the text here does not have: kept as 失锚
    unplaced: int = 0  # marks and fields of issues or items that are missing
    fields_new: int = 0
    fields_same: int = 0
    fields_deleted: int = 0
    notes_new: int = 0  # of the new marks, those with a note
    corrections_new: int = 0
    corrections_same: int = 0
    corrections_deleted: int = 0
    unlocated: list[str] = field(default_factory=list)  # words of annotations of other programs that were not placed

    @property
    def changes(self) -> int:
        """How many things are or would be altered."""
        theirs = sum(conflict.theirs_wins for conflict in self.conflicts)
        fields = self.fields_new + self.fields_deleted
        return self.new + theirs + self.deleted + fields + self.corrections_new + self.corrections_deleted


def summary(merge: Merge) -> list[str]:
    """What a merge does, in Chinese lines; nothing that does not occur."""
    theirs = sum(conflict.theirs_wins for conflict in merge.conflicts)
    said = [
        (merge.new, "新增划线 {} 处"), (merge.notes_new, "新增批注 {} 处"), (merge.fields_new, "新增领域 {} 个"), (merge.corrections_new, "新增更正 {} 处"), (theirs, "对方改得较晚、采用对方的 {} 处"),
        (len(merge.conflicts) - theirs, "本库改得较晚、保留本库的 {} 处"), (merge.deleted, "对方已删除、移入回收站的 {} 处"),
        (merge.fields_deleted, "对方已取消的领域 {} 个"), (merge.stayed_deleted, "本库已删除、不再放回的 {} 处"),
        (merge.corrections_deleted, "对方已撤回的更正 {} 处"), (merge.same, "两边相同的划线 {} 处"),
        (merge.corrections_same, "两边相同的更正 {} 处"), (len(merge.lost), "本库正文中找不到、列为失锚的 {} 处"),
    ]  # fmt: skip
    lines = [words.format(count) for count, words in said if count]
    if merge.missing:
        lines.append(
            f"资料库中没有的 {len(merge.missing)} 期（{'、'.join(merge.missing[:3])}），其中 {merge.unplaced} 项没有放入"
        )
    elif merge.unplaced:
        lines.append(f"找不到所属条目、没有放入的 {merge.unplaced} 项")
    if merge.unlocated:
        lines.append(f"未定位、没有放入的 {len(merge.unlocated)} 处")
    return lines


class _Preview(Exception):
    """Ends the operation of a preview, which is then rolled back."""


def preview(library: Library, shared: Shared) -> Merge:
    """What `merge` would do. It is done and taken back within one transaction, so that it cannot differ."""
    merge = Merge(shared.author)
    try:
        with library.database.operation(_NAME) as operation:
            _Merging(library, operation, merge).take(shared)
            raise _Preview
    except _Preview:
        return merge


def merge(library: Library, shared: Shared, initiator: object | None = None, *, name: str = _NAME) -> Merge:
    """Bring everything in, as one step of undo; what was done."""
    done = Merge(shared.author)
    with library.database.operation(name, initiator=initiator) as operation:
        _Merging(library, operation, done).take(shared)
    return done


class _Merging:
    """One merge under way."""

    def __init__(self, library: Library, operation: Operation, done: Merge) -> None:
        self._library = library
        self._operation = operation
        self._done = done

    def take(self, shared: Shared) -> None:
        for theirs in shared.issues:
            ours = self._issue(theirs)
            if ours is None:
                self._done.missing.append(theirs.name)
                self._done.unplaced += len(theirs.marks) + len(theirs.tags) + len(theirs.corrections)
                continue
            self._done.issues += 1
            self._take_issue(theirs, ours, catalogue.items(self._library, ours.id))

    def _take_issue(self, theirs: SharedIssue, ours: IssueRecord, items: list[ItemRecord]) -> None:
        for gone in theirs.deleted_marks:
            self._delete_mark(gone, items)
        for mark in theirs.marks:
            self._mark(mark, ours, items)
        for tag in theirs.deleted_tags:
            self._delete_tag(tag, items)
        for tag in theirs.tags:
            self._tag(tag, items)
        for gone in theirs.deleted_corrections:
            self._delete_correction(gone, items)
        for correction in theirs.corrections:
            self._correct(correction, items)

    def _issue(self, theirs: SharedIssue) -> IssueRecord | None:
        database = self._library.database
        for sha256 in theirs.files:
            found = issue_store.issue_of_file(database, sha256)
            if found:
                return found
        if theirs.kind != "issue":
            return None
        return issue_store.issue_known_as(database, theirs.title, theirs.year, theirs.number)

    # --- marks

    def _delete_mark(self, gone: SharedDeletion, items: list[ItemRecord]) -> None:
        ours = mark_store.mark(self._library.database, gone.uid)
        if ours is not None and ours.updated_at > gone.at:
            return
        if ours is not None:
            mark_store.delete(self._operation, gone.uid, at=gone.at)
            self._done.deleted += 1
        elif items:
            home = _item(gone, items) or items[0]
            deletion_store.record(self._operation, "mark", gone.uid, home.id, at=gone.at)

    def _mark(self, theirs: SharedMark, issue: IssueRecord, items: list[ItemRecord]) -> None:
        ours = mark_store.mark(self._library.database, theirs.uid)
        gone = deletion_store.deletion(self._library.database, "mark", theirs.uid)
        if gone and gone.deleted_at >= theirs.updated_at:
            self._done.stayed_deleted += 1
        elif ours is None:
            self._add(theirs, issue, items)
        elif _version(ours) == theirs.version:
            self._done.same += 1
        else:
            wins = theirs.version > _version(ours)
            self._done.conflicts.append(Conflict(ours.quote, ours.note, theirs.note, wins))
            if wins:
                self._replace(theirs, ours, items)

    def _add(self, theirs: SharedMark, issue: IssueRecord, items: list[ItemRecord]) -> None:
        item, place = _place(theirs, items)
        if item is None:
            self._done.unplaced += 1
            return
        self._done.new += 1
        self._done.notes_new += bool(theirs.note)
        if place is None:
            self._done.lost.append(theirs.quote)
        where = place or _as_it_says(theirs)
        new = NewMark(
            item=item.id, color=theirs.color, style=theirs.style, note=theirs.note, text_version=issue.text_version, author=theirs.author,
            **where,
        )  # fmt: skip
        store.add_mark(self._operation, new, theirs.uid, theirs.created_at, theirs.updated_at, anchored=place is not None)
        deletion_store.forget(self._operation, "mark", theirs.uid)

    def _replace(self, theirs: SharedMark, ours: MarkRecord, items: list[ItemRecord]) -> None:
        values: dict[str, Any] = {
            "color": theirs.color, "style": theirs.style, "note": theirs.note, "author": theirs.author, "updated_at": theirs.updated_at,
        }  # fmt: skip
        home = next((item for item in items if item.id == ours.item), None)
        if home and fold(theirs.quote) != fold(ours.quote):
            place = anchors.find(home.text, theirs.quote, theirs.prefix, theirs.suffix, theirs.start)
            values |= {"anchored": True, **marking.place_of(home, *place)} if place else {}
        mark_store.replace(self._operation, ours.uid, **values)

    # --- fields

    def _delete_tag(self, gone: SharedTag, items: list[ItemRecord]) -> None:
        item = self._home(gone, items)
        if item is None:
            return
        ours = tag_store.tag_at(self._operation, item, gone.field, gone.subfield, point=gone.point, mark=gone.mark)
        if ours and ours.created_at > gone.at:
            return
        if ours:
            tag_store.delete(self._operation, ours.uid, at=gone.at)
            self._done.fields_deleted += 1
        else:
            key = deletion_store.tag_key(item, gone.point, gone.mark, gone.field, gone.subfield)
            deletion_store.record(self._operation, "tag", key, item, at=gone.at)

    def _tag(self, theirs: SharedTag, items: list[ItemRecord]) -> None:
        item = self._home(theirs, items)
        if item is None:
            self._done.unplaced += theirs.mark is None
            return
        ours = tag_store.tag_at(self._operation, item, theirs.field, theirs.subfield, point=theirs.point, mark=theirs.mark)
        key = deletion_store.tag_key(item, theirs.point, theirs.mark, theirs.field, theirs.subfield)
        gone = deletion_store.deletion(self._operation, "tag", key)
        if ours:
            self._done.fields_same += 1
            store.renew_tag(self._operation, ours.uid, theirs.at)
        elif not gone or gone.deleted_at < theirs.at:
            self._done.fields_new += 1
            new = NewTag(item, theirs.point, theirs.mark, theirs.field, theirs.subfield, theirs.vocabulary)
            store.add_tag(self._operation, new, theirs.at)
            deletion_store.forget(self._operation, "tag", key)

    def _home(self, tag: SharedTag, items: list[ItemRecord]) -> int | None:
        """The item that a tag is on here; None where there is none, or its mark is not here."""
        if tag.mark is not None:
            mark = mark_store.mark(self._library.database, tag.mark)
            return mark.item if mark else None
        item = _item(tag, items)
        return item.id if item else None

    # --- corrections: never altered, so there is one version of each, and its withdrawal

    def _delete_correction(self, gone: SharedDeletion, items: list[ItemRecord]) -> None:
        ours = correction_store.correction(self._library.database, gone.uid)
        if ours is not None:
            correction_store.delete(self._operation, ours, at=gone.at)
            self._done.corrections_deleted += 1
        elif items:
            home = _item(gone, items) or items[0]
            deletion_store.record(self._operation, "correction", gone.uid, home.id, at=gone.at)

    def _correct(self, theirs: SharedCorrection, items: list[ItemRecord]) -> None:
        item = _item(theirs, items)
        if correction_store.correction(self._library.database, theirs.uid) is not None:
            self._done.corrections_same += 1
        elif deletion_store.deletion(self._library.database, "correction", theirs.uid) is not None:
            return
        elif item is None:
            self._done.unplaced += 1
        else:
            store.add_correction(self._operation, CorrectionRecord(**_columns(theirs), item=item.id))
            self._done.corrections_new += 1


def _columns(theirs: SharedCorrection) -> dict[str, Any]:
    """What of a correction is stored as it comes; it rests where its words are not found."""
    return {name: value for name, value in asdict(theirs).items() if name not in ("ordinal", "title")}


def _version(mark: MarkRecord) -> tuple[str, ...]:
    return mark.updated_at, mark.note, mark.color, mark.style


def _item(theirs: SharedMark | SharedTag | SharedDeletion | SharedCorrection, items: list[ItemRecord]) -> ItemRecord | None:
    """The item meant: of that title, of several the one at that place; an item of another title is another item."""
    called = [item for item in items if fold(item.title) == fold(theirs.title)]
    return next((item for item in called if item.ordinal == theirs.ordinal), called[0] if called else None)


def _place(theirs: SharedMark, items: list[ItemRecord]) -> tuple[ItemRecord | None, dict[str, Any] | None]:
    """The item and columns of a mark's place: on its own item, else wherever in the issue its words are; else only an item."""
    own = _item(theirs, items)
    for item in ([own] if own else []) + [item for item in items if item is not own]:
        place = anchors.find(item.text, theirs.quote, theirs.prefix, theirs.suffix, theirs.start)
        if place:
            return item, marking.place_of(item, *place)
    return own or next((item for item in items if item.ordinal == theirs.ordinal), items[0] if items else None), None


def _as_it_says(theirs: SharedMark) -> dict[str, Any]:
    end = theirs.start + len(theirs.quote)
    return {"start": theirs.start, "end": end, "quote": theirs.quote, "prefix": theirs.prefix, "suffix": theirs.suffix}
