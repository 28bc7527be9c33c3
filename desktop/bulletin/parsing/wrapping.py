"""Printed rows joined to one run of words, as the typesetter broke them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from desktop.bulletin.traced import Traced, join

_LAST = re.compile(r"[A-Za-z0-9.,%/-]*[A-Za-z0-9]\Z")
_FIRST = re.compile(r"[A-Za-z0-9]+")
_WORD = re.compile(r"[a-z]{2}\Z")
_MEASURE = re.compile(r"[0-9][0-9.,]*[A-Za-z/%]{0,3}\Z")
_ABBREVIATION = 4  # letters, from which on capitals are a word
_NEAR = 40  # characters at the end of a row that tell how it ends


def wrap(rows: Sequence[Traced]) -> Traced:
    """The rows end to end; a blank goes between only where two Latin words meet.

    Chinese print breaks its lines within numbers, units and abbreviations too (20|25, 0.3m|g/L, GP|U): no blank goes there.
    """
    if len(rows) == 1:
        return rows[0]
    pieces: list[Traced] = [rows[0]]
    for row in rows[1:]:
        if _words_meet(pieces[-1].text, row.text):
            pieces.append(Traced(" "))
        pieces.append(row)
    return join(pieces)


def _words_meet(above: str, below: str) -> bool:
    last, first = _LAST.search(above[-_NEAR:]), _FIRST.match(below)
    if not last or not first or last[0][-1].isdigit() or _MEASURE.match(last[0]):
        return False
    if first[0][0].isdigit():
        return bool(_WORD.search(last[0]))
    return not (last[0].isupper() and first[0].isupper() and len(first[0]) < _ABBREVIATION)
