"""The memo as Markdown: quotations as block quotes, source footnotes as footnotes, the source table as a table."""

from __future__ import annotations

import re

from desktop.memo.model import Memo
from desktop.memo.outline import Block, BlockKind, blocks
from desktop.memo.plain import labelled

_LEVELS = {
    BlockKind.SHEET_TITLE: "# ",
    BlockKind.HEAD_NAME: "# ",
    BlockKind.TITLE: "# ",
    BlockKind.GROUP: "## ",
    BlockKind.LONE_HEADING: "## ",
    BlockKind.HEADING: "### ",
    BlockKind.ANNEX_TITLE: "## ",
}
_QUOTED = (BlockKind.EXCERPT, BlockKind.NOTE)
_SPECIAL = re.compile(r"[\\`*_<\[\]~|]")
_LIST_LIKE = re.compile(r"^(\s*)([#>+\-]|\d+(?=[.)]))")


def escaped(text: str) -> str:
    """The text with everything escaped that Markdown would take as markup."""
    safe = _SPECIAL.sub(r"\\\g<0>", text)
    return _LIST_LIKE.sub(lambda m: f"{m[1]}{m[2]}\\" if m[2].isdigit() else f"{m[1]}\\{m[2]}", safe)


class _Setter:
    """Sets blocks as Markdown and numbers the footnotes."""

    def __init__(self) -> None:
        self.notes: list[str] = []

    def paragraph(self, block: Block) -> str:
        """The text of a block with its calls; escaped as a whole line, calls put in afterwards."""
        pieces: list[str] = []
        for run in block.runs:
            pieces.append(escaped(run.text) if not pieces else _SPECIAL.sub(r"\\\g<0>", run.text))
            if run.note:
                self.notes.append(run.note)
                pieces.append(f"[^{len(self.notes)}]")
        return "".join(pieces) + block.tail

    def block(self, block: Block) -> str:
        """A block as one Markdown paragraph, heading or table."""
        if block.kind is BlockKind.TABLE:
            return _table(block.rows)
        if block.kind in (BlockKind.SHEET, BlockKind.IMPRINT):
            return "  \n".join(map(escaped, labelled(block)))
        if block.kind is BlockKind.HEAD_LINE:
            return escaped(f"{block.text}　　{block.tail}")
        text = self.paragraph(block)
        if block.kind in _QUOTED:
            return "> " + text
        return _LEVELS.get(block.kind, "") + text


def _table(rows: tuple[tuple[str, ...], ...]) -> str:
    lines = ["| " + " | ".join(_SPECIAL.sub(r"\\\g<0>", cell) for cell in row) + " |" for row in rows]
    lines.insert(1, "|" + " --- |" * len(rows[0]))
    return "\n".join(lines)


def markdown_text(memo: Memo) -> str:
    """The whole memo."""
    setter = _Setter()
    texts: list[str] = []
    before: BlockKind | None = None
    for block in blocks(memo):
        if block.kind is BlockKind.BLANK:
            continue
        text = setter.block(block)
        if before is BlockKind.EXCERPT and block.kind in _QUOTED:
            texts[-1] += "\n>\n" + text
        else:
            texts.append(text)
        before = block.kind
    texts += [f"[^{at}]: {escaped(note)}" for at, note in enumerate(setter.notes, 1)]
    return "\n\n".join(texts) + "\n"
