"""Baskets: memo projects that keep the reader's order, comments and settings, each change a step of undo."""

from __future__ import annotations

import pytest

from desktop.archive import composing, marking, tagging, undoing
from desktop.archive.composing import Choice
from desktop.errors import KnownError, NotFound, WrongUsage
from tests.archive.quotable import shelved


@pytest.fixture
def shelves(library, tmp_path):
    """Three issues; the items of each as (seeds in 青岚, robots in 上海)."""
    dates = {6: "2031-04-29", 7: "2031-05-06", 8: "2031-06-17"}
    return {number: shelved(library, tmp_path, number, date) for number, date in dates.items()}


def test_the_first_basket_makes_itself_and_is_found_again(library):
    memo = composing.current(library)
    assert memo.name == "摘编"
    assert composing.current(library) == memo
    assert undoing.undo_name(library) is None
    other = composing.create(library, "季度摘编")
    assert {one.uid for one in composing.memos(library)} == {memo.uid, other.uid}


def test_a_basket_keeps_the_readers_order_and_everything_can_be_undone(library, shelves):
    memo = composing.current(library).uid
    (seeds, robots), (older, _) = shelves[7], shelves[6]
    mark = marking.add(library, older.id, *marking.find_quote(older, "开放共享"))
    first = composing.add(library, memo, seeds.id, point=2)
    second = composing.add(library, memo, robots.id)
    third = composing.add(library, memo, older.id, mark=mark.uid)
    assert composing.add(library, memo, robots.id) == second

    def order():
        return [entry.uid for entry in composing.entries(library, memo)]

    composing.move(library, third.uid, 1)
    assert order() == [third.uid, first.uid, second.uid]
    composing.move(library, third.uid, 99)
    assert order() == [first.uid, second.uid, third.uid]
    assert undoing.undo(library) == "调整摘编次序"
    assert order() == [third.uid, first.uid, second.uid]
    composing.remove(library, first.uid)
    assert order() == [third.uid, second.uid]
    assert undoing.undo(library) == "移出摘编"
    composing.set_comment(library, second.uid, "可借鉴")
    composing.set_comment(library, second.uid, "可借鉴。")
    assert composing.entries(library, memo)[2].comment == "可借鉴。"
    assert undoing.undo(library) == "修改按语"
    assert composing.entries(library, memo)[2].comment == ""
    assert undoing.redo(library) == "修改按语"
    assert [one.name for one in composing.memos_of_item(library, older.id)] == ["摘编"]
    assert composing.memos_of_item(library, shelves[8][0].id) == []


def test_a_memo_from_a_basket_has_the_baskets_order_comments_and_settings(library, shelves):
    memo = composing.current(library).uid
    (seeds, robots), (older, _) = shelves[7], shelves[6]
    composing.add(library, memo, older.id, point=1)
    composing.set_comment(library, composing.add(library, memo, seeds.id).uid, "可借鉴。")
    composing.add(library, memo, older.id, point=2)
    composing.add(library, memo, robots.id)
    composing.set_options(library, memo, title="种业周报", unit="种业处", addressee="局领导", grouping="level", date="2031-12-05")
    made = composing.compose(library, Choice(memo=memo))
    assert (made.title, made.unit, made.addressee, made.date) == ("种业周报", "种业处", "局领导", "2031-12-05")
    assert [group.heading for group in made.groups] == ["省外速览", "省内要情"]
    inside = made.groups[1].excerpts
    assert [one.source.number for one in inside] == ["6", "7"]
    assert [len(one.paragraphs) for one in inside] == [2, 3]
    assert [one.comment for one in inside] == ["", "可借鉴。"]
    composing.set_options(library, memo, grouping="none")
    (only,) = composing.compose(library, Choice(memo=memo)).groups
    assert [one.title for one in only.excerpts] == [older.title, seeds.title, robots.title]
    composing.set_options(library, memo, grouping="", title="")
    assert composing.options(library, memo) == {"addressee": "局领导", "date": "2031-12-05", "unit": "种业处"}
    assert undoing.undo(library) == "修改摘编设置"


def test_an_entry_shows_what_it_quotes_and_where_that_stands(library, shelves):
    memo = composing.current(library).uid
    seeds = shelves[7][0]
    mark = marking.add(library, seeds.id, *marking.find_quote(seeds, "开放共享"))
    whole = composing.add(library, memo, seeds.id)
    point = composing.add(library, memo, seeds.id, point=2)
    words = composing.add(library, memo, seeds.id, mark=mark.uid)
    shown = [composing.entry_excerpt(library, entry) for entry in (whole, point, words)]
    assert [len(excerpt.paragraphs) for excerpt in shown] == [3, 1, 1]
    assert shown[2].paragraphs == ("开放共享",)
    starts = [composing.entry_start(library, entry) for entry in (whole, point, words)]
    assert starts == [0, seeds.text.index("建设数字平台"), seeds.text.index("开放共享")]


def test_what_does_not_exist_is_refused_in_words(library, shelves):
    memo = composing.current(library).uid
    seeds = shelves[7][0]
    foreign = marking.add(library, shelves[8][0].id, 0, 3)
    for refused in (
        lambda: composing.add(library, "无此摘编", seeds.id),
        lambda: composing.add(library, memo, 999),
        lambda: composing.add(library, memo, seeds.id, point=9),
        lambda: composing.add(library, memo, seeds.id, mark=foreign.uid),
        lambda: composing.remove(library, "无此条"),
        lambda: composing.compose(library, Choice(memo="无此摘编")),
    ):
        with pytest.raises(NotFound):
            refused()
    with pytest.raises(WrongUsage):
        composing.add(library, memo, seeds.id, point=1, mark=foreign.uid)
    with pytest.raises(WrongUsage):
        composing.set_options(library, memo, grouping="colour")
    with pytest.raises(KnownError, match=r"^摘编里还没有内容"):
        composing.compose(library, Choice(memo=memo))


