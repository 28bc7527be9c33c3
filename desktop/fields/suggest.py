"""Suggesting fields with their reasons: which words of the text speak for a field, where they stand, and how much they weigh.

Nothing is assigned: the score is a sum anyone can redo by hand (`docs/fields.md`). A term's weight
(3/2/1) is multiplied by the weight of its place (title 6, lead and heads of points 3, running text 1) and by its damping
(`context`); the second occurrence of a term counts half, the third a third. A field's score is its sum against a constant
doubt plus half of the strongest other field's sum; below `THRESHOLD` (`FURTHER` after the first) a field is not shown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Literal

from desktop.bulletin.folding import fold
from desktop.bulletin.model import Passage, PassageKind
from desktop.errors import NotFound
from desktop.fields.context import dampings
from desktop.fields.learning import NOTHING, Learnt, known_word, taught
from desktop.fields.matching import Hit, Lexicon, hits, lexicon
from desktop.fields.vocabulary import GENERAL, Vocabulary

Where = Literal["title", "lead", "head", "body"]
PLACE_WEIGHTS: dict[Where, float] = {"title": 6.0, "lead": 3.0, "head": 3.0, "body": 1.0}
THRESHOLD = 0.35
FURTHER = 0.6
DOUBT = 6.0  # what speaks against any field of a whole item: two decisive words of running text leave it even
POINT_DOUBT = 2.5  # the same for a single point, which is short
RIVALRY = 0.5
WEAK = 0.3  # share of a weak word (知识产权, 中试) outside titles and heads
BESIDE_SUBJECT = 0.6  # share of a field that the title does not name, where it names another
BACKGROUND = 0.5  # share, within a point, of the words that already stand in the item's title
SUPPORT = 0.25  # share of the supporting themes of 综合 (talent, funds) where the title names a field
_DECISIVE, _TYPICAL = 3, 2


@dataclass(frozen=True, slots=True)
class Evidence:
    """A term and where it stands: `where` is its best place, `places` are ranges of the item's canonical text.

    `lessons` is the number of confirmed texts that a learnt word comes from, 0 for a word of the vocabulary.
    """

    term: str
    count: int
    where: Where
    places: tuple[tuple[int, int], ...]
    lessons: int = 0


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A field that the text speaks for; `subfield` may be "", `score` is 0 … 1, `evidence` strongest first."""

    field: str
    subfield: str
    score: float
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    """A hit with its place in the canonical text and what it counts."""

    hit: Hit
    where: Where
    start: int
    end: int
    value: float


_Stretch = tuple[int, Passage, bool]  # canonical offset, passage, whether it is the lead


@dataclass(slots=True)
class _Tally:
    """What was found for one field."""

    total: float = 0.0
    by_subfield: dict[str, float] = field(default_factory=dict)
    by_term: dict[str, float] = field(default_factory=dict)
    found: dict[str, list[_Found]] = field(default_factory=dict)


def suggest(
    title: str,
    passages: Sequence[Passage],
    vocabulary: Vocabulary,
    *,
    point: int | None = None,
    refused: AbstractSet[str] = frozenset(),
    learnt: Learnt = NOTHING,
) -> list[Suggestion]:
    """The fields that an item (or its point of number `point`) speaks for, best first; empty where nothing fits.

    `passages` as in `Item.passages`, with or without the title passage; places refer to the item's canonical text. Fields in
    `refused` are left out; `learnt` is what the reader's own tags taught. Raises `NotFound` when there is no such point.
    """
    whole = passages if passages and passages[0].kind is PassageKind.TITLE else (Passage(PassageKind.TITLE, title), *passages)
    ready = taught(lexicon(vocabulary), learnt)
    stretches = list(_stretches(whole))
    heading = list(_found(*stretches[0], ready, vocabulary.weak))
    share = _shares(heading, vocabulary, fold(whole[0].text) if point is not None else "")
    if point is None:
        rest, doubt = stretches[1:], DOUBT
    else:
        rest, doubt, heading = _only_point(stretches, point), POINT_DOUBT, []
    found = [*heading, *(entry for stretch in rest for entry in _found(*stretch, ready, vocabulary.weak))]
    return _chosen(_tallies(found, lambda hit: share(hit) * learnt.share(hit.field, hit.term.text)), doubt, refused, learnt)


def _only_point(stretches: list[_Stretch], point: int) -> list[_Stretch]:
    chosen: list[_Stretch] = []
    within = False
    for stretch in stretches:
        if stretch[1].kind is PassageKind.POINT:
            within = stretch[1].number == point
        if within and stretch[1].kind in (PassageKind.POINT, PassageKind.SUBPOINT):
            chosen.append(stretch)
    if not chosen:
        raise NotFound(f"这一条没有第（{point}）点，请核对点的序号。")
    return chosen


def suggest_text(
    title: str, text: str, vocabulary: Vocabulary, *, refused: AbstractSet[str] = frozenset(), learnt: Learnt = NOTHING
) -> list[Suggestion]:
    """The same for plain text; places refer to the passages of `plain_passages` laid one under the other."""
    passages = plain_passages(title, text)
    return suggest(passages[0].text, passages, vocabulary, refused=refused, learnt=learnt)


