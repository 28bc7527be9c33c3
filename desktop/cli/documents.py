"""parse, import, list: files and what the library holds of them."""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path
from typing import Any

from db.records import IssueRecord, ItemRecord
from desktop.archive import addresses, catalogue, import_report, importing, indexing, tagging
from desktop.archive.library import Library
from desktop.archive.protected import Passwords, opened
from desktop.bulletin.jsonform import bulletin_to_json
from desktop.bulletin.model import Doubt, Issue, PassageKind
from desktop.bulletin.parsing import parse
from desktop.cli.output import print_json, progress_line, say, tell
from desktop.cli.passphrases import open_library
from desktop.cli.passwords import asked, offered
from desktop.errors import ExitCode, KnownError
from desktop.readers.isolated import read_isolated

_STATUS = {"new": "新收入", "duplicate": "已有", "revision": "同期不同文件", "refused": "未收入"}


def number_json(number: str) -> int | str | None:
    """An issue number as the contract has it: an integer where it is one."""
    return int(number) if number.isdigit() else number or None


def issue_json(issue: IssueRecord) -> dict[str, Any]:
    """An issue of the library as JSON."""
    return {
        "issue": str(issue.id), "kind": issue.kind, "title": issue.title, "number": number_json(issue.number), "year": issue.year,
        "date": issue.date, "items": issue.item_count, "unread": issue.unread_count, "marks": issue.mark_count,
        "classification": issue.classification, "file": issue.file_name, "sha256": issue.sha256,
    }  # fmt: skip


def issue_line(issue: IssueRecord) -> str:
    """An issue in one line for people."""
    name = f"《{issue.title}》第{issue.number}期" if issue.number else f"《{issue.title}》"
    return f"{issue.id}\t{name}\t{issue.date}\t{issue.item_count}条"


def doubt_json(doubt: Doubt) -> dict[str, Any]:
    """A doubt as JSON."""
    return {"code": doubt.code, "message": doubt.message, "where": {"page": doubt.page, "line": doubt.line}}


def run_parse(arguments: argparse.Namespace) -> ExitCode:
    """The structure of a file; touches no library."""
    path, passwords = Path(arguments.file), Passwords()
    passwords.offer([arguments.password or "", *offered(arguments)])
    bulletin = parse(opened(passwords, "", path.name, partial(read_isolated, path), asked))
    if arguments.json:
        print_json(bulletin_to_json(bulletin))
        return ExitCode.DONE
    if isinstance(bulletin, Issue):
        head = bulletin.masthead
        say(f"《{head.title}》第{head.number}期　{head.date_text or head.date}")
    else:
        say(f"《{bulletin.title}》　{bulletin.doc_number or ''}")
    for section in bulletin.sections:
        say(f"【{section.name}】" if section.name else "")
        for item in section.items:
            say(f"{'　' * item.depth}{item.numeral}{item.title}")
            for point in item.of_kind(PassageKind.POINT):
                say(f"{'　' * (item.depth + 1)}{point.marker}{point.head}")
    for doubt in bulletin.doubts:
        tell(f"待核：{doubt.message}")
    return ExitCode.DONE


def _outcome_json(outcome: importing.ImportOutcome) -> dict[str, Any]:
    return {
        "path": str(outcome.path), "status": outcome.status, "issue": issue_json(outcome.issue) if outcome.issue else None,
        "doubts": [doubt_json(doubt) for doubt in outcome.doubts], "reason": outcome.reason,
    }  # fmt: skip


def run_import(arguments: argparse.Namespace) -> ExitCode:
    """Files and folders into the library, one line (or JSON object) a file."""
    paths = [Path(path) for path in arguments.paths]
    with open_library(arguments) as library:
        outcomes = importing.import_paths(library, paths, progress=progress_line(), ask=asked)
        indexing.catch_up(library)
        missing = import_report.gaps(library, outcomes)
    if arguments.report:
        import_report.write(outcomes, Path(arguments.report), missing)
    refused = [outcome for outcome in outcomes if outcome.status == "refused"]
    if arguments.json:
        print_json([_outcome_json(outcome) for outcome in outcomes])
    else:
        for outcome in outcomes:
            if outcome.issue:
                say(f"{_STATUS[outcome.status]}\t{issue_line(outcome.issue)}")
    if not outcomes:
        raise KnownError("没有找到可以收入的文件（支持 PDF 和文本文件）。")
    for gap in missing:
        tell(f"{gap.sentence}。")
    for outcome in refused:
        tell(outcome.reason if len(outcomes) == 1 else f"{outcome.path.name}：{outcome.reason}")
    if len(refused) == len(outcomes):
        return ExitCode.REFUSED
    return ExitCode.PARTIAL if refused else ExitCode.DONE


def _item_json(item: ItemRecord, tags: list[dict[str, Any]]) -> dict[str, Any]:
    points = [passage for passage in catalogue.passages(item) if passage.kind is PassageKind.POINT]
    return {
        "item": addresses.address(item), "section": item.section, "title": item.title, "page": item.page, "level": item.level,
        "region": item.region, "read": item.read_at is not None, "length": len(item.text), "tags": tags,
        "points": [{"item": addresses.address(item, point.number), "n": point.number, "head": point.head} for point in points],
    }  # fmt: skip


def _list_items(library: Library, issue: IssueRecord, *, as_json: bool) -> None:
    items = catalogue.items(library, issue.id)
    tags = tagging.tags(library, issue=issue.id)

    def of(item: ItemRecord) -> list[dict[str, Any]]:
        return [
            {"field": tag.field, "subfield": tag.subfield or None, "point": tag.point, "mark": tag.mark}
            for tag in tags
            if tag.item == item.id
        ]

    if as_json:
        print_json({**issue_json(issue), "items": [_item_json(item, of(item)) for item in items]})
        return
    say(issue_line(issue))
    for item in items:
        fields = "、".join(dict.fromkeys(tag["field"] for tag in of(item)))
        say(f"{addresses.address(item)}\t{item.section}\t{item.title}\t{fields}")


def run_list(arguments: argparse.Namespace) -> ExitCode:
    """Issues, newest first; or the items of one issue."""
    with open_library(arguments) as library:
        if arguments.issue:
            _list_items(library, addresses.resolve_issue(library, arguments.issue), as_json=arguments.json)
        elif arguments.json:
            print_json([issue_json(issue) for issue in catalogue.issues(library)])
        else:
            for issue in catalogue.issues(library):
                say(issue_line(issue))
    return ExitCode.DONE
