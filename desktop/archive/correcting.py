"""Corrections by the reader: annotations on the text that can be undone and withdrawn; the text and all marks stay as they are.

A correction is anchored by its quotation as a mark is, so that it goes along when an issue is read again; where its words are
gone it rests. Excerpts quote the text as printed and say so where an erratum stands in them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from db import corrections as store
from db.records import CorrectionRecord, ItemRecord, NewCorrection
from desktop.archive import catalogue
from desktop.archive.library import Library
from desktop.bulletin import anchors
from desktop.bulletin.model import Passage, PassageKind
from desktop.errors import NotFound, WrongUsage

Kind = Literal["merge", "split", "title", "erratum"]
Span = tuple[int, int]
NAMES: Final[dict[Kind, str]] = {"merge": "与上一段合并", "split": "在此处分段", "title": "设为标题", "erratum": "勘误"}
KINDS: Final = tuple(NAMES)
_ANCHOR: Final = 16  # characters that a correction without a stretch of its own is known by
_LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class Placed:
    """A correction where it stands now: canonical offsets of its quotation."""

    record: CorrectionRecord
    start: int
    end: int


def merge_with_previous(library: Library, item_id: int, offset: int, initiator: object | None = None) -> CorrectionRecord:
    """Let the paragraph around `offset` go on with the one before. Raises `WrongUsage` where there is none to go on with."""
    item = catalogue.item(library, item_id)
    passages, at = _around(item, offset)
    if at < 2 or passages[at][1].kind not in _JOINED or passages[at - 1][1].kind not in _JOINED:
        raise WrongUsage("这一段前面没有可以合并的段落。")
    return _add(library, item, "merge", passages[at][0], initiator)


def split_here(library: Library, item_id: int, offset: int, initiator: object | None = None) -> CorrectionRecord:
    """Let a paragraph begin at `offset`. Raises `WrongUsage` at the edge of a paragraph, in titles and tables."""
    item = catalogue.item(library, item_id)
    passages, at = _around(item, offset)
    start, passage = passages[at]
    if passage.kind not in _JOINED or not start < offset < start + len(passage.text):
        raise WrongUsage("请把光标放在一段正文的中间，再在此处分段。")
    return _add(library, item, "split", offset, initiator)


def make_title(library: Library, item_id: int, offset: int, initiator: object | None = None) -> CorrectionRecord:
    """Show the paragraph around `offset` as a heading. Raises `WrongUsage` for what is long, or a heading already."""
    item = catalogue.item(library, item_id)
    passages, at = _around(item, offset)
    start, passage = passages[at]
    if passage.kind not in _JOINED or len(passage.text) > 80:
        raise WrongUsage("只有不超过 80 字的正文段落可以设为标题。")
    return _add(library, item, "title", start, initiator)


def correct(
    library: Library, item_id: int, start: int, end: int, replacement: str, initiator: object | None = None
) -> CorrectionRecord:
    """Note that for `start … end` another wording should be read (勘误). Raises `WrongUsage` for an empty or equal one."""
    item = catalogue.item(library, item_id)
    if not 0 <= start < end <= len(item.text) or "\n" in item.text[start:end] or end - start > _LONGEST:
        raise WrongUsage("请在一段之内选中要勘误的文字，不超过 200 字。")
    words = " ".join(replacement.split())
    if not words or words == item.text[start:end]:
        raise WrongUsage("勘误后的文字应与原文不同，且不能为空。")
    return _add(library, item, "erratum", start, initiator, end=end, replacement=words)


def withdraw(library: Library, uid: str, initiator: object | None = None) -> None:
    """Take a correction back, and what other readers corrected alike. Raises `NotFound`."""
    wanted = store.correction(library.database, uid)
    if wanted is None:
        raise NotFound("这条更正已不存在，可能已被撤回。")
    item = catalogue.item(library, wanted.item)
    place = _place(item.text, wanted)
    with library.database.operation("撤回更正", initiator=initiator) as operation:
        for one in corrections(library, item=item.id):
            alike = (one.kind, one.replacement) == (wanted.kind, wanted.replacement) and place and _place(item.text, one) == place
            if one.uid == uid or alike:
                store.delete(operation, one)


def corrections(library: Library, *, issue: int | None = None, item: int | None = None) -> list[CorrectionRecord]:
    """Corrections in reading order."""
    return store.corrections(library.database, issue=issue, item=item)


def of_item(library: Library, item: ItemRecord) -> list[Placed]:
    """The corrections of an item where they stand now."""
    return placed(item, corrections(library, item=item.id))


def placed(item: ItemRecord, records: Sequence[CorrectionRecord]) -> list[Placed]:
    """Those of the corrections of an item whose words are found in it, in order; what two readers corrected alike stands once."""
    found: dict[tuple[str, int, int, str], Placed] = {}
    for record in records:
        if record.item == item.id and (place := _place(item.text, record)):
            found.setdefault((record.kind, *place, record.replacement), Placed(record, *place))
    return sorted(found.values(), key=lambda one: (one.start, one.end))


def _place(text: str, record: CorrectionRecord) -> Span | None:
    return anchors.find(text, record.quote, record.prefix, record.suffix, record.start)


@dataclass(frozen=True, slots=True)
class Reading:
    """An item's text with errata read into it; `spans` are the words as printed, and where in `text` those put in stand."""

    text: str
    spans: tuple[tuple[Span, Span], ...]


