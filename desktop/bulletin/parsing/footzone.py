"""Footnotes of a printed page: smaller rows at its foot that begin with a mark."""

from __future__ import annotations

import re
from collections.abc import Sequence

from desktop.bulletin.numerals import superscript
from desktop.bulletin.parsing.blocks import Block, Role
from desktop.bulletin.parsing.rows import Row
from desktop.bulletin.parsing.wrapping import wrap
from desktop.bulletin.traced import Traced, join

_SMALLER = 0.86
_MARK_WIDTH = 4.0  # font sizes from a mark to its note, at most
_MARK = re.compile(r"^(\d{1,2}|[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2}|[①-⑳]|[\[［〔]\d{1,2}[\]］〕])(?![\d年月日.．%])\s*")


def split_notes(rows: Sequence[Row], em: float) -> tuple[list[Row], list[Block]]:
    """The page's rows without its notes, and one block a note, its mark as superscript or circled number."""
    start = len(rows)
    while start and rows[start - 1].size <= _SMALLER * em and not _is_cells(rows[start - 1]):
        start -= 1
    while start < len(rows) and not _MARK.match(rows[start].text.text):
        start += 1
    return list(rows[:start]), _notes(rows[start:])


def _is_cells(row: Row) -> bool:
    """Whether the row stands apart as cells of a table do; a mark and its note are near each other."""
    return len(row.fragments) > 2 or (len(row.fragments) == 2 and row.lefts[1] - row.lefts[0] > _MARK_WIDTH * row.size)


def _notes(rows: Sequence[Row]) -> list[Block]:
    notes: list[list[Row]] = []
    for row in rows:
        if _begins(row, len(notes) + 1, notes):
            notes.append([row])
        else:
            notes[-1].append(row)
    return [Block(_marked(wrap([_flat(row) for row in note])), note[0].page, note[0].line, True, Role.NOTE) for note in notes]


def _flat(row: Row) -> Traced:
    return join(row.fragments, " ")


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
