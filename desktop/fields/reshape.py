"""Renaming, merging and splitting parts of a vocabulary: each gives a new vocabulary, and says which tags follow.

The old name of a field stays behind as an alias, so that keys, scripts and files that use it go on working.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from desktop.bulletin.folding import fold
from desktop.errors import WrongUsage
from desktop.fields.export import vocabulary_to_json
from desktop.fields.jsonform import vocabulary_from_json
from desktop.fields.vocabulary import GENERAL, Field, Subfield, Term, Vocabulary

Place = tuple[str, str]  # field, subfield ("" for the field itself)
_REVISION = re.compile(r"(.*)（修订(\d+)）")


@dataclass(frozen=True, slots=True)
class Change:
    """A new vocabulary under `name`, and where tags go: places that are missing in `moves` stay. Fields move with their subfields."""

    name: str
    vocabulary: Vocabulary
    moves: Mapping[Place, Place] = field(default_factory=dict)

    def place_after(self, place: Place) -> Place:
        """Where a tag stands after the change."""
        if place in self.moves:
            return self.moves[place]
        whole = self.moves.get((place[0], ""))
        return (whole[0], place[1]) if whole and whole[0] != place[0] else place


def rename(vocabulary: Vocabulary, tag: str, name: str) -> Change:
    """Give a field or subfield another name; its tags follow. Raises `NotFound`, `WrongUsage` or `InvalidVocabulary`."""
    place, name = _place(vocabulary, tag), name.strip()
    if not name or "/" in name or "›" in name:
        raise WrongUsage("新名称不能为空，也不能含“/”或“›”。")
    if place == (GENERAL, ""):
        raise WrongUsage("“综合”是固定的类别，不能改名。")
    old_field, old_sub = place
    after = (old_field, name) if old_sub else (name, "")

    def renamed(one: Field) -> Field:
        if one.name != old_field:
            return one
        if not old_sub:
            return replace(one, name=name, aliases=(*(alias for alias in one.aliases if alias != name), old_field))
        subfields = tuple(replace(sub, name=name) if sub.name == old_sub else sub for sub in one.subfields)
        return replace(one, subfields=subfields)

    made = _rebuilt(vocabulary, renamed, lambda at: _moved(at, place, after))
    return Change(f"词表改名：{_shown(place)}→{_shown(after)}", made, {place: after})


def merge(vocabulary: Vocabulary, tag: str, into: str) -> Change:
    """Let a subfield be absorbed by another, of the same field or not: words and tags follow. Raises as `rename`."""
    place, target = _place(vocabulary, tag), _place(vocabulary, into)
    if not place[1] or not target[1] or place == target:
        raise WrongUsage("请给出两个不同的子领域，例如 电子信息/先进计算 并入 数字经济/大数据。")
    words = _subfield(vocabulary, place).terms

    def merged(one: Field) -> Field:
        subfields = [sub for sub in one.subfields if (one.name, sub.name) != place]
        return replace(
            one,
            subfields=tuple(
                replace(sub, terms=(*sub.terms, *words)) if (one.name, sub.name) == target else sub for sub in subfields
            ),
        )

    made = _rebuilt(vocabulary, merged, lambda at: target if at == place else at)
    return Change(f"词表并入：{_shown(place)}→{_shown(target)}", made, {place: target})


def split(vocabulary: Vocabulary, tag: str, name: str, code: str, words: Sequence[str]) -> Change:
    """Make a new subfield of some words of another; tags stay where they are, for only the reader can tell. Raises as `rename`."""
    place, name = _place(vocabulary, tag), name.strip()
    if not place[1]:
        raise WrongUsage("请给出要拆分的子领域，例如 电子信息/集成电路。")
    wanted = {fold(word) for word in words}
    source = _subfield(vocabulary, place)
    taken = tuple(term for term in source.terms if fold(term.text) in wanted)
    missing = wanted - {fold(term.text) for term in taken}
    if not taken or missing or not name:
        named = f"，其中没有“{sorted(missing)[0]}”" if missing else ""
        raise WrongUsage(f"请写明新子领域的名称和从“{_shown(place)}”分出的词语{named}。")

    def parted(one: Field) -> Field:
        if one.name != place[0]:
            return one
        rest = [
            replace(sub, terms=tuple(term for term in sub.terms if term not in taken)) if sub is source else sub
            for sub in one.subfields
        ]
        number = max(sub.number for sub in one.subfields) + 1
        return replace(
            one, subfields=(*rest, Subfield(number, name, code, tuple(replace(term, subfield=name) for term in taken)))
        )

    made = _rebuilt(vocabulary, parted, lambda at: at)
    return Change(f"词表拆分：{_shown(place)}→{name}", made)


def _place(vocabulary: Vocabulary, tag: str) -> Place:
    place = vocabulary.parse_tag(tag)
    if place[0] not in {one.name for one in vocabulary.all_fields}:
        raise WrongUsage(f"“{tag}”不是领域或子领域，请在导出的词表中修改。")
    return place


def _subfield(vocabulary: Vocabulary, place: Place) -> Subfield:
    return vocabulary.field(place[0]).subfield(place[1])


def _moved(at: Place, old: Place, new: Place) -> Place:
    if old[1]:
        return new if at == old else at
    return (new[0], at[1]) if at[0] == old[0] else at


def _rebuilt(vocabulary: Vocabulary, change: Callable[[Field], Field], where: Callable[[Place], Place]) -> Vocabulary:
    """The vocabulary with changed fields, everything that names a place following, checked, under the next revision."""

    def settled(one: Field) -> Field:
        subfields = tuple(replace(sub, terms=_homed(sub.terms, one.name, sub.name)) for sub in one.subfields)
        return replace(one, terms=_homed(one.terms, one.name, ""), subfields=subfields)

    made = replace(
        vocabulary,
        version=next_version(vocabulary.version),
        fields=tuple(settled(change(one)) for one in vocabulary.fields),
        general=settled(change(vocabulary.general)),
        redirects=tuple(
            replace(rule, field=to[0], subfield=to[1])
            for rule in vocabulary.redirects
            for to in [where((rule.field, rule.subfield))]
        ),
        local_tags=tuple(replace(one, hint=_joined(where(_split(one.hint)))) for one in vocabulary.local_tags),
    )
    return vocabulary_from_json(vocabulary_to_json(made))


def _homed(terms: tuple[Term, ...], field_name: str, subfield: str) -> tuple[Term, ...]:
    return tuple(replace(term, field=field_name, subfield=subfield) for term in terms)


def next_version(version: str) -> str:
    """川科高〔2022〕19号 → 川科高〔2022〕19号（修订1） → …（修订2）."""
    found = _REVISION.fullmatch(version)
    return f"{found[1]}（修订{int(found[2]) + 1}）" if found else f"{version}（修订1）"


def same_plan(version: str, other: str) -> bool:
    """Whether two versions are revisions of one plan, so that tags of the one mean the same in the other."""
    return _plan(version) == _plan(other)


def _plan(version: str) -> str:
    found = _REVISION.fullmatch(version)
    return found[1] if found else version


def _split(tag: str) -> Place:
    first, _, second = tag.partition("/")
    return first, second


def _joined(place: Place) -> str:
    return "/".join(part for part in place if part)


def _shown(place: Place) -> str:
    return "›".join(part for part in place if part)
