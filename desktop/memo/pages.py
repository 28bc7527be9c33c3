"""The memo as set pages: the one layout that the PDF writer draws and the preview of the window shows.

No file, no font and no Qt here, only places; `measure` brings the widths.
"""

from __future__ import annotations

from collections.abc import Sequence

from desktop.memo import layout, tables
from desktop.memo.layout import Profile
from desktop.memo.linebreaking import Line
from desktop.memo.model import Memo
from desktop.memo.outline import Block, BlockKind, blocks, printed
from desktop.memo.progress import Progress, watched
from desktop.memo.setting import Measure, SetPage, Setter


def _widest(lines: Sequence[Line]) -> float:
    return max(line.atoms[0].width for line in lines)


def _shifts(parts: Sequence[Block], setter: Setter, profile: Profile) -> dict[BlockKind, float]:
    """Where 署名 and date begin, from the left edge (7.3.5.2): see `docx.signature_indents`."""
    em, width = layout.BODY_SIZE, {block.kind: _widest(setter.lines_of(block)) for block in parts}
    unit, date = width.get(BlockKind.UNIT, 0.0), width.get(BlockKind.DATE, 0.0)
    if date > unit:
        place = profile.width - 2 * em - date
        return {BlockKind.DATE: place, BlockKind.UNIT: place - 2 * em}
    place = max(0.0, profile.width - 2 * em - unit)
    return {BlockKind.UNIT: place, BlockKind.DATE: place + 2 * em}


def set_pages(memo: Memo, profile: Profile, measure: Measure, progress: Progress | None = None) -> list[SetPage]:
    """The pages of a memo. Raises what `progress` raises."""
    setter = Setter(profile, measure)
    parts = blocks(memo)
    shifts = _shifts([block for block in parts if block.kind in (BlockKind.UNIT, BlockKind.DATE)], setter, profile)
    chain: list[tuple[Block, list[Line]]] = []
    for block in watched(parts, len(memo.excerpts), progress):
        if block.kind in tables.SETTERS:
            tables.SETTERS[block.kind](setter, block)
            continue
        chain.append((block, setter.lines_of(block)))
        if not block.keep:
            setter.place(chain, shifts)
            chain = []
    return setter.finish(printed(memo.watermark))
