"""Sets a bulletin issue as sheets of lines, the way the real ones are set, without any font.

A line is counted in cells, a Chinese character being one cell and an ASCII one half a cell, so pages break at the same
characters on every machine. Coordinates are PDF points, origin at the top left, y downwards, of an A4 page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

Issue = Mapping[str, Any]
Kind = Literal["masthead", "contents", "section", "title", "text", "note", "receivers", "imprint", "folio"]
Align = Literal["left", "centre", "right"]

WIDTH, HEIGHT = 595, 842
LEFT, MEASURE = 79.5, 448.0
TOP, BOTTOM = 111.0, 727.0
RED, BLACK = (0.75, 0.06, 0.06), (0.0, 0.0, 0.0)
REFERENCES = "¹²³⁴⁵⁶⁷⁸⁹"
_OPENING = "“‘（《〈【〔"
_CLOSING = "，。、；：？”’）》〉】〕％%"
_WORDS = re.compile(r"[!-~]+|[^!-~]")


@dataclass(frozen=True)
class Layout:
    """What a test may want different from the ordinary print.

    `title_width` is the cells of a title line. `bold` are stretches of text set bold besides the heads of points. The first
    `first_receivers` of 主送 form its first paragraph. `backwards` writes the last line of every sheet first, so that reading
    order must come from coordinates.
    """

    page_numbers: bool = True
    footnotes: bool = True
    rotation: Literal[0, 90, 180, 270] = 0
    body_size: float = 16.0
    title_width: int = 20
    bold: tuple[str, ...] = ()
    first_receivers: int = 2
    backwards: bool = False

    @property
    def pitch(self) -> float:
        """Distance of two baselines; 28 points and 22 lines a page at 16 points."""
        return self.body_size * 1.75

    @property
    def cells(self) -> int:
        """Characters a line: 28 at 16 points."""
        return int(MEASURE // self.body_size)


@dataclass(frozen=True)
class Strip:
    """A run of one look. `raised` runs are printed small and high, as a footnote reference is."""

    text: str
    size: float
    bold: bool = False
    raised: bool = False
    colour: tuple[float, float, float] = BLACK


@dataclass(frozen=True)
class SetLine:
    """One set line; lines of one paragraph share `block`. `leader` is the page number at the end of a line of dots."""

    kind: Kind
    block: int
    baseline: float
    strips: tuple[Strip, ...]
    x: float = LEFT
    align: Align = "left"
    leader: str = ""

    @property
    def text(self) -> str:
        """The characters of the line, footnote references as superscript digits."""
        return "".join(strip.text for strip in self.strips)


@dataclass
class Sheet:
    """One page: its lines in reading order, and its rules as (x0, x1, y, width, colour)."""

    number: int
    lines: list[SetLine] = field(default_factory=list)
    rules: list[tuple[float, float, float, float, tuple[float, float, float]]] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)


def compose(issue: Issue, layout: Layout | None = None) -> list[Sheet]:
    """The sheets of an issue: a cover with masthead and contents, then the sections, then distribution and imprint."""
    compositor = _Compositor(layout or Layout())
    compositor.cover(issue)
    for section in issue["sections"]:
        compositor.section(section)
    compositor.distribution(issue)
    return compositor.finish()


def title_pages(sheets: Sequence[Sheet]) -> list[int]:
    """The printed page of each item title, in order."""
    first: dict[int, int] = {}
    for sheet in sheets:
        for line in sheet.lines:
            if line.kind == "title":
                first.setdefault(line.block, sheet.number)
    return list(first.values())


def cells(text: str) -> float:
    """The nominal width in Chinese characters."""
    return sum(0.5 if "!" <= char <= "~" or char == " " or char in REFERENCES else 1.0 for char in text)


def broken(text: str, width: float, indent: float = 0.0) -> Iterator[str]:
    """The lines of a paragraph: ASCII runs stay whole, closing punctuation may hang, opening punctuation never ends a line."""
    line, used = "", indent
    for word in _WORDS.findall(text):
        if line and used + cells(word) > width and word not in _CLOSING:
            kept = line.rstrip(_OPENING) or line
            yield kept
            line = line[len(kept) :]
            used = cells(line)
        line += word
        used += cells(word)
    yield line


class _Compositor:
    """Fills sheets from the top; a footnote takes its room from the foot of the sheet that its reference stands on."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.sheets = [Sheet(1)]
        self.y = TOP
        self.block = 0

    @property
    def sheet(self) -> Sheet:
        return self.sheets[-1]

    def floor(self, notes: Sequence[tuple[str, str]] = ()) -> float:
        lines = sum(len(_note_lines(note)) for note in [*self.sheet.notes, *notes])
        return BOTTOM - (lines * 11.5 + 12 if lines else 0)

    def turn(self) -> None:
        self._set_notes()
        self.sheets.append(Sheet(self.sheet.number + 1))
        self.y = TOP

    def finish(self) -> list[Sheet]:
        self._set_notes()
        if self.layout.page_numbers:
            for sheet in self.sheets[1:]:
                align: Align = "right" if sheet.number % 2 else "left"
                sheet.lines.append(SetLine("folio", 0, 768.0, (Strip(f"— {sheet.number} —", 14),), align=align))
        return self.sheets

    def put(self, kind: Kind, y: float, *strips: Strip, x: float = LEFT, align: Align = "left", leader: str = "") -> None:
        self.sheet.lines.append(SetLine(kind, self.block, y, strips, x, align, leader))

    def cover(self, issue: Issue) -> None:
        self.put("masthead", 175, Strip(issue["title"], 48, bold=True, colour=RED), align="centre")
        self.put("masthead", 215, Strip(f"第 {issue['number']} 期", 16), align="centre")
        year, month, day = (int(part) for part in issue["date"].split("-"))
        for row, issuer in enumerate(issue["issuers"]):
            self.put("masthead", 250 + 25 * row, Strip(issuer, 15))
            if row == 0:
                self.put("masthead", 250, Strip(f"{year} 年 {month} 月 {day} 日", 15), align="right")
        y = 256.0 + 25 * max(0, len(issue["issuers"]) - 1)
        self.sheet.rules.append((LEFT, LEFT + MEASURE, y, 2.25, RED))
        self.contents(issue, y + 56)

    def contents(self, issue: Issue, y: float) -> None:
        self.put("contents", y, Strip("本期要点", 18, bold=True), align="centre")
        y += 10
        for entry in issue["contents"]:
            self.block += 1
            y += 30
            self.put("contents", y, Strip(entry["section"], 16, bold=True), leader=str(entry["page"] or ""))
            for title in entry["titles"]:
                self.block += 1
                for row, text in enumerate(broken(title, 25)):
                    y += 30
                    self.put("contents", y, Strip(text if row else "● " + text, 15), x=LEFT + (38 if row else 16))

    def section(self, section: Mapping[str, Any]) -> None:
        if len(self.sheets) == 1:
            self.turn()
        if self.y + 5 * self.layout.pitch > self.floor():
            self.turn()
        self.block += 1
        self.y += 2 * self.layout.pitch if self.y > TOP else self.layout.pitch
        strip = Strip(f"【{section['name']}】", 18, bold=True, colour=RED)
        self.put("section", self.y - self.layout.pitch / 3, strip)
        for item in section["items"]:
            self.item(item)

    def item(self, item: Mapping[str, Any]) -> None:
        self.title(item["title"])
        notes = {REFERENCES[int(note["mark"]) - 1]: (note["mark"], note["text"]) for note in item["footnotes"]}
        self.paragraph(item["lead"], notes)
        for point in item["points"]:
            marker = f"（{point['n']}）"
            self.paragraph(marker + point["text"], notes, marker + point["head"] + "。")
        for paragraph in item["paragraphs"]:
            self.paragraph(paragraph, notes)

    def title(self, title: str) -> None:
        pitch = self.layout.pitch
        lines = list(broken(title, self.layout.title_width))
        if self.y + (len(lines) + 3) * pitch > self.floor():
            self.turn()
        self.block += 1
        self.y += pitch / 2
        for line in lines:
            self.put("title", self.y + pitch * 0.75, Strip(line, 20, bold=True), align="centre")
            self.y += pitch
        self.y += pitch / 2

    def paragraph(self, text: str, notes: Mapping[str, tuple[str, str]], head: str = "") -> None:
        if not self.layout.footnotes:
            text, notes = text.translate({ord(mark): None for mark in notes}), {}
        size, pitch = self.layout.body_size, self.layout.pitch
        self.block += 1
        bold = _bold_places(text, (head, *self.layout.bold))
        at = 0
        for line in broken(text, self.layout.cells, indent=2):
            called = [note for mark, note in notes.items() if mark in line]
            if self.y + pitch > self.floor(called) + 0.01:
                self.turn()
            self.sheet.notes.extend(called)
            strips = _strips(line, at, bold, size)
            self.put("text", self.y + pitch * 0.72, *strips, x=LEFT + (0 if at else 2 * size))
            self.y += pitch
            at += len(line)

    def distribution(self, issue: Issue) -> None:
        to, cc = issue["distribution"]["to"], issue["distribution"]["cc"]
        first = self.layout.first_receivers
        paragraphs = ["主送：" + "，".join(to[:first]), "，".join(to[first:]), "抄送：" + "，".join(cc)]
        size = self.layout.body_size - 2
        pitch = size * 12 / 7
        lines = [list(broken(text + "。", MEASURE // size - 1)) for text in paragraphs if text]
        height = pitch * (sum(map(len, lines)) + 2) + 30
        if self.y + height > self.floor():
            self.turn()
        self._rule(self.y + 12)
        y = self.y + 12
        for paragraph in lines:
            self.block += 1
            for text in paragraph:
                y += pitch
                self.put("receivers", y - 3, Strip(text, size))
        self._rule(y + 5)
        year, month, day = (int(part) for part in issue["printed_date"].split("-"))
        for row, text in enumerate((issue["printed_by"], f"{year} 年 {month} 月 {day} 日印发")):
            self.block += 1
            self.put("imprint", y + pitch * (row + 1), Strip(text, size))
        self.y = y + 60

    def _rule(self, y: float) -> None:
        self.sheet.rules.append((LEFT, LEFT + MEASURE, y, 1.0, BLACK))

    def _set_notes(self) -> None:
        if not self.sheet.notes:
            return
        y = self.floor() + 8
        self.sheet.rules.append((LEFT, LEFT + 110, y - 5, 0.5, BLACK))
        for note in self.sheet.notes:
            self.block += 1
            for text in _note_lines(note):
                y += 11.5
                self.put("note", y, Strip(text, 9))


def _note_lines(note: tuple[str, str]) -> list[str]:
    return list(broken(" ".join(note), MEASURE // 9))


def _bold_places(text: str, phrases: Sequence[str]) -> set[int]:
    places: set[int] = set()
    for phrase in filter(None, phrases):
        start = text.find(phrase)
        if start >= 0:
            places.update(range(start, start + len(phrase)))
    return places


def _strips(line: str, at: int, bold: set[int], size: float) -> tuple[Strip, ...]:
    strips: list[Strip] = []
    for offset, char in enumerate(line, at):
        look = Strip("", size, bold=offset in bold, raised=char in REFERENCES)
        last = strips[-1] if strips else None
        if last and (last.bold, last.raised) == (look.bold, look.raised):
            strips[-1] = Strip(last.text + char, size, look.bold, look.raised)
        else:
            strips.append(Strip(char, size, look.bold, look.raised))
    return tuple(strips)
