"""Passages under construction: an open paragraph, the question whether a block goes on with it, and the finished passage.

Shared by items of an issue and nodes of an outline, so that joins are judged the same way everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass

from desktop.bulletin.model import Doubt, Passage, PassageKind
from desktop.bulletin.parsing import printform, shapes
from desktop.bulletin.parsing.blocks import Block, Role
from desktop.bulletin.parsing.doubts import doubt
from desktop.bulletin.parsing.joins import continues_sentence, continues_sequence, seam
from desktop.bulletin.parsing.points import head_of, parts_of
from desktop.bulletin.parsing.shapes import Marker
from desktop.bulletin.parsing.wrapping import wrap
from desktop.bulletin.traced import Traced, join


@dataclass
class Growing:
    """A passage still growing; `marker` for points, `run_in` the length of a bold head."""

    kind: PassageKind
    pieces: list[Traced]
    marker: Marker | None = None
    run_in: int = 0
    whole: bool = False  # a line for itself, such as the heading of a point: nothing goes on with it

    @property
    def words(self) -> str:
        """The text so far."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def is_open(self) -> bool:
        """Whether its last sentence has not come to its end."""
        last = self.pieces[-1].text
        return not self.whole and continues_sentence(last) and not (len(self.pieces) == 1 and shapes.is_aside(last))

    def takes(self, block: Block) -> bool:
        """Whether the block goes on with this passage, as far as print and punctuation tell."""
        if self.whole or block.opens is True or block.role in (Role.ROW, Role.DISPLAY):
            return False
        return block.opens is False or self.is_open or continues_sequence(self.words, block.words)

    def add(self, block: Block) -> list[Doubt]:
        """Join the block on; what was deleted or joined without plain evidence comes back as doubts."""
        if block.size > 0:  # print is exact: nothing is repeated at its page ends
            self.pieces.append(wrap([self.pieces[-1], block.text]).slice(len(self.pieces[-1])))
            return []
        doubts: list[Doubt] = []
        if not self.is_open:
            doubts.append(doubt("join-after-full-stop", block.words[:2], page=block.page, line=block.line))
        text, doubled = seam(self.pieces, block.text)
        if doubled:
            doubts.append(doubt("duplicate-removed", doubled, page=block.page, line=block.line))
        self.pieces.append(text)
        return doubts

    def finish(self) -> Passage:
        """The passage in print form."""
        text = printform.running(join(self.pieces))
        if self.marker is None:
            head = printform.running_string(self.words[: self.run_in]).rstrip("。")
            return passage(self.kind, text, head=head)
        head = text.text if self.whole else head_of(text.text)
        return Passage(
            self.kind,
            text.text,
            text.places,
            number=self.marker.number,
            marker=self.marker.printed,
            head=head,
            parts=parts_of(text.text, head),
        )


def passage(kind: PassageKind, text: Traced, *, head: str = "", number: int | None = None) -> Passage:
    """A passage of traced text."""
    return Passage(kind, text.text, text.places, number=number, head=head)
