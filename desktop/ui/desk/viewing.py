"""Archive records → the plain values that the widgets show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from db.records import CorrectionRecord, IssueRecord, ItemRecord, MarkRecord, TagRecord
from desktop.archive import catalogue, correcting, marking, tagging
from desktop.archive.library import Library
from desktop.ui.values import CorrectionView, DocumentView, IssueView, ItemView, MarkView


def issue_title(issue: IssueRecord) -> str:
    """How an issue is called: 《创新驱动要参》第48期."""
    return f"《{issue.title}》第{issue.number}期" if issue.number else f"《{issue.title}》"


def source_line(issue: IssueRecord) -> str:
    """The source line that goes with every copy: 〔《创新驱动要参》第48期，2025年9月19日〕."""
    if not issue.date:
        return f"〔{issue_title(issue)}〕"
    year, month, day = [*issue.date.split("-"), "", ""][:3]
    date = f"{year}年" + (f"{int(month)}月" if month else "") + (f"{int(day)}日" if day else "")
    return f"〔{issue_title(issue)}，{date}〕"


def issue_view(issue: IssueRecord, doubts: int = 0) -> IssueView:
    """One row of the library list."""
    return IssueView(
        id=issue.id, title=issue.title, year=issue.year, number=issue.number, date=issue.date, kind=issue.kind,
        unread=issue.unread_count, marks=issue.mark_count, doubts=doubts,
    )  # fmt: skip


def _field_names(tags: Sequence[TagRecord]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(tag.field for tag in tags))


def item_view(item: ItemRecord, tags: Sequence[TagRecord], mark_count: int) -> ItemView:
    """One item; `tags` are all tags of the item, its points and marks."""
    own = [tag for tag in tags if tag.mark is None and tag.point is None]
    return ItemView(
        id=item.id, ordinal=item.ordinal, section=item.section, depth=item.depth, title=item.title, page=item.page, level=item.level,
        region=item.region, length=len("".join(item.text.split())), read=item.read_at is not None, starred=item.starred,
        passages=catalogue.passages(item), fields=_field_names(own), mark_count=mark_count,
    )  # fmt: skip


def mark_view(mark: MarkRecord, tags: Sequence[TagRecord], reader: str = "") -> MarkView:
    """One mark with the names of its fields; its author where that is not the `reader`."""
    return MarkView(
        uid=mark.uid, item=mark.item, start=mark.start, end=mark.end, quote=mark.quote, color=mark.color, style=mark.style, note=mark.note,
        fields=_field_names([tag for tag in tags if tag.mark == mark.uid]), anchored=mark.anchored,
        author="" if mark.author == reader else mark.author,
    )  # fmt: skip


def correction_views(item: ItemRecord, records: Sequence[CorrectionRecord]) -> tuple[CorrectionView, ...]:
    """The corrections of one item whose words are found in it."""
    own = [record for record in records if record.item == item.id]
    found = correcting.placed(item, own)
    return tuple(CorrectionView(one.record.uid, one.record.kind, one.start, one.end, one.record.replacement) for one in found)


def _corrected_title(item: ItemRecord, records: Sequence[CorrectionRecord]) -> str:
    title = correcting.title_of(item, records)
    return title if title != item.title else ""


def document_views(library: Library, issue: IssueRecord) -> tuple[DocumentView, tuple[MarkView, ...]]:
    """An issue as the views show it, and its marks in text order."""
    tags = tagging.tags(library, issue=issue.id)
    marks = marking.marks(library, issue=issue.id)
    records = catalogue.items(library, issue.id)
    corrected = correcting.corrections(library, issue=issue.id)
    items = tuple(
        replace(
            item_view(record, [tag for tag in tags if tag.item == record.id], sum(mark.item == record.id for mark in marks)),
            corrections=correction_views(record, corrected),
            corrected_title=_corrected_title(record, corrected),
        )
        for record in records
    )
    structure = catalogue.structure(library, issue)
    listed = sum(len(entry["titles"]) for entry in structure.get("contents", ()))
    doubts = structure.get("doubts", ())
    document = DocumentView(
        issue=issue.id, title=issue_title(issue), date=issue.date, kind=issue.kind, items=items,
        file=str(catalogue.stored_file(library, issue)), is_pdf=issue.extension == "pdf", masthead="　".join(issue.issuers),
        listed=listed, found=listed - sum(doubt["code"] == "contents-entry-not-found" for doubt in doubts),
        doubts=tuple(doubt["message"] for doubt in doubts), password=library.passwords.of(issue.sha256) or "",
    )  # fmt: skip
    order = {item.id: item.ordinal for item in items}
    views = sorted(
        (mark_view(mark, tags, library.author) for mark in marks),
        key=lambda mark: (order.get(mark.item, 0), mark.start, mark.end),
    )
    return document, tuple(views)
