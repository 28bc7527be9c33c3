"""Passwords of protected PDFs on the command line: from a file, the environment, or typed unseen on a terminal."""

from __future__ import annotations

import argparse
import os
import sys
from getpass import getpass
from typing import Final

from desktop.cli.given import lines
from desktop.cli.output import tell
from desktop.errors import PasswordNeeded

VARIABLE: Final = "YAOCAN_PASSWORD"


def offered(arguments: argparse.Namespace) -> list[str]:
    """The passwords that were given beforehand, to be tried on any file. Raises `UnreadableFile`."""
    file = getattr(arguments, "password_file", None)
    return [*(lines(file) if file else ()), os.environ.get(VARIABLE, "")]


def asked(sentence: str) -> str | None:
    """What is typed on the terminal, None for nothing. Raises `PasswordNeeded` where nobody sits at one."""
    if not sys.stdin.isatty():
        raise PasswordNeeded(f"{sentence}可用 --password-file 指定密码所在的文件，或设环境变量 {VARIABLE}。")
    tell(f"{sentence}直接回车则跳过。")
    return getpass("密码：") or None
