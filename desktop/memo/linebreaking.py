"""Lines of Chinese text: what may not begin or end a line (避头尾), and how a full line is filled out.

Pure arithmetic over widths, so that the PDF writer and a preview break alike. Widths are in points.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

NO_START = frozenset("，。、；：？！）》”’〉】」』〕…·,.;:?!)]}%℃‰")
NO_END = frozenset("（《“‘〈【「『〔([{")
HANGING = frozenset("，。、；：？！")  # one of these may stand outside the line, as word processors let it
_UNITS = re.compile(r"[A-Za-z0-9.%+\-/@_:~]+|……|——|.", re.DOTALL)
_LOOSEST = 0.5  # of a character: a line that would need wider gaps is left ragged


@dataclass(frozen=True, slots=True)
class Atom:
    """What is never cut: a character, a Latin word, a number, or the call of a footnote (`raised`, with its `note`)."""

    text: str
    width: float
    raised: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line: its atoms, each with its place from the left edge of the type area."""

    atoms: tuple[Atom, ...]
    places: tuple[float, ...]

    @property
    def text(self) -> str:
        """The characters of the line."""
        return "".join(atom.text for atom in self.atoms)


def atoms(text: str, width: Callable[[str], float], longest: float) -> Iterator[Atom]:
    """Cut text into atoms; a word wider than `longest` is cut into its characters."""
    for unit in _UNITS.findall(text):
        size = width(unit)
        if size <= longest:
            yield Atom(unit, size)
        else:
            yield from (Atom(char, width(char)) for char in unit)


def _may_break(sequence: Sequence[Atom], at: int) -> bool:
    """Whether a line may begin with the atom at `at`."""
    first = next((atom for atom in sequence[at:] if atom.text != " "), sequence[at])
    last = next((atom for atom in reversed(sequence[:at]) if atom.text != " "), sequence[at - 1])
    return not (first.raised or first.text[0] in NO_START or last.text[-1] in NO_END)


def _end(sequence: Sequence[Atom], start: int, room: float) -> int:
    """Where the line that begins at `start` ends (exclusive)."""
    at, used = start, 0.0
    while at < len(sequence) and (used + sequence[at].width <= room + 0.01 or at == start):
        used += sequence[at].width
        at += 1
    if at == len(sequence):
        return at
    if sequence[at].text in HANGING and (at + 1 == len(sequence) or _may_break(sequence, at + 1)):
        return at + 1
    back = at
    while back > start + 1 and not _may_break(sequence, back):
        back -= 1
    return back if _may_break(sequence, back) else at


def _trimmed(line: Sequence[Atom]) -> list[Atom]:
    kept = list(line)
    while len(kept) > 1 and kept[-1].text == " ":
        kept.pop()
    return kept


def _filled(line: Sequence[Atom], indent: float, room: float, em: float, *, last: bool) -> Line:
    """Places for the atoms; all but a last line are spread over the whole room."""
    inside = sum(atom.width for atom in line)
    hangs = line[-1].text in HANGING and inside > room
    gaps = sum(1 for atom in line[1:] if not atom.raised) - (1 if hangs else 0)
    spare = room - inside + (line[-1].width if hangs else 0.0)
    stretch = spare / gaps if not last and gaps > 0 and 0 < spare <= gaps * em * _LOOSEST else 0.0
    places, x = [], indent
    for at, atom in enumerate(line):
        x += stretch if at and not atom.raised and not (hangs and at == len(line) - 1) else 0.0
        places.append(x)
        x += atom.width
    return Line(tuple(line), tuple(places))


def break_lines(sequence: Sequence[Atom], width: float, em: float, indent: float = 0.0) -> list[Line]:
    """The lines of one paragraph: `width` of the type area, `em` of a character, `indent` of the first line."""
    lines: list[Line] = []
    start = 0
    while start < len(sequence):
        first = indent if start == 0 else 0.0
        end = _end(sequence, start, width - first)
        lines.append(_filled(_trimmed(sequence[start:end]), first, width - first, em, last=end == len(sequence)))
        start = end
        while start < len(sequence) and sequence[start].text == " ":
            start += 1
    return lines
