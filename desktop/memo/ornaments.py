"""The parts of a .docx that only some kinds of memo have: red head, sheet on top, 版记, watermark (GB/T 9704 7.2, 7.4)."""

from __future__ import annotations

from lxml import etree

from desktop.memo import forms, layout, stylesheet
from desktop.memo.layout import Profile
from desktop.memo.outline import Block
from desktop.memo.wordml import Element, paragraph, run, w

_THICK, _THIN = 8, 6  # eighths of a point: 0.35 mm and 0.25 mm
_CHARACTER = 280  # twips of a character of 4号
_WATERMARK = """<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml"
 xmlns:o="urn:schemas-microsoft-com:office:office"><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr><w:r><w:pict>
<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas>
<v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/>
<v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/></v:formulas>
<v:path textpathok="t" o:connecttype="rect"/><v:textpath on="t" fitshape="t"/></v:shapetype><v:shape type="#_x0000_t136"
 fillcolor="#d9d9d9" stroked="f"><v:fill opacity=".6"/><v:textpath/></v:shape></w:pict></w:r></w:p></w:hdr>"""
_V = "{urn:schemas-microsoft-com:vml}"


def _borders(**lines: int) -> Element:
    return w("tblBorders", *(w(side, val="single", sz=size, space=0, color="auto") for side, size in lines.items()))


def _cell(width: int, *content: Element) -> Element:
    return w("tc", w("tcPr", w("tcW", w=width, type="dxa"), w("vAlign", val="center")), *content)


def head_line(block: Block) -> Element:
    """Issuer left, date right."""
    return paragraph(stylesheet.HEAD_LINE, [run(block.text), w("r", w("tab")), run(block.tail)])


def sheet(block: Block, profile: Profile) -> Element:
    """The form on top of a 呈阅件: label and what is filled in, rows as high as the page allows; a very long one may break."""
    columns = layout.twips(layout.SHEET_LABEL_MM), layout.twips(layout.SHEET_TEXT_MM)
    rows = []
    for (label, words), height in zip(block.rows, forms.row_heights(block, profile), strict=True):
        whole = [w("cantSplit")] if height < forms.TALLEST else []
        properties = w("trPr", *whole, w("trHeight", val=layout.twips(height), hRule="atLeast"))
        cells = (_cell(columns[0], paragraph(stylesheet.SHEET_LABEL, [run(label)])),
                 _cell(columns[1], paragraph(stylesheet.SHEET, [run(words)] if words else [])))  # fmt: skip
        rows.append(w("tr", properties, *cells))
    looks = w("tblPr", w("tblW", w=sum(columns), type="dxa"), w("jc", val="center"),
              _borders(top=_THICK, left=_THICK, bottom=_THICK, right=_THICK, insideH=_THIN, insideV=_THIN),
              w("tblLayout", type="fixed"), w("tblCellMar", w("left", w=113, type="dxa"), w("right", w=113, type="dxa")))  # fmt: skip
    return w("tbl", looks, w("tblGrid", *(w("gridCol", w=column) for column in columns)), *rows)


def _receivers(label: str, names: str) -> Element:
    """`报：甲，乙。`: one character in from both sides, further lines behind the colon."""
    hanging = (len(label) + 1) * _CHARACTER
    place = w("ind", left=_CHARACTER + hanging, right=_CHARACTER, hanging=hanging)
    return paragraph(stylesheet.IMPRINT, [run(f"{label}：{names}")], place)


def imprint(block: Block, profile: Profile) -> Element:
    """版记: a table as wide as the type area whose last rule lies on its lower edge; no rule between the receivers."""
    width = round(profile.width * 20)
    *receivers, (left, right) = block.rows
    tabs = w("tabs", w("tab", val="right", pos=width - _CHARACTER))
    last = paragraph(
        stylesheet.IMPRINT, [run(left), w("r", w("tab")), run(right)], tabs, w("ind", left=_CHARACTER), w("jc", val="left")
    )
    rows = [w("tr", w("trPr", w("cantSplit")), _cell(width, last))]
    if receivers:
        rows.insert(0, w("tr", w("trPr", w("cantSplit")), _cell(width, *(_receivers(*one) for one in receivers))))
    # Anchored sideways to the page: one office suite sets a table as wide as the text in the line when anchored to the margin.
    place = w("tblpPr", leftFromText=0, rightFromText=0, vertAnchor="margin", horzAnchor="page",
              tblpX=layout.twips(profile.left), tblpYSpec="bottom")  # fmt: skip
    looks = w("tblPr", place, w("tblW", w=width, type="dxa"), _borders(top=_THICK, bottom=_THICK, insideH=_THIN),
              w("tblLayout", type="fixed"), w("tblCellMar", w("left", w=0, type="dxa"), w("right", w=0, type="dxa")))  # fmt: skip
    return w("tbl", looks, w("tblGrid", w("gridCol", w=width)), *rows)


def watermark(words: str, number: int, profile: Profile) -> Element:
    """A header that holds the watermark, from lower left to upper right behind the text."""
    root = etree.fromstring(_WATERMARK)
    shape, path = next(root.iter(_V + "shape")), list(root.iter(_V + "textpath"))[-1]
    shape.set("id", f"Watermark{number}")
    height = layout.WATERMARK_WIDTH / max(len(words), 1)
    shape.set("style", f"position:absolute;margin-left:0;margin-top:0;width:{layout.WATERMARK_WIDTH:g}pt;height:{height:.1f}pt;rotation:315;"
              "z-index:-251658752;mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
              "mso-position-vertical:center;mso-position-vertical-relative:margin")  # fmt: skip
    path.set("style", f'font-family:"{profile.typefaces.hei}";font-size:1pt')
    path.set("string", words)
    return root
