"""What a single line looks like: section head, marker of a point, mark of a note, label of the distribution, end of a sentence.

Each function judges one string and nothing around it; whether the look is believed is decided where the context is known.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from desktop.bulletin.numerals import DATE, level_width, number

_SECTION = re.compile(r"^[【〖［\[]\s*([^【】〖〗［］\[\]]{1,24}?)\s*[】〗］\]]$")
_CJK_NUMBER = "[一二三四五六七八九十]{1,3}"
_MARKERS = (
    ("（1）", re.compile(r"^(?:[（(]\s*(?P<n>\d{1,2})\s*[)）]|(?P<s>[⑴-⒇]))\s*")),
    ("（一）", re.compile(rf"^(?:[（(]\s*(?P<n>{_CJK_NUMBER})\s*[)）]|(?P<s>[㈠-㈩]))\s*")),
    ("1.", re.compile(r"^(?:(?P<n>\d{1,2})\s*(?:[.．](?!\d)|、)|(?P<s>[⒈-⒛]))\s*")),
    ("1)", re.compile(r"^(?P<n>\d{1,2})(?P<s>)\s*[)）]\s*")),
    ("①", re.compile(r"^(?P<n>[①-⑳])(?P<s>)\s*")),
    ("一、", re.compile(rf"^(?P<n>{_CJK_NUMBER})(?P<s>)\s*、\s*")),
)
_NOTE = re.compile(
    r"^(?:注\s*(?=[^:：]{1,4}[:：]))?([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}|[①-⑳]|\[\d{1,2}\]|［\d{1,2}］|〔\d{1,2}〕)\s*(?:[:：]\s*)?"
)
_LABEL = re.compile(r"^(主送|呈送|呈报|报送|分送|发送|抄送|抄报|报|送|发)\s*[:：]\s*")
_TO_LABELS = frozenset({"主送", "呈送", "呈报", "报送", "报", "分送"})
_CONTENTS = re.compile(
    r"^[【〖［\[《]?(?:本期(?:要点|目录|要目|导读|内容|看点|提要|聚焦|导览)|目[录次]|要目|要点|内容(?:提要|导读|摘要)|导读|CONTENTS)[】〗］\]》]?[:：]?$",
    re.IGNORECASE,
)
_LEADERS = re.compile(r"[\s\t]*(?:(?:[·.…‥⋯．・•]\s?){2,}[·.…‥⋯．・•]?|[-—─_]{3,})[\s\t]*[(（]?(\d{1,3})[)）]?$")
_TABBED_PAGE = re.compile(r"\t+\s*(\d{1,3})$")
_LISTED_PAGE = re.compile(
    r"\s*[(（]\s*(?:第|[Pp]\.?)?\s*(\d{1,3})\s*页?\s*[)）]$|(?:\s{2,}|\u3000+|\s+[Pp]\.?\s*|\s*/\s*)(\d{1,3})$|\s*第\s*(\d{1,3})\s*页$"
)
_BULLET = re.compile(r"^(?:[•·∙※→⇒⊙■-◿☀-❵➔-➾⬀-⯿▀-▟\ue000-\uf8ff]\s*|[-–—*>]\s+)")
_END = re.compile(r"(?:[。！？：!?…]|[。！？][”’）》」】]+)$")
_HALF_END = re.compile(r"[，、；。！？：,;]$")
_EDITORIAL = re.compile(r"^[【（(〖［\[]?\s*(?:编者按|编者的话|编者注|编前语?|按语)\s*[】）)〗］\]]?\s*[:：]?\s*")
_ATTACHED = re.compile(r"^附\s*件?\s*(?:\d{1,2}|[一二三四五六七八九十]{1,2})?\s*(?:[:：]|$)")
_ASIDE = re.compile(r"^[（(【][^（()）【】]*[）)】]$")
_STOPS = tuple("，。、；：？！”’）》」】,;:!?)")
_LONGEST_DATE = 40
_PRINTED = re.compile(r"印\s*发?$|印制$")


@dataclass(frozen=True, slots=True)
class Marker:
    """The marker of a point or heading: its style (named by its first member), value, and length with following blanks."""

    style: str
    number: int
    length: int
    printed: str


def section_name(text: str) -> str | None:
    """The name in 【省外速览】; None when the line is not a section head."""
    match = _SECTION.match(text[bullet(text) :])
    return match[1] if match and not match[1].isdigit() else None


def marker(text: str) -> Marker | None:
    """The numbering marker at the start of the text."""
    for style, pattern in _MARKERS:
        match = pattern.match(text)
        if match and (value := number(match["n"] or match["s"])):
            return Marker(style, value, match.end(), text[: match.end()].strip())
    return None


def bare(text: str) -> str:
    """The text without the numbering marker at its start."""
    found = marker(text)
    return text[found.length :] if found else text


def note_mark(text: str) -> tuple[str, int] | None:
    """The mark of a note as printed (¹, ①, [1]) and the length of it with following blanks.

    A mark before a comma or full stop is the end of a sentence cut there, and no note.
    """
    match = _NOTE.match(text)
    return (match[1], match.end()) if match and text[match.end() : match.end() + 1] not in _STOPS else None


def label(text: str) -> tuple[bool, int] | None:
    """For a line that opens with 主送： or 抄送： …: whether it names the main receivers, and the length of the label."""
    match = _LABEL.match(text)
    return (match[1] in _TO_LABELS, match.end()) if match else None


def is_contents_head(text: str) -> bool:
    """本期要点, 目录 and the like."""
    return bool(_CONTENTS.match("".join(text.split())))


def leader(text: str) -> tuple[int, int] | None:
    """For a contents line that ends in leaders and a page: the length of what stands before them, and the page."""
    if not text[-2:].rstrip(")）")[-1:].isdigit():
        return None
    match = _LEADERS.search(text) or _TABBED_PAGE.search(text)
    return (match.start(), int(match[1])) if match and match.start() else None


def listed_page(text: str) -> tuple[int, int] | None:
    """As `leader`, for a line known to stand in the contents: the page may also stand in brackets, after P or far to the right."""
    if found := leader(text):
        return found
    match = _LISTED_PAGE.search(level_width(text))
    return (match.start(), int(match[1] or match[2] or match[3])) if match and match.start() else None


def bullet(text: str) -> int:
    """The length of a bullet with following blanks at the start; 0 without one."""
    match = _BULLET.match(text)
    return match.end() if match else 0


def is_closed(text: str) -> bool:
    """Whether a paragraph that ends so is at its end; ；”》） do not end one."""
    return bool(_END.search(text[-6:]))


def ends_like_prose(text: str) -> bool:
    """Whether the text ends in punctuation that no title ends in."""
    return bool(_HALF_END.search(text[-1:]))


def editorial(text: str) -> bool:
    """Whether the text is a word of the editors (编者按)."""
    return bool(_EDITORIAL.match(text))


def attachment(text: str) -> bool:
    """Whether the text opens an attachment or the list of them (附件：1. …)."""
    return bool(_ATTACHED.match(text))


def is_aside(text: str) -> bool:
    """Whether the text stands in brackets as a whole (（省科技厅供稿）)."""
    return bool(_ASIDE.match(text))


def is_date(text: str) -> bool:
    """Whether the line is a date and nothing else."""
    return len(text) <= _LONGEST_DATE and bool(DATE.fullmatch(level_width(text.strip())))


def is_imprint_date(text: str) -> bool:
    """Whether the line ends the imprint: a date followed by 印发."""
    found = DATE.search(level_width(text)) if _PRINTED.search(text.strip()[-6:]) else None
    return bool(found and len(text) - found.end() <= 6)
