"""The memo as blocks in printing order: the one description that every writer sets and the self-check compares with.

A writer decides only how a kind of block looks in its format; what stands where, the numbering and the counts are decided here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from desktop.memo.layout import UNIT_CHARACTERS
from desktop.memo.model import Excerpt, Group, Memo, Note, OwnText, RedHead
from desktop.memo.wording import chinese_date, issue_number, lead_in, numeral, source_line, title_lines

TABLE_TITLE = "摘编目录"
TABLE_HEAD = ("期号", "日期", "栏目", "地区", "标题", "领域")
WHOLE_POINTS_MARK = "（节选）"
CUT_MARK = "……（节选）"
_HEAD_WIDTH = 440.0  # points: the name of a red head stays on one line of the type area
COMMENT_LABEL = "【按语】"


class BlockKind(StrEnum):
    """What a block is; each writer has one look for each."""

    SHEET_TITLE = "sheet-title"  # the sheet on top of a 呈阅件
    SHEET = "sheet"
    MARK = "mark"  # 密级 or 内部资料　注意保存
    HEAD_NAME = "head-name"  # 简报-style red head
    HEAD_NUMBER = "head-number"
    HEAD_LINE = "head-line"  # issuer, date, and the red line under them
    TITLE = "title"
    PERIOD = "period"
    BLANK = "blank"
    ADDRESSEE = "addressee"
    LEAD_IN = "lead-in"
    GROUP = "group"
    HEADING = "heading"
    LONE_HEADING = "lone-heading"  # of an excerpt where nothing is grouped: first level
    COMMENT = "comment"
    EXCERPT = "excerpt"
    NOTE = "note"  # a source footnote whose call is not known
    SOURCE = "source"
    CROSS = "cross"  # points to an excerpt that stands under another heading
    ATTACHMENTS = "attachments"  # 附件说明
    UNIT = "unit"
    DATE = "date"
    CONTACT = "contact"  # 附注
    ANNEX = "annex"  # the word 附件 on its page
    ANNEX_TITLE = "annex-title"
    TABLE = "table"
    IMPRINT = "imprint"  # 版记, at the foot of the last page


FIRST_LEVEL = (BlockKind.GROUP, BlockKind.LONE_HEADING)
HEADINGS = (*FIRST_LEVEL, BlockKind.HEADING)


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text and, when not empty, the footnote called right behind it."""

    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph (or a table).

    `excerpt` is the index of the excerpt it belongs to, `tail` the author's mark behind a quotation (of a head line: what stands
    at the right), `lines` the title in lines, `rows` the table's cells with the head row first, `size` the points of type that
    the memo itself sets; `heights` of the rows of a sheet in millimetres and `above` the lines over it on its page; `keep`: not
    parted from the next block; `new_page`: begins a page.
    """

    kind: BlockKind
    runs: tuple[Run, ...] = ()
    tail: str = ""
    excerpt: int | None = None
    lines: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    keep: bool = False
    new_page: bool = False
    size: float = 0.0
    heights: tuple[float, ...] = ()
    above: int = 0

    @property
    def text(self) -> str:
        """The text without footnotes and without the author's tail."""
        return "".join(run.text for run in self.runs)


def _is_unprintable(char: str) -> bool:
    return (unicodedata.category(char) in ("Cc", "Cs") and not char.isspace()) or char in "\ufffe\uffff"


def _blank_between(before: str, after: str) -> str:
    return " " if before and after and before.isascii() == after.isascii() else ""


def printed(text: str) -> str:
    """The text without what no file may hold: control characters, doubled blanks, blanks between Chinese and Latin.

    Texts of the library are in this form already; what a reader types or pastes may not be.
    """
    if text.isprintable() and " " not in text:
        return text  # as nearly all texts are
    words = "".join(char for char in text if not _is_unprintable(char)).split()
    pieces = words[:1]
    for word in words[1:]:
        pieces += [_blank_between(pieces[-1][-1:], word[:1]), word]
    return "".join(pieces)


def quoted(text: str) -> str:
    """Words of the source as they are printed: the cells of a table's row, which tabs part there, are parted by a blank."""
    return " ".join(filter(None, map(printed, text.split("\t"))))


_SIGN = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]+|[①-⑳]")


def quoted_runs(paragraph: str, notes: tuple[Note, ...]) -> tuple[Run, ...]:
    """A paragraph of an excerpt with its footnotes: the printed sign (¹) gives way to the call."""
    runs: list[Run] = []
    at = 0
    for note in sorted(notes, key=lambda note: note.offset):
        runs.append(Run(quoted(paragraph[at : note.offset]), printed(note.text)))
        sign = _SIGN.match(paragraph, note.offset)
        at = sign.end() if sign else note.offset
    runs.append(Run(quoted(paragraph[at:])))
    return tuple(run for run in runs if run.text or run.note)


