"""What the library keeps of a paper that was read: the columns of its issue and of its items."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from db.records import NewIssue, NewItem
from desktop.archive.papers import Paper
from desktop.archive.regions import Regions
from desktop.bulletin.jsonform import bulletin_to_json, passages_to_json
from desktop.bulletin.model import Bulletin, Issue, Section
from desktop.bulletin.pages import Pages
from desktop.bulletin.parsing import PARSER_VERSION
from desktop.readers import READER_VERSION

TEXT_VERSION: Final = f"parser {PARSER_VERSION}, reader {READER_VERSION}"
_EXTENSIONS: Final = {"pdf": "pdf", "text": "txt"}


def paper(bulletin: Bulletin, pages: Pages, path: Path) -> Paper:
    """All that an import stores of a file that was read."""
    return Paper(new_issue(bulletin, pages, path, ""), tuple(new_items(bulletin)), bulletin.doubts)


def new_issue(bulletin: Bulletin, pages: Pages, path: Path, sha256: str) -> NewIssue:
    """What the library keeps of a paper as a whole."""
    shared: dict[str, Any] = {
        "kind": bulletin.kind,
        "sha256": sha256,
        "extension": _EXTENSIONS[pages.source],
        "file_name": path.name,
        "pages": len(pages.pages),
        "structure": json.dumps(_structure(bulletin), ensure_ascii=False),
        "text_version": TEXT_VERSION,
    }
    if isinstance(bulletin, Issue):
        head = bulletin.masthead
        number = "" if head.number is None else str(head.number)
        date = head.date or bulletin.printed_date
        return NewIssue(
            title=head.title, number=number, issuers=head.issuers, classification=head.classification, **_dated(date), **shared
        )
    issuers = (bulletin.issuer,) if bulletin.issuer else ()
    return NewIssue(
        title=bulletin.title,
        number="",
        issuers=issuers,
        classification=bulletin.classification,
        **_dated(bulletin.date),
        **shared,
    )


def _dated(date: str) -> dict[str, Any]:
    return {"date": date, "year": int(date[:4]) if date[:4].isdigit() else 0}


def _structure(bulletin: Bulletin) -> dict[str, Any]:
    """What the paper says besides its items, with the keys of `parse --json`; of the sections only names and pages."""
    said = {key: value for key, value in bulletin_to_json(bulletin).items() if key not in ("outline", "front")}
    return said | {"sections": [{"name": section.name, "page": section.page} for section in bulletin.sections]}


def new_items(bulletin: Bulletin) -> list[NewItem]:
    """What the library keeps of its items, in printed order."""
    regions = Regions.load() if bulletin.kind == "issue" else None
    return [item for section in bulletin.sections for item in _items_of(section, regions)]


def _items_of(section: Section, regions: Regions | None) -> Iterator[NewItem]:
    for item in section.items:
        level, region = regions.locate(section.name, item) if regions else ("", "")
        passages = passages_to_json(item.passages)
        yield NewItem(section.name, item.depth, item.title, item.page, level, region, item.text, passages)
