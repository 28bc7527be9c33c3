"""What two files of an issue have in common and what not: item by item, passage by passage, and mark by mark.

Pure: texts in, changes out. White space, widths and quote forms are no change (see folding). What is found is kept as JSON, so that
it can be read at any later time, whatever has become of the files and marks since.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from typing import Any, Final, Literal

from db.records import IssueRecord, ItemRecord, NewItem, RevisionRecord
from desktop.archive import rereading
from desktop.bulletin.folding import fold
from desktop.bulletin.refinding import shared

Fate = Literal["exact", "moved", "changed", "lost"]
Kind = Literal["same", "changed", "added", "dropped"]
FATES: Final[dict[Fate, str]] = {"exact": "原位", "moved": "移动", "changed": "文字有改动", "lost": "失锚"}
KINDS: Final[dict[Kind, str]] = {"changed": "有改动", "added": "新增", "dropped": "新文件中已无"}
_TOKEN: Final = re.compile(r"[0-9A-Za-z.％%]+|.", re.DOTALL)
_ISLAND: Final = 3  # characters that two wordings must share in a row to be told as the same
_ALIKE: Final = 0.3  # of a passage's characters, the share that makes it the same passage with other words


@dataclass(frozen=True, slots=True)
class PassageChange:
    """A passage before and after; "" before one that is new and after one that is gone."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ItemChange:
    """What became of one item; `title` is the one in force now, or the former one of a dropped item."""

    kind: Kind
    title: str
    passages: tuple[PassageChange, ...] = ()


@dataclass(frozen=True, slots=True)
class CarriedMark:
    """A mark's words before and after. exact: same words, same place; moved: same words elsewhere; changed: its words were
    altered; lost: its words are gone, and `now` is "".
    """

    fate: Fate
    uid: str
    title: str  # of the item that it is on
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class Revision:
    """The comparison of the file in force till then (`former`, SHA-256) with another (`file`), which gives the text since then
    if `in_force`.
    """

    issue: IssueRecord
    former: str
    file: str
    in_force: bool
    changes: tuple[ItemChange, ...]
    marks: tuple[CarriedMark, ...]
    made_at: str = ""

    @property
    def sentence(self) -> str:
        """The whole in one or two Chinese sentences."""
        counts = Counter(change.kind for change in self.changes)
        told = [f"{word} {counts[kind]} 条" for kind, word in KINDS.items() if counts[kind]]
        said = "两份文件的文字相同" if not told else f"比较各条：{'，'.join(told)}"
        if not self.in_force:
            return f"{said}；原来的文件带有版面，仍以它为准，新文件已另存。"
        fates = Counter(carried.fate for carried in self.marks)
        kept = "，".join(f"{word} {fates[fate]} 处" for fate, word in FATES.items() if fates[fate])
        return f"{said}；已换用新文件，原文件保留。" + (f"划线：{kept}。" if kept else "")


def compare(former: Sequence[ItemRecord], items: Sequence[NewItem]) -> tuple[ItemChange, ...]:
    """Item by item, in the order of the new file. Dropped items come last."""
    paired = rereading.pairs(items, former)
    found = [_item(old, new) for old, new in zip(paired, items, strict=True)]
    kept = {old.id for old in paired if old}
    gone = (old for old in former if old.id not in kept)
    return (*found, *(ItemChange("dropped", old.title, tuple(passages(old.text, ""))) for old in gone))


def _item(old: ItemRecord | None, new: NewItem) -> ItemChange:
    if old is None:
        return ItemChange("added", new.title, tuple(passages("", new.text)))
    if fold(old.text) == fold(new.text):
        return ItemChange("same", new.title)
    return ItemChange("changed", new.title, tuple(passages(old.text, new.text)))


def passages(before: str, after: str) -> Iterator[PassageChange]:
    """The passages of two texts (one a line) that differ, in order."""
    olds, news = _lines(before), _lines(after)
    found = SequenceMatcher(None, list(map(fold, olds)), list(map(fold, news)), autojunk=False)
    for what, low, high, first, last in found.get_opcodes():
        if what != "equal":
            yield from _matched(olds[low:high], news[first:last])


def _lines(text: str) -> list[str]:
    return text.split("\n") if text else []


def _matched(olds: list[str], news: list[str]) -> Iterator[PassageChange]:
    """Of a stretch that differs: the passages that are the same with other words beside one another, the rest alone."""
    left = list(olds)
    for new in news:
        at = next((at for at, old in enumerate(left) if _are_alike(old, new)), None)
        if at is None:
            yield PassageChange("", new)
            continue
        yield from (PassageChange(old, "") for old in left[:at])
        yield PassageChange(left[at], new)
        del left[: at + 1]
    yield from (PassageChange(old, "") for old in left)


def _are_alike(old: str, new: str) -> bool:
    one, other = fold(old), fold(new)
    agreeing, total = shared(one, other, max(len(one), len(other)))
    return bool(total) and agreeing >= total * _ALIKE


def segments(change: PassageChange) -> Iterator[tuple[Literal["same", "dropped", "added"], str]]:
    """A changed passage in runs: what stayed, what is gone, and what is new, in reading order.

    A figure is altered as a whole, and a character or two that both wordings happen to have between other words is not told as
    having stayed.
    """
    olds, news = _TOKEN.findall(change.before), _TOKEN.findall(change.after)
    before = after = ""
    for what, low, high, first, last in SequenceMatcher(None, olds, news, autojunk=False).get_opcodes():
        old, new = "".join(olds[low:high]), "".join(news[first:last])
        inside = low > 0 and high < len(olds) and first > 0 and last < len(news)
        if what != "equal" or (inside and len(new) < _ISLAND):
            before, after = before + old, after + new
            continue
        yield from _altered(before, after)
        yield "same", new
        before = after = ""
    yield from _altered(before, after)


def _altered(before: str, after: str) -> Iterator[tuple[Literal["dropped", "added"], str]]:
    if before:
        yield "dropped", before
    if after:
        yield "added", after


def to_json(revision: Revision) -> str:
    """What is kept of a comparison: all but the items that are the same."""
    changes = [asdict(change) for change in revision.changes if change.kind != "same"]
    content = {"in_force": revision.in_force, "changes": changes, "marks": [asdict(mark) for mark in revision.marks]}
    return json.dumps(content, ensure_ascii=False)


def from_record(issue: IssueRecord, record: RevisionRecord) -> Revision:
    """A comparison that was kept; without the items that were the same."""
    content: dict[str, Any] = json.loads(record.content)
    changes = tuple(
        ItemChange(one["kind"], one["title"], tuple(PassageChange(**passage) for passage in one["passages"]))
        for one in content["changes"]
    )
    marks = tuple(CarriedMark(**mark) for mark in content["marks"])
    return Revision(issue, record.former, record.file, content["in_force"], changes, marks, record.made_at)
