"""Reading a vocabulary from its file form, with plain complaints, because the file is edited by hand (`docs/fields.md`)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from desktop.bulletin.folding import fold
from desktop.errors import UnreadableFile
from desktop.fields.vocabulary import Axis, Entry, Field, InvalidVocabulary, LocalTag, Redirect, Subfield, Term, Vocabulary
from desktop.paths import RESOURCES

BUILT_IN = RESOURCES / "fields" / "plan-2021-2025.json"
SCHEMA = 1
_WEIGHTS = ("3", "2", "1")


def load_vocabulary(path: Path | None = None) -> Vocabulary:
    """The vocabulary of a file, by default the one shipped. Raises `UnreadableFile` or `InvalidVocabulary`."""
    file = path or BUILT_IN
    try:
        data = json.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise UnreadableFile(f"无法打开领域词表“{file.name}”，请检查文件是否存在、是否可读。") from error
    except UnicodeDecodeError as error:
        raise InvalidVocabulary(f"领域词表“{file.name}”不是UTF-8编码，请另存为UTF-8后再导入。") from error
    except json.JSONDecodeError as error:
        raise InvalidVocabulary(f"领域词表“{file.name}”第{error.lineno}行不是有效的JSON，请改正后再导入。") from error
    return vocabulary_from_json(data)


def vocabulary_from_json(data: Any) -> Vocabulary:
    """The vocabulary that a JSON document describes. Raises `InvalidVocabulary` with the place and the reason."""
    if not isinstance(data, dict) or data.get("schema") != SCHEMA:
        raise InvalidVocabulary(f"这不是本程序的领域词表（应有“schema”: {SCHEMA}），请在导出的词表上修改。")
    try:
        vocabulary = _vocabulary(data)
    except KeyError as error:
        raise InvalidVocabulary(f"领域词表缺少“{error.args[0]}”一项，请对照导出的词表补齐。") from error
    except (TypeError, ValueError, AttributeError) as error:
        raise InvalidVocabulary(f"领域词表的写法有误（{error}），请对照导出的词表改正。") from error
    problems = list(_problems(vocabulary))
    if problems:
        raise InvalidVocabulary(f"领域词表有{len(problems)}处问题，第一处：{problems[0]}")
    return vocabulary


def _vocabulary(data: dict[str, Any]) -> Vocabulary:
    return Vocabulary(
        version=_word(data, "version"),
        title=_word(data, "title"),
        valid=(int(data["valid"]["from"]), int(data["valid"]["to"])),
        fields=tuple(_field(entry) for entry in data["fields"]),
        general=_field(data["general"]),
        axes=tuple(
            Axis(_word(axis, "name"), tuple(Entry(_word(entry, "name"), _word(entry, "code")) for entry in axis["entries"]))
            for axis in data["second_axis"]
        ),
        local_tags=tuple(
            LocalTag(_word(tag, "name"), _word(tag, "code"), _word(tag, "hint"), tuple(_words(tag["terms"])))
            for tag in data["local_tags"]
        ),
        redirects=tuple(redirect for entry in data["ambiguous"] for redirect in _redirects(entry)),
        weak=frozenset(_words(data["weak_in_running_text"])),
        not_evidence=tuple(_words(data["not_evidence"])),
    )


def _word(entry: dict[str, Any], key: str) -> str:
    value = entry[key]
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"“{key}”应是文字")
    return value


def _words(values: Any) -> list[str]:
    if not isinstance(values, list) or any(not isinstance(value, str) or not fold(value) for value in values):
        raise ValueError("词语应写成文字的列表")
    return values


def _field(entry: dict[str, Any]) -> Field:
    name = _word(entry, "name")
    return Field(
        number=int(entry["number"]),
        name=name,
        code=_word(entry, "code"),
        aliases=tuple(_words(entry["aliases"])),
        terms=_terms(entry, name, ""),
        subfields=tuple(_subfield(sub, name) for sub in entry["subfields"]),
    )


def _subfield(entry: dict[str, Any], field: str) -> Subfield:
    name = _word(entry, "name")
    return Subfield(
        number=int(entry["number"]),
        name=name,
        code=_word(entry, "code"),
        terms=_terms(entry, field, name),
        supporting=bool(entry.get("supporting", False)),
        axis=entry.get("axis", ""),
    )


def _terms(entry: dict[str, Any], field: str, subfield: str) -> tuple[Term, ...]:
    found = []
    for key, outside in (("terms", False), ("synonyms", True)):
        for weight, words in entry.get(key, {}).items():
            if weight not in _WEIGHTS:
                raise ValueError(f"“{subfield or field}”的权重“{weight}”应为3、2、1之一")
            found += [Term(word, field, subfield, int(weight), outside) for word in _words(words)]
    return tuple(found)


def _redirects(entry: dict[str, Any]) -> Iterator[Redirect]:
    for near in entry["near"]:
        field, _, subfield = _word(near, "to").partition("/")
        yield Redirect(_word(entry, "term"), tuple(_words(near["words"])), field, subfield, entry.get("note", ""))


def _problems(vocabulary: Vocabulary) -> Iterator[str]:
    """What a well-formed file may still have wrong, as sentences."""
    yield from _doubled(vocabulary)
    places = {(choice.field, choice.subfield) for choice in vocabulary.choices()}
    homes = {fold(term.text) for field in vocabulary.all_fields for term in field.every_term()}
    for redirect in vocabulary.redirects:
        if (redirect.field, redirect.subfield) not in places:
            yield f"歧义词“{redirect.term}”指向不存在的“{redirect.field}/{redirect.subfield}”。"
        if fold(redirect.term) not in homes:
            yield f"歧义词“{redirect.term}”未列入任何领域。"
    for tag in vocabulary.local_tags:
        if tag.hint.partition("/")[::2] not in places:
            yield f"本地标签“{tag.name}”指向不存在的“{tag.hint}”。"
    entries = {entry.name for axis in vocabulary.axes for entry in axis.entries}
    for theme in vocabulary.general.subfields:
        if theme.axis and theme.axis not in entries:
            yield f"“{theme.name}”指向不存在的第二维度“{theme.axis}”。"


def _doubled(vocabulary: Vocabulary) -> Iterator[str]:
    """Names, codes, numbers and terms that are given twice where they must be unique."""
    owners: dict[str, str] = {}
    for field in vocabulary.all_fields:
        names = {fold(name) for name in (field.name, field.code, *field.aliases, str(field.number))}
        for name in sorted(names):
            if name in owners:
                yield f"“{field.name}”与“{owners[name]}”的名称、代码、别名或序号重复（{name}）。"
            owners[name] = field.name
        for kind in ("name", "code", "number"):
            values = [getattr(sub, kind) for sub in field.subfields]
            yield from (f"“{field.name}”之下重复：{value}。" for value in sorted({v for v in values if values.count(v) > 1}))
    seen: dict[str, str] = {}
    for field in vocabulary.all_fields:
        for term in field.every_term():
            place, word = f"{term.field}/{term.subfield}".rstrip("/"), fold(term.text)
            if word in seen:
                yield f"词语“{term.text}”同时列在“{seen[word]}”和“{place}”，请只留一处，或写成歧义词。"
            seen[word] = place
