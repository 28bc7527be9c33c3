"""revisions: the files of an issue, what their comparisons found, and which of them is in force."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import Any

from db.records import FileRecord, IssueRecord
from desktop.archive import addresses, comparing, indexing, revising
from desktop.archive.comparing import CarriedMark, ItemChange, Revision
from desktop.archive.library import Library
from desktop.cli.documents import issue_line
from desktop.cli.output import print_json, say
from desktop.cli.passphrases import open_library
from desktop.cli.passwords import asked
from desktop.errors import ExitCode, NotFound

_SIGNS = {"same": "{}", "dropped": "[-{}-]", "added": "{{+{}+}}"}


def run_revisions(arguments: argparse.Namespace) -> ExitCode:
    """The files of an issue and what their comparisons found; exit code 1 when the file put in force loses marks."""
    with open_library(arguments) as library:
        issue = addresses.resolve_issue(library, arguments.issue)
        made = revising.comparisons(library, issue) if arguments.use is None else [_use(library, issue, arguments.use)]
        issue = addresses.resolve_issue(library, arguments.issue)
        files = revising.files(library, issue)
    if arguments.json:
        print_json(_json(issue, files, made))
    else:
        _tell(issue, files, made)
    lost = arguments.use is not None and any(mark.fate == "lost" for mark in made[0].marks)
    return ExitCode.PARTIAL if lost else ExitCode.DONE


def _use(library: Library, issue: IssueRecord, number: int) -> Revision:
    files = revising.files(library, issue)
    if not 1 <= number <= len(files):
        raise NotFound(f"这一期只有 {len(files)} 份文件，没有第 {number} 份，可用“revisions {issue.id}”查看。")
    revision = revising.use_file(library, issue, files[number - 1].sha256, ask=asked)
    indexing.catch_up(library)
    return revision


def _json(issue: IssueRecord, files: list[FileRecord], made: list[Revision]) -> dict[str, Any]:
    return {
        "issue": str(issue.id),
        "files": [
            {"n": number, "file": file.file_name, "kind": file.extension, "sha256": file.sha256, "in_force": number == 1}
            for number, file in enumerate(files, start=1)
        ],
        "comparisons": [
            {
                "at": one.made_at, "former": one.former, "file": one.file, "taken_over": one.in_force, "summary": one.sentence,
                "marks": [{"mark": mark.uid, **{name: value for name, value in asdict(mark).items() if name != "uid"}} for mark in one.marks],
                "items": [asdict(change) for change in one.changes if change.kind != "same"],
            }
            for one in made
        ],
    }  # fmt: skip


def _tell(issue: IssueRecord, files: list[FileRecord], made: list[Revision]) -> None:
    say(issue_line(issue))
    names = {file.sha256: file.file_name for file in files}
    for number, file in enumerate(files, start=1):
        say(f"文件 {number}\t{file.file_name}\t{'现用' if number == 1 else '另存'}")
    for one in made:
        say(f"{one.made_at[:10]}　{names.get(one.former, '')} → {names.get(one.file, '')}：{one.sentence}")
        for mark in one.marks:
            say(_mark_line(mark))
        for change in one.changes:
            _tell_change(change)
    if not made:
        say("没有对照记录。")


def _mark_line(mark: CarriedMark) -> str:
    now = f" → {mark.now}" if mark.fate == "changed" else ""
    return f"{comparing.FATES[mark.fate]}\t{mark.title}\t{mark.before}{now}".replace("\n", " ")


def _tell_change(change: ItemChange) -> None:
    if change.kind == "same":
        return
    say(f"{comparing.KINDS[change.kind]}\t{change.title}")
    for passage in change.passages:
        say("\t" + "".join(_SIGNS[kind].format(text) for kind, text in comparing.segments(passage)))
