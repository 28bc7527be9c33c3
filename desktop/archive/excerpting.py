"""Quotations from an item: the whole, some of its points, or some marks, in print form with their footnotes.

Pure: records in, an `Excerpt` out. Every paragraph is a part of one passage of the item, character for character, or, where the
reader corrected the paragraphs, of passages that go on with one another; a point's printed marker goes with it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from db.records import IssueRecord, ItemRecord, MarkRecord
from desktop.archive import addresses, catalogue
from desktop.archive.correcting import Placed
from desktop.bulletin.model import Passage, PassageKind
from desktop.errors import NotFound
from desktop.memo.model import Excerpt, Note, Source

QUOTABLE = frozenset(PassageKind) - {PassageKind.TITLE, PassageKind.FOOTNOTE}
_WIDE = str.maketrans("()", "（）")


@dataclass(frozen=True, slots=True)
class Quoted:
    """What of an item is quoted: all of it, or points by number, passages by their place in the item from 0, and marks."""

    item: ItemRecord
    whole: bool = False
    points: tuple[int, ...] = ()
    marks: tuple[MarkRecord, ...] = ()
    passages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch `start … end` of the item's canonical text inside one passage, and whether the marker goes with it."""

    start: int
    end: int
    marker: str = ""
    text: str | None = None  # the quotation of a mark whose place is lost


def printed_marker(passage: Passage) -> str:
    """A point's marker in full-width brackets, as the print has it."""
    return passage.marker.strip().translate(_WIDE)


def _offsets(passages: Iterable[Passage]) -> Iterator[tuple[int, Passage]]:
    at = 0
    for passage in passages:
        yield at, passage
        at += len(passage.text) + 1


def source_text(passages: Iterable[Passage]) -> str:
    """The whole item in print form, one passage a line, points with their markers."""
    return "\n".join(printed_marker(passage) + passage.text for passage in passages)


def point_ranges(item: ItemRecord, numbers: Collection[int]) -> list[tuple[int, int]]:
    """Where points stand in the item's canonical text."""
    passages = catalogue.passages(item)
    wanted = {id(p) for number in numbers for p in with_subpoints(passages, number)}
    return [(at, at + len(p.text)) for at, p in _offsets(passages) if id(p) in wanted]


def with_subpoints(passages: Iterable[Passage], number: int) -> list[Passage]:
    """The point of that number and the points within it; empty where there is none."""
    found: list[Passage] = []
    within = False
    for passage in passages:
        if passage.kind is PassageKind.POINT:
            within = passage.number == number
        if within and passage.kind in (PassageKind.POINT, PassageKind.SUBPOINT):
            found.append(passage)
    return found


def _whole_passages(passages: tuple[Passage, ...], wanted: Iterable[Passage]) -> list[_Piece]:
    chosen = set(map(id, wanted))
    return [
        _Piece(start, start + len(passage.text), printed_marker(passage))
        for start, passage in _offsets(passages)
        if id(passage) in chosen and passage.text
    ]


def _points(quoted: Quoted, passages: tuple[Passage, ...], shape: _Shape) -> list[Passage]:
    found = {number: shape.with_continued(passages, with_subpoints(passages, number)) for number in quoted.points}
    for number in quoted.points:
        if not found[number]:
            address = addresses.address(quoted.item, number)
            raise NotFound(f"“{quoted.item.title}”的第 {number} 点（{address}）已不存在，请把它移出摘编。")
    return [passage for number in quoted.points for passage in found[number]]


def _mark_pieces(mark: MarkRecord, passages: tuple[Passage, ...]) -> list[_Piece]:
    """A mark's passages; where they are several, those that it covers from their beginning have their markers."""
    if not mark.anchored:
        return [_Piece(mark.start, mark.start, text=line.strip()) for line in mark.quote.splitlines() if line.strip()]
    pieces = []
    for start, passage in _offsets(passages):
        first, last = max(start, mark.start), min(start + len(passage.text), mark.end)
        if first < last:
            several = mark.start < start or mark.end > start + len(passage.text)
            pieces.append(_Piece(first, last, printed_marker(passage) if several and first == start else ""))
    return pieces


