"""The ways in which a printed bulletin becomes a text file: typed off, recognised page by page, or copied line by line."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence

from tests.bulletin.gazette import Printed
from tests.composing import broken

_WORD = re.compile(r"[!-~·×⁻⁰¹²³⁴⁵⁶⁷⁸⁹₂ⅠⅡ]")
_NEVER_FIRST = "¹²³⁴[，。、；：？！”’）》〉】〕％%①②③④⑤⑥⑦⑧⑨⑩"
_NEVER_LAST = "“‘（《〈【〔。！？：…"
_REPEATING = "人个层事家户天年月日时处步声种件样条句字代次点村县市省级项位名门行业常渐慢好多大小重"


def typed(printed: Sequence[Printed], between: str = "\n\n") -> str:
    """One line a paragraph."""
    return between.join(block.text for block in printed) + "\n"


def may_cut(text: str, at: int) -> bool:
    """Whether a page may end before `text[at]`: not within a western word, nor where a sentence ends anyway."""
    before, after = text[at - 1], text[at]
    return not (
        before in _NEVER_LAST or after in _NEVER_FIRST or before == after or before == " " or after == " "
        or (_WORD.match(before) and _WORD.match(after))
    )  # fmt: skip


def recognised(printed: Sequence[Printed], seed: int, room: int = 330) -> str:
    """Page by page: paragraphs cut where a page ends, the notes of a page at its end, a blank line between all pieces."""
    chance = random.Random(seed)
    pieces: list[str] = []
    notes: list[str] = []
    left = room
    for block in printed:
        if block.kind == "note":
            notes.append(block.text)
            continue
        text = block.text
        while block.kind == "text" and len(text) > left:
            cuts = [at for at in range(6, min(left, len(text) - 1)) if may_cut(text, at)]
            if cuts:
                at = chance.choice(cuts[-8:])
                pieces.append(text[:at])
                text = text[at:]
            pieces += notes
            notes, left = [], room
        pieces.append(text)
        left -= len(text) + 6
        if left < 40 or (block.kind == "text" and notes and chance.random() < 0.3):
            pieces += notes
            notes, left = [], room
    return "\n\n".join([*pieces, *notes]) + "\n"


def copied(printed: Sequence[Printed], *, pages: bool, width: int = 28) -> str:
    """Line by line: paragraphs indented by two blanks, titles centred, page numbers and form feeds if the copy has `pages`."""
    lines = list(_lines(printed, width))
    if not pages:
        return "\n".join(lines) + "\n"
    sheets = [lines[at : at + 22] for at in range(0, len(lines), 22)]
    return "\f".join("\n".join([*sheet, f"— {number} —"]) + "\n" for number, sheet in enumerate(sheets, 1))


def _lines(printed: Sequence[Printed], width: int) -> Iterator[str]:
    for block in printed:
        if block.kind == "title":
            yield from ("　" * max(3, int(width - len(line)) // 2) + line for line in broken(block.text, 20))
        elif block.kind == "text":
            first, *rest = broken(block.text, width, indent=2)
            yield "　　" + first
            yield from rest
        elif block.kind == "note":
            yield from broken(block.text, width)
        elif block.kind == "contents":
            yield block.text
        else:
            yield from broken(block.text, width) if block.kind == "foot" else (block.text,)
