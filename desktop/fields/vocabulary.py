"""The vocabulary of fields as data: ten fields with subfields and terms, 综合, the second axis, and the rules for doubtful words.

The plan that defines the fields expires; therefore nothing about a field is written in code, every tag carries the version of
the vocabulary it was made with, and a vocabulary is one readable file that can be exported, edited and imported
(`docs/fields.md`). Where a name stands for a field, its code (pinyin initials), its number and its aliases do too.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass

from desktop.bulletin.folding import fold
from desktop.errors import KnownError, NotFound

GENERAL = "综合"


class InvalidVocabulary(KnownError):
    """A vocabulary file that cannot be used; the sentence names the place and what is wrong there."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word that speaks for a field: `weight` 3 decisive, 2 typical, 1 weak; `outside` when the plan itself does not use it.

    `subfield` is "" for a word of the field as a whole.
    """

    text: str
    field: str
    subfield: str
    weight: int
    outside: bool = False


@dataclass(frozen=True, slots=True)
class Subfield:
    """A subfield, or a theme of 综合.

    A `supporting` theme (talent, funds, platforms …) goes along with every subject and hardly counts where a title names a
    field. `axis` is the entry of the second axis under which an official files the theme.
    """

    number: int
    name: str
    code: str
    terms: tuple[Term, ...]
    supporting: bool = False
    axis: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One of the ten fields (`number` 1 … 10, as in the plan) or 综合 (`number` 0)."""

    number: int
    name: str
    code: str
    aliases: tuple[str, ...]
    terms: tuple[Term, ...]
    subfields: tuple[Subfield, ...]

    def subfield(self, name: str) -> Subfield:
        """The subfield of that name, code or number. Raises `NotFound` naming the nearest."""
        wanted = fold(name)
        for subfield in self.subfields:
            if wanted in (fold(subfield.name), fold(subfield.code), str(subfield.number)):
                return subfield
        nearest = _nearest(name, [subfield.name for subfield in self.subfields])
        raise NotFound(f"“{self.name}”之下没有子领域“{name}”，{_hint(nearest)}。")

    def every_term(self) -> Iterator[Term]:
        """The field's own terms and those of its subfields."""
        yield from self.terms
        for subfield in self.subfields:
            yield from subfield.terms


