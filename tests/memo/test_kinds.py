"""Kinds of memo are data: the built-in five, a unit's own files, and what is set for one memo."""

from __future__ import annotations

import errno
import json

import pytest

from desktop.errors import KnownError, NotFound
from desktop.memo import kinds
from desktop.memo.layout import DEFAULT, PageNumbers
from desktop.memo.outline import BlockKind, blocks
from desktop.memo.plain import plain_text
from desktop.memo.profiles import profile_of, table_of
from desktop.memo.wording import lead_in
from tests.memo import samples


def of(memo, *wanted):
    return [block.text for block in blocks(memo) if block.kind in wanted]


def test_the_five_kinds_of_the_office_are_built_in_and_the_digest_is_the_usual_one():
    assert [kind.name for kind in kinds.load()] == ["信息摘编", "要情摘报", "专报", "领导参阅", "呈阅件"]
    assert kinds.named("", kinds.load()).name == "信息摘编"
    with pytest.raises(NotFound, match="可用的有信息摘编"):
        kinds.named("通报", kinds.load())


def test_a_brief_has_a_red_head_an_imprint_and_neither_table_nor_closing():
    memo = samples.of_kind("要情摘报", copies="30")
    assert of(memo, BlockKind.HEAD_NAME, BlockKind.HEAD_NUMBER) == ["要情摘报", "第12期"]
    assert of(memo, BlockKind.UNIT, BlockKind.DATE, BlockKind.ANNEX) == []
    (imprint,) = [block for block in blocks(memo) if block.kind is BlockKind.IMPRINT]
    assert imprint.rows[0] == ("报", "市委、市政府领导。")
    assert [label for label, _ in imprint.rows[:-1]] == ["报", "送"]
    assert imprint.rows[-1] == (memo.unit, "共印30份")
    assert samples.of_kind("要情摘报", copies="").imprint.right == "2031年12月5日印发"


def test_a_submission_begins_with_its_sheet_which_leaves_room_for_the_leaders_words():
    memo = samples.of_kind("呈阅件", **{"own:内容摘要": ""})
    sheet = next(block for block in blocks(memo) if block.kind is BlockKind.SHEET)
    filled = dict(sheet.rows)
    assert filled["来源"] == "《望江创新内参》2031年第41期至第45期"
    assert filled["内容摘要"] == lead_in(memo)
    assert (filled["拟办意见"], filled["领导批示"]) == ("建议种业处研究。", "")
    assert next(block for block in blocks(memo) if block.kind is BlockKind.TITLE).new_page
    assert "领导批示" in plain_text(memo)


def test_own_texts_stand_in_their_places_with_their_names():
    memo = samples.of_kind("专报")
    own = of(memo, BlockKind.COMMENT)
    assert own[0] == "【主要内容】措施共三条。"
    assert own[-1] == "【启示建议】建议开展调研。"
    assert of(memo, BlockKind.CONTACT) == ["（联系人：甲某，电话：0000）"]


@pytest.mark.parametrize("count", [1, 3, 7])
def test_the_lead_in_may_be_reworded_and_its_counts_stay_true(count):
    memo = kinds.dressed(samples.memo(count), kinds.load()[0], {"lead_in": "本期从{期刊}摘{条数}条（{时段}）{别的}。"})
    assert f"摘{count}条（2031年1月—12月）{{别的}}。" in lead_in(memo)


def test_table_closing_and_period_can_be_switched_whatever_the_kind():
    memo = kinds.dressed(samples.memo(2), kinds.load()[0], {"table": "off", "closing": "off", "period": "第三季度"})
    assert of(memo, BlockKind.ANNEX, BlockKind.ATTACHMENTS, BlockKind.DATE) == []
    assert of(memo, BlockKind.PERIOD) == ["（第三季度）"]


def test_a_unit_adds_a_kind_or_replaces_one_by_a_file(tmp_path):
    own = {
        "name": "种业快报",
        "title": "{领域}快报",
        "red_head": {"name": "种业快报"},
        "own_texts": [{"name": "短评", "place": "after"}],
    }
    (tmp_path / "a.json").write_text(json.dumps(own), encoding="utf-8")
    (tmp_path / "b.json").write_text(json.dumps({"name": "专报", "table": True}), encoding="utf-8")
    found = kinds.load(tmp_path)
    assert [kind.name for kind in found][-1] == "种业快报"
    assert kinds.named("专报", found).table
    memo = kinds.dressed(samples.memo(2), kinds.named("种业快报", found), {"own:短评": "可鉴。"})
    assert of(memo, BlockKind.HEAD_NAME) == ["种业快报"]
    assert of(memo, BlockKind.COMMENT)[-1] == "【短评】可鉴。"


