"""Font files cut down before they are embedded: one face of a collection, only the characters used, no layout tables.

The PDF library embeds fonts whole and cannot subset the CFF fonts that Linux carries for Chinese (34 MB in a short memo), opens
only the first face of a collection (Japanese forms in the pan-CJK ones), and maps glyphs shared by two characters back to the
wrong one. A file with a character map of just the used characters, and with just their glyphs, numbered anew, cures all three.
Structures are those of the OpenType specification (font file, `cmap` format 12); `cff.py` has the CFF table.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence

from desktop.memo.cff import cut_cff

_HEADER, _RECORD = struct.Struct(">4sHHHH"), struct.Struct(">4sIII")
_KEPT = frozenset(
    (b"CFF ", b"OS/2", b"cvt ", b"fpgm", b"glyf", b"head", b"hhea", b"hmtx", b"loca", b"maxp", b"name", b"post", b"prep")
)


def tables(file: bytes, index: int = 0) -> dict[bytes, bytes]:
    """The tables of a font file, or of one face of a collection."""
    start = struct.unpack_from(">I", file, 12 + 4 * index)[0] if file[:4] == b"ttcf" else 0
    count = _HEADER.unpack_from(file, start)[1]
    found = {}
    for at in range(count):
        tag, _, offset, length = _RECORD.unpack_from(file, start + _HEADER.size + _RECORD.size * at)
        found[tag] = file[offset : offset + length]
    return found


def assembled(parts: Mapping[bytes, bytes]) -> bytes:
    """A font file of these tables. Checksums stay 0: nothing that reads an embedded font looks at them."""
    kind = b"OTTO" if b"CFF " in parts else b"\0\1\0\0"
    place = _HEADER.size + _RECORD.size * len(parts)
    head, body = [_HEADER.pack(kind, len(parts), 0, 0, 0)], []
    for tag in sorted(parts):
        part = parts[tag]
        head.append(_RECORD.pack(tag, 0, place, len(part)))
        padded = part + b"\0" * (-len(part) % 4)
        body.append(padded)
        place += len(padded)
    return b"".join(head + body)


def _character_map(glyphs: Mapping[str, int]) -> bytes:
    groups = b"".join(struct.pack(">III", ord(char), ord(char), glyphs[char]) for char in sorted(glyphs))
    table = struct.pack(">HHIII", 12, 0, 16 + len(groups), 0, len(groups) // 12) + groups
    return struct.pack(">HHHHI", 0, 1, 3, 10, 12) + table


def _components(outline: bytes) -> list[int]:
    """The glyphs that a composite TrueType glyph is made of; none for a simple one."""
    if len(outline) < 10 or struct.unpack_from(">h", outline)[0] >= 0:
        return []
    found, at, more = [], 10, True
    while more:
        flags, glyph = struct.unpack_from(">HH", outline, at)
        found.append(glyph)
        at += 4 + (4 if flags & 0x01 else 2) + (2 if flags & 0x08 else 4 if flags & 0x40 else 8 if flags & 0x80 else 0)
        more = bool(flags & 0x20)
    return found


def _places(parts: Mapping[bytes, bytes]) -> tuple[int, ...]:
    """Where each TrueType outline begins, and the last one ends."""
    loca = parts[b"loca"]
    if struct.unpack_from(">h", parts[b"head"], 50)[0] == 1:
        return struct.unpack(f">{len(loca) // 4}I", loca)
    return tuple(2 * place for place in struct.unpack(f">{len(loca) // 2}H", loca))


def _with_components(parts: Mapping[bytes, bytes], used: set[int]) -> set[int]:
    """The TrueType glyphs of `used` and what these are made of."""
    places, found, waiting = _places(parts), set[int](), list(used)
    while waiting:
        glyph = waiting.pop()
        if glyph not in found and glyph + 1 < len(places):
            found.add(glyph)
            waiting += _components(parts[b"glyf"][places[glyph] : places[glyph + 1]])
    return found


def _renumbered(outline: bytes, numbers: Mapping[int, int]) -> bytes:
    """A composite TrueType glyph made of the same ones by their new numbers; a simple one as it is."""
    changed, at = bytearray(outline), 10
    for glyph in _components(outline):
        flags = struct.unpack_from(">H", outline, at)[0]
        struct.pack_into(">H", changed, at + 2, numbers.get(glyph, 0))
        at += 4 + (4 if flags & 0x01 else 2) + (2 if flags & 0x08 else 4 if flags & 0x40 else 8 if flags & 0x80 else 0)
    return bytes(changed)


def _thinned(parts: Mapping[bytes, bytes], numbers: Mapping[int, int]) -> dict[bytes, bytes]:
    """The TrueType outlines that have a new number, packed in that order, with a new table of places."""
    places, outlines, starts = _places(parts), bytearray(), [0]
    for glyph in numbers:
        outlines += _renumbered(parts[b"glyf"][places[glyph] : places[glyph + 1]], numbers)
        outlines += b"\0" * (-len(outlines) % 4)
        starts.append(len(outlines))
    head = parts[b"head"][:50] + b"\0\1" + parts[b"head"][52:]
    return {b"glyf": bytes(outlines), b"loca": struct.pack(f">{len(starts)}I", *starts), b"head": head}


def _metrics(parts: Mapping[bytes, bytes], glyphs: Sequence[int]) -> dict[bytes, bytes]:
    """Widths and counts of these glyphs; no names of glyphs."""
    old, new = parts[b"hmtx"], bytearray()
    (wide,) = struct.unpack_from(">H", parts[b"hhea"], 34)  # glyphs with a width of their own; the rest have the last one's
    for glyph in glyphs:
        width = 4 * min(glyph, wide - 1)
        bearing = 4 * glyph + 2 if glyph < wide else 4 * wide + 2 * (glyph - wide)
        new += old[width : width + 2] + old[bearing : bearing + 2]
    count = struct.pack(">H", len(glyphs))
    return {
        b"hmtx": bytes(new),
        b"hhea": parts[b"hhea"][:34] + count + parts[b"hhea"][36:],
        b"maxp": parts[b"maxp"][:4] + count + parts[b"maxp"][6:],
        b"post": b"\0\3\0\0" + parts[b"post"][4:32],
    }


def cut(face: Mapping[bytes, bytes], glyphs: Mapping[str, int]) -> bytes:
    """A font file with just these characters of a face, given by its `tables`; `glyphs` says which glyph shows each.

    The glyphs are numbered anew, ascending as they were.
    """
    parts = {tag: part for tag, part in face.items() if tag in _KEPT}
    used = {0, *glyphs.values()}
    kept = sorted(_with_components(parts, used) if b"glyf" in parts else used)
    numbers = {glyph: number for number, glyph in enumerate(kept)}
    parts[b"cmap"] = _character_map({char: numbers[glyph] for char, glyph in glyphs.items()})
    if b"CFF " in parts:
        parts[b"CFF "] = cut_cff(parts[b"CFF "], kept)
    else:
        parts |= _thinned(parts, numbers)
    return assembled(parts | _metrics(parts, kept))