def _plain(kind: BlockKind, text: str, *, excerpt: int | None = None, keep: bool = False) -> Block:
    return Block(kind, (Run(printed(text)),), excerpt=excerpt, keep=keep)


def comment_paragraphs(comment: str) -> tuple[str, ...]:
    """The author's own text in paragraphs; the first carries a label, so that nobody takes it for a quotation."""
    paragraphs = [line for line in map(printed, comment.splitlines()) if line]
    if paragraphs and not paragraphs[0].startswith("【"):
        paragraphs[0] = COMMENT_LABEL + paragraphs[0]
    return tuple(paragraphs)


def own_paragraphs(own: OwnText) -> tuple[str, ...]:
    """A text of the author's own in paragraphs, its label before the first."""
    paragraphs = [line for line in map(printed, own.text.splitlines()) if line]
    return (own.label + paragraphs[0], *paragraphs[1:]) if paragraphs else ()


def heading(number: int, excerpt: Excerpt) -> str:
    """`（二）标题`, with （节选） when whole points were left out."""
    return f"（{numeral(number)}）{_titled(excerpt)}"


def _titled(excerpt: Excerpt) -> str:
    return printed(excerpt.title) + (WHOLE_POINTS_MARK if excerpt.partial and not excerpt.cut else "")


def lone_heading(number: int, excerpt: Excerpt) -> str:
    """`二、标题` where nothing is grouped; `number` 0: the only excerpt, which needs none."""
    return (f"{numeral(number)}、" if number else "") + _titled(excerpt)


def _excerpt_heading(memo: Memo, number: int, excerpt: Excerpt) -> tuple[BlockKind, str]:
    if memo.grouped:
        return BlockKind.HEADING, heading(number, excerpt)
    return BlockKind.LONE_HEADING, lone_heading(number if len(memo.excerpts) > 1 else 0, excerpt)


def _excerpt_blocks(index: int, kind: BlockKind, title: str, excerpt: Excerpt) -> Iterator[Block]:
    yield Block(kind, (Run(title),), excerpt=index, keep=True)
    for paragraph in comment_paragraphs(excerpt.comment):
        yield Block(BlockKind.COMMENT, (Run(paragraph),), excerpt=index)
    last = len(excerpt.paragraphs) - 1
    for at, paragraph in enumerate(excerpt.paragraphs):
        notes = tuple(note for note in excerpt.notes if note.paragraph == at)
        tail = CUT_MARK if at == last and excerpt.cut else ""
        yield Block(BlockKind.EXCERPT, quoted_runs(paragraph, notes), tail, index)
    for note in excerpt.notes:
        if not 0 <= note.paragraph <= last:
            yield _plain(BlockKind.NOTE, "注：" + note.text, excerpt=index)
    yield _plain(BlockKind.SOURCE, source_line(excerpt.source), excerpt=index)


def _sheet(memo: Memo) -> Iterator[Block]:
    yield Block(BlockKind.SHEET_TITLE, (Run(memo.kind),), lines=(memo.kind,))
    yield Block(BlockKind.BLANK)
    rows = tuple((row.label, printed(row.text)) for row in memo.sheet)
    above = 4 if _marked(memo) else 2  # 密级 and a blank line, title and a blank line
    yield Block(BlockKind.SHEET, rows=rows, heights=tuple(row.height for row in memo.sheet), above=above)


def _red_head(head: RedHead) -> Iterator[Block]:
    name = printed(head.name)
    yield Block(BlockKind.HEAD_NAME, (Run(name),), size=min(head.size, _HEAD_WIDTH / max(len(name), 1)))
    if printed(head.number):
        yield _plain(BlockKind.HEAD_NUMBER, head.number)
    yield Block(BlockKind.HEAD_LINE, (Run(printed(head.issuer)),), tail=chinese_date(head.date))
    yield Block(BlockKind.BLANK)
    yield Block(BlockKind.BLANK)


def _marked(memo: Memo) -> str:
    return memo.classification or memo.protective_mark


def _mark(memo: Memo) -> Iterator[Block]:
    if _marked(memo):
        yield Block(BlockKind.MARK, (Run(_marked(memo)),))
        yield Block(BlockKind.BLANK)


