"""The setter: lines of 28 characters put on pages of 22, footnotes at their foot, headings kept with their text.

No file and no font here, only places: the PDF writer draws them, and a preview can. Coordinates are points of the A4 page,
origin top left, y downwards; a glyph's `y` is its baseline.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import accumulate
from operator import attrgetter

from desktop.memo import layout
from desktop.memo.layout import CHARACTER_SPACING, PageNumbers, Profile
from desktop.memo.linebreaking import Atom, Line, atoms, break_lines
from desktop.memo.outline import FIRST_LEVEL, HEADINGS, Block, BlockKind

# The width in points of a text in a kind of type ("body", "hei" …, as in `Typefaces`) at a size.
Measure = Callable[[str, str, float], float]

_ASCENT = 0.88  # of the size: where the baseline lies in a character's box
_RAISED_SIZE, _RAISE = 0.6, 0.35
_NOTE_PITCH, _NOTE_GAP = 16.0, 10.0
_RAISED_ATOM = attrgetter("raised")
_NOTE_RULE = layout.points(50)
_RED_LINE = 1.5  # points


@dataclass(frozen=True, slots=True)
class Look:
    """How a kind of block is set: kind of type, size, alignment, first-line indent in characters, space after a character."""

    face: str
    size: float = layout.BODY_SIZE
    align: str = "both"
    indent: int = 2
    spacing: float = CHARACTER_SPACING
    red: bool = False


_BODY = Look("body")
_KAI = Look("kai")
_HEI = Look("hei")
_TITLE = Look("title", layout.TITLE_SIZE, "center", 0, 0.0)
_CLOSING = Look("body", align="left", indent=0, spacing=0.0)
_NOTE = Look("body", layout.FOOTNOTE_SIZE, indent=0, spacing=0.0)
LOOKS = {
    BlockKind.SHEET_TITLE: _TITLE,
    BlockKind.HEAD_NAME: Look("title", layout.TITLE_SIZE, "center", 0, 0.0),
    BlockKind.HEAD_NUMBER: Look("body", align="center", indent=0, spacing=0.0),
    BlockKind.HEAD_LINE: Look("body", align="left", indent=0, spacing=0.0),
    BlockKind.MARK: Look("hei", align="left", indent=0, spacing=0.0),
    BlockKind.TITLE: _TITLE,
    BlockKind.PERIOD: Look("kai", align="center", indent=0, spacing=0.0),
    BlockKind.BLANK: _BODY,
    BlockKind.ADDRESSEE: Look("body", indent=0),
    BlockKind.LEAD_IN: _BODY,
    BlockKind.GROUP: _HEI,
    BlockKind.HEADING: _KAI,
    BlockKind.LONE_HEADING: _HEI,
    BlockKind.COMMENT: _KAI,
    BlockKind.EXCERPT: _BODY,
    BlockKind.NOTE: _BODY,
    BlockKind.SOURCE: _BODY,
    BlockKind.CROSS: _KAI,
    BlockKind.ATTACHMENTS: _BODY,
    BlockKind.UNIT: _CLOSING,
    BlockKind.DATE: _CLOSING,
    BlockKind.CONTACT: Look("body", indent=2, spacing=0.0),
    BlockKind.ANNEX: Look("hei", align="left", indent=0, spacing=0.0),
    BlockKind.ANNEX_TITLE: _TITLE,
}


@dataclass(frozen=True, slots=True)
class Glyphs:
    """A text at a place, in a kind of type and a size."""

    x: float
    y: float
    text: str
    face: str
    size: float
    red: bool = False


@dataclass(slots=True)
class Stretch:
    """Texts on one baseline in one kind of type and size, each with its own place: what a writer draws in one go."""

    y: float
    face: str
    size: float
    texts: list[str]
    places: list[float]
    red: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line, `width` in points."""

    x0: float
    y0: float
    x1: float
    y1: float
    width: float = 0.5
    red: bool = False


@dataclass(frozen=True, slots=True)
class Spot:
    """A band of a page from `top` to `bottom` that belongs to an excerpt, by its index in the memo."""

    excerpt: int
    top: float
    bottom: float


@dataclass(slots=True)
class SetPage:
    """A page: texts, rules, the headings on it as (level, text), and where the excerpts stand."""

    stretches: list[Stretch] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    headings: list[tuple[int, str]] = field(default_factory=list)
    spots: list[Spot] = field(default_factory=list)
    watermark: str = ""

    @property
    def glyphs(self) -> list[Glyphs]:
        """The texts one by one."""
        return [
            Glyphs(x, stretch.y, text, stretch.face, stretch.size, stretch.red)
            for stretch in self.stretches
            for text, x in zip(stretch.texts, stretch.places, strict=True)
        ]


