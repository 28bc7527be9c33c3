"""Annotations that other programs write come in where their words stand, or are listed; none is put in a wrong place."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from db.records import IssueRecord, ItemRecord
from desktop.archive import catalogue, marking, tagging, undoing, webannotations
from desktop.archive.library import Library
from desktop.archive.merging import Merge
from desktop.errors import UnreadableFile
from tests.archive.shelf import bulletin, put, shelved

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
QUOTE = "入库一千二百份"
HERE = "https://read.example/papers/第7期.txt?page=2#top"


def quoted(exact: str = QUOTE, prefix: str = "", suffix: str = "") -> dict[str, Any]:
    sides = {"prefix": prefix, "suffix": suffix}
    return {"type": "TextQuoteSelector", "exact": exact, **{name: said for name, said in sides.items() if said}}


def annotation(source: Any = HERE, selector: Any = None, **more: Any) -> dict[str, Any]:
    target = {"source": source, "selector": selector or quoted()}
    return {"@context": CONTEXT, "id": "https://notes.example/a/1", "type": "Annotation", "target": target, **more}


HYPOTHESIS = {
    "total": 1,
    "rows": [
        {
            "id": "k3JxWmXxEe", "created": "2031-06-01T08:09:10.123456+00:00", "updated": "2031-06-02T16:09:10.5+08:00", "user": "acct:wang@notes.example",
            "uri": "https://read.example/papers/7", "text": "请核实份数", "tags": ["现代种业", "生物医药"], "group": "__world__", "references": [],
            "document": {"title": ["《样例要参》2031年第7期"]},
            "target": [
                {
                    "source": "https://read.example/papers/7",
                    "selector": [
                        {"type": "RangeSelector", "startOffset": 5, "endOffset": 12, "startContainer": "/p[2]", "endContainer": "/p[2]"},
                        {"type": "TextPositionSelector", "start": 905, "end": 912},
                        quoted(prefix="收集地方品种。", suffix="，入库率居"),
                    ],
                }
            ],
        }
    ],
}  # fmt: skip


def bring(library: Library, folder: Path, data: Any, issue: IssueRecord | None = None) -> Merge:
    (folder / "别处.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return webannotations.bring_in(library, folder / "别处.json", issue=issue)


def quotes(library: Library) -> list[str]:
    return [mark.quote for mark in marking.marks(library)]


def test_the_rows_of_an_annotation_service_come_with_note_author_times_and_fields_once(
    library: Library, items: list[ItemRecord], tmp_path: Path
):
    done = bring(library, tmp_path, HYPOTHESIS)
    assert (done.new, done.unlocated) == (1, [])
    (mark,) = marking.marks(library)
    assert (mark.item, mark.quote, items[0].text[mark.start : mark.end]) == (items[0].id, QUOTE, QUOTE)
    assert (mark.note, mark.author) == ("请核实份数\n标签：现代种业", "wang")
    assert (mark.created_at, mark.updated_at) == ("2031-06-01T08:09:10Z", "2031-06-02T08:09:10Z")
    assert [(tag.field, tag.mark) for tag in tagging.tags(library)] == [("生物医药", mark.uid)]
    assert bring(library, tmp_path, HYPOTHESIS).changes == 0
    assert undoing.undo(library) == "导入网页标注"
    assert quotes(library) == []


ONE = annotation()
FORMS = [
    ("a single annotation", ONE),
    ("a list", [ONE]),
    ("a page", {"@context": CONTEXT, "type": "AnnotationPage", "items": [ONE]}),
    ("a collection", {"type": "AnnotationCollection", "total": 1, "first": {"type": "AnnotationPage", "items": [ONE]}}),
    ("a collection of pages", {"type": "AnnotationCollection", "first": {"items": [], "next": {"items": [ONE], "next": "https://x.example/3"}}}),
    ("a graph", {"@context": CONTEXT, "@graph": [ONE]}),
    ("a target among others", annotation() | {"target": ["https://x.example/other.jpg", ONE["target"]]}),
    ("a source with a title", annotation({"id": "https://x.example/1", "title": "样例要参 第7期"})),
    ("a source with a checksum", annotation({"id": "urn:sha256:{sha256}"})),
    ("a path with folders", annotation("file:///C:/%E7%AC%AC7%E6%9C%9F.txt")),
    ("a selector that refines another", annotation(selector={"type": "FragmentSelector", "value": "p2", "refinedBy": quoted()})),
    ("other blanks and widths", annotation(selector=quoted("入库 一千\n二百份"))),
    ("a quotation that stands once with its context", annotation(selector=quoted("入库", "品种。", "一千"))),
    ("a quotation that stands once, in another context", annotation(selector=quoted("入库一千二百份，入库率", "此前全然不同的", "此后也不同"))),
]  # fmt: skip


@pytest.mark.parametrize("data", [data for _, data in FORMS], ids=[name for name, _ in FORMS])
def test_any_form_of_the_model_is_taken(library: Library, items: list[ItemRecord], tmp_path: Path, data: Any):
    (issue,) = catalogue.issues(library)
    named = json.loads(json.dumps(data, ensure_ascii=False).replace("{sha256}", issue.sha256))
    bring(library, tmp_path, named)
    (mark,) = marking.marks(library)
    assert mark.quote.startswith("入库")
    assert items[0].text[mark.start - 1] == "。"


BODIES = [
    ("a body of text", {"body": {"type": "TextualBody", "value": "请核实"}}, "请核实"),
    ("a body that is a string", {"body": "请核实"}, "请核实"),
    ("a body value", {"bodyValue": "请核实"}, "请核实"),
    ("several bodies", {"body": [{"value": "一", "purpose": "commenting"}, "二"]}, "一\n二"),
    ("a body that is elsewhere", {"body": "https://x.example/note"}, ""),
    ("a tag of no field", {"body": [{"value": "请核实"}, {"value": "要紧", "purpose": "tagging"}]}, "请核实\n标签：要紧"),
    ("an annotation that tags", {"motivation": "tagging", "body": {"value": "要紧"}}, "标签：要紧"),
    ("a highlight alone", {"motivation": "highlighting"}, ""),
]


@pytest.mark.parametrize(("more", "note"), [row[1:] for row in BODIES], ids=[row[0] for row in BODIES])
def test_the_readers_words_are_the_note(
    library: Library, items: list[ItemRecord], tmp_path: Path, more: dict[str, Any], note: str
):
    bring(library, tmp_path, annotation(**more))
    assert [mark.note for mark in marking.marks(library)] == [note]


LISTED = [
    ("words that stand twice", annotation(selector=quoted("入库"))),
    ("words that are not there", annotation(selector=quoted("此处没有的话"))),
    ("few words in another context", annotation(selector=quoted("入库率", "此前全然不同的几个字", "此后也不同的几个字"))),
    ("a source that nobody knows", annotation("https://x.example/unknown")),
    ("no words and no place", annotation(selector={"type": "SvgSelector", "value": "<svg/>"})),
    ("a place outside the file", annotation(selector={"type": "TextPositionSelector", "start": 5, "end": 99_999})),
    ("no target", annotation() | {"target": []}),
]


@pytest.mark.parametrize("data", [data for _, data in LISTED], ids=[name for name, _ in LISTED])
def test_what_has_no_certain_place_is_listed_and_changes_nothing(
    library: Library, items: list[ItemRecord], tmp_path: Path, data: Any
):
    done = bring(library, tmp_path, data)
    assert (len(done.unlocated), done.changes) == (1, 0)
    assert quotes(library) == []


def test_without_a_source_the_words_are_looked_for_in_the_issue_that_the_reader_chose(
    library: Library, items: list[ItemRecord], tmp_path: Path
):
    shelved(library, tmp_path, 8)
    data = annotation("https://x.example/unknown")
    assert len(bring(library, tmp_path, data).unlocated) == 1
    for issue in catalogue.issues(library):
        assert bring(library, tmp_path, data | {"id": f"urn:x:{issue.id}"}, issue).new == 1
    assert sorted(catalogue.item(library, mark.item).issue for mark in marking.marks(library)) == [1, 2]


def test_the_number_tells_issues_of_one_title_apart_and_an_open_year_is_not_guessed(
    library: Library, items: list[ItemRecord], tmp_path: Path
):
    shelved(library, tmp_path / "x", 17)
    assert len(bring(library, tmp_path, annotation("《样例要参》2032年第7期")).unlocated) == 1, "not in the library"
    put(library, tmp_path / "y" / "另一年.txt", bulletin(7, "2032-05-06"))
    assert bring(library, tmp_path, annotation("《样例要参》2032年第7期")).new == 1
    assert bring(library, tmp_path, annotation("《样例要参》第17期") | {"id": "urn:x:2"}).new == 1
    assert len(bring(library, tmp_path, annotation("《样例要参》第7期") | {"id": "urn:x:3"}).unlocated) == 1


def test_a_position_alone_is_read_from_a_text_file(library: Library, tmp_path: Path):
    content = f"前言。\n{QUOTE}，入库率居全省前列。"
    put(library, tmp_path / "第7期.txt", bulletin(), content)
    at = content.index(QUOTE)
    bring(library, tmp_path, annotation(selector={"type": "TextPositionSelector", "start": at, "end": at + len(QUOTE)}))
    assert quotes(library) == [QUOTE]


def test_stretches_taken_anywhere_come_back_exactly_there_and_never_elsewhere(
    library: Library, items: list[ItemRecord], tmp_path: Path
):
    chance, sent = random.Random(7), {}
    for number in range(200):
        item = chance.choice(items)
        start = chance.randrange(len(item.text) - 2)
        end = min(start + chance.randint(1, 20), len(item.text))
        if item.text[start:end].strip():
            sides = (item.text[max(0, start - 12) : start], item.text[end : end + 12])
            one = annotation(selector=quoted(item.text[start:end], *sides), id=f"urn:x:{number}")
            sent[number] = (one, (item.id, start, end))
    bring(library, tmp_path, [one for one, _ in sent.values()])
    came = {(mark.item, mark.quote.strip()) for mark in marking.marks(library)}
    assert came <= {(item, catalogue.item(library, item).text[start:end].strip()) for _, (item, start, end) in sent.values()}
    assert len(marking.marks(library)) >= 0.95 * len(sent)


@pytest.mark.parametrize("data", [{}, [], {"rows": []}, "文字", 7, {"items": [{"title": "不是标注"}]}])
def test_json_without_annotations_is_refused(library: Library, items: list[ItemRecord], tmp_path: Path, data: Any):
    with pytest.raises(UnreadableFile, match="没有作任何改动"):
        bring(library, tmp_path, data)


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+08:00", "9999-12-31T23:59:59-08:00", "昨天", 7])
def test_a_time_that_no_calendar_has_is_the_time_of_the_file(
    library: Library, items: list[ItemRecord], tmp_path: Path, moment: Any
):
    assert bring(library, tmp_path, annotation(created=moment)).new == 1
    assert [mark.created_at[:2] for mark in marking.marks(library)] == ["20"]