def readings(text: str, records: Sequence[CorrectionRecord]) -> list[Reading]:
    """What an item says with its errata read into it: one text, or several where errata stand on the same words.

    For searching and for lists of titles: excerpts quote the printed text.
    """
    found = sorted((place, one.replacement) for one in records if one.kind == "erratum" and (place := _place(text, one)))
    made: list[Reading] = []
    while found:
        reading, found = _reading(text, found)
        made.append(reading)
    return made


def title_of(item: ItemRecord, records: Sequence[CorrectionRecord]) -> str:
    """The title with its errata read into it; as printed where there are none in it."""
    read = readings(item.text, [one for one in records if one.item == item.id])
    printed = item.text.startswith(item.title)
    return read[0].text.split("\n", 1)[0] if read and printed else item.title


def _reading(text: str, errata: list[tuple[Span, str]]) -> tuple[Reading, list[tuple[Span, str]]]:
    """The text with those of the errata that do not overlap one before; and the others."""
    parts: list[str] = []
    spans: list[tuple[Span, Span]] = []
    left: list[tuple[Span, str]] = []
    done = length = 0
    for (start, end), words in errata:
        if start < done:
            left.append(((start, end), words))
            continue
        parts += [text[done:start], words]
        length += start - done
        spans.append(((start, end), (length, length + len(words))))
        length, done = length + len(words), end
    return Reading("".join([*parts, text[done:]]), tuple(spans)), left


_JOINED: Final = (PassageKind.LEAD, PassageKind.POINT, PassageKind.SUBPOINT, PassageKind.PARAGRAPH)


def _around(item: ItemRecord, offset: int) -> tuple[list[tuple[int, Passage]], int]:
    """The passages with their offsets, and the index of the one that holds `offset`."""
    starts: list[tuple[int, Passage]] = []
    at = 0
    for passage in catalogue.passages(item):
        starts.append((at, passage))
        at += len(passage.text) + 1
    held = [index for index, (start, passage) in enumerate(starts) if start <= offset <= start + len(passage.text)]
    if not held:
        raise WrongUsage("所选的位置不在这一条目的正文之内。")
    return starts, held[-1]


def _add(
    library: Library,
    item: ItemRecord,
    kind: Kind,
    start: int,
    initiator: object | None,
    *,
    end: int | None = None,
    replacement: str = "",
) -> CorrectionRecord:
    stop = min(start + _ANCHOR, len(item.text)) if end is None else end
    line_end = item.text.find("\n", start, stop)
    stop = line_end if line_end > start else stop
    for one in of_item(library, item):
        if (one.record.kind, one.start, one.end) == (kind, start, stop):
            raise WrongUsage("这里已有同样的更正，请先撤回它。")
    anchor = anchors.make(item.text, start, stop)
    new = NewCorrection(item.id, kind, start, anchor.quote, anchor.prefix, anchor.suffix, replacement, library.author)
    with library.database.operation(NAMES[kind], initiator=initiator) as operation:
        uid = store.add(operation, new)
    return next(record for record in corrections(library, item=item.id) if record.uid == uid)