def _without_covered(pieces: Iterable[_Piece]) -> list[_Piece]:
    """In printed order; what lies inside another piece is quoted once."""
    kept: list[_Piece] = []
    for piece in sorted(pieces, key=lambda piece: (piece.start, -piece.end)):
        if piece.text is not None or not any(other.start <= piece.start and piece.end <= other.end for other in kept):
            kept.append(piece)
    return kept


def _rows(piece: _Piece, canonical: str) -> Iterator[_Piece]:
    """A table row by row: set as one paragraph its cells would run into one another. Anything else as it is."""
    start, marker = piece.start, piece.marker
    for line in canonical[piece.start : piece.end].split("\n"):
        if line.strip() or piece.text is not None:
            yield _Piece(start, start + len(line), marker, piece.text)
        start, marker = start + len(line) + 1, ""


def _trimmed(piece: _Piece, canonical: str) -> _Piece:
    words = canonical[piece.start : piece.end]
    start = piece.start + len(words) - len(words.lstrip())
    return _Piece(start, max(start, piece.end - len(words) + len(words.rstrip())), piece.marker, piece.text)


def _pieces(quoted: Quoted, passages: tuple[Passage, ...], canonical: str, shape: _Shape) -> list[_Piece]:
    if quoted.whole:
        whole = _whole_passages(passages, [passage for passage in passages if passage.kind in QUOTABLE])
        return [row for piece in whole for row in _rows(piece, canonical)]
    chosen = [passage for at, passage in enumerate(passages) if at in quoted.passages and passage.kind in QUOTABLE]
    found = _whole_passages(passages, [*_points(quoted, passages, shape), *chosen])
    for mark in quoted.marks:
        found += _mark_pieces(mark, passages)
    rows = (row for piece in _without_covered(found) for row in _rows(piece, canonical))
    return [piece for piece in (_trimmed(row, canonical) for row in rows) if piece.text or piece.end > piece.start]


@dataclass(frozen=True, slots=True)
class _Shape:
    """Where the reader said that paragraphs go on with the one before, or begin: canonical offsets."""

    merged: frozenset[int] = frozenset()
    split: frozenset[int] = frozenset()

    def with_continued(self, passages: tuple[Passage, ...], chosen: list[Passage]) -> list[Passage]:
        """Those chosen, each with the passages that go on with it."""
        wanted, found = set(map(id, chosen)), list[Passage]()
        for at, passage in _offsets(passages):
            if id(passage) in wanted or (at in self.merged and found and id(found[-1]) in wanted):
                wanted.add(id(passage))
            found.append(passage)
        return [passage for passage in passages if id(passage) in wanted]

    def parted(self, pieces: Iterable[_Piece]) -> Iterator[_Piece]:
        """The pieces, parted where paragraphs begin within them."""
        for piece in pieces:
            inner = sorted(at for at in self.split if piece.start < at < piece.end)
            for low, high in pairwise([piece.start, *inner, piece.end]) if inner else ():
                yield _Piece(low, high, piece.marker if low == piece.start else "")
            if not inner:
                yield piece

    def goes_on(self, former: _Piece, piece: _Piece, canonical: str) -> bool:
        """Whether a piece belongs to the paragraph of the one before it."""
        side_by_side = former.text is None and piece.text is None and not canonical[former.end : piece.start].strip()
        return side_by_side and piece.start in self.merged


def _shape(corrected: Iterable[Placed], passages: tuple[Passage, ...]) -> _Shape:
    """What the corrections say of paragraphs; a note's sign stays with the word that it is on."""
    signs = {passage.anchor for passage in passages}
    found: dict[str, set[int]] = {"merge": set(), "split": set()}
    for one in corrected:
        if one.record.kind in found and one.start not in signs:
            found[one.record.kind].add(one.start)
    return _Shape(frozenset(found["merge"]), frozenset(found["split"]))


def _paragraphs(pieces: list[_Piece], canonical: str, shape: _Shape) -> list[list[_Piece]]:
    """The pieces as paragraphs; without corrections each is one."""
    found: list[list[_Piece]] = []
    for piece in shape.parted(pieces):
        if found and shape.goes_on(found[-1][-1], piece, canonical):
            found[-1].append(piece)
        else:
            found.append([piece])
    return found


