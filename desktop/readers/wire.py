"""Pages as JSON, for the pipe between the reading process and the one that asked."""

from __future__ import annotations

from typing import Any

from desktop.bulletin.pages import Bookmark, Box, Line, Page, Pages, Span


def pages_to_wire(pages: Pages) -> dict[str, Any]:
    """A JSON value; positional lists keep it small."""
    return {
        "source": pages.source,
        "name": pages.name,
        "bookmarks": [[mark.level, mark.title, mark.page] for mark in pages.bookmarks],
        "pages": list(map(_page_out, pages.pages)),
    }


def _page_out(page: Page) -> list[Any]:
    return [page.number, list(map(_line_out, page.lines)), page.width, page.height, page.unreadable, page.turned]


def _line_out(line: Line) -> list[Any]:
    box = [line.box.x0, line.box.y0, line.box.x1, line.box.y1] if line.box else None
    return [line.first, line.number, box, [[s.text, s.size, s.font, s.bold, s.raised, s.color] for s in line.spans]]


def pages_from_wire(value: dict[str, Any]) -> Pages:
    """The inverse of `pages_to_wire`; `KeyError`, `TypeError` or `ValueError` for anything else."""
    return Pages(
        value["source"],
        tuple(Page(number, tuple(map(_line_in, lines)), *rest) for number, lines, *rest in value["pages"]),
        tuple(Bookmark(*mark) for mark in value["bookmarks"]),
        value["name"],
    )


def _line_in(value: list[Any]) -> Line:
    first, number, box, spans = value
    return Line(tuple(Span(*span) for span in spans), first, number, Box(*box) if box else None)
