"""Copies of a PDF issue with the marks as standard annotations, for readers that know nothing of this program; and back.

The stored original is only read. A mark goes out under its own uid, so that a copy that comes back is recognised mark by mark;
marks made in another program come in under a uid made of their file and name, so that they come in once.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from db import issues as issue_store
from db import marks as mark_store
from db.records import IssueRecord, ItemRecord, MarkRecord
from desktop.archive import catalogue, exportlog, merging, naming, protected, storing, tagging, telling
from desktop.archive.entries import new_issue
from desktop.archive.library import Library
from desktop.archive.marking import COLORS
from desktop.archive.merging import Merge
from desktop.archive.protected import Ask
from desktop.archive.shared_form import Shared, SharedIssue, SharedMark
from desktop.bulletin import anchors
from desktop.bulletin.folding import fold
from desktop.bulletin.parsing import parse
from desktop.bulletin.places import PlaceMap
from desktop.errors import UnreadableFile, WrongUsage
from desktop.readers.isolated import read_isolated
from desktop.readers.notes import PdfNote, read_notes, write_noted_copy

_INKS: Final = {"yellow": "#ffd84d", "green": "#7ed67e", "blue": "#74b8f5", "red": "#f58a8a"}
_SPACE: Final = uuid.UUID("6f0d2c6e-58a4-4b62-9a36-59434144f001")  # of uids for marks that other programs made


def export(library: Library, issue_id: int, target: Path, ask: Ask | None = None) -> int:
    """Write a copy of the issue's PDF with its marks, notes and fields; how many marks it holds, all read back from it.

    The copy of a protected file is protected alike; `ask` gives its password where the session does not have it.

    Raises `WrongUsage` for an issue that is no PDF or has no marks on the page, `UnreadableFile`, `StorageFull`,
    `LibraryUnavailable`; there is then no copy.
    """
    issue = catalogue.issue(library, issue_id)
    if issue.extension != "pdf":
        raise WrongUsage("这一期是文本文件，没有可以标注的 PDF 版面；可改用标注包或台账导出。")
    notes = _notes(library, issue)
    if not notes:
        raise WrongUsage("这一期还没有可以写入 PDF 的划线。")
    source, target = catalogue.stored_file(library, issue), target.absolute()
    if target == source.absolute() or (target.exists() and target.samefile(source)):
        raise WrongUsage("不能覆盖资料库里的原件，请另选一个文件名。")
    partial = target.with_name(f".{target.name}.{uuid.uuid4().hex}.partial")
    try:
        with telling.explained(target):
            partial.touch(exist_ok=False)  # what forbids writing here is told before the work
            written = protected.opened(
                library.passwords,
                issue.sha256,
                issue.file_name,
                lambda password: write_noted_copy(source, partial, notes, password),
                ask,
            )
            storing.flush_file(partial)
            partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)
    exportlog.note(library, target, [f"《{issue.title}》第{issue.number}期"])
    return written


def bring_in(library: Library, path: Path, initiator: object | None = None, ask: Ask | None = None) -> Merge:
    """Bring the highlights and underlines of a PDF to the issue that it is; one step of undo, and nothing when done again.

    `ask` gives the password of a protected one. Raises `UnreadableFile`; `WrongUsage` when the file's issue is not in the library.
    """
    sha256 = _sha256(path)
    notes = protected.opened(library.passwords, sha256, path.name, lambda password: read_notes(path, password), ask)
    issue = _issue_of(library, path, sha256)
    items = catalogue.items(library, issue.id)
    places = PlaceMap([(item.id, catalogue.passages(item)) for item in items])
    marks = [_shared(note, issue, items, places) for note in notes if note.text.strip()]
    files = tuple(file.sha256 for file in issue_store.files(library.database, issue.id))
    theirs = SharedIssue(issue.kind, issue.title, issue.year, issue.number, issue.date, files, tuple(marks))
    return merging.merge(library, Shared("", issue.imported_at, (theirs,)), initiator, name="导入 PDF 中的标注")


def _notes(library: Library, issue: IssueRecord) -> tuple[PdfNote, ...]:
    items = catalogue.items(library, issue.id)
    places = PlaceMap([(item.id, catalogue.passages(item)) for item in items])
    fields: dict[str, list[str]] = {}
    for tag in tagging.tags(library, issue=issue.id):
        if tag.mark:
            fields.setdefault(tag.mark, []).append(tag.field)
    marks = [mark for mark in mark_store.marks(library.database, issue=issue.id) if mark.anchored]
    notes = (_note(mark, places.characters(mark.item, mark.start, mark.end), fields.get(mark.uid, [])) for mark in marks)
    return tuple(note for note in notes if note.characters)


def _note(mark: MarkRecord, characters: Sequence[tuple[int, int, int]], fields: Sequence[str]) -> PdfNote:
    return PdfNote(
        mark.uid, tuple(characters), _INKS[mark.color], mark.style, mark.note, mark.author,
        "、".join(dict.fromkeys(fields)), mark.created_at, mark.updated_at,
    )  # fmt: skip


def _sha256(path: Path) -> str:
    try:
        return naming.sha256_of(path)
    except OSError as error:
        raise UnreadableFile(f"“{path.name}”不能读取（{telling.cause(error)}），请检查路径和权限。") from error


def _issue_of(library: Library, path: Path, sha256: str) -> IssueRecord:
    """The library's issue that the file is, by its bytes or by what it says of itself."""
    found = issue_store.issue_of_file(library.database, sha256)
    if found is None:
        pages = read_isolated(path, library.passwords.of(sha256))
        found = issue_store.issue_of_identity(library.database, new_issue(parse(pages), pages, path, sha256))
    if found is None:
        raise WrongUsage(f"“{path.name}”所属的一期不在资料库中，请先导入这一期。")
    return found


def _shared(note: PdfNote, issue: IssueRecord, items: Sequence[ItemRecord], places: PlaceMap) -> SharedMark:
    """A note as a mark: on the characters it covers where the page is the library's own, else as words to be looked for."""
    page, first, _ = note.characters[0]
    last_page, _, last = note.characters[-1]
    span = places.span(page, first, last_page, last)
    item = next((item for item in items if span and item.id == span[0]), None)
    own = item is not None and span is not None and fold(item.text[span[1] : span[2]]) == fold(note.text)
    if own and item and span:
        anchor = anchors.make(item.text, span[1], span[2])
    else:
        anchor = anchors.Anchor(note.text, note.before, note.after, 0)
    return SharedMark(
        _uid(note, issue), item.ordinal if own and item else 0, item.title if own and item else "", anchor.start, anchor.quote,
        anchor.prefix, anchor.suffix, _nearest(note.color), note.style, note.contents, note.author,
        note.created or note.modified or issue.imported_at, note.modified or note.created or issue.imported_at,
    )  # fmt: skip


def _uid(note: PdfNote, issue: IssueRecord) -> str:
    try:
        return str(uuid.UUID(note.uid))
    except ValueError:
        return str(uuid.uuid5(_SPACE, f"{issue.sha256} {note.uid}"))


def _nearest(color: str) -> str:
    """The one of our colours that is nearest to a #rrggbb."""

    def parts(ink: str) -> list[int]:
        return [int(ink[at : at + 2], 16) for at in (1, 3, 5)]

    return min(COLORS, key=lambda name: sum((a - b) ** 2 for a, b in zip(parts(_INKS[name]), parts(color), strict=True)))
