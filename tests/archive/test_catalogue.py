"""The catalogue tells what is there, newest first, and how far it has been read."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.records import ItemRecord
from desktop.archive import catalogue, marking, undoing
from desktop.archive.library import Library
from desktop.bulletin.model import PassageKind
from desktop.errors import NotFound
from tests.archive.shelf import ROBOTS, SEEDS, paper, put, shelved


def test_issues_are_listed_newest_first_and_undated_papers_last(library: Library, tmp_path: Path):
    for number, date in ((48, "2031-09-19"), (47, "2031-09-12"), (9, "2032-01-05"), ("49-50", "2031-09-19"), (None, "")):
        shelved(library, tmp_path, number, date)
    assert [issue.number for issue in catalogue.issues(library)] == ["9", "49-50", "48", "47", ""]


def test_an_item_keeps_its_text_its_passages_and_their_places(library: Library, items: list[ItemRecord]):
    assert [item.title for item in items] == [SEEDS.title, ROBOTS.title]
    assert catalogue.passages(items[0]) == SEEDS.passages
    assert items[0].text == SEEDS.text
    assert items[0].text.split("\n")[0] == items[0].title
    assert [(item.ordinal, item.section, item.page, item.level, item.region) for item in items] == [
        (1, "省内要情", 2, "省内", "四川"),
        (2, "省外速览", 4, "省外", "上海"),
    ]


def test_an_issue_keeps_what_it_says_besides_its_items(library: Library, items: list[ItemRecord]):
    issue = catalogue.issue(library, items[0].issue)
    said = catalogue.structure(library, issue)
    assert (issue.title, issue.year, issue.number, issue.date) == ("样例要参", 2031, "7", "2031-05-06")
    assert issue.issuers == ("样例办公室", "样例厅")
    assert said["contents"][0] == {"section": "省内要情", "page": 2, "titles": [SEEDS.title]}
    assert said["distribution"] == {"to": ["样例委"], "cc": ["各市（州）"]}
    assert said["sections"] == [{"name": "省内要情", "page": 2}, {"name": "省外速览", "page": 4}]
    assert said["doubts"][0]["code"] == "doubled-character"


def test_a_paper_is_catalogued_with_its_document_number(library: Library, tmp_path: Path):
    outcome = put(library, tmp_path / "规划.txt", paper())
    assert outcome.issue
    assert (outcome.issue.kind, outcome.issue.title, outcome.issue.number, outcome.issue.year) == (
        "document",
        "样例规划",
        "",
        2031,
    )
    assert catalogue.structure(library, outcome.issue)["doc_number"] == "样府〔2031〕3号"
    assert [item.region for item in catalogue.items(library, outcome.issue.id)] == [""]


def test_reading_counts_and_is_kept_until_marked_unread(library: Library, items: list[ItemRecord]):
    catalogue.set_read(library, items[0].id, True)
    first = catalogue.item(library, items[0].id).read_at
    catalogue.set_read(library, items[0].id, True)
    assert first
    assert catalogue.item(library, items[0].id).read_at == first
    assert catalogue.issue(library, items[0].issue).unread_count == 1
    catalogue.set_read(library, items[0].id, False)
    assert catalogue.issue(library, items[0].issue).unread_count == 2
    assert undoing.undo_name(library) is None


def test_a_star_can_be_undone(library: Library, items: list[ItemRecord]):
    catalogue.set_starred(library, items[0].id, True)
    assert catalogue.item(library, items[0].id).starred
    assert undoing.undo(library) == "加星标"
    assert not catalogue.item(library, items[0].id).starred


def test_marks_are_counted_by_issue(library: Library, items: list[ItemRecord], tmp_path: Path):
    other = shelved(library, tmp_path, 8)
    for item in items:
        marking.add(library, item.id, 0, 3)
    assert catalogue.issue(library, items[0].issue).mark_count == 2
    assert catalogue.issue(library, other.id).mark_count == 0


def test_the_stored_file_has_the_bytes_of_the_original(library: Library, tmp_path: Path):
    issue = shelved(library, tmp_path)
    stored = catalogue.stored_file(library, issue)
    assert stored.read_bytes() == (tmp_path / issue.file_name).read_bytes()
    assert stored == library.folder / "files" / f"{issue.sha256}.txt"


def test_points_keep_number_marker_head_and_parts(items: list[ItemRecord]):
    points = [passage for passage in catalogue.passages(items[0]) if passage.kind is PassageKind.POINT]
    assert [(point.number, point.marker, point.head) for point in points] == [
        (1, "（1）", "收集地方品种"),
        (2, "（2）", "建设数字平台"),
    ]
    assert [part.label for part in points[1].parts] == ["一是", "二是"]


@pytest.mark.parametrize("ask", [catalogue.issue, catalogue.item, lambda library, item: catalogue.set_read(library, item, True)])
def test_what_is_not_there_is_named_in_a_sentence(library: Library, ask):
    with pytest.raises(NotFound):
        ask(library, 99)
