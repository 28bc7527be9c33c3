"""share, receive, reread: marks to others and from others, and to the texts of a later program."""

from __future__ import annotations

import argparse
from pathlib import Path

from db.records import IssueRecord
from desktop.archive import addresses, annotating, exchanging, indexing, ledger, rereading, webannotations
from desktop.archive.library import Library
from desktop.archive.merging import Merge, summary
from desktop.cli.output import say, tell
from desktop.cli.passphrases import open_library
from desktop.cli.passwords import asked
from desktop.errors import ExitCode, WrongUsage


def run_share(arguments: argparse.Namespace) -> ExitCode:
    """Write what the file's name asks for."""
    file = Path(arguments.file)
    with open_library(arguments) as library:
        issue = addresses.resolve_issue(library, arguments.issue) if arguments.issue else None
        if file.suffix.lower() == ".ycx":
            _package(library, file, issue, arguments)
        else:
            say(f"已导出 {_other(library, file, issue)} 项到 {file}。")
    return ExitCode.DONE


def _package(library: Library, file: Path, issue: IssueRecord | None, arguments: argparse.Namespace) -> None:
    chosen = [issue] if issue else None
    package = exchanging.export(library, file, issues=chosen, author=arguments.author, with_files=arguments.with_files)
    shared = package.shared
    counts = f"划线 {shared.mark_count} 处、批注 {shared.note_count} 处、更正 {shared.correction_count} 处"
    say(f"已导出{counts}到 {file}，校验码 {package.checksum}。")


def _other(library: Library, file: Path, issue: IssueRecord | None) -> int:
    chosen = [issue] if issue else None
    match file.suffix.lower():
        case ".json":
            return webannotations.export(library, file, chosen)
        case ".xlsx" | ".csv":
            return ledger.export(library, file, chosen)
        case ".pdf" if issue:
            return annotating.export(library, issue.id, file, asked)
    raise WrongUsage("请用 .ycx、.json、.xlsx、.csv 之一作后缀；导出 .pdf 时还要用 --issue 指明是哪一期。")


def run_receive(arguments: argparse.Namespace) -> ExitCode:
    """Merge what the file holds, or only say what that would do; exit code 1 when not all could be placed."""
    file = Path(arguments.file)
    with open_library(arguments) as library:
        issue = addresses.resolve_issue(library, arguments.issue) if arguments.issue else None
        merge = _merged(library, file, issue, preview=arguments.preview)
        if not arguments.preview:
            indexing.catch_up(library)
    for line in summary(merge) or ["没有新的内容"]:
        say(line)
    for words in merge.unlocated:
        tell(f"未定位：{words}")
    return ExitCode.PARTIAL if merge.unplaced or merge.lost or merge.unlocated else ExitCode.DONE


def _merged(library: Library, file: Path, issue: IssueRecord | None, *, preview: bool) -> Merge:
    suffix = file.suffix.lower()
    if preview and suffix != ".ycx":
        raise WrongUsage("只有 .ycx 标注包可以预览。")
    if suffix == ".json":
        return webannotations.bring_in(library, file, issue=issue)
    if suffix == ".pdf":
        return annotating.bring_in(library, file, ask=asked)
    package = exchanging.open_package(file)
    return exchanging.preview(library, package) if preview else exchanging.bring_in(library, package, ask=asked)


def run_reread(arguments: argparse.Namespace) -> ExitCode:
    """Read outdated issues again; exit code 1 when marks lost their place or a file could not be read."""
    with open_library(arguments) as library:
        report = rereading.read_again(library)
        indexing.catch_up(library)
    say(report.sentence)
    for mark in report.lost:
        tell(f"失锚：{mark.quote}")
    for sentence in report.failed:
        tell(sentence)
    return ExitCode.PARTIAL if report.lost or report.failed else ExitCode.DONE
