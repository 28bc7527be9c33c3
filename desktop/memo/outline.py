"""The memo as blocks in printing order: the one description that every writer sets and the self-check compares with.

A writer decides only how a kind of block looks in its format; what stands where, the numbering and the counts are decided here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from desktop.memo.model import Excerpt, Memo, Note
from desktop.memo.wording import chinese_date, issue_number, lead_in, numeral, source_line, title_lines

TABLE_TITLE = "摘编目录"
TABLE_HEAD = ("期号", "日期", "栏目", "地区", "标题", "领域")
WHOLE_POINTS_MARK = "（节选）"
CUT_MARK = "……（节选）"
COMMENT_LABEL = "【按语】"


class BlockKind(StrEnum):
    """What a block is; each writer has one look for each."""

    MARK = "mark"  # 密级 or 内部资料　注意保存
    TITLE = "title"
    PERIOD = "period"
    BLANK = "blank"
    ADDRESSEE = "addressee"
    LEAD_IN = "lead-in"
    GROUP = "group"
    HEADING = "heading"
    COMMENT = "comment"
    EXCERPT = "excerpt"
    NOTE = "note"  # a source footnote whose call is not known
    SOURCE = "source"
    ATTACHMENTS = "attachments"  # 附件说明
    UNIT = "unit"
    DATE = "date"
    ANNEX = "annex"  # the word 附件 on its page
    ANNEX_TITLE = "annex-title"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text and, when not empty, the footnote called right behind it."""

    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph (or the table).

    `excerpt` is the index of the excerpt it belongs to, `tail` the author's mark behind a quotation, `lines` the title in lines,
    `rows` the table's cells with the head row first; `keep`: not parted from the next block.
    """

    kind: BlockKind
    runs: tuple[Run, ...] = ()
    tail: str = ""
    excerpt: int | None = None
    lines: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    keep: bool = False

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
    words = "".join(char for char in text if not _is_unprintable(char)).split()
    pieces = words[:1]
    for word in words[1:]:
        pieces += [_blank_between(pieces[-1][-1:], word[:1]), word]
    return "".join(pieces)


_SIGN = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]+|[①-⑳]")


def quoted_runs(paragraph: str, notes: tuple[Note, ...]) -> tuple[Run, ...]:
    """A paragraph of an excerpt with its footnotes: the printed sign (¹) gives way to the call."""
    runs: list[Run] = []
    at = 0
    for note in sorted(notes, key=lambda note: note.offset):
        runs.append(Run(printed(paragraph[at : note.offset]), printed(note.text)))
        sign = _SIGN.match(paragraph, note.offset)
        at = sign.end() if sign else note.offset
    runs.append(Run(printed(paragraph[at:])))
    return tuple(run for run in runs if run.text or run.note)


def _plain(kind: BlockKind, text: str, *, excerpt: int | None = None, keep: bool = False) -> Block:
    return Block(kind, (Run(printed(text)),), excerpt=excerpt, keep=keep)


def comment_paragraphs(comment: str) -> tuple[str, ...]:
    """The author's own text in paragraphs; the first carries a label, so that nobody takes it for a quotation."""
    paragraphs = [line for line in map(printed, comment.splitlines()) if line]
    if paragraphs and not paragraphs[0].startswith("【"):
        paragraphs[0] = COMMENT_LABEL + paragraphs[0]
    return tuple(paragraphs)


def heading(number: int, excerpt: Excerpt) -> str:
    """`（二）标题`, with （节选） when whole points were left out."""
    mark = WHOLE_POINTS_MARK if excerpt.partial and not excerpt.cut else ""
    return f"（{numeral(number)}）{printed(excerpt.title)}{mark}"


def _excerpt_blocks(index: int, number: int, excerpt: Excerpt) -> Iterator[Block]:
    yield Block(BlockKind.HEADING, (Run(heading(number, excerpt)),), excerpt=index, keep=True)
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


def _head(memo: Memo) -> Iterator[Block]:
    mark = memo.classification or memo.protective_mark
    if mark:
        yield Block(BlockKind.MARK, (Run(mark),))
        yield Block(BlockKind.BLANK)
    lines = title_lines(printed(memo.title).rstrip("。，；：、"))
    yield Block(BlockKind.TITLE, (Run("".join(lines)),), lines=lines)
    if memo.period:
        yield _plain(BlockKind.PERIOD, f"（{memo.period}）")
    yield Block(BlockKind.BLANK)
    if printed(memo.addressee):
        yield _plain(BlockKind.ADDRESSEE, memo.addressee.rstrip("：:") + "：")
    yield _plain(BlockKind.LEAD_IN, lead_in(memo))


def _body(memo: Memo) -> Iterator[Block]:
    index = 0
    for number, group in enumerate(memo.groups, 1):
        yield _plain(BlockKind.GROUP, f"{numeral(number)}、{group.heading}", keep=True)
        for inner, excerpt in enumerate(group.excerpts, 1):
            yield from _excerpt_blocks(index, inner, excerpt)
            index += 1


def _closing(memo: Memo) -> Iterator[Block]:
    if memo.with_table:
        yield Block(BlockKind.BLANK, keep=True)
        yield Block(BlockKind.ATTACHMENTS, (Run(f"附件：{TABLE_TITLE}"),), keep=True)
    yield Block(BlockKind.BLANK, keep=True)
    if printed(memo.unit):
        yield _plain(BlockKind.UNIT, memo.unit, keep=True)
    yield _plain(BlockKind.DATE, chinese_date(memo.date))


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


def blocks(memo: Memo) -> tuple[Block, ...]:
    """Everything that is printed, in order; the text's last paragraph is kept with the closing, so that no date stands alone."""
    body = [*_head(memo), *_body(memo)]
    last = body[-1]
    body[-1] = Block(last.kind, last.runs, last.tail, last.excerpt, keep=True)
    return (*body, *_closing(memo), *(_annex(memo) if memo.with_table else ()))
