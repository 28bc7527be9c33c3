"""What lies over the text without touching it: marks, search hits and the flash that shows where a jump has landed.

Highlights and hits are extra selections of the text widget; underlines are painted beside them, since the widget's own are
hair-thin. A change of marks never sets the page again and never moves it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import pairwise

from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from desktop.ui.colors import overlaid
from desktop.ui.reading.composer import Sheet
from desktop.ui.theme import Theme
from desktop.ui.values import MarkView

Stretch = tuple[int, int, int]  # item, start, end in canonical offsets


def mark_layer(sheet: Sheet, marks: Sequence[MarkView], theme: Theme) -> list[QTextEdit.ExtraSelection]:
    """The highlights cut into runs in which the same ones lie over one another, one format a run."""
    pens = [mark for mark in marks if mark.style != "underline"]
    placed = [(low, high, mark) for mark in pens for low, high in sheet.map.ranges(mark.item, mark.start, mark.end)]
    return [
        _selection(sheet, low, high, _mark_format([mark for start, end, mark in placed if start <= low and end >= high], theme))
        for low, high in _runs([(low, high) for low, high, _ in placed])
    ]


def _runs(ranges: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    edges = sorted({edge for pair in ranges for edge in pair})
    for low, high in pairwise(edges):
        if any(start <= low and end >= high for start, end in ranges):
            yield low, high


def _mark_format(marks: list[MarkView], theme: Theme) -> QTextCharFormat:
    letters = QTextCharFormat()
    letters.setBackground(overlaid([theme.marks.get(mark.color, theme.selected) for mark in marks], theme))
    return letters


def hit_layer(sheet: Sheet, hits: Iterable[Stretch], theme: Theme) -> list[QTextEdit.ExtraSelection]:
    """Search hits; they lie over the marks."""
    letters = QTextCharFormat()
    letters.setBackground(QColor.fromHsl(QColor(theme.warning).hslHue(), 220, 70 if theme.dark else 170))
    letters.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
    letters.setUnderlineColor(QColor(theme.accent))
    return [_selection(sheet, low, high, letters) for hit in hits for low, high in sheet.map.ranges(*hit)]


def flash_layer(sheet: Sheet, stretch: Stretch, theme: Theme) -> list[QTextEdit.ExtraSelection]:
    """The place a jump has landed on."""
    letters = QTextCharFormat()
    letters.setBackground(QColor(theme.accent))
    letters.setForeground(QColor(theme.accent_text))
    return [_selection(sheet, low, high, letters) for low, high in sheet.map.ranges(*stretch)]


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


def mark_tip(mark: MarkView) -> str:
    """Rich text for the tooltip: the note, then the fields; "" when the mark has neither."""
    lines = [escape(line) for line in mark.note.splitlines()]
    if mark.fields:
        lines.append(f"<b>领域</b>　{escape('、'.join(mark.fields))}")
    return "<br>".join(lines)
