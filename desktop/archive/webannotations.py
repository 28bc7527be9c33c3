"""Marks as W3C Web Annotations (JSON-LD, https://www.w3.org/TR/annotation-model/), for other programs, and back.

Each annotation has the quotation with its context and the position in the item's canonical text; what the standard has no word
for (ordinal, colour, issue identity) stands in members of our own, which other programs keep or ignore.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from db.records import IssueRecord
from desktop.archive import exportlog, merging, sharing, storing, telling
from desktop.archive.library import Library
from desktop.archive.merging import Merge
from desktop.archive.shared_form import Shared, SharedIssue, SharedMark, SharedTag, from_json, to_json
from desktop.errors import UnreadableFile, WrongUsage

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


def bring_in(library: Library, file: Path, initiator: object | None = None) -> Merge:
    """Merge the annotations of a file that this program wrote, as a package is merged. Raises `UnreadableFile`."""
    try:
        if file.stat().st_size > _LARGEST:
            raise ValueError("too large")
        shared = from_collection(json.loads(file.read_bytes()))
    except OSError as error:
        raise UnreadableFile(f"“{file.name}”不能读取（{telling.cause(error)}），请检查路径和权限。") from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UnreadableFile(f"“{file.name}”不是本程序能识别的网页标注（JSON-LD）文件，没有作任何改动。") from error
    return merging.merge(library, shared, initiator, name="导入网页标注")


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
