"""Writing a vocabulary as a file that a person can read and edit: short values on one line, lists of words wrapped."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from desktop.fields.jsonform import SCHEMA
from desktop.fields.vocabulary import Field, Redirect, Subfield, Term, Vocabulary

_WIDTH = 110


def vocabulary_to_json(vocabulary: Vocabulary) -> dict[str, Any]:
    """The JSON document of a vocabulary; `vocabulary_from_json` of it is the same vocabulary."""
    return {
        "schema": SCHEMA,
        "version": vocabulary.version,
        "title": vocabulary.title,
        "valid": {"from": vocabulary.valid[0], "to": vocabulary.valid[1]},
        "fields": [_field_data(field) for field in vocabulary.fields],
        "general": _field_data(vocabulary.general),
        "second_axis": [
            {"name": axis.name, "entries": [{"name": entry.name, "code": entry.code} for entry in axis.entries]}
            for axis in vocabulary.axes
        ],
        "local_tags": [
            {"name": tag.name, "code": tag.code, "hint": tag.hint, "terms": list(tag.terms)} for tag in vocabulary.local_tags
        ],
        "ambiguous": _ambiguous_data(vocabulary.redirects),
        "weak_in_running_text": sorted(vocabulary.weak),
        "not_evidence": list(vocabulary.not_evidence),
    }


def vocabulary_text(vocabulary: Vocabulary) -> str:
    """The readable file that `load_vocabulary` reads."""
    return readable(vocabulary_to_json(vocabulary))


def readable(data: dict[str, Any]) -> str:
    """The document as the text of a file that a person can edit, ending in a line break."""
    return _written(data, 0) + "\n"


def _field_data(field: Field) -> dict[str, Any]:
    return {
        "number": field.number,
        "name": field.name,
        "code": field.code,
        "aliases": list(field.aliases),
        **_term_data(field.terms),
        "subfields": [_subfield_data(sub) for sub in field.subfields],
    }


def _subfield_data(sub: Subfield) -> dict[str, Any]:
    data: dict[str, Any] = {"number": sub.number, "name": sub.name, "code": sub.code}
    if sub.supporting:
        data["supporting"] = True
    if sub.axis:
        data["axis"] = sub.axis
    return data | _term_data(sub.terms)


def _term_data(terms: tuple[Term, ...]) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for term in sorted(terms, key=lambda term: (term.outside, -term.weight)):
        data.setdefault("synonyms" if term.outside else "terms", {}).setdefault(str(term.weight), []).append(term.text)
    return data


def _ambiguous_data(redirects: tuple[Redirect, ...]) -> list[dict[str, Any]]:
    entries: dict[str, dict[str, Any]] = {}
    for redirect in redirects:
        entry = entries.setdefault(redirect.term, {"term": redirect.term, "near": [], "note": redirect.note})
        to = f"{redirect.field}/{redirect.subfield}".rstrip("/")
        entry["near"].append({"words": list(redirect.words), "to": to})
    return list(entries.values())


def _written(value: Any, indent: int) -> str:
    """JSON in which short values stay on one line and long lists of words are wrapped."""
    flat = json.dumps(value, ensure_ascii=False)
    if len(flat) + indent <= _WIDTH:
        return flat
    pad = " " * (indent + 2)
    if isinstance(value, dict):
        rows = [f"{pad}{json.dumps(key, ensure_ascii=False)}: {_written(inner, indent + 2)}" for key, inner in value.items()]
        return "{\n" + ",\n".join(rows) + "\n" + " " * indent + "}"
    if isinstance(value, list) and all(isinstance(inner, str) for inner in value):
        return "[\n" + "\n".join(pad + row for row in _rows(value)) + "\n" + " " * indent + "]"
    if isinstance(value, list):
        return "[\n" + ",\n".join(pad + _written(inner, indent + 2) for inner in value) + "\n" + " " * indent + "]"
    return flat


def _rows(words: list[str]) -> Iterator[str]:
    row = ""
    for at, word in enumerate(words):
        piece = json.dumps(word, ensure_ascii=False) + ("," if at + 1 < len(words) else "")
        if row and len(row) + len(piece) > _WIDTH * 3 // 4:  # Chinese is about twice as wide as Latin
            yield row
            row = piece
        else:
            row = f"{row} {piece}".strip()
    yield row
