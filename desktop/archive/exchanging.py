"""标注包 (.ycx): what one reader hands another on a stick, one zip file with the marks and, if wanted, the issues' files.

What comes in is not trusted: the zip may hold only parts of known names, no larger than announced, byte for byte as listed; its
JSON is judged by `shared_form`. Nothing is unpacked but into the library's own folder, and nothing is written to the medium
a package comes from.
"""

from __future__ import annotations

import json
import re
import shutil
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from db import issues as issue_store
from db.records import IssueRecord
from db.times import now
from desktop.archive import catalogue, exportlog, importing, merging, packing, sharing, storing, telling
from desktop.archive.importing import ImportOutcome
from desktop.archive.library import Library
from desktop.archive.merging import Merge
from desktop.archive.naming import FILES
from desktop.archive.packing import EXCHANGE, Part
from desktop.archive.protected import Ask
from desktop.archive.shared_form import Shared, SharedIssue, from_json, to_json
from desktop.errors import UnreadableFile, WrongUsage

_LARGEST: Final = 256 << 20  # bytes of marks.json
_MOST_FILES: Final = 4 << 30  # bytes of all issues in a package
_UNFIT: Final = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


@dataclass(frozen=True, slots=True)
class Package:
    """An opened package: what it holds, and its checksum to be compared by word of mouth (the first 12 hex digits)."""

    file: Path
    shared: Shared
    parts: tuple[Part, ...]
    checksum: str


def export(
    library: Library, file: Path, *, issues: Sequence[IssueRecord] | None = None, author: str = "", with_files: bool = False
) -> Package:
    """Write marks, notes, fields and deletions of these issues (or all) to `file`, and read them back.

    Raises `WrongUsage` when there is nothing to hand over, `StorageFull`, `LibraryUnavailable` (no rights).
    """
    shared = sharing.collect(library, issues, author=author)
    if not shared.issues:
        raise WrongUsage("没有可以导出的标注，请先划线、批注或标注领域。")
    parts: dict[str, Path | bytes] = {EXCHANGE.main: json.dumps(to_json(shared), ensure_ascii=False, indent=1).encode()}
    if with_files:
        parts |= _files(library, shared)
    file = file.absolute()
    with telling.explained(file), _beside(file) as partial:
        packing.pack(partial, parts, now(), EXCHANGE)
        storing.flush_file(partial)
        packing.unpack(partial, packing.read_manifest(partial, EXCHANGE), None, EXCHANGE)
        partial.replace(file)
    exportlog.note(library, file, [issue.name for issue in shared.issues])
    return open_package(file)


def open_package(file: Path) -> Package:
    """Read a package without touching any library. Raises `UnreadableFile` for what is no sound package of ours."""
    parts = packing.read_manifest(file, EXCHANGE)
    main = next(part for part in parts if part.name == EXCHANGE.main)
    if main.size > _LARGEST or sum(part.size for part in parts) > _MOST_FILES:
        raise UnreadableFile(f"标注包“{file.name}”大得不合常理，没有作任何改动；请向对方核实。")
    content = packing.read_part(file, main, EXCHANGE)
    try:
        shared = from_json(json.loads(content))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UnreadableFile(f"标注包“{file.name}”的内容不合格式，没有作任何改动；请向对方核实。") from error
    return Package(file, shared, parts, main.sha256[:12])


def preview(library: Library, package: Package) -> Merge:
    """What bringing the package in would do, issues that come with it aside."""
    return merging.preview(library, package.shared)


def bring_in(library: Library, package: Package, initiator: object | None = None, ask: Ask | None = None) -> Merge:
    """Import the issues that come with the package and are missing here, then merge; the merge is one step of undo.

    `ask` gives the password of an issue that is protected. Raises `UnreadableFile`, `StorageFull`,
    `LibraryUnavailable`; nothing is then merged.
    """
    held = {part.name: part for part in package.parts}
    for issue in package.shared.issues:
        wanted = [part for name, part in held.items() if name.removeprefix(f"{FILES}/")[:64] in issue.files[:1]]
        if wanted and issue_store.issue_of_file(library.database, issue.files[0]) is None:
            take_in = partial(importing.import_paths, library, ask=ask, initiator=initiator)
            _import(library, package, wanted[0], issue, take_in)
    return merging.merge(library, package.shared, initiator)


def _import(
    library: Library, package: Package, part: Part, issue: SharedIssue, take_in: Callable[[list[Path]], list[ImportOutcome]]
) -> None:
    arriving = library.shelf.workshop(part.size) / f".arriving-{uuid.uuid4().hex}"
    try:
        with telling.explained(arriving):
            packing.unpack(package.file, (part,), arriving, EXCHANGE)
            called = _UNFIT.sub("_", issue.name)[:80] + Path(part.name).suffix
            path = (arriving / part.name).rename(arriving / called)
        (outcome,) = take_in([path])
        if outcome.status == "refused":
            raise UnreadableFile(f"标注包里的{issue.name}没有收入：{outcome.reason}")
    finally:
        shutil.rmtree(arriving, ignore_errors=True)


def _files(library: Library, shared: Shared) -> dict[str, Path | bytes]:
    wanted = {issue.files[0] for issue in shared.issues}
    paths = [catalogue.stored_file(library, issue) for issue in catalogue.issues(library) if issue.sha256 in wanted]
    return {f"{FILES}/{path.name}": path for path in paths if path.is_file()}


@contextmanager
def _beside(file: Path) -> Iterator[Path]:
    """A name beside `file` to write to; nothing of that name is left."""
    partial = file.with_name(f".{file.name}.{uuid.uuid4().hex}.partial")
    try:
        yield partial
    finally:
        partial.unlink(missing_ok=True)
