"""The command line over the archive; never imports Qt.

A known error is one plain Chinese sentence on stderr and its exit code; anything else is our bug and keeps its traceback.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys

from desktop.cli.output import speak_utf8, tell
from desktop.cli.parser import build
from desktop.errors import ExitCode, KnownError

_ROOMS = {
    "parse": "documents", "import": "documents", "list": "documents",
    "search": "finding", "suggest": "finding",
    "tag": "marking", "mark": "marking", "marks": "marking",
    "memo": "memos",
    "check": "keeping", "backup": "keeping", "restore": "keeping", "fields": "vocabulary",
    "overview": "vocabulary",
    "share": "exchanging", "receive": "exchanging", "reread": "exchanging",
    "revisions": "revising", "correct": "correcting",
    "remove": "removing",
    "passphrase": "passphrases",
    "demo": "demo",
}  # fmt: skip


def _command(words: list[str]) -> ExitCode:
    arguments = build().parse_args(words)
    room = importlib.import_module(f"desktop.cli.{_ROOMS[arguments.command]}")
    run = getattr(room, "run_" + arguments.command)
    result: ExitCode = run(arguments)
    return result


def run_command(words: list[str]) -> int:
    """Run one command; returns its exit code (`errors.ExitCode`)."""
    speak_utf8()
    try:
        code = _command(words)
        sys.stdout.flush()
        return code
    except KnownError as error:
        tell(str(error))
        return error.exit_code
    except BrokenPipeError:  # the reader of our output (head, less) has gone: nothing more to say
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.DONE
    except KeyboardInterrupt:
        tell("已按要求中断，已完成的部分保留。")
        return ExitCode.PARTIAL


def library_named(arguments: argparse.Namespace) -> str | None:
    """The library folder given with --library, before or after the command."""
    return getattr(arguments, "library", None)
