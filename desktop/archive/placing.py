"""One library in the place of another: the folder that is there goes aside, the one made ready beside it takes its name.

Should the program be killed between the two, `desktop.archive.rescuing` finishes it at the next opening.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from db import snapshots
from db.database import FILE_NAME
from db.errors import Damaged, Locked, StorageError
from db.opening import Secret
from db.times import stamp
from desktop.archive import rescuing, storing, telling, unlocking
from desktop.errors import LibraryUnavailable


def require_closed(folder: Path, secrets: Sequence[Secret], then: str) -> Secret | None:
    """Refuse to move a library away from under a running program; its passphrase. A damaged one may well be what is to be replaced.

    Raises `PassphraseNeeded`, and `LibraryUnavailable`, which says what to do `then`, when it is closed.
    """
    secret = unlocking.secret_of(folder, secrets)
    if not (folder / FILE_NAME).is_file():
        return secret
    try:
        snapshots.fold_log(folder / FILE_NAME, secret)
    except Damaged:
        return secret
    except Locked as error:
        raise LibraryUnavailable(f"资料库“{folder}”正在另一个窗口中打开，请先关闭，{then}。") from error
    except StorageError as error:
        raise telling.explain(folder)(error) from error
    return secret


def change_places(folder: Path, ready: Path, label: str) -> Path | None:
    """Give the checked library in `ready` the name `folder`; where the former one is kept, None when there was none.

    It is kept as "<name>.<label>-<UTC time>", hidden where the label begins with a dot. Raises OSError; all is then as it was.
    """
    arriving = ready.rename(rescuing.arrived(folder))
    if not folder.exists():
        arriving.replace(folder)
        return None
    kept = folder.with_name(f"{'.' if label.startswith('.') else ''}{folder.name}.{label.lstrip('.')}-{stamp()}")
    try:
        folder.rename(kept)
    except OSError:
        shutil.rmtree(arriving, ignore_errors=True)
        raise
    try:
        arriving.replace(folder)
    except OSError:
        kept.rename(folder)
        shutil.rmtree(arriving, ignore_errors=True)
        raise
    storing.flush_folder(folder.parent)
    return kept
