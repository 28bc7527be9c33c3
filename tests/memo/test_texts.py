"""The memo as Markdown and as plain text."""

from __future__ import annotations

import pytest

from desktop.bulletin.folding import squash
from desktop.memo.markdown import escaped, markdown_text
from desktop.memo.plain import plain_text
from tests.memo import samples


@pytest.mark.parametrize("setter", [plain_text, markdown_text])
def test_every_excerpt_is_there_with_its_source(setter):
    memo = samples.memo(5)
    text = squash(setter(memo))
    for one in memo.excerpts:
        for paragraph in one.paragraphs:
            assert all(squash(piece) in text for piece in paragraph.split("¹"))
        assert f"第{one.source.number}期" in text
    assert "共5条" in text


def test_markdown_quotes_the_source_and_not_the_author():
    lines = markdown_text(samples.memo(1)).splitlines()
    assert lines[0] == "# 《望江创新内参》甘薯种业领域信息摘编"
    assert any(line.startswith("> 近日") for line in lines)
    assert any(line.startswith("【按语】") for line in lines)


def test_markdown_footnotes_are_defined_where_called():
    text = markdown_text(samples.memo(4, samples.Grouping.ISSUE))
    assert text.count("产业体系[^") == text.count("\n[^") == 2
    assert f"[^1]: {samples.NOTE}" in text


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("1. 首先", "1\\. 首先"),
        ("# 标题", "\\# 标题"),
        ("a*b_c", "a\\*b\\_c"),
        ("5~10℃", "5\\~10℃"),
        ("甲|乙", "甲\\|乙"),
        ("（1）甲", "（1）甲"),
    ],
)
def test_markdown_takes_no_text_for_markup(text, safe):
    assert escaped(text) == safe


def test_plain_text_puts_notes_under_their_excerpt():
    lines = plain_text(samples.memo(1)).splitlines()
    note = next(at for at, line in enumerate(lines) if line.startswith("　　注："))
    assert lines[note] == f"　　注：¹{samples.NOTE}"
    assert lines[note + 1].startswith("　　（《望江创新内参》第41期")
    assert "产业体系¹，" in "".join(lines)
