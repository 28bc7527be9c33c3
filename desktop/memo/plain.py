"""The memo as plain text: for pasting into a mail or an office system that takes nothing else."""

from __future__ import annotations

from desktop.memo.model import Memo
from desktop.memo.outline import Block, BlockKind, blocks

_INDENT = "　　"
_FLUSH = (
    BlockKind.SHEET_TITLE,
    BlockKind.HEAD_NAME,
    BlockKind.HEAD_NUMBER,
    BlockKind.MARK,
    BlockKind.TITLE,
    BlockKind.PERIOD,
    BlockKind.ADDRESSEE,
    BlockKind.ANNEX,
    BlockKind.ANNEX_TITLE,
)
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def raised(number: int) -> str:
    """A footnote number in superscript digits."""
    return str(number).translate(_RAISED)


def labelled(block: Block) -> list[str]:
    """The rows of a sheet or of a 版记: `报：甲，乙。`; the last row of a 版记 has no label."""
    *rows, last = block.rows if block.kind is BlockKind.IMPRINT else (*block.rows, ("", ""))
    return [*(f"{label}：{words}" for label, words in rows), *(["　　".join(filter(None, last))] if any(last) else [])]


class _Setter:
    """Sets blocks as lines. Notes called in an excerpt are printed under it, before its source line."""

    def __init__(self) -> None:
        self.count = 0
        self.waiting: list[str] = []

    def paragraph(self, block: Block) -> str:
        """The text of a block with its calls, and its notes put by."""
        pieces: list[str] = []
        for run in block.runs:
            pieces.append(run.text)
            if run.note:
                self.count += 1
                pieces.append(raised(self.count))
                self.waiting.append(f"{_INDENT}注：{raised(self.count)}{run.note}")
        return "".join(pieces) + block.tail

    def lines(self, block: Block) -> list[str]:
        """The lines of a block."""
        if block.kind is BlockKind.TABLE:
            return ["\t".join(row) for row in block.rows]
        if block.kind in (BlockKind.SHEET, BlockKind.IMPRINT):
            return [*labelled(block), ""]
        if block.kind is BlockKind.HEAD_LINE:
            return [f"{block.text}　　{block.tail}"]
        if block.kind is BlockKind.BLANK:
            return [""]
        line = ("" if block.kind in _FLUSH else _INDENT) + self.paragraph(block)
        if block.kind is not BlockKind.SOURCE:
            return [line]
        notes, self.waiting = self.waiting, []
        return [*notes, line]


def plain_text(memo: Memo) -> str:
    """The whole memo, one paragraph a line."""
    setter = _Setter()
    lines: list[str] = []
    for block in blocks(memo):
        if block.kind is BlockKind.ANNEX:
            lines.append("")
        lines += setter.lines(block)
    return "\n".join(lines) + "\n"
