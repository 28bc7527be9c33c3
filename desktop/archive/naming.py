"""How the library names its copies of files: by what is in them. Light, because a start asks for it before all else."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

FILES: Final = "files"  # the folder in the library, where that has no passphrase


def sha256_of(file: Path) -> str:
    """The SHA-256 of a file's bytes, in hex. Raises OSError."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
