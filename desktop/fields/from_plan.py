"""The vocabulary of fields read from the plan that defines them, so that the next plan needs no hand-made file.

Names and order come from the plan's outline: a chapter on fields, a section a field, a numbered paragraph a subfield. Terms,
codes and aliases are kept from the vocabulary in force wherever names agree; what the plan no longer names falls away.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from desktop.bulletin.folding import fold
from desktop.bulletin.model import Document, Node
from desktop.errors import UnreadableFile
from desktop.fields.export import vocabulary_to_json
from desktop.fields.jsonform import vocabulary_from_json
from desktop.fields.vocabulary import Axis, Entry, Field, Redirect, Subfield, Term, Vocabulary

_YEARS = re.compile(r"((?:19|20)\d\d)\s*(?:年)?\s*[-—–~～至]+\s*((?:19|20)\d\d)")
_FEWEST = 2


def vocabulary_from_plan(plan: Document, base: Vocabulary) -> Vocabulary:
    """The vocabulary that the plan sets out. Raises `UnreadableFile` for a document without a chapter on fields."""
    chapter = _field_chapter(plan)
    if chapter is None:
        raise UnreadableFile(f"“{plan.title}”中没有找到划分领域的章节（如“重点领域”），不能从中建立领域词表，请核对文件。")
    fields = tuple(_field(node, number, base) for number, node in enumerate(chapter.children, 1))
    claimed = _claimed(fields)
    fields = tuple(_yielding(field, claimed) for field in fields)
    years = _YEARS.search(plan.title)
    axes = tuple(_axis(axis, plan) for axis in base.axes)
    built = replace(
        base,
        version=plan.doc_number or plan.title,
        title=plan.title,
        valid=(int(years[1]), int(years[2])) if years else base.valid,
        fields=fields,
        axes=axes,
    )
    built = replace(built, general=_yielding(_general(base.general, axes), claimed))
    built = replace(built, redirects=tuple(_standing(built)))
    places = {(choice.field, choice.subfield) for choice in built.choices()}
    built = replace(built, local_tags=tuple(tag for tag in base.local_tags if tag.hint.partition("/")[::2] in places))
    return vocabulary_from_json(vocabulary_to_json(built))


def _field_chapter(plan: Document) -> Node | None:
    """The chapter named after fields, else the one with the most subfields."""
    chapters = [node for node in plan.outline if sum(1 for section in node.children if section.children) >= _FEWEST]
    named = [node for node in chapters if "领域" in node.title]
    return max(named or chapters, key=lambda node: sum(len(section.children) for section in node.children), default=None)


def _field(node: Node, number: int, base: Vocabulary) -> Field:
    former = _same(node.title, base.fields)
    subfields = tuple(_subfield(child, at, node.title, former) for at, child in enumerate(node.children, 1))
    if former is None:
        return Field(number, node.title, f"L{number}", (), (), subfields)
    named = {fold(sub.name) for sub in subfields}
    orphans = [term for sub in former.subfields if fold(sub.name) not in named for term in sub.terms]
    terms = tuple(replace(term, field=node.title, subfield="") for term in (*former.terms, *orphans))
    aliases = tuple(alias for alias in former.aliases if fold(alias) != fold(node.title))
    return Field(number, node.title, former.code, aliases, terms, subfields)


def _subfield(node: Node, number: int, field: str, former: Field | None) -> Subfield:
    same = _same(node.title, former.subfields) if former else None
    taken = {sub.code for sub in former.subfields} if former else set()
    code = same.code if same else next(code for n in range(number, 1000) if (code := f"Z{n}") not in taken)
    terms = tuple(replace(term, field=field, subfield=node.title) for term in same.terms) if same else ()
    own = Term(node.title, field, node.title, 3)
    return Subfield(number, node.title, code, terms or (own,))


_Named = TypeVar("_Named", Field, Subfield, Entry)


def _claimed(fields: Sequence[Field]) -> dict[str, tuple[str, str]]:
    """Which field, or subfield, the plan itself calls by a word: there the word belongs, wherever it stood before."""
    subfields = {fold(sub.name): (field.name, sub.name) for field in fields for sub in field.subfields}
    return subfields | {fold(field.name): (field.name, "") for field in fields}


def _yielding(field: Field, claimed: dict[str, tuple[str, str]]) -> Field:
    """The field without words and other names that the plan gives to another place."""

    def kept(terms: Sequence[Term], subfield: str) -> tuple[Term, ...]:
        here = (field.name, subfield)
        return tuple(term for term in terms if claimed.get(fold(term.text), here) in (here, (field.name, "")))

    aliases = tuple(alias for alias in field.aliases if fold(alias) not in claimed)
    subfields = tuple(replace(sub, terms=kept(sub.terms, sub.name)) for sub in field.subfields)
    return replace(field, aliases=aliases, terms=kept(field.terms, ""), subfields=subfields)


def _same(name: str, known: Sequence[_Named]) -> _Named | None:
    return next((one for one in known if fold(one.name) == fold(name)), None)


def _axis(axis: Axis, plan: Document) -> Axis:
    """The second axis from the plan's chapter of the same name, as it was where the plan has none."""
    chapter = next((node for node in plan.outline if fold(node.title) == fold(axis.name) and node.children), None)
    if chapter is None:
        return axis
    entries = []
    for number, node in enumerate(chapter.children, 1):
        former = _same(node.title, axis.entries)
        entries.append(Entry(node.title, former.code if former else f"W{number}"))
    return Axis(axis.name, tuple(entries))


def _general(general: Field, axes: Sequence[Axis]) -> Field:
    entries = {entry.name for axis in axes for entry in axis.entries}
    themes = tuple(theme if theme.axis in entries else replace(theme, axis="") for theme in general.subfields)
    return replace(general, subfields=themes)


def _standing(built: Vocabulary) -> Iterator[Redirect]:
    """The rules for ambiguous words whose word and target are still there."""
    places = {(choice.field, choice.subfield) for choice in built.choices()}
    homes = {fold(term.text) for field in built.all_fields for term in field.every_term()}
    for redirect in built.redirects:
        if fold(redirect.term) in homes and (redirect.field, redirect.subfield) in places:
            yield redirect
