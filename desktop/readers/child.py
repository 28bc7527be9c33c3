"""The reading process: one request on stdin, one JSON document on stdout, then the end; with `--many`, one a line each.

Some PDFs never return from inside MuPDF or take it down; then only this process is lost. PyMuPDF prints hints to stdout, so
the real stdout is put aside before it is imported. Run as `python -m desktop.readers.child`.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from desktop.errors import PasswordNeeded, UnreadableFile
from desktop.readers.notes import note_from_wire
from desktop.readers.reading import read
from desktop.readers.wire import pages_to_wire

Answer = Callable[[dict[str, Any]], dict[str, Any]]

MEMORY_LIMIT = 1024**3
"""Bytes of address space; a page that needs more is refused instead of taking the machine down."""


def answer(request: dict[str, Any]) -> dict[str, Any]:
    """The reply to one request, or a `refusal`.

    `{"path", "password"}` → `{"pages"}`; with `"task": "notes"` → `{"notes"}`, with `"task": "unlock"` → `{}`;
    `{"task": "annotate", "path", "password", "target", "notes"}` → `{"done"}`.
    """
    path = Path(request["path"])
    try:
        if request.get("task") == "annotate":
            from desktop.readers.annotations import annotate

            notes = map(note_from_wire, request["notes"])
            return {"done": annotate(path, Path(request["target"]), notes, request["password"])}
        if request.get("task") == "notes":
            from desktop.readers.annotations import found_notes

            return {"notes": [asdict(note) for note in found_notes(path, request["password"])]}
        if request.get("task") == "unlock":
            from desktop.readers.pdf import opened

            with opened(path, request["password"]):
                return {}
        return {"pages": pages_to_wire(read(path, request["password"]))}
    except UnreadableFile as error:
        return refusal(error)


def refusal(error: UnreadableFile) -> dict[str, Any]:
    """The reply for a file that cannot be read; `isolated.refuse` raises it again."""
    return {"refused": str(error), "locked": isinstance(error, PasswordNeeded)}


def reply_to(line: str, answer: Answer = answer) -> str:
    """One line of JSON for one request; a file that needs more memory than there is for it is refused."""
    request = json.loads(line)
    try:
        return json.dumps(answer(request)) + "\n"
    except MemoryError:
        name = Path(request["path"]).name
        refused = f"读取“{name}”需要的内存超过 1 GB，没有打开；文件可能已损坏，请换一份文件，或者拆分后再打开。"
        return json.dumps({"refused": refused}) + "\n"


def limit_memory() -> None:
    """Bound the address space where the platform can."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    soft = MEMORY_LIMIT if hard == resource.RLIM_INFINITY else min(MEMORY_LIMIT, hard)
    resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def serve(answer: Answer) -> None:
    """Answer one request, or with `--many` all until stdin ends."""
    out = os.dup(1)
    os.dup2(2, 1)
    limit_memory()
    requests = iter(sys.stdin.readline, "") if "--many" in sys.argv else [sys.stdin.read()]
    with os.fdopen(out, "w", encoding="ascii") as stdout:
        for request in requests:
            stdout.write(reply_to(request, answer))
            stdout.flush()


if __name__ == "__main__":
    serve(answer)
