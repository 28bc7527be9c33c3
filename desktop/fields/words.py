"""Where Chinese words begin and end: jieba with the vocabulary's words added, held so that it neither reads nor leaves a cache.

jieba's own start-up writes a cache of its dictionary into the shared temporary folder and reads back whatever lies there under
that name. Here its frequency table is read from the package itself instead, once for the process (about a second, in any
thread), and nothing is written.
"""

from __future__ import annotations

import functools
import logging
import warnings
from collections.abc import Iterable
from typing import Any

from desktop.bulletin.folding import fold, fold_with_offsets
from desktop.paths import RESOURCES

EVERYDAY = 600  # times in the corpus behind the dictionary, from which on a word is an everyday word
BULLETIN_WORDS = RESOURCES / "words" / "bulletin.txt"


@functools.cache
def _jieba() -> Any:
    """The package, imported when first needed and kept silent."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # jieba 0.42 imports pkg_resources where there is one
        import jieba
    jieba.setLogLevel(logging.WARNING)  # it reports its progress on stderr otherwise
    return jieba


@functools.cache
def _everyday() -> Any:
    """A tokenizer with jieba's dictionary and the words of the bulletin's language. Shared and not to be changed."""
    tokenizer = _jieba().Tokenizer()
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    _teach(tokenizer, _official())
    return tokenizer


@functools.cache
def _official() -> dict[str, None]:
    """The words of official prose that say nothing of a subject, in the order of the file (the cutter depends on it)."""
    return {fold(word): None for word in BULLETIN_WORDS.read_text(encoding="utf-8").split()}


def _teach(tokenizer: Any, words: Iterable[str]) -> None:
    """Make each word just frequent enough to win against its own pieces; everyday neighbours still win (通信｜创新, not 信创)."""
    for word in words:
        tokenizer.add_word(fold(word))


class Words:
    """A cutter that knows `own` words besides the everyday ones."""

    def __init__(self, own: Iterable[str]) -> None:
        everyday = _everyday()
        self._tokenizer = _jieba().Tokenizer()
        self._tokenizer.FREQ, self._tokenizer.total, self._tokenizer.initialized = dict(everyday.FREQ), everyday.total, True
        _teach(self._tokenizer, own)

    def cut(self, folded: str) -> list[tuple[int, int]]:
        """Start and end of each word of a folded text, without gaps."""
        return _cut(self._tokenizer, folded)

    def rare(self, folded: str) -> bool:
        """Whether a word is rare enough in everyday and official Chinese to say something about its text."""
        return folded not in _official() and bool(self._tokenizer.FREQ.get(folded, 0) <= EVERYDAY)


def _cut(tokenizer: Any, folded: str) -> list[tuple[int, int]]:
    return [(start, end) for _, start, end in tokenizer.tokenize(folded, HMM=False)]


def word_at(text: str, offset: int) -> tuple[int, int]:
    """The word of `text` that contains the character at `offset`, as `start, end`: what a double click selects.

    The first call loads the dictionary. A blank is a word of its own; outside the text the range is empty.
    """
    folded, offsets = fold_with_offsets(text)
    for start, end in _cut(_everyday(), folded):
        first, last = offsets[start], offsets[end - 1] + 1
        if first <= offset < last and not text[offset].isspace():
            return first, last
    return min(offset, len(text)), min(offset + 1, len(text))
