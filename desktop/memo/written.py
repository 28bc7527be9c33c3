"""A written .docx read back: its parts, and its paragraphs and runs with the properties that their styles give them."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from lxml import etree

from desktop.memo.wordml import Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CALL_STYLE, _TAIL_STYLE = "FootnoteReference", "CutMark"

Properties = dict[str, dict[str, str]]  # element name to its attributes, without namespaces


def _local(name: str | bytes) -> str:
    return etree.QName(name).localname


def attributes_of(element: Element) -> dict[str, str]:
    """An element's attributes without namespaces."""
    return {_local(name): str(value) for name, value in element.attrib.items()}


def properties_of(element: Element | None) -> Properties:
    """The properties that stand directly in a pPr or rPr."""
    children = () if element is None else element
    return {_local(child.tag): attributes_of(child) for child in children if isinstance(child.tag, str)}


def _field(run: Element) -> str:
    sign, instruction = run.find(_W + "fldChar"), run.find(_W + "instrText")
    if sign is not None:
        return attributes_of(sign).get("fldCharType", "")
    return "" if instruction is None else (instruction.text or "").strip()


def _merged(base: Properties, more: Properties) -> Properties:
    """Properties with others put over them; fonts, indents and spacings are put over attribute by attribute."""
    return base | {name: base.get(name, {}) | attributes for name, attributes in more.items()}


@dataclass(frozen=True, slots=True)
class WrittenRun:
    """A run: its text (a line break is a newline), its properties in force, and the footnote it calls.

    `field` is what it is of a field: begin, separate, end, or the instruction; empty for text.
    """

    text: str
    properties: Properties
    style: str = ""
    note: int | None = None
    field: str = ""

    @property
    def font(self) -> dict[str, str]:
        """The fonts of the four ranges and the hint."""
        return self.properties.get("rFonts", {})


@dataclass(frozen=True, slots=True)
class WrittenParagraph:
    """A paragraph: its style, its properties in force and its runs. `text` leaves out calls and the author's cut mark."""

    style: str
    properties: Properties
    runs: tuple[WrittenRun, ...]
    element: Element

    @property
    def text(self) -> str:
        """The words of the paragraph."""
        return "".join(run.text for run in self.runs if run.style not in (_CALL_STYLE, _TAIL_STYLE))

    @property
    def tail(self) -> str:
        """The author's mark behind a quotation."""
        return "".join(run.text for run in self.runs if run.style == _TAIL_STYLE)

    @property
    def calls(self) -> tuple[tuple[int, int], ...]:
        """Each footnote called: after how many characters, and its number."""
        found, at = [], 0
        for run in self.runs:
            if run.note is not None:
                found.append((at, run.note))
            elif run.style != _TAIL_STYLE:
                at += len(run.text)
        return tuple(found)

    def value(self, name: str, attribute: str = "val") -> str | None:
        """An attribute of a property in force, None where it is not set."""
        return self.properties.get(name, {}).get(attribute)

    def number(self, name: str, attribute: str) -> int:
        """The same as a number, 0 where it is not set."""
        return int(self.value(name, attribute) or 0)

    @property
    def keeps(self) -> bool:
        """Whether it stays with the next paragraph."""
        return "keepNext" in self.properties and self.value("keepNext") not in ("0", "false")


