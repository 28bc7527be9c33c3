"""Whether a library has a passphrase, and which of those at hand opens it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from db import opening, vault
from db.database import BACKUPS, FILE_NAME
from db.errors import NoCipher
from db.opening import Secret
from desktop.archive import telling
from desktop.errors import PassphraseNeeded

__all__ = ["SHORTEST", "Secret", "is_sealed", "require_cipher", "secret_of"]

SHORTEST: Final = 6  # characters of a new passphrase; an older, shorter one opens its library as ever


def is_sealed(folder: Path) -> bool:
    """Whether the library in `folder` has a passphrase: then, and only then, its files are within `files.db`."""
    return (folder / vault.FILE_NAME).exists()


def require_cipher(folder: Path) -> None:
    """Raise `LibraryUnavailable`, told of the library in `folder`, where the package for encrypted files is not installed."""
    try:
        opening.require_cipher()
    except NoCipher as error:
        raise telling.explain(folder)(error) from error


def secret_of(folder: Path, secrets: Sequence[Secret], called: str = "") -> Secret | None:
    """The passphrase of the library in `folder`, from among `secrets`; None for a library without one.

    `called` is how it is told of, by default by its folder. Raises `PassphraseNeeded` when none of them opens it, and
    `LibraryUnavailable` when the package that opens encrypted files is not installed.
    """
    if not is_sealed(folder):
        return None
    called = called or f"资料库“{folder}”"
    require_cipher(folder)
    found = next((secret for secret in secrets if any(map(secret.opens, _files(folder)))), None)
    if found is None:
        said = f"口令不对，{called}没有打开；口令区分大小写，请再试一次。" if secrets else f"{called}设有口令，请输入口令后打开。"
        raise PassphraseNeeded(said, folder)
    return found


def _files(folder: Path) -> Iterator[Path]:
    """Files of which each alone tells whether a passphrase is right: one of them may be damaged."""
    copies = sorted((folder / BACKUPS).glob("*.db"), reverse=True)[:1]
    yield from (file for file in (folder / vault.FILE_NAME, folder / FILE_NAME, *copies) if file.is_file())
