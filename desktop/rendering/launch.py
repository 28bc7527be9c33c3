"""Starting the render process. Qt is not needed for it: the process comes up while the window's own modules are being loaded."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from desktop.rendering.arena import CACHE_BYTES, Arena
from desktop.rendering.protocol import WORKER_WORD

_ROOT = Path(__file__).resolve().parents[2]  # where `desktop` is imported from, installed or not

# PyMuPDF makes thousands of objects that all stay: the collector would look through them again and again.
_WORKER = "import gc; gc.disable(); import sys; from pathlib import Path; from desktop.rendering.worker import main; main(Path(sys.argv[1]))"

Child = subprocess.Popen[bytes]


@dataclass(frozen=True, slots=True)
class Launched:
    """A render process on its way, and the arena that it draws into; a `Renderer` takes both over and ends them."""

    arena: Arena
    child: Child

    def close(self) -> None:
        """End it without having used it."""
        self.child.kill()
        self.child.communicate()
        self.arena.remove()


def launched_early() -> Launched:
    """A render process on its way. Raises StorageFull, or OSError where no process can be had."""
    arena = Arena(CACHE_BYTES)
    return Launched(arena, launch(arena))


def launch(arena: Arena) -> Child:
    """A render process that draws into this arena. Raises OSError where no process can be had."""
    paths = [str(_ROOT), os.environ.get("PYTHONPATH", "")]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in paths if path)}
    return subprocess.Popen(  # noqa: S603 - our own interpreter and words
        [*_program(), str(arena.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),  # Windows would open a console for it
    )


def _program() -> list[str]:
    """The program that is a render process; a frozen build is its own interpreter and knows a word for it."""
    if getattr(sys, "frozen", False):
        return [sys.executable, WORKER_WORD]
    # -P: a folder named "desktop" in the current directory must not be imported in our place.
    return [sys.executable, "-P", "-c", _WORKER]
