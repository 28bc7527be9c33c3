"""Which blocks are titles: those that the contents list, and those that only the print shows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from desktop.bulletin.folding import fold
from desktop.bulletin.parsing import shapes
from desktop.bulletin.parsing.blocks import Block, Role
from desktop.bulletin.parsing.tables import is_caption

LONGEST = 60
_LONGEST_GUESSED = 45
_SHORTEST = 4
_DIFFERENCE = 0.15
_LEAD = re.compile(r"^(?:近日|日前|近期|近年来|今年以来|今年|为|“|我省|我市|我国|本报|\d{1,2}月|\d{4}年)")
_COUNT = re.compile(r"^\d{1,2}[.．]")
_LONG = 60
_ECHOES = 3
_SHORTEST_ECHOED = 8
_SHORTEST_LEAD = 30
_SOON = 12
_SHARE = 0.3


@dataclass(frozen=True, slots=True)
class Listed:
    """A title of the contents with its section."""

    title: str
    section: str
    folded: str


@dataclass(frozen=True, slots=True)
class Found:
    """A title found in the body: the listed one it is, how many blocks it takes, and the length of a number before it."""

    listed: Listed
    blocks: int
    numeral: int = 0


class TitleList:
    """The titles that the contents announce and the body has not shown yet."""

    def __init__(self, titles: Sequence[tuple[str, str]]) -> None:
        self.remaining = [Listed(title, section, fold(title)) for title, section in titles if title]
        self.listed = bool(self.remaining)

    def match(self, blocks: Sequence[Block], at: int) -> Found | None:
        """The listed title that begins at block `at`, alone or over up to three blocks. It stays in the list."""
        words = blocks[at].words
        if not self.remaining or len(words) > 2 * LONGEST:
            return None
        mark = shapes.marker(words)
        count = _COUNT.match(words)  # 2.6G is told from a number by the list alone
        skip = mark.length if mark else count.end() if count else shapes.bullet(words)
        return self._match(blocks, at, 0) or (self._match(blocks, at, skip) if skip else None)

    def _match(self, blocks: Sequence[Block], at: int, skip: int) -> Found | None:
        whole = fold(blocks[at].words[skip:])
        for count in range(1, 4):
            for listed in self.remaining:
                if listed.folded == whole:
                    return Found(listed, count, skip)
            longer = any(listed.folded.startswith(whole) for listed in self.remaining)
            if not longer or at + count >= len(blocks) or len(whole) < _SHORTEST:
                return None
            whole += fold(blocks[at + count].words)
        return None

    def nearly(self, blocks: Sequence[Block], at: int) -> Found | None:
        """The listed title that differs from block `at`, or up to three from there on, by no more than 15 % of its characters."""
        words = ""
        for count, block in enumerate(blocks[at : at + 3], 1):
            words += fold(block.words)
            if len(words) > LONGEST or shapes.is_closed(block.words):
                return None
            if found := self._nearly(words):
                return Found(found, count)
        return None

    def _nearly(self, words: str) -> Listed | None:
        if len(words) <= _SHORTEST:
            return None
        best = min(self.remaining, key=lambda listed: _distance(listed.folded, words), default=None)
        if best is None or _distance(best.folded, words) > _DIFFERENCE * len(best.folded):
            return None
        return best

    def take(self, listed: Listed) -> None:
        """Strike a title off."""
        self.remaining.remove(listed)


def _distance(one: str, other: str) -> int:
    """The edit distance; lengths far apart are answered without counting."""
    if abs(len(one) - len(other)) > _DIFFERENCE * len(one) + 1:
        return len(one) + len(other)
    row = list(range(len(other) + 1))
    for at, char in enumerate(one, 1):
        before, row[0] = row[0], at
        for to, second in enumerate(other, 1):
            before, row[to] = row[to], min(row[to] + 1, row[to - 1] + 1, before + (char != second))
    return row[-1]


def looks_like_title(blocks: Sequence[Block], at: int, *, listed: bool) -> bool:
    """Whether a block that no contents list can only be a title.

    `listed`: the issue has contents; then a missing title is rare and half a paragraph (cut at a page end) is likelier, so
    the block must hold no punctuation of prose and the next one must begin as leads do.
    """
    block = blocks[at]
    words = block.words
    if block.opens is False or block.role in (Role.NOTE, Role.ROW) or shapes.marker(words) or shapes.label(words):
        return False
    if block.role is not Role.DISPLAY and any(words.count(one) != words.count(other) for one, other in ("《》", "“”", "（）")):
        return False  # half a sentence
    if shapes.editorial(words) or shapes.attachment(words) or shapes.is_aside(words) or is_caption(words):
        return False
    longest = _LONGEST_GUESSED if listed else LONGEST
    if len(words) > longest or shapes.is_closed(words) or shapes.ends_like_prose(words) or at + 1 >= len(blocks):
        return False
    if block.role is Role.DISPLAY:
        return True
    following = blocks[at + 1].words
    leads = bool(_LEAD.match(following)) or _echoes(words, following)
    if listed:
        return leads and block.size == 0.0 and not re.search("[，；。]", words)
    return block.size == 0.0 and (leads or (len(following) >= _LONG and "，" not in words)) and not re.search("[；。]", words)


def _echoes(title: str, lead: str) -> bool:
    """Whether the lead says the words of the title again, its first ones soon: the second half of a cut sentence hardly ever does."""
    if len(title) < _SHORTEST_ECHOED or len(lead) < _SHORTEST_LEAD or title[:2] not in lead[:_SOON]:
        return False
    pairs = {title[at : at + 2] for at in range(len(title) - 1)}
    said = sum(1 for pair in pairs if pair in lead)
    return said >= max(_ECHOES, _SHARE * len(pairs))
