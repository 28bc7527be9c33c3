"""The outline of a plan, of another 公文, and of any other file."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.bulletin.model import Document, PassageKind
from desktop.bulletin.pages import Bookmark, Pages
from desktop.bulletin.parsing import parse
from tests.bulletin.specimen import codes, document, outline, text_pages

NOTICE = (
    "# 云岭省科学技术厅文件\n\n云科高〔2024〕7号\n\n## 云岭省科学技术厅 关于印发《云岭省测控产业 规划（2024—2026年）》的通知\n\n"
    "各市（州）科技局，各有关单位：\n\n现将规划印发给你们，请认真贯彻落实。\n\n"
)
COVER = "# 云岭省测控产业规划\n(2024—2026年)\n\n云岭省科学技术厅\n\n2024年3月8日\n\n"
CONTENTS = (
    "# 目 录\n\n<b>一、 规划背景</b> .....\t<b>1</b>\n(一) 现状.....\t1\n\n(二) 形势.....\t3\n<b>二、 重点领域</b>.....\t4\n\n"
)
TITLE = "# 云岭省测控产业规划\n\n## (2024—2026年)\n\n测控产业是深空探测的基础，制定本规划。\n\n"
IMPRINT = "**信息公开选项：主动公开**\n\n---\n\n云岭省科学技术厅办公室\n\n2024年3月11日印发\n\n---\n"
BODY = (
    "### 一、规划背景\n\n## （一）现状\n\n**一批天线建成。**全省建成\n\n天线12副。\n\n#### (二)形势\n\n机遇与挑战并存。\n\n"
    "## 二、重点领域\n\n##### 1. 天线。\n\n研制大口径天线。\n\n### **2. 接收机。**\n\n研制低温接收机。\n\n"
    "专栏 1 测控装备\n\n实施测控装备专项。\n\n表 1 目标\n\n指标\t单位\t目标\n天线\t副\t20\n\n指标\t单位\t目标\n中心\t个\t3\n\n"
)


def test_a_plan_is_outlined_by_its_numerals():
    plan = document(NOTICE + COVER + CONTENTS + TITLE + BODY + IMPRINT)
    assert outline(plan) == (
        "一、 规划背景\n"
        "  （一） 现状\n"
        "    - 一批天线建成。全省建成天线12副。\n"
        "  （二） 形势\n"
        "    - 机遇与挑战并存。\n"
        "二、 重点领域\n"
        "    1. 天线。\n"
        "      - 研制大口径天线。\n"
        "    2. 接收机。\n"
        "      - 研制低温接收机。\n"
        "      | 表1目标\n| 指标\t单位\t目标\n| 天线\t副\t20\n| 中心\t个\t3\n"
        "      = 实施测控装备专项。"
    )
    assert codes(plan) == []


def test_front_and_imprint_of_a_plan():
    plan = document(NOTICE + COVER + CONTENTS + TITLE + BODY + IMPRINT)
    assert (plan.title, plan.doc_number, plan.issuer, plan.date) == (
        "云岭省测控产业规划",
        "云科高〔2024〕7号",
        "云岭省科学技术厅",
        "2024-03-08",
    )
    notice, body = plan.sections[0].items
    assert notice.title == "云岭省科学技术厅关于印发《云岭省测控产业规划（2024—2026年）》的通知"
    assert [passage.text for passage in body.passages[1:]] == ["(2024—2026年)", "测控产业是深空探测的基础，制定本规划。"]
    assert [passage.text for passage in plan.sections[-1].items[0].passages[1:]] == [
        "信息公开选项：主动公开",
        "云岭省科学技术厅办公室",
        "2024年3月11日印发",
    ]


def test_pages_of_headings_come_from_the_contents():
    plan = document(NOTICE + CONTENTS + TITLE + BODY)
    assert [(node.page, [child.page for child in node.children]) for node in plan.outline] == [(1, [1, 3]), (4, [None, None])]


def test_boxes_tables_and_run_in_heads():
    plan = document(NOTICE + TITLE + BODY)
    (box,) = plan.boxes
    assert (box.number, box.head, box.text.split("\n")[0]) == (1, "测控装备", "实施测控装备专项。")
    (table,) = plan.tables
    assert (table.title, table.rows) == ("目标", (("指标", "单位", "目标"), ("天线", "副", "20"), ("中心", "个", "3")))
    first = plan.outline[0].children[0].passages[0]
    assert (first.kind, first.head) == (PassageKind.PARAGRAPH, "一批天线建成")


def test_every_heading_is_an_item_with_its_depth():
    plan = document(NOTICE + TITLE + BODY)
    assert [(section.name, [(item.numeral, item.depth) for item in section.items]) for section in plan.sections[1:]] == [
        ("规划背景", [("一、", 1), ("（一）", 2), ("（二）", 2)]),
        ("重点领域", [("二、", 1), ("1.", 3), ("2.", 3), ("专栏1", 4)]),
    ]


NUMBERS = ["云科高〔2024〕7号", "云科高[2024]7号", "云科高（2024）7号", "云科高【2024】 7 号", "云科高〔2024〕第7号"]


@pytest.mark.parametrize("printed", NUMBERS)
def test_the_document_number_in_any_brackets(printed):
    assert (
        document(f"{printed}\n\n云岭省科学技术厅关于开展申报工作的通知\n\n各单位：\n\n现开展申报。\n").doc_number
        == "云科高〔2024〕7号"
    )


HEADINGS = [
    ("numbered sentences are no headings", "一、工作要求\n\n各地要抓好落实，\n\n二、三级单位一并执行。", ["一、工作要求"]),
    (
        "a head that runs into its text",
        "一、要求\n\n（一）加强领导。各级要重视。\n\n（二）强化考核。定期通报。",
        ["一、要求", "（一）加强领导", "（二）强化考核"],
    ),
    ("a gap is kept and doubted", "一、背景\n\n正文。\n\n三、措施\n\n正文。", ["一、背景", "三、措施"]),
    (
        "chapters above numerals",
        "第一章 总则\n\n一、目的\n\n正文。\n\n第二章 附则\n\n一、施行\n\n正文。",
        ["第一章总则", "一、目的", "第二章附则", "一、施行"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), [row[1:] for row in HEADINGS], ids=[row[0] for row in HEADINGS])
def test_headings(text, expected):
    parsed = document("云科高〔2024〕7号\n\n云岭省科学技术厅关于开展申报工作的通知\n\n各单位：\n\n现通知如下。\n\n" + text)
    found = [item.numeral + item.title for section in parsed.sections for item in section.items if item.numeral]
    assert found == expected


def test_a_file_with_bookmarks_is_outlined_by_them():
    pages = replace(
        text_pages("卷首语。\f第一部分\n天线已经建成。\f中心正在建设。"),
        bookmarks=(Bookmark(1, "第一部分", 2), Bookmark(2, "中心", 3)),
    )
    parsed = parse(pages)
    assert isinstance(parsed, Document)
    assert outline(parsed) == " 第一部分\n  - 天线已经建成。\n   中心\n    - 中心正在建设。"


def test_a_file_with_numbered_headings_is_outlined_by_them():
    parsed = document("测控产业调研报告\n\n一、现状\n\n天线12副。\n\n二、建议\n\n开放数据。")
    assert (parsed.title, outline(parsed)) == ("测控产业调研报告", "一、 现状\n  - 天线12副。\n二、 建议\n  - 开放数据。")


def test_any_other_file_is_a_part_a_page():
    parsed = document("天线已经建成。\n\f中心正在\n\n建设。")
    assert (parsed.title, outline(parsed)) == ("参考", " 第 1 页\n  - 天线已经建成。\n 第 2 页\n  - 中心正在建设。")


def test_attachments_that_begin_a_page_each_keep_their_heads_and_a_running_head_goes():
    sheets = [f"云岭参考　第{number}页\n附件{number}\n附件的正文说明天线的数量。\n— {number} —" for number in (1, 2, 3)]
    attached = [f"附件{number}\n附件的正文说明天线的数量。" for number in (1, 2, 3)]
    for pages in (sheets, attached):
        parsed = outline(document("测控产业调研报告\n\n天线已经建成。\f" + "\f".join(pages)))
        assert [number for number in (1, 2, 3) if f"附件{number}" in parsed] == [1, 2, 3]
        assert "云岭参考" not in parsed


REGULATION = """云岭省测控数据管理办法