def _said(piece: _Piece, canonical: str) -> str:
    return piece.marker + canonical[piece.start : piece.end] if piece.text is None else piece.text


def _notes(paragraphs: list[list[_Piece]], passages: tuple[Passage, ...], *, whole: bool) -> Iterator[Note]:
    """The footnotes whose sign is quoted; those without a known place only with the whole item."""
    for passage in passages:
        if passage.kind is not PassageKind.FOOTNOTE:
            continue
        at = passage.anchor
        place = _called(paragraphs, at) if at is not None else None
        if place is not None:
            yield Note(passage.mark, passage.text, *place)
        elif at is None and whole:
            yield Note(passage.mark, passage.text, -1, 0)


def _called(paragraphs: list[list[_Piece]], at: int) -> tuple[int, int] | None:
    """The paragraph that quotes a canonical offset, and how many of its characters stand before it."""
    for number, pieces in enumerate(paragraphs):
        length = 0
        for piece in pieces:
            if piece.start < at < piece.end:
                return number, length + len(piece.marker) + at - piece.start
            length += len(piece.marker) + piece.end - piece.start
    return None


def _is_partial(quoted: Quoted, pieces: list[_Piece], passages: tuple[Passage, ...]) -> bool:
    if quoted.whole:
        return False
    body = _pieces(Quoted(quoted.item, whole=True), passages, quoted.item.text, _Shape())
    return [(p.start, p.end) for p in pieces] != [(p.start, p.end) for p in body]


def _errata(pieces: list[_Piece], corrected: Iterable[Placed]) -> Iterator[Note]:
    """What the reader corrected in the quoted words; the quotation keeps the words as printed, and says so."""
    for one in corrected:
        quoted = any(piece.start <= one.start and one.end <= piece.end for piece in pieces)
        if quoted and one.record.kind == "erratum":
            text = f"“{one.record.quote}”疑应为“{one.record.replacement}”（勘误），摘录按原文。"
            yield Note("", text, -1, 0)


def _form(pieces: list[_Piece], paragraphs: list[list[_Piece]]) -> Iterator[Note]:
    """That the paragraphs are the reader's, where they are."""
    if [[piece] for piece in pieces] != paragraphs:
        yield Note("", "摘录的分段按更正调整，文字与原文一致。", -1, 0)


def _source_text(passages: tuple[Passage, ...], canonical: str, shape: _Shape) -> str:
    """`source_text` in the paragraphs that the reader made, so that an excerpt's are whole ones of it."""
    if not (shape.merged or shape.split):
        return source_text(passages)
    shaped = _paragraphs(_whole_passages(passages, passages), canonical, shape)
    return "\n".join("".join(_said(piece, canonical) for piece in pieces) for pieces in shaped)


def excerpt(
    quoted: Quoted,
    issue: IssueRecord,
    fields: tuple[str, ...] = (),
    comment: str = "",
    corrected: Iterable[Placed] = (),
) -> Excerpt:
    """The quotation with its source: the words as printed, the paragraphs as the reader corrected them, and notes that say so.

    Raises `NotFound` for a point that the item no longer has.
    """
    item = quoted.item
    passages = catalogue.passages(item)
    canonical = "\n".join(passage.text for passage in passages)
    corrections = tuple(corrected)
    shape = _shape(corrections, passages)
    pieces = _pieces(quoted, passages, canonical, shape)
    paragraphs = _paragraphs(pieces, canonical, shape)
    alone = not (quoted.marks or quoted.passages or quoted.whole)
    single = quoted.points[0] if len(quoted.points) == 1 and alone else None
    return Excerpt(
        address=addresses.address(item, single),
        title=item.title,
        paragraphs=tuple("".join(_said(piece, canonical) for piece in one) for one in paragraphs),
        source=Source(issue.title, issue.number, issue.date, item.section, item.page, issue.classification),
        source_text=_source_text(passages, canonical, shape),
        fields=fields,
        level=item.level,
        region=item.region,
        partial=_is_partial(quoted, pieces, passages),
        notes=(
            *_notes(paragraphs, passages, whole=quoted.whole),
            *_errata(pieces, corrections),
            *_form(pieces, paragraphs),
        ),
        comment=comment,
    )
