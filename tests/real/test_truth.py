"""The real issues and the real plan parse exactly as their hand-checked truths say, from text and from print."""

from __future__ import annotations

import json

import pytest

from desktop.bulletin.jsonform import bulletin_to_json
from desktop.bulletin.parsing import parse
from desktop.fields.from_plan import vocabulary_from_plan
from desktop.fields.jsonform import load_vocabulary
from desktop.readers import read

ISSUES = ("000", "001", "002", "003")
FORMS = (("issues", ".txt"), ("pdf", ".pdf"))
either_form = pytest.mark.parametrize("form", FORMS, ids=["text", "print"])


def parsed(data, number, form):
    folder, suffix = form
    (path,) = (data / folder).glob(f"{number}*{suffix}")
    return bulletin_to_json(parse(read(path)))


def truth_of(data, number):
    return json.loads((data / "truth" / f"{number}.json").read_text("utf-8"))


@pytest.mark.parametrize("number", ISSUES)
@either_form
class TestIssue:
    def test_masthead_and_foot(self, data, number, form):
        issue, truth = parsed(data, number, form), truth_of(data, number)
        for key in ("title", "number", "date", "date_text", "issuers", "printed_by", "printed_date"):
            assert issue[key] == truth[key]
        assert issue["distribution"] == {key: truth["distribution"][key] for key in ("to", "cc")}

    def test_contents(self, data, number, form):
        sections = truth_of(data, number)["sections"]
        expected = [{"section": s["name"], "page": s["page"], "titles": [i["toc_title"] for i in s["items"]]} for s in sections]
        assert parsed(data, number, form)["contents"] == expected

    def test_items(self, data, number, form):
        expected = [(s["name"], s["page"], list(map(item_of_truth, s["items"]))) for s in truth_of(data, number)["sections"]]
        sections = parsed(data, number, form)["sections"]
        assert [(s["name"], s["page"], list(map(item_of_json, s["items"]))) for s in sections] == expected

    def test_pages_of_items_are_right_where_they_are_known(self, data, number, form):
        items = [item for section in parsed(data, number, form)["sections"] for item in section["items"]]
        truths = [item["page_inferred"] for section in truth_of(data, number)["sections"] for item in section["items"]]
        known = [(item["page"], page) for item, page in zip(items, truths, strict=True) if item["page"] is not None]
        assert all(page == truth for page, truth in known)
        assert len(known) == len(items) or form[1] == ".txt"


def item_of_truth(item):
    points = [(p["n"], p["head"], p["text"], p.get("sub", [])) for p in item["points"]]
    notes = [("1", note["text"], note["anchor"]["in"], note["anchor"]["offset"]) for note in item["footnotes"]]
    return item["title"], item["lead"], points, item["paragraphs"], notes


def item_of_json(item):
    points = [(p["n"], p["head"], p["text"], p.get("sub", [])) for p in item["points"]]
    notes = [(note["mark"], note["text"], note["anchor"]["in"], note["anchor"]["offset"]) for note in item["footnotes"]]
    return item["title"], item["lead"], points, item["paragraphs"], notes


@pytest.mark.parametrize("number", ISSUES)
def test_print_and_text_give_the_same_words(data, number):
    text, printed = (parsed(data, number, form) for form in FORMS)
    assert words_of(text) == words_of(printed)


def words_of(issue):
    return [item_of_json(item) for section in issue["sections"] for item in section["items"]]


def test_only_known_faults_of_the_recognition_are_doubted(data):
    doubts = {number: [doubt["code"] for doubt in parsed(data, number, FORMS[0])["doubts"]] for number in ISSUES}
    assert doubts == {"000": ["duplicate-removed", "likely-misread"], "001": [], "002": ["join-after-full-stop"], "003": []}


@either_form
class TestPlan:
    def test_front(self, data, form):
        plan, truth = parsed(data, "004", form), truth_of(data, "004")
        assert plan["kind"] == "document"
        assert (plan["title"], plan["doc_number"], plan["issuer"]) == (truth["title"], truth["doc_number"], truth["cover_org"])
        assert plan["date"] == truth["printed_date"]
        notice, body = plan["front"]
        assert (notice["title"], notice["paragraphs"]) == (truth["notice_title"], [truth["notice_to_text"], truth["notice_body"]])
        assert body["paragraphs"][-1] == truth["preface"]["text"]

    def test_outline(self, data, form):
        chapters = truth_of(data, "004")["chapters"]
        assert list(map(node_of_json, parsed(data, "004", form)["outline"])) == [
            node_of_truth(c, "{}、", "（{}）") for c in chapters
        ]

    def test_boxes_and_tables(self, data, form):
        plan, truth = parsed(data, "004", form), truth_of(data, "004")
        sections = [section for chapter in truth["chapters"] for section in chapter["sections"]]
        boxes = [(b["number"], b["title"], "\n".join(text_of(b))) for section in sections for b in section["boxes"]]
        assert [(box["number"], box["title"], box["text"]) for box in plan["boxes"]] == boxes
        tables = [(t["title"], [t["columns"], *t["rows"]]) for section in sections for t in section.get("tables", ())]
        assert [(table["title"], table["rows"]) for table in plan["tables"]] == tables

    def test_every_node_is_an_item_of_the_library(self, data, form):
        folder, suffix = form
        (path,) = (data / folder).glob(f"004*{suffix}")
        plan = parse(read(path))
        depths = [item.depth for section in plan.sections for item in section.items if item.numeral and item.numeral[:1] != "专"]
        assert (depths.count(1), depths.count(2), depths.count(3)) == (6, 29, 46)


def text_of(node):
    return [paragraph["text"] for paragraph in node["paragraphs"]]


def node_of_truth(node, *numerals):
    children = node.get("sections") or node.get("subsections") or ()
    numeral = numerals[0].format(node["number"])
    below = [node_of_truth(child, *numerals[1:], "{}.") for child in children]
    return numeral, node["title"], node.get("page"), "\n".join(text_of(node)), below


def node_of_json(node):
    page = node["page"] if node["level"] < 3 else None
    return node["numeral"], node["title"], page, node["text"], list(map(node_of_json, node["children"]))


@either_form
def test_the_plan_gives_the_ten_fields_and_their_46_subfields(data, form):
    folder, suffix = form
    (path,) = (data / folder).glob(f"004*{suffix}")
    built = vocabulary_from_plan(parse(read(path)), load_vocabulary())
    names = [(field.name, [sub.name for sub in field.subfields]) for field in built.fields]
    assert names == [(field.name, [sub.name for sub in field.subfields]) for field in load_vocabulary().fields]
    assert (len(names), sum(len(subfields) for _, subfields in names)) == (10, 46)
