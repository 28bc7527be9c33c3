"""What a reader finds in the tree of an issue, for each thing that print and OCR do to it."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from tests.bulletin.specimen import codes, issue, outline


@dataclass(frozen=True)
class Case:
    promise: str
    contents: str
    body: str
    outline: str
    doubts: tuple[str, ...] = ()


TWO = "省外速览 ······\t2\n● 海澜省推动潮汐能开发\t\n省内要情 ······\t5\n● 我省培育深空测控产业\t"
ONE = "省内要情 ······\t2\n● 我省培育深空测控产业"
LEAD = "近日，省科技厅印发方案，培育深空测控产业。"
START = f"【省内要情】\n\n我省培育深空测控产业\n\n{LEAD}\n\n"
HEADED = f"[省内要情 2]\n# 我省培育深空测控产业\n> {LEAD}\n"

TITLES = [
    Case(
        "sections and titles follow the contents",
        TWO,
        "【省外速览】\n\n海澜省推动潮汐能开发\n\n近日，海澜省发布意见。\n\n【省内要情】\n\n我省培育深空测控产业\n\n今年以来，成效明显。",
        "[省外速览 2]\n# 海澜省推动潮汐能开发\n> 近日，海澜省发布意见。\n"
        "[省内要情 5]\n# 我省培育深空测控产业\n> 今年以来，成效明显。",
    ),
    Case(
        "a blank where the printed title broke its line is no part of it",
        "省内要情 ······\t2\n● “云岭造” 测控天线投入使用",
        "【省内要情】\n\n“云岭造”测控天线 投入使用\n\n测控天线是深空探测的眼睛。",
        "[省内要情 2]\n# “云岭造”测控天线投入使用\n> 测控天线是深空探测的眼睛。",
    ),
    Case(
        "a title over two lines is one title",
        "省内要情 ······\t2\n● 我省培育深空测控产业取得阶段性成效",
        "【省内要情】\n\n我省培育深空测控产业\n取得阶段性成效\n\n今年以来，成效明显。",
        "[省内要情 2]\n# 我省培育深空测控产业取得阶段性成效\n> 今年以来，成效明显。",
    ),
    Case(
        "a title may end in 》 or ）",
        "省内要情 ······\t2\n● 省科技厅印发《测控产业方案（2024—2026 年）》",
        "【省内要情】\n\n省科技厅印发《测控产业方案（2024—2026年）》\n\n近日，方案印发。",
        "[省内要情 2]\n# 省科技厅印发《测控产业方案（2024—2026年）》\n> 近日，方案印发。",
    ),
    Case(
        "a title that the contents print with another character is found and doubted",
        "省内要情 ······\t2\n● 我省培育深空侧控产业",
        START.strip(),
        HEADED.strip(),
        ("title-differs-from-contents",),
    ),
    Case(
        "a title over two lines that the contents print with another character is found",
        "省内要情 ······\t2\n● 我省培育深空侧控产业取得阶段性成效",
        "【省内要情】\n\n我省培育深空测控产业\n取得阶段性成效\n\n今年以来，成效明显。",
        "[省内要情 2]\n# 我省培育深空测控产业取得阶段性成效\n> 今年以来，成效明显。",
        ("title-differs-from-contents",),
    ),
    Case(
        "a title missing from the contents is found by its place and doubted",
        ONE,
        START + "青枫县建成测控数据中心\n\n近日，青枫县建成中心。",
        HEADED + "# 青枫县建成测控数据中心\n> 近日，青枫县建成中心。",
        ("title-not-in-contents",),
    ),
    Case(
        "an entry of the contents without text is reported",
        ONE + "\n● 青枫县建成测控数据中心",
        START.strip(),
        HEADED.strip(),
        ("contents-entry-not-found",),
    ),
    Case(
        "the short tail of a paragraph is no title",
        ONE,
        START + "（1）加大支持。每批奖励不超过\n\n100 万元/批。\n\n（2）强化服务。设立专窗。",
        HEADED + "(1) 加大支持｜每批奖励不超过100万元/批。\n(2) 强化服务｜设立专窗。",
    ),
]

CONTENTS = (
    [
        Case(f"contents with {name}", contents, START.strip(), HEADED.strip() if page else HEADED.replace(" 2]", "]").strip())
        for name, contents, page in (
            ("ASCII dots and hyphen bullets", "省内要情.....2\n\n- 我省培育深空测控产业", True),
            ("a bullet without a blank", "省内要情.....2\n●我省培育深空测控产业\t", True),
            ("no bullet", "省内要情……2\n我省培育深空测控产业", True),
            ("pages on the items too", "省内要情……2\n● 我省培育深空测控产业……2", True),
            ("pages on the items only", "【省内要情】\n● 我省培育深空测控产业……2", False),
            ("numbers before the entries", "一、省内要情……2\n1. 我省培育深空测控产业", True),
            ("sections in brackets", "【省内要情】……2\n我省培育深空测控产业", True),
            ("no page at all", "省内要情\n● 我省培育深空测控产业", False),
            ("diamonds and full-width page in brackets", "省内要情……（２）\n◆我省培育深空测控产业", True),
        )
    ]
    + [
        Case(
            f"sections behind {sign}, in the contents and again in the body",
            f"{sign}省外速览\n海澜省推动潮汐能开发\n{sign}省内要情\n我省培育深空测控产业",
            f"{sign}省外速览\n海澜省推动潮汐能开发\n近日，海澜省发布意见。\n{sign}省内要情\n我省培育深空测控产业\n今年以来，成效明显。",
            "[省外速览]\n# 海澜省推动潮汐能开发\n> 近日，海澜省发布意见。\n[省内要情]\n# 我省培育深空测控产业\n> 今年以来，成效明显。",
        )
        for sign in ("※", "■", "▌", "❖")
    ]
    + [
        Case(
            f"titles behind numbers that begin with a digit themselves ({body})",
            "省内要情……2\n1. 5G专网建成\n2. 6G测试取得进展",
            f"【省内要情】\n{body.format(1)}5G专网建成\n近日，专网建成。\n{body.format(2)}6G测试取得进展\n日前，测试完成。",
            "[省内要情 2]\n# 5G专网建成\n> 近日，专网建成。\n# 6G测试取得进展\n> 日前，测试完成。",
        )
        for body in ("{}. ", "{}.")
    ]
)

SECTIONS = [
    Case(f"section head in {opening}{closing}", ONE, START.replace("【", opening).replace("】", closing).strip(), HEADED.strip())
    for opening, closing in ("【】", "〖〗", "［］", "[]")
]

POINTS = [
    Case(
        f"points marked {one}",
        ONE,
        START + f"{one}统筹布局。建设天线{two}强化应用、服务产业。开放数据。".replace("天线", "天线阵列。\n\n"),
        HEADED + "(1) 统筹布局｜建设天线阵列。\n(2) 强化应用、服务产业｜开放数据。",
    )
    for one, two in (
        ("(1) ", "(2) "),
        ("（1）", "（2）"),
        ("(1)", "（2）"),
        ("（一）", "（二）"),
        ("1.", "2."),
        ("１．", "２．"),
        ("①", "②"),
    )
]
POINTS += [
    Case(
        "brackets in running text and at a page turn mark no point",
        ONE,
        START + "（1）统筹布局。建设X波段天线\n\n（API接口）并开放数据。",
        HEADED + "(1) 统筹布局｜建设X波段天线（API接口）并开放数据。",
    ),
    Case(
        "a gap in the numbering is reported, not repaired",
        ONE,
        START + "（1）统筹布局。建设天线。\n\n（3）强化应用。开放数据。",
        HEADED + "(1) 统筹布局｜建设天线。\n(3) 强化应用｜开放数据。",
        ("point-number-gap",),
    ),
    Case(
        "a year at a page turn is no point",
        ONE,
        START + "（1）统筹布局。力争到\n\n2026.5年底前建成。",
        HEADED + "(1) 统筹布局｜力争到2026.5年底前建成。",
    ),
    Case(
        "an item without points keeps its paragraphs",
        ONE,
        START + "全省建成天线12副。\n\n下一步，将开放数据。",
        HEADED + "- 全省建成天线12副。\n- 下一步，将开放数据。",
    ),
]

JOINS = [
    Case(
        "a paragraph cut by a page turn is one paragraph",
        ONE,
        START + "全省建成天线、接收机、\n\n中频设备等12套。",
        HEADED + "- 全省建成天线、接收机、中频设备等12套。",
    ),
    Case(
        "； ” 》 ） do not end a paragraph",
        ONE,
        START + "位居西部之首；\n\n全省建成“一网”\n\n三中心。",
        HEADED + "- 位居西部之首；全省建成“一网”三中心。",
    ),
    Case(
        "a closing quote after 。 ends it",
        ONE,
        START + "他说：“建成了。”\n\n全省建成三中心。",
        HEADED + "- 他说：“建成了。”\n- 全省建成三中心。",
    ),
    Case("a half that begins with a hyphen is no list", ONE, START + "使用铷\n\n-87 原子钟。", HEADED + "- 使用铷-87原子钟。"),
    Case(
        "三是 goes on after 。 when 二是 stands in the open point, and is doubted",
        ONE,
        START + "（1）统筹布局。一是建天线。二是建中心。\n\n三是开放数据。",
        HEADED + "(1) 统筹布局｜一是建天线。二是建中心。三是开放数据。",
        ("join-after-full-stop",),
    ),
    Case(
        "a character printed on both sides of the page turn is kept once, and that is reported",
        ONE,
        START + "设立省级产业基金\n\n金作用明显。",
        HEADED + "- 设立省级产业基金作用明显。",
        ("duplicate-removed",),
    ),
    Case(
        "doubled words of the language are kept",
        ONE,
        START + "服务惠及人\n\n人，成效明显。",
        HEADED + "- 服务惠及人人，成效明显。",
    ),
    Case("digits are never taken for repetitions", ONE, START + "建成天线1\n\n12副。", HEADED + "- 建成天线112副。"),
    Case(
        "bold residue cut by the page turn leaves no trace",
        ONE,
        START + "（1）统筹布局。一是建天线。**二是强化**\n\n服务保障，设立中心。**三是开放。**共享数据。",
        HEADED + "(1) 统筹布局｜一是建天线。二是强化服务保障，设立中心。三是开放。共享数据。",
    ),
    Case(
        "blanks between Chinese and digits go, those between Chinese stay in running text",
        ONE,
        START + "投入 120 余项、超 1 亿元，拍摄《星空 大地》，使用 WIFI 6 网络。",
        HEADED + "- 投入120余项、超1亿元，拍摄《星空 大地》，使用WIFI 6网络。",
    ),
    Case("formulas come as they are printed", ONE, START + "使用 $ZrO_2$ 晶体。", HEADED + "- 使用ZrO₂晶体。"),
]

NOTES = [
    Case(
        "a note between two halves of a point is a note of the item",
        ONE,
        START.replace("方案，", "方案¹，") + "（1）加大支持。每批奖励\n\n¹ “方案”指三年行动方案。\n\n100 万元。",
        HEADED.replace("方案，", "方案¹，") + "(1) 加大支持｜每批奖励100万元。\n* 1@22 “方案”指三年行动方案。",
    ),
    Case(
        "a note whose reference stands in an earlier item belongs to that item",
        ONE + "\n● 青枫县建成测控数据中心",
        START.replace("方案，", "方案¹，") + "青枫县建成测控数据中心\n\n近日，中心建成。\n\n¹ “方案”指三年行动方案。",
        HEADED.replace("方案，", "方案¹，") + "* 1@22 “方案”指三年行动方案。\n# 青枫县建成测控数据中心\n> 近日，中心建成。",
    ),
    Case(
        "a note without a reference is kept and doubted",
        ONE,
        START + "¹ “方案”指三年行动方案。",
        HEADED + "* 1@None “方案”指三年行动方案。",
        ("note-without-anchor",),
    ),
    Case(
        "the square of a unit is no reference",
        ONE,
        START.replace("方案，", "方案²，") + "（1）加大支持。新建厂房360m²，年产10²台。\n\n² “方案”指三年行动方案。",
        HEADED.replace("方案，", "方案²，") + "(1) 加大支持｜新建厂房360m²，年产10²台。\n* 2@22 “方案”指三年行动方案。",
    ),
    Case(
        "raised numbers of isotopes are no notes",
        ONE,
        START + "研制成功\n\n⁸⁷Rb 原子钟。",
        HEADED + "- 研制成功⁸⁷Rb原子钟。",
    ),
]

TABLES = [
    Case(
        "a table keeps its rows, and a header repeated after a page cut is dropped",
        ONE,
        START + "表1 建设进度\n\n序号\t项目\t进度\n1\t天线\t60%\n\n序号\t项目\t进度\n2\t中心\t80%\n\n下一步，将开放数据。",
        HEADED + "| 表1建设进度\n| 序号\t项目\t进度\n| 1\t天线\t60%\n| 2\t中心\t80%\n- 下一步，将开放数据。",
    ),
]


APART = [
    Case(
        "points below headings of their own keep them",
        ONE,
        START + "一、统筹布局\n\n建设天线阵列。\n\n二、强化应用\n\n（一）开放数据\n\n开放全部数据。",
        HEADED + "(1) 统筹布局｜\n- 建设天线阵列。\n(2) 强化应用｜\n  (1) 开放数据｜\n- 开放全部数据。",
    ),
    Case(
        "points within points begin at one or go on, and end with the point",
        ONE,
        START + "（1）统筹布局。包括：\n①建设天线；\n②建设中心。\n（2）强化应用。\n①开放数据。",
        HEADED + "(1) 统筹布局｜包括：\n  (1) ｜建设天线；\n  (2) 建设中心｜\n(2) 强化应用｜\n  (1) 开放数据｜",
    ),
    Case(
        "signs that hold their number and stop count points too",
        ONE,
        START + "⒈统筹布局。建设天线。\n⒉强化应用。开放数据。\n⑴分级开放。",
        HEADED + "(1) 统筹布局｜建设天线。\n(2) 强化应用｜开放数据。\n  (1) 分级开放｜",
    ),
    Case(
        "一是 and 二是 with a paragraph each stay apart",
        ONE,
        START + "一是统筹布局。建设天线。\n\n二是强化应用。开放数据。",
        HEADED + "- 一是统筹布局。建设天线。\n- 二是强化应用。开放数据。",
    ),
    Case(
        "a word of the editors goes before the lead",
        ONE,
        START.replace("近日", "【编者按】本期刊发一组材料。\n\n近日") + "（1）统筹布局。建设天线。",
        HEADED.replace("> ", "- 【编者按】本期刊发一组材料。\n> ") + "(1) 统筹布局｜建设天线。",
    ),
    Case(
        "a word of the editors before all titles is an item of its own",
        ONE,
        "编者按：本期刊发一组材料，供参考。\n\n" + START.strip(),
        "[]\n# 编者按\n- 编者按：本期刊发一组材料，供参考。\n" + HEADED.strip(),
    ),
    Case(
        "numbers in an attachment count no points",
        ONE,
        START + "（1）统筹布局。建设天线。\n\n附件：1. 任务清单\n2. 政策汇编\n\n附件1\n\n任务清单\n\n1. 建设天线。",
        HEADED + "(1) 统筹布局｜建设天线。\n- 附件：1.任务清单\n- 2.政策汇编\n- 附件1\n- 任务清单\n- 1.建设天线。",
    ),
    Case(
        "lines in brackets stay apart",
        ONE,
        START + "（1）统筹布局。建设天线。\n\n（省科技厅供稿）\n\n（来源：云岭日报）",
        HEADED + "(1) 统筹布局｜建设天线。\n- （省科技厅供稿）\n- （来源：云岭日报）",
    ),
    Case(
        "a title that stands twice in a row is one title, and doubted",
        ONE,
        START.replace("我省培育深空测控产业\n", "我省培育深空测控产业\n\n我省培育深空测控产业\n").strip(),
        HEADED.strip(),
        ("duplicate-removed",),
    ),
    Case(
        "an item whose title the contents leave out is known by the words its lead repeats",
        ONE,
        START + "青枫县建成测控数据中心\n\n青枫县测控数据中心建成投用，存储容量达到200PB，同时处理16路下行数据。",
        HEADED + "# 青枫县建成测控数据中心\n> 青枫县测控数据中心建成投用，存储容量达到200PB，同时处理16路下行数据。",
        ("title-not-in-contents",),
    ),
]


@pytest.mark.parametrize(
    "case", [*TITLES, *CONTENTS, *SECTIONS, *POINTS, *JOINS, *NOTES, *TABLES, *APART], ids=lambda case: case.promise
)
def test_tree(case):
    parsed = issue(case.body, case.contents)
    assert outline(parsed) == case.outline
    assert tuple(codes(parsed)) == case.doubts


def test_an_issue_without_contents_is_read_by_its_section_heads():
    parsed = issue(START + "（1）统筹布局。建设天线。")
    assert outline(parsed) == (HEADED + "(1) 统筹布局｜建设天线。").replace(" 2]", "]")
    assert codes(parsed) == ["contents-missing"]


def test_without_contents_a_sentence_cut_at_a_page_end_is_no_title():
    rest = "个，落地28个，开工率90.3%，带动上下游企业126家，新增就业2000人以上，其中青枫县占一半，成效在全省领先，相关做法已在各市（州）推广。"
    cut = f"【省内要情】\n\n我省培育深空测控产业\n\n{LEAD}\n\n会议指出，全省先后引进项目31\n\n{rest}"
    assert outline(issue(cut)) == HEADED.replace(" 2]", "]") + f"- 会议指出，全省先后引进项目31{rest}"


def test_a_number_before_a_title_is_kept_apart_from_it():
    parsed = issue(START.replace("我省", "1. 我省"), "省内要情……2\n1. 我省培育深空测控产业")
    (item,) = parsed.sections[0].items
    assert (item.numeral, item.title, item.contents_title) == ("1.", "我省培育深空测控产业", "我省培育深空测控产业")


def test_a_numeral_that_counts_nothing_belongs_to_the_title():
    parsed = issue(START.replace("我省培育", "十、百、千行动培育"), "省内要情……2\n● 十、百、千行动培育深空测控产业")
    assert parsed.sections[0].items[0].title == "十、百、千行动培育深空测控产业"


def test_text_before_any_title_is_kept_under_the_section_and_doubted():
    parsed = issue("【省内要情】\n\n本期刊发一组材料，供参考。\n\n我省培育深空测控产业\n\n近日，方案印发。", ONE)
    assert outline(parsed).startswith("[省内要情 2]\n# 省内要情\n> 本期刊发一组材料，供参考。\n# 我省培育深空测控产业")
    assert codes(parsed) == ["text-without-title"]


PARTS = [
    ("一是 and 二是 after the head", "布局。一是建天线。二是建中心。", [("一是", "建天线。"), ("二是", "建中心。")]),
    ("after a semicolon", "布局。一是建天线；二是建中心。", [("一是", "建天线；"), ("二是", "建中心。")]),
    ("统一是 and 这一是 are words", "布局。统一是关键，这一是要求，二是说法。", []),
    ("out of sequence", "布局。二是建中心。三是开放。", []),
    ("one alone", "布局。一是建天线。", []),
]


@pytest.mark.parametrize(("text", "parts"), [row[1:] for row in PARTS], ids=[row[0] for row in PARTS])
def test_parts_of_a_point(text, parts):
    (point,) = issue(START + f"（1）{text}", ONE).sections[0].items[0].passages[2:]
    assert [(part.label, part.text) for part in point.parts] == parts