def plain_passages(title: str, text: str) -> tuple[Passage, ...]:
    """Plain text as an item's passages, one paragraph a line.

    The first line is the title when it repeats it, or when no title is given and it looks like one. The first paragraph is the
    lead; paragraphs that begin with （1） are points with a head.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if lines and (fold(lines[0]) == fold(title) if title else len(lines) > 1 and _looks_like_title(lines[0])):
        title, lines = lines[0], lines[1:]
    return (Passage(PassageKind.TITLE, title), *(_plain(line, first=at == 0) for at, line in enumerate(lines)))


def _looks_like_title(line: str) -> bool:
    return len(line) <= _LONGEST_TITLE and line[-1] not in "。；：！？，、" and not _MARKER.match(line)


_LONGEST_TITLE = 60
_MARKER = re.compile(r"[（(]\s*(\d{1,2})\s*[）)]\s*")


def _plain(line: str, *, first: bool) -> Passage:
    marker = _MARKER.match(line)
    if marker is None:
        return Passage(PassageKind.LEAD if first else PassageKind.PARAGRAPH, line)
    text = line[marker.end() :]
    head, stop, _ = text.partition("。")
    return Passage(PassageKind.POINT, text, number=int(marker.group(1)), marker=marker.group().strip(), head=head if stop else "")


def _stretches(passages: Sequence[Passage]) -> Iterator[_Stretch]:
    """Each passage with its canonical offset, and whether it opens the item (then it counts as the lead)."""
    at = 0
    for ordinal, passage in enumerate(passages):
        yield at, passage, ordinal == 1 and passage.kind in (PassageKind.LEAD, PassageKind.PARAGRAPH)
        at += len(passage.text) + 1


def _found(start: int, passage: Passage, lead: bool, ready: Lexicon, weak: AbstractSet[str]) -> Iterator[_Found]:
    folded, found = hits(passage.text, ready)
    for hit, damping in zip(found, dampings(folded, found), strict=True):
        where = _where(passage, hit, lead)
        share = WEAK if hit.term.text in weak and where in ("lead", "body") else 1.0
        value = hit.term.weight * PLACE_WEIGHTS[where] * damping * share
        yield _Found(hit, where, start + hit.first, start + hit.last, value)


def _where(passage: Passage, hit: Hit, lead: bool) -> Where:
    if passage.kind is PassageKind.TITLE:
        return "title"
    if passage.head and hit.last <= len(passage.head):
        return "head"
    return "lead" if lead else "body"


def _tallies(found: Sequence[_Found], share: Callable[[Hit], float]) -> dict[str, _Tally]:
    tallies: dict[str, _Tally] = {}
    for entry in found:
        tallies.setdefault(entry.hit.field, _Tally()).found.setdefault(entry.hit.term.text, []).append(entry)
    for tally in tallies.values():
        for term, entries in tally.found.items():
            hit = entries[0].hit
            values = sorted((entry.value for entry in entries), reverse=True)
            value = share(hit) * sum(value / rank for rank, value in enumerate(values, 1))
            tally.by_term[term] = value
            tally.by_subfield[hit.subfield] = tally.by_subfield.get(hit.subfield, 0.0) + value
            tally.total += value
    return tallies


def _shares(heading: Sequence[_Found], vocabulary: Vocabulary, background: str) -> Callable[[Hit], float]:
    """The rule that the title decides.

    For an item, fields that its title does not name count less where it names one. Inside an item, for a point, it is the
    other way round: the title's own words are the background against which the point is judged. Either way the supporting
    themes count little beside a field that the title names.
    """
    subjects: dict[str, float] = {}
    for entry in heading:
        if entry.value >= _TYPICAL * PLACE_WEIGHTS["title"]:
            subjects[entry.hit.field] = max(subjects.get(entry.hit.field, 0.0), entry.value)
    strongest = max((value for name, value in subjects.items() if name != GENERAL), default=0.0)
    overshadowed = strongest >= _DECISIVE * PLACE_WEIGHTS["title"] or (strongest > 0 and GENERAL not in subjects)
    supporting = {theme.name for theme in vocabulary.general.subfields if theme.supporting}

    def share(hit: Hit) -> float:
        support = hit.field == GENERAL and hit.subfield in supporting
        if overshadowed and support:
            return SUPPORT
        if background:
            return BACKGROUND if support or fold(hit.term.text) in background else 1.0
        return 1.0 if not subjects or hit.field in subjects else BESIDE_SUBJECT

    return share


def _chosen(tallies: Mapping[str, _Tally], doubt: float, refused: AbstractSet[str], learnt: Learnt) -> list[Suggestion]:
    scored = []
    for name, tally in tallies.items():
        rival = max((other.total for other_name, other in tallies.items() if other_name != name), default=0.0)
        score = tally.total / (tally.total + doubt + RIVALRY * rival)
        if score >= THRESHOLD and name not in refused:
            scored.append(Suggestion(name, _subfield(tally), round(score, 3), _evidence(tally, learnt)))
    ranked = sorted(scored, key=lambda suggestion: (-suggestion.score, suggestion.field))
    # 综合 says that there is no single field: it comes first or not at all.
    return ranked[:1] + [further for further in ranked[1:] if further.field != GENERAL and further.score >= FURTHER]


def _subfield(tally: _Tally) -> str:
    """The subfield with the most evidence, "" where the evidence names none."""
    named = {name: value for name, value in tally.by_subfield.items() if name}
    return max(named, key=lambda name: named[name], default="")


def _evidence(tally: _Tally, learnt: Learnt) -> tuple[Evidence, ...]:
    strongest = sorted(tally.found, key=lambda term: -tally.by_term[term])
    return tuple(
        Evidence(
            term,
            len(tally.found[term]),
            max((entry.where for entry in tally.found[term]), key=lambda where: (PLACE_WEIGHTS[where], where == "lead")),
            tuple((entry.start, entry.end) for entry in tally.found[term]),
            word.lessons if (word := known_word(learnt, term)) else 0,
        )
        for term in strongest
    )
