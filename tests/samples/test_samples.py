"""The sample issues hold what they promise: every element and blemish of a real issue, the same words in all three files."""

from __future__ import annotations

import json
import re

import pymupdf
import pytest

from desktop.bulletin.folding import squash
from tests.composing import RED, compose, title_pages
from tests.samples.prints import PRINTS
from tests.samples.transcript import transcribe

NUMBERS = {sample.number: sample for sample in PRINTS}
every_sample = pytest.mark.parametrize("sample", PRINTS, ids=lambda sample: str(sample.number))


def issue_of(sample):
    return json.loads(sample.path(".json").read_text("utf-8"))


def text_of(sample):
    return sample.path(".txt").read_text("utf-8")


def items_of(issue):
    return [item for section in issue["sections"] for item in section["items"]]


def passages_of(item):
    return [item["title"], item["lead"], *(point["text"] for point in item["points"]), *item["paragraphs"]]


BLEMISHES = [
    (901, "round brackets in half width", r"\n\(1\) 支持新药"),
    (901, "round brackets in full width on one page", r"\n（1）夯实算力"),
    (902, "a bracket without its blank", r"\n\(3\)提升孵化"),
    (901, "contents with middle dots and TAB", r"省外速览······\t2\n● 云岭省.+\t\n"),
    (902, "contents as a loose list with ASCII dots", r"省外速览\.{5}2\n\n- 海澜省.+\n- 望海市.+\n\n省内要情"),
    (903, "contents with glued bullets", r"部委动态\.{5}\t2\n●三部门.+\t\n"),
    (901, "a stray blank in a title of the contents", r"● 青枫县以“一张清单” 优化"),
    (902, "a title in quotation marks with a stray blank", r"- “同饮一江水” 跨国流域"),
    (901, "a title broken in two lines of print", r"\n\n云岭省出台.+价值 链高端迈进\n\n"),
    (902, "a title that ends in a closing mark", r"\n\n海澜省.+方 案（2024—2026 年）》\n\n"),
    (902, "a cut inside a quotation", r"“政策宣讲进园\n\n区”活动"),
    (903, "a cut after an enumeration comma", r"有色、石化、\n\n轻工等行业"),
    (901, "a half that starts like a bullet", r"玻璃气室把铷\n\n-87 原子"),
    (901, "a doubled character at a cut", r"人才结构\n\n构等 18 项指标"),
    (902, "a bold residue", r"\*\*二是推广创业担保贷款。\*\*由省级"),
    (902, "a bold residue cut by the page", r"\*\*三是畅通投资\*\*\n\n退出渠道。支持"),
    (902, "a paragraph that goes on after a full stop", r"项目 20 余个。\n\n三是建设零碳"),
    (902, "a lead cut by the page", r"2023 年下降\n\n14%，绿色工厂"),
    (903, "a short tail", r"采购金额的\n\n20%给予奖励。\n\n"),
    (901, "a footnote in the middle of a point", r"合同金额的\n\n¹ “3\+6\+N”医药产业体系中.+。\n\n10%给予补贴"),
    (901, "a footnote reference", r"医药产业体系¹，"),
    (902, "blanks between characters and digits", r"专业孵化器 40 家"),
    (903, "pages with and without such blanks", r"下降15%以上[\s\S]+超过 1500 亿元"),
    (902, "a blank that is printed", r"《江上人家 山中灯火》"),
    (902, "quotation marks within quotation marks", r"“示例—海滨流域治理‘绿色走廊’联合实验室”"),
    (902, "an ordinal that opens no part", r"关键之一是建设"),
    (902, "主送 in two paragraphs", r"主送：.+，示例省科技办。\n\n示例省委办，.+。\n\n抄送："),
    (901, "a line wrap in 抄送", r"抄送：.+示例省属\n（共建）高等学校"),
    (901, "two issuers without a blank line", r"\n示例省科技工作委员会办公室\n示例省科学技术厅\n\n2024 年 3 月 8 日\n"),
    (903, "a third section", r"\n【部委动态】\n"),
]