@dataclass(frozen=True, slots=True)
class Redirect:
    """An ambiguous term: where one of `words` stands in the same sentence, it speaks for `field`/`subfield` instead."""

    term: str
    words: tuple[str, ...]
    field: str
    subfield: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the second axis."""

    name: str
    code: str


@dataclass(frozen=True, slots=True)
class Axis:
    """One part of the second axis: 重点区域, 重点任务 or 保障措施."""

    name: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class LocalTag:
    """A theme that the plan does not name; `hint` is the tag under which it is suggested meanwhile."""

    name: str
    code: str
    hint: str
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of the palette: `tag` as written ("生物医药/生物药"), its code, and the word that was hit if it was a term."""

    tag: str
    field: str
    subfield: str
    code: str
    term: str = ""


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """One version of the taxonomy. Compared and cached by identity: load it once and pass it on."""

    version: str
    title: str
    valid: tuple[int, int]
    fields: tuple[Field, ...]
    general: Field
    axes: tuple[Axis, ...]
    local_tags: tuple[LocalTag, ...]
    redirects: tuple[Redirect, ...]
    weak: frozenset[str]
    not_evidence: tuple[str, ...]

    @property
    def all_fields(self) -> tuple[Field, ...]:
        """The ten fields in the plan's order, then 综合."""
        return (*self.fields, self.general)

    def field(self, name: str | int) -> Field:
        """The field (or 综合) of that name, code, alias or number. Raises `NotFound` naming the nearest."""
        wanted = fold(str(name))
        for field in self.all_fields:
            names = {field.name, field.code, *field.aliases}
            if wanted in {fold(known) for known in names} or (field.number and wanted == str(field.number)):
                return field
        nearest = _nearest(str(name), [known for field in self.all_fields for known in (field.name, *field.aliases)])
        raise NotFound(f"没有名为“{name}”的领域，{_hint(nearest)}。")

    def parse_tag(self, text: str) -> tuple[str, str]:
        """Field and subfield name of a tag as typed: "生物医药/生物药", "SWYY", "8/5", a bare subfield, a second-axis entry.

        An entry of the second axis gives (axis, entry), a local tag (name, ""). Raises `NotFound` naming the nearest.
        """
        first, slash, second = (part.strip() for part in text.replace("／", "/").partition("/"))
        if slash:
            return self._two_parts(first, second)
        try:
            return self.field(first).name, ""
        except NotFound:
            found = self._bare(first)
            if found is None:
                raise
            return found

    def _two_parts(self, first: str, second: str) -> tuple[str, str]:
        for axis in self.axes:
            if fold(axis.name) == fold(first):
                return axis.name, _entry(axis, second).name
        field = self.field(first)
        return field.name, field.subfield(second).name if second else ""

    def _bare(self, name: str) -> tuple[str, str] | None:
        """What a single name that is no field means: the only subfield, axis entry or local tag of that name."""
        wanted = fold(name)
        exact = {
            (choice.field, choice.subfield)
            for choice in self.choices()
            if wanted in (fold(choice.subfield or choice.field), fold(choice.code))
        }
        return exact.pop() if len(exact) == 1 else None

    def choices(self) -> Iterator[Choice]:
        """Everything that can be tagged: fields, 综合, their subfields, the second axis, local tags."""
        for field in self.all_fields:
            yield Choice(field.name, field.name, "", field.code)
            for sub in field.subfields:
                yield Choice(f"{field.name}/{sub.name}", field.name, sub.name, sub.code)
        for axis in self.axes:
            for entry in axis.entries:
                yield Choice(f"{axis.name}/{entry.name}", axis.name, entry.name, entry.code)
        for tag in self.local_tags:
            yield Choice(tag.name, tag.name, "", tag.code)

    def find(self, query: str, limit: int = 12) -> list[Choice]:
        """The palette: what fits a query in Chinese, pinyin initials, codes or numbers ("8.5"), best first."""
        wanted = fold(query)
        if not wanted:
            return []
        ranked = [
            (rank, at, choice) for at, choice in enumerate(self.choices()) if (rank := self._rank(wanted, choice)) is not None
        ]
        found = [choice for _, _, choice in sorted(ranked, key=lambda entry: entry[:2])]
        tags = {choice.tag for choice in found}
        return (found + [choice for choice in self._by_term(wanted) if choice.tag not in tags])[:limit]

    def _rank(self, wanted: str, choice: Choice) -> int | None:
        name, code = fold(choice.subfield or choice.field), fold(choice.code)
        aliases = [fold(alias) for alias in self._aliases(choice)]
        if wanted in (name, code, self._numeral(choice)) or wanted in aliases:
            return 0
        if name.startswith(wanted) or code.startswith(wanted):
            return 1
        if wanted in name or any(wanted in alias for alias in aliases):
            return 2
        return 3 if len(wanted) > 1 and wanted in code else None

    def _aliases(self, choice: Choice) -> tuple[str, ...]:
        return next((field.aliases for field in self.all_fields if choice.tag == field.name), ())

    def _numeral(self, choice: Choice) -> str:
        """As in "8" for a field and "8.5" for a subfield; "" for what has no number."""
        for field in self.fields:
            if choice.tag == field.name:
                return str(field.number)
            if choice.field == field.name:
                return f"{field.number}.{field.subfield(choice.subfield).number}"
        return ""

    def _by_term(self, wanted: str) -> Iterator[Choice]:
        """Places of the vocabulary whose terms contain the query, the strongest term of each place."""
        best: dict[tuple[str, str], Term] = {}
        for field in self.all_fields:
            for term in field.every_term():
                key = (field.name, term.subfield)
                if wanted in fold(term.text) and (key not in best or term.weight > best[key].weight):
                    best[key] = term
        for (name, sub), term in sorted(best.items(), key=lambda entry: (-entry[1].weight, len(entry[1].text))):
            field = self.field(name)
            code = field.subfield(sub).code if sub else field.code
            yield Choice(f"{name}/{sub}" if sub else name, name, sub, code, term.text)


def _entry(axis: Axis, name: str) -> Entry:
    for entry in axis.entries:
        if fold(name) in (fold(entry.name), fold(entry.code)):
            return entry
    nearest = _nearest(name, [entry.name for entry in axis.entries])
    raise NotFound(f"“{axis.name}”之下没有“{name}”，{_hint(nearest)}。")


def _nearest(name: str, names: list[str]) -> str:
    return next(iter(difflib.get_close_matches(name, names, n=1, cutoff=0.3)), "")


def _hint(nearest: str) -> str:
    return f"是否指“{nearest}”" if nearest else "请用 fields 命令查看可用的名称"
