"""The memo as .docx: GB/T 9704—2012 page, grid, fonts and page numbers; real footnotes; nothing of a template, nothing private.

The package is put together part by part (python-docx's package layer), because a template would bring its own themes, rsids,
thumbnails and author.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Literal

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part, XmlPart
from docx.opc.parts.coreprops import CorePropertiesPart
from docx.oxml import parse_xml
from docx.package import Package

from desktop.memo import layout, ornaments, stylesheet
from desktop.memo.layout import DEFAULT, PageNumbers, Profile
from desktop.memo.model import Memo
from desktop.memo.outline import HEADINGS, Block, BlockKind, blocks, printed
from desktop.memo.progress import Progress, watched
from desktop.memo.wordml import Element, blob, paragraph, run, size, text, w

_STYLES = {
    BlockKind.SHEET_TITLE: "SheetTitle",
    BlockKind.HEAD_NAME: stylesheet.HEAD_NAME,
    BlockKind.HEAD_NUMBER: "HeadNumber",
    BlockKind.HEAD_LINE: stylesheet.HEAD_LINE,
    BlockKind.MARK: "Mark",
    BlockKind.TITLE: "Title",
    BlockKind.PERIOD: "Period",
    BlockKind.BLANK: stylesheet.NORMAL,
    BlockKind.ADDRESSEE: "Addressee",
    BlockKind.LEAD_IN: "LeadIn",
    BlockKind.GROUP: "Heading1",
    BlockKind.HEADING: "Heading2",
    BlockKind.LONE_HEADING: "Heading1",
    BlockKind.COMMENT: "Comment",
    BlockKind.EXCERPT: "Excerpt",
    BlockKind.NOTE: "SourceNote",
    BlockKind.SOURCE: "SourceLine",
    BlockKind.CROSS: "CrossReference",
    BlockKind.ATTACHMENTS: "Attachments",
    BlockKind.UNIT: "Signature",
    BlockKind.DATE: "SignatureDate",
    BlockKind.CONTACT: "Contact",
    BlockKind.ANNEX: "Annex",
    BlockKind.ANNEX_TITLE: "AnnexTitle",
}

_CELL_MARGINS = (("top", 40), ("left", 57), ("bottom", 40), ("right", 57))  # twips
_CHARACTER = 320  # twips of a character of 16 pt
_LONGEST_PROPERTY = 255  # characters; the limit of the package format


class _Footnotes:
    """Collects the notes called while paragraphs are set, and numbers them from 1."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def call(self, note: str) -> Element:
        """A call of a new footnote."""
        self.texts.append(note)
        return run(w("footnoteReference", id=len(self.texts)), w("rStyle", val=stylesheet.CALL))

    def part(self) -> Element:
        """`footnotes.xml`: the two separators that every word processor expects, then the notes."""
        lines = [_separator(-1, "separator"), _separator(0, "continuationSeparator")]
        return w("footnotes", *lines, *(_footnote(at, note) for at, note in enumerate(self.texts, 1)))


def _separator(number: int, kind: str) -> Element:
    return w("footnote", w("p", w("pPr", w("pStyle", val=stylesheet.FOOTNOTE)), w("r", w(kind))), type=kind, id=number)


def _footnote(number: int, note: str) -> Element:
    mark = run(w("footnoteRef"), w("rStyle", val=stylesheet.CALL))
    return w("footnote", paragraph(stylesheet.FOOTNOTE, (mark, run(" "), run(note))), id=number)


def _runs(block: Block, notes: _Footnotes) -> list[Element]:
    found: list[Element] = []
    for piece in block.runs:
        if piece.text:
            found.append(run(piece.text))
        if piece.note:
            found.append(notes.call(piece.note))
    if block.tail:
        found.append(run(block.tail, w("rStyle", val=stylesheet.CUT_MARK)))
    return found


def _title_runs(block: Block) -> list[Element]:
    found: list[Element] = []
    for at, line in enumerate(block.lines):
        found += [w("r", w("br"))] if at else []
        found.append(run(line))
    return found


def width_in_characters(words: str) -> float:
    """How many characters of 3号 wide a text is, half-width characters counting half."""
    return sum(0.5 if char.isascii() else 1.0 for char in words)


@dataclass(frozen=True, slots=True)
class Indent:
    """An indent of a closing line, in characters of 3号, from the left or from the right edge of the type area."""

    side: Literal["left", "right"]
    characters: float


