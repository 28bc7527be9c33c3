"""remove: an issue out of the library, after saying what goes along."""

from __future__ import annotations

import argparse
import sys

from desktop.archive import addresses, indexing, removing
from desktop.cli.documents import issue_line
from desktop.cli.output import say, tell
from desktop.cli.passphrases import open_library
from desktop.errors import Cancelled, ExitCode, WrongUsage


def run_remove(arguments: argparse.Namespace) -> ExitCode:
    """Removes an issue. Asks first, on a terminal; elsewhere --yes is needed."""
    with open_library(arguments) as library:
        issue = addresses.resolve_issue(library, arguments.issue)
        along = removing.told(removing.attached(library, issue)) or "没有标注"
        if not arguments.yes:
            _require_consent(f"将移除 {issue_line(issue)}，随之移除：{along}。")
        removing.remove(library, issue)
        indexing.catch_up(library)
    say(f"已移除 {issue_line(issue)}（{along}）。在窗口中可以撤销。")
    return ExitCode.DONE


def _require_consent(sentence: str) -> None:
    tell(sentence)
    if not sys.stdin.isatty():
        raise WrongUsage("没有移除。确认移除请加 --yes。")
    tell("输入“是”或 y 确认：")
    if sys.stdin.readline().strip().lower() not in ("是", "y", "yes"):
        raise Cancelled("没有移除。")
