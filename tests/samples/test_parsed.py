"""A sample parses to its JSON file from either of its forms: the promise of `parse --json` on files that all may read."""

from __future__ import annotations

import json

import pytest

from desktop.bulletin.folding import squash
from desktop.bulletin.jsonform import bulletin_to_json
from desktop.bulletin.parsing import parse
from desktop.readers import read
from tests.press import Layout, pdf
from tests.samples.prints import PRINTS


def reduced(value, like):
    """`value` with the keys of `like` only, without white space and doubts: keys may be added to the form at any time."""
    if isinstance(like, dict):
        return {key: reduced(value.get(key), like[key]) for key in like if key != "doubts"}
    if isinstance(like, list) and like:
        return [reduced(entry, like[min(at, len(like) - 1)]) for at, entry in enumerate(value or [])]
    return squash(value) if isinstance(value, str) else value


def assert_same(actual, expected):
    assert reduced(actual, expected) == reduced(expected, expected)


def without_item_pages(issue):
    for section in issue["sections"]:
        for item in section["items"]:
            item["page"] = None
    return issue


def expected_of(sample):
    return json.loads(sample.path(".json").read_text("utf-8"))


every_sample = pytest.mark.parametrize("sample", PRINTS, ids=lambda sample: str(sample.number))


@every_sample
def test_print_parses_to_the_json(sample):
    assert_same(bulletin_to_json(parse(read(sample.path(".pdf")))), expected_of(sample))


@every_sample
def test_text_parses_to_the_json(sample):
    issue = bulletin_to_json(parse(read(sample.path(".txt"))))
    assert_same(without_item_pages(issue), without_item_pages(expected_of(sample)))


@pytest.mark.parametrize(
    "layout",
    [
        Layout(),
        Layout(rotation=90),
        Layout(body_size=12),
        Layout(title_width=9),
        Layout(backwards=True),
        Layout(page_numbers=False),
    ],
    ids=["plain font", "turned", "small type", "narrow titles", "last line first", "no page numbers"],
)
@every_sample
def test_other_prints_parse_to_the_same_words(sample, layout, tmp_path):
    path = tmp_path / "issue.pdf"
    path.write_bytes(pdf(expected_of(sample), layout))
    issue = bulletin_to_json(parse(read(path)))
    assert_same(without_item_pages(issue), without_item_pages(expected_of(sample)))


def test_the_deleted_doubled_character_is_reported():
    (sample,) = (sample for sample in PRINTS if sample.blemishes.doubled)
    assert [doubt for doubt in bulletin_to_json(parse(read(sample.path(".txt"))))["doubts"] if "构" in doubt["message"]]
