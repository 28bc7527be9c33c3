"""The one door: no command opens the window, a command runs on the command line. Each is imported only when it is wanted."""

from __future__ import annotations

import gc
import sys
from pathlib import Path


def main(argv: list[str] | None = None) -> int:
    """Run the program with the words of the command line (without the program's name); returns the exit code."""
    words = sys.argv[1:] if argv is None else argv
    if words[:1] == ["--render-worker"]:  # a frozen build starts itself to draw pages
        gc.disable()
        from desktop.rendering.worker import main as serve

        serve(Path(words[1]))
        return 0
    from desktop.cli.parser import wants_window

    if wants_window(words):
        gc.disable()  # nearly all that a start makes lives as long as the program: looking through it again and again takes 15 ms
        from desktop.app import run_window

        return run_window(words)
    from desktop.cli import run_command

    return run_command(words)


if __name__ == "__main__":
    sys.exit(main())
