"""The door of the parser: what kind of document the pages hold decides which reader takes them.

The kind is told by the masthead, not by the look of numbers: `（一）` is a heading in a plan and may be a point in a bulletin.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace

from desktop.bulletin.model import Document, Doubt, Issue, Passage
from desktop.bulletin.pages import Page, Pages
from desktop.bulletin.parsing.document import is_official, parse_document
from desktop.bulletin.parsing.doubts import doubt
from desktop.bulletin.parsing.issue import parse_issue
from desktop.bulletin.parsing.layout import pdf_layout
from desktop.bulletin.parsing.masthead import number_at
from desktop.bulletin.parsing.misreads import is_garbled, misreads
from desktop.bulletin.parsing.textblocks import text_layout

PARSER_VERSION = 3
"""Grows whenever the same pages can come out differently."""

_UNMAPPED = 0.05
_PRIVATE = re.compile("[\ue000-\uf8ff]")


def parse(pages: Pages) -> Issue | Document:
    """The structure of the pages. Never raises, whatever they hold; what it is unsure of is in `doubts`."""
    layout = pdf_layout(pages) if pages.source == "pdf" else text_layout(pages)
    title = pages.name.rsplit(".", 1)[0] if "." in pages.name else pages.name
    doubts = tuple(found for page in pages.pages for found in _page_doubts(page))
    if number_at(layout.blocks) is not None and not is_official(layout.blocks):
        issue = parse_issue(layout.blocks, layout.printed, title)
        return replace(issue, doubts=doubts + issue.doubts + _misread(issue, pages))
    document = parse_document(layout, pages, title)
    return replace(document, doubts=doubts + document.doubts + _misread(document, pages))


def _misread(bulletin: Issue | Document, pages: Pages) -> tuple[Doubt, ...]:
    """One doubt a wording and passage, at the line where the words stand first."""
    passages = [passage for section in bulletin.sections for item in section.items for passage in item.passages]
    found: list[Doubt] = []
    for passage in passages:
        first = {words: start for start, words in reversed(list(misreads(passage.text)))}
        for words, start in sorted(first.items(), key=lambda pair: pair[1]):
            page, line = _line_of(passage, start, pages)
            found.append(doubt("likely-misread", words, page=page, line=line))
    return tuple(found)


def _line_of(passage: Passage, at: int, pages: Pages) -> tuple[int | None, int | None]:
    """The page and line on which a character of the passage is printed; None for one that the parser put in."""
    place = next((one for one in passage.places if one.start <= at < one.start + one.length), None)
    if place is None:
        return None, None
    char = place.char + at - place.start
    lines = pages.pages[place.page - 1].lines
    return place.page, lines[bisect_right(lines, char, key=lambda line: line.first) - 1].number


def _page_doubts(page: Page) -> list[Doubt]:
    if page.unreadable:
        return [doubt("page-unreadable", page.unreadable, page=page.number)]
    text = page.text
    if is_garbled(text):
        return [doubt("text-garbled", page.number, page=page.number)]
    bad = text.count("\ufffd") + len(_PRIVATE.findall(text))
    return [doubt("glyphs-unmapped", page.number, page=page.number)] if bad > _UNMAPPED * len(text) or "\ufffd" in text else []
