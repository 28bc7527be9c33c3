"""The reading process: one request on stdin, one JSON document on stdout, then the end.

Some PDFs never return from inside MuPDF or take it down; then only this process is lost. PyMuPDF prints hints to stdout, so
the real stdout is put aside before it is imported. Run as `python -m desktop.readers.child`.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

from desktop.errors import UnreadableFile
from desktop.readers.reading import read
from desktop.readers.wire import pages_to_wire

MEMORY_LIMIT = 2 * 1024**3
"""Bytes of address space; a page that needs more is refused instead of taking the machine down."""


def answer(request: dict[str, Any]) -> dict[str, Any]:
    """`{"pages": …}` or `{"refused": sentence}` for `{"path": …, "password": …}`."""
    try:
        return {"pages": pages_to_wire(read(Path(request["path"]), request["password"]))}
    except UnreadableFile as error:
        return {"refused": str(error)}


def limit_memory() -> None:
    """Bound the address space where the platform can."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    soft = MEMORY_LIMIT if hard == resource.RLIM_INFINITY else min(MEMORY_LIMIT, hard)
    resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def main() -> None:
    """Serve one request."""
    out = os.dup(1)
    os.dup2(2, 1)
    limit_memory()
    document = json.dumps(answer(json.loads(sys.stdin.read())))
    with os.fdopen(out, "w", encoding="ascii") as stdout:
        stdout.write(document)


if __name__ == "__main__":
    main()
