"""The memo as HTML for the clipboard: a word processor takes over headings, fonts and indents, a mail at least the paragraphs."""

from __future__ import annotations

from html import escape

from desktop.memo import layout
from desktop.memo.layout import DEFAULT, Profile
from desktop.memo.model import Memo
from desktop.memo.outline import Block, BlockKind, blocks
from desktop.memo.plain import labelled
from desktop.memo.setting import LOOKS

_TAGS = {
    BlockKind.TITLE: "h1",
    BlockKind.ANNEX_TITLE: "h1",
    BlockKind.GROUP: "h2",
    BlockKind.LONE_HEADING: "h2",
    BlockKind.HEADING: "h3",
}


def _style(block: Block, profile: Profile) -> str:
    look = LOOKS[block.kind]
    align = {"both": "justify", "center": "center"}.get(look.align, "left")
    if block.kind in (BlockKind.UNIT, BlockKind.DATE):
        align = "right"
    family = getattr(profile.typefaces, look.face)
    red = "color:#ff0000;" if block.kind is BlockKind.HEAD_NAME else ""
    size = block.size or look.size
    return (
        f"font-family:'{family}';font-size:{size:g}pt;font-weight:normal;line-height:{profile.line:g}pt;margin:0;"
        f"text-align:{align};text-indent:{look.indent}em;{red}"
    )


def _cells(rows: tuple[tuple[str, ...], ...]) -> str:
    lines = ("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f'<table border="1" style="border-collapse:collapse;font-size:{layout.TABLE_SIZE}pt">{"".join(lines)}</table>'


class _Setter:
    """Sets blocks as HTML and numbers the footnotes."""

    def __init__(self, profile: Profile) -> None:
        self.profile, self.notes = profile, list[str]()

    def block(self, block: Block) -> str:
        """A block as one element."""
        if block.kind in (BlockKind.TABLE, BlockKind.SHEET):
            return _cells(block.rows)
        if block.kind is BlockKind.IMPRINT:
            return "<hr>" + "".join(f"<p>{escape(line)}</p>" for line in labelled(block)) + "<hr>"
        tag, words = _TAGS.get(block.kind, "p"), []
        for run in block.runs:
            words.append(escape(run.text))
            if run.note:
                self.notes.append(run.note)
                words.append(f"<sup>{len(self.notes)}</sup>")
        body = "<br>".join(map(escape, block.lines)) or "".join(words) + escape(block.tail) or "&nbsp;"
        return f'<{tag} style="{_style(block, self.profile)}">{body}</{tag}>'


def html_text(memo: Memo, profile: Profile = DEFAULT) -> str:
    """The whole memo, footnotes at its end."""
    setter = _Setter(profile)
    body = [setter.block(block) for block in blocks(memo)]
    notes = [f"<p><sup>{at}</sup>{escape(note)}</p>" for at, note in enumerate(setter.notes, 1)]
    return '<html><head><meta charset="utf-8"></head><body>' + "\n".join([*body, *notes]) + "</body></html>"
