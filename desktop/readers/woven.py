"""Lines of an extraction that are parts of one: those that stand in one another, and a raised number behind its word.

Where a font has no glyph for ₂ or ⁻, programs set it from another one, all such runs of a row after the row itself. MuPDF then
answers two lines, each with blanks where the other has its glyphs. A reference to a note often comes as a line of its own too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import Any

RawLine = dict[str, Any]
Box = tuple[float, float, float, float]

_TOUCH = 0.5  # points by which neighbours may lie over each other
_COLLIDE = 0.3  # of the font size
_BASELINE = 0.1
_BESIDE = 0.3
_SMALL = 0.8


class NeedsCharacters(Exception):
    """Lines stand in one another, and the extraction has no boxes of characters to tell in which order."""


def unwoven(lines: Iterable[RawLine]) -> list[RawLine]:
    """The lines, those that are parts of one put together; lines printed over each other stay apart.

    Raises `NeedsCharacters`.
    """
    found: list[RawLine] = []
    for line in lines:
        whole = _together(found[-1], line) if found else None
        if whole:
            found[-1] = whole
        else:
            found.append(line)
    return found


def _together(one: RawLine, other: RawLine) -> RawLine | None:
    if one["dir"] != other["dir"] or one["dir"][0] <= 0:
        return None
    spans = _woven(one, other) if _meets(one, other) else _raised(one, other)
    (left, top, right, bottom), (x0, y0, x1, y1) = one["bbox"], other["bbox"]
    return {**one, "spans": spans, "bbox": (min(left, x0), min(top, y0), max(right, x1), max(bottom, y1))} if spans else None


def _raised(one: RawLine, other: RawLine) -> list[RawLine]:
    """The spans of both where the second line begins with a small raised number right behind the first; else none."""
    last, first = one["spans"][-1], other["spans"][0]
    if first["size"] > _SMALL * last["size"] or not first["text"].isdecimal():
        return []
    beside = abs(other["bbox"][0] - one["bbox"][2]) <= _BESIDE * last["size"]
    raised = beside and first["origin"][1] < last["origin"][1] and other["bbox"][3] > one["bbox"][1]
    return [*one["spans"], *other["spans"]] if raised else []


def _meets(one: RawLine, other: RawLine) -> bool:
    (left, top, right, bottom), (x0, y0, x1, y1) = one["bbox"], other["bbox"]
    if x0 >= right - _TOUCH or x1 <= left + _TOUCH or y0 >= bottom or y1 <= top:
        return False
    first, second = one["spans"][0], other["spans"][0]
    return bool(abs(first["origin"][1] - second["origin"][1]) <= _BASELINE * first["size"])


def _woven(one: RawLine, other: RawLine) -> list[RawLine]:
    """The characters of both from left to right, as spans; none where they are printed over each other."""
    if any("chars" not in span for span in (*one["spans"], *other["spans"])):
        raise NeedsCharacters
    chars = [(char, span) for line in (one, other) for span in line["spans"] for char in span["chars"]]
    chars.sort(key=lambda pair: pair[0]["bbox"][0])
    inked = [(char["bbox"], span["size"]) for char, span in chars if char["c"].strip()]
    if any(b[0] < a[2] - _COLLIDE * size for (a, _), (b, size) in pairwise(inked)):
        return []
    kept = [(char, span) for char, span in chars if char["c"].strip() or not _covered(char["bbox"], inked)]
    return [_part(span, [char for char, _ in run]) for span, run in ((run[0][1], run) for run in _runs(kept))]


def _runs(chars: Sequence[tuple[RawLine, RawLine]]) -> Iterator[list[tuple[RawLine, RawLine]]]:
    """Neighbours out of one span."""
    return (list(run) for _, run in groupby(chars, key=lambda pair: id(pair[1])))


def _part(span: RawLine, chars: list[RawLine]) -> RawLine:
    boxes = [char["bbox"] for char in chars]
    box = (boxes[0][0], min(b[1] for b in boxes), boxes[-1][2], max(b[3] for b in boxes))
    text = "".join(char["c"] for char in chars)
    return {**span, "chars": chars, "text": text, "bbox": box, "origin": chars[0]["origin"]}


def _covered(blank: Box, inked: Iterable[tuple[Box, float]]) -> bool:
    """Whether a blank is only where the other line has its glyphs."""
    return any(min(blank[2], box[2]) - max(blank[0], box[0]) > _COLLIDE * (blank[2] - blank[0]) for box, _ in inked)