def test_a_deleted_memo_comes_back_with_its_basket(library, shelves):
    memo = composing.create(library, "季度摘编").uid
    composing.add(library, memo, shelves[7][0].id)
    composing.delete(library, memo)
    assert composing.memos(library) == []
    assert undoing.undo(library) == "删除摘编：季度摘编"
    assert len(composing.entries(library, memo)) == 1


def test_a_copy_has_everything_and_lives_on_its_own(library, shelves):
    memo = composing.create(library, "季度摘编").uid
    seeds = shelves[7][0]
    entry = composing.add(library, memo, seeds.id)
    composing.set_comment(library, entry.uid, "可借鉴。")
    composing.shorten(library, entry.uid, [2])
    composing.set_options(library, memo, title="种业周报")
    copy = composing.duplicate(library, memo, "季度摘编（副本）").uid
    composing.remove(library, entry.uid)
    made = composing.compose(library, Choice(memo=copy))
    assert (made.title, made.excerpts[0].comment, len(made.excerpts[0].paragraphs)) == ("种业周报", "可借鉴。", 1)
    assert undoing.undo(library) == "移出摘编"
    assert undoing.undo(library) == "复制摘编：季度摘编"
    assert [one.name for one in composing.memos(library)] == ["季度摘编"]


def test_passages_can_be_left_out_of_an_item_and_it_says_so(library, shelves):
    memo = composing.current(library).uid
    seeds = shelves[7][0]
    entry = composing.add(library, memo, seeds.id)
    whole = composing.compose(library, Choice(memo=memo)).excerpts[0]
    composing.shorten(library, entry.uid, [1, 3])
    short = composing.compose(library, Choice(memo=memo)).excerpts[0]
    assert short.paragraphs == (whole.paragraphs[0], whole.paragraphs[2])
    assert short.partial
    assert composing.entry_excerpt(library, entry).paragraphs == short.paragraphs
    composing.shorten(library, entry.uid, range(99))
    assert not composing.compose(library, Choice(memo=memo)).excerpts[0].partial
    point = composing.add(library, memo, seeds.id, point=2)
    with pytest.raises(WrongUsage, match="已是节选"):
        composing.shorten(library, point.uid, [1])


def test_a_basket_is_filled_by_field_and_period_in_one_step(library, shelves):
    for number in (6, 7, 8):
        tagging.tag(library, shelves[number][0].id, "生物医药")
    tagging.tag(library, shelves[8][1].id, "生物医药")
    memo = composing.current(library).uid
    choice = Choice(("生物医药",), "2031-05-01", "2031-06-30")
    composing.add(library, memo, shelves[7][0].id)
    assert composing.count(library, choice) == 3
    assert composing.add_chosen(library, memo, choice) == 2
    assert composing.add_chosen(library, memo, choice) == 0
    made = composing.compose(library, Choice(memo=memo))
    assert made.topic == "生物医药领域"
    assert {group.heading for group in made.groups} <= {"部委动态", "省外速览", "省内要情"}
    assert undoing.undo(library) == "加入摘编：2条"
    assert len(composing.entries(library, memo)) == 1


def test_search_results_go_into_a_basket_once_each(library, shelves):
    memo = composing.current(library).uid
    ids = [shelves[6][0].id, shelves[7][0].id, shelves[6][0].id]
    assert composing.add_items(library, memo, ids) == 2
    assert [entry.item for entry in composing.entries(library, memo)] == ids[:2]
    with pytest.raises(NotFound):
        composing.add_items(library, memo, [999])


def test_a_memo_takes_the_form_of_its_kind_and_keeps_its_own_texts(library, shelves):
    memo = composing.current(library).uid
    composing.add(library, memo, shelves[7][0].id)
    composing.set_options(library, memo, kind="领导参阅", **{"own:编者按": "可供参考。", "imprint:报": "局领导", "number": "3"})
    made = composing.compose(library, Choice(memo=memo, unit="种业处"))
    assert (made.kind, made.red_head.number, made.red_head.issuer) == ("领导参阅", "第3期", "种业处")
    assert [text.text for text in made.preface] == ["可供参考。"]
    assert made.imprint.rows[0] == ("报", "局领导")
    with pytest.raises(NotFound, match="没有“通报”这种摘编"):
        composing.compose(library, Choice(memo=memo, kind="通报"))


@pytest.mark.parametrize(
    ("source", "own", "printed", "warned"),
    [
        ("机密★5年", "", "机密★5年", False),
        ("机密★5年", "绝密★10年", "绝密★10年", False),
        ("机密★5年", "秘密★1年", "机密★5年", True),
        (None, "秘密★1年", "秘密★1年", False),
    ],
)
def test_the_classification_can_be_raised_but_is_never_lowered_silently(library, tmp_path, source, own, printed, warned):
    item = shelved(library, tmp_path, 9, "2031-05-06", source)[0]
    memo = composing.current(library).uid
    composing.add(library, memo, item.id)
    composing.set_options(library, memo, classification=own)
    assert composing.compose(library, Choice(memo=memo)).classification == printed
    said = composing.warnings(library, memo)
    assert any("低于来源" in sentence for sentence in said) == warned
    assert any("涉密计算机" in sentence for sentence in said)
