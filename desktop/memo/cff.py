"""CFF outlines cut down to the glyphs used: no other outline, no subroutine that none of them calls.

The glyphs are numbered anew from 0, so that nothing in the file is as long as the whole font. Structures are those of Adobe's
Technical Notes 5176 (CFF) and 5177 (Type 2 charstrings).
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import overload

_CHARSET, _ENCODING, _CHARSTRINGS, _PRIVATE, _SUBRS = (15,), (16,), (17,), (18,), (19,)
_FDARRAY, _FDSELECT = (12, 36), (12, 37)
_CALL_LOCAL, _RETURN, _ENDCHAR, _CALL_GLOBAL = 10, 11, 14, 29
_STEMS, _MASKS, _ESCAPE = (1, 3, 18, 23), (19, 20), 12
_DEEPEST = 10  # nested calls, by specification

Operator = tuple[int, ...]


class Index(Sequence[bytes]):
    """The objects of an INDEX, cut out when they are asked for: a pan-Chinese font has 65,535 outlines, a memo uses a few hundred."""

    def __init__(self, cff: bytes, at: int) -> None:
        (self._count,) = struct.unpack_from(">H", cff, at)
        self._cff = cff
        self._size = cff[at + 2] if self._count else 0  # bytes of an offset
        self._first = at + 3
        self._data = self._first + (self._count + 1) * self._size - 1
        self.end = self._place(self._count) if self._count else at + 2

    def _place(self, number: int) -> int:
        """Where an object begins, and the one before it ends."""
        at = self._first + number * self._size
        return self._data + int.from_bytes(self._cff[at : at + self._size], "big")

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, at: int) -> bytes: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[bytes]: ...
    def __getitem__(self, at: int | slice) -> bytes | Sequence[bytes]:
        if isinstance(at, slice):
            return [self[one] for one in range(*at.indices(len(self)))]
        if not -self._count <= at < self._count:
            raise IndexError(at)
        number = at % self._count
        return self._cff[self._place(number) : self._place(number + 1)]


def made_index(objects: Sequence[bytes]) -> bytes:
    """An INDEX of these objects, offsets as short as they can be."""
    return _sparse(len(objects), dict(enumerate(objects)))


def _sparse(count: int, objects: Mapping[int, bytes]) -> bytes:
    """An INDEX of `count` objects of which all but these are empty."""
    if not count:
        return b"\0\0"
    size = ((1 + sum(map(len, objects.values()))).bit_length() + 7) // 8
    offsets, place, before = [], 1, -1
    for at in sorted(objects):
        offsets.append(place.to_bytes(size, "big") * (at - before))
        place, before = place + len(objects[at]), at
    offsets.append(place.to_bytes(size, "big") * (count - before))
    return struct.pack(">HB", count, size) + b"".join(offsets) + b"".join(objects[at] for at in sorted(objects))


def _operand(dictionary: bytes, at: int) -> tuple[int, int]:
    """An operand of a DICT and where the next thing begins; a real number counts as 0, none is looked for."""
    first = dictionary[at]
    if first == 28:
        return struct.unpack_from(">h", dictionary, at + 1)[0], at + 3
    if first == 29:
        return struct.unpack_from(">i", dictionary, at + 1)[0], at + 5
    if first == 30:
        at += 1
        while dictionary[at] & 0x0F != 0x0F and dictionary[at] >> 4 != 0x0F:
            at += 1
        return 0, at + 1
    if first <= 246:
        return first - 139, at + 1
    high = (first - 247) * 256 if first <= 250 else -(first - 251) * 256
    return (high + dictionary[at + 1] + 108 if first <= 250 else high - dictionary[at + 1] - 108), at + 2


def _entries(dictionary: bytes) -> Iterator[tuple[Operator, list[int], bytes]]:
    """The entries of a DICT: operator, operands, and the operands as they are written."""
    at, start, values = 0, 0, []
    while at < len(dictionary):
        if dictionary[at] > 21:
            value, at = _operand(dictionary, at)
            values.append(value)
            continue
        size = 2 if dictionary[at] == _ESCAPE else 1
        yield tuple(dictionary[at : at + size]), values, dictionary[start:at]
        at += size
        start, values = at, []


def _values(dictionary: bytes) -> dict[Operator, list[int]]:
    return {operator: values for operator, values, _ in _entries(dictionary)}


def _rewritten(dictionary: bytes, changes: Mapping[Operator, Sequence[int]]) -> bytes:
    """The DICT with other operands for some operators, each in five bytes, so that the length does not depend on them."""
    parts = []
    for operator, _, written in _entries(dictionary):
        new = changes.get(operator)
        parts.append((written if new is None else b"".join(struct.pack(">Bi", 29, value) for value in new)) + bytes(operator))
    return b"".join(parts)


@dataclass
class _Reader:
    """Reads an outline only as far as to see which subroutines it calls."""

    own: Sequence[bytes]
    shared: Sequence[bytes]
    own_used: set[int]
    shared_used: set[int]
    stack: list[int] = field(default_factory=list)
    stems: int = 0

    def read(self, code: bytes, depth: int = 0) -> bool:
        """Whether the glyph goes on behind this code."""
        at, size, stack = 0, len(code), self.stack
        while at < size:
            first = code[at]
            if 32 <= first <= 246:  # nearly all there is: a number of one byte
                stack.append(first - 139)
                at += 1
                continue
            if first >= 32 or first == 28:
                at = self._number(code, at)
                continue
            at += 2 if first == _ESCAPE else 1
            if first in (_CALL_LOCAL, _CALL_GLOBAL):
                if not self._call(first, depth):
                    return False
            elif first == _RETURN:
                return True
            elif first == _ENDCHAR:
                return False
            else:
                at += self._clear(first)
        return True

    def _number(self, code: bytes, at: int) -> int:
        """Put a number on the stack; a fixed one (255) by its whole part."""
        if code[at] == 255:
            self.stack.append(struct.unpack_from(">h", code, at + 1)[0])
            return at + 5
        value, after = _operand(code, at)
        self.stack.append(value)
        return after

    def _clear(self, operator: int) -> int:
        """Count stems, empty the stack; how many bytes of mask follow."""
        if operator in _STEMS or operator in _MASKS:
            self.stems += len(self.stack) // 2
        self.stack.clear()
        return (self.stems + 7) // 8 if operator in _MASKS else 0

    def _call(self, operator: int, depth: int) -> bool:
        codes, used = (self.own, self.own_used) if operator == _CALL_LOCAL else (self.shared, self.shared_used)
        bias = 107 if len(codes) < 1240 else 1131 if len(codes) < 33900 else 32768
        number = (self.stack.pop() if self.stack else 0) + bias
        if depth >= _DEEPEST or not 0 <= number < len(codes):
            return True
        used.add(number)
        return self.read(codes[number], depth + 1)


def _dictionaries(cff: bytes, at: int | None, glyphs: Sequence[int]) -> list[int]:
    """Which font DICT each of the glyphs has; `at` is where the FDSelect begins."""
    if at is None:
        return [0] * len(glyphs)
    if cff[at] == 0:
        return [cff[at + 1 + glyph] for glyph in glyphs]
    (ranges,) = struct.unpack_from(">H", cff, at + 1)
    starts = [struct.unpack_from(">HB", cff, at + 3 + 3 * n) for n in range(ranges)]
    return [starts[bisect_right(starts, (glyph, 0xFF)) - 1][1] for glyph in glyphs]


def _names(cff: bytes, at: int, glyphs: Sequence[int]) -> list[int]:
    """The names (SID) that the charset at `at` gives these ascending glyphs, the first one left out; a predefined one counts on."""
    if at <= 2:
        return list(glyphs[1:])
    if cff[at] == 0:
        return [struct.unpack_from(">H", cff, at + 1 + 2 * (glyph - 1))[0] for glyph in glyphs[1:]]
    form = ">HB" if cff[at] == 1 else ">HH"
    place, covered, found = at + 1, 1, list[int]()
    first, left = struct.unpack_from(form, cff, place)
    for glyph in glyphs[1:]:
        while glyph > covered + left:
            covered, place = covered + left + 1, place + struct.calcsize(form)
            first, left = struct.unpack_from(form, cff, place)
        found.append(first + glyph - covered)
    return found


def _charset(cff: bytes, at: int, glyphs: Sequence[int], *, keyed: bool) -> bytes:
    """The charset of these glyphs: one of a keyed font counts through, so that a glyph is called by its number."""
    if keyed:
        return struct.pack(">BHH", 2, 1, len(glyphs) - 2) if len(glyphs) > 1 else b"\0"
    return struct.pack(f">B{len(glyphs) - 1}H", 0, *_names(cff, at, glyphs))


@dataclass
class _Private:
    """A Private DICT with its subroutines and those that are called."""

    dictionary: bytes
    subrs: Sequence[bytes]
    used: set[int] = field(default_factory=set)

    def written(self) -> bytes:
        """The DICT, its subroutines right behind it."""
        if not self.subrs:
            return self.dictionary
        size = len(_rewritten(self.dictionary, {_SUBRS: (0,)}))
        return _rewritten(self.dictionary, {_SUBRS: (size,)}) + _only(self.subrs, self.used)

    @property
    def size(self) -> int:
        """Bytes of the DICT itself."""
        return len(_rewritten(self.dictionary, {_SUBRS: (0,)} if self.subrs else {}))


def _only(objects: Sequence[bytes], used: set[int]) -> bytes:
    """An INDEX of the objects used in their places, the others empty; of none at all where none is used, as readers refuse an
    INDEX of nothing but empty objects.
    """
    return _sparse(len(objects) if used else 0, {at: objects[at] for at in used})


def _private(cff: bytes, dictionary: bytes) -> _Private:
    size, at = _values(dictionary).get(_PRIVATE, [0, 0])
    own = cff[at : at + size]
    places = _values(own).get(_SUBRS)
    return _Private(own, Index(cff, at + places[0]) if places else ())


def cut_cff(cff: bytes, glyphs: Sequence[int]) -> bytes:
    """The table with the outlines of `glyphs` alone, ascending from 0, numbered as they stand here."""
    names_end = Index(cff, cff[2]).end
    tops = Index(cff, names_end)
    strings_end = Index(cff, tops.end).end
    shared = Index(cff, strings_end)
    top = _values(tops[0])
    outlines = Index(cff, top[_CHARSTRINGS][0])
    fonts = list(Index(cff, top[_FDARRAY][0])) if _FDARRAY in top else [tops[0]]
    privates = [_private(cff, dictionary) for dictionary in fonts]
    select = _dictionaries(cff, top[_FDSELECT][0] if _FDSELECT in top else None, glyphs)
    shared_used: set[int] = set()
    kept = [outlines[glyph] for glyph in glyphs]
    for outline, number in zip(kept, select, strict=True):
        _Reader(privates[number].subrs, shared, privates[number].used, shared_used).read(outline)
    charset = _charset(cff, top.get(_CHARSET, [0])[0], glyphs, keyed=_FDARRAY in top)
    parts = [_only(shared, shared_used), charset, bytes([0, *select]) if _FDSELECT in top else b"", made_index(kept)]
    return _assembled(cff, names_end, tops.end, strings_end, tops[0], fonts, privates, parts)


def _assembled(
    cff: bytes, names_end: int, tops_end: int, strings_end: int, top: bytes, fonts: list[bytes], privates: list[_Private],
    parts: list[bytes],
) -> bytes:  # fmt: skip
    """Header, names, the top DICT with the new places, strings, the parts, then font and Private DICTs."""
    keyed = _FDARRAY in _values(top)
    blank: dict[Operator, Sequence[int]] = {
        _CHARSTRINGS: (0,),
        _FDARRAY: (0,),
        _FDSELECT: (0,),
        _ENCODING: (0,),
        _PRIVATE: (0, 0),
    }
    blank[_CHARSET] = (0,)
    strings = cff[tops_end:strings_end]
    at = names_end + len(made_index([_rewritten(top, blank)])) + len(strings)
    places = []
    for part in parts:
        places.append(at)
        at += len(part)
    array = len(made_index([_rewritten(font, {_PRIVATE: (0, 0)}) for font in fonts])) if keyed else 0
    dictionaries, bodies, end = [], [], at + array
    for font, private in zip(fonts, privates, strict=True):
        dictionaries.append(_rewritten(font, {_PRIVATE: (private.size, end)}))
        bodies.append(private.written())
        end += len(bodies[-1])
    changes: dict[Operator, Sequence[int]] = {
        _CHARSTRINGS: (places[3],),
        _ENCODING: (0,),
        _FDARRAY: (at,),
        _FDSELECT: (places[2],),
    }
    changes[_CHARSET] = (places[1],)
    if not keyed:
        changes[_PRIVATE] = (privates[0].size, at)
    new_top = made_index([_rewritten(top, changes)])
    table = made_index(dictionaries) if keyed else b""
    return b"".join((cff[:names_end], new_top, strings, *parts, table, *bodies))
