"""The front of a 公文: letterhead, document number, notice, cover, title of what it brings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from desktop.bulletin.model import Passage, PassageKind
from desktop.bulletin.numerals import date_in
from desktop.bulletin.parsing import printform, shapes
from desktop.bulletin.parsing.blocks import Block, Role
from desktop.bulletin.parsing.growing import Growing, passage
from desktop.bulletin.parsing.tables import TableDraft, add_row
from desktop.bulletin.parsing.wrapping import wrap
from desktop.bulletin.traced import Traced

_DOC_NUMBER = re.compile(r"^(\D{1,20}?)\s*[〔\[［【（(]\s*((?:19|20)\d\d)\s*[〕\]］】）)]\s*第?\s*(\d{1,5})\s*号$")
_LETTERHEAD = re.compile(r"^(.{2,40}?)文件$")
_OFFICE = re.compile(r"(?:[厅局委院部会府处]|办公室|办公厅|委员会|领导小组|中心)$")
_TITLE_END = re.compile(r"的(?:通知|意见|决定|公告|通告|函|批复|报告|请示|通报|议案|命令)$")
_SUBTITLE = re.compile(r"^[（(].*[)）]$")
_LONGEST = 80
_LONGEST_SHORT = 40


def doc_number(text: str) -> str | None:
    """云科高〔2024〕7号 from a line that holds nothing else, brackets levelled to 〔〕."""
    match = _DOC_NUMBER.match("".join(text.split()))
    return f"{match[1]}〔{match[2]}〕{match[3]}号" if match else None


@dataclass
class Piece:
    """A title of the front with the paragraphs below it."""

    title: Traced
    subtitle: Traced = field(default_factory=lambda: Traced(""))
    paragraphs: list[Growing | TableDraft] = field(default_factory=list)


@dataclass
class Front:
    """What stands before the first heading."""

    number: str | None = None
    issuer: str = ""
    date: str = ""
    pieces: list[Piece] = field(default_factory=list)

    @property
    def title(self) -> Traced:
        """The title of what the document brings: the last one of the front."""
        return self.pieces[-1].title if self.pieces else Traced("")


def read_front(blocks: Sequence[Block]) -> Front:
    """The front printed in `blocks` (contents left out)."""
    front = Front()
    for block in blocks:
        words = printform.title_string(block.words)
        if front.number is None and (found := doc_number(block.words)):
            front.number = found
        elif not front.pieces and (letterhead := _LETTERHEAD.match(words)):
            front.issuer = front.issuer or letterhead[1]
        elif shapes.is_date(block.words):
            found_date = date_in(block.words)
            front.date = front.date or (found_date[0] if found_date else "")
        elif front.pieces and len(words) <= 30 and _OFFICE.search(words) and not shapes.ends_like_prose(words):
            front.issuer = front.issuer or words
        else:
            _place(front, block)
    return front


def _place(front: Front, block: Block) -> None:
    last = front.pieces[-1] if front.pieces else None
    open_paragraph = last.paragraphs[-1] if last and last.paragraphs else None
    if block.role is Role.ROW and last is not None:
        add_row(last.paragraphs, block)
    elif isinstance(open_paragraph, Growing) and open_paragraph.takes(block):
        open_paragraph.add(block)
    elif last is None or _is_title(block):
        front.pieces.append(Piece(block.text))
    elif not last.paragraphs and _goes_on(last, block):
        last.title = wrap([last.title, block.text])
    elif not last.paragraphs and not last.subtitle and _SUBTITLE.match(block.words):
        last.subtitle = printform.running(block.text)
    else:
        last.paragraphs.append(Growing(PassageKind.PARAGRAPH, [block.text], run_in=block.run_in))


def _is_title(block: Block) -> bool:
    """Short, no prose, no subtitle in brackets; or 关于…的通知, which may be long."""
    words = block.words
    if _TITLE_END.search(words) and len(words) <= _LONGEST:
        return not words.startswith("关于")
    if shapes.is_closed(words) or shapes.ends_like_prose(words) or _SUBTITLE.match(words):
        return False
    return block.opens is not False and len(words) <= _LONGEST_SHORT and not words.startswith("关于")


def _goes_on(last: Piece, block: Block) -> bool:
    """The second line of a title: 关于印发… below the office, or a 《 that is still open."""
    title = last.title.text
    return len(block.words) <= _LONGEST and (block.words.startswith("关于") or title.count("《") > title.count("》"))


def front_passages(piece: Piece) -> tuple[Passage, ...]:
    """A piece as the passages of an item."""
    title = passage(PassageKind.TITLE, printform.title(piece.title))
    subtitle = (passage(PassageKind.PARAGRAPH, piece.subtitle),) if piece.subtitle else ()
    return (title, *subtitle, *(one.finish() for one in piece.paragraphs))
