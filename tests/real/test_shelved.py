"""The real issues in a library: whole, placed, marked across a page break, and still there after reopening."""

from __future__ import annotations

import json
from pathlib import Path

from db.records import ItemRecord
from desktop.archive import backups, catalogue, checking, marking, tagging
from desktop.archive.importing import import_paths
from desktop.archive.library import Library


def _crossing(item: ItemRecord) -> tuple[int, int] | None:
    """A stretch around the first place where a passage of the item runs on to the next page."""
    at = 0
    for passage in catalogue.passages(item):
        for former, latter in zip(passage.places, passage.places[1:], strict=False):
            if former.page != latter.page:
                return at + latter.start - 8, at + latter.start + 8
        at += len(passage.text) + 1
    return None


def test_the_four_issues_and_the_plan_are_shelved_from_pdf_and_then_recognised_as_text(data: Path, tmp_path: Path):
    truths = [json.loads((data / "truth" / f"00{number}.json").read_text(encoding="utf-8")) for number in range(4)]
    with Library.open(tmp_path / "库") as library:
        outcomes = import_paths(library, [data / "pdf"])
        assert [outcome.status for outcome in outcomes] == ["new"] * 5
        for outcome, truth in zip(outcomes[:4], truths, strict=True):
            assert outcome.issue
            assert (outcome.issue.title, outcome.issue.number, outcome.issue.date) == (
                truth["title"],
                str(truth["number"]),
                truth["date"],
            )
            told = [
                (section["name"], "".join(item["title"].split())) for section in truth["sections"] for item in section["items"]
            ]
            assert [(item.section, "".join(item.title.split())) for item in catalogue.items(library, outcome.issue.id)] == told
        assert [outcome.status for outcome in import_paths(library, [data / "pdf"])] == ["duplicate"] * 5
        assert [outcome.status for outcome in import_paths(library, [data / "issues"])][:4] == ["revision"] * 4


def test_a_mark_across_a_page_break_and_a_field_survive_reopening_and_restoring(data: Path, tmp_path: Path):
    with Library.open(tmp_path / "库") as library:
        import_paths(library, [data / "pdf" / "000-issue-48.pdf"])
        item, (start, end) = next((item, found) for item in catalogue.items(library, 1) if (found := _crossing(item)))
        mark = marking.add(library, item.id, start, end, note="请高新处研提意见")
        tag = tagging.tag(library, item.id, "生物医药")
    with Library.open(tmp_path / "库") as library:
        assert (marking.marks(library), tagging.tags(library)) == ([mark], [tag])
        assert catalogue.item(library, item.id).text[start:end] == mark.quote
        assert [finding.message for finding in checking.check(library) if not finding.ok and finding.name != "fonts"] == []
        backups.backup(library, tmp_path / "备份.zip")
    backups.restore(tmp_path / "另一处", tmp_path / "备份.zip")
    with Library.open(tmp_path / "另一处") as library:
        assert (marking.marks(library), tagging.tags(library)) == ([mark], [tag])
