"""What is set in cells: the source table, the sheet on top of a 呈阅件, and the 版记 at the foot of the last page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from desktop.memo import forms, layout
from desktop.memo.linebreaking import Line, break_lines
from desktop.memo.outline import Block, BlockKind
from desktop.memo.setting import Look, Rule, Setter

_CELL_PITCH, _CELL_SIDE, _CELL_TOP = 14.0, 3.0, 3.0
_TALLEST_ROW = 40  # lines of a cell; what is longer is continued in the next row
_THICK, _THIN = 1.0, 0.75  # points: 0.35 mm and 0.25 mm

_CELL = Look("body", layout.TABLE_SIZE, "center", 0, 0.0)
_CELL_HEAD = Look("hei", layout.TABLE_SIZE, "center", 0, 0.0)
_SHEET = Look("body", layout.SHEET_SIZE, "both", 0, 0.0)
_SHEET_LABEL = Look("hei", layout.SHEET_SIZE, "center", 0, 0.0)
_IMPRINT = Look("body", layout.IMPRINT_SIZE, "both", 0, 0.0)


def _lines(setter: Setter, text: str, look: Look, width: float) -> list[Line]:
    spread = look.align == "both"  # short lines of a narrow cell would be torn apart
    return break_lines(setter.atoms(text, look, width), width, look.size, spread=spread, hang=False)


def source_table(setter: Setter, block: Block) -> None:
    """Set the source table, its head row again on each page."""
    head, *body = block.rows
    bottom = setter.top + setter.profile.height
    y = _row(setter, head, _CELL_HEAD, setter.y)
    for row in body:
        for part in _row_parts(setter, row):
            if y + _row_height(part) > bottom:
                setter.close()
                y = _row(setter, head, _CELL_HEAD, setter.top)
            y = _row_lines(setter, part, _CELL, y)
    setter.room.used = (y - setter.top) / setter.profile.line


def _cells(setter: Setter, row: Sequence[str], look: Look) -> list[list[Line]]:
    widths = (layout.points(column) - 2 * _CELL_SIDE for column in layout.TABLE_COLUMNS_MM)
    return [_lines(setter, cell, look, width) for cell, width in zip(row, widths, strict=True)]


def _row_parts(setter: Setter, row: Sequence[str]) -> Iterable[list[list[Line]]]:
    cells = _cells(setter, row, _CELL)
    tallest = max(map(len, cells), default=1)
    for at in range(0, max(tallest, 1), _TALLEST_ROW):
        yield [lines[at : at + _TALLEST_ROW] for lines in cells]


def _row_height(cells: Sequence[Sequence[Line]]) -> float:
    return max(1, *map(len, cells)) * _CELL_PITCH + 2 * _CELL_TOP


def _row(setter: Setter, row: Sequence[str], look: Look, top: float) -> float:
    return _row_lines(setter, _cells(setter, row, look), look, top)


def _row_lines(setter: Setter, cells: Sequence[Sequence[Line]], look: Look, top: float) -> float:
    """Draw a row with its frame; returns where the next one begins."""
    height, x = _row_height(cells), setter.left
    right, rules = x + sum(map(layout.points, layout.TABLE_COLUMNS_MM)), setter.pages[-1].rules
    rules += [Rule(x, top, right, top), Rule(x, top + height, right, top + height), Rule(x, top, x, top + height)]
    for at, (lines, column) in enumerate(zip(cells, layout.TABLE_COLUMNS_MM, strict=True)):
        width = layout.points(column)
        y = top + (height - len(lines) * _CELL_PITCH) / 2
        for line in lines:
            room = width - 2 * _CELL_SIDE - sum(atom.width for atom in line.atoms)
            centred = 0.0 if at == layout.TABLE_TITLE_COLUMN and look is _CELL else max(0.0, room / 2 - line.places[0])
            setter.draw(line, look, x + _CELL_SIDE + centred, y, _CELL_PITCH)
            y += _CELL_PITCH
        x += width
        rules.append(Rule(x, top, x, top + height))
    return top + height


def sheet(setter: Setter, block: Block) -> None:
    """Set the form: the label centred, the text in the middle of its cell; what no page holds is continued in a further row."""
    y, bottom = setter.y, setter.top + setter.profile.height
    for (label, words), least in zip(block.rows, forms.row_heights(block, setter.profile), strict=True):
        lines = _lines(setter, words, _SHEET, layout.points(layout.SHEET_TEXT_MM) - 2 * forms.SIDE) if words else []
        height = max(len(lines) * layout.SINGLE_PITCH, layout.points(least))
        while y + height > bottom + 0.01:
            fitting = int((bottom - y) / layout.SINGLE_PITCH)
            if height > layout.points(forms.TALLEST) and fitting > 2:  # no page holds it: as much as this one does
                _form_row(setter, label, lines[:fitting], y, fitting * layout.SINGLE_PITCH)
                lines = lines[fitting:]
                height = len(lines) * layout.SINGLE_PITCH
            setter.close()
            y = setter.top
        _form_row(setter, label, lines, y, height)
        y += height
    setter.room.used = (y - setter.top) / setter.profile.line


def _form_row(setter: Setter, label: str, lines: Sequence[Line], top: float, height: float) -> None:
    label_width, text_width = layout.points(layout.SHEET_LABEL_MM), layout.points(layout.SHEET_TEXT_MM)
    _form_frame(setter, top, height, label_width + text_width, label_width)
    name = _lines(setter, label, _SHEET_LABEL, label_width)[0]
    centred = (label_width - sum(atom.width for atom in name.atoms)) / 2
    setter.draw(name, _SHEET_LABEL, setter.left + centred, top + (height - layout.SINGLE_PITCH) / 2, layout.SINGLE_PITCH)
    first = top + (height - len(lines) * layout.SINGLE_PITCH) / 2
    for at, line in enumerate(lines):
        x = setter.left + label_width + forms.SIDE
        setter.draw(line, _SHEET, x, first + at * layout.SINGLE_PITCH, layout.SINGLE_PITCH)


def _form_frame(setter: Setter, top: float, height: float, width: float, label_width: float) -> None:
    left, bottom = setter.left, top + height
    setter.pages[-1].rules += [
        Rule(left, top, left + width, top, _THIN), Rule(left, bottom, left + width, bottom, _THIN), Rule(left, top, left, bottom, _THICK),
        Rule(left + label_width, top, left + label_width, bottom, _THIN), Rule(left + width, top, left + width, bottom, _THICK),
    ]  # fmt: skip


def imprint(setter: Setter, block: Block) -> None:
    """Set the 版记 so that its last rule lies on the lower edge of the type area; on a new page where there is no room."""
    em, width = _IMPRINT.size, setter.profile.width
    *receivers, (left, right) = block.rows
    set_lines: list[tuple[Line, float]] = []
    for label, names in receivers:
        hanging = (len(label) + 1) * em
        lines = break_lines(setter.atoms(f"{label}：{names}", _IMPRINT, width), width - 2 * em - hanging, em, -hanging)
        set_lines += [(line, em + hanging) for line in lines]
    height = (len(set_lines) + 1) * layout.SINGLE_PITCH
    bottom = setter.top + setter.profile.height
    if not setter.room.fits(height / setter.profile.line + 1):
        setter.close()
    top = bottom - height
    for at, (line, x) in enumerate(set_lines):
        setter.draw(line, _IMPRINT, setter.left + x, top + at * layout.SINGLE_PITCH, layout.SINGLE_PITCH)
    last = bottom - layout.SINGLE_PITCH
    for words, x in ((left, em), (right, width - em - setter.width(_IMPRINT, right))):
        if words:
            setter.draw(_lines(setter, words, _IMPRINT, width)[0], _IMPRINT, setter.left + x, last, layout.SINGLE_PITCH)
    edges = {top: _THICK, bottom: _THICK} | ({last: _THIN} if receivers else {})
    setter.pages[-1].rules += [Rule(setter.left, y, setter.left + width, y, size) for y, size in edges.items()]
    setter.room.used = setter.profile.lines


SETTERS: dict[BlockKind, Callable[[Setter, Block], None]] = {
    BlockKind.TABLE: source_table,
    BlockKind.SHEET: sheet,
    BlockKind.IMPRINT: imprint,
}
