"""Where Chinese words begin and end: jieba's method over its dictionary, of which only what a text asks for is ever read.

jieba's own start-up turns the whole dictionary into a table, for most of a second with Python's global lock in hand, and keeps
a cache of it in the shared temporary folder, where it also reads whatever lies there under that name. None of that happens
here. The dictionary is sorted by first character, and a word is only ever looked up at its first character: so the words of a
character are read when a text first has it, found by bisection in the file. Nothing is written.
"""

from __future__ import annotations

import functools
import logging
import mmap
import warnings
from bisect import bisect_left
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from desktop.bulletin.folding import fold, fold_with_offsets
from desktop.paths import RESOURCES

EVERYDAY = 600  # times in the corpus behind the dictionary, from which on a word is an everyday word
BULLETIN_WORDS = RESOURCES / "words" / "bulletin.txt"
_TOTAL = 60_101_967  # all frequencies of jieba 0.42.1's dictionary together
_FIRST = "一"  # from this character's words on the dictionary is sorted; the few lines before are not


@functools.cache
def _jieba() -> Any:
    """The package, imported when first needed and kept silent."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # jieba 0.42 imports pkg_resources where there is one
        import jieba
    jieba.setLogLevel(logging.WARNING)  # it reports its progress on stderr otherwise
    return jieba


class _Dictionary:
    """jieba's dictionary as it lies on the disk: a line `word frequency class` each, UTF-8."""

    def __init__(self, file: Path) -> None:
        with file.open("rb") as opened:
            self._bytes = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
        self._sorted_from = self._bytes.find(f"\n{_FIRST} ".encode()) + 1
        self._odd: dict[str, list[str]] = {}
        for line in self._bytes[: self._sorted_from].decode().splitlines():
            self._odd.setdefault(line[0], []).append(line)

    def __len__(self) -> int:
        return len(self._bytes)

    def __getitem__(self, at: int) -> bytes:
        """How the line begins that the byte `at` lies in: with its first character, which is what bisection goes by."""
        start = max(self._bytes.rfind(b"\n", 0, at) + 1, self._sorted_from)
        return self._bytes[start : start + 4]

    def frequencies(self, sign: str) -> dict[str, int]:
        """The words that begin with a character, each with its frequency; their own beginnings, which are no words, with 0."""
        found: dict[str, int] = {}
        for line in (*self._odd.get(sign, ()), *self._lines(sign)):
            word, frequency = line.split(" ", 2)[:2]
            found[word] = int(frequency)
            for length in range(1, len(word)):
                found.setdefault(word[:length], 0)
        return found

    def _lines(self, sign: str) -> list[str]:
        begins = sign.encode(errors="surrogatepass")
        if sign < _FIRST:
            return []
        start, end = (bisect_left(self, bound, lo=self._sorted_from) for bound in (begins, begins + b"\xff"))
        return self._bytes[start:end].decode().splitlines()


@functools.cache
def _dictionary() -> _Dictionary:
    return _Dictionary(Path(_jieba().__file__).with_name("dict.txt"))


class _Cutter:
    """A tokenizer of jieba's that learns the words of a character when it first meets it. Threads may share it."""

    def __init__(self, known: set[str], frequencies: dict[str, int], total: int) -> None:
        self._known = known
        self._tokenizer = _jieba().Tokenizer()
        self._tokenizer.FREQ, self._tokenizer.total, self._tokenizer.initialized = frequencies, total, True

    def copy(self) -> _Cutter:
        """Another one that knows as much."""
        known = set(self._known)  # first: the table may grow at this moment
        return _Cutter(known, dict(self._tokenizer.FREQ), self._tokenizer.total)

    def _meet(self, text: str) -> None:
        for sign in set(text) - self._known:
            self._tokenizer.FREQ.update(_dictionary().frequencies(sign))
            self._known.add(sign)

    def cut(self, folded: str) -> list[tuple[int, int]]:
        """Start and end of each word, without gaps."""
        self._meet(folded)
        return [(start, end) for _, start, end in self._tokenizer.tokenize(folded, HMM=False)]

    def frequency(self, word: str) -> int:
        """How often the word stands in the corpus behind the dictionary; 0 for what is no word."""
        self._meet(word[:1])
        return int(self._tokenizer.FREQ.get(word, 0))

    def teach(self, words: Iterable[str]) -> None:
        """Make each word just frequent enough to win against its own pieces; everyday neighbours still win (通信｜创新, not 信创)."""
        for word in map(fold, words):
            self._meet(word)
            self._tokenizer.add_word(word)


@functools.cache
def _everyday() -> _Cutter:
    """A cutter with jieba's dictionary and the words of the bulletin's language. Shared and not to be taught more."""
    cutter = _Cutter(set(), {}, _TOTAL)
    cutter.teach(_official())
    return cutter


@functools.cache
def _official() -> dict[str, None]:
    """The words of official prose that say nothing of a subject, in the order of the file (the cutter depends on it)."""
    return {fold(word): None for word in BULLETIN_WORDS.read_text(encoding="utf-8").split()}


class Words:
    """A cutter that knows `own` words besides the everyday ones."""

    def __init__(self, own: Iterable[str]) -> None:
        self._cutter = _everyday().copy()
        self._cutter.teach(own)

    def cut(self, folded: str) -> list[tuple[int, int]]:
        """Start and end of each word of a folded text, without gaps."""
        return self._cutter.cut(folded)

    def rare(self, folded: str) -> bool:
        """Whether a word is rare enough in everyday and official Chinese to say something about its text."""
        return folded not in _official() and self._cutter.frequency(folded) <= EVERYDAY


def word_at(text: str, offset: int) -> tuple[int, int]:
    """The word of `text` that contains the character at `offset`, as `start, end`: what a double click selects.

    A blank is a word of its own; outside the text the range is empty.
    """
    folded, offsets = fold_with_offsets(text)
    for start, end in _everyday().cut(folded):
        first, last = offsets[start], offsets[end - 1] + 1
        if first <= offset < last and not text[offset].isspace():
            return first, last
    return min(offset, len(text)), min(offset + 1, len(text))
