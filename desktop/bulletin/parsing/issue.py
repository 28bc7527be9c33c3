"""An issue put together: masthead, contents, sections with their items, foot.

Blocks are taken one by one; the order of the questions below is the order in which the evidence is strong.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, takewhile

from desktop.bulletin.folding import fold
from desktop.bulletin.model import Doubt, Issue, Item, Section
from desktop.bulletin.parsing import printform, shapes
from desktop.bulletin.parsing.blocks import Block, Role
from desktop.bulletin.parsing.contents import Contents, body_start, mended, read_contents
from desktop.bulletin.parsing.distribution import foot_start, read_foot
from desktop.bulletin.parsing.doubts import doubt
from desktop.bulletin.parsing.drafts import ItemDraft, heading_styles
from desktop.bulletin.parsing.masthead import masthead_end, number_at, read_masthead
from desktop.bulletin.parsing.titles import Listed, TitleList, looks_like_title

_EDITORIAL = "编者按"
_CIRCLED = frozenset("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")


def parse_issue(blocks: Sequence[Block], printed: dict[int, int], name: str) -> Issue:
    """The issue printed in `blocks`. `printed` maps physical to printed page numbers, `name` is the title of last resort."""
    heading = next((at for at, block in enumerate(blocks[:40]) if shapes.is_contents_head(block.words)), None)
    head_end = heading if heading is not None else masthead_end(blocks, number_at(blocks) or 0)
    body_at = body_start(blocks, heading + 1) if heading is not None else head_end
    foot_at = foot_start(blocks, body_at)
    body = blocks[body_at:foot_at]
    contents = _contents(blocks[heading + 1 : body_at], body) if heading is not None else Contents()
    masthead = read_masthead(blocks[:head_end], name)
    reader = _BodyReader(contents, printed, masthead.title)
    notes = [block for block in blocks[foot_at:] if shapes.note_mark(block.words)]
    foot = read_foot([block for block in blocks[foot_at:] if not shapes.note_mark(block.words)])
    sections = reader.read([*body, *notes])
    doubts = [doubt("contents-missing")] if heading is None else []
    doubts += [doubt("issue-number-missing")] if masthead.number is None else []
    doubts += [doubt("issue-date-missing")] if not masthead.date else []
    doubts += reader.doubts
    doubts += [doubt("unplaced-text", block.words[:30], page=block.page, line=block.line) for block in foot.unplaced]
    return Issue(
        masthead, tuple(contents.entries), sections, foot.distribution, foot.printed_by, foot.printed_date, tuple(doubts)
    )


def _contents(listed: Sequence[Block], body: Sequence[Block]) -> Contents:
    """The contents, read with the section names that the body shows: in brackets, or as one listed line right above another."""
    heads = {fold(found) for block in body if (found := shapes.section_name(block.words))}
    words = [fold(block.words) for block in body]
    lines = frozenset(words)
    contents = read_contents(listed, heads, lines)
    titles = {fold(title) for title, _ in contents.titles()}
    above = {one for one, other in pairwise(words) if one in titles and other in titles and one != other}
    return mended(read_contents(listed, heads | above, lines) if above else contents, body)


class _BodyReader:
    """Reads the body block by block into sections and item drafts."""

    def __init__(self, contents: Contents, printed: dict[int, int], issue_title: str) -> None:
        self.doubts: list[Doubt] = []
        self._contents = contents
        self._printed = printed
        self._issue_title = issue_title
        self._titles = TitleList(contents.titles())
        self._names = {fold(entry.section): entry.section for entry in contents.entries if entry.section}
        self._sections: list[tuple[str, list[ItemDraft]]] = []
        self._item: ItemDraft | None = None
        self._headed: frozenset[str] = frozenset()

    def read(self, blocks: Sequence[Block]) -> tuple[Section, ...]:
        """The sections of the body."""
        self._headed = heading_styles(blocks)
        at = 0
        while at < len(blocks):
            at += self._take(blocks, at)
        self._bind_notes()
        for listed in self._titles.remaining:
            page, line = self._contents.place(listed.folded)
            self.doubts.append(doubt("contents-entry-not-found", listed.title, page=page, line=line))
        return tuple(self._section(name, drafts) for name, drafts in self._sections)

    def _take(self, blocks: Sequence[Block], at: int) -> int:
        """Place the block (or blocks) at `at`; the number of blocks used."""
        block = blocks[at]
        if self._is_note(block):
            (self._last_item() or self._current(block)).add_note(block)
            return 1
        if name := self._section_name(block):
            self._open_section(name, block)
            return 1
        if found := self._titles.match(blocks, at):
            self._titles.take(found.listed)
            self._open_item(blocks[at : at + found.blocks], found.listed, found.numeral)
            return found.blocks
        if self._repeats_title(block):
            return 1
        if self._item is not None and self._item.takes(block):
            self.doubts.extend(self._item.go_on(block))
            return 1
        if used := self._guessed_title(blocks, at):
            return used
        self.doubts.extend(self._current(block).start(block))
        return 1

    def _last_item(self) -> ItemDraft | None:
        """The open item, or the one before a section head that has no item yet."""
        return self._item or next((drafts[-1] for _, drafts in reversed(self._sections) if drafts), None)

    def _is_note(self, block: Block) -> bool:
        if block.role is Role.NOTE:
            return True
        mark = shapes.note_mark(block.words)
        if mark is None or self._last_item() is None:
            return False
        if any(draft.refers_to(mark[0]) for _, drafts in self._sections for draft in drafts):
            return True
        after = block.words[len(mark[0]) :][:1]
        isotope = after.isascii() and after.isalpha()  # ⁸⁷Rb at a page turn
        return mark[0][0] not in _CIRCLED and block.opens is not False and not isotope

    def _section_name(self, block: Block) -> str:
        name = shapes.section_name(block.words)
        if name:
            return printform.title_string(name)
        if len(block.words) > 20 or block.opens is False:
            return ""
        words = block.words[shapes.bullet(block.words) :]
        return self._names.get(fold(words)) or self._names.get(fold(shapes.bare(words)), "")

    def _open_section(self, name: str, block: Block) -> None:
        self._sections.append((name, []))
        self._item = None
        if self._names and fold(name) not in self._names:
            self.doubts.append(doubt("section-not-in-contents", name, page=block.page, line=block.line))

    def _open_item(self, blocks: Sequence[Block], listed: Listed | None = None, numeral: int = 0) -> None:
        if not self._sections:
            self._sections.append((listed.section if listed else "", []))
        page = self._printed.get(blocks[0].page)
        if page is None and listed is not None:
            page = self._contents.pages.get(listed.folded)
        lines = [block.text for block in blocks]
        number, lines[0] = lines[0].slice(0, numeral).strip().text, lines[0].slice(numeral)
        self._item = ItemDraft(lines, page, listed.title if listed else None, number, headed=self._headed)
        self._sections[-1][1].append(self._item)

    def _repeats_title(self, block: Block) -> bool:
        """A title that stands again right below itself is one title."""
        if (
            self._item is None
            or self._item.passages
            or fold(block.words) != fold("".join(line.text for line in self._item.title))
        ):
            return False
        self.doubts.append(doubt("duplicate-removed", printform.title_string(block.words), page=block.page, line=block.line))
        return True

    def _guessed_title(self, blocks: Sequence[Block], at: int) -> int:
        """Open an item where a block can only be its title; the number of blocks the title takes, 0 where it is none."""
        if self._item is not None and not self._item.may_end():
            return 0
        block = blocks[at]
        if found := self._titles.nearly(blocks, at):
            title = blocks[at : at + found.blocks]
            self._titles.take(found.listed)
            self._open_item(title, found.listed)
            words = printform.title_string("".join(one.words for one in title))
            self.doubts.append(doubt("title-differs-from-contents", words, found.listed.title, page=block.page, line=block.line))
            return found.blocks
        if not looks_like_title(blocks, at, listed=self._titles.listed):
            return 0
        lines = 1 + _centred_below(blocks, at)
        self._open_item(blocks[at : at + lines])
        if self._titles.listed:
            words = printform.title_string("".join(one.words for one in blocks[at : at + lines]))
            self.doubts.append(doubt("title-not-in-contents", words, page=block.page, line=block.line))
        return lines

    def _current(self, block: Block) -> ItemDraft:
        """The open item; text before any title goes under one named after its section."""
        if self._item is None:
            if not self._sections:
                self._sections.append(("", []))
            name = _EDITORIAL if shapes.editorial(block.words) else self._sections[-1][0] or self._issue_title
            if name != _EDITORIAL:
                self.doubts.append(doubt("text-without-title", name, page=block.page, line=block.line))
            self._item = ItemDraft.untitled(name, self._printed.get(block.page))
            self._sections[-1][1].append(self._item)
        return self._item

    def _bind_notes(self) -> None:
        """A note whose mark its own item does not hold belongs to the nearest item before that does."""
        drafts = [draft for _, drafts in self._sections for draft in drafts]
        for at, draft in enumerate(drafts):
            for note in draft.strangers():
                owner = next((before for before in reversed(drafts[:at]) if before.refers_to(note.mark)), None)
                if owner is not None:
                    draft.notes.remove(note)
                    owner.notes.append(note)

    def _section(self, name: str, drafts: Sequence[ItemDraft]) -> Section:
        page = next((entry.page for entry in self._contents.entries if fold(entry.section) == fold(name)), None)
        items: list[Item] = []
        for at, draft in enumerate(drafts):
            if at == 0 and draft.page is None:
                draft.page = page
            item, doubts = draft.finish()
            items.append(item)
            self.doubts.extend(doubts)
        return Section(name, tuple(items), page)


def _centred_below(blocks: Sequence[Block], at: int) -> int:
    """How many lines below a centred one of a text file go on with it; in print the rows of a title come as one block."""
    if blocks[at].role is not Role.DISPLAY or blocks[at].size:
        return 0
    below = takewhile(lambda block: block.role is Role.DISPLAY and not shapes.section_name(block.words), blocks[at + 1 : at + 3])
    return len(list(below))
