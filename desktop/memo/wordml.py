"""A few words to write WordprocessingML with: elements, text runs, and fonts that no theme can override.

Schema order of children is the caller's duty; the writer's own tables are laid out in that order.
"""

from __future__ import annotations

from collections.abc import Iterable

from docx.oxml.ns import nsmap
from lxml import etree

Element = etree._Element  # noqa: SLF001 - lxml has no public name for its element class

_W = "{" + nsmap["w"] + "}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_NAMES = {"w": nsmap["w"], "r": nsmap["r"]}

# Of ambiguous width: without the hint a word processor sets them in the Latin font, where quotes are half as wide.
AMBIGUOUS = frozenset("“”‘’—…·–¹²³①②③④⑤⑥⑦⑧⑨⑩×÷±°℃§")


def w(tag: str, *children: Element, **attributes: str | int) -> Element:
    """An element of the w namespace; so are all its attributes, except `r_id`, which is `r:id`."""
    element = etree.Element(_W + tag, nsmap=_NAMES)
    for name, value in attributes.items():
        element.set("{" + nsmap["r"] + "}id" if name == "r_id" else _W + name, str(value))
    element.extend(children)
    return element


def text(content: str, tag: str = "t") -> Element:
    """A text node that keeps blanks at its ends."""
    element = w(tag)
    element.text = content
    if content != content.strip():
        element.set(_SPACE, "preserve")
    return element


def run(content: str | Element, *properties: Element) -> Element:
    """A run of text (or of one other element); text with characters of ambiguous width gets the East Asian hint."""
    hint = [] if isinstance(content, str) and AMBIGUOUS.isdisjoint(content) else [w("rFonts", hint="eastAsia")]
    style = [p for p in properties if p.tag == _W + "rStyle"]
    others = [p for p in properties if p.tag != _W + "rStyle"]
    wanted = [*style, *(hint if isinstance(content, str) else ()), *others]
    body = text(content) if isinstance(content, str) else content
    return w("r", *([w("rPr", *wanted)] if wanted else ()), body)


def paragraph(style: str, runs: Iterable[Element], *properties: Element) -> Element:
    """A paragraph of a style, with direct properties where the place asks for them (in schema order)."""
    return w("p", w("pPr", w("pStyle", val=style), *properties), *runs)


def fonts(family: str, latin: str = "") -> Element:
    """Explicit fonts for all four ranges; `latin` for digits and Latin letters where it differs."""
    return w("rFonts", ascii=latin or family, hAnsi=latin or family, eastAsia=family, cs=latin or family)


def size(points: float) -> tuple[Element, Element]:
    """A font size, for simple and complex scripts."""
    return w("sz", val=round(points * 2)), w("szCs", val=round(points * 2))


def blob(root: Element) -> bytes:
    """The part as it is stored."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
