"""Passphrases that were given beside the words of a command: in a file, or in the environment. Light, for the start of the window."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from desktop.errors import UnreadableFile

if TYPE_CHECKING:
    from db.opening import Secret

VARIABLE: Final = "YAOCAN_PASSPHRASE"


def at_hand(arguments: argparse.Namespace) -> list[Secret]:
    """What was given. Raises `UnreadableFile`."""
    file = getattr(arguments, "passphrase_file", None)
    given = first_line(file) if file else os.environ.get(VARIABLE, "")
    if not given:
        return []
    from db.opening import Secret

    return [Secret(given)]


def first_line(file: str) -> str:
    """The first line of a file, or of standard input for "-". Raises `UnreadableFile`."""
    return (lines(file) or [""])[0]


def lines(file: str) -> list[str]:
    """The lines of a file, or the next one of standard input for "-". Raises `UnreadableFile`."""
    try:
        text = sys.stdin.readline() if file == "-" else Path(file).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        from desktop.archive import telling

        cause = telling.cause(error) if isinstance(error, OSError) else "不是 UTF-8 文本"
        raise UnreadableFile(f"口令文件“{file}”不能读取（{cause}），请检查路径和内容。") from error
    return text.splitlines()
