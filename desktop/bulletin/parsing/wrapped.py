"""Text files copied line by line from a print: the lines of one paragraph put together again.

A file is such a copy when many of its lines are equally full. Then a full line goes on in the next one unless that one is
indented; page numbers between them are no text.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from desktop.bulletin.numerals import level_width
from desktop.bulletin.parsing import shapes
from desktop.bulletin.parsing.blocks import Block, Role
from desktop.bulletin.parsing.wrapping import wrap

CELL = 12.0
"""Points that stand for the width of one Chinese character where a text file knows only blanks."""

_FOLIO = re.compile(r"^(?:[-—–―─~·•]\s*(\d{1,4})\s*[-—–―─~·•]|第\s*(\d{1,4})\s*页(?:[，,/\s]*共\s*\d{1,4}\s*页)?)$")
_BARE = re.compile(r"^(\d{1,4})$()")
_COUNTS = re.compile(r"\d+")
_REPEATED = 3
_NARROWEST, _WIDEST = 14, 62
_FULL_SHARE = 0.15
_BEYOND_SHARE = 0.08
_FEWEST = 5
_SLACK = 2.0
_INDENT = (1.0, 3.5)


def without_heads(blocks: Sequence[Block]) -> list[Block]:
    """The blocks without running heads and feet: the same words, numbers aside, at the edge of three pages or more.

    附件1, 附件2, 附件3 are heads of attachments that happen to begin a page each.
    """
    edges = {at: _COUNTS.sub("0", "".join(blocks[at].words.split())) for at in range(len(blocks)) if _at_edge(blocks, at)}
    counts = Counter(words for words in edges.values() if words.strip("0") and not shapes.attachment(words))
    return [block for at, block in enumerate(blocks) if at not in edges or counts[edges[at]] < _REPEATED]


def _at_edge(blocks: Sequence[Block], at: int) -> bool:
    """Whether the block stands first or last on its page."""
    page = blocks[at].page
    return at in (0, len(blocks) - 1) or blocks[at - 1].page != page or blocks[at + 1].page != page


def without_folios(blocks: Sequence[Block]) -> tuple[list[Block], dict[int, int]]:
    """The blocks without page numbers that count on, and the number printed on each page that has one."""
    numbers: dict[int, int] = {}
    dropped: set[int] = set()
    paged = blocks[0].page != blocks[-1].page if blocks else False
    found = [
        (at, int(match[1] or match[2]))
        for at, block in enumerate(blocks)
        if (match := _folio(block, bare=paged and _at_edge(blocks, at)))
    ]
    values = [number for _, number in found]
    for (at, number), before, after in zip(found, [None, *values], [*values[1:], None], strict=False):
        if number - 1 == before or number + 1 == after:
            dropped.add(at)
            numbers.setdefault(blocks[at].page, number)
    return [block for at, block in enumerate(blocks) if at not in dropped], numbers


def _folio(block: Block, *, bare: bool) -> re.Match[str] | None:
    """A page number by its dress, or a bare one where a page begins or ends."""
    words = level_width(block.words).translate({ord("－"): "-"})
    return _FOLIO.match(words) or (_BARE.match(words) if bare else None)


def unwrapped(lines: Sequence[Block]) -> list[Block]:
    """The paragraphs of a copied print; of any other text the lines as they are."""
    width = _measure(lines)
    if not width:
        return list(lines)
    indented = sum(1 for line in lines if _INDENT[0] <= line.left / CELL <= _INDENT[1]) * 8 > len(lines)
    joined: list[list[Block]] = []
    for line in lines:
        if joined and _goes_on(joined[-1], line, width, indented=indented):
            joined[-1].append(line)
        else:
            joined.append([line])
    return [_paragraph(group, width, indented=indented) for group in joined]


def cells(text: str) -> float:
    """The width of a text in Chinese characters; of one far too long for a printed line, about that."""
    if len(text) > 2 * _WIDEST:
        return float(len(text))
    return sum(1.0 if unicodedata.east_asian_width(char) in "WFA" else 0.5 for char in text)


def _measure(lines: Sequence[Block]) -> float:
    """The width of a full line in characters; 0 for a text with a line a paragraph."""
    widths = sorted(_edge(line) for line in lines)
    full = {
        edge: bisect_right(widths, edge) - bisect_left(widths, edge - _SLACK)
        for edge in set(widths)
        if _NARROWEST <= edge <= _WIDEST and len(widths) - bisect_right(widths, edge + _SLACK) <= _BEYOND_SHARE * len(widths)
    }
    best = max(full, key=lambda edge: (full[edge], edge), default=0.0)
    return best if best and full[best] >= max(_FEWEST, _FULL_SHARE * len(widths)) else 0.0


def _edge(line: Block) -> float:
    return line.left / CELL + cells(line.words)


def _goes_on(group: Sequence[Block], line: Block, width: float, *, indented: bool) -> bool:
    last = group[-1]
    if line.left >= CELL or line.role is Role.ROW or last.role is Role.ROW or abs(_edge(last) - width) > _SLACK:
        return False
    if _is_apart(line.words) or shapes.note_mark(line.words) or _counts_on(group[0], line):
        return False
    closed = shapes.is_closed(last.words)
    if closed and group[0].left < CELL and shapes.note_mark(group[0].words):
        return False
    return not closed or (indented and shapes.marker(line.words) is None)


def _counts_on(first: Block, line: Block) -> bool:
    one, other = shapes.marker(first.words), shapes.marker(line.words)
    return bool(one and other and other.style == one.style and other.number == one.number + 1)


def _is_apart(words: str) -> bool:
    kinds = (shapes.section_name, shapes.leader, shapes.bullet, shapes.label, shapes.is_date, shapes.is_contents_head)
    return any(kind(words) for kind in kinds)


def _paragraph(group: Sequence[Block], width: float, *, indented: bool) -> Block:
    first = group[0]
    right = width - _edge(first)
    centred = first.left > _INDENT[1] * CELL / 1.4 and abs(right - first.left / CELL) <= 2.0
    role = Role.DISPLAY if centred and len(group) == 1 else first.role
    opens = True if indented and first.left >= CELL else first.opens
    return replace(first, text=wrap([line.text for line in group]), role=role, opens=opens)
