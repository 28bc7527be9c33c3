"""Text that knows where each of its characters is printed.

The parser cuts, joins and cleans text many times before a passage stands; a mark made on the finished passage must still land
on the right glyphs of the page. So the parser never handles bare strings but `Traced` ones. The origin is kept as runs (one a
printed line, usually), never one object a character: a whole issue is a few hundred runs.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desktop.bulletin.model import Place


@dataclass(frozen=True, slots=True)
class Traced:
    """A string with the `Place` runs of its characters: sorted, disjoint, `start` counted in this string.

    Characters without a run (inserted separators) have no place. The characters may differ from the printed ones only where
    a caller used `replaced`.
    """

    text: str
    places: tuple[Place, ...] = ()

    def __len__(self) -> int:
        return len(self.text)

    def __bool__(self) -> bool:
        return bool(self.text)

    def slice(self, start: int, end: int | None = None) -> Traced:
        """The part `start:end` (non-negative offsets)."""
        stop = len(self.text) if end is None else min(end, len(self.text))
        if start <= 0 and stop == len(self.text):
            return self
        return Traced(self.text[start:stop], tuple(_cut(self.places, start, stop, -start)))

    def strip(self) -> Traced:
        """Without white space at both ends."""
        bare = self.text.strip()
        if len(bare) == len(self.text):
            return self
        start = len(self.text) - len(self.text.lstrip())
        return self.slice(start, start + len(bare))

    def without(self, spans: Sequence[tuple[int, int]]) -> Traced:
        """With the given disjoint ascending `(start, end)` ranges deleted."""
        if not spans:
            return self
        kept: list[Traced] = []
        at = 0
        for start, end in spans:
            kept.append(self.slice(at, start))
            at = end
        kept.append(self.slice(at))
        return join(kept)

    def without_matches(self, pattern: re.Pattern[str]) -> Traced:
        """With every match of `pattern` deleted."""
        return self.without([match.span() for match in pattern.finditer(self.text)])

    def replaced(self, text: str) -> Traced:
        """The same places under another string of the same length (a declared normalisation)."""
        if len(text) != len(self.text):
            raise ValueError("a replacement must keep the length")
        return Traced(text, self.places)

    def place_at(self, offset: int) -> Place | None:
        """The run that covers the character at `offset`."""
        at = bisect_right(self.places, offset, key=lambda place: place.start) - 1
        if at < 0 or offset >= self.places[at].start + self.places[at].length:
            return None
        return self.places[at]


def _cut(places: Iterable[Place], start: int, end: int, shift: int) -> Iterable[Place]:
    for place in places:
        low = max(place.start, start)
        high = min(place.start + place.length, end)
        if low < high:
            yield Place(low + shift, high - low, place.page, place.char + low - place.start)


def _extends(last: Place, nxt: Place) -> bool:
    return last.start + last.length == nxt.start and last.page == nxt.page and last.char + last.length == nxt.char


def join(pieces: Sequence[Traced], separator: str = "") -> Traced:
    """The pieces end to end; the separator has no place. Runs that continue each other become one."""
    if len(pieces) == 1:
        return pieces[0]
    places: list[Place] = []
    at = 0
    for piece in pieces:
        for place in piece.places:
            moved = Place(place.start + at, place.length, place.page, place.char)
            if places and _extends(places[-1], moved):
                last = places[-1]
                places[-1] = Place(last.start, last.length + moved.length, last.page, last.char)
            else:
                places.append(moved)
        at += len(piece.text) + len(separator)
    return Traced(separator.join(piece.text for piece in pieces), tuple(places))


def printed(text: str, page: int, char: int) -> Traced:
    """Text that stands on page `page` from character index `char` on."""
    return Traced(text, (Place(0, len(text), page, char),) if text else ())
