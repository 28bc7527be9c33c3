"""Folders overwritten before they are removed, so that what was readable is not found again among deleted files.

Flash memory may keep traces all the same, since it writes to another place than the one it was told: the documents say so.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Final

_BLOCK: Final = bytes(1 << 20)
_NAME: Final = "shredding"


def shred(folder: Path) -> None:
    """Overwrite every file of a folder, and remove it; without effect where there is none. What resists is left for the next time.

    It takes another name first, in one step: whoever comes for the folder meanwhile finds it whole or not at all.
    """
    taken = folder if f".{_NAME}-" in folder.name else folder.with_name(f"{folder.name}.{_NAME}-")
    with suppress(OSError):
        if taken != folder:
            folder.rename(taken)
        for path in taken.rglob("*"):
            if path.is_file() and not path.is_symlink():
                _overwrite(path)
        shutil.rmtree(taken)


def _overwrite(path: Path) -> None:
    with path.open("rb+") as stream:
        left = stream.seek(0, os.SEEK_END)
        stream.seek(0)
        while left > 0:
            left -= stream.write(_BLOCK[:left])
        stream.flush()
        os.fsync(stream.fileno())
