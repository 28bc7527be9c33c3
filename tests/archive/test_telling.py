"""Whatever fails, the reader gets one Chinese sentence, never the system's own words."""

from __future__ import annotations

import errno
import re
from pathlib import Path

import pytest

from db import errors as storage
from desktop.archive import telling
from desktop.errors import KnownError, LibraryUnavailable, StorageFull

FOLDER = Path("/资料/库")
SENTENCE = re.compile(r"[^A-Za-z\n]*。")


def _plain(error: KnownError) -> str:
    return str(error).replace("library.db", "").replace("sqlcipher3", "").replace(str(FOLDER), "")


@pytest.mark.parametrize("kind", storage.StorageError.__subclasses__())
def test_every_failure_of_the_database_has_its_sentence(kind: type[storage.StorageError]):
    told = telling.explain(FOLDER)(kind("disk I/O error"))
    assert SENTENCE.fullmatch(_plain(told))
    assert isinstance(told, StorageFull if kind is storage.Full else LibraryUnavailable)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (errno.ENOSPC, StorageFull),
        (errno.EDQUOT, StorageFull),
        (errno.EACCES, LibraryUnavailable),
        (errno.EROFS, LibraryUnavailable),
        (errno.EEXIST, LibraryUnavailable),
        (errno.EIO, LibraryUnavailable),
        (errno.ENOENT, LibraryUnavailable),
        (errno.EXDEV, LibraryUnavailable),
    ],
)
def test_every_failure_of_the_file_system_has_its_sentence(code: int, kind: type[KnownError]):
    def fail() -> None:
        with telling.explained(FOLDER):
            raise OSError(code, "English words of the system")

    with pytest.raises(kind) as raised:
        fail()
    assert SENTENCE.fullmatch(_plain(raised.value))
