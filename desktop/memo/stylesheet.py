"""The styles, settings and font table of the memo's .docx, all of GB/T 9704's looks in one table.

Everything is explicit: no theme, no latent styles, no fonts from a template. Paragraphs then need hardly any direct property.
"""

from __future__ import annotations

from dataclasses import dataclass

from desktop.memo import layout
from desktop.memo.layout import ALTERNATIVES, Profile
from desktop.memo.wordml import Element, fonts, size, w

NORMAL, BODY = "Normal", "Body"
CUT_MARK, CALL = "CutMark", "FootnoteReference"
FOOTNOTE, TABLE, TABLE_HEAD = "FootnoteText", "TableText", "TableHead"
FOOTER = "Footer"
HEAD_NAME, HEAD_LINE = "HeadName", "HeadLine"
IMPRINT, SHEET, SHEET_LABEL = "ImprintText", "SheetText", "SheetLabel"
RED = "FF0000"


@dataclass(frozen=True, slots=True)
class _Look:
    """One paragraph style: what differs from the style it is based on. `font` is a kind of `Typefaces`."""

    id: str
    name: str
    base: str = BODY
    font: str = ""
    size: float = 0.0
    align: str = ""
    indent: bool | None = None  # two characters; None: as the base
    level: int | None = None  # outline level
    keep: bool = False
    new_page: bool = False
    single: bool = False  # single line spacing off the grid, for tables and footnotes
    loose: bool = False  # on the line pitch but off the grid, which gives type larger than 3号 two lines in one office suite
    red: bool = False
    lines: int = 1  # of the pitch that a line of it takes
    underlined: bool = False  # the red line of a red head, text indented by a character, the right part on a tab


_LOOKS = (
    _Look("SheetTitle", "呈阅件标题", NORMAL, "title", layout.TITLE_SIZE, "center", loose=True),
    _Look(SHEET, "呈阅件栏", NORMAL, size=layout.SHEET_SIZE, align="both", single=True),
    _Look(SHEET_LABEL, "呈阅件栏目", SHEET, "hei", align="center"),
    _Look(HEAD_NAME, "版头", NORMAL, "title", align="center", loose=True, red=True, lines=2),
    _Look("HeadNumber", "版头期号", NORMAL, align="center"),
    _Look(HEAD_LINE, "版头编印", NORMAL, align="left", underlined=True),
    _Look("Mark", "密级", NORMAL, "hei", align="left"),
    _Look("Title", "Title", NORMAL, "title", layout.TITLE_SIZE, "center", loose=True),
    _Look("Period", "时段", NORMAL, "kai", align="center"),
    _Look("Addressee", "主送", indent=False),
    _Look("LeadIn", "导语"),
    _Look("Heading1", "heading 1", font="hei", level=0, keep=True),
    _Look("Heading2", "heading 2", font="kai", level=1, keep=True),
    _Look("Comment", "摘要/按语", font="kai"),
    _Look("Excerpt", "摘录"),
    _Look("SourceNote", "注"),
    _Look("SourceLine", "出处"),
    _Look("CrossReference", "参见", font="kai"),
    _Look("Attachments", "附件说明"),
    _Look("Signature", "署名", NORMAL, align="right"),
    _Look("SignatureDate", "成文日期", NORMAL, align="right"),
    _Look("Contact", "附注", NORMAL, align="both", indent=True),
    _Look("Annex", "附件", NORMAL, "hei", align="left", new_page=True),
    _Look("AnnexTitle", "附件标题", NORMAL, "title", layout.TITLE_SIZE, "center", loose=True),
    _Look(TABLE, "表文", NORMAL, size=layout.TABLE_SIZE, align="center", single=True),
    _Look(TABLE_HEAD, "表头", TABLE, "hei", size=layout.TABLE_SIZE, single=True),
    _Look(FOOTNOTE, "footnote text", NORMAL, size=layout.FOOTNOTE_SIZE, align="both", single=True),
    _Look(IMPRINT, "版记", NORMAL, size=layout.IMPRINT_SIZE, align="both", single=True),
    _Look(FOOTER, "footer", NORMAL, "song", layout.PAGE_NUMBER_SIZE, single=True),
)


def _indent(wanted: bool) -> Element:
    if wanted:
        return w("ind", firstLineChars=200, firstLine=layout.FIRST_LINE_TWIPS)
    return w("ind", firstLineChars=0, firstLine=0)


