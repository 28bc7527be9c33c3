"""Quotations from an item: the whole, some of its points, or some marks, in print form with their footnotes.

Pure: records in, an `Excerpt` out. Every paragraph is a part of one passage of the item, character for character; a point's
printed marker goes with it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

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


def _points(quoted: Quoted, passages: tuple[Passage, ...]) -> list[Passage]:
    found = {number: with_subpoints(passages, number) for number in quoted.points}
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


def _trimmed(piece: _Piece, canonical: str) -> _Piece:
    words = canonical[piece.start : piece.end]
    start = piece.start + len(words) - len(words.lstrip())
    return _Piece(start, max(start, piece.end - len(words) + len(words.rstrip())), piece.marker, piece.text)


def _pieces(quoted: Quoted, passages: tuple[Passage, ...], canonical: str) -> list[_Piece]:
    if quoted.whole:
        return _whole_passages(passages, [passage for passage in passages if passage.kind in QUOTABLE])
    chosen = [passage for at, passage in enumerate(passages) if at in quoted.passages and passage.kind in QUOTABLE]
    found = _whole_passages(passages, [*_points(quoted, passages), *chosen])
    for mark in quoted.marks:
        found += _mark_pieces(mark, passages)
    return [piece for piece in (_trimmed(p, canonical) for p in _without_covered(found)) if piece.text or piece.end > piece.start]


def _notes(pieces: list[_Piece], passages: tuple[Passage, ...], *, whole: bool) -> Iterator[Note]:
    """The footnotes whose sign is quoted; those without a known place only with the whole item."""
    for passage in passages:
        if passage.kind is not PassageKind.FOOTNOTE:
            continue
        at = passage.anchor
        place = next((n for n, piece in enumerate(pieces) if at is not None and piece.start < at < piece.end), None)
        if place is not None and at is not None:
            yield Note(passage.mark, passage.text, place, len(pieces[place].marker) + at - pieces[place].start)
        elif at is None and whole:
            yield Note(passage.mark, passage.text, -1, 0)


def _is_partial(quoted: Quoted, pieces: list[_Piece], passages: tuple[Passage, ...]) -> bool:
    if quoted.whole:
        return False
    body = _pieces(Quoted(quoted.item, whole=True), passages, quoted.item.text)
    return [(p.start, p.end) for p in pieces] != [(p.start, p.end) for p in body]


def _errata(pieces: list[_Piece], corrected: Iterable[Placed]) -> Iterator[Note]:
    """What the reader corrected in the quoted words; the quotation keeps the words as printed, and says so."""
    for one in corrected:
        quoted = any(piece.start <= one.start and one.end <= piece.end for piece in pieces)
        if quoted and one.record.kind == "erratum":
            text = f"“{one.record.quote}”疑应为“{one.record.replacement}”（勘误），摘录按原文。"
            yield Note("", text, -1, 0)


def excerpt(
    quoted: Quoted,
    issue: IssueRecord,
    fields: tuple[str, ...] = (),
    comment: str = "",
    corrected: Iterable[Placed] = (),
) -> Excerpt:
    """The quotation with its source, as printed. Raises `NotFound` for a point that the item no longer has."""
    item = quoted.item
    passages = catalogue.passages(item)
    canonical = "\n".join(passage.text for passage in passages)
    pieces = _pieces(quoted, passages, canonical)
    alone = not (quoted.marks or quoted.passages or quoted.whole)
    single = quoted.points[0] if len(quoted.points) == 1 and alone else None
    return Excerpt(
        address=addresses.address(item, single),
        title=item.title,
        paragraphs=tuple(p.marker + canonical[p.start : p.end] if p.text is None else p.text for p in pieces),
        source=Source(issue.title, issue.number, issue.date, item.section, item.page, issue.classification),
        source_text=source_text(passages),
        fields=fields,
        level=item.level,
        region=item.region,
        partial=_is_partial(quoted, pieces, passages),
        notes=(*_notes(pieces, passages, whole=quoted.whole), *_errata(pieces, corrected)),
        comment=comment,
    )