def _head(memo: Memo) -> Iterator[Block]:
    if memo.red_head:
        yield from _red_head(memo.red_head)
    lines = title_lines(printed(memo.title).rstrip("。，；：、"))
    yield Block(BlockKind.TITLE, (Run("".join(lines)),), lines=lines)
    if memo.period:
        yield _plain(BlockKind.PERIOD, f"（{memo.period}）")
    yield Block(BlockKind.BLANK)
    if printed(memo.addressee):
        yield _plain(BlockKind.ADDRESSEE, memo.addressee.rstrip("：:") + "：")
    yield _plain(BlockKind.LEAD_IN, lead_in(memo))
    yield from _own(memo.preface)


def _own(texts: tuple[OwnText, ...]) -> Iterator[Block]:
    for own in texts:
        for paragraph in own_paragraphs(own):
            yield Block(BlockKind.COMMENT, (Run(paragraph),))


def _cross_references(memo: Memo, group: Group) -> Iterator[Block]:
    """Excerpts of the group's field that are printed under another field."""
    for number, other in enumerate(memo.groups, 1):
        for inner, excerpt in enumerate(other.excerpts, 1):
            if other is not group and group.heading in excerpt.fields:
                yield _plain(BlockKind.CROSS, f"（另见第{numeral(number)}部分（{numeral(inner)}）：{excerpt.title}）")


def _body(memo: Memo) -> Iterator[Block]:
    index = 0
    for number, group in enumerate(memo.groups, 1):
        if group.heading:
            yield _plain(BlockKind.GROUP, f"{numeral(number)}、{group.heading}", keep=True)
        for inner, excerpt in enumerate(group.excerpts, 1):
            yield from _excerpt_blocks(index, *_excerpt_heading(memo, inner, excerpt), excerpt)
            index += 1
        yield from _cross_references(memo, group)
    yield from _own(memo.postscript)


def _closing(memo: Memo) -> Iterator[Block]:
    if memo.with_table:
        yield Block(BlockKind.BLANK, keep=True)
        yield Block(BlockKind.ATTACHMENTS, (Run(f"附件：{TABLE_TITLE}"),), keep=memo.with_closing)
    if not memo.with_closing:
        return
    yield Block(BlockKind.BLANK, keep=True)
    if printed(memo.unit):
        lines = title_lines(printed(memo.unit), UNIT_CHARACTERS)
        yield Block(BlockKind.UNIT, (Run("".join(lines)),), lines=lines, keep=True)
    yield _plain(BlockKind.DATE, chinese_date(memo.date), keep=bool(printed(memo.contact)))
    if printed(memo.contact):
        yield _plain(BlockKind.CONTACT, f"（{memo.contact.strip('（）')}）")


def table_rows(memo: Memo) -> tuple[tuple[str, ...], ...]:
    """The source table, head row first: one row an excerpt, in printing order."""
    rows: list[tuple[str, ...]] = [TABLE_HEAD]
    for excerpt in memo.excerpts:
        source = excerpt.source
        issue = issue_number(source) or source.title
        cells = (issue, chinese_date(source.date), source.section, excerpt.region, excerpt.title, "、".join(excerpt.fields))
        rows.append(tuple(map(printed, cells)))
    return tuple(rows)


def _annex(memo: Memo) -> Iterator[Block]:
    yield Block(BlockKind.ANNEX, (Run("附件"),))
    yield Block(BlockKind.BLANK)
    yield Block(BlockKind.ANNEX_TITLE, (Run(TABLE_TITLE),), lines=(TABLE_TITLE,))
    yield Block(BlockKind.BLANK)
    yield Block(BlockKind.TABLE, rows=table_rows(memo))


def _imprint(memo: Memo) -> Iterator[Block]:
    if memo.imprint:
        rows = tuple((label, printed(names).rstrip("。") + "。") for label, names in memo.imprint.rows if printed(names))
        yield Block(BlockKind.IMPRINT, rows=(*rows, (printed(memo.imprint.left), printed(memo.imprint.right))))


def blocks(memo: Memo) -> tuple[Block, ...]:
    """Everything that is printed, in order; the text's last paragraph is kept with the closing, so that no date stands alone."""
    body = [*_head(memo), *_body(memo)]
    if memo.sheet:
        body[0] = replace(body[0], new_page=True)
    if memo.with_table or memo.with_closing:
        body[-1] = replace(body[-1], keep=True)
    top = tuple(_sheet(memo)) if memo.sheet else ()
    return (*_mark(memo), *top, *body, *_closing(memo), *(_annex(memo) if memo.with_table else ()), *_imprint(memo))
