"""Collecting what the reader hands over: the marks, fields, corrections and deletions of issues, with what identifies them elsewhere."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from db import corrections as correction_store
from db import deletions as deletion_store
from db import issues as issue_store
from db import marks as mark_store
from db import tags as tag_store
from db.records import IssueRecord, ItemRecord
from db.times import now
from desktop.archive import catalogue
from desktop.archive.library import Library
from desktop.archive.shared_form import Shared, SharedCorrection, SharedDeletion, SharedIssue, SharedMark, SharedTag


def collect(library: Library, issues: Sequence[IssueRecord] | None = None, *, author: str = "") -> Shared:
    """What is to be handed over of the issues given, or of all: issues of which there is nothing are left out."""
    wanted = catalogue.issues(library) if issues is None else issues
    shared = (_issue(library, issue) for issue in wanted)
    kept = tuple(one for one in shared if _has_something(one))
    return Shared(author or library.author, now(), kept)


def _has_something(issue: SharedIssue) -> bool:
    there = (issue.marks, issue.tags, issue.deleted_marks, issue.deleted_tags, issue.corrections, issue.deleted_corrections)
    return any(there)


def _issue(library: Library, issue: IssueRecord) -> SharedIssue:
    database = library.database
    items = {item.id: item for item in catalogue.items(library, issue.id)}
    marks = [
        SharedMark(
            mark.uid, *_place(items[mark.item]), mark.start, mark.quote, mark.prefix, mark.suffix, mark.color, mark.style, mark.note,
            mark.author, mark.created_at, mark.updated_at,
        )
        for mark in mark_store.marks(database, issue=issue.id)
    ]  # fmt: skip
    tags = [
        SharedTag(*_place(items[tag.item]), tag.point, tag.mark, tag.field, tag.subfield, tag.vocabulary, tag.created_at)
        for tag in tag_store.tags(database, issue=issue.id)
    ]
    deleted_tags = []
    for record in deletion_store.deletions(database, "tag", issue=issue.id):
        _, point, mark, field, subfield = json.loads(record.key)
        deleted_tags.append(SharedTag(*_place(items[record.item]), point, mark, field, subfield, "", record.deleted_at))
    files = tuple(file.sha256 for file in issue_store.files(database, issue.id))
    return SharedIssue(
        issue.kind, issue.title, issue.year, issue.number, issue.date, files,
        tuple(marks), tuple(tags), _deletions(library, "mark", issue, items), tuple(deleted_tags),
        _corrections(library, issue, items), _deletions(library, "correction", issue, items),
    )  # fmt: skip


def _deletions(
    library: Library, kind: deletion_store.Kind, issue: IssueRecord, items: Mapping[int, ItemRecord]
) -> tuple[SharedDeletion, ...]:
    found = deletion_store.deletions(library.database, kind, issue=issue.id)
    return tuple(SharedDeletion(record.key, *_place(items[record.item]), record.deleted_at) for record in found)


def _corrections(library: Library, issue: IssueRecord, items: Mapping[int, ItemRecord]) -> tuple[SharedCorrection, ...]:
    return tuple(
        SharedCorrection(
            one.uid, *_place(items[one.item]), one.kind, one.start, one.quote, one.prefix, one.suffix, one.replacement, one.author, one.created_at
        )
        for one in correction_store.corrections(library.database, issue=issue.id)
    )  # fmt: skip


def _place(item: ItemRecord) -> tuple[int, str]:
    return item.ordinal, item.title
