"""Finding the vocabulary's words in a passage: the longest word counts, at real word borders, and always at an exact place.

Everything works on the folded passage (`desktop.bulletin.folding`), so that widths, blanks and quote forms do not matter; the
offsets of a hit lead back to the passage as printed.
"""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from desktop.bulletin.folding import fold, fold_with_offsets
from desktop.fields.vocabulary import Redirect, Term, Vocabulary
from desktop.fields.words import Words

_SENTENCE_ENDS = "。;!?"  # as folded
_SHORT = 3  # only words up to this length are met by accident across the border of two others


@dataclass(frozen=True, slots=True)
class Hit:
    """A term in a folded passage: `start … end` of the folded text, `first … last` of the passage as printed.

    `field` and `subfield` are the term's own, unless the sentence redirects an ambiguous word.
    """

    term: Term
    field: str
    subfield: str
    start: int
    end: int
    first: int
    last: int


@dataclass(frozen=True, eq=False)
class Lexicon:
    """The vocabulary made ready for matching: `terms` by folded word, `lengths` of words (longest first) by first character.

    A word without a term is one that is no evidence but hides shorter ones (生态环境厅, 核心).
    """

    terms: Mapping[str, Term | None]
    lengths: Mapping[str, tuple[int, ...]]
    redirects: Mapping[str, tuple[Redirect, ...]]
    words: Words


_MAKING = threading.Lock()  # two threads that ask at once shall not both make it


def lexicon(vocabulary: Vocabulary) -> Lexicon:
    """The lexicon of a vocabulary; the first one reads most of jieba's dictionary (a third of a second)."""
    with _MAKING:
        return _lexicon(vocabulary)


@functools.lru_cache(maxsize=4)
def _lexicon(vocabulary: Vocabulary) -> Lexicon:
    listed: dict[str, Term | None] = {fold(word): None for word in vocabulary.not_evidence}
    for field in vocabulary.fields:  # not 综合: as a word it means anything
        listed |= {fold(alias): Term(alias, field.name, "", 3) for alias in (field.name, *field.aliases)}
    for field in vocabulary.all_fields:
        listed |= {fold(term.text): term for term in field.every_term()}
    return Lexicon(listed, lengths_by_start(listed), _redirects(listed, vocabulary.redirects), Words(listed))


def lengths_by_start(words: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """The lengths of words by their first character, longest first."""
    found: dict[str, set[int]] = {}
    for word in words:
        found.setdefault(word[0], set()).add(len(word))
    return {start: tuple(sorted(lengths, reverse=True)) for start, lengths in found.items()}


def _redirects(listed: Mapping[str, Term | None], rules: Sequence[Redirect]) -> dict[str, tuple[Redirect, ...]]:
    """The rules of each word: an ambiguous word hands its rules on to longer words of the same field (光伏 to 光伏组件)."""
    inherited: dict[str, tuple[Redirect, ...]] = {}
    for rule in rules:
        ambiguous = fold(rule.term)
        home = listed.get(ambiguous)
        for word, term in listed.items():
            if ambiguous in word and term is not None and home is not None and term.field == home.field:
                inherited[word] = (*inherited.get(word, ()), rule)
    return inherited


def hits(text: str, lexicon: Lexicon) -> tuple[str, list[Hit]]:
    """The folded form of a passage and the terms in it, from left to right, none overlapping another."""
    folded, offsets = fold_with_offsets(text)
    passage = _Passage(folded, offsets, lexicon)
    return folded, list(passage.hits())


class _Passage:
    """One passage while it is searched; it is cut into words only when a short hit has to be checked."""

    def __init__(self, folded: str, offsets: list[int], lexicon: Lexicon) -> None:
        self._folded, self._offsets, self._lexicon = folded, offsets, lexicon

    @functools.cached_property
    def _cuts(self) -> list[tuple[int, int]]:
        """For each folded character the word it belongs to."""
        return [span for span in self._lexicon.words.cut(self._folded) for _ in range(span[1] - span[0])]

    def hits(self) -> Iterator[Hit]:
        at = 0
        while at < len(self._folded):
            found = self._longest(at)
            if found is None:
                at += 1
                continue
            word, term = found
            end = at + len(word)
            if term is not None:
                field, subfield = self._home(word, term, at)
                yield Hit(term, field, subfield, at, end, self._offsets[at], self._offsets[end - 1] + 1)
            at = end

    def _longest(self, at: int) -> tuple[str, Term | None] | None:
        terms = self._lexicon.terms
        for length in self._lexicon.lengths.get(self._folded[at], ()):
            word = self._folded[at : at + length]
            if word in terms and len(word) == length and self._stands_alone(at, at + length):
                return word, terms[word]
        return None

    def _stands_alone(self, start: int, end: int) -> bool:
        """Whether the hit begins and ends where words do, and where printed characters do."""
        if _joined(self._folded, start) or _joined(self._folded, end) or self._splits_character(start, end):
            return False
        return end - start > _SHORT or not (self._crosses(start, start, end) or self._crosses(end - 1, start, end))

    def _splits_character(self, start: int, end: int) -> bool:
        """Whether a border falls inside one printed character that folds to several (㎏)."""
        return any(0 < at < len(self._folded) and self._offsets[at - 1] == self._offsets[at] for at in (start, end))

    def _crosses(self, at: int, start: int, end: int) -> bool:
        """Whether the word at `at` belongs partly to the hit and partly to its surroundings, or has the hit in its middle.

        A word that only begins or ends with the hit is a compound of it (医药 in 医药学) and does no harm.
        """
        first, last = self._cuts[at]
        return (first < start and last != end) or (last > end and first != start)

    def _home(self, word: str, term: Term, at: int) -> tuple[str, str]:
        rules = self._lexicon.redirects.get(word, ())
        if rules:
            sentence = _sentence(self._folded, at)
            for rule in rules:
                if any(fold(near) in sentence and fold(near) not in word for near in rule.words):
                    return rule.field, rule.subfield
        return term.field, term.subfield


def _joined(folded: str, at: int) -> bool:
    """Whether a border at `at` would cut a Latin word or a number (AR in CARBON, 5G in 15G)."""
    return 0 < at < len(folded) and _latin(folded[at - 1]) and _latin(folded[at])


def _latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _sentence(folded: str, at: int) -> str:
    start = max(folded.rfind(mark, 0, at) for mark in _SENTENCE_ENDS) + 1
    ends = [found for mark in _SENTENCE_ENDS if (found := folded.find(mark, at)) >= 0]
    return folded[start : min(ends, default=len(folded))]
