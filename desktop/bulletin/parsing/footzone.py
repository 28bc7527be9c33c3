"""Footnotes of a printed page: smaller rows at its foot that begin with a mark."""

from __future__ import annotations

import re
from collections.abc import Sequence

from desktop.bulletin.numerals import superscript
from desktop.bulletin.parsing.blocks import Block, Role
from desktop.bulletin.parsing.grids import Grid
from desktop.bulletin.parsing.rows import Row
from desktop.bulletin.parsing.wrapping import wrap
from desktop.bulletin.traced import Traced

_SMALLER = 0.85
_MARK = re.compile(r"^(\d{1,2}|[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2}|[①-⑳]|[\[［〔]\d{1,2}[\]］〕])(?![\d年月日.．%])\s*")


def split_notes(pieces: Sequence[Row | Grid], em: float) -> tuple[list[Row | Grid], list[Block]]:
    """The page's rows and tables without its notes, and one block a note, its mark as superscript or circled number."""
    foot: list[Row] = []
    for piece in reversed(pieces):
        if isinstance(piece, Grid) or piece.size > _SMALLER * em:
            break
        foot.append(piece)
    foot.reverse()
    while foot and not _MARK.match(foot[0].text.text):
        foot.pop(0)
    return list(pieces[: len(pieces) - len(foot)]), _notes(foot)


def _notes(rows: Sequence[Row]) -> list[Block]:
    notes: list[list[Row]] = []
    for row in rows:
        if _begins(row, len(notes) + 1, notes):
            notes.append([row])
        else:
            notes[-1].append(row)
    return [Block(_marked(wrap([row.text for row in note])), note[0].page, note[0].line, True, Role.NOTE) for note in notes]


def _begins(row: Row, expected: int, notes: Sequence[list[Row]]) -> bool:
    """A row that opens with a plain number goes on with the note before it unless the number is the next one."""
    match = _MARK.match(row.text.text)
    if not notes or (match and not match[1].isdecimal()):
        return True
    first = _MARK.match(notes[0][0].text.text)
    return bool(match and first and first[1].isdecimal() and int(match[1]) == int(first[1]) + expected - 1)


def _marked(note: Traced) -> Traced:
    match = _MARK.match(note.text)
    if not match or not match[1].isdecimal():
        return note
    return note.replaced(superscript(match[1]) + note.text[match.end(1) :])
