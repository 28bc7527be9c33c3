"""How folded text and folded terms become FTS5 tokens and MATCH expressions.

A text is laid down as its overlapping pairs of characters, so that any run of two or more characters is a phrase of pairs
and a single character is a prefix; FTS5's own idea of a word never matters. No character of a term can become FTS5 syntax:
ASCII punctuation, which the `ascii` tokenizer would drop, is written in its full-width form, which folded text never has.
"""

from __future__ import annotations

import string
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import add
from typing import Final, Literal

Alternatives = Sequence[tuple[tuple[str, ...], tuple[str, ...]]]
"""Folded (required terms, excluded terms) of each alternative; one of the two is never empty."""

Column = Literal["title", "head", ""]
"""The part of a text that a term must be in; "" is the whole text."""

_END: Final = "\u2063"  # pairs with the last character; an invisible sign that folding removes, so no text holds it
_NOWHERE: Final = f'"{_END}{_END}"'
_WIDE: Final = {sign: chr(ord(sign) + 0xFEE0) for sign in string.punctuation}

_TERM_LENGTH: Final = 40  # longer phrases cost more to match than the few texts they leave cost to read
_TERMS: Final = 16
_ALTERNATIVES: Final = 32


def _widened(folded: str) -> str:
    for sign, wide in _WIDE.items():
        if sign in folded:
            folded = folded.replace(sign, wide)
    return folded


def pairs(folded: str) -> str:
    """Tokens of a folded text, a blank between two: "abc" becomes the pairs ab, bc and c with the end sign."""
    wide = _widened(folded)
    return " ".join(map(add, wide, wide[1:] + _END))


def _phrase(term: str) -> str:
    """Write a term (or the head of a long one) as an FTS5 string. A lone surrogate cannot be in any stored text."""
    wide = _widened(term[:_TERM_LENGTH])
    if any("\ud800" <= sign <= "\udfff" for sign in wide):
        return _NOWHERE
    if len(wide) == 1:
        return f'"{wide}"*'
    return f'"{" ".join(map(add, wide, wide[1:]))}"'


def _usable(excluded: tuple[str, ...]) -> list[str]:
    """Excluded terms that FTS5 may judge: the head of a long one would exclude too much."""
    return [term for term in excluded if len(term) <= _TERM_LENGTH][:_TERMS]


def _any(terms: list[str]) -> str:
    return " OR ".join(map(_phrase, terms))


def _conjunction(required: tuple[str, ...], excluded: tuple[str, ...], column: Column) -> str:
    longest = sorted(required, key=len, reverse=True)[:_TERMS]
    positive = f"{f'{column} : ' if column else ''}({' AND '.join(map(_phrase, longest))})"
    usable = _usable(excluded)
    return f"({positive} NOT ({_any(usable)}))" if usable else f"({positive})"


def _is_exact(terms: tuple[str, ...]) -> bool:
    return len(terms) <= _TERMS and all(len(term) <= _TERM_LENGTH for term in terms)


@dataclass(frozen=True, slots=True)
class Plan:
    """What to ask FTS5: rows that match one of `expressions`, and all rows that do not match one of `complements`.

    Not `exact`: the rows found contain all that fit the query, and must each be compared with the terms.
    """

    expressions: tuple[str, ...]
    complements: tuple[str, ...]  # "" stands for all rows
    exact: bool

    @property
    def single(self) -> bool:
        """Whether one MATCH answers it."""
        return len(self.expressions) == 1 and not self.complements

    @property
    def is_broad(self) -> bool:
        """Whether it asks for a single character: then all pairs that begin with it are laid together before the first is found."""
        return any('"*' in expression for expression in self.expressions)


def _slices(parts: list[str], length: int) -> Iterator[list[str]]:
    for start in range(0, len(parts), length):
        yield parts[start : start + length]


def plan(alternatives: Alternatives, column: Column = "") -> Plan:
    """Plan for some alternatives; with a `column` the required terms must all be in that part of the text."""
    with_terms = [_conjunction(required, excluded, column) for required, excluded in alternatives if required]
    without = [_any(_usable(excluded)) for required, excluded in alternatives if not required]
    return Plan(
        tuple(" OR ".join(some) for some in _slices(with_terms, _ALTERNATIVES)),
        () if column else tuple(without),
        all(_is_exact(required) and _is_exact(excluded) for required, excluded in alternatives),
    )
