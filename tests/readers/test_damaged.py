"""A PDF damaged on its way is read as far as it goes or refused in a sentence: it never takes the program with it."""

from __future__ import annotations

import random

import pytest

from desktop.bulletin.parsing import parse
from desktop.errors import UnreadableFile
from desktop.paths import SAMPLES
from desktop.readers.isolated import read_isolated


def damaged(how: int) -> bytes:
    """The first sample with bytes overwritten, cut off, taken out or repeated."""
    chance = random.Random(how)
    data = bytearray(min(SAMPLES.glob("*.pdf")).read_bytes())
    at = chance.randrange(len(data))
    if how % 4 == 0:
        for _ in range(chance.choice((1, 50, 500))):
            data[chance.randrange(len(data))] = chance.randrange(256)
    elif how % 4 == 1:
        data = data[:at]
    elif how % 4 == 2:
        del data[at : at + chance.randrange(4000)]
    else:
        data[at:at] = data[: chance.randrange(5000)]
    return bytes(data)


@pytest.mark.parametrize("how", range(12))
def test_a_damaged_print_opens_or_is_refused(how, tmp_path):
    file = tmp_path / "损坏.pdf"
    file.write_bytes(damaged(how))
    said = ""
    try:
        parse(read_isolated(file))
    except UnreadableFile as refusal:
        said = str(refusal)
    assert not said or (said.endswith("。") and "\n" not in said)