class Written:
    """A .docx. Raises `zipfile.BadZipFile`, `KeyError` or `etree.XMLSyntaxError` where it is no such file."""

    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as package:
            self.parts = {name: package.read(name) for name in package.namelist()}
        self.roots = {name: etree.fromstring(part) for name, part in self.parts.items() if name.endswith((".xml", ".rels"))}
        self._resolved: dict[tuple[str | None, str], Properties] = {}
        self._styles = {style.get(_W + "styleId"): style for style in self.roots["word/styles.xml"].iter(_W + "style")}

    def style(self, identity: str | None, kind: str) -> Properties:
        """What a style gives with all it is based on and the defaults; `kind` is pPr or rPr."""
        if (identity, kind) not in self._resolved:
            self._resolved[identity, kind] = self._resolve(identity, kind)
        return self._resolved[identity, kind]

    def _resolve(self, identity: str | None, kind: str) -> Properties:
        style = self._styles.get(identity)
        if style is None:
            return properties_of(self.roots["word/styles.xml"].find(f"{_W}docDefaults/{_W}{kind}Default/{_W}{kind}"))
        base = style.find(_W + "basedOn")
        inherited = self.style(None if base is None else base.get(_W + "val"), kind)
        return _merged(inherited, properties_of(style.find(_W + kind)))

    @property
    def style_names(self) -> dict[str, str]:
        """Style ids to the names that the user of a word processor sees."""
        return {str(key): style.findall(_W + "name")[0].get(_W + "val", "") for key, style in self._styles.items()}

    def _run(self, element: Element, style: str) -> WrittenRun:
        own = properties_of(element.find(_W + "rPr"))
        character = own.get("rStyle", {}).get("val", "")
        inherited = self.style(style, "rPr")
        if character in self._styles:
            inherited = _merged(inherited, properties_of(self._styles[character].find(_W + "rPr")))
        call = element.find(_W + "footnoteReference")
        note = None if call is None else int(call.get(_W + "id", 0))
        pieces = ("\n" if child.tag == _W + "br" else child.text or "" for child in element if child.tag in (_W + "t", _W + "br"))
        return WrittenRun("".join(pieces), _merged(inherited, own), character, note, _field(element))

    def paragraph(self, element: Element) -> WrittenParagraph:
        """A paragraph with everything in force."""
        own = properties_of(element.find(_W + "pPr"))
        style = own.get("pStyle", {}).get("val", "")
        runs = tuple(self._run(run, style) for run in element.iter(_W + "r"))
        return WrittenParagraph(style, _merged(self.style(style, "pPr"), own), runs, element)

    @cached_property
    def body(self) -> tuple[WrittenParagraph, ...]:
        """The paragraphs of the text, without those of tables."""
        return tuple(self.paragraph(p) for p in self.roots["word/document.xml"].findall(f"{_W}body/{_W}p"))

    @cached_property
    def cells(self) -> tuple[WrittenParagraph, ...]:
        """The paragraphs in tables."""
        cells = self.roots["word/document.xml"].iter(_W + "tc")
        return tuple(self.paragraph(p) for cell in cells for p in cell.findall(_W + "p"))

    def of(self, *styles: str) -> tuple[WrittenParagraph, ...]:
        """The paragraphs of the text that have one of these styles."""
        return tuple(paragraph for paragraph in self.body if paragraph.style in styles)

    def section(self, name: str) -> dict[str, str]:
        """The attributes of a property of the (only) section."""
        found = self.roots["word/document.xml"].find(f"{_W}body/{_W}sectPr/{_W}{name}")
        return {} if found is None else attributes_of(found)

    def footer(self, kind: str) -> WrittenParagraph | None:
        """The paragraph of the footer for `default` or `even` pages."""
        for reference in self.roots["word/document.xml"].iter(_W + "footerReference"):
            if reference.get(_W + "type") == kind:
                target = self._target(attributes_of(reference)["id"])
                return self.paragraph(next(self.roots[target].iter(_W + "p")))
        return None

    def _target(self, identity: str) -> str:
        for relation in self.roots["word/_rels/document.xml.rels"]:
            if relation.get("Id") == identity:
                return "word/" + str(relation.get("Target"))
        raise KeyError(identity)

    @cached_property
    def notes(self) -> dict[int, str]:
        """Footnotes by number, separators left out."""
        found = self.roots["word/footnotes.xml"].iter(_W + "footnote")
        return {
            int(note.get(_W + "id", 0)): "".join(t.text or "" for t in note.iter(_W + "t")).strip()
            for note in found
            if note.get(_W + "type") is None
        }

    @cached_property
    def all_runs(self) -> tuple[WrittenRun, ...]:
        """Every run of every part."""
        return tuple(run for p in self.elements("p") for run in self.paragraph(p).runs)

    def elements(self, *names: str) -> Iterator[Element]:
        """Every element of these names in any part of the text."""
        for name, root in self.roots.items():
            if name.startswith("word/") and not name.endswith(".rels"):
                yield from root.iter(*(_W + wanted for wanted in names))
