"""Suggestions for what is in the library: with exact places, without what was refused, and never tagged by themselves."""

from __future__ import annotations

import pytest

from db.records import ItemRecord
from desktop.archive import suggesting, tagging, undoing
from desktop.archive.library import Library
from desktop.bulletin.folding import fold
from desktop.errors import NotFound


def fields(library: Library, item: ItemRecord, point: int | None = None) -> list[str]:
    return [suggestion.field for suggestion in suggesting.suggest(library, item.id, point=point)]


def test_the_reasons_stand_in_the_text_of_the_item(library: Library, items: list[ItemRecord]):
    for item in items:
        found = suggesting.suggest(library, item.id)
        assert found
        for reason in found[0].evidence:
            assert all(fold(item.text[start:end]) == fold(reason.term) for start, end in reason.places)


def test_a_refused_field_stays_away_until_the_refusal_is_undone(library: Library, items: list[ItemRecord]):
    robots = items[1]
    assert fields(library, robots) == ["装备制造"]
    tagging.refuse(library, robots.id, "装备制造")
    assert fields(library, robots) == []
    undoing.undo(library)
    assert fields(library, robots) == ["装备制造"]


def test_a_refusal_for_a_point_is_not_one_for_its_item(library: Library, items: list[ItemRecord]):
    seeds = items[0]
    before = fields(library, seeds)
    tagging.refuse(library, seeds.id, before[0], point=1)
    assert fields(library, seeds) == before
    assert before[0] not in fields(library, seeds, point=1)


def test_suggesting_tags_nothing_and_goes_on_showing_what_is_tagged(library: Library, items: list[ItemRecord]):
    robots = items[1]
    suggesting.suggest(library, robots.id)
    assert tagging.tags(library) == []
    tagging.tag(library, robots.id, "装备制造")
    assert fields(library, robots) == ["装备制造"]


def test_what_does_not_exist_is_said(library: Library, items: list[ItemRecord]):
    with pytest.raises(NotFound):
        suggesting.suggest(library, 999)
    with pytest.raises(NotFound, match="第（9）点"):
        suggesting.suggest(library, items[0].id, point=9)
