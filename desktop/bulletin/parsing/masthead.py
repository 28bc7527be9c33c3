"""The head of an issue: title, number, issuers, date, classification."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from desktop.bulletin.model import Masthead
from desktop.bulletin.numerals import DATE, date_in, issue_number, level_width
from desktop.bulletin.parsing import printform, shapes
from desktop.bulletin.parsing.blocks import Block

_CHINESE = "〇○零一二三四五六七八九十百"
_YEAR = r"(?:[(（〔\[]?\s*\d{4}\s*[)）〕\]]?\s*年?\s*[·.,，]?\s*)?"
_COUNT = rf"[\d{_CHINESE}][\d{_CHINESE}\s\-—–~～、/和至]*"
_NUMBER = re.compile(
    rf"[(（〔\[]?{_YEAR}(?:总\s*)?第\s*{_COUNT}[期号]"
    rf"(?:\s*(?:增刊|特刊|专刊|[(（]\s*总\s*第?\s*{_COUNT}期\s*[)）]|总第?\s*{_COUNT}期|[(（][半双]?[月季周旬年]刊[)）]))?[)）〕\]]?"
    rf"|(?<![a-zA-Z])[Nn][Oo]\s*[.．:：]?\s*\d{{1,4}}(?!\d)"
    rf"|[(（]?{_YEAR}(?:增刊|特刊|专刊|号外)(?:\s*第?\s*[(（]?[\d{_CHINESE}]+[)）]?\s*期?)?[)）]?"
)
_CLASSIFIED = re.compile(r"^(?:绝密|机密|秘密|工作秘密|内部(?:资料|刊物|参阅|文件|使用|材料|发行)|注意保存|不得外传)")
_ISSUER_LABEL = re.compile(
    r"^(?:(?:编发|主办|承办|协办|主管|编印|编辑|印发)(?:单位|机关|部门)?)\s*[:：]\s*|\s*(?:主办|编印|编发|编)?\s*(?:出版|印发|印制)$|\s*(?:主办|编印|编发|编)$"
)
_NO_ISSUER = re.compile(
    r"^(?:签发|审核|审签|责任编辑|责编|编审|校对|电话|传真|地址|邮编|邮箱|网址|主编|总编|期数|(?:出版|印发|编印|发布|出刊)?(?:日期|时间))\s*[:：]"
)
_APART = re.compile(r"\t+|[\s\u3000]{2,}")
_LONGEST = 45
_LONGEST_BESIDE = 30


def is_number_line(text: str) -> bool:
    """Whether the line carries an issue's number and, at most, its date, an issuer or a classification beside it."""
    bare = level_width(text.strip())
    match = _NUMBER.search(bare)
    if not match or len(bare) > _LONGEST or shapes.ends_like_prose(bare):
        return False
    before, after = bare[: match.start()], bare[match.end() :]
    apart = (not before or before[-1] in " \t(") and (not after or after[0] in " \t)")
    return apart and len(DATE.sub("", before + after).strip()) <= _LONGEST_BESIDE


def number_at(blocks: Sequence[Block], within: int = 15) -> int | None:
    """The index of the number line among the first blocks; None when the document has no such masthead."""
    for at, block in enumerate(blocks[:within]):
        if is_number_line(block.words):
            return at
        if len(block.words) > 2 * _LONGEST and block.words.endswith("。"):
            return None
    return None


def head_lines(lines: Sequence[str], within: int = 12) -> set[int]:
    """Which of the lines at the head of a document are lines of an issue's masthead, each for itself; empty for other papers."""
    end = next((at for at, text in enumerate(lines[:40]) if shapes.is_contents_head(text) or shapes.section_name(text)), within)
    head = range(min(end, len(lines)))
    if not any(is_number_line(lines[at]) for at in head):
        return set()
    return {at for at in head if is_number_line(lines[at]) or _is_head_line(lines[at])}


def masthead_end(blocks: Sequence[Block], number: int) -> int:
    """The index after the masthead of an issue without contents: dates and issuers below the number belong to it."""
    at = number + 1
    while at < len(blocks) and (_is_head_line(blocks[at].words)):
        at += 1
    return at


def _is_head_line(text: str) -> bool:
    if shapes.section_name(text) or shapes.ends_like_prose(text) or len(text) > _LONGEST:
        return False
    bare = "".join(text.split())
    dated = DATE.search(level_width(text)) and not re.search("[，。]", text)
    return bool(dated or _CLASSIFIED.match(bare) or _ISSUER_LABEL.search(bare) or _is_body_name(bare))


def _is_body_name(bare: str) -> bool:
    return (
        bool(re.search(r"(?:办公室|办公厅|[厅局委院所]|[员学协合究进商事大]会|中心|研究室|编辑部|领导小组)$", bare))
        and len(bare) <= 30
    )


def read_masthead(blocks: Sequence[Block], name: str) -> Masthead:
    """The masthead printed in `blocks`; `name` is the title of last resort."""
    parts = [part.strip() for block in blocks for part in _parts(block) if part.strip()]
    number: int | str | None = None
    date: tuple[str, str] = ("", "")
    classified: list[str] = []
    rest: list[str] = []
    for part in parts:
        if number is None and is_number_line(part):
            number = issue_number(part)
            part = _NUMBER.sub("\t", level_width(part), count=1).strip()
        if not date[0] and (found := date_in(part)):
            date = found
            part = DATE.sub("", level_width(part), count=1).strip()
        if _CLASSIFIED.match("".join(part.split())):
            classified.append(printform.title_string(part))
        elif part and not is_number_line(part) and not _NO_ISSUER.match(part):
            rest.append(part)
    title = _title(blocks, rest) if rest else name
    return Masthead(title, number, date[0], date[1], tuple(_issuers(rest, title)), " ".join(classified) or None)


def _parts(block: Block) -> Iterable[str]:
    """A line may hold issuer and date side by side; letters set apart (要 参) are not parts."""
    pieces = [piece for piece in _APART.split(block.words) if piece]
    return [block.words] if any(len(piece) < 2 for piece in pieces) else pieces


def _title(blocks: Sequence[Block], rest: Sequence[str]) -> str:
    """The largest line, or the first one where sizes are unknown."""
    largest = max(blocks, key=lambda block: block.size)
    chosen = largest.words if largest.size > 0 and largest.words in rest else rest[0]
    return printform.title_string(chosen).strip("《》")


def _issuers(rest: Sequence[str], title: str) -> Iterable[str]:
    for part in rest:
        if printform.title_string(part).strip("《》") == title:
            continue
        words = _ISSUER_LABEL.sub("", part).split()
        apart = len(words) > 1 and all(_is_body_name(word) for word in words)
        yield from words if apart else filter(None, [printform.title_string("".join(words))])
