"""A file that was read, as an import stores it, and its way over the pipe from the process that read it.

Reading, parsing and laying out rows all happen there (`desktop.archive.paper_child`): Python runs one thread at a time, and
the program's own are for searching and showing while an import runs.
"""

from __future__ import annotations

from dataclasses import asdict, astuple, dataclass
from typing import Any

from db.records import NewIssue, NewItem
from desktop.bulletin.model import Doubt


@dataclass(frozen=True, slots=True)
class Paper:
    """The rows of an issue or other paper, and what is to be questioned of it. The issue's `sha256` is "": the importer knows it."""

    issue: NewIssue
    items: tuple[NewItem, ...]
    doubts: tuple[Doubt, ...]


def paper_to_wire(paper: Paper) -> dict[str, Any]:
    """A JSON value."""
    return {"issue": asdict(paper.issue), "items": list(map(astuple, paper.items)), "doubts": list(map(astuple, paper.doubts))}


def paper_from_wire(value: dict[str, Any]) -> Paper:
    """The inverse of `paper_to_wire`; `KeyError` or `TypeError` for anything else."""
    issue = NewIssue(**{**value["issue"], "issuers": tuple(value["issue"]["issuers"])})
    return Paper(issue, tuple(NewItem(*item) for item in value["items"]), tuple(Doubt(*doubt) for doubt in value["doubts"]))
