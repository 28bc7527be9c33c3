"""The fonts that the PDF writer embeds: the profile's families where the machine has them, named stand-ins where not.

A stand-in is chosen of the same kind (仿宋 and 宋体 by a serif face, 黑体 by a sans-serif one); the last resort is the Chinese
font that PyMuPDF carries. Characters that a face lacks come from that font too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import pymupdf

from desktop.memo.fontcutting import assembled, cut, tables
from desktop.memo.fonts import FontFile
from desktop.memo.layout import Profile
from desktop.memo.standins import KINDS_OF_TYPE, stand_in

_BUILT_IN = "china-s"


@dataclass(frozen=True, slots=True)
class _Face:
    """A font as it is on the machine: what measures characters, and the tables that it is cut from."""

    font: pymupdf.Font
    parts: Mapping[bytes, bytes]
    known: dict[str, tuple[int, float]] = field(default_factory=dict)

    def glyph(self, char: str) -> tuple[int, float]:
        """The glyph that shows a character, 0 for none, and its width at one point of size; asked once of the font."""
        if char not in self.known:
            self.known[char] = self.font.has_glyph(ord(char)), self.font.glyph_advance(ord(char))
        return self.known[char]


@lru_cache(maxsize=8)
def _opened(file: FontFile | None) -> _Face:
    if file is None:
        built_in = pymupdf.Font(_BUILT_IN)
        return _Face(built_in, tables(built_in.buffer))
    parts = tables(file.path.read_bytes(), file.index)
    return _Face(pymupdf.Font(fontbuffer=assembled(parts)), parts)


class Faces:
    """The fonts of one document by kind of type ("body", "kai", "hei", "title", "song")."""

    def __init__(self, profile: Profile, present: Mapping[str, FontFile]) -> None:
        self.names = {kind: stand_in(kind, profile, present) or _BUILT_IN for kind in KINDS_OF_TYPE}
        self._files = {kind: present.get(name) for kind, name in self.names.items()}
        self._known: dict[tuple[str, str], FontFile | None] = {}
        self._widths: dict[tuple[str, str], float] = {}

    def file(self, kind: str, char: str) -> FontFile | None:
        """The file whose font a character is set in; None for the built-in one."""
        key = (kind, char)
        if key not in self._known:
            own = self._files[kind]
            self._known[key] = own if _opened(own).glyph(char)[0] else None
        return self._known[key]

    def embedded(self) -> dict[FontFile | None, pymupdf.Font]:
        """The fonts to draw with, by file: cut down to the characters that were measured."""
        used: dict[FontFile | None, set[str]] = {}
        for (_, char), file in self._known.items():
            used.setdefault(file, set()).add(char)
        return {file: _cut_font(_opened(file), chars) for file, chars in used.items()}

    def width(self, kind: str, text: str, size: float) -> float:
        """The width of a text in points."""
        return sum(self._width(kind, char) for char in text) * size

    def _width(self, kind: str, char: str) -> float:
        key = (kind, char)
        if key not in self._widths:
            self._widths[key] = _opened(self.file(kind, char)).glyph(char)[1]
        return self._widths[key]


def _cut_font(face: _Face, chars: set[str]) -> pymupdf.Font:
    glyphs = {char: glyph for char in chars if (glyph := face.glyph(char)[0])}
    return pymupdf.Font(fontbuffer=cut(face.parts, glyphs))
