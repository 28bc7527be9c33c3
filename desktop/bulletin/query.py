"""What the reader types into the search box, as terms: pure, and never an error, whatever the text.

A blank means and; `"…"` keeps a phrase with its blanks as one term; a leading `-` excludes; `|` or the word `OR` separates
alternatives and binds weaker than and: `光子 芯片 | 量子 -通信` is (光子 and 芯片) or (量子 and not 通信). Only the ASCII signs
have a meaning: Chinese quotes, dashes and bars are literal text. An unclosed `"` reaches to the end. Terms are folded; what
folds to nothing (a lone `-`, `""`) is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from desktop.bulletin.folding import fold

_OR: Final = "OR"
_WORDS: Final = re.compile(r'(?P<minus>-?)"(?P<phrase>[^"]*)(?:"|\Z)|(?P<bar>\|)|(?P<word>[^\s"|]+)')


class Alternative(NamedTuple):
    """Folded terms that must all occur, and folded terms of which none may occur. At least one of the two is not empty."""

    required: tuple[str, ...]
    excluded: tuple[str, ...]

    def matches(self, folded: str) -> bool:
        """Whether a folded text has all required terms and none of the excluded ones."""
        return all(term in folded for term in self.required) and not any(term in folded for term in self.excluded)


@dataclass(frozen=True, slots=True)
class Query:
    """A query as alternatives; without any it matches nothing."""

    alternatives: tuple[Alternative, ...]

    def matches(self, folded: str) -> bool:
        """Whether a folded text fits one of the alternatives."""
        return any(alternative.matches(folded) for alternative in self.alternatives)

    @property
    def terms(self) -> tuple[str, ...]:
        """Every term that a hit may show, once each."""
        return _once(term for alternative in self.alternatives for term in alternative.required)


def _once(terms: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(term for term in terms if term))


def _signed_words(text: str) -> Iterator[tuple[bool, str] | None]:
    """Each word as (is excluded, text), and None where an alternative ends."""
    for found in _WORDS.finditer(text):
        word = found["word"]
        if word == _OR or found["bar"]:
            yield None
        elif word is None:
            yield bool(found["minus"]), found["phrase"]
        else:
            yield word.startswith("-"), word.removeprefix("-")


def _alternative(words: Iterable[tuple[bool, str]]) -> Alternative:
    required: list[str] = []
    excluded: list[str] = []
    for is_excluded, word in words:
        (excluded if is_excluded else required).append(fold(word))
    return Alternative(_once(required), _once(excluded))


def parse(text: str) -> Query:
    """Read a query from any text."""
    groups: list[list[tuple[bool, str]]] = [[]]
    for word in _signed_words(text):
        if word is None:
            groups.append([])
        else:
            groups[-1].append(word)
    alternatives = dict.fromkeys(map(_alternative, groups))
    return Query(tuple(alternative for alternative in alternatives if any(alternative)))
