"""Settings as one typed table, kept in one JSON file; and the session of each library (what was open, and where).

A settings file that is missing, damaged or from another version never stops the program: what cannot be read falls back to
its default. Writing goes to a temporary name first, so that a power cut leaves the old file or the new one.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")


@dataclass
class OpenDocument:
    """A document that was open, and the place in it: the item's ordinal within the issue and the offset in its canonical text."""

    issue: int
    item: int = 0
    offset: int = 0
    view: str = "reading"  # page | reading | both
    zoom: str = "width"  # width | page | a percentage
    rotation: int = 0  # degrees clockwise
    flow: str = "continuous"  # continuous | single | two
    file: str = ""  # the library's name for its PDF, once its pages were shown
    page: int = 1  # the page that was read last


@dataclass
class Session:
    """What was open in one library."""

    documents: list[OpenDocument] = field(default_factory=list)
    current: int = 0
    side_tab: int = 0
    closed: list[OpenDocument] = field(default_factory=list)  # as they were left

    def without_files(self) -> Session:
        """The same without the names of files."""
        opened, closed = ([replace(one, file="") for one in documents] for documents in (self.documents, self.closed))
        return replace(self, documents=opened, closed=closed)


@dataclass
class Settings:
    """The settings, each with its default. `shortcuts` holds only what the reader changed: action id → keys."""

    theme: str = "system"  # system | light | dark | contrast
    reading_font: str = ""  # "" = first present of the recommended ones
    reading_px: int = 19
    line_height: float = 1.8
    unit: str = ""  # 落款 of memos
    author: str = ""
    memo: str = ""  # uid of the memo that is open
    memo_profile: dict[str, str | float | bool] = field(default_factory=dict)  # what of the unit's pages is not standard
    geometry: str = ""  # window geometry, base64
    state: str = ""  # tool bars, base64
    columns: list[int] = field(default_factory=list)
    side_rows: list[int] = field(default_factory=list)
    page_margins: list[int] = field(default_factory=list)  # logical pixels around the page view: left, top, right, bottom
    shortcuts: dict[str, str] = field(default_factory=dict)
    last_folder: str = ""  # where files were opened from, often a stick
    export_folder: str = ""  # where exports went; never taken from the source
    searches: list[str] = field(default_factory=list)  # the last queries, latest first
    sessions: dict[str, Session] = field(default_factory=dict)


def _session(raw: Any) -> Session:
    if not isinstance(raw, dict):
        return Session()
    plain = {key: value for key, value in raw.items() if key not in ("documents", "closed")}
    session = _fill(Session(), plain)
    session.documents, session.closed = _documents(raw.get("documents")), _documents(raw.get("closed"))
    return session


def _documents(raw: Any) -> list[OpenDocument]:
    found = [_fill(OpenDocument(0), one) for one in raw if isinstance(one, dict)] if isinstance(raw, list) else []
    return [document for document in found if document.issue > 0]


def _fill(target: T, raw: dict[str, Any]) -> T:
    """Take over each value whose type is that of the default; ignore the rest."""
    for one in fields(target):  # type: ignore[arg-type]
        value = raw.get(one.name)
        if value is not None and type(value) is type(getattr(target, one.name)):
            setattr(target, one.name, value)
    return target


def export_target(settings: Settings, name: str) -> str:
    """Where an export is offered to go: the folder of the last one, else the reader's own; never the medium a file came from."""
    return str(Path(settings.export_folder or Path.home()) / name)


def load(file: Path) -> Settings:
    """The settings of a file; defaults for whatever is missing or damaged."""
    try:
        raw = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Settings()
    if not isinstance(raw, dict):
        return Settings()
    sessions = raw.pop("sessions", None)
    settings = _fill(Settings(), raw)
    if isinstance(sessions, dict):
        settings.sessions = {str(key): _session(value) for key, value in sessions.items()}
    return settings


def save(settings: Settings, file: Path) -> None:
    """Write the settings. Raises OSError where the folder cannot be written."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(file.name + ".new")
    draft.write_text(json.dumps(asdict(settings), ensure_ascii=False, indent=1), encoding="utf-8")
    draft.replace(file)
