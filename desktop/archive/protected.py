"""Passwords of protected PDFs: asked for when a file is opened, kept in memory until the library is closed, stored nowhere."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Final, TypeVar

from desktop.errors import PasswordNeeded

if TYPE_CHECKING:
    from db.records import IssueRecord
    from desktop.archive.library import Library

T = TypeVar("T")

Ask = Callable[[str], str | None]
"""Asks the reader with a sentence; None when the file is to be left closed."""

TRIES: Final = 3


class Passwords:
    """The passwords that opened files of one library in this session, by the SHA-256 of the file; for any thread."""

    def __init__(self) -> None:
        self._of: dict[str, str] = {}
        self._offered: tuple[str, ...] = ()

    def of(self, sha256: str) -> str | None:
        """What opened this file."""
        return self._of.get(sha256)

    def keep(self, sha256: str, password: str) -> None:
        """Remember what opened a file."""
        self._of[sha256] = password

    def offer(self, passwords: list[str]) -> None:
        """Passwords that may open any file, given beforehand."""
        self._offered = tuple(filter(None, passwords))

    def to_try(self, sha256: str) -> list[str | None]:
        """What to open a file with before anybody is asked: its own password or none, then those of others, the latest first."""
        others = [*reversed(list(self._of.values())), *self._offered]
        return list(dict.fromkeys([self.of(sha256), *others]))


def opened(passwords: Passwords, sha256: str, name: str, work: Callable[[str | None], T], ask: Ask | None = None) -> T:
    """Do what opens a file that may be protected, first with the passwords at hand, then asking three times at most.

    `work` gets a password or None, and raises `PasswordNeeded` for a wrong one; `name` is how the reader is told of the file.
    Raises `PasswordNeeded` when it stays closed, and whatever else `work` raises.
    """
    for password in passwords.to_try(sha256):
        with suppress(PasswordNeeded):
            return _done(passwords, sha256, password, work)
    named = name if name.startswith("《") else f"“{name}”"
    sentence = f"{named}设有打开密码，请输入密码。"
    for left in range(TRIES - 1, -1, -1):
        password = ask(sentence) if ask else None
        if not password:
            raise PasswordNeeded(f"{named}设有打开密码，没有密码不能打开；请输入密码后再试。")
        with suppress(PasswordNeeded):
            return _done(passwords, sha256, password, work)
        sentence = f"{named}的密码不正确，还可以再试 {left} 次；密码区分大小写。"
    raise PasswordNeeded(f"{named}的密码 {TRIES} 次都不正确，没有打开；请核对密码后再试。")


def unlock(library: Library, issue: IssueRecord, name: str, ask: Ask) -> None:
    """Find the password of an issue's stored file. Raises `PasswordNeeded` when it stays closed, and `UnreadableFile`."""
    from desktop.archive import catalogue
    from desktop.readers import isolated  # late: every library is opened with this module

    path = catalogue.stored_file(library, issue)
    opened(library.passwords, issue.sha256, name, lambda password: isolated.unlock(path, password), ask)


def _done(passwords: Passwords, sha256: str, password: str | None, work: Callable[[str | None], T]) -> T:
    result = work(password)
    if password is not None:
        passwords.keep(sha256, password)
    return result
