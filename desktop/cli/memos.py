"""memo: the briefing memo from tagged items and marks."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from desktop import settings
from desktop.archive import composing
from desktop.cli.finding import iso_date
from desktop.cli.output import progress_line, say, tell
from desktop.cli.passphrases import open_library
from desktop.errors import ExitCode
from desktop.memo import kinds
from desktop.memo.model import Grouping
from desktop.memo.profiles import profile_of
from desktop.paths import kinds_folder, settings_file


def run_memo(arguments: argparse.Namespace) -> ExitCode:
    """Choose, compose, write, check; exit code 1 when the self-check finds something."""
    choice = composing.Choice(
        date_from=iso_date(arguments.date_from),
        date_to=iso_date(arguments.date_to),
        marks_only=arguments.marks_only,
        grouping=Grouping(arguments.group) if arguments.group else None,
        title=arguments.title,
        unit=arguments.unit,
        kind=arguments.kind,
    )
    profile = profile_of(settings.load(settings_file()).memo_profile)
    with open_library(arguments) as library:
        fields = tuple(library.vocabulary.parse_tag(name)[0] for name in arguments.field)
        memo = composing.compose(library, replace(choice, fields=fields), kinds.load(kinds_folder()))
        report = composing.export(library, memo, Path(arguments.output), profile, progress=progress_line())
    say(f"已写出 {arguments.output}，共 {len(memo.excerpts)} 条。")
    failed = [finding for finding in report.findings if not finding.ok]
    for finding in failed:
        tell(finding.message)
    if report.missing_fonts:
        tell(f"本机没有这些字体，打开时会由其他字体代替：{'、'.join(report.missing_fonts)}。文件里写的仍是规定的字体。")
    return ExitCode.PARTIAL if failed else ExitCode.DONE
