"""How high the rows of the sheet on top of a 呈阅件 are: it is one page, whatever stands over it and however much is filled in.

Both writers ask here, so that the form looks the same in the .docx and in the PDF.
"""

from __future__ import annotations

from math import ceil

from desktop.memo import layout
from desktop.memo.layout import Profile
from desktop.memo.outline import Block

SIDE = 5.65  # points between a cell's edge and its text
_LEAST = 12.0  # millimetres of a row that little is written in
_TO_WRITE_IN = 30.0  # millimetres of a box for the leader's hand
TALLEST = 170.0  # millimetres of a row that is still kept on one page
_SPARE = 6.0  # millimetres left under the form: word processors add frames and cell margins


def text_lines(words: str) -> int:
    """About how many lines a text takes in its cell, every character counted as wide as a Chinese one."""
    width = layout.points(layout.SHEET_TEXT_MM) - 2 * SIDE
    return ceil(len(words) / (width // layout.SHEET_SIZE))


def _needed(words: str) -> float:
    """Millimetres that a row cannot do without."""
    return max(_LEAST, (text_lines(words) * layout.SINGLE_PITCH + 4) / layout.points(1)) if words else _TO_WRITE_IN


def row_heights(block: Block, profile: Profile) -> tuple[float, ...]:
    """The least height of each row in millimetres: as the kind wants it, less where the page would not hold the form."""
    needed = [_needed(words) if words else min(height, _needed(words))
              for (_, words), height in zip(block.rows, block.heights, strict=True)]  # fmt: skip
    wanted = [max(pair) for pair in zip(block.heights, needed, strict=True)]
    room = (profile.height - block.above * profile.line) / layout.points(1) - _SPARE
    spare = sum(wanted) - sum(needed)
    share = min(max((sum(wanted) - room) / spare, 0.0), 1.0) if spare > 0 else 0.0
    return tuple(want - share * (want - need) for want, need in zip(wanted, needed, strict=True))
