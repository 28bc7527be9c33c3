"""Lines of Chinese text: what may not begin or end a line (避头尾), and how a full line is filled out.

Pure arithmetic over widths, so that the PDF writer and a preview break alike. Widths are in points.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate

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


def atoms(text: str, width: Callable[[str], float], longest: float, known: dict[str, Atom] | None = None) -> list[Atom]:
    """Text cut into atoms; a word wider than `longest` is cut into its characters. `known` keeps the atoms of one width function,
    so that the same one is measured once.
    """
    known = {} if known is None else known
    found = []
    for unit in _UNITS.findall(text):
        atom = known.get(unit)
        if atom is None:
            atom = known[unit] = Atom(unit, width(unit))
        if atom.width <= longest:
            found.append(atom)
        else:
            found += [Atom(char, width(char)) for char in unit]
    return found


def _may_break(sequence: Sequence[Atom], at: int) -> bool:
    """Whether a line may begin with the atom at `at`."""
    first, last = at, at - 1
    while first + 1 < len(sequence) and sequence[first].text == " ":
        first += 1
    while last > 0 and sequence[last].text == " ":
        last -= 1
    return not (sequence[first].raised or sequence[first].text[0] in NO_START or sequence[last].text[-1] in NO_END)


def _end(sequence: Sequence[Atom], edges: Sequence[float], start: int, room: float, *, hang: bool) -> int:
    """Where the line that begins at `start` ends (exclusive); `edges` are the left edges of all atoms on one endless line."""
    at = max(bisect_right(edges, edges[start] + room + 0.01) - 1, start + 1)
    if at == len(sequence):
        return at
    if hang and sequence[at].text in HANGING and (at + 1 == len(sequence) or _may_break(sequence, at + 1)):
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
    widths = [atom.width for atom in line]
    inside = sum(widths)
    hangs = inside > room and line[-1].text in HANGING
    raised = [at for at, atom in enumerate(line) if atom.raised and at]
    gaps = len(line) - 1 - len(raised) - (1 if hangs else 0)
    spare = room - inside + (widths[-1] if hangs else 0.0)
    stretch = spare / gaps if not last and gaps > 0 and 0 < spare <= gaps * em * _LOOSEST else 0.0
    steps = [indent, *(width + stretch for width in widths[:-1])]
    for at in {*raised, *([len(line) - 1] if hangs and len(line) > 1 else ())} if stretch else ():
        steps[at] -= stretch
    return Line(tuple(line), tuple(accumulate(steps)))


def break_lines(
    sequence: Sequence[Atom], width: float, em: float, indent: float = 0.0, *, spread: bool = True, hang: bool = True
) -> list[Line]:
    """The lines of one paragraph: `width` of the type area, `em` of a character, `indent` of the first line.

    `spread`: both edges straight; `hang`: a stop may stand outside.
    """
    edges = [0.0, *accumulate(atom.width for atom in sequence)]
    lines: list[Line] = []
    start = 0
    while start < len(sequence):
        first = indent if start == 0 else 0.0
        end = _end(sequence, edges, start, width - first, hang=hang)
        ragged = not spread or end == len(sequence)
        lines.append(_filled(_trimmed(sequence[start:end]), first, width - first, em, last=ragged))
        start = end
        while start < len(sequence) and sequence[start].text == " ":
            start += 1
    return lines