class _Room:
    """What a page still has room for: body lines taken from the top, footnotes from the bottom."""

    def __init__(self, profile: Profile, carried: list[Line]) -> None:
        self.profile = profile
        self.used = 0.0  # lines
        self.notes = carried

    def fits(self, lines: float, notes: int = 0) -> bool:
        count = len(self.notes) + notes
        foot = _NOTE_GAP + count * _NOTE_PITCH if count else 0.0
        return (self.used + lines) * self.profile.line + foot <= self.profile.height + 0.01


class Setter:
    """Sets one memo. `measure` gives widths; the result is in `pages`."""

    def __init__(self, profile: Profile, measure: Measure) -> None:
        self.profile, self._measure = profile, measure
        self.left, self.top = layout.points(profile.left), layout.points(profile.top)
        self._calls = 0
        self._known: dict[Look, dict[str, Atom]] = {}
        self._apart: dict[tuple[Look, str], list[float]] = {}
        self.pages: list[SetPage] = []
        self.room = _Room(profile, [])
        self._open([])

    def _open(self, carried: list[Line]) -> None:
        """Begin a page; `carried` are lines of footnotes that the page before had no room for."""
        self.pages.append(SetPage())
        self.room = _Room(self.profile, carried)

    @property
    def y(self) -> float:
        """Where the next line begins."""
        return self.top + self.room.used * self.profile.line

    def close(self) -> None:
        """Set the footnotes of the page and begin the next one."""
        fitting = max(0, int((self.profile.height - self.room.used * self.profile.line - _NOTE_GAP) / _NOTE_PITCH))
        now, later = self.room.notes[:fitting], self.room.notes[fitting:]
        self._set_notes(now)
        self._open(later)

    def _set_notes(self, lines: Sequence[Line]) -> None:
        if not lines:
            return
        top = self.top + self.profile.height - len(lines) * _NOTE_PITCH
        self.pages[-1].rules.append(Rule(self.left, top - _NOTE_GAP / 2, self.left + _NOTE_RULE, top - _NOTE_GAP / 2))
        for at, line in enumerate(lines):
            self.draw(line, _NOTE, self.left, top + at * _NOTE_PITCH, _NOTE_PITCH)

    def draw(self, line: Line, look: Look, x: float, top: float, pitch: float) -> None:
        """Draw a line whose box begins at `top`."""
        baseline = top + (pitch - look.size) / 2 + look.size * _ASCENT
        page, texts = self.pages[-1].stretches, [atom.text for atom in line.atoms]
        if max(map(len, texts), default=0) <= 1 and not any(map(_RAISED_ATOM, line.atoms)):  # most lines: characters alone
            page.append(Stretch(baseline, look.face, look.size, texts, [x + place for place in line.places], look.red))
            return
        drawn = Stretch(baseline, look.face, look.size, [], [], look.red)
        page.append(drawn)
        for atom, place in zip(line.atoms, line.places, strict=True):
            if atom.raised:
                size, raised = look.size * _RAISED_SIZE, baseline - look.size * _RAISE
                page.append(Stretch(raised, look.face, size, [atom.text], [x + place]))
            elif look.spacing and len(atom.text) > 1:
                drawn.texts += atom.text
                drawn.places += [x + place + step for step in self._steps(look, atom.text)]
            else:
                drawn.texts.append(atom.text)
                drawn.places.append(x + place)

    def _steps(self, look: Look, word: str) -> list[float]:
        """Where the characters of a word stand from its beginning."""
        key = (look, word)
        if key not in self._apart:
            self._apart[key] = [0.0, *accumulate(self.width(look, char) for char in word[:-1])]
        return self._apart[key]

    def width(self, look: Look, text: str) -> float:
        """The width of a text as a look sets it."""
        return self._measure(look.face, text, look.size) + look.spacing * len(text)

    def atoms(self, text: str, look: Look, longest: float) -> list[Atom]:
        """The atoms of a text in a look; each is measured once."""
        return atoms(text, partial(self.width, look), longest, self._known.setdefault(look, {}))

    def _atoms(self, block: Block, look: Look) -> list[Atom]:
        found: list[Atom] = []
        for run in block.runs:
            found += self.atoms(run.text, look, self.profile.width)
            if run.note:
                self._calls += 1
                number = str(self._calls)
                found.append(Atom(number, self._measure(look.face, number, look.size * _RAISED_SIZE), True, run.note))
        return [*found, *self.atoms(block.tail, look, self.profile.width)]

    def lines_of(self, block: Block) -> list[Line]:
        """The lines of a block (an empty one is a line too); numbers the footnotes that it calls."""
        look, width = LOOKS[block.kind], self.profile.width
        if look.align == "both":
            em = look.size + look.spacing
            return break_lines(self._atoms(block, look), width, em, look.indent * em) or [Line((), ())]
        texts = block.lines or (block.text,)
        return [self._aligned(text, look) for text in texts]

    def _aligned(self, text: str, look: Look) -> Line:
        size = self.width(look, text)
        start = max(0.0, (self.profile.width - size) / 2) if look.align == "center" else 0.0
        return Line((Atom(text, size),), (start,))

    def _note_lines(self, line: Line) -> list[Line]:
        found: list[Line] = []
        for atom in line.atoms:
            if atom.note:
                number = Atom(atom.text, self._measure(_NOTE.face, atom.text, _NOTE.size * _RAISED_SIZE), True)
                pieces = [number, *self.atoms(f" {atom.note}", _NOTE, self.profile.width)]
                found += break_lines(pieces, self.profile.width, _NOTE.size)
        return found

    def _place_line(self, line: Line, look: Look, shift: float = 0.0) -> None:
        notes = self._note_lines(line)
        if self.room.used and not self.room.fits(1, len(notes)):
            self.close()
        while not self.room.used and not self.room.fits(1):  # a page full of footnotes carried over
            self.close()
        top = self.top + self.room.used * self.profile.line
        self.draw(line, look, self.left + shift, top, self.profile.line)
        self.room.used += 1
        self.room.notes = [*self.room.notes, *notes]

    def place(self, chain: Sequence[tuple[Block, list[Line]]], shifts: dict[BlockKind, float]) -> None:
        """Set blocks that belong together, and the last one's first line with them, on one page where they fit on one."""
        together = sum(len(lines) for _, lines in chain[:-1]) + 1
        if self.room.used and not self.room.fits(together) and together <= self.profile.lines:
            self.close()
        for block, lines in chain:
            if (block.kind is BlockKind.ANNEX or block.new_page) and self.room.used:
                self.close()
            if block.kind in (BlockKind.HEAD_NAME, BlockKind.HEAD_LINE):
                self._head(block)
            else:
                self._place_lines(block, lines, shifts.get(block.kind, 0.0))

    def _place_lines(self, block: Block, lines: Sequence[Line], shift: float) -> None:
        for at, line in enumerate(lines):
            self._place_line(line, LOOKS[block.kind], shift)
            if block.excerpt is not None:
                self.pages[-1].spots.append(Spot(block.excerpt, self.y - self.profile.line, self.y))
            if at == 0 and block.kind in HEADINGS:
                self.pages[-1].headings.append((1 if block.kind in FIRST_LEVEL else 2, block.text))

    def _head(self, block: Block) -> None:
        """The name of a red head, two lines high; or issuer, date and the red line 4 mm below them."""
        look, pitch = LOOKS[block.kind], self.profile.line
        if block.kind is BlockKind.HEAD_NAME:
            large = replace(look, size=block.size, red=True)
            self.draw(self._aligned(block.text, large), large, self.left, self.y, 2 * pitch)
            self.room.used += 2
            return
        right = self.profile.width - layout.BODY_SIZE - self.width(look, block.tail)
        for text, x in ((block.text, layout.BODY_SIZE), (block.tail, right)):
            self.draw(self._aligned(text, look), look, self.left + x, self.y, pitch)
        self.room.used += 1
        line = self.y + layout.RED_LINE_GAP
        self.pages[-1].rules.append(Rule(self.left, line, self.left + self.profile.width, line, _RED_LINE, red=True))
        self.room.used += (layout.RED_LINE_GAP + _RED_LINE) / pitch

    def finish(self, watermark: str = "") -> list[SetPage]:
        """Set what is left of the footnotes and the page numbers."""
        while self.room.notes:
            self.close()
        if not self.pages[-1].stretches:
            self.pages.pop()
        for number, page in enumerate(self.pages, 1):
            page.stretches.append(self._page_number(number))
            page.watermark = watermark
        return self.pages

    def _page_number(self, number: int) -> Stretch:
        size, text = layout.PAGE_NUMBER_SIZE, f"— {number} —"
        width = self._measure("song", text, size)
        right = self.left + self.profile.width - size - width
        x = right if number % 2 else self.left + size
        if self.profile.page_numbers is PageNumbers.CENTRE:
            x = self.left + (self.profile.width - width) / 2
        dash = self.top + self.profile.height + layout.points(layout.FOOTER_DASH_MM)
        return Stretch(dash + 0.33 * size, "song", size, [text], [x])
