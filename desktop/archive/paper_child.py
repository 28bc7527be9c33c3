"""The reading process of an import: file after file read, parsed and laid out as rows, behind everything else the machine does.

Run as `python -m desktop.archive.paper_child --many`; asked as `desktop.readers.child` is.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Final

from desktop.archive.entries import paper
from desktop.archive.papers import paper_to_wire
from desktop.bulletin.parsing import parse
from desktop.errors import UnreadableFile
from desktop.readers.child import refusal, serve
from desktop.readers.reading import read

_PATIENT: Final = 5  # steps of niceness: whoever searches or turns pages during an import comes first


def answer(request: dict[str, Any]) -> dict[str, Any]:
    """`{"path"}` → `{"paper"}`, or a `refusal`."""
    path = Path(request["path"])
    try:
        pages = read(path)
    except UnreadableFile as error:
        return refusal(error)
    return {"paper": paper_to_wire(paper(parse(pages), pages, path))}


def main() -> None:
    """Serve until stdin ends."""
    if hasattr(os, "nice"):  # not on Windows
        os.nice(_PATIENT)
    serve(answer)


if __name__ == "__main__":
    main()
