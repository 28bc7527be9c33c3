"""Memos from tags, marks and baskets: what is quoted, under which headings, with which counts; baskets can be undone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.archive import catalogue, composing, marking, tagging
from desktop.archive.composing import Choice
from desktop.archive.grouping import grouped
from desktop.archive.library import Library
from desktop.bulletin.folding import squash
from desktop.bulletin.model import Item, Passage, PassageKind
from desktop.errors import KnownError
from desktop.memo.docx import docx_bytes
from desktop.memo.model import Grouping
from desktop.memo.plain import plain_text
from desktop.memo.wording import lead_in
from tests.archive import shelf
from tests.archive.quotable import shelved
from tests.memo import samples


@pytest.fixture
def shelves(library, tmp_path):
    """Three issues; the items of each as (seeds in 青岚, robots in 上海)."""
    dates = {6: "2031-04-29", 7: "2031-05-06", 8: "2031-06-17"}
    return {number: shelved(library, tmp_path, number, date) for number, date in dates.items()}


def compose(library, *fields, **conditions):
    return composing.compose(library, Choice(fields=fields, **conditions))


def test_a_tagged_item_is_quoted_whole_with_its_footnote(library, shelves):
    seeds = shelves[7][0]
    tagging.tag(library, seeds.id, "生物医药")
    memo = compose(library, "生物医药")
    (one,) = memo.excerpts
    assert one.paragraphs == (
        "近日，青岚市印发《甘薯产业 三年方案》¹，投入5000万元支持“小巨人”企业。",
        "（1）收集地方品种。入库一千二百份，入库率居全省前列。",
        "（2）建设数字平台。一是汇集数据；二是开放共享。",
    )
    assert not one.partial
    assert [(note.text, one.paragraphs[note.paragraph][: note.offset][-2:]) for note in one.notes] == [
        ("方案全文见市政府网站。", "案》")
    ]
    assert (one.source.title, one.source.number, one.source.date) == ("样例要参", "7", "2031-05-06")
    assert (one.source.section, one.source.page) == ("省内要情", 2)
    assert memo.title == "《样例要参》生物医药领域信息摘编"
    assert memo.period == "2031年5月"
    assert lead_in(memo) == "现将《样例要参》2031年第7期中生物医药领域信息摘编如下，共1条，供参阅。"


def test_a_tagged_point_is_quoted_alone_and_marked_as_an_extract(library, shelves):
    seeds = shelves[7][0]
    tagging.tag(library, seeds.id, "数字经济", point=2)
    (one,) = compose(library, "数字经济").excerpts
    assert one.paragraphs == ("（2）建设数字平台。一是汇集数据；二是开放共享。",)
    assert one.partial
    assert not one.cut
    assert one.notes == ()
    assert one.address.endswith(".1.2")
    assert one.fields == ("数字经济",)


def test_a_tagged_mark_is_its_words_and_no_more(library, shelves):
    seeds = shelves[7][0]
    start, end = marking.find_quote(seeds, "投入5000万元支持“小巨人”企业")
    marking.add(library, seeds.id, start, end, fields=["科技服务"])
    (one,) = compose(library, "科技服务").excerpts
    assert one.paragraphs == ("投入5000万元支持“小巨人”企业",)
    assert one.partial
    assert one.cut


def test_a_mark_over_several_points_keeps_the_markers_of_those_it_enters(library, shelves):
    seeds = shelves[7][0]
    start, _ = marking.find_quote(seeds, "入库率居")
    _, end = marking.find_quote(seeds, "一是汇集数据；")
    marking.add(library, seeds.id, start, end, fields=["数字经济"])
    (one,) = compose(library, "数字经济").excerpts
    assert one.paragraphs == ("入库率居全省前列。", "（2）建设数字平台。一是汇集数据；")


def test_a_footnote_travels_with_a_mark_that_holds_its_sign(library, shelves):
    seeds = shelves[7][0]
    for words, notes in (("三年方案》¹，投入", 1), ("投入5000万元", 0)):
        mark = marking.add(library, seeds.id, *marking.find_quote(seeds, words), fields=["综合"])
        (one,) = compose(library, "综合").excerpts
        assert len(one.notes) == notes
        marking.delete(library, mark.uid)


def test_an_item_tagged_as_a_whole_and_in_parts_appears_once_with_all_fields(library, shelves):
    seeds = shelves[7][0]
    tagging.tag(library, seeds.id, "生物医药")
    tagging.tag(library, seeds.id, "数字经济", point=2)
    marking.add(library, seeds.id, *marking.find_quote(seeds, "收集地方品种"), fields=["科技服务"])
    memo = compose(library)
    (one,) = memo.excerpts
    assert not one.partial
    assert one.fields == ("生物医药", "数字经济", "科技服务")
    assert [group.heading for group in memo.groups] == ["生物医药"]


def test_points_and_marks_of_one_item_come_together_in_printed_order(library, shelves):
    seeds = shelves[7][0]
    tagging.tag(library, seeds.id, "数字经济", point=2)
    marking.add(library, seeds.id, *marking.find_quote(seeds, "汇集数据"), fields=["数字经济"])
    marking.add(library, seeds.id, *marking.find_quote(seeds, "支持“小巨人”企业"), fields=["数字经济"])
    (one,) = compose(library, "数字经济").excerpts
    assert one.paragraphs == ("支持“小巨人”企业", "（2）建设数字平台。一是汇集数据；二是开放共享。")


def test_marks_only_takes_marks_of_the_field_and_marks_in_what_has_it(library, shelves):
    (seeds, robots), (other, _) = shelves[7], shelves[8]
    tagging.tag(library, seeds.id, "生物医药", point=1)
    tagging.tag(library, robots.id, "生物医药")
    marking.add(library, seeds.id, *marking.find_quote(seeds, "入库一千二百份"))
    marking.add(library, seeds.id, *marking.find_quote(seeds, "建设数字平台"))
    marking.add(library, robots.id, *marking.find_quote(robots, "四十个场景"))
    marking.add(library, other.id, *marking.find_quote(other, "开放共享"), fields=["生物医药"])
    found = {one.paragraphs for one in compose(library, "生物医药", marks_only=True).excerpts}
    assert found == {("入库一千二百份",), ("四十个场景",), ("开放共享",)}
    assert len(compose(library, marks_only=True).excerpts) == 3
    assert len(compose(library, marks_only=True, issues=(seeds.issue,)).excerpts) == 2


@pytest.mark.parametrize(
    ("conditions", "numbers"),
    [
        ({}, {"6", "7", "8"}),
        ({"date_from": "2031-05-01"}, {"7", "8"}),
        ({"date_to": "2031-05-06"}, {"6", "7"}),
        ({"date_from": "2031-05-01", "date_to": "2031-05-31"}, {"7"}),
        ({"region": "上海"}, {"6", "7", "8"}),
        ({"level": "省外", "date_from": "2031-06-01"}, {"8"}),
    ],
)
def test_conditions_narrow_the_choice(library, shelves, conditions, numbers):
    for _, robots in shelves.values():
        tagging.tag(library, robots.id, "装备制造")
    memo = compose(library, "装备制造", **conditions)
    assert {one.source.number for one in memo.excerpts} == numbers


@pytest.mark.parametrize(
    "conditions", [{"fields": ("航空航天",)}, {"date_from": "2040-01-01"}, {"level": "部委"}, {"marks_only": True}]
)
def test_nothing_chosen_is_said_in_one_sentence(library, shelves, conditions):
    tagging.tag(library, shelves[7][0].id, "生物医药")
    with pytest.raises(KnownError, match=r"^没有符合条件的内容，.*。$"):
        composing.compose(library, Choice(**conditions))


@pytest.mark.parametrize(
    ("grouping", "headings"),
    [
        (Grouping.FIELD, ["装备制造", "生物医药", "综合"]),
        (Grouping.LEVEL, ["省外速览", "省内要情"]),
        (Grouping.OUTSIDE, ["省外速览", "省内要情"]),
        (Grouping.INSIDE, ["省内要情", "省外速览"]),
        (Grouping.REGION, ["上海", "四川"]),
        (
            Grouping.ISSUE,
            ["《样例要参》第8期（2031年6月17日）", "《样例要参》第7期（2031年5月6日）", "《样例要参》第6期（2031年4月29日）"],
        ),
    ],
)
def test_groups_stand_in_their_order_newest_first_within(library, shelves, grouping, headings):
    for number, (seeds, robots) in shelves.items():
        tagging.tag(library, seeds.id, "生物医药" if number != 6 else "综合")
        tagging.tag(library, robots.id, "装备制造")
    memo = compose(library, grouping=grouping)
    assert [group.heading for group in memo.groups] == headings
    assert len(memo.excerpts) == 6
    for group in memo.groups:
        levels = [("省外", "省内").index(one.level) for one in group.excerpts]
        assert levels == sorted(levels)
        if grouping is not Grouping.ISSUE:
            numbers = [one.source.number for one in group.excerpts]
            assert numbers == sorted(numbers, reverse=True)


def test_the_level_that_the_chief_wants_first_stands_before_the_others():
    found = [samples.excerpt(number) for number in range(3)]
    for grouping, wanted in (
        (Grouping.LEVEL, ["部委动态", "省外速览", "省内要情"]),
        (Grouping.OUTSIDE, ["省外速览", "部委动态", "省内要情"]),
        (Grouping.INSIDE, ["省内要情", "部委动态", "省外速览"]),
    ):
        assert [group.heading for group in grouped(found, grouping, (), ())] == wanted


def test_what_carries_no_field_stands_under_no_heading_of_its_own(library, shelves):
    item = shelves[7][0]
    memo_uid = composing.create(library, "样例").uid
    composing.add(library, memo_uid, item.id)
    memo = composing.compose(library, Choice(memo=memo_uid))
    assert [group.heading for group in memo.groups] == [""]
    assert lead_in(memo) == "现将《样例要参》2031年第7期中有关信息摘编如下，共1条，供参阅。"


def test_one_field_is_divided_by_level_and_several_by_field(library, shelves):
    seeds, robots = shelves[7]
    tagging.tag(library, seeds.id, "生物医药")
    tagging.tag(library, robots.id, "生物医药")
    tagging.tag(library, robots.id, "装备制造")
    assert [group.heading for group in compose(library, "生物医药").groups] == ["省外速览", "省内要情"]
    assert [group.heading for group in compose(library, "生物医药", "装备制造").groups] == ["装备制造", "生物医药"]


@pytest.mark.parametrize(
    ("marks", "classification", "protective"),
    [
        ([None, None], None, ""),
        (["秘密★10年", "机密★5年"], "机密★10年", ""),
        (["绝密", "秘密★长期"], "绝密★长期", ""),
        (["秘密★6个月", "秘密★1年"], "秘密★1年", ""),
        (["内部资料 注意保存", None], None, "内部资料　注意保存"),
        (["内部资料 注意保存", "秘密"], "秘密", ""),
        (["工作秘密", None], None, "工作秘密"),
    ],
)
def test_the_memo_carries_the_highest_classification(library, tmp_path, marks, classification, protective):
    for number, mark in enumerate(marks, 1):
        tagging.tag(library, shelved(library, tmp_path, number, "2031-05-06", mark)[0].id, "生物医药")
    memo = compose(library, "生物医药")
    assert (memo.classification, memo.protective_mark) == (classification, protective)


def test_the_file_is_named_after_what_is_in_it(library, shelves):
    tagging.tag(library, shelves[7][0].id, "生物医药")
    memo = compose(library, "生物医药", date="2031-12-05")
    assert composing.file_name(memo) == "生物医药领域信息摘编_20311205.docx"
    assert composing.file_name(compose(library, "生物医药", title="周报", date="2031-12-05"), ".pdf") == "周报_20311205.pdf"


def test_an_export_is_noted_with_time_addresses_and_file_name(library, shelves, tmp_path):
    tagging.tag(library, shelves[7][0].id, "生物医药")
    memo = compose(library, "生物医药", unit="种业处")
    report = composing.export(library, memo, tmp_path / "摘编.docx")
    assert [finding.message for finding in report.findings if not finding.ok] == []
    composing.export(library, memo, tmp_path / "摘编.md")
    lines = [line.split("\t") for line in (library.folder / "exports.log").read_text(encoding="utf-8").splitlines()]
    quoted = memo.excerpts[0].address
    assert [line[1:] for line in lines] == [[quoted, "摘编.docx", str(tmp_path)], [quoted, "摘编.md", str(tmp_path)]]
    assert [entry[1:] for entry in composing.exports(library)] == [
        (str(tmp_path / name), quoted) for name in ("摘编.md", "摘编.docx")
    ]


def test_a_refused_export_is_not_noted(library, shelves, tmp_path):
    tagging.tag(library, shelves[7][0].id, "生物医药")
    with pytest.raises(KnownError):
        composing.export(library, compose(library), tmp_path / "没有" / "摘编.docx")
    assert not (library.folder / "exports.log").exists()


@pytest.fixture(scope="module")
def long_lived(tmp_path_factory):
    """One library for many examples: an item with every kind of passage."""
    folder = tmp_path_factory.mktemp("composing")
    full = Item(
        (
            Passage(PassageKind.TITLE, "青岚市建成甘薯种质资源库"),
            Passage(PassageKind.LEAD, "近日，青岚市印发方案¹，投入 5000万元。"),
            Passage(PassageKind.POINT, "收集品种。入库一千二百份。", number=1, marker="(1) "),
            Passage(PassageKind.POINT, "建设平台。", number=2, marker="（2）"),
            Passage(PassageKind.PARAGRAPH, "下一步，将加快推广²。"),
            Passage(PassageKind.TABLE, "各区县入库表\n品种\t份数\n甘薯\t1200"),
            Passage(PassageKind.FOOTNOTE, "见网站。", mark="1", anchor=23),
            Passage(PassageKind.FOOTNOTE, "见附录。", mark="2", anchor=None),
        )
    )
    issue = shelf.bulletin(9)
    section = replace(issue.sections[0], items=(full, shelf.ROBOTS))
    with Library.open(folder / "资料库") as library:
        outcome = shelf.put(library, folder / "9.txt", replace(issue, sections=(section,)))
        yield library, catalogue.items(library, outcome.issue.id)


def test_a_table_is_quoted_row_by_row(long_lived, tmp_path):
    library, items = long_lived
    tagging.tag(library, items[0].id, "生物医药")
    made = compose(library, "生物医药")
    assert "甘薯 1200" in plain_text(made)
    report = composing.export(library, made, tmp_path / "表.docx")
    assert [found.number for found in report.findings if not found.ok] == [29]  # the sign whose place the source does not tell
    (one,) = made.excerpts
    assert [paragraph.split("\t") for paragraph in one.paragraphs[-3:]] == [["各区县入库表"], ["品种", "份数"], ["甘薯", "1200"]]
    assert not one.partial
    assert not one.cut
    start = items[0].text.index("份数")
    basket = composing.create(library, "表").uid
    composing.add(library, basket, items[0].id, mark=marking.add(library, items[0].id, start, start + 5).uid)
    (part,) = composing.compose(library, Choice(memo=basket)).excerpts
    assert part.paragraphs == ("份数", "甘薯")
    tagging.untag(library, items[0].id, "生物医药")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_any_basket_of_any_excerpts_exports_verbatim_with_true_counts(long_lived, data):
    library, items = long_lived
    memo = composing.create(library, "随机").uid
    for _ in range(data.draw(st.integers(1, 6))):
        item = data.draw(st.sampled_from(items))
        kind = data.draw(st.sampled_from(["item", "point", "mark"]))
        if kind == "point" and item is items[0]:
            composing.add(library, memo, item.id, point=data.draw(st.sampled_from([1, 2])))
        elif kind == "mark":
            start = data.draw(st.integers(0, len(item.text) - 2))
            end = data.draw(st.integers(start + 1, len(item.text)))
            if item.text[start:end].strip():
                composing.add(library, memo, item.id, mark=marking.add(library, item.id, start, end).uid)
        else:
            composing.add(library, memo, item.id)
    chosen = {entry.item for entry in composing.entries(library, memo)}
    if not chosen:
        return
    made = composing.compose(library, Choice(memo=memo))
    assert {one.address.rsplit(".", 1)[0] if one.address.count(".") > 1 else one.address for one in made.excerpts} == {
        f"{item.issue}.{item.ordinal}" for item in items if item.id in chosen
    }
    assert f"共{len(chosen)}条" in lead_in(made)
    for one in made.excerpts:
        assert one.paragraphs
        for paragraph in one.paragraphs:
            assert squash(paragraph) in squash(one.source_text)
        for note in one.notes:
            assert note.paragraph == -1 or one.paragraphs[note.paragraph][note.offset] in "¹²"
    assert docx_bytes(made)
