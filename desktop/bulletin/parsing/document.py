"""Any document that is no issue: a 公文 or plan by its numerals, a PDF by its bookmarks, anything else a part a page.

Every outline is also flattened into sections and items, so that the library can hold, search and mark it like an issue.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from desktop.bulletin.folding import fold
from desktop.bulletin.model import Document, Doubt, Item, PassageKind, Section
from desktop.bulletin.numerals import date_in
from desktop.bulletin.pages import Bookmark, Pages
from desktop.bulletin.parsing import printform, shapes
from desktop.bulletin.parsing.blocks import Block, Layout
from desktop.bulletin.parsing.distribution import foot_start
from desktop.bulletin.parsing.doubts import doubt
from desktop.bulletin.parsing.front import Front, doc_number, front_passages, read_front
from desktop.bulletin.parsing.growing import Growing, passage
from desktop.bulletin.parsing.nodes import NodeDraft, sections_of, tables_of
from desktop.bulletin.parsing.numbering import Heading, headings
from desktop.bulletin.traced import Traced

_FRONT = 15


def is_official(blocks: Sequence[Block]) -> bool:
    """Whether the document carries a 〔年〕号 at its head."""
    return any(doc_number(block.words) for block in blocks[:_FRONT])


def parse_document(layout: Layout, pages: Pages, name: str) -> Document:
    """The outline of the blocks; `name` is the title of last resort."""
    contents = _read_pages(layout.blocks)
    blocks = [block for at, block in enumerate(layout.blocks) if at not in contents.lines]
    foot = foot_start(blocks, 0)
    body = blocks[: _disclosure(blocks, foot)]
    found = headings(body)
    official = is_official(blocks)
    if pages.bookmarks and not official:
        built = _by_bookmarks(body, pages.bookmarks)
    elif official or sum(1 for heading in found if heading.rank == found[0].rank) > 1:
        built = _by_numerals(body, found, contents, layout.printed)
    else:
        built = _by_pages(body, layout.printed, short=not layout.printed and len(pages.pages) < 2)
    return _assembled(built, blocks[len(body) :], name, official=official)


@dataclass
class _Built:
    """The front, and the top nodes of the outline."""

    front: Front
    tops: list[NodeDraft]
    doubts: list[Doubt] = field(default_factory=list)


@dataclass
class _Contents:
    """The 目录: which blocks are its lines, and the page printed for each heading."""

    lines: set[int] = field(default_factory=set)
    pages: list[tuple[str, int]] = field(default_factory=list)

    def page(self, words: str) -> int | None:
        """The page of the next entry that reads so; entries are used up in order."""
        for at, (entry, page) in enumerate(self.pages):
            if entry == words:
                del self.pages[: at + 1]
                return page
        return None


def _read_pages(blocks: Sequence[Block]) -> _Contents:
    contents = _Contents()
    heading = next((at for at, block in enumerate(blocks[:60]) if shapes.is_contents_head(block.words)), None)
    if heading is None:
        return contents
    contents.lines.add(heading)
    for at in range(heading + 1, len(blocks)):
        found = shapes.leader(blocks[at].words)
        if found is None:
            break
        contents.lines.add(at)
        contents.pages.append((fold(blocks[at].words[: found[0]]), found[1]))
    return contents


def _disclosure(blocks: Sequence[Block], foot: int) -> int:
    """The foot begins with the line on publication (信息公开选项) where there is one."""
    for at in range(max(0, foot - 3), foot):
        if blocks[at].words.startswith(("信息公开选项", "公开方式", "（此件")):
            return at
    return foot


def _by_numerals(body: Sequence[Block], found: Sequence[Heading], contents: _Contents, printed: dict[int, int]) -> _Built:
    first = found[0].at if found else len(body)
    built = _Built(read_front(body[:first]), [])
    ranks = sorted({heading.rank for heading in found})
    by_block = {heading.at: heading for heading in found}
    path: list[NodeDraft] = []
    for at in range(first, len(body)):
        heading = by_block.get(at)
        if heading is None:
            built.doubts.extend(path[-1].add(body[at]))
            continue
        node = _heading_node(body[at], heading, ranks.index(heading.rank) + 1, contents, printed)
        path = [parent for parent in path if parent.level < node.level]
        (path[-1].children if path else built.tops).append(node)
        path.append(node)
        if heading.gap:
            built.doubts.append(doubt("heading-number-gap", heading.numeral, page=body[at].page, line=body[at].line))
    return built


def _heading_node(block: Block, heading: Heading, level: int, contents: _Contents, printed: dict[int, int]) -> NodeDraft:
    title = printform.title(block.text.slice(heading.start, heading.end))
    page = contents.page(fold(block.words[: heading.end]))
    if page is None:
        page = printed.get(block.page)
    node = NodeDraft(level, heading.numeral, title, page, heading.run_in)
    rest = block.text.slice(heading.end + block.words.startswith("。", heading.end)).strip()
    if rest:
        node.passages.append(Growing(PassageKind.PARAGRAPH, [rest]))
    return node


def _by_bookmarks(body: Sequence[Block], bookmarks: Sequence[Bookmark]) -> _Built:
    starts = _bookmark_starts(body, bookmarks)
    built = _Built(read_front(body[: starts[0][0]]), [])
    path: list[NodeDraft] = []
    for at, (start, mark) in enumerate(starts):
        end = starts[at + 1][0] if at + 1 < len(starts) else len(body)
        found = start < end and fold(body[start].words) == fold(mark.title)
        node = NodeDraft(mark.level, "", body[start].text if found else Traced(mark.title), mark.page)
        for block in body[start + found : end]:
            built.doubts.extend(node.add(block))
        path = [parent for parent in path if parent.level < node.level]
        (path[-1].children if path else built.tops).append(node)
        path.append(node)
    return built


def _bookmark_starts(body: Sequence[Block], bookmarks: Sequence[Bookmark]) -> list[tuple[int, Bookmark]]:
    """Where each bookmark's text begins: at the line that reads so on its page, else at the page's first block."""
    starts: list[tuple[int, Bookmark]] = []
    at = 0
    for mark in bookmarks:
        while at < len(body) and body[at].page < mark.page:
            at += 1
        name = fold(mark.title)
        same = (n for n in range(at, len(body)) if body[n].page == mark.page and fold(body[n].words) == name)
        at = next(same, at)
        starts.append((at, mark))
    return starts


def _by_pages(body: Sequence[Block], printed: dict[int, int], *, short: bool) -> _Built:
    built = _Built(Front(), [])
    for block in body:
        number = 1 if short else block.page
        if not built.tops or built.tops[-1].page != number:
            title = "全文" if short else f"第 {printed.get(number, number)} 页"
            built.tops.append(NodeDraft(1, "", Traced(title), number))
        built.doubts.extend(built.tops[-1].add(block))
    return built


def _assembled(built: _Built, foot: Sequence[Block], name: str, *, official: bool) -> Document:
    front = built.front
    title = printform.title(front.title).text or name
    shown = [piece for piece in front.pieces if piece.paragraphs or piece is front.pieces[-1]]
    items = tuple(Item(front_passages(piece), depth=0) for piece in shown)
    sections = [Section(title, items)] if items else []
    sections += sections_of(built.tops)
    if foot:
        passages = [passage(PassageKind.PARAGRAPH, printform.running(block.text)) for block in foot]
        sections.append(Section("版记", (Item((passage(PassageKind.TITLE, Traced("版记")), *passages)),)))
    date = front.date or _foot_date(foot)
    drafts = [draft for top in built.tops for draft in top.walk()]
    return Document(
        title,
        front.number,
        front.issuer,
        date if official or front.date else "",
        tuple(top.node() for top in built.tops),
        tuple(sections),
        tuple(box.passage() for draft in drafts for box in draft.boxes),
        tables_of(built.tops),
        None,
        tuple(built.doubts),
    )


def _foot_date(foot: Sequence[Block]) -> str:
    return next((found[0] for block in foot if (found := date_in(block.words))), "")
