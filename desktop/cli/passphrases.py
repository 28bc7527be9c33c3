"""Passphrases on the command line, never among its words: from a file, the environment, or typed unseen on a terminal."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from getpass import getpass
from pathlib import Path
from typing import Final, TypeVar

from db.opening import Secret
from desktop.archive.library import Library
from desktop.archive.unlocking import SHORTEST
from desktop.cli import library_named
from desktop.cli.given import VARIABLE, at_hand, first_line
from desktop.cli.output import progress_line, say, tell
from desktop.cli.passwords import offered
from desktop.errors import ExitCode, PassphraseNeeded, WrongUsage
from desktop.paths import library_folder

T = TypeVar("T")

_TRIES: Final = 3
_WAYS: Final = f"可用 --passphrase-file 指定口令文件，或设环境变量 {VARIABLE}。"
_WARNING: Final = "口令忘记后无法找回，资料库和用它加密的备份都不能再打开；请妥善保管。"


def open_library(arguments: argparse.Namespace) -> Library:
    """The library that the command works on, with the passphrase at hand or asked for; it tries the passwords given for files."""
    folder = library_folder(library_named(arguments))
    library = with_secrets(arguments, lambda secrets: Library.open(folder, secret=secrets[-1] if secrets else None))
    library.passwords.offer(offered(arguments))
    return library


def with_secrets(arguments: argparse.Namespace, work: Callable[[list[Secret]], T]) -> T:
    """Do what may need passphrases; where one is missing and somebody sits at the terminal, ask for it, three times at most."""
    secrets = at_hand(arguments)
    for _ in range(_TRIES):
        try:
            return work(secrets)
        except PassphraseNeeded as error:
            if not sys.stdin.isatty():
                raise PassphraseNeeded(f"{error}{_WAYS}", error.folder) from error
            tell(str(error))
            secrets.append(Secret(getpass("口令：")))
    return work(secrets)


def run_passphrase(arguments: argparse.Namespace) -> ExitCode:
    """Set, change or take away the passphrase of the library."""
    from desktop.archive import sealing  # late: every command opens a library, few seal one
    from desktop.archive.shredding import shred

    folder = library_folder(library_named(arguments))
    present = with_secrets(arguments, lambda secrets: _checked(folder, secrets))
    if (arguments.what == "set") != (present is None):
        raise WrongUsage(
            "资料库已设口令，请用 passphrase change 更改。" if present else "资料库还没有口令，请用 passphrase set 设置。"
        )
    wanted = None if arguments.what == "remove" else _wanted(arguments)
    left = sealing.change(folder, present, wanted, progress_line())
    say(
        {
            "set": "已设置口令，资料库里的内容和自动备份都已加密。",
            "change": "已更改口令。",
            "remove": "已取消口令，资料库不再加密。",
        }[arguments.what]
    )
    for file in left.foreign:
        tell(f"“{file}”不是资料库的文件，原样留下，没有加密。")
    for former in left.former:
        if arguments.delete_former:
            shred(former)
            say(f"已删除“{former}”。")
        else:
            tell(f"“{former}”是以前留下的资料库，没有改动；不再需要时请删除，或加 --delete-former。")
    if wanted:
        tell("以前另存的备份文件和导出的文件没有加密；存储介质上可能仍有删除内容的痕迹，用过的移动介质请按规定管理。")
    return ExitCode.DONE


def _checked(folder: Path, secrets: list[Secret]) -> Secret | None:
    """The passphrase of a library that opens."""
    with Library.open(folder, secret=secrets[-1] if secrets else None) as library:
        return library.secret


def _wanted(arguments: argparse.Namespace) -> Secret:
    if arguments.new_passphrase_file:
        given = first_line(arguments.new_passphrase_file)
    elif sys.stdin.isatty():
        tell(_WARNING)
        given = getpass("新口令：")
        if getpass("再输一次：") != given:
            raise WrongUsage("两次输入的口令不同，没有作任何改动。")
    else:
        raise WrongUsage("请用 --new-passphrase-file 指定新口令所在的文件。")
    if not given.strip():
        raise WrongUsage("口令不能为空，没有作任何改动。")
    if len(given.strip()) < SHORTEST:
        raise WrongUsage(f"口令至少 {SHORTEST} 个字符，没有作任何改动，请换一个更长的口令。")
    return Secret(given)