@pytest.mark.parametrize(("number", "blemish", "pattern"), BLEMISHES, ids=[f"{row[0]}-{row[1]}" for row in BLEMISHES])
def test_text_holds_every_blemish_of_a_real_one(number, blemish, pattern):
    assert len(re.findall(pattern, text_of(NUMBERS[number]))) == 1, blemish


@every_sample
def test_text_and_page_numbers_follow_from_the_json(sample):
    issue = issue_of(sample)
    sheets = compose(issue, sample.layout)
    assert text_of(sample) == transcribe(issue, sheets, sample.blemishes)
    assert [item["page"] for item in items_of(issue)] == title_pages(sheets)
    assert [entry["titles"] for entry in issue["contents"]] == [
        [item["title"] for item in section["items"]] for section in issue["sections"]
    ]


@every_sample
def test_sample_says_that_it_is_fictional(sample):
    assert "本期为软件示例，所涉机构、地名、人物、数据和事件均属虚构。" in items_of(issue_of(sample))[-1]["paragraphs"]
    assert sample.number > 900


@every_sample
def test_sample_is_as_long_and_as_varied_as_a_real_issue(sample):
    issue = issue_of(sample)
    assert 3500 < len(squash(text_of(sample))) < 4300
    assert len(items_of(issue)) == 5
    assert {bool(item["points"]) for item in items_of(issue)} == {True, False}
    for item in items_of(issue):
        assert [point["n"] for point in item["points"]] == list(range(1, len(item["points"]) + 1))
        assert all(point["text"].startswith(point["head"] + "。") for point in item["points"])


@pytest.fixture(scope="module", params=PRINTS, ids=lambda sample: str(sample.number))
def printed(request):
    with pymupdf.open(request.param.path(".pdf")) as document:
        yield request.param, document


def body_text(document, notes):
    """The pages' text in reading order without page numbers and footnotes, white space removed."""
    pages = (re.sub(r"\n— \d+ —\n", "\n", page.get_text()) for page in list(document)[1:])
    text = squash("".join(pages))
    for note in notes:
        assert squash(note["mark"] + note["text"]) in text
        text = text.replace(squash(note["mark"] + note["text"]), "")
    return text


def test_pdf_holds_every_passage_in_order(printed):
    sample, document = printed
    items = items_of(issue_of(sample))
    text = body_text(document, [note for item in items for note in item["footnotes"]])
    at = 0
    for passage in (passage for item in items for passage in passages_of(item)):
        at = text.index(squash(passage).replace("¹", "1"), at)


def test_pdf_looks_like_a_real_one(printed):
    _, document = printed
    assert document[0].rect.width == pytest.approx(595, abs=1)
    assert document[0].rect.height == pytest.approx(842, abs=1)
    spans = [
        span
        for page in document
        for block in page.get_text("dict")["blocks"]
        for line in block["lines"]
        for span in line["spans"]
    ]
    red = "".join(f"{round(part * 255):02x}" for part in RED)
    assert [span["text"] for span in spans if span["size"] == 48 and f"{span['color']:06x}" == red] == ["创新驱动要参"]
    heads = [span for span in spans if span["text"].startswith("（1）")]
    assert heads
    assert all(span["flags"] & pymupdf.TEXT_FONT_BOLD for span in heads)
    for page in list(document)[1:]:
        (folio,) = page.search_for(f"— {page.number + 1} —")
        assert (folio.x0 > 297) == (page.number % 2 == 0), "odd pages carry their number on the right"


def test_pdf_needs_no_font_of_the_machine_and_is_small(printed):
    sample, document = printed
    assert sample.path(".pdf").stat().st_size < 400_000
    assert all(font[1] == "ttf" for page in document for font in page.get_fonts())
