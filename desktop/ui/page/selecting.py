"""What a stretch of printed characters means: which of them are text, what copying it gives, and which part a mark can take.

A drag over the page also covers what is printed there for other reasons: page numbers, running heads, the footnote between
two halves of a sentence. Those neither light up nor are copied when text goes on behind them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate, groupby
from typing import TYPE_CHECKING, NamedTuple

from desktop.bulletin.places import PlaceMap, Run
from desktop.rendering.glyphs import PageText

if TYPE_CHECKING:  # a first page needs no document
    from desktop.ui.values import Selection

WordAt = Callable[[str, int], tuple[int, int]]
_NO_PLACE = 1 << 30  # beyond any page and any character
_WHOLE_RUN = 4  # characters: a shorter run of Han between punctuation marks is taken as one word


class Spot(NamedTuple):
    """A gap between characters: before character `char` of `page`."""

    page: int
    char: int


class Stretch(NamedTuple):
    """Printed characters from `start` up to, not including, `end`.

    `meant` is the text (item, start, end) that was taken as such (a word, a passage, an item), None for what was dragged over.
    """

    start: Spot
    end: Spot
    meant: tuple[int, int, int] | None = None

    def joined(self, other: Stretch) -> Stretch:
        """The stretch from the earlier start to the later end."""
        meant = None
        if self.meant and other.meant and self.meant[0] == other.meant[0]:
            meant = (self.meant[0], min(self.meant[1], other.meant[1]), max(self.meant[2], other.meant[2]))
        return Stretch(min(self.start, other.start), max(self.end, other.end), meant)


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters of one line, `first … last` (exclusive). `runs` are the parts of them that belong to items."""

    page: int
    first: int
    last: int
    of_item: bool
    runs: tuple[Run, ...]


def is_han(char: str) -> bool:
    """Whether the character is a Chinese ideograph."""
    return "\u4e00" <= char <= "\u9fff" or "\u3400" <= char <= "\u4dbf" or char == "〇"


def plain_word(text: str, at: int) -> tuple[int, int]:
    """The word at an offset without a dictionary: a Latin word or number, a short run of Han, else the character itself."""
    char = text[at]
    if is_han(char):
        start, end = _run(text, at, is_han)
        return (start, end) if end - start <= _WHOLE_RUN else (at, at + 1)
    if char.isalnum():
        return _run(text, at, lambda c: c.isalnum() and not is_han(c))
    return at, at + 1


def _run(text: str, at: int, belongs: Callable[[str], bool]) -> tuple[int, int]:
    start = end = at
    while start > 0 and belongs(text[start - 1]):
        start -= 1
    while end < len(text) and belongs(text[end]):
        end += 1
    return start, end


class PrintedText:
    """The characters at hand (`texts`, by page, may grow) read with the places of the items."""

    def __init__(self, texts: Mapping[int, PageText], places: PlaceMap, word_at: WordAt) -> None:
        self._texts = texts
        self.places = places
        self._word_at = word_at

    # --- from a character to a stretch

    def word(self, page: int, char: int) -> Stretch:
        """The word around a character, also where a line or page break cuts it."""
        found = self.places.locate(page, char)
        if found is None:
            return self._word_of_line(page, char)
        item, offset = found
        start, end = self.places.passage_span(item, offset)
        first, last = self._word_at(self.places.text(item)[start:end], offset - start)
        return self._printed(item, start + first, start + last) or _single(page, char)

    def paragraph(self, page: int, char: int) -> Stretch:
        """The passage around a character, or its line where no item is printed."""
        found = self.places.locate(page, char) or self._beside(page, char)
        if found is None:
            first, last = self._line(page, char)
            return Stretch(Spot(page, first), Spot(page, last))
        return self._printed(found[0], *self.places.passage_span(*found)) or _single(page, char)

    def item(self, item: int) -> Stretch | None:
        """The whole item; None when nothing of it is printed."""
        return self._printed(item, 0, len(self.places.text(item)))

    def _printed(self, item: int, start: int, end: int) -> Stretch | None:
        parts = self.places.characters(item, start, end)
        if not parts:
            return None
        first, last = min(parts), max(parts)
        return Stretch(Spot(first[0], first[1]), Spot(last[0], last[2]), (item, start, end))

    def _line(self, page: int, char: int) -> tuple[int, int]:
        text = self._texts[page]
        return text.line_span(text.line_at(char))

    def _word_of_line(self, page: int, char: int) -> Stretch:
        first, last = self._line(page, char)
        start, end = self._word_at(self._texts[page].text[first:last], char - first)
        return Stretch(Spot(page, first + start), Spot(page, first + end))

    def _beside(self, page: int, char: int) -> tuple[int, int] | None:
        """The text that a point's marker or a footnote mark on the same line belongs to."""
        runs = self.places.runs(page, *self._line(page, char))
        if not runs:
            return None
        after = [run for run in runs if run.char > char]
        run = after[0] if after else runs[-1]
        return run.item, run.offset

    def beside(self, spot: Spot, step: int) -> Spot:
        """The gap one character on or back, over page ends too where the next page's characters are at hand."""
        text = self._texts.get(spot.page)
        char = spot.char + step
        if text and 0 <= char <= len(text.text):
            return Spot(spot.page, char)
        other = self._texts.get(spot.page + step)
        if other is None:
            return spot
        return Spot(spot.page + step, 1 if step > 0 else max(len(other.text) - 1, 0))

    def above_or_below(self, spot: Spot, step: int) -> Spot:
        """The gap at the same distance along the next or the last line."""
        text = self._texts.get(spot.page)
        if text is None or not text.text:
            return spot
        line = text.line_at(min(spot.char, len(text.text) - 1))
        first, _ = text.line_span(line)
        page, goal = spot.page, line + step
        if not 0 <= goal < text.line_count:
            page, other = spot.page + step, self._texts.get(spot.page + step)
            if other is None or not other.text:
                return spot
            text, goal = other, 0 if step > 0 else other.line_count - 1
        start, end = text.line_span(goal)
        return Spot(page, min(start + spot.char - first, end))

    # --- from a stretch to what it says

    def selection(self, stretch: Stretch) -> Selection | None:
        """The part of the stretch that a mark can take: within one item, without blanks at its ends."""
        found = self._marked(stretch)
        if found is None:
            return None
        item, start, end = found
        text = self.places.text(item)[start:end]
        start += len(text) - len(text.lstrip())
        text = text.strip()
        from desktop.ui.values import Selection

        return Selection(item, start, start + len(text), text) if text else None

    def pieces(self, stretch: Stretch) -> list[Piece]:
        """The characters that count as selected, line by line; of pages whose characters are not at hand only those of items."""
        lines = [piece for page in range(stretch.start.page, stretch.end.page + 1) for piece in self._lines(page, stretch)]
        return _without_interruptions(_without_furniture(lines), self._marked(stretch))

    def _marked(self, stretch: Stretch) -> tuple[int, int, int] | None:
        return stretch.meant or self.places.span(*stretch.start, *stretch.end)

    def _lines(self, page: int, stretch: Stretch) -> list[Piece]:
        text = self._texts.get(page)
        first = stretch.start.char if page == stretch.start.page else 0
        last = stretch.end.char if page == stretch.end.page else len(text.text) if text else _NO_PLACE
        if text is None:
            return [Piece(page, run.char, run.char_end, True, (run,)) for run in self.places.runs(page, first, last)]
        found = []
        for start, end in text.stretches(first, last):
            whole = text.line_span(text.line_at(start))
            runs = tuple(self.places.runs(page, start, end))
            found.append(Piece(page, start, end, bool(runs or self.places.runs(page, *whole)), runs))
        return found

    def copied(self, stretch: Stretch) -> str:
        """The text of the stretch: one line a passage, no blanks from line breaks, points with their markers."""
        copy = _Copy(self.places)
        for piece in _in_order(self.pieces(stretch)):
            if not piece.of_item:
                copy.add_line(self._said(piece.page, piece.first, piece.last))
            at = piece.first
            for run in piece.runs:
                copy.add_run(run, self._said(piece.page, at, run.char))
                at = run.char_end
        return copy.text

    def _said(self, page: int, first: int, last: int) -> str:
        return self._texts[page].text[first:last] if page in self._texts else ""