def _paragraph_properties(look: _Look, profile: Profile) -> list[Element]:
    found: list[Element] = []
    if look.keep:
        found.append(w("keepNext"))
    if look.new_page:
        found.append(w("pageBreakBefore"))
    if look.underlined:
        edge = w("tab", val="right", pos=round(profile.width * 20) - 320)
        found += [w("pBdr", w("bottom", val="single", sz=12, space=layout.RED_LINE_GAP, color=RED)), w("tabs", edge)]
    if look.single or look.loose:
        found.append(w("snapToGrid", val=0))
    if look.lines > 1:
        found.append(w("spacing", before=0, after=0, line=look.lines * profile.line_twips, lineRule="exact"))
    if look.single:
        found.append(w("spacing", before=0, after=0, line=240, lineRule="auto"))
    if look.indent is not None:
        found.append(_indent(look.indent))
    if look.underlined:
        # Not an indent of the whole paragraph: its border, the red line, would be as much shorter.
        found.append(w("ind", firstLineChars=100, firstLine=320))
    if look.align:
        found.append(w("jc", val=look.align))
    if look.level is not None:
        found.append(w("outlineLvl", val=look.level))
    return found


def _run_properties(look: _Look, profile: Profile) -> list[Element]:
    found: list[Element] = []
    if look.font:
        found.append(fonts(getattr(profile.typefaces, look.font), "" if look.font == "song" else profile.digit_font))
    if look.id == "Heading2" and profile.second_level_bold:
        found += [w("b"), w("bCs")]
    if look.red:
        found.append(w("color", val=RED))
    if look.size:
        found += size(look.size)
    return found


def _style(look: _Look, profile: Profile) -> Element:
    following = BODY if look.id.startswith("Heading") else look.id
    return w("style", w("name", val=look.name), w("basedOn", val=look.base), w("next", val=following), w("qFormat"),
             w("pPr", *_paragraph_properties(look, profile)), w("rPr", *_run_properties(look, profile)),
             type="paragraph", styleId=look.id)  # fmt: skip


def _defaults(profile: Profile) -> Element:
    run = w("rPr", fonts(profile.typefaces.body, profile.digit_font), *size(layout.BODY_SIZE),
            w("lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA"))  # fmt: skip
    return w("docDefaults", w("rPrDefault", run), w("pPrDefault", w("pPr")))


def _normal(profile: Profile) -> Element:
    # The automatic blanks between Chinese and Latin or digits would break the grid of 28 characters.
    look = w("pPr", w("widowControl", val=0), w("autoSpaceDE", val=0), w("autoSpaceDN", val=0),
             w("spacing", before=0, after=0, line=profile.line_twips, lineRule="exact"), w("jc", val="both"))  # fmt: skip
    letters = w("rPr", fonts(profile.typefaces.body, profile.digit_font), *size(layout.BODY_SIZE))
    return w("style", w("name", val="Normal"), w("qFormat"), look, letters, type="paragraph", default=1, styleId=NORMAL)


def _body() -> Element:
    narrower = w("rPr", w("spacing", val=round(layout.CHARACTER_SPACING * 20)))
    return w("style", w("name", val="公文正文"), w("basedOn", val=NORMAL), w("qFormat"),
             w("pPr", _indent(True)), narrower, type="paragraph", styleId=BODY)  # fmt: skip


def _character_style(identity: str, name: str, *properties: Element) -> Element:
    return w("style", w("name", val=name), w("rPr", *properties), type="character", styleId=identity)


def styles(profile: Profile) -> Element:
    """The style sheet."""
    return w("styles", _defaults(profile), _normal(profile), _body(), *(_style(look, profile) for look in _LOOKS),
             _character_style(CUT_MARK, "节选"),
             _character_style(CALL, "footnote reference", w("vertAlign", val="superscript")))  # fmt: skip


def font_table(profile: Profile) -> Element:
    """The families asked for, each with the name a word processor may take instead."""
    return w("fonts", *map(_font, dict.fromkeys(filter(None, (*profile.typefaces.all, profile.digit_font)))))


def _font(family: str) -> Element:
    other = ALTERNATIVES.get(family)
    chinese = any(ord(char) > 0x7F for char in family)
    names = [w("altName", val=other)] if other else []
    return w("font", *names, w("charset", val="86" if chinese else "00"), w("family", val="auto"), w("pitch", val="variable"),
             name=family)  # fmt: skip


def settings() -> Element:
    """Odd and even pages differ; no compression of punctuation, which would put 29 characters on a line."""
    separators = w("footnotePr", w("footnote", id=-1), w("footnote", id=0))
    mode = w("compatSetting", name="compatibilityMode", uri="http://schemas.microsoft.com/office/word", val=15)
    return w("settings", w("zoom", percent=100), w("evenAndOddHeaders"), w("characterSpacingControl", val="doNotCompress"),
             separators, w("compat", mode), w("themeFontLang", val="en-US", eastAsia="zh-CN"))  # fmt: skip
