"""A printed issue as a page-by-page scan with text recognition gives it back: the same words with its blemishes.

Paragraphs are cut by a blank line where the print turns the page, a footnote stands where its page ended, and typography
(brackets, leaders, blanks around digits) changes from page to page as the recogniser's habits do.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tests.composing import REFERENCES, Issue, SetLine, Sheet

_SEAM = re.compile(r"(?<=[\u4e00-\u9fff])(?=[0-9A-Za-z])|(?<=[0-9A-Za-z])(?=[\u4e00-\u9fff])")
_MARKER = re.compile(r"^（(\d+)）")


@dataclass(frozen=True)
class Blemishes:
    """What the recogniser did to one issue. Pages are printed page numbers.

    `marker` is the form of point numbers, `marker_on` that of single pages; `respelled` replaces words in the contents only;
    `doubled` are pages that repeat the last character of the page before; `residue` are bold phrases kept with their `**`;
    `wrapped` keeps the line breaks of the distribution.
    """

    leader: str = "······\t"
    bullet: str = "● {}\t"
    loose_contents: bool = False
    marker: str = "（{}）"
    marker_on: Mapping[int, str] = field(default_factory=dict)
    spaced: frozenset[int] = frozenset()
    respelled: Mapping[str, str] = field(default_factory=dict)
    doubled: frozenset[int] = frozenset()
    residue: tuple[str, ...] = ()
    wrapped: bool = False


def transcribe(issue: Issue, sheets: Sequence[Sheet], blemishes: Blemishes) -> str:
    """The text file of an issue composed as `sheets`."""
    blocks = [*_cover(issue, blemishes)]
    ended = ""
    for sheet in sheets[1:]:
        pieces = list(_pieces(sheet, blemishes))
        if sheet.number in blemishes.doubled:
            pieces[0] = ended + pieces[0]
        blocks.extend(pieces)
        ended = pieces[-1][-1]
    return "\n\n" + "\n\n".join(blocks) + "\n"


def _cover(issue: Issue, blemishes: Blemishes) -> Iterator[str]:
    year, month, day = (int(part) for part in issue["date"].split("-"))
    yield issue["title"]
    yield f"第 {issue['number']} 期"
    yield "\n".join(issue["issuers"])
    yield f"{year} 年 {month} 月 {day} 日"
    yield "本期要点"
    groups: list[list[str]] = []
    for entry in issue["contents"]:
        titles = [blemishes.bullet.format(_respelled(title, blemishes)) for title in entry["titles"]]
        groups += [[f"{entry['section']}{blemishes.leader}{entry['page']}"], titles]
    if blemishes.loose_contents:
        yield from ("\n".join(group) for group in groups)
    else:
        yield "\n".join(itertools.chain.from_iterable(groups))


def _respelled(title: str, blemishes: Blemishes) -> str:
    for printed, read in blemishes.respelled.items():
        title = title.replace(printed, read)
    return title


def _pieces(sheet: Sheet, blemishes: Blemishes) -> Iterator[str]:
    lines = [line for line in sheet.lines if line.kind != "folio"]
    for _, group in itertools.groupby(lines, key=lambda line: line.block):
        yield _piece(list(group), sheet.number, blemishes)


def _piece(lines: Sequence[SetLine], page: int, blemishes: Blemishes) -> str:
    kind = lines[0].kind
    between = {"title": " ", "receivers": "\n" if blemishes.wrapped else ""}.get(kind, "")
    text = between.join(line.text for line in lines)
    if kind == "note":
        text = REFERENCES[int(text[0]) - 1] + text[1:]
    if kind == "text":
        text = _with_residue(text, blemishes.residue)
    if page in blemishes.spaced:
        text = _SEAM.sub(" ", text)
    return _MARKER.sub(lambda match: blemishes.marker_on.get(page, blemishes.marker).format(match[1]), text)


def _with_residue(text: str, phrases: Sequence[str]) -> str:
    """The `**` around a bold phrase; where the page cuts the phrase, around its first part only."""
    for phrase in phrases:
        if phrase in text:
            text = text.replace(phrase, f"**{phrase}**")
        for length in range(len(phrase) - 1, 1, -1):
            if text.endswith(phrase[:length]):
                text = f"{text[:-length]}**{phrase[:length]}**"
                break
    return text
