"""Headings of an outline: told by their numerals alone, never by markdown depth.

第一章, 第一节, 第一条, 一、, （一）, 1., （1）, ① in this order; a document uses some of them. A numeral makes a heading only if it
comes in sequence, so that numbered sentences in running text stay text. Articles (第一条) count on through all chapters; their
numeral is all the title they have.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from desktop.bulletin.numerals import CHINESE, number
from desktop.bulletin.parsing import shapes
from desktop.bulletin.parsing.blocks import Block, Role

_STYLES = ("第一章", "第一节", "第一条", "一、", "（一）", "1.", "（1）", "①")
_CHAPTER = re.compile(rf"^第\s*({CHINESE}{{1,4}}|\d{{1,3}})\s*([章节编篇])[\s、]*")
_ARTICLE = re.compile(rf"^第\s*({CHINESE}{{1,4}}|\d{{1,3}})\s*条(?=[\s（(【]|$)")
_ARTICLES = _STYLES.index("第一条")
_LEAST_GAPS = _STYLES.index("1.")  # numerals of this rank and below leave no gaps in headings
_LONGEST = 45
_LONGEST_RUN_IN = 30


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading at block `at`: its rank in the order of numerals, value, the numeral's length, and the end of its title.

    `run_in`: the title ends in 。 and, in print, the text follows in the same paragraph.
    """

    at: int
    rank: int
    value: int
    numeral: str
    start: int
    end: int
    run_in: bool
    gap: bool = False


def candidate(block: Block, at: int) -> Heading | None:
    """The heading that the block would be if its number came in sequence."""
    words = block.words
    if block.opens is False or block.role is Role.ROW or shapes.leader(words):
        return None
    if (article := _ARTICLE.match(words)) and (value := number(article[1])):
        return Heading(at, _ARTICLES, value, "", 0, article.end(), run_in=False)
    chapter = _CHAPTER.match(words)
    if chapter:
        value = number(chapter[1])
        rank, start, numeral = (1 if chapter[2] == "节" else 0), chapter.end(), chapter[0].strip()
    else:
        marker = shapes.marker(words)
        if marker is None or marker.style not in _STYLES:
            return None
        value, rank, start, numeral = marker.number, _STYLES.index(marker.style), marker.length, marker.printed
    end = _title_end(words, start)
    if value is None or end <= start:
        return None
    return Heading(at, rank, value, _printed_numeral(numeral), start, end, run_in=end < len(words))


def _printed_numeral(numeral: str) -> str:
    """Without blanks, brackets at full width: OCR writes (一) and （一） on different pages of one document."""
    return "".join(numeral.split()).replace("(", "（").replace(")", "）").replace("．", ".")


def _title_end(words: str, start: int) -> int:
    """The end of the title without 。; 0 when the block is a sentence and no heading."""
    stop = words.find("。", start)
    if stop >= 0:
        return stop if stop - start <= _LONGEST_RUN_IN else 0
    return len(words) if len(words) - start <= _LONGEST and not shapes.ends_like_prose(words) else 0


def headings(blocks: Sequence[Block]) -> list[Heading]:
    """The headings among the blocks, in order."""
    found: list[Heading] = []
    path: list[Heading] = []
    articles = 0
    for at, block in enumerate(blocks):
        heading = candidate(block, at)
        if heading is None or (at and _is_cut(blocks[at - 1])):
            continue
        level = [parent for parent in path if parent.rank <= heading.rank]
        before = articles if heading.rank == _ARTICLES else level[-1].value if level and level[-1].rank == heading.rank else 0
        verdict = _in_sequence(before, heading)
        if verdict is None:
            continue
        heading = verdict
        articles = heading.value if heading.rank == _ARTICLES else articles
        path = [parent for parent in level if parent.rank < heading.rank] + [heading]
        found.append(heading)
    return found


def _is_cut(block: Block) -> bool:
    """Whether the block breaks off in the middle of a sentence: then its other half must follow."""
    return block.role is Role.BODY and shapes.ends_like_prose(block.words) and not shapes.is_closed(block.words)


def _in_sequence(before: int, heading: Heading) -> Heading | None:
    """The heading (marked where its number leaves a gap behind the one before), or None if its number does not fit."""
    if heading.value == before + 1 or (heading.value == 1 and not heading.run_in):
        return heading
    if heading.run_in or heading.value <= before or heading.rank >= _LEAST_GAPS:
        return None
    return Heading(heading.at, heading.rank, heading.value, heading.numeral, heading.start, heading.end, False, gap=True)
