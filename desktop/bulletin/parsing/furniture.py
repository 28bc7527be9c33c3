"""What is printed on every page and belongs to none: page numbers, running heads and feet.

Found by place and repetition, taken out before paragraphs are put together; the printed page numbers are kept.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from desktop.bulletin.numerals import level_width
from desktop.bulletin.parsing.rows import Row

_EDGE = 0.14
_DRESSED = re.compile(r"^[—–―─\-－~·•\s]+(\d{1,4})[—–―─\-－~·•\s]+$|^第\s*(\d{1,4})\s*页(?:[，,/\s]*共\s*\d{1,4}\s*页)?$")
_BARE = re.compile(r"^(\d{1,4})(?:\s*/\s*\d{1,4})?$")
_COUNTS = re.compile(r"\d+")


def without_furniture(pages: Sequence[tuple[float, list[Row]]]) -> tuple[list[list[Row]], dict[int, int]]:
    """Rows by page without furniture, and the printed number of each physical page where one is printed.

    `pages` holds each page's height and rows. A bare number counts as a page number only if it runs along with the pages.
    """
    at_edge = [row for height, rows in pages for row in rows if _at_edge(row, height)]
    numbers = _page_numbers(at_edge)
    dropped = {id(row) for row, _ in numbers} | _repeated(at_edge)
    kept = [[row for row in rows if id(row) not in dropped] for _, rows in pages]
    return kept, {row.page: number for row, number in numbers}


def _at_edge(row: Row, height: float) -> bool:
    middle = (row.box.y0 + row.box.y1) / 2
    return middle < _EDGE * height or middle > (1 - _EDGE) * height


def _page_numbers(rows: Sequence[Row]) -> list[tuple[Row, int]]:
    dressed: list[tuple[Row, int]] = []
    bare: list[tuple[Row, int]] = []
    for row in rows:
        text = level_width(row.text.text.strip())
        if match := _DRESSED.match(text):
            dressed.append((row, int(match[1] or match[2])))
        elif match := _BARE.match(text):
            bare.append((row, int(match[1])))
    offsets = Counter(number - row.page for row, number in bare)
    return dressed + [(row, number) for row, number in bare if offsets[number - row.page] > 1]


def _repeated(rows: Sequence[Row]) -> set[int]:
    """Rows whose words (numbers aside) stand at the same height on three pages or more."""
    places: dict[tuple[str, int], list[Row]] = defaultdict(list)
    for row in rows:
        words = _COUNTS.sub("0", "".join(row.text.text.split()))
        places[words, round(row.box.y0 / 4)].append(row)
    found: set[int] = set()
    for same in places.values():
        if len({row.page for row in same}) >= 3:
            found.update(id(row) for row in same)
    return found
