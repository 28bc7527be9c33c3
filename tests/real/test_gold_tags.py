"""Suggestions on the real issues against an expert's tags: the numbers that were reached, so that they cannot fall unnoticed."""

from __future__ import annotations

import pytest

from desktop.fields.jsonform import load_vocabulary
from desktop.fields.suggest import suggest
from desktop.fields.vocabulary import Vocabulary
from tests.real.gold import GoldItem, gold_items


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return load_vocabulary()


@pytest.fixture(scope="module")
def gold(data) -> list[GoldItem]:
    return gold_items(data)


def test_the_first_suggestion_is_the_expert_field(vocabulary, gold):
    wrong = []
    for entry in gold:
        first = next(iter(suggest(entry.item.title, entry.item.passages, vocabulary)), None)
        if first is None or first.field != entry.field:
            wrong.append(f"{entry.item.title}: {first.field if first else '—'}, not {entry.field}")
    assert len(gold) == 20
    assert not wrong


def test_no_field_is_shown_that_the_expert_would_not_give(vocabulary, gold):
    wrong = [
        f"{entry.item.title}: {shown.field}"
        for entry in gold
        for shown in suggest(entry.item.title, entry.item.passages, vocabulary)
        if shown.field not in {entry.field, *entry.also}
    ]
    assert not wrong


def test_the_subfield_is_the_expert_one(vocabulary, gold):
    named = [entry for entry in gold if entry.subfield]
    right = [entry for entry in named if suggest(entry.item.title, entry.item.passages, vocabulary)[0].subfield == entry.subfield]
    assert len(right) == len(named) == 10


def test_points_get_their_own_field(vocabulary, gold):
    right = total = 0
    for entry in gold:
        for number, field in entry.points.items():
            found = suggest(entry.item.title, entry.item.passages, vocabulary, point=number)
            right += bool(found) and found[0].field == field
            total += 1
    assert total == 27
    assert right >= 22
