"""Web Annotations of other programs (https://www.w3.org/TR/annotation-model/) as plain values: whatever of the model says where a
reader wrote what.

Taken are a single annotation, a list, a page, a collection, a graph, and the rows that annotation services hand out. What is
neither place nor words of the reader is passed over; what is no JSON of annotations at all is a ValueError.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

_LISTS: Final = ("items", "rows", "@graph")
_SPACE: Final = uuid.UUID("6f0d3c0e-6a1f-4f0e-9a53-0c1f6b7d2a11")
_DEPTH: Final = 8  # of selectors refined by selectors


@dataclass(frozen=True, slots=True)
class Foreign:
    """One annotation. `sources` are all that it says of what it is on: addresses, names, titles.

    `exact`, `prefix` and `suffix` are the words; where there are none, `start … end` are characters of the source. Times are as
    in the library, "" where not told.
    """

    uid: str
    sources: tuple[str, ...]
    exact: str
    prefix: str
    suffix: str
    start: int
    end: int
    note: str
    tags: tuple[str, ...]
    author: str
    created: str
    modified: str
    underlined: bool


def found_in(data: Any) -> list[dict[str, Any]]:
    """The annotations that a JSON document holds. Raises ValueError for one that holds none."""
    found = list(_each(data))
    if not found:
        raise ValueError("no annotations")
    return found


def _each(data: Any) -> Iterator[dict[str, Any]]:
    if isinstance(data, list):
        for one in data:
            yield from _each(one)
    elif isinstance(data, dict):
        held = next((data[name] for name in _LISTS if isinstance(data.get(name), list)), None)
        if held is not None:
            yield from _each(held)
        elif isinstance(data.get("first"), dict):
            yield from _pages(data["first"])
        elif "target" in data:
            yield data


def _pages(page: Any) -> Iterator[dict[str, Any]]:
    """A page and those embedded behind it; of pages that are only named there is nothing to be had offline."""
    while isinstance(page, dict):
        yield from _each(page.get("items", ()))
        page = page.get("next")


def read(data: dict[str, Any]) -> list[Foreign]:
    """An annotation, once for each of its targets. Raises ValueError where its parts are of no form known."""
    targets = _listed(data.get("target")) or [{}]
    return [_read(data, target, number) for number, target in enumerate(targets)]


def _read(data: dict[str, Any], target: Any, number: int) -> Foreign:
    quote, position = _selected(target.get("selector") if isinstance(target, dict) else None)
    note, tags = _said(data)
    created = _moment(data.get("created"))
    return Foreign(
        uid=_uid(data, number), sources=tuple(dict.fromkeys(_sources(data, target))),
        exact=_text(quote.get("exact")), prefix=_text(quote.get("prefix")), suffix=_text(quote.get("suffix")),
        start=_offset(position.get("start")), end=_offset(position.get("end")), note=note, tags=tags,
        author=_name(data.get("creator") or data.get("user_info") or data.get("user"))[:60], created=created,
        modified=_moment(data.get("modified") or data.get("updated")) or created,
        underlined="underlin" in json.dumps(data.get("motivation", ""), ensure_ascii=False),
    )  # fmt: skip


def _selected(selector: Any, depth: int = 0) -> tuple[dict[str, Any], dict[str, Any]]:
    """The first quotation and the first position among selectors, also of those that refine one or are offered for choice."""
    quote: dict[str, Any] = {}
    position: dict[str, Any] = {}
    for one in _listed(selector):
        if not isinstance(one, dict) or depth > _DEPTH:
            continue
        kind = _text(one.get("type") or one.get("@type")).rpartition(":")[2]
        inner = [one.get(name) for name in ("refinedBy", "items", "selector", "default")]
        refined = [_selected(part, depth + 1) for part in inner if part is not None]
        quote = quote or next((found for found, _ in refined if found), {}) or (one if kind == "TextQuoteSelector" else {})
        position = (
            position or next((found for _, found in refined if found), {}) or (one if kind == "TextPositionSelector" else {})
        )
    return quote, position


def _sources(data: dict[str, Any], target: Any) -> Iterator[str]:
    """Names and addresses, from the closest to the annotation outwards."""
    document = data.get("document")
    for one in (target, target.get("source") if isinstance(target, dict) else None, document, data.get("uri")):
        if isinstance(one, str):
            yield one
        elif isinstance(one, dict):
            for name in ("id", "@id", "source", "title", "name", "label", "dc:title", "schema:name", "filename"):
                yield from (part for part in _listed(one.get(name)) if isinstance(part, str))


def _said(data: dict[str, Any]) -> tuple[str, tuple[str, ...]]:
    """The reader's words, and tags."""
    notes = [_text(data.get("bodyValue")), _text(data.get("text"))]
    tags = [_text(tag) for tag in _listed(data.get("tags"))]
    tagging = _listed(data.get("motivation")) == ["tagging"]
    for body in _listed(data.get("body")):
        said = body if isinstance(body, str) else _text(body.get("value") or body.get("chars")) if isinstance(body, dict) else ""
        if re.match(r"\w+:\S+$", said, re.ASCII):
            continue  # the address of a body that is elsewhere
        purposes = _listed(body.get("purpose")) if isinstance(body, dict) else []
        (tags if "tagging" in purposes or (tagging and not purposes) else notes).append(said)
    return "\n".join(filter(None, map(str.strip, notes))), tuple(dict.fromkeys(filter(None, map(str.strip, tags))))


def _uid(data: dict[str, Any], number: int) -> str:
    """The uid that it has if that is a UUID, else one made of what identifies it: the same each time it comes."""
    named = _text(data.get("id") or data.get("@id"))
    try:
        own = str(uuid.UUID(named.removeprefix("urn:uuid:")))
    except ValueError:
        own = str(uuid.uuid5(_SPACE, named or json.dumps(data, sort_keys=True, ensure_ascii=False)))
    return own if not number else str(uuid.uuid5(_SPACE, f"{own} {number}"))


def _name(creator: Any) -> str:
    for one in _listed(creator):
        if isinstance(one, str):
            return re.sub(r"^acct:([^@]*)@.*$", r"\1", one)
        if isinstance(one, dict):
            found = one.get("name") or one.get("nickname") or one.get("display_name") or one.get("id")
            return _name(found) if found else ""
    return ""


def _moment(said: Any) -> str:
    """A time of the library ("2025-09-19T07:02:11Z") from any ISO 8601 time; without a zone it is taken for UTC."""
    try:
        found = datetime.fromisoformat(said)
        zoned = (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (TypeError, ValueError, OverflowError):  # the last: a moment before the first year or after the last
        return ""
    return zoned.strftime("%Y-%m-%dT%H:%M:%SZ").rjust(20, "0")


def _listed(value: Any) -> list[Any]:
    return [] if value is None else value if isinstance(value, list) else [value]


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _offset(value: Any) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else 0
