"""What lies over the text without touching it: marks, search hits and the flash that shows where a jump has landed.

Highlights and hits are extra selections of the text widget; underlines are painted beside them, since the widget's own are
hair-thin. A change of marks never sets the page again and never moves it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from html import escape
from itertools import pairwise

from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from desktop.bulletin.model import PassageKind
from desktop.ui.colors import overlaid
from desktop.ui.reading.composer import Sheet
from desktop.ui.reading.lazylayout import Run
from desktop.ui.theme import Theme
from desktop.ui.values import DocumentView, MarkView

Stretch = tuple[int, int, int]  # item, start, end in canonical offsets


def mark_layer(sheet: Sheet, marks: Sequence[MarkView], theme: Theme) -> list[Run]:
    """The highlights cut into runs in which the same ones lie over one another, one format a run, in page order."""
    pens = [mark for mark in marks if mark.style != "underline"]
    edges: list[tuple[int, bool, int]] = []
    for at, mark in enumerate(pens):
        for low, high in sheet.map.ranges(mark.item, mark.start, mark.end):
            edges += [(low, True, at), (high, False, at)]
    edges.sort()
    runs: list[Run] = []
    over: set[int] = set()
    formats: dict[tuple[str, ...], QTextCharFormat] = {}
    for (position, begins, at), (following, _, _) in pairwise(edges):
        (over.add if begins else over.discard)(at)
        if over and position < following:
            colors = tuple(pens[n].color for n in sorted(over))
            if colors not in formats:
                formats[colors] = _mark_format(colors, theme)
            runs.append((position, following, formats[colors]))
    return runs


def _mark_format(colors: Sequence[str], theme: Theme) -> QTextCharFormat:
    letters = QTextCharFormat()
    letters.setBackground(overlaid([theme.marks.get(color, theme.selected) for color in colors], theme))
    return letters


def hit_layer(sheet: Sheet, hits: Iterable[Stretch], theme: Theme) -> list[Run]:
    """Search hits; they lie over the marks."""
    letters = QTextCharFormat()
    letters.setBackground(QColor.fromHsl(QColor(theme.warning).hslHue(), 220, 70 if theme.dark else 170))
    letters.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
    letters.setUnderlineColor(QColor(theme.accent))
    return sorted(((low, high, letters) for hit in hits for low, high in sheet.map.ranges(*hit)), key=lambda run: run[:2])


def flash_layer(sheet: Sheet, stretch: Stretch, theme: Theme) -> list[Run]:
    """The place a jump has landed on."""
    letters = QTextCharFormat()
    letters.setBackground(QColor(theme.accent))
    letters.setForeground(QColor(theme.accent_text))
    return [(low, high, letters) for low, high in sheet.map.ranges(*stretch)]


def selections(sheet: Sheet, runs: Sequence[Run], shown: tuple[int, int]) -> list[QTextEdit.ExtraSelection]:
    """The runs on the screen: the text widget looks at every one of them for every line that it paints.

    `runs` of one layer do not overlap, so that their ends are in order too.
    """
    first = bisect_left(runs, shown[0], key=lambda run: run[1])
    last = bisect_right(runs, shown[1], key=lambda run: run[0])
    return [_selection(sheet, *run) for run in runs[first:last]]


def _selection(sheet: Sheet, low: int, high: int, letters: QTextCharFormat) -> QTextEdit.ExtraSelection:
    selection = QTextEdit.ExtraSelection()
    cursor = QTextCursor(sheet.document)
    cursor.setPosition(low)
    cursor.setPosition(high, QTextCursor.MoveMode.KeepAnchor)
    selection.cursor = cursor  # type: ignore[attr-defined]
    selection.format = letters  # type: ignore[attr-defined]
    return selection


def innermost(marks: Sequence[MarkView], item: int, offset: int) -> MarkView | None:
    """The mark meant by a click: of those that lie over one another, the shortest."""
    over = [mark for mark in marks if mark.item == item and mark.start <= offset < mark.end]
    return min(over, key=lambda mark: mark.end - mark.start) if over else None


def footnote_tip(view: DocumentView, item: int, offset: int) -> str:
    """Rich text for the tooltip over a reference: the footnote it refers to; "" where there is none."""
    passages = next((one.passages for one in view.items if one.id == item), ())
    notes = [passage for passage in passages if passage.kind is PassageKind.FOOTNOTE and passage.anchor == offset]
    return f"［{notes[0].mark}］{escape(notes[0].text)}" if notes else ""