def signature_indents(unit: Sequence[str], date: str, profile: Profile) -> tuple[Indent, Indent]:
    """Where 署名 and date stand on a paper without a seal (7.3.5.2).

    署名 is two characters from the right; the date begins two characters right of where 署名 begins, and is therefore placed
    from the left, so that it holds whatever the width of the digits. Where the date is the longer one (or stands alone) it is
    the date that is two characters from the right, and 署名 moves left. 署名 of several lines begins them one below the other.
    """
    unit_width, date_width = max(map(width_in_characters, unit), default=0.0), width_in_characters(date)
    if date_width > unit_width:
        return Indent("right", date_width - unit_width + 4), Indent("right", 2)
    start = profile.width / layout.BODY_SIZE - 2 - unit_width
    return Indent("right", 2) if len(unit) == 1 else Indent("left", start), Indent("left", start + 2)


def _signature(block: Block, indent: Indent) -> Element:
    keep = [w("keepNext")] if block.keep else []
    place = {f"{indent.side}Chars": round(indent.characters * 100), indent.side: round(indent.characters * _CHARACTER)}
    return paragraph(
        _STYLES[block.kind],
        _title_runs(block) if block.lines else _runs(block, _Footnotes()),
        *keep,
        w("ind", **place),
        w("jc", val=indent.side),
    )


def _cell(content: str, column: int, style: str, *, keep: bool) -> Element:
    together = [w("keepNext")] if keep else []
    left = [w("jc", val="left")] if column == layout.TABLE_TITLE_COLUMN and style == stylesheet.TABLE else []
    properties = w("tcPr", w("tcW", w=layout.twips(layout.TABLE_COLUMNS_MM[column]), type="dxa"), w("vAlign", val="center"))
    return w("tc", properties, paragraph(style, [run(content)] if content else [], *together, *left))


def _row(cells: tuple[str, ...], *, head: bool, last: bool) -> Element:
    """A row. The last one is kept with the empty paragraph that must follow a table, so that no page holds that alone."""
    style = stylesheet.TABLE_HEAD if head else stylesheet.TABLE
    properties = w("trPr", w("cantSplit"), *([w("tblHeader")] if head else ()))
    return w("tr", properties, *(_cell(cell, at, style, keep=last) for at, cell in enumerate(cells)))


