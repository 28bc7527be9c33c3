"""Blocks of a plain text file: one line each, freed from what OCR and markdown leave behind.

Bold residue is removed here, before any rule looks at a line's last character; only the length of a bold run-in head is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from desktop.bulletin.numerals import subscript, superscript
from desktop.bulletin.pages import Pages
from desktop.bulletin.parsing.blocks import Block, Layout, Role
from desktop.bulletin.parsing.wrapped import CELL, unwrapped, without_folios, without_heads
from desktop.bulletin.parsing.wrapped import cells as cells_of
from desktop.bulletin.traced import Traced, printed

_MARKUP = re.compile(r"\*\*|</?(?:b|i|u|strong|em|sup|sub)>|[\ufeff\u200b-\u200f\u2060\u00ad]")
_HASHES = re.compile(r"^#{1,6}\s+")
_RULE = re.compile(r"^(?:[-_=*]{3,}|[—─━_]{4,})$")
_RUN_IN = re.compile(r"^\*\*([^*]+?。)\*\*")
_RAISED = re.compile(r"<sup>\s*(\d{1,3})\s*</sup>")
_FORMULA = re.compile(r"\$\s*([A-Za-z0-9_^{}+\-().,\\ ]*[_^][A-Za-z0-9_^{}+\-().,\\ ]*?)\s*\$")
_SCRIPT = re.compile(r"([_^])(?:\{(\d+)\}|(\d))")
_LAYOUT = re.compile(r"[$_^{} ]")
_MARKED = re.compile(r"[*#<$\ufeff\u200b-\u200f\u2060\u00ad]")


def text_layout(pages: Pages) -> Layout:
    """A block for every line that holds text, or every paragraph of lines copied from a print; rules (`---`) hold none."""
    lines = [
        block for page in pages.pages for line in page.lines if (block := _block(page.number, line.number, line.text, line.first))
    ]
    kept, numbers = without_folios(without_heads(lines))
    return Layout(unwrapped(kept), numbers if len(pages.pages) > 1 else {})


def _block(page: int, number: int, line: str, first: int) -> Block | None:
    bare = line.strip()
    if not bare or _RULE.match(bare):
        return None
    text = printed(line, page, first).strip()
    run_in = 0
    if _MARKED.search(bare):
        text = text.without_matches(_HASHES)
        bold = _RUN_IN.match(text.text)
        run_in = len(_MARKUP.sub("", bold[1])) if bold else 0
        text = without_markup(text)
    if not text:
        return None
    cells = tuple(_cells(text)) if text.text.count("\t") > 1 else ()
    left = CELL * cells_of(line[: len(line) - len(line.lstrip())])
    return Block(text, page, number, role=Role.ROW if cells else Role.BODY, left=left, run_in=run_in, cells=cells)


def without_markup(text: Traced) -> Traced:
    """Without `**`, tags and invisible characters; `<sup>1</sup>` becomes ¹ and `$ZrO_2$` ZrO₂."""
    for match in reversed(list(_RAISED.finditer(text.text))):
        text = _with(text, match.start(1), superscript(match[1]))
    for match in reversed(list(_FORMULA.finditer(text.text))):
        text = _plain_formula(text, match)
    return text.without_matches(_MARKUP).strip()


def _with(text: Traced, start: int, new: str) -> Traced:
    return text.replaced(text.text[:start] + new + text.text[start + len(new) :])


def _plain_formula(text: Traced, match: re.Match[str]) -> Traced:
    for script in _SCRIPT.finditer(match[0]):
        digits = script[2] or script[3]
        at = match.start() + script.start(2 if script[2] else 3)
        text = _with(text, at, subscript(digits) if script[1] == "_" else superscript(digits))
    spans = [found.span() for found in _LAYOUT.finditer(text.text, match.start(), match.end())]
    return text.without(spans)


def _cells(text: Traced) -> Iterator[Traced]:
    at = 0
    for cell in text.text.split("\t"):
        yield text.slice(at, at + len(cell)).strip()
        at += len(cell) + 1
