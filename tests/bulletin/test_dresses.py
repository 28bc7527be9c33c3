"""Bulletins of other offices, in every way they reach a reader, come out word for word."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from desktop.bulletin.model import Issue, Item, PassageKind
from desktop.bulletin.pages import Pages
from desktop.bulletin.parsing import parse
from desktop.readers import read
from tests.bulletin.copies import copied, recognised, typed
from tests.bulletin.dresses import DRESSES, NEWS, with_nested
from tests.bulletin.gazette import Dress, Part, blocks, expected
from tests.bulletin.specimen import text_pages

ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "gb18030")


def read_back(issue: Issue) -> dict[str, object]:
    """The parsed issue in the form of `expected`."""
    head = issue.masthead
    return {
        "title": head.title,
        "number": head.number,
        "date": head.date,
        "date_text": head.date_text,
        "issuers": list(head.issuers),
        "classification": head.classification,
        "sections": [(section.name, [labelled(item) for item in section.items]) for section in issue.sections],
        "to": list(issue.distribution.to),
        "cc": list(issue.distribution.cc),
        "printed_by": issue.printed_by,
        "printed_date": issue.printed_date,
    }


def labelled(item: Item) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for passage in item.passages:
        label = str(passage.kind)
        if passage.kind is PassageKind.POINT:
            label = f"point {passage.number} {passage.head}"
        elif passage.kind is PassageKind.SUBPOINT:
            label = f"nested {passage.number}"
        elif passage.kind is PassageKind.FOOTNOTE:
            before = item.text[: passage.anchor or 0][-4:]
            label = f"note {passage.mark} after {before}"
        found.append((label, passage.text))
    return found


def comes_back(pages: Pages, dress: Dress, parts: tuple[Part, ...]) -> Issue:
    issue = parse(pages)
    assert isinstance(issue, Issue)
    assert read_back(issue) == expected(dress, parts)
    assert tuple(doubt.code for doubt in issue.doubts) == dress.doubts
    return issue


def news_for(dress: Dress) -> tuple[Part, ...]:
    """Circled numbers cannot count points within points where they already count points or notes."""
    return NEWS if dress.mark(1) == dress.nested(1) or dress.point(1) == dress.nested(1) else with_nested(NEWS)


each_dress = pytest.mark.parametrize("dress", DRESSES, ids=[dress.name for dress in DRESSES])


@each_dress
class TestText:
    @pytest.mark.parametrize("between", ["\n", "\n\n", "\n\n\n\n"], ids=["close", "one blank line", "three blank lines"])
    def test_typed_with_a_line_a_paragraph(self, dress, between):
        parts = news_for(dress)
        comes_back(text_pages(typed(blocks(dress, parts), between)), dress, parts)

    @pytest.mark.parametrize("seed", range(8))
    def test_recognised_page_by_page(self, dress, seed):
        parts = news_for(dress)
        comes_back(text_pages(recognised(blocks(dress, parts), seed)), dress, parts)

    @pytest.mark.parametrize("pages", [False, True], ids=["without pages", "with page numbers and form feeds"])
    @pytest.mark.parametrize("width", [24, 28, 36])
    def test_copied_line_by_line(self, dress, pages, width):
        parts = news_for(dress)
        comes_back(text_pages(copied(blocks(dress, parts), pages=pages, width=width)), dress, parts)

    @pytest.mark.parametrize("head", ["", "云岭要参　2025年第{}期\n"], ids=["no running head", "a running head"])
    def test_copied_with_bare_page_numbers(self, dress, head):
        parts = news_for(dress)
        sheets = copied(blocks(dress, parts), pages=True).split("\f")
        text = "\f".join(head.format(12) + re.sub(r"— (\d+) —", r"\1", sheet) for sheet in sheets)
        comes_back(text_pages(text), dress, parts)

    @pytest.mark.parametrize("encoding", ENCODINGS)
    def test_in_any_encoding(self, dress, encoding, tmp_path):
        parts = news_for(dress)
        file = tmp_path / "参考.txt"
        file.write_bytes(typed(blocks(dress, parts)).replace("\n", "\r\n").encode(encoding))
        comes_back(read(file), dress, parts)

    def test_the_contents_agree_with_the_body(self, dress):
        issue = comes_back(text_pages(typed(blocks(dress, NEWS))), dress, NEWS)
        listed = [(entry.section, list(entry.titles)) for entry in issue.contents]
        assert listed == ([(part.name, [news.title for news in part.items]) for part in NEWS] if dress.contents_head else [])
        pages = [part.page if dress.pages_shown else None for part in NEWS]
        assert [section.page for section in issue.sections] == (pages if dress.contents_head else [None] * len(NEWS))


TEXT = typed(blocks(DRESSES[0], NEWS))
HEAD_LINES = "第 12 期\n\n云岭省科技工作办公室\n\n云岭省科学技术厅\n\n2025 年 3 月 8 日"
ONE_ISSUER = replace(DRESSES[0], issuers=("云岭省科技工作办公室",))
HABITS = [
    (
        "number, issuer and date on one line",
        ONE_ISSUER,
        (HEAD_LINES, "第12期（总第312期）　　云岭省科技工作办公室　　2025年3月8日"),
    ),
    ("who signed it in the head", ONE_ISSUER, (HEAD_LINES, "第 12 期\n云岭省科技工作办公室  2025年3月8日\n签发：张三")),
    (
        "labels before issuers and date",
        DRESSES[0],
        (HEAD_LINES, "（2025年第12期）\n主办单位：云岭省科技工作办公室\n承办单位：云岭省科学技术厅\n出版日期：2025年3月8日"),
    ),
    ("No. before the number", DRESSES[0], ("第 12 期", "No.12")),
    ("a blank behind every comma", DRESSES[0], ("，", "， ")),
    ("notes that say they are", DRESSES[0], ("\n¹ ", "\n注¹：")),
    ("references as tags", DRESSES[0], ("¹", "<sup>1</sup>")),
    ("no foot", replace(DRESSES[0], to=(), cc=(), printed_by="", printed_date=""), (TEXT[TEXT.index("主送") :], "")),
]


@pytest.mark.parametrize(("dress", "habit"), [row[1:] for row in HABITS], ids=[row[0] for row in HABITS])
def test_habits_of_offices(dress, habit):
    assert habit[0] in TEXT
    comes_back(text_pages(TEXT.replace(*habit)), dress, NEWS)


SIGNS = [
    ("heads without any sign", {"section": lambda name, n: name}),
    (
        "heads and contents without any sign",
        {"section": lambda name, n: name, "contents_section": "{name}", "contents_item": "{title}"},
    ),
    ("heads behind a diamond", {"section": lambda name, n: "◆" + name}),
    ("bracketed heads behind a square", {"section": lambda name, n: f"■ 【{name}】"}),
    ("titles behind a number", {"item_title": lambda title, n: f"{n}. {title}"}),
    ("titles behind a star", {"item_title": lambda title, n: f"★ {title}"}),
]


@pytest.mark.parametrize("signs", [signs for _, signs in SIGNS], ids=[name for name, _ in SIGNS])
def test_signs_before_heads_and_titles(signs):
    dress = replace(DRESSES[0], **signs)
    comes_back(text_pages(typed(blocks(dress, NEWS))), dress, NEWS)
