"""The whole library through the suggestions: what is suggested but not tagged, and which items should carry a given field.

Nothing is tagged. Twenty thousand items take a while, so progress is told and the work can be stopped between items.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from db import counts
from db import issues as issue_store
from db import tags as tag_store
from db.records import ItemRecord
from desktop.archive import catalogue, learning
from desktop.archive.library import Library
from desktop.archive.overview import is_colophon
from desktop.fields.suggest import Suggestion, suggest

_BATCH = 200


@dataclass(frozen=True, slots=True)
class Waiting:
    """A suggestion that the reader has neither confirmed nor refused; `first` when it is the item's strongest."""

    item: int
    issue: int
    title: str
    field: str
    subfield: str
    score: float
    words: tuple[str, ...]
    first: bool


def waiting(
    library: Library,
    *,
    field: str = "",
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> list[Waiting]:
    """What is suggested but not tagged, strongest first; with `field` the items that should carry it.

    A field that already stands on the item, a point or a mark of it counts as tagged. When cancelled, what was found so far.
    """
    fields = {(item, name) for item, name, _subfield, _mark in counts.fields(library.database)}
    refused = {(one.item, one.field) for one in tag_store.refusals(library.database) if one.point is None}
    learnt, found = learning.learnt(library), []
    for item in _items(library, progress, cancelled):
        suggestions = suggest(item.title, catalogue.passages(item), library.vocabulary, learnt=learnt)
        for at, one in enumerate(suggestions):
            key = (item.id, one.field)
            if key not in fields and key not in refused and field in ("", one.field):
                found.append(_waiting(item, one, first=at == 0))
    return sorted(found, key=lambda one: (-one.score, one.item))


def untagged(library: Library, issue: int | None = None) -> list[int]:
    """Items of an issue, or of all, in order of date, on which no field stands yet."""
    tagged = {item for item, *_ in counts.fields(library.database)}
    waiting = (item for item in counts.items(library.database) if item.id not in tagged and issue in (None, item.issue))
    return [item.id for item in waiting if not is_colophon(item.title)]


def _items(
    library: Library, progress: Callable[[int, int], None] | None, cancelled: Callable[[], bool] | None
) -> Iterator[ItemRecord]:
    ids = [item.id for item in counts.items(library.database)]
    for start in range(0, len(ids), _BATCH):
        for at, item in enumerate(issue_store.items_by_id(library.database, ids[start : start + _BATCH]), start=start):
            if cancelled and cancelled():
                return
            if progress and at % 20 == 0:
                progress(at, len(ids))
            yield item
    if progress:
        progress(len(ids), len(ids))


def _waiting(item: ItemRecord, one: Suggestion, *, first: bool) -> Waiting:
    words = tuple(reason.term for reason in one.evidence[:4])
    return Waiting(item.id, item.issue, item.title, one.field, one.subfield, one.score, words, first)
