"""Who published which issue when, however the head and the foot of a bulletin print it."""

from __future__ import annotations

import pytest

from desktop.bulletin.model import Distribution
from desktop.bulletin.parsing import parse
from tests.bulletin.specimen import FOOT, codes, issue, text_pages

BODY = "【省内要情】\n\n我省培育深空测控产业\n\n近日，方案印发。"
CONTENTS = "省内要情……2\n● 我省培育深空测控产业"
OFFICES = ("云岭省科技工作办公室", "云岭省科学技术厅")

HEADS = [
    ("plain", "云岭参考\n\n第 12 期\n\n{}\n\n2024 年 3 月 8 日", 12, "2024-03-08"),
    ("one line for number and date", "云岭参考\n第12期  2024年3月8日\n{}", 12, "2024-03-08"),
    ("issuer and date side by side", "云岭参考\n第12期\n云岭省科技工作办公室\t2024年3月8日\n云岭省科学技术厅", 12, "2024-03-08"),
    ("issuers on one line", "云岭参考\n第12期\n云岭省科技工作办公室 云岭省科学技术厅\n2024年3月8日", 12, "2024-03-08"),
    ("zero-padded date", "云岭参考\n第012期\n{}\n2024年03月08日", 12, "2024-03-08"),
    ("Chinese numerals", "云岭参考\n第十二期\n{}\n二〇二四年三月八日", 12, "2024-03-08"),
    ("round zero", "云岭参考\n第二十期\n{}\n二○二四年十月三十一日", 20, "2024-10-31"),
    ("month only", "云岭参考\n第12期\n{}\n二〇二四年三月", 12, "2024-03"),
    ("whole count beside the number", "云岭参考\n2024年第12期（总第312期）\n{}\n2024年3月8日", 12, "2024-03-08"),
    ("whole count alone", "云岭参考\n总第312期\n{}\n2024年3月8日", 312, "2024-03-08"),
    ("double issue", "云岭参考\n第5-6期\n{}\n2024年3月8日", "5-6", "2024-03-08"),
    ("double issue with 、", "云岭参考\n第5、6期\n{}\n2024年3月8日", "5-6", "2024-03-08"),
    ("double issue with its whole counts", "云岭参考\n2024年第5-6期（总第213-214期）\n{}\n2024年3月8日", "5-6", "2024-03-08"),
    ("a monthly says it is one", "云岭参考\n2024年 第2期（月刊）\n{}\n2024年3月8日", 2, "2024-03-08"),
    ("special issue in brackets", "云岭参考\n（特刊）\n{}\n2024年3月8日", "特刊", "2024-03-08"),
    ("supplement", "云岭参考\n增刊第1期\n{}\n2024年3月8日", "增刊1", "2024-03-08"),
    ("supplement without a number", "云岭参考\n增刊\n{}\n2024年3月8日", "增刊", "2024-03-08"),
    ("full-width digits", "云岭参考\n第１２期\n{}\n２０２４年３月８日", 12, "2024-03-08"),
    ("letters set apart", "云 岭 参 考\n第 12 期\n{}\n2024 年 3 月 8 日", 12, "2024-03-08"),
    ("date with hyphens", "云岭参考\n第12期\n{}\n2024-03-08", 12, "2024-03-08"),
    ("a heading of markdown", "# 云岭参考\n\n**第12期**\n\n{}\n\n2024年3月8日", 12, "2024-03-08"),
]


@pytest.mark.parametrize(("head", "number", "date"), [row[1:] for row in HEADS], ids=[row[0] for row in HEADS])
def test_identity(head, number, date):
    parsed = issue(BODY, CONTENTS, head=head.format("\n".join(OFFICES)) + "\n")
    found = parsed.masthead
    assert (found.title, found.number, found.date, found.issuers) == ("云岭参考", number, date, OFFICES)
    assert codes(parsed) == []


def test_classification_stands_apart_from_the_title():
    head = "内部资料 注意保存\n\n科技创新动态\n\n第3期\n\n主办：云岭省科学技术厅\n\n2024年3月8日\n"
    found = issue(BODY, CONTENTS, head=head).masthead
    assert (found.title, found.classification, found.issuers) == ("科技创新动态", "内部资料注意保存", ("云岭省科学技术厅",))


