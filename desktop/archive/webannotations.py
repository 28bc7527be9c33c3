"""Marks as W3C Web Annotations (JSON-LD, https://www.w3.org/TR/annotation-model/), for other programs, and back; and what other programs write.

Each annotation of ours has the quotation with its context and the position in the item's canonical text; what the standard has no word
for (ordinal, colour, issue identity) stands in members of our own, which other programs keep or ignore.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from db.records import IssueRecord
from desktop.archive import annotation_forms, exportlog, merging, sharing, storing, telling
from desktop.archive.annotation_forms import Foreign
from desktop.archive.annotation_places import Issues, Places
from desktop.archive.library import Library
from desktop.archive.merging import Merge
from desktop.archive.shared_form import Shared, SharedIssue, SharedMark, SharedTag, from_json, to_json
from desktop.bulletin.folding import fold
from desktop.errors import KnownError, UnreadableFile, WrongUsage

_CONTEXT: Final = "http://www.w3.org/ns/anno.jsonld"
_URN: Final = "urn:uuid:"
_LARGEST: Final = 64 << 20


def export(library: Library, file: Path, issues: Sequence[IssueRecord] | None = None) -> int:
    """Write the marks of these issues (or all) to `file`; how many. Raises `WrongUsage` when there are none."""
    shared = sharing.collect(library, issues)
    if not shared.mark_count:
        raise WrongUsage("没有可以导出的划线。")
    content = json.dumps(collection(shared), ensure_ascii=False, indent=1).encode()
    file = file.absolute()
    partial = file.with_name(f".{file.name}.{uuid.uuid4().hex}.partial")
    try:
        with telling.explained(file):
            partial.write_bytes(content)
            storing.flush_file(partial)
            partial.replace(file)
    finally:
        partial.unlink(missing_ok=True)
    exportlog.note(library, file, [issue.name for issue in shared.issues])
    return shared.mark_count


def bring_in(library: Library, file: Path, initiator: object | None = None, *, issue: IssueRecord | None = None) -> Merge:
    """Merge the annotations of a file as a package is merged: our own, and those of any other program that follows the model.

    Others' are placed by their words in the issue that they name, else in `issue`; `Merge.unlocated` lists those that could not
    be. Raises `UnreadableFile`.
    """
    try:
        if file.stat().st_size > _LARGEST:
            raise ValueError("too large")
        found = annotation_forms.found_in(json.loads(file.read_bytes()))
        own = [one for one in found if _is_own(one)]
        foreign = [read for one in found if not _is_own(one) for read in annotation_forms.read(one)]
        made_at = datetime.fromtimestamp(file.stat().st_mtime, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        shared, unlocated = _placed(library, foreign, issue, made_at)
        both = Shared("", made_at, (*from_collection({"first": {"items": own}, "generated": made_at}).issues, *shared.issues))
    except OSError as error:
        raise UnreadableFile(f"“{file.name}”不能读取（{telling.cause(error)}），请检查路径和权限。") from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UnreadableFile(f"“{file.name}”不是能识别的网页标注（JSON-LD）文件，没有作任何改动。") from error
    merge = merging.merge(library, both, initiator, name="导入网页标注")
    merge.unlocated = unlocated
    return merge


def _is_own(one: dict[str, Any]) -> bool:
    target = one.get("target")
    source = target.get("source") if isinstance(target, dict) else None
    return isinstance(source, dict) and "yaocan:kind" in source


def _placed(library: Library, foreign: Sequence[Foreign], issue: IssueRecord | None, made_at: str) -> tuple[Shared, list[str]]:
    """The annotations of other programs as marks of the issues that they are on; and the words of those without a certain place."""
    issues, places, unlocated = Issues(library), dict[int, Places](), list[str]()
    found: dict[int, dict[str, Any]] = {}
    for one in foreign:
        home = issues.named(one.sources) or issue
        if home and home.id not in places:
            places[home.id] = Places(library, home)
        place = places[home.id].place(one) if home else None
        if home is None or place is None:
            unlocated.append(" ".join((one.exact or one.note).split()))
            continue
        held = found.setdefault(home.id, _empty_issue(home))
        tags, others = _fields(library, one)
        note = "\n".join(filter(None, (one.note, f"标签：{'、'.join(others)}" if others else "")))
        item, anchor = place
        where = {"ordinal": item.ordinal, "title": item.title}
        times = {"created_at": one.created or made_at, "updated_at": one.modified or made_at}
        look = {"color": "yellow", "style": "underline" if one.underlined else "highlight"}
        held["marks"].append({"uid": one.uid, **where, **asdict(anchor), **look, "note": note, "author": one.author, **times})
        held["tags"] += [{**where, "point": None, "mark": one.uid, **tag, "at": times["created_at"]} for tag in tags]
    return from_json({"version": 1, "author": "", "made_at": made_at, "issues": list(found.values())}), unlocated


def _empty_issue(issue: IssueRecord) -> dict[str, Any]:
    identity = {name: getattr(issue, name) for name in ("kind", "title", "year", "number", "date")}
    return {**identity, "files": [issue.sha256], "marks": [], "tags": [], "deleted_marks": [], "deleted_tags": []}


def _fields(library: Library, one: Foreign) -> tuple[list[dict[str, str]], list[str]]:
    """Which of an annotation's tags are names of fields here; and the others."""
    known, others = list[dict[str, str]](), list[str]()
    for tag in one.tags:
        try:
            field, subfield = library.vocabulary.parse_tag(tag)
        except KnownError:
            field = subfield = ""
        if fold(tag) in (fold(field), fold(subfield), fold(f"{field}/{subfield}")):
            known.append({"field": field, "subfield": subfield, "vocabulary": library.vocabulary.version})
        else:
            others.append(tag)
    return known, others


