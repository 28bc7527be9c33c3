"""An open library: one folder with the database, the search index, the files and the backups.

Opening makes the folder or brings it to the newest shape; every failure is one plain sentence. The use cases beside this
module take a `Library` as their first argument.
"""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from db import vocabularies
from db.changes import Changes, Kind
from db.database import Database
from db.index import SearchIndex
from db.opening import Secret
from desktop.archive import rescuing, telling, unlocking
from desktop.archive.naming import FILES
from desktop.archive.protected import Passwords
from desktop.archive.shelf import OpenShelf, SealedShelf, Shelf
from desktop.errors import LibraryUnavailable
from desktop.fields.jsonform import load_vocabulary, vocabulary_from_json
from desktop.fields.learning import Learnt
from desktop.fields.vocabulary import Vocabulary

INDEX: Final = "index.db"
_MOUNTS: Final = Path("/proc/mounts")
_NETWORK_SYSTEMS: Final = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "fuse.sshfs"})

Listener = Callable[[Changes], None]


class Library:
    """The parts of an open library, and the list of those who want to know of changes.

    It may be used from several threads. A listener is called after the commit, on the thread that made the change: one that
    belongs to a window passes the news on to its own thread. A worker thread calls `leave` when its work ends.
    """

    def __init__(
        self, folder: Path, *, author: str = "", vocabulary: Vocabulary | None = None, secret: Secret | None = None
    ) -> None:
        self.folder = folder
        self.secret = secret
        self.shelf: Shelf = SealedShelf(folder, secret) if secret else OpenShelf(folder)
        self.author = author
        self.passwords = Passwords()
        self._vocabulary = vocabulary
        self.learnt: tuple[object, Learnt] | None = None  # kept by desktop.archive.learning for one state of the library
        self.index = SearchIndex(folder / INDEX, secret)  # makes and opens its file when it is first asked
        self._listeners: tuple[Listener, ...] = ()
        self._home = threading.get_ident()
        self.database = Database.open(folder, self._announce, telling.explain(folder, secret), secret)

    @classmethod
    def open(cls, folder: Path, *, author: str = "", vocabulary: Vocabulary | None = None, secret: Secret | None = None) -> Self:
        """Open the library in `folder`, making it when there is none. Raises `LibraryUnavailable` or `StorageFull`.

        `author` is the name that new marks carry; `vocabulary` the fields in force, by default the built-in ones; `secret` the
        passphrase, which a library that has none does without. Raises `PassphraseNeeded` when it is missing or wrong.
        """
        folder = folder.absolute()
        if on_network(folder.resolve()):
            raise LibraryUnavailable(telling.NETWORK.format(folder=folder))
        with telling.explained(folder):
            rescuing.finish_restore(folder)
            rescuing.clear_waiting(folder)
            secret = unlocking.secret_of(folder, [secret] if secret else [])
            if secret is None:
                (folder / FILES).mkdir(parents=True, exist_ok=True)
            library = cls(folder, author=author, vocabulary=vocabulary, secret=secret)
            rescuing.clear_superseded(folder)
            return library

    @property
    def vocabulary(self) -> Vocabulary:
        """The fields in force: those brought in last, else the built-in ones."""
        if self._vocabulary is None:
            own = vocabularies.newest(self.database)
            self._vocabulary = vocabulary_from_json(json.loads(own)) if own else load_vocabulary()
        return self._vocabulary

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` after every change; returns what ends the subscription."""
        self._listeners = (*self._listeners, listener)

        def unsubscribe() -> None:
            self._listeners = tuple(other for other in self._listeners if other is not listener)

        return unsubscribe

    def _announce(self, changes: Changes) -> None:
        if Kind.VOCABULARY in changes.kinds:
            self._vocabulary = None
        for listener in self._listeners:
            listener(changes)

    def leave(self) -> None:
        """Close what the calling thread holds open; the thread that opened the library keeps its own until `close`."""
        if threading.get_ident() != self._home:
            self.database.release()

    def close(self) -> None:
        """Close the files; data is saved at each change, so nothing is left to save."""
        self.index.close()
        self.database.close()
        self.shelf.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


def on_network(folder: Path, mounts: Path = _MOUNTS) -> bool:
    """Whether `folder` is on a network share, as far as its name or the system's table of mounts tells."""
    if sys.platform == "win32":
        return str(folder).startswith("\\\\")
    if not mounts.is_file():
        return False
    table = [line.split() for line in mounts.read_text(encoding="utf-8", errors="replace").splitlines()]
    mounted = {words[1].replace("\\040", " "): words[2] for words in table if len(words) > 2}
    nearest = next((str(place) for place in (folder, *folder.parents) if str(place) in mounted), "")
    return mounted.get(nearest) in _NETWORK_SYSTEMS
