"""What the reader wants printed, and how a range of pages is written."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from desktop.errors import KnownError

_PART = re.compile(r"(\d+)(?:[-—~至](\d+))?")
_SEPARATORS = re.compile(r"[,，、;；\s]+")


class WrongRange(KnownError):
    """A page range that cannot be read or names no page of the document."""


@dataclass(frozen=True, slots=True)
class PrintChoice:
    """`printer` is a name of the system, "" for a PDF file at `file`; `pages` are numbers from 1; `watermark` "" for none.

    `classification` stands on every page; "" for none.
    """

    printer: str
    file: str
    pages: tuple[int, ...]
    marks: bool = True
    watermark: str = ""
    copies: int = 1
    classification: str = ""


def page_range(text: str, count: int) -> tuple[int, ...]:
    """The pages of “1-3，5”, each once and in order. Raises `WrongRange` where a part is no page of `count` pages."""
    pages: set[int] = set()
    for part in filter(None, _SEPARATORS.split(unicodedata.normalize("NFKC", text).strip())):
        found = _PART.fullmatch(part)
        first = int(found[1]) if found else 0
        last = int(found[2] or first) if found else 0
        if not 1 <= first <= last <= count:
            raise WrongRange(f"页码“{part}”不对，请在 1 到 {count} 之间填写，例如：1-3，5。")
        pages.update(range(first, last + 1))
    if not pages:
        raise WrongRange("请填写要打印的页码，例如：1-3，5。")
    return tuple(sorted(pages))
