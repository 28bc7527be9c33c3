"""A bulletin as the JSON of `parse --json` (`docs/data-format.md`), and passages as stored text.

Both are contracts: keys may be added, never renamed or dropped, without a new `SCHEMA`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from desktop.bulletin.model import (
    Bulletin,
    Document,
    Doubt,
    Issue,
    Item,
    Node,
    Part,
    Passage,
    PassageKind,
    Place,
    Section,
)

SCHEMA = 1


def bulletin_to_json(bulletin: Bulletin) -> dict[str, Any]:
    """The document of `parse --json`: `kind` is "issue" or "document"."""
    return _issue(bulletin) if isinstance(bulletin, Issue) else _document(bulletin)


def _issue(issue: Issue) -> dict[str, Any]:
    head = issue.masthead
    return {
        "schema": SCHEMA,
        "kind": "issue",
        "title": head.title,
        "number": head.number,
        "date": head.date,
        "date_text": head.date_text,
        "issuers": list(head.issuers),
        "contents": [{"section": e.section, "page": e.page, "titles": list(e.titles)} for e in issue.contents],
        "sections": [{"name": s.name, "page": s.page, "items": [_item(item) for item in s.items]} for s in issue.sections],
        "distribution": {"to": list(issue.distribution.to), "cc": list(issue.distribution.cc)},
        "printed_by": issue.printed_by,
        "printed_date": issue.printed_date,
        "classification": head.classification,
        "doubts": _doubts(issue.doubts),
    }


def _item(item: Item) -> dict[str, Any]:
    leads = item.of_kind(PassageKind.LEAD)
    return {
        "title": item.title,
        "page": item.page,
        "lead": leads[0].text if leads else "",
        "points": _points(item),
        "paragraphs": [passage.text for passage in item.of_kind(PassageKind.PARAGRAPH)],
        "footnotes": [_footnote(item, passage) for passage in item.of_kind(PassageKind.FOOTNOTE)],
    } | ({"tables": tables} if (tables := [passage.text for passage in item.of_kind(PassageKind.TABLE)]) else {})


def _points(item: Item) -> list[dict[str, Any]]:
    """The points in order; those within a point are its own `points`."""
    points: list[dict[str, Any]] = []
    for passage in item.passages:
        if passage.kind is PassageKind.POINT:
            points.append(_point(passage))
        elif passage.kind is PassageKind.SUBPOINT:
            points[-1].setdefault("points", []).append(_point(passage))
    return points


def _point(passage: Passage) -> dict[str, Any]:
    point: dict[str, Any] = {"n": passage.number, "head": passage.head, "text": passage.text, "marker": passage.marker}
    if passage.parts:
        point["sub"] = [{"label": part.label, "text": part.label + part.text} for part in passage.parts]
    return point


def _footnote(item: Item, passage: Passage) -> dict[str, Any]:
    note: dict[str, Any] = {"mark": passage.mark, "text": passage.text}
    if passage.anchor is not None:
        note["anchor"] = _anchor(item, passage.anchor)
    return note


def _anchor(item: Item, anchor: int) -> dict[str, Any]:
    for start, passage in item.offsets():
        if start <= anchor <= start + len(passage.text):
            place: dict[str, Any] = {"in": str(passage.kind), "offset": anchor - start}
            return place | ({"n": passage.number} if passage.number is not None else {})
    return {"in": "item", "offset": anchor}


def _document(document: Document) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "kind": "document",
        "title": document.title,
        "doc_number": document.doc_number,
        "issuer": document.issuer,
        "date": document.date,
        "outline": [_node(node) for node in document.outline],
        "boxes": [{"number": box.number, "title": box.head, "text": box.text} for box in document.boxes],
        "tables": [{"title": table.title, "rows": [list(row) for row in table.rows]} for table in document.tables],
        "front": [_front(item) for item in front_items(document.sections)],
        "classification": document.classification,
        "doubts": _doubts(document.doubts),
    }


def front_items(sections: Iterable[Section]) -> list[Item]:
    """The items before the outline (notice, preface): those of depth 0."""
    return [item for section in sections for item in section.items if item.depth == 0]


def _front(item: Item) -> dict[str, Any]:
    return {"title": item.title, "paragraphs": [passage.text for passage in item.passages[1:]]}


def _node(node: Node) -> dict[str, Any]:
    own = [passage.text for passage in node.passages if passage.kind is PassageKind.PARAGRAPH]
    return {
        "level": node.level,
        "numeral": node.numeral,
        "title": node.title,
        "page": node.page,
        "text": "\n".join(own),
        "run_in": node.run_in,
        "children": [_node(child) for child in node.children],
    }


def _doubts(doubts: Iterable[Doubt]) -> list[dict[str, Any]]:
    return [{"code": d.code, "message": d.message, "where": {"page": d.page, "line": d.line}} for d in doubts]


def passages_to_json(passages: tuple[Passage, ...]) -> str:
    """The stored form of an item's passages: compact, every field that is not at its default."""
    return json.dumps([_passage_out(passage) for passage in passages], ensure_ascii=False, separators=(",", ":"))


def _passage_out(passage: Passage) -> dict[str, Any]:
    out: dict[str, Any] = {"kind": str(passage.kind), "text": passage.text}
    if passage.places:
        out["places"] = [[p.start, p.length, p.page, p.char] for p in passage.places]
    if passage.parts:
        out["parts"] = [[part.label, part.text] for part in passage.parts]
    for name in ("marker", "head", "mark"):
        if getattr(passage, name):
            out[name] = getattr(passage, name)
    for name in ("number", "anchor"):
        if getattr(passage, name) is not None:
            out[name] = getattr(passage, name)
    return out


def passages_from_json(text: str) -> tuple[Passage, ...]:
    """The inverse of `passages_to_json`; `ValueError` or `KeyError` for anything else."""
    return tuple(_passage_in(value) for value in json.loads(text))


def _passage_in(value: dict[str, Any]) -> Passage:
    return Passage(
        kind=PassageKind(value["kind"]),
        text=value["text"],
        places=tuple(Place(*place) for place in value.get("places", ())),
        number=value.get("number"),
        marker=value.get("marker", ""),
        head=value.get("head", ""),
        mark=value.get("mark", ""),
        anchor=value.get("anchor"),
        parts=tuple(Part(*part) for part in value.get("parts", ())),
    )
