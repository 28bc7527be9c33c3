"""An item under construction: title, open paragraph, points in their numbering, notes; at the end a finished `Item`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from desktop.bulletin.model import Doubt, Item, Passage, PassageKind
from desktop.bulletin.parsing import printform, shapes
from desktop.bulletin.parsing.blocks import Block, Role
from desktop.bulletin.parsing.doubts import doubt
from desktop.bulletin.parsing.growing import Growing, passage
from desktop.bulletin.parsing.notes import mark_digits, reference
from desktop.bulletin.parsing.shapes import Marker
from desktop.bulletin.parsing.tables import TableDraft, add_row
from desktop.bulletin.parsing.wrapping import wrap
from desktop.bulletin.traced import Traced, join

_LONGEST_HEADING = 40


@dataclass
class Note:
    """A footnote: its mark as printed in the text, and its words."""

    mark: str
    text: Traced
    page: int
    line: int


@dataclass
class ItemDraft:
    """One article being read."""

    title: list[Traced]
    page: int | None
    contents_title: str | None = None
    numeral: str = ""
    passages: list[Growing | TableDraft] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    headed: frozenset[str] = frozenset()  # styles of markers that stand before headings on lines of their own
    attached: bool = False  # an attachment has begun: numbers in it count no points

    @classmethod
    def untitled(cls, name: str, page: int | None) -> ItemDraft:
        """An item for text that has no title of its own."""
        return cls([Traced(name)], page)

    def may_end(self) -> bool:
        """Whether a new title may stand here: nothing begun is left open."""
        return not self.passages or not self.passages[-1].is_open

    def takes(self, block: Block) -> bool:
        """Whether the block goes on with the open passage."""
        if not self.passages or (block.opens is None and self._new_point(block) is not None):
            return False
        return self.passages[-1].takes(block)

    def go_on(self, block: Block) -> list[Doubt]:
        """Add the block to the open passage."""
        last = self.passages[-1]
        return last.add(block) if isinstance(last, Growing) else []

    def start(self, block: Block) -> list[Doubt]:
        """Open a new passage with the block."""
        if block.role is Role.ROW:
            add_row(self.passages, block)
            return []
        self.attached = self.attached or shapes.attachment(block.words)
        marker = self._new_point(block)
        if marker is None:
            self._start_paragraph(block)
            return []
        points = self._points()
        nested = bool(points) and points[0].style != marker.style
        expected = self._expected()
        kind = PassageKind.SUBPOINT if nested else PassageKind.POINT
        heading = marker.style in self.headed and _is_heading(block.words[marker.length :])
        self.passages.append(Growing(kind, [block.text.slice(marker.length)], marker, whole=heading))
        if nested or marker.number == expected:
            return []
        title = printform.title(join(self.title)).text
        return [doubt("point-number-gap", title, marker.number, page=block.page, line=block.line)]

    def _start_paragraph(self, block: Block) -> None:
        """The first paragraph is the lead, unless it is a word of the editors before it."""
        words = block.words
        led = any(one.kind is not PassageKind.PARAGRAPH for one in self.passages if isinstance(one, Growing))
        plain = led or self.attached or shapes.editorial(words) or (bool(self.passages) and not self._only_editorial())
        whole = (shapes.editorial(words) or self.attached) and len(words) <= _LONGEST_HEADING and not shapes.is_closed(words)
        self.passages.append(Growing(PassageKind.PARAGRAPH if plain else PassageKind.LEAD, [block.text], whole=whole))

    def _only_editorial(self) -> bool:
        """Whether only words of the editors stand here so far: 编者按 as a line takes one paragraph below it."""
        first = self.passages[0]
        if not isinstance(first, Growing) or not shapes.editorial(first.words):
            return False
        return len(self.passages) == (2 if first.whole else 1)

    def add_note(self, block: Block) -> None:
        """Keep a note; the open passage stays open."""
        found = shapes.note_mark(block.words)
        mark, length = found or ("", 0)
        self.notes.append(Note(mark, block.text.slice(length), block.page, block.line))

    def refers_to(self, mark: str) -> bool:
        """Whether the text holds the mark."""
        return bool(mark) and reference([growing.words for growing in self.passages], mark) is not None

    def strangers(self) -> list[Note]:
        """Notes whose mark the item does not hold."""
        return [note for note in self.notes if not self.refers_to(note.mark)]

    def finish(self) -> tuple[Item, list[Doubt]]:
        """The finished item, and doubts about notes."""
        body = [passage(PassageKind.TITLE, printform.title(wrap(self.title)))]
        body += [growing.finish() for growing in self.passages]
        doubts: list[Doubt] = []
        for note in self.notes:
            anchor = _anchor(body, note.mark)
            if anchor is None:
                doubts.append(doubt("note-without-anchor", mark_digits(note.mark), page=note.page, line=note.line))
            text = printform.running(note.text)
            body.append(Passage(PassageKind.FOOTNOTE, text.text, text.places, mark=mark_digits(note.mark), anchor=anchor))
        return Item(tuple(body), self.page, self.contents_title, numeral=self.numeral), doubts

    def _expected(self) -> int:
        points = self._points()
        return points[-1].number + 1 if points else 1

    def _points(self) -> list[Marker]:
        return [one.marker for one in self.passages if isinstance(one, Growing) and one.marker and one.kind is PassageKind.POINT]

    def _is_nested(self, marker: Marker) -> bool:
        last = 0
        for one in self.passages:
            if isinstance(one, Growing) and one.marker is not None:
                at_top = one.kind is PassageKind.POINT
                last = 0 if at_top else one.marker.number if one.marker.style == marker.style else last
        if last and marker.number == last + 1:
            return True
        return marker.number == 1 and (self.may_end() or shapes.ends_like_prose(self.passages[-1].words))

    def _new_point(self, block: Block) -> Marker | None:
        """The marker, if the block opens a point: in the style of the item's first one, next in number, or after a full stop.

        Another style opens a point within the point before it, if it begins at 1 or goes on counting there.
        """
        marker = shapes.marker(block.words)
        if marker is None or block.opens is False or self.attached:
            return None
        points = self._points()
        if points and points[0].style != marker.style:
            return marker if self._is_nested(marker) else None
        if marker.number in (1, self._expected()):
            return marker
        return marker if points and self.may_end() else None


def heading_styles(blocks: Sequence[Block]) -> frozenset[str]:
    """Markers that stand before headings on lines of their own throughout: all short and without a stop, one style twice."""
    found: dict[str, list[bool]] = defaultdict(list)
    for block in blocks:
        if mark := shapes.marker(block.words):
            found[mark.style].append(_is_heading(block.words[mark.length :]))
    headed = {style for style, all_so in found.items() if all(all_so)}
    return frozenset(headed) if any(len(found[style]) > 1 for style in headed) else frozenset()


def _is_heading(words: str) -> bool:
    return 0 < len(words) <= _LONGEST_HEADING and not re.search("[。；：！？;:!?]|，$|、$", words)


def _anchor(body: Sequence[Passage], mark: str) -> int | None:
    texts = [passage.text for passage in body]
    found = (reference(texts, mark) or reference(texts, mark, units=True)) if mark else None
    if found is None:
        return None
    return sum(len(passage.text) + 1 for passage in body[: found[0]]) + found[1]
