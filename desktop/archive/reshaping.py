"""Renaming, merging and splitting fields in a library: the vocabulary and the tags that follow it, in one step that can be undone."""

from __future__ import annotations

import json
from collections import Counter

from db import tags as tag_store
from db import vocabularies as store
from db.records import TagRecord
from desktop.archive.library import Library
from desktop.fields.export import vocabulary_to_json
from desktop.fields.reshape import Change, same_plan


def preview(library: Library, change: Change) -> list[str]:
    """What would happen to the tags that exist, as sentences; nothing is changed."""
    counts = Counter((tag.field, tag.subfield) for tag in _following(library, change))
    moved = [(place, change.place_after(place), count) for place, count in counts.items()]
    said = [
        f"{count}处标注由“{'›'.join(filter(None, old))}”改为“{'›'.join(filter(None, new))}”。"
        for old, new, count in sorted(moved)
    ]
    return [f"词表版本由“{library.vocabulary.version}”变为“{change.vocabulary.version}”。", *(said or ["现有标注不变。"])]


def apply(library: Library, change: Change, initiator: object | None = None) -> int:
    """Put the new vocabulary into force and move the tags; how many were moved. One undo takes all of it back."""
    following = _following(library, change)
    with library.database.operation(change.name, initiator=initiator) as operation:
        for tag in following:
            tag_store.move(operation, tag, *change.place_after((tag.field, tag.subfield)), change.vocabulary.version)
        for old, new in change.moves.items():
            if not old[1] and old[0] != new[0]:
                tag_store.move_refusals(operation, old[0], new[0])
        store.add(operation, change.vocabulary.version, json.dumps(vocabulary_to_json(change.vocabulary), ensure_ascii=False))
    return len(following)


def _following(library: Library, change: Change) -> list[TagRecord]:
    """The tags that go elsewhere. Those given under another plan keep their name, whatever it means now."""
    return [
        tag
        for tag in tag_store.tags(library.database)
        if same_plan(tag.vocabulary, library.vocabulary.version)
        and change.place_after((tag.field, tag.subfield)) != (tag.field, tag.subfield)
    ]