class _Copy:
    """Text being put together from runs; remembers where the last one ended."""

    def __init__(self, places: PlaceMap) -> None:
        self._places = places
        self._item = self._end = -1
        self.text = ""

    def add_line(self, line: str) -> None:
        """A line of no item stands for itself."""
        self._break()
        self.text += line.strip()
        self._item = -1

    def add_run(self, run: Run, before: str) -> None:
        """A run of an item; `before` is what stands on the line between the last run and this one."""
        canonical = self._places.text(run.item)
        if run.item == self._item and run.offset >= self._end and "\n" not in canonical[self._end : run.offset]:
            self.text += canonical[self._end : run.offset]  # blanks between Latin words, which are printed nowhere
        else:
            self._break()
            self.text += before.strip()  # a point's marker
        self.text += canonical[run.offset : run.end]
        self._item, self._end = run.item, run.end

    def _break(self) -> None:
        if self.text and not self.text.endswith("\n"):
            self.text += "\n"


def _single(page: int, char: int) -> Stretch:
    return Stretch(Spot(page, char), Spot(page, char + 1))


def _in_order(pieces: list[Piece]) -> Iterator[Piece]:
    """The pieces as the items read: a footnote printed at the foot of the first page comes after the text of the next."""
    for _, group in groupby(pieces, key=lambda piece: piece.runs[0].item if piece.runs else None):
        yield from sorted(group, key=lambda piece: piece.runs[0].offset if piece.runs else 0)


def _without_furniture(lines: list[Piece]) -> list[Piece]:
    """Leave out the lines of no item that stand at a page break between two lines of items: page numbers, running heads."""
    before = list(accumulate((piece.page if piece.of_item else 0 for piece in lines), max))
    after = list(accumulate((piece.page if piece.of_item else _NO_PLACE for piece in reversed(lines)), min))[::-1]
    return [
        piece
        for piece, earlier, later in zip(lines, before, after, strict=True)
        if piece.of_item or earlier == 0 or later == _NO_PLACE or earlier == later
    ]


def _without_interruptions(lines: list[Piece], main: tuple[int, int, int] | None) -> list[Piece]:
    """Leave out other text of the marked item that stands between two lines of the marked text: a footnote."""
    marked = [n for n, piece in enumerate(lines) if any(_within(run, main) for run in piece.runs)]
    if main is None or not marked:
        return lines
    return [
        piece
        for n, piece in enumerate(lines)
        if not (marked[0] < n < marked[-1] and piece.runs and all(_is_aside(run, main) for run in piece.runs))
    ]


def _within(run: Run, main: tuple[int, int, int] | None) -> bool:
    return main is not None and run.item == main[0] and main[1] <= run.offset < main[2]


def _is_aside(run: Run, main: tuple[int, int, int]) -> bool:
    return run.item == main[0] and not _within(run, main)
