"""tag, mark, marks."""

from __future__ import annotations

import argparse
from typing import Any

from db.records import MarkRecord
from desktop.archive import addresses, catalogue, marking, tagging
from desktop.archive.library import Library
from desktop.cli.output import print_json, say
from desktop.cli.passphrases import open_library
from desktop.errors import ExitCode, NotFound


def run_tag(arguments: argparse.Namespace) -> ExitCode:
    """Tag an item or point with fields, or take tags away."""
    with open_library(arguments) as library:
        wanted = [library.vocabulary.parse_tag(name) for name in arguments.fields]
        target = addresses.resolve(library, arguments.item)
        for field, subfield in wanted:
            name = field + (f"/{subfield}" if subfield else "")
            if not arguments.remove:
                tagging.tag(library, target.item.id, field, subfield, point=target.point)
                say(f"已标注 {arguments.item} {name}")
            elif tagging.untag(library, target.item.id, field, subfield, point=target.point):
                say(f"已去掉 {arguments.item} {name}")
            else:
                raise NotFound(f"{arguments.item} 没有标注过“{name}”。")
    return ExitCode.DONE


def _mark_json(library: Library, mark: MarkRecord, fields: list[str]) -> dict[str, Any]:
    item = catalogue.item(library, mark.item)
    return {
        "mark": mark.uid, "item": addresses.address(item), "title": item.title, "section": item.section, "quote": mark.quote,
        "start": mark.start, "end": mark.end, "color": mark.color, "style": mark.style, "note": mark.note, "fields": fields,
        "anchored": mark.anchored, "created": mark.created_at,
    }  # fmt: skip


def _fields_of(library: Library, mark: MarkRecord) -> list[str]:
    return [
        tag.field + (f"/{tag.subfield}" if tag.subfield else "")
        for tag in tagging.tags(library, item=mark.item)
        if tag.mark == mark.uid
    ]


def run_mark(arguments: argparse.Namespace) -> ExitCode:
    """Highlight a passage by its words."""
    with open_library(arguments) as library:
        fields = ["/".join(filter(None, library.vocabulary.parse_tag(name))) for name in arguments.field]
        item = addresses.resolve(library, arguments.item).item
        start, end = marking.find_quote(item, arguments.quote, arguments.nth)
        mark = marking.add(library, item.id, start, end, color=arguments.color, note=arguments.note, fields=fields)
        if arguments.json:
            print_json(_mark_json(library, mark, _fields_of(library, mark)))
        else:
            say(f"已划线 {arguments.item}：{mark.quote}")
    return ExitCode.DONE


def run_marks(arguments: argparse.Namespace) -> ExitCode:
    """Marks with quote, place, note and fields."""
    with open_library(arguments) as library:
        field = library.vocabulary.parse_tag(arguments.field)[0] if arguments.field else None
        issue = addresses.resolve_issue(library, arguments.issue).id if arguments.issue else None
        found = [(mark, _fields_of(library, mark)) for mark in marking.marks(library, issue=issue, field=field)]
        if arguments.json:
            print_json([_mark_json(library, mark, fields) for mark, fields in found])
            return ExitCode.DONE
        for mark, fields in found:
            place = addresses.address(catalogue.item(library, mark.item))
            say("\t".join(filter(None, [place, mark.quote.replace("\n", " "), "、".join(fields), mark.note])))
    return ExitCode.DONE
