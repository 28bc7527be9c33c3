"""The list of doubts is closed, and documented."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from desktop.bulletin.parsing.doubts import MESSAGES, doubt

TABLE = Path(__file__).parents[2] / "docs" / "doubts.md"


def test_the_documented_list_is_the_list():
    rows = re.findall(r"^\| `([a-z-]+)` \| [^|]+ \| (.+) \|$", TABLE.read_text("utf-8"), re.MULTILINE)
    assert dict(rows) == MESSAGES
    assert [code for code, _ in rows] == sorted(MESSAGES)


@pytest.mark.parametrize("code", [code for code in MESSAGES if code != "page-unreadable"])
def test_every_message_is_one_sentence_and_names_its_words(code):
    found = doubt(code, "甲", "乙", page=3, line=12)
    assert found.message.endswith("。")
    assert found.message.count("。") == 1
    assert "{" not in found.message
    assert (found.page, found.line) == (3, 12)


def test_no_other_code_can_be_raised():
    with pytest.raises(KeyError):
        doubt("something-else")