def _table(block: Block, _profile: Profile) -> Element:
    rows = block.rows
    borders = (
        w(side, val="single", sz=4, space=0, color="auto") for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    margins = w("tblCellMar", *(w(side, w=space, type="dxa") for side, space in _CELL_MARGINS))
    properties = w("tblPr", w("tblW", w=sum(map(layout.twips, layout.TABLE_COLUMNS_MM)), type="dxa"), w("jc", val="center"),
                   w("tblBorders", *borders), w("tblLayout", type="fixed"), margins)  # fmt: skip
    grid = w("tblGrid", *(w("gridCol", w=layout.twips(column)) for column in layout.TABLE_COLUMNS_MM))
    return w("tbl", properties, grid, *(_row(row, head=at == 0, last=at == len(rows) - 1) for at, row in enumerate(rows)))


_TABLES: dict[BlockKind, Callable[[Block, Profile], Element]] = {
    BlockKind.TABLE: _table,
    BlockKind.SHEET: ornaments.sheet,
    BlockKind.IMPRINT: ornaments.imprint,
}


def _element(block: Block, notes: _Footnotes, indents: tuple[Indent, Indent], profile: Profile) -> Element:
    if block.kind in _TABLES:
        return _TABLES[block.kind](block, profile)
    if block.kind is BlockKind.HEAD_LINE:
        return ornaments.head_line(block)
    if block.kind is BlockKind.HEAD_NAME:
        return paragraph(_STYLES[block.kind], [run(block.text, *size(round(block.size * 2) / 2))])
    if block.kind in (BlockKind.UNIT, BlockKind.DATE):
        return _signature(block, indents[block.kind is BlockKind.DATE])
    runs = _title_runs(block) if block.lines else _runs(block, notes)
    # Headings have keepNext in their style.
    keep = [w("keepNext")] if block.keep and block.kind not in HEADINGS else []
    fresh = [w("pageBreakBefore")] if block.new_page else []
    return paragraph(_STYLES[block.kind], runs, *keep, *fresh)


def _lines_of(parts: tuple[Block, ...], kind: BlockKind) -> tuple[str, ...]:
    return tuple(line for block in parts if block.kind is kind for line in block.lines or (block.text,))


def _body(memo: Memo, profile: Profile, notes: _Footnotes, margins: list[Element], progress: Progress | None) -> Element:
    parts = blocks(memo)
    indents = signature_indents(_lines_of(parts, BlockKind.UNIT), "".join(_lines_of(parts, BlockKind.DATE)), profile)
    elements = []
    for block in watched(parts, len(memo.excerpts), progress):
        elements.append(_element(block, notes, indents, profile))
        if block.kind in (BlockKind.TABLE, BlockKind.IMPRINT):  # a table is never the last thing, nor next to another
            elements.append(paragraph(stylesheet.NORMAL, ()))
    return w("body", *elements, _section(profile, margins))


def _section(profile: Profile, references: list[Element]) -> Element:
    sides = {side: layout.twips(getattr(profile, side)) for side in ("top", "right", "bottom", "left")}
    edges = w("pgMar", **sides, header=layout.twips(15), footer=layout.twips(layout.FOOTER_MM), gutter=0)
    page = w("pgSz", w=layout.twips(layout.PAGE_WIDTH_MM), h=layout.twips(layout.PAGE_HEIGHT_MM))
    return w("sectPr", *references, page, edges, w("cols", space=0), w("docGrid", type="lines", linePitch=profile.line_twips))


def _footer(even: bool, profile: Profile) -> Element:
    """`— 1 —`; the field in five runs, because one office suite shows nothing for a field in a single run."""
    field = [run(w("fldChar", fldCharType="begin")), run(text(" PAGE ", "instrText")), run(w("fldChar", fldCharType="separate")),
             run("1"), run(w("fldChar", fldCharType="end"))]  # fmt: skip
    if profile.page_numbers is PageNumbers.CENTRE:
        place = [w("jc", val="center")]
    elif even:
        place = [w("ind", leftChars=100, left=280), w("jc", val="left")]
    else:
        place = [w("ind", rightChars=100, right=280), w("jc", val="right")]
    return w("ftr", paragraph(stylesheet.FOOTER, (run("— "), *field, run(" —")), *place))


def _core(package: Package, memo: Memo, now: datetime) -> CorePropertiesPart:
    part = CorePropertiesPart.default(package)
    core = part.core_properties
    unit = printed(memo.unit)[:_LONGEST_PROPERTY]
    core.title, core.author, core.last_modified_by = printed(memo.title)[:_LONGEST_PROPERTY], unit, unit
    core.created = core.modified = now
    return part


def docx_bytes(memo: Memo, profile: Profile = DEFAULT, progress: Progress | None = None) -> bytes:
    """The whole file. Raises what `progress` raises."""
    package, notes = Package(), _Footnotes()
    document = XmlPart(PackURI("/word/document.xml"), CT.WML_DOCUMENT_MAIN, parse_xml(blob(w("document"))), package)

    def add(name: str, content: str, relation: str, root: Element) -> str:
        return document.relate_to(Part(PackURI(f"/word/{name}.xml"), content, blob(root), package), relation)

    margins = []
    for at, kind in enumerate(("default", "even"), 1):
        if memo.watermark:
            header = add(f"header{at}", CT.WML_HEADER, RT.HEADER, ornaments.watermark(printed(memo.watermark), at, profile))
            margins.append(w("headerReference", type=kind, r_id=header))
        footer = add(f"footer{at}", CT.WML_FOOTER, RT.FOOTER, _footer(at == 2, profile))
        margins.append(w("footerReference", type=kind, r_id=footer))
    document.element.append(_body(memo, profile, notes, margins, progress))
    add("styles", CT.WML_STYLES, RT.STYLES, stylesheet.styles(profile))
    add("settings", CT.WML_SETTINGS, RT.SETTINGS, stylesheet.settings())
    add("fontTable", CT.WML_FONT_TABLE, RT.FONT_TABLE, stylesheet.font_table(profile))
    add("footnotes", CT.WML_FOOTNOTES, RT.FOOTNOTES, notes.part())
    package.relate_to(document, RT.OFFICE_DOCUMENT)
    package.relate_to(_core(package, memo, datetime.now(UTC).replace(microsecond=0)), RT.CORE_PROPERTIES)
    stream = BytesIO()
    package.save(stream)
    return stream.getvalue()
