"""Each pitfall of the documents is held off by one rule: the specimen comes out right, and wrong once that rule is switched off.

A row names the pitfall, the rule (where it lives, and a neutral form that a naive reader would write), what is read, and what must
come out.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from unittest.mock import ANY

import pytest

from desktop.bulletin.model import Distribution
from desktop.bulletin.parsing import document as reading
from desktop.bulletin.parsing import layout, parse, printform
from desktop.bulletin.parsing.shapes import marker
from desktop.bulletin.parsing.titles import Found
from desktop.bulletin.traced import join
from tests.bulletin.specimen import FOOT, HEAD, codes, document, issue, outline, text_pages
from tests.bulletin.test_layout import FIRST, FULL, Row, blocks, centred, folio, p

NEVER = re.compile(r"(?!)")
ONE = "省内要情……2\n● 我省培育深空测控产业"
TITLE = "我省培育深空测控产业"
START = f"【省内要情】\n\n{TITLE}\n\n近日，省科技厅印发方案。\n\n"
HEADED = f"[省内要情 2]\n# {TITLE}\n> 近日，省科技厅印发方案。\n"


@dataclass(frozen=True)
class Rule:
    """`where` is replaced by `neutral`; then `read()` must no longer answer `right`."""

    pitfall: str
    where: str
    neutral: Any
    read: Callable[[], Any]
    right: Any


def body(text: str, contents: str = ONE, **options: str) -> Callable[[], str]:
    return lambda: outline(issue(text, contents, **options))


def after_lead(text: str, right: str, **options: str) -> tuple[Callable[[], str], str]:
    return body(START + text, **options), HEADED + right


def plan(text: str) -> Callable[[], str]:
    return lambda: outline(document("云科高〔2024〕7号\n\n云岭省测控产业规划\n\n" + text))


def printed(*sheets: list[Row]) -> Callable[[], list[str]]:
    return lambda: [block.words for block in blocks(*sheets)]


def issuers() -> tuple[str, ...]:
    return issue(START, ONE).masthead.issuers


def receivers(foot: str) -> Callable[[], Any]:
    return lambda: issue(START, ONE, foot=foot).distribution


def kind(text: str) -> Callable[[], str]:
    return lambda: parse(text_pages(text)).kind


def first_line_only(titles: Any, blocks: Any, at: int, skip: int) -> Found | None:
    listed = next((one for one in titles.remaining if one.folded == "".join(blocks[at].words[skip:].split())), None)
    return Found(listed, 1, skip) if listed else None


HALF = re.compile(r"^（(?P<n>\d{1,2})(?P<s>)）\s*")
TWO = ("● 海澜省推动潮汐能开发", "海澜省推动潮汐能开发")

RULES = [
    Rule(
        "1.0 markers at half width",
        "shapes._MARKERS",
        (("（1）", HALF),),
        *after_lead("(1) 加大支持。设立专窗。", "(1) 加大支持｜设立专窗。"),
    ),
    Rule(
        "1.1 two issuers without a blank line",
        "masthead._issuers",
        lambda rest, title: rest[-1:],
        issuers,
        ("云岭省科技工作办公室", "云岭省科学技术厅"),
    ),
    Rule("1.1 blanks within the number", "masthead._NUMBER", re.compile(r"第\d+期"), kind(HEAD + START), "issue"),
    Rule(
        "1.2 pages on section lines only, behind leaders of any kind",
        "shapes._LEADERS",
        re.compile(r"\.{5}(\d+)$"),
        body(START.strip(), "省内要情 ······\t2\n● 我省培育深空测控产业\t"),
        HEADED.strip(),
    ),
    Rule("1.2 a bullet is no part of a title", "shapes._BULLET", NEVER, lambda: codes(issue(START, ONE)), []),
    Rule(
        "1.2 section names carry brackets in the body alone",
        "contents._sections",
        lambda lines, known: {at for at, line in enumerate(lines) if line.bracketed},
        body(START.strip()),
        HEADED.strip(),
    ),
    Rule(
        "1.3 a head is a whole line",
        "shapes._SECTION",
        re.compile("^【(.+?)】"),
        *after_lead("【本刊讯】方案明确三项任务。", "- 【本刊讯】方案明确三项任务。"),
    ),
    Rule("1.4 stray blanks in titles", "titles.fold", str, lambda: codes(issue(START.replace("深空测控", "深空 测控"), ONE)), []),
    Rule(
        "1.4 a title over two lines",
        "titles.TitleList._match",
        first_line_only,
        lambda: codes(issue(START.replace("深空测控", "深空\n测控"), ONE)),
        [],
    ),
    Rule(
        "1.4 a short tail is no title",
        "issue.looks_like_title",
        lambda blocks, at, listed: len(blocks[at].words) < 30,
        *after_lead(
            "（1）加大支持。每批奖励100万元。\n\n下一步，扩大范围。", "(1) 加大支持｜每批奖励100万元。\n- 下一步，扩大范围。"
        ),
    ),
    Rule(
        "1.4 a title may end in 》",
        "shapes._HALF_END",
        re.compile("[，、；。！？：,;》]$"),
        body("【省内要情】\n\n省科技厅印发《测控方案》\n\n近日，方案印发。", ""),
        "[省内要情]\n# 省科技厅印发《测控方案》\n> 近日，方案印发。",
    ),
    Rule(
        "1.4 a title that the contents leave out",
        "issue.looks_like_title",
        lambda blocks, at, listed: False,
        *after_lead("青枫县建成数据中心\n\n近日，中心建成。", "# 青枫县建成数据中心\n> 近日，中心建成。"),
    ),
    Rule(
        "1.4 a title that differs by a character",
        "titles.TitleList.nearly",
        lambda titles, blocks, at: None,
        lambda: codes(issue(START, ONE.replace("测", "侧"))),
        ["title-differs-from-contents"],
    ),
    Rule(
        "1.5 a lead need not say 近日",
        "drafts.ItemDraft._start_paragraph",
        lambda draft, block: None,
        body(START.replace("近日，", "为").strip()),
        HEADED.replace("近日，", "为").strip(),
    ),
    Rule(
        "1.6 the head of a point ends at its first 。",
        "growing.head_of",
        lambda text: re.split("[，。]", text)[0],
        *after_lead("（1）支持人才、金融，赋能创新。设立专窗。", "(1) 支持人才、金融，赋能创新｜设立专窗。"),
    ),
    Rule(
        "1.6 a gap in the numbers is told",
        "drafts.ItemDraft._expected",
        lambda draft: ANY,
        lambda: codes(issue(START + "（1）甲。乙。\n\n（3）丙。丁。", ONE)),
        ["point-number-gap"],
    ),
    Rule(
        "1.6 a bracket at a page turn opens no point",
        "drafts.ItemDraft._new_point",
        lambda draft, block: marker(block.words),
        *after_lead("（1）加大支持。首批建设\n\n（3）类平台五个。", "(1) 加大支持｜首批建设（3）类平台五个。"),
    ),
    Rule(
        "1.7 这一是 is no part",
        "points._may_start",
        lambda text, at, head: True,
        lambda: [
            one.text
            for one in issue(START + "（1）抓落实。这一是基础。一是抓早。二是抓小。", ONE).sections[0].items[0].passages[2].parts
        ],
        ["抓早。", "抓小。"],
    ),
    Rule(
        "1.9 a note does not close the paragraph",
        "issue._BodyReader._is_note",
        lambda reader, block: False,
        body(START.replace("方案", "方案¹") + "（1）加大支持。每批奖励\n\n¹ “方案”指三年方案。\n\n100万元。"),
        HEADED.replace("方案", "方案¹") + "(1) 加大支持｜每批奖励100万元。\n* 1@22 “方案”指三年方案。",
    ),
    Rule(
        "1.9 a note belongs to the item that refers to it",
        "issue._BodyReader._bind_notes",
        lambda reader: None,
        lambda: codes(
            issue(
                START.replace("方案", "方案¹") + "海澜省推动潮汐能开发\n\n近日，意见印发。\n\n¹ “方案”指三年方案。",
                ONE + "\n" + TWO[0],
            )
        ),
        [],
    ),
    Rule(
        "1.10 bold residue",
        "textblocks._MARKUP",
        NEVER,
        *after_lead("（1）强化**服务**\n\n保障。设立专窗。", "(1) 强化服务保障｜设立专窗。"),
    ),
    Rule(
        "1.11 a blank line ends no paragraph",
        "growing.continues_sentence",
        lambda text: False,
        *after_lead("（1）加大支持。支持智算中心、\n\n科技企业。", "(1) 加大支持｜支持智算中心、科技企业。"),
    ),
    Rule(
        "1.11 ；does not end a paragraph",
        "shapes._END",
        re.compile("[。！？：；]$"),
        *after_lead("（1）加大支持。位居首位；\n\n比重提高。", "(1) 加大支持｜位居首位；比重提高。"),
    ),
    Rule(
        "1.11 三是 goes on after a full stop",
        "growing.continues_sequence",
        lambda text, block: False,
        *after_lead("（1）抓落实。一是抓早。二是抓小。\n\n三是抓严。", "(1) 抓落实｜一是抓早。二是抓小。三是抓严。"),
    ),
    Rule(
        "1.11 characters repeated at a seam",
        "growing.seam",
        lambda pieces, block: (block, ""),
        *after_lead("（1）加大支持。设立政府投资基金\n\n金作用凸显。", "(1) 加大支持｜设立政府投资基金作用凸显。"),
    ),
    Rule(
        "1.11 人人 is no repetition",
        "joins._REDUPLICATED",
        frozenset(),
        *after_lead("（1）共同参与。做到人\n\n人参与。", "(1) 共同参与｜做到人人参与。"),
    ),
    Rule(
        "1.11 halves join without a blank",
        "growing.join",
        lambda pieces, between="": join(pieces, " "),
        *after_lead("（1）加大支持。聚焦优\n\n势特色。", "(1) 加大支持｜聚焦优势特色。"),
    ),
    Rule(
        "1.12 blanks between Chinese and digits are none",
        "printform._clean",
        lambda text, keep_between_cjk: text.strip(),
        *after_lead("（1）加大支持。惠及 120 余项。", "(1) 加大支持｜惠及120余项。"),
    ),
    Rule(
        "1.12 a blank within running text stays",
        "growing.printform.running",
        printform.title,
        *after_lead("（1）加强交流。跨越山海 交流互鉴。", "(1) 加强交流｜跨越山海 交流互鉴。"),
    ),
    Rule(
        "1.13 、 binds within one receiver",
        "distribution._SEPARATORS",
        re.compile("[，。、]"),
        receivers(FOOT),
        Distribution(("省科技委主任、副主任", "省科技办"), ("各市（州）科技局",)),
    ),
    Rule(
        "1.13 the second paragraph of 主送 is no text",
        "issue.foot_start",
        lambda blocks, start: next(at for at, one in enumerate(blocks) if one.words.startswith("抄送")),
        body(START.strip(), foot=FOOT.replace("省科技办。", "省科技办。\n\n省委办公厅。")),
        HEADED.strip(),
    ),
    Rule(
        "1.13 抄送 over two lines",
        "distribution.shapes.is_closed",
        lambda text: True,
        receivers(FOOT.replace("（州）科技局", "（州）\n科技局")),
        Distribution(("省科技委主任、副主任", "省科技办"), ("各市（州）科技局",)),
    ),
    Rule(
        "1.14 what was misread is told",
        "parse.misreads",
        lambda text: iter(()),
        lambda: codes(issue(START + "以镥-68（Ge-68）为原料。", ONE)),
        ["likely-misread"],
    ),
    Rule(
        "1.15 page numbers of a print are no text",
        "layout.without_furniture",
        lambda pages: ([rows for _, rows in pages], {}),
        printed([p(FIRST), Row(FULL), folio(1)], [Row("成效。"), folio(2)]),
        [FIRST + FULL + "成效。"],
    ),
    Rule(
        "1.15 a note of a print stands at its foot",
        "layout.split_notes",
        lambda rows, em: (list(rows), []),
        printed([p(FIRST), Row(FULL), Row("1 注释。", size=9, y=-2), folio(1)], [Row("成效。"), folio(2)]),
        [FIRST + FULL + "成效。", "¹ 注释。"],
    ),
    Rule(
        "1.15 a centred title of two rows",
        "layout._same_heading",
        lambda last, row: False,
        printed([centred("我省培育深空"), centred("测控产业"), p(FIRST), Row(FULL)]),
        ["我省培育深空测控产业", FIRST + FULL],
    ),
    Rule(
        "1.15 an indent opens a paragraph",
        "layout._verdict",
        lambda rows, row, column: layout._Seam.CONTINUES,
        printed([p(FIRST), Row(FULL), p(FIRST), Row(FULL)]),
        [FIRST + FULL, FIRST + FULL],
    ),
    Rule(
        "2 （一） is a heading in a plan alone",
        "parse.is_official",
        lambda blocks: False,
        kind("云岭参考\n第12期\n云科高〔2024〕7号\n\n一、总体要求\n\n（一）指导思想\n\n坚持。"),
        "document",
    ),
    Rule(
        "2 headings by numerals and never by markup",
        "textblocks._HASHES",
        NEVER,
        plan("### 一、总体要求\n\n## 二、重点任务\n\n抓落实。"),
        "一、 总体要求\n二、 重点任务\n  - 抓落实。",
    ),
    Rule(
        "2 brackets of either width",
        "shapes._MARKERS",
        (("一、", re.compile("^(?P<n>[一二])(?P<s>)、")), ("（一）", re.compile("^（(?P<n>[一二])(?P<s>)）"))),
        plan("一、总体要求\n\n(一)思想\n\n（二）目标\n\n二、任务\n\n抓落实。"),
        "一、 总体要求\n  （一） 思想\n  （二） 目标\n二、 任务\n  - 抓落实。",
    ),
    Rule(
        "2 a heading that runs into its text",
        "numbering._title_end",
        lambda words, start: len(words),
        plan("一、总体要求\n\n1. **集成电路。**发展芯片。\n\n2. 软件。发展系统。"),
        "一、 总体要求\n  1. 集成电路。\n    - 发展芯片。\n  2. 软件。\n    - 发展系统。",
    ),
    Rule(
        "2 boxes",
        "nodes._BOX",
        NEVER,
        lambda: [
            box.text
            for box in document(
                "云科高〔2024〕7号\n\n规划\n\n一、任务\n\n抓落实。\n\n专栏1 测控\n\n建设天线。\n\n二、保障\n\n加强领导。"
            ).boxes
        ],
        ["建设天线。"],
    ),
    Rule(
        "2 a header repeated after a page cut",
        "tables._texts",
        lambda cells: tuple(object() for _ in cells),
        lambda: len(
            document(
                "云科高〔2024〕7号\n\n规划\n\n一、任务\n\n表1 进度\n\n序号\t项目\t进度\n1\t天线\t6\n序号\t项目\t进度\n2\t中心\t8\n\n二、保障\n\n加强领导。"
            )
            .tables[0]
            .rows
        ),
        3,
    ),
    Rule(
        "2 formulas",
        "textblocks._FORMULA",
        NEVER,
        *after_lead("（1）发展材料。制备$ZrO_2$粉体。", "(1) 发展材料｜制备ZrO₂粉体。"),
    ),
    Rule(
        "2 pages from the contents",
        "document._read_pages",
        lambda blocks: reading._Contents(),
        lambda: [
            node.page
            for node in document(
                "云科高〔2024〕7号\n\n规划\n\n目录\n一、要求......1\n二、任务......9\n\n一、要求\n\n抓早。\n\n二、任务\n\n抓小。"
            ).outline
        ],
        [1, 9],
    ),
]

each_rule = pytest.mark.parametrize("rule", RULES, ids=[rule.pitfall for rule in RULES])


@each_rule
def test_the_pitfall_is_avoided(rule):
    assert rule.read() == rule.right


@each_rule
def test_without_its_rule_the_reader_falls_in(rule, monkeypatch):
    module, *owners, name = rule.where.split(".")
    owner = importlib.import_module(f"desktop.bulletin.parsing.{module}")
    for one in owners:
        owner = getattr(owner, one)
    monkeypatch.setattr(owner, name, rule.neutral)
    assert rule.read() != rule.right