@pytest.mark.parametrize("text", ["{", "[]", "{}", '{"name": " "}', '{"name": "x", "own_texts": [{"name": "y", "place": "z"}]}'])
def test_a_file_that_is_no_kind_is_named(tmp_path, text):
    (tmp_path / "坏.json").write_text(text, encoding="utf-8")
    with pytest.raises(KnownError, match=r"坏\.json"):
        kinds.load(tmp_path)


@pytest.mark.parametrize("name", [kind.name for kind in kinds.load()])
def test_a_copy_is_the_same_kind_by_another_name_in_a_file_that_explains_itself(name, tmp_path):
    own = tmp_path / "摘编模板"
    file = kinds.copied(name, "我的/文种", own)
    found = kinds.load(own)
    assert [kind.name for kind in found][-1] == "我的文种"
    assert samples.replace(found[-1], name=name) == kinds.named(name, found)
    written = json.loads(file.read_text(encoding="utf-8"))
    explained = {key for keys in written["说明"] for key in keys.split("、")}
    assert set(written) - {"说明"} <= explained
    file.write_text(file.read_text(encoding="utf-8").replace('"我的文种"', '"种业文种"'), encoding="utf-8")
    assert kinds.named("种业文种", kinds.load(own))


def test_a_copy_never_replaces_another_and_needs_a_name(tmp_path):
    kept = kinds.copied("专报", "快报", tmp_path).read_bytes()
    with pytest.raises(KnownError, match="已有名为“快报”的文种"):
        kinds.copied("信息摘编", "快报", tmp_path)
    assert (tmp_path / "快报.json").read_bytes() == kept
    with pytest.raises(KnownError, match="起一个名称"):
        kinds.copied("专报", " / ", tmp_path)
    with pytest.raises(NotFound):
        kinds.copied("没有的", "乙", tmp_path)


def test_a_copy_that_cannot_be_written_whole_is_not_left_half(tmp_path, monkeypatch):
    def full(_raw, file, **_form):
        file.write('{"name"')
        raise OSError(errno.ENOSPC, "no room")

    monkeypatch.setattr(json, "dump", full)
    with pytest.raises(KnownError, match="磁盘空间"):
        kinds.copied("专报", "快报", tmp_path)
    assert [kind.name for kind in kinds.load(tmp_path)] == [kind.name for kind in kinds.load()]


def test_an_excerpt_of_two_fields_is_printed_once_and_pointed_to_from_the_other():
    memo = samples.memo(2, samples.Grouping.FIELD)
    first, second = memo.groups
    both = samples.replace(first.excerpts[0], fields=(first.heading, second.heading))
    memo = samples.replace(memo, groups=(samples.replace(first, excerpts=(both,)), second))
    assert of(memo, BlockKind.CROSS) == [f"（另见第一部分（一）：{both.title}）"]
    assert len(of(memo, BlockKind.HEADING)) == 2


def test_a_units_page_settings_go_out_and_come_back():
    assert table_of(DEFAULT) == {}
    table = {
        "line": 28.0,
        "top": 34.0,
        "second_level_bold": True,
        "page_numbers": "centre",
        "body": "仿宋",
        "digit_font": "Times New Roman",
    }
    profile = profile_of(table)
    assert (profile.line, profile.page_numbers, profile.typefaces.body) == (28.0, PageNumbers.CENTRE, "仿宋")
    assert table_of(profile) == table
    assert profile_of({"line": "wide", "page_numbers": 3, "body": "", "strange": 1}) == DEFAULT


@pytest.mark.parametrize("table", [{"line": 90.0}, {"left": 50.0, "right": 50.0, "top": 5.0}, {"bottom": 5}])
def test_measures_that_no_page_holds_are_refused(table):
    with pytest.raises(KnownError):
        profile_of(table)
