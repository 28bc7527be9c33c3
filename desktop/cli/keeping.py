"""check, backup, restore: what keeps the library whole."""

from __future__ import annotations

import argparse
from pathlib import Path

from desktop.archive import backups, checking, unlocking
from desktop.cli import library_named
from desktop.cli.output import print_json, say, tell
from desktop.cli.passphrases import open_library, with_secrets
from desktop.errors import ExitCode
from desktop.paths import library_folder


def run_check(arguments: argparse.Namespace) -> ExitCode:
    """What holds and what does not; exit code 1 when something does not."""
    with open_library(arguments) as library:
        findings = checking.check(library)
    if arguments.json:
        print_json([{"name": finding.name, "ok": finding.ok, "message": finding.message} for finding in findings])
    else:
        for finding in findings:
            say(f"{'正常' if finding.ok else '有问题'}\t{finding.title}\t{finding.message}")
    return ExitCode.DONE if all(finding.ok for finding in findings) else ExitCode.PARTIAL


def run_backup(arguments: argparse.Namespace) -> ExitCode:
    """The whole library in one verified file."""
    with open_library(arguments) as library:
        backups.backup(library, Path(arguments.file))
    say(f"已备份到 {arguments.file}，并已核验。")
    return ExitCode.DONE


def run_restore(arguments: argparse.Namespace) -> ExitCode:
    """A backup put back; the present library is kept aside."""
    folder = library_folder(library_named(arguments))
    kept = with_secrets(arguments, lambda secrets: backups.restore(folder, Path(arguments.file), secrets))
    say(f"已恢复。原来的资料库保存在 {kept}。" if kept else "已恢复。")
    if kept and unlocking.is_sealed(kept) and not unlocking.is_sealed(folder):
        tell("这份备份没有口令：恢复后的资料库没有加密，可用 passphrase set 设置口令。")
    return ExitCode.DONE