def collection(shared: Shared) -> dict[str, Any]:
    """The annotations as one AnnotationCollection."""
    items = [_annotation(issue, mark) for issue in shared.issues for mark in issue.marks]
    head: dict[str, Any] = {
        "@context": _CONTEXT,
        "type": "AnnotationCollection",
        "total": len(items),
        "generated": shared.made_at,
    }
    return {**head, "first": {"type": "AnnotationPage", "startIndex": 0, "items": items}}


def from_collection(data: dict[str, Any]) -> Shared:
    """The reverse of `collection`. Raises ValueError, KeyError, TypeError or AttributeError for anything else."""
    issues: dict[str, dict[str, Any]] = {}
    for one in data["first"]["items"]:
        source = one["target"]["source"]
        issue = {name: source[f"yaocan:{name}"] for name in ("kind", "title", "year", "number", "date", "files")}
        known = issues.setdefault(
            json.dumps(issue, sort_keys=True), {**issue, "marks": [], "tags": [], "deleted_marks": [], "deleted_tags": []}
        )
        known["marks"].append(_mark_of(one))
        known["tags"] += _tags_of(one)
    return from_json({"version": 1, "author": "", "made_at": data["generated"], "issues": list(issues.values())})


def _annotation(issue: SharedIssue, mark: SharedMark) -> dict[str, Any]:
    bodies: list[dict[str, Any]] = []
    if mark.note:
        bodies.append({"type": "TextualBody", "purpose": "commenting", "format": "text/plain", "value": mark.note})
    bodies += [_tag_body(tag) for tag in issue.tags if tag.mark == mark.uid]
    said = to_json(Shared("", "", (issue,)))["issues"][0]
    identity = {f"yaocan:{name}": said[name] for name in ("kind", "title", "year", "number", "date", "files")}
    end = mark.start + len(mark.quote)
    annotation: dict[str, Any] = {
        "@context": _CONTEXT, "id": _URN + mark.uid, "type": "Annotation", "motivation": "highlighting", "created": mark.created_at,
        "modified": mark.updated_at, "body": bodies, "yaocan:color": mark.color, "yaocan:style": mark.style,
        "target": {
            "source": {"id": f"urn:sha256:{issue.files[0]}" if issue.files else "urn:yaocan:issue", "type": "Text", **identity},
            "yaocan:ordinal": mark.ordinal, "yaocan:item": mark.title,
            "selector": [
                {"type": "TextQuoteSelector", "exact": mark.quote, "prefix": mark.prefix, "suffix": mark.suffix},
                {"type": "TextPositionSelector", "start": mark.start, "end": end},
            ],
        },
    }  # fmt: skip
    return annotation | ({"creator": {"type": "Person", "name": mark.author}} if mark.author else {})


def _tag_body(tag: SharedTag) -> dict[str, Any]:
    return {
        "type": "TextualBody", "purpose": "tagging", "value": tag.field, "yaocan:subfield": tag.subfield,
        "yaocan:vocabulary": tag.vocabulary, "created": tag.at,
    }  # fmt: skip


def _mark_of(one: dict[str, Any]) -> dict[str, Any]:
    target = one["target"]
    selectors = {selector["type"]: selector for selector in target["selector"]}
    quote, position = selectors["TextQuoteSelector"], selectors["TextPositionSelector"]
    notes = [body["value"] for body in one["body"] if body["purpose"] == "commenting"]
    return {
        "uid": one["id"].removeprefix(_URN), "ordinal": target["yaocan:ordinal"], "title": target["yaocan:item"], "start": position["start"],
        "quote": quote["exact"], "prefix": quote["prefix"], "suffix": quote["suffix"], "color": one["yaocan:color"],
        "style": one["yaocan:style"], "note": "\n".join(notes), "author": one.get("creator", {}).get("name", ""),
        "created_at": one["created"], "updated_at": one["modified"],
    }  # fmt: skip


def _tags_of(one: dict[str, Any]) -> list[dict[str, Any]]:
    uid, target = one["id"].removeprefix(_URN), one["target"]
    return [
        {
            "ordinal": target["yaocan:ordinal"], "title": target["yaocan:item"], "point": None, "mark": uid, "field": body["value"],
            "subfield": body["yaocan:subfield"], "vocabulary": body["yaocan:vocabulary"], "at": body["created"],
        }
        for body in one["body"] if body["purpose"] == "tagging"
    ]  # fmt: skip
