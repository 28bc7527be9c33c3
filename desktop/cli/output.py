"""What the command line says and where: results on stdout (one JSON document with --json), everything else on stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any


def print_json(value: Any) -> None:
    """One JSON document, UTF-8, and nothing else on stdout."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=1) + "\n")


def say(text: str) -> None:
    """A line of the result for people, on stdout."""
    sys.stdout.write(text + "\n")


def tell(text: str) -> None:
    """A message beside the result, on stderr."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def progress_line() -> Callable[[int, int, str], None] | None:
    """A progress line on stderr, only where a person looks at it."""
    if not sys.stderr.isatty():
        return None

    def show(done: int, total: int, name: str) -> None:
        sys.stderr.write(f"\r\x1b[K{done}/{total} {name}" + ("\n" if done == total else ""))
        sys.stderr.flush()

    return show


def speak_utf8() -> None:
    """Chinese comes out whole on any console: UTF-8, and a character that cannot be printed is shown escaped."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