def test_that_an_office_prints_and_when_is_no_part_of_its_name():
    head = "云岭参考\n2024年第22期　总第206期\n云岭省科技情报学会编印　2024年3月8日出版\n"
    found = issue(BODY, CONTENTS, head=head).masthead
    assert (found.issuers, found.date) == (("云岭省科技情报学会",), "2024-03-08")


@pytest.mark.parametrize("title", ["关于举办第3期培训班的通知", "第3期培训班圆满结束", "在第12期研讨会上的讲话"])
def test_a_number_within_a_title_makes_no_issue(title):
    assert parse(text_pages(f"{title}\n\n各单位：\n\n现将有关事项通知如下。\n")).kind == "document"


def test_a_missing_date_is_doubted():
    parsed = issue(BODY, CONTENTS, head="云岭参考\n第12期\n云岭省科学技术厅\n")
    assert parsed.masthead.date == ""
    assert codes(parsed) == ["issue-date-missing"]


TO = ("省科技委主任、副主任、委员", "省科技办", "省委办公厅", "省政府办公厅")
CC = ("西部（云岭）科学城管委会", "省属高等学校", "各市（州）科技局")
FOOTS = [
    (
        "two paragraphs of 主送",
        "主送：省科技委主任、副主任、委员，省科技办。\n\n省委办公厅，省政府办公厅。\n\n"
        "抄送：西部（云岭）科学城管委会，省属高等学校，各市（州）科技局。\n\n云岭省科技工作办公室\n\n2024 年 3 月 8 日印发",
    ),
    (
        "lines wrapped",
        "主送：省科技委主任、副主任、委员，省科技办，省委办公\n厅，省政府办公厅。\n"
        "抄送：西部（云岭）科学城管委会，省属\n高等学校，各市（州）科技局。\n云岭省科技工作办公室\n2024年3月8日印发",
    ),
    (
        "other labels, office and date on one line",
        "报送：省科技委主任、副主任、委员，省科技办，省委办公厅，省政府办公厅。\n\n"
        "发送：西部（云岭）科学城管委会，省属高等学校，各市（州）科技局。\n\n云岭省科技工作办公室　　2024年3月8日印发",
    ),
]


@pytest.mark.parametrize("foot", [row[1] for row in FOOTS], ids=[row[0] for row in FOOTS])
def test_distribution_and_imprint(foot):
    parsed = issue(BODY, CONTENTS, foot=foot)
    assert parsed.distribution == Distribution(TO, CC)
    assert (parsed.printed_by, parsed.printed_date) == ("云岭省科技工作办公室", "2024-03-08")


def test_who_gets_a_copy_beside_those_it_is_sent_up_to():
    foot = "呈报：省委、省政府。\n\n分送：省直有关部门，各市（州）科技局。\n"
    assert issue(BODY, CONTENTS, foot=foot).distribution == Distribution(("省委、省政府",), ("省直有关部门", "各市（州）科技局"))


def test_the_print_date_may_differ_from_the_date_of_the_issue():
    parsed = issue(BODY, CONTENTS, foot=FOOT.replace("3 月 8 日印发", "3 月 11 日印发"))
    assert (parsed.masthead.date, parsed.printed_date) == ("2024-03-08", "2024-03-11")


def test_an_issue_without_distribution_keeps_its_last_paragraph():
    parsed = issue(BODY, CONTENTS, foot="云岭省科技工作办公室\n\n2024年3月8日印发\n")
    assert parsed.sections[0].items[0].passages[-1].text == "近日，方案印发。"
    assert (parsed.distribution, parsed.printed_by) == (Distribution(), "云岭省科技工作办公室")


def test_lines_of_the_foot_that_have_no_place_are_reported():
    parsed = issue(BODY, CONTENTS, foot=FOOT + "责任编辑：某某\n")
    assert codes(parsed) == ["unplaced-text"]
