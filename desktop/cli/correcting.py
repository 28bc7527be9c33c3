"""correct: the reader's corrections of a text, made, listed and taken back; the text itself is never altered."""

from __future__ import annotations

import argparse
from typing import Any

from db.records import CorrectionRecord
from desktop.archive import addresses, catalogue, correcting, indexing, marking
from desktop.archive.library import Library
from desktop.cli.output import print_json, say
from desktop.cli.passphrases import open_library
from desktop.errors import ExitCode


def run_correct(arguments: argparse.Namespace) -> ExitCode:
    """Make, list or take back corrections."""
    with open_library(arguments) as library:
        {"add": _add, "list": _list, "remove": _remove}[arguments.what](library, arguments)
    return ExitCode.DONE


def _add(library: Library, arguments: argparse.Namespace) -> None:
    item = addresses.resolve(library, arguments.item).item
    start, end = marking.find_quote(item, arguments.quote, arguments.nth)
    if arguments.read is not None:
        made = correcting.correct(library, item.id, start, end, arguments.read)
    elif arguments.merge:
        made = correcting.merge_with_previous(library, item.id, start)
    elif arguments.split:
        made = correcting.split_here(library, item.id, start)
    else:
        made = correcting.make_title(library, item.id, start)
    indexing.catch_up(library)
    if arguments.json:
        print_json(_json(library, made))
    else:
        say(f"已更正 {arguments.item}：{_told(made)}（编号 {made.uid}），原文未动。")


def _list(library: Library, arguments: argparse.Namespace) -> None:
    where = arguments.where
    item = addresses.resolve(library, where).item if where and addresses.has_item(where) else None
    issue = addresses.resolve_issue(library, where) if where and item is None else None
    found = correcting.corrections(library, issue=issue.id if issue else None, item=item.id if item else None)
    if arguments.json:
        print_json([_json(library, one) for one in found])
        return
    for one in found:
        place = addresses.address(catalogue.item(library, one.item))
        say("\t".join((one.uid, place, _told(one), *([] if _stands(library, one) else ["正文中已找不到"]))))
    if not found:
        say("没有更正。")


def _remove(library: Library, arguments: argparse.Namespace) -> None:
    correcting.withdraw(library, arguments.uid)
    indexing.catch_up(library)
    say("已撤回更正。")


def _told(one: CorrectionRecord) -> str:
    quote = one.quote.replace("\n", " ")
    return f"{correcting.NAMES[one.kind]}“{quote}”" + (f"应为“{one.replacement}”" if one.kind == "erratum" else "")


def _stands(library: Library, one: CorrectionRecord) -> bool:
    return bool(correcting.placed(catalogue.item(library, one.item), [one]))


def _json(library: Library, one: CorrectionRecord) -> dict[str, Any]:
    item = catalogue.item(library, one.item)
    return {
        "correction": one.uid, "item": addresses.address(item), "title": item.title, "kind": one.kind, "quote": one.quote,
        "read": one.replacement or None, "found": _stands(library, one), "author": one.author, "created": one.created_at,
    }  # fmt: skip
