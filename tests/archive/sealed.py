"""Libraries with a passphrase, for the tests: what is made, and a look at every byte for what must not be readable."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest

from db.opening import Secret
from desktop.archive import sealing
from desktop.archive.library import Library

PASSPHRASE = "春江 花月夜 1234"
_TELLING = 6  # bytes

needs_cipher = pytest.mark.skipif(importlib.util.find_spec("sqlcipher3") is None, reason="the extra sqlcipher3 is not installed")

WITH_AND_WITHOUT = [
    pytest.param(None, id="plain"),
    pytest.param(PASSPHRASE, id="with a passphrase", marks=needs_cipher),
]
"""For tests of what must hold in both kinds of library."""


@cache
def secret(passphrase: str | None = PASSPHRASE) -> Secret | None:
    """The passphrase, its key made once for all libraries that are made under it."""
    return Secret(passphrase) if passphrase else None


def seal(folder: Path, passphrase: str | None = PASSPHRASE) -> Secret | None:
    """Give a closed library without a passphrase one, or none; made where there is none yet."""
    Library.open(folder).close()
    if passphrase:
        sealing.change(folder, None, secret(passphrase))
    return secret(passphrase)


def readable(folder: Path, sentences: Iterable[str]) -> set[str]:
    """Which of these can be read, in any usual writing, in a file or a file name below `folder`.

    Writings of fewer than six bytes are passed over: some megabytes of cipher text contain a given four by chance now and then.
    """
    found = set()
    contents = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    names = [path.name for path in folder.rglob("*")]
    for sentence in sentences:
        writings = [sentence.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be", "gb18030")]
        writings.append(json.dumps(sentence)[1:-1].encode())
        telling = [writing for writing in writings if len(writing) >= _TELLING]
        if any(writing in content for content in contents for writing in telling) or any(sentence in name for name in names):
            found.add(sentence)
    return found
