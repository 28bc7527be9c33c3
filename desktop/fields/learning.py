"""What the reader's own decisions teach: words that come with a confirmed field, and words that misled where one was refused.

Only confirmed tags and refusals are lessons, never suggestions. What is learnt is two tables that can be read and redone by hand
(`docs/fields.md`): a rare word met in lessons of one field, and hardly in others, counts like a weak word of the vocabulary; a term that was evidence for a refused field counts less from then on, and recovers with each confirmation.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace

from desktop.bulletin.folding import fold
from desktop.bulletin.model import Passage
from desktop.fields.matching import Lexicon, hits, lengths_by_start, lexicon
from desktop.fields.vocabulary import GENERAL, Term, Vocabulary

PURITY = 0.8  # share of a word's lessons that must be of one field
SETTLED = 2  # from so many lessons on, a learnt word is typical (weight 2) instead of weak (1)
TRUST = 3.0  # how many confirmations a word of the vocabulary is worth before anything is learnt
_SHORTEST, _LONGEST = 2, 6
_LITTLE_WORDS = frozenset(
    "的了和与及或在对向从由以为将把被等个项家名条是有可并年月日上下中内外前后到至达超增新各该其等省市县区州"
)


@dataclass(frozen=True, slots=True)
class Lesson:
    """A text with the fields that the reader confirmed and refused for it."""

    passages: tuple[Passage, ...]
    confirmed: frozenset[str] = frozenset()
    refused: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class LearntWord:
    """A word that speaks for a field because of `lessons` confirmed texts."""

    text: str
    field: str
    lessons: int
    weight: int


@dataclass(frozen=True, eq=False)
class Learnt:
    """What was learnt: `words` by folded text, and `shares`, the part (0 … 1) at which a term still counts for a field."""

    words: Mapping[str, LearntWord] = field(default_factory=dict)
    shares: Mapping[tuple[str, str], float] = field(default_factory=dict)

    def share(self, field_name: str, term: str) -> float:
        """At which part a term counts for a field."""
        return self.shares.get((field_name, term), 1.0)


NOTHING = Learnt()


def learn(lessons: Sequence[Lesson], vocabulary: Vocabulary) -> Learnt:
    """What some lessons teach. The order of the lessons does not matter; without any, nothing is learnt."""
    read = [(lesson, *_read(lesson.passages, vocabulary)) for lesson in lessons]
    met: Counter[tuple[str, str]] = Counter()
    everywhere: Counter[str] = Counter()
    right: Counter[tuple[str, str]] = Counter()
    wrong: Counter[tuple[str, str]] = Counter()
    for lesson, words, terms in read:
        if lesson.confirmed:
            everywhere.update(words)
            met.update((name, word) for name in lesson.confirmed for word in words)
        right.update(pair for pair in terms if pair[0] in lesson.confirmed)
        wrong.update(pair for pair in terms if pair[0] in lesson.refused)
    learnt = {word.text: word for word in _words(met, everywhere)}
    shares = {pair: (TRUST + right[pair]) / (TRUST + right[pair] + count) for pair, count in wrong.items()}
    return Learnt(learnt, shares)


def _words(met: Mapping[tuple[str, str], int], everywhere: Mapping[str, int]) -> Iterable[LearntWord]:
    for (name, word), count in met.items():
        if name != GENERAL and count / everywhere[word] >= PURITY:
            yield LearntWord(word, name, count, 2 if count >= SETTLED else 1)


@functools.lru_cache(maxsize=4096)
def _read(passages: tuple[Passage, ...], vocabulary: Vocabulary) -> tuple[AbstractSet[str], AbstractSet[tuple[str, str]]]:
    """The rare words of a text that the vocabulary does not know, and the terms it knows with the fields they speak for."""
    ready = lexicon(vocabulary)
    words: set[str] = set()
    terms: set[tuple[str, str]] = set()
    for passage in passages:
        folded, found = hits(passage.text, ready)
        terms |= {(hit.field, hit.term.text) for hit in found}
        taken = [(hit.start, hit.end) for hit in found]
        for start, end in _joined(ready.words.cut(folded), folded):
            if not any(first < end and start < last for first, last in taken):
                words.add(folded[start:end])
    return {word for word in words if _telling(word) and ready.words.rare(word)}, terms


def _joined(cuts: Sequence[tuple[int, int]], folded: str) -> Iterator[tuple[int, int]]:
    """The words of a text; single characters that stand together are one word, for the dictionary does not know new ones."""
    run: list[tuple[int, int]] = []
    for start, end in (*cuts, (len(folded), len(folded))):
        single = end - start == 1 and folded[start].isalpha() and folded[start] not in _LITTLE_WORDS
        if not single and run:
            yield run[0][0], run[-1][1]
            run = []
        if single:
            run.append((start, end))
        elif end > start:
            yield start, end


def _telling(word: str) -> bool:
    return _SHORTEST <= len(word) <= _LONGEST and not any(char.isdigit() for char in word) and word.isalnum()


@functools.lru_cache(maxsize=8)
def taught(ready: Lexicon, learnt: Learnt) -> Lexicon:
    """A lexicon that knows the learnt words too; words of the vocabulary keep their place."""
    new = {word.text: Term(word.text, word.field, "", word.weight, outside=True) for word in learnt.words.values()}
    terms = {**new, **ready.terms}
    return replace(ready, terms=terms, lengths=lengths_by_start(terms)) if new else ready


def known_word(learnt: Learnt, term: str) -> LearntWord | None:
    """The learnt word of that text, or None for a term of the vocabulary."""
    return learnt.words.get(fold(term))
