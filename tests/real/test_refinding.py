"""Marks on the real issues are found again after every kind of change to the text, and none slips to other words."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.bulletin.anchors import find, make
from desktop.bulletin.folding import fold
from desktop.bulletin.parsing import parse
from desktop.readers import read

NEAR = 2  # characters by which an edge may be off where the edit was made at the edge itself
_WIDE = str.maketrans("()：；，", "（）:;,")


def _texts(file: Path) -> list[str]:
    return [item.text for section in parse(read(file)).sections for item in section.items]


@pytest.fixture(scope="module")
def texts(data: Path) -> list[str]:
    return [text for file in sorted((data / "pdf").glob("*issue*.pdf")) for text in _texts(file)]


def _stretches(text: str, rng: random.Random, lengths: tuple[int, int], count: int) -> Iterator[tuple[int, int]]:
    while count:
        length = rng.randint(*lengths)
        start = rng.randrange(max(1, len(text) - length))
        if text[start:][:1].strip() and text[: start + length][-1:].strip():
            count -= 1
            yield start, min(len(text), start + length)


def _edited(text: str, rate: float, rng: random.Random, alphabet: str) -> tuple[str, list[int]]:
    """The text with random characters replaced, left out or put in, and where each character has gone."""
    pieces: list[str] = []
    gone_to: list[int] = []
    at = 0
    for char in text:
        gone_to.append(at)
        edit = rng.choice(("replace", "leave out", "put in")) if rng.random() < rate else ""
        piece = {"": char, "replace": rng.choice(alphabet), "leave out": "", "put in": rng.choice(alphabet) + char}[edit]
        pieces.append(piece)
        at += len(piece)
    return "".join(pieces), [*gone_to, at]


@pytest.mark.parametrize("rate", [0.01, 0.03, 0.05])
def test_random_edits_lose_at_most_one_mark_in_a_hundred_and_move_none_wrongly(texts: list[str], rate: float):
    rng, alphabet = random.Random(rate), "".join(texts)
    total = lost = 0
    for text in texts:
        for lengths in ((2, 6), (6, 20), (20, 120)):
            for start, end in _stretches(text, rng, lengths, 8):
                changed, gone_to = _edited(text, rate, rng, alphabet)
                anchor = make(text, start, end)
                place = find(changed, anchor.quote, anchor.prefix, anchor.suffix, start)
                total, lost = total + 1, lost + (place is None)
                if place is not None:
                    assert abs(place[0] - gone_to[start]) <= NEAR, (anchor.quote, changed[slice(*place)])
                    assert abs(place[1] - gone_to[end]) <= NEAR, (anchor.quote, changed[slice(*place)])
    assert total == len(texts) * 24
    assert lost <= total * 0.01


@pytest.mark.parametrize(
    "change",
    [lambda text: text.replace(" ", ""), lambda text: text.translate(_WIDE), lambda text: re.sub(r"(第?\d+)", r"**\1**", text)],
    ids=["blanks", "widths", "asterisks"],
)
def test_blanks_widths_and_asterisks_cost_no_mark(texts: list[str], change):
    rng = random.Random(5)
    for text in texts:
        changed = change(text)
        for start, end in _stretches(text, rng, (4, 60), 12):
            anchor = make(text, start, end)
            place = find(changed, anchor.quote, anchor.prefix, anchor.suffix, start)
            assert place is not None, anchor.quote
            assert fold(changed[slice(*place)]).replace("*", "") == fold(anchor.quote).replace("*", "")


@pytest.mark.parametrize("number", range(4))
def test_marks_go_over_from_the_pdf_to_the_text_of_the_same_issue_and_back(data: Path, number: int):
    (printed,), (typed,) = ([*(data / folder).glob(f"00{number}-*")] for folder in ("pdf", "issues"))
    rng = random.Random(number)
    for here, there in ((_texts(printed), _texts(typed)), (_texts(typed), _texts(printed))):
        for text, other in zip(here, there, strict=True):
            for start, end in _stretches(text, rng, (4, 80), 20):
                anchor = make(text, start, end)
                place = find(other, anchor.quote, anchor.prefix, anchor.suffix, start)
                assert place is not None, anchor.quote
                assert fold(other[slice(*place)]) == fold(anchor.quote)
