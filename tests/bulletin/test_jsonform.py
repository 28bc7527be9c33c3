"""The JSON of `parse --json` keeps its keys, and stored passages come back as they were."""

from __future__ import annotations

import json

import pytest

from desktop.bulletin.jsonform import bulletin_to_json, passages_from_json, passages_to_json
from desktop.bulletin.model import Part, Passage, PassageKind, Place
from tests.bulletin.specimen import document, issue, items

BODY = (
    "【省内要情】\n\n我省培育深空测控产业\n\n近日，印发方案¹。\n\n（1）统筹布局。一是建天线。二是建中心。\n\n"
    "¹ 三年行动方案。\n\n（1）又起一组。正文。"
)


def test_keys_of_an_issue():
    form = bulletin_to_json(issue(BODY, "省内要情……2\n● 我省培育深空测控产业"))
    assert list(form) == [
        "schema",
        "kind",
        "title",
        "number",
        "date",
        "date_text",
        "issuers",
        "contents",
        "sections",
        "distribution",
        "printed_by",
        "printed_date",
        "classification",
        "doubts",
    ]
    assert form["contents"] == [{"section": "省内要情", "page": 2, "titles": ["我省培育深空测控产业"]}]
    assert form["sections"] == [
        {
            "name": "省内要情",
            "page": 2,
            "items": [
                {
                    "title": "我省培育深空测控产业",
                    "page": 2,
                    "lead": "近日，印发方案¹。",
                    "points": [
                        {
                            "n": 1,
                            "head": "统筹布局",
                            "text": "统筹布局。一是建天线。二是建中心。",
                            "marker": "（1）",
                            "sub": [{"label": "一是", "text": "一是建天线。"}, {"label": "二是", "text": "二是建中心。"}],
                        },
                        {"n": 1, "head": "又起一组", "text": "又起一组。正文。", "marker": "（1）"},
                    ],
                    "paragraphs": [],
                    "footnotes": [{"mark": "1", "text": "三年行动方案。", "anchor": {"in": "lead", "offset": 7}}],
                }
            ],
        }
    ]
    (found,) = form["doubts"]
    assert (found["code"], found["where"]) == ("point-number-gap", {"page": 1, "line": 27})
    assert json.loads(json.dumps(form)) == form


def test_keys_of_a_document():
    form = bulletin_to_json(
        document("云科高〔2024〕7号\n\n关于申报工作的通知\n\n各单位：\n\n一、要求\n\n（一）加强领导。各级要重视。")
    )
    assert list(form) == [
        "schema",
        "kind",
        "title",
        "doc_number",
        "issuer",
        "date",
        "outline",
        "boxes",
        "tables",
        "front",
        "classification",
        "doubts",
    ]
    assert form["outline"] == [
        {
            "level": 1,
            "numeral": "一、",
            "title": "要求",
            "page": None,
            "text": "",
            "run_in": False,
            "children": [
                {
                    "level": 2,
                    "numeral": "（一）",
                    "title": "加强领导",
                    "page": None,
                    "text": "各级要重视。",
                    "run_in": True,
                    "children": [],
                }
            ],
        }
    ]


def test_passages_come_back():
    (item,) = items(issue(BODY, "省内要情……2\n● 我省培育深空测控产业"))
    assert passages_from_json(passages_to_json(item.passages)) == item.passages
    full = Passage(PassageKind.POINT, "甲", (Place(0, 1, 2, 3),), 4, "（4）", "甲", "1", 0, (Part("一是", "乙"),))
    assert passages_from_json(passages_to_json((full,))) == (full,)


@pytest.mark.parametrize("text", ["", "{", "[1]", '[{"kind":"unknown","text":""}]', '[{"kind":"lead"}]'])
def test_damaged_passages_are_refused(text):
    with pytest.raises((ValueError, KeyError, TypeError)):
        passages_from_json(text)