第一章　总则

第一条　为了规范测控数据管理，根据有关规定，制定本办法。

第二条　本办法所称测控数据，是指：

（一）天线接收的数据；

（二）据此形成的数据。

第二章　职责

第三条　省科技厅负责统筹。

第一条规定的原则，适用于各单位。

第五条　本办法自2024年5月1日起施行。
"""


def test_articles_of_a_regulation_count_on_through_its_chapters():
    parsed = document(REGULATION)
    assert outline(parsed) == (
        "第一章 总则\n"
        "   第一条\n    - 为了规范测控数据管理，根据有关规定，制定本办法。\n"
        "   第二条\n    - 本办法所称测控数据，是指：\n    - （一）天线接收的数据；\n    - （二）据此形成的数据。\n"
        "第二章 职责\n"
        "   第三条\n    - 省科技厅负责统筹。\n    - 第一条规定的原则，适用于各单位。\n"
        "   第五条\n    - 本办法自2024年5月1日起施行。"
    )
    assert codes(parsed) == ["heading-number-gap"]


def test_a_file_without_pages_is_an_empty_document():
    parsed = parse(Pages("pdf", (), name="空.pdf"))
    assert isinstance(parsed, Document)
    assert (parsed.title, parsed.outline, parsed.sections) == ("空", (), ())
