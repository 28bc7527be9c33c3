"""Printed rows joined to one run of words, as the typesetter broke them."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.bulletin.traced import Traced, join


def wrap(rows: Sequence[Traced]) -> Traced:
    """The rows end to end; a blank goes between only where two Latin words or numbers meet."""
    if len(rows) == 1:
        return rows[0]
    pieces: list[Traced] = [rows[0]]
    for row in rows[1:]:
        if pieces[-1].text[-1:] and row.text and _is_word(pieces[-1].text[-1]) and _is_word(row.text[0]):
            pieces.append(Traced(" "))
        pieces.append(row)
    return join(pieces)


def _is_word(char: str) -> bool:
    return char.isascii() and char.isalnum()
