"""An outline under construction: nodes with their paragraphs, boxes and tables, and the finished tree and flat items."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from desktop.bulletin.model import Doubt, Item, Node, Passage, PassageKind, Section, Table
from desktop.bulletin.parsing import printform, shapes
from desktop.bulletin.parsing.blocks import Block, Role
from desktop.bulletin.parsing.growing import Growing, passage
from desktop.bulletin.parsing.tables import TableDraft, add_row, is_caption
from desktop.bulletin.traced import Traced, join

_BOX = re.compile(r"^专栏\s*(\d{1,2}|[一二三四五六七八九十]{1,2})[\s:：、]*")
_LONGEST_CAPTION = 45


@dataclass
class BoxDraft:
    """A box (专栏): its printed label, title and paragraphs."""

    label: str
    title: Traced
    paragraphs: list[Growing | TableDraft] = field(default_factory=list)

    def passage(self) -> Passage:
        """The box as one passage; paragraphs one under the other."""
        texts = [printform.running(join(one.pieces)) for one in self.paragraphs if isinstance(one, Growing)]
        number = int(digits) if (digits := "".join(re.findall(r"\d", self.label))) else None
        return passage(PassageKind.BOX, join(texts, "\n") if texts else Traced(""), head=self.title.text, number=number)


@dataclass
class NodeDraft:
    """One heading being read; `level` 0 holds what stands before the first one."""

    level: int
    numeral: str
    title: Traced
    page: int | None
    run_in: bool = False
    passages: list[Growing | TableDraft] = field(default_factory=list)
    children: list[NodeDraft] = field(default_factory=list)
    boxes: list[BoxDraft] = field(default_factory=list)
    in_box: bool = False

    def add(self, block: Block) -> list[Doubt]:
        """Place a block that is no heading."""
        if block.role is Role.ROW:
            self.in_box = False
            add_row(self.passages, block)
            return []
        box = _BOX.match(block.words)
        if box and len(block.words) <= _LONGEST_CAPTION:
            label = "".join(block.words[: box.end()].split())
            self.boxes.append(BoxDraft(label, printform.title(block.text.slice(box.end()))))
            self.in_box = True
            return []
        self.in_box = self.in_box and not is_caption(block.words)
        paragraphs = self.boxes[-1].paragraphs if self.in_box else self.passages
        last = paragraphs[-1] if paragraphs else None
        if isinstance(last, Growing) and last.takes(block) and not _counts_on(last.words, block):
            return last.add(block)
        paragraphs.append(Growing(PassageKind.PARAGRAPH, [block.text], run_in=block.run_in))
        return []

    def walk(self) -> Iterator[NodeDraft]:
        """The node and all below it, in order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def finished_passages(self) -> tuple[Passage, ...]:
        """The node's own passages."""
        return tuple(growing.finish() for growing in self.passages)

    def node(self) -> Node:
        """The finished node."""
        children = tuple(child.node() for child in self.children)
        boxes = tuple(box.passage() for box in self.boxes)
        passages = self.finished_passages() + boxes
        return Node(self.level, self.numeral, self.title.text, self.page, passages, self.run_in, children)

    def items(self) -> Iterator[Item]:
        """The node and its boxes as items of the library, then those below."""
        title = passage(PassageKind.TITLE, self.title)
        yield Item((title, *self.finished_passages()), self.page, depth=self.level, numeral=self.numeral)
        for box in self.boxes:
            head = passage(PassageKind.TITLE, box.title)
            yield Item((head, box.passage()), self.page, depth=self.level + 1, numeral=box.label)
        for child in self.children:
            yield from child.items()


def _counts_on(above: str, block: Block) -> bool:
    """Whether the block is the next entry of a list, whose entries end in ；."""
    mark, before = shapes.marker(block.words), shapes.marker(above)
    if mark is None or block.opens is False or not above.endswith(("；", ";", "：", ":")):
        return False
    return mark.number == 1 or bool(before and before.style == mark.style and mark.number == before.number + 1)


def sections_of(nodes: Sequence[NodeDraft]) -> list[Section]:
    """One section a top node."""
    return [Section(node.title.text, tuple(node.items()), node.page) for node in nodes]


def tables_of(drafts: Sequence[NodeDraft]) -> tuple[Table, ...]:
    """All tables, in order."""
    passages = [one for top in drafts for draft in top.walk() for one in draft.passages]
    return tuple(one.table() for one in passages if isinstance(one, TableDraft))
