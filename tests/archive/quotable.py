"""Issues whose footnote is called where its sign stands, for the tests of memos."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from db.records import ItemRecord
from desktop.archive import catalogue
from desktop.archive.library import Library
from tests.archive import shelf


def shelved(library: Library, folder: Path, number: int, date: str, classification: str | None = None) -> list[ItemRecord]:
    """The items of one more issue: seeds (省内, with a footnote and two points) and robots (省外)."""
    *body, note = shelf.SEEDS.passages
    seeds = replace(shelf.SEEDS, passages=(*body, replace(note, anchor=shelf.SEEDS.text.index("¹"))))
    issue = shelf.bulletin(number, date)
    inside, outside = issue.sections
    head = replace(issue.masthead, classification=classification)
    whole = replace(issue, masthead=head, sections=(replace(inside, items=(seeds,)), outside))
    outcome = shelf.put(library, folder / f"第{number}期.txt", whole)
    assert outcome.issue
    return catalogue.items(library, outcome.issue.id)
