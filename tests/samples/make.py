"""Makes the text and PDF files of the samples from their JSON files: `python -m tests.samples.make [REGULAR BOLD]`.

The JSON files are the only ones edited by hand; page numbers in them are filled in from the print. Two TrueType fonts give the
print its look; without them the built-in font is used.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import pymupdf

from tests.composing import Layout, compose, title_pages
from tests.press import Faces, impress
from tests.samples.prints import PRINTS, Print
from tests.samples.transcript import transcribe


def numbered(issue: dict[str, Any], layout: Layout) -> dict[str, Any]:
    """The issue with the page of every item, section and contents entry as printed."""
    pages = iter(title_pages(compose(issue, layout)))
    for section, entry in zip(issue["sections"], issue["contents"], strict=True):
        for item in section["items"]:
            item["page"] = next(pages)
        section["page"] = entry["page"] = section["items"][0]["page"]
    return issue


def make(sample: Print, faces: Faces | None) -> None:
    """Writes the three files of one sample."""
    issue = numbered(json.loads(sample.path(".json").read_text("utf-8")), sample.layout)
    sheets = compose(issue, sample.layout)
    sample.path(".json").write_text(json.dumps(issue, ensure_ascii=False, indent=1) + "\n", "utf-8")
    sample.path(".txt").write_text(transcribe(issue, sheets, sample.blemishes), "utf-8")
    sample.path(".pdf").write_bytes(impress(sheets, sample.layout, faces))


if __name__ == "__main__":
    chosen = Faces(*(pymupdf.Font(fontfile=name) for name in sys.argv[1:3])) if sys.argv[2:] else None
    for print_ in PRINTS:
        make(print_, chosen)
