"""本条: fields by hand, fields by suggestion, and why."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QPushButton

from desktop.ui.actions import ACTIONS
from desktop.ui.item_panel import ItemPanel
from desktop.ui.item_panel.panel import field_key
from desktop.ui.item_panel.signs import FieldButton, FieldChip, steps
from desktop.ui.theme import DARK, FIELD_LABELS, LIGHT
from desktop.ui.values import EvidenceView, SuggestionView, TagView
from tests.ui.made import issue

ITEM = replace(issue().items[0], mark_count=3)
WORDS = (EvidenceView("低空", 3, "title", 6, 8), EvidenceView("通感基站", 1, "body", 120, 124))
SUGGESTIONS = (SuggestionView("电子信息", "先进计算", 0.83, WORDS), SuggestionView("综合", "", 0.2))


@pytest.fixture
def panel(qtbot):
    made = ItemPanel(LIGHT)
    qtbot.addWidget(made)
    made.resize(290, 640)
    made.set_item(ITEM, "〔《科技参考》第36期，2025年9月19日〕", (TagView("航空航天"),))
    made.set_suggestions(SUGGESTIONS)
    made.show()
    return made


def visible(panel: ItemPanel, kind):
    QApplication.processEvents()  # a layout shows its new widgets on the next turn
    return [one for one in panel.findChildren(kind) if one.isVisibleTo(panel)]


def words(panel: ItemPanel) -> list[str]:
    return [label.text() for label in visible(panel, QLabel)]


def button(panel: ItemPanel, name: str) -> QAbstractButton:
    return next(one for one in visible(panel, QAbstractButton) if one.accessibleName().startswith(name))


def test_it_says_what_the_item_is_and_where_it_comes_from(panel):
    assert words(panel)[:3] == [
        ITEM.title,
        f"省外·江陵 · 第2页 · {ITEM.length}字 · 标注 3 处",
        "出处：《科技参考》第36期，2025年9月19日",
    ]


def test_the_ten_fields_and_the_general_one_can_be_switched_and_show_their_keys(panel, qtbot):
    assert [one.field for one in visible(panel, FieldButton)] == list(FIELD_LABELS)
    for one in visible(panel, FieldButton):
        with qtbot.waitSignal(panel.field_toggled) as toggled:
            one.click()
        assert toggled.args == [one.field]


def test_the_keys_shown_are_the_keys_that_work():
    keys = {action.text: action.keys for action in ACTIONS if action.id.startswith("field.") and action.text in FIELD_LABELS}
    assert {field: field_key(field) for field in FIELD_LABELS} == keys


def test_a_field_is_shown_as_on_only_once_it_is_stored(panel):
    button(panel, "领域 装备制造").click()
    assert [one.field for one in visible(panel, FieldButton) if one.isChecked()] == ["航空航天"]
    panel.set_item(ITEM, "", (TagView("航空航天"), TagView("装备制造")))
    assert [one.field for one in visible(panel, FieldButton) if one.isChecked()] == ["航空航天", "装备制造"]
    assert [one.field for one in visible(panel, FieldChip)] == ["航空航天", "装备制造"]


def test_a_chip_takes_its_field_off(panel, qtbot):
    panel.set_item(ITEM, "", (TagView("航空航天", "民用航空"), TagView("航空航天")))
    with qtbot.waitSignal(panel.tag_removed) as removed:
        visible(panel, FieldChip)[0].click()
    assert removed.args == ["航空航天", "民用航空"]


def test_a_tag_of_another_vocabulary_is_shown_as_such(panel):
    panel.set_item(ITEM, "", (TagView("新兴领域", "", "川科高〔2016〕1号"),))
    (chip,) = visible(panel, FieldChip)
    assert "旧版" in chip.accessibleName()
    assert "川科高〔2016〕1号" in chip.toolTip()


def test_the_panel_says_which_point_is_meant_and_drops_the_items_suggestions(panel):
    panel.set_item(ITEM, "", (), "（2）培育主体")
    assert "要点 （2）培育主体" in words(panel)
    assert not [one for one in visible(panel, QAbstractButton) if one.text() == "采纳"]


def test_a_suggestion_is_accepted_with_its_subfield_or_refused(panel, qtbot):
    with qtbot.waitSignal(panel.suggestion_accepted) as accepted:
        button(panel, "采纳 电子信息").click()
    assert accepted.args == ["电子信息", "先进计算"]
    with qtbot.waitSignal(panel.suggestion_refused) as refused:
        button(panel, "不采纳 综合").click()
    assert refused.args == ["综合"]


def test_every_evidence_word_shows_its_count_and_leads_to_its_place(panel, qtbot):
    shown = [one.text() for one in visible(panel, QPushButton) if one.accessibleName().startswith("依据")]
    assert shown == ["低空×3", "通感基站"]
    with qtbot.waitSignal(panel.evidence_clicked) as clicked:
        button(panel, "依据 通感基站").click()
    assert clicked.args == [120, 124]


@pytest.mark.parametrize(("score", "filled"), [(0.0, 1), (0.1, 1), (0.31, 2), (0.5, 2), (0.83, 4), (1.0, 5), (1.4, 5)])
def test_the_bar_has_five_steps(score, filled):
    assert steps(score) == filled


def test_a_field_that_is_on_is_not_suggested_again(panel):
    panel.set_item(ITEM, "", (TagView("电子信息"),))
    assert not [one for one in visible(panel, QPushButton) if one.accessibleName() == "采纳 电子信息›先进计算"]
    panel.set_suggestions(())
    assert "没有待处理的建议" in words(panel)


def test_suggestions_of_one_item_never_stay_under_another(panel):
    panel.set_item(issue().items[1], "", ())
    assert "没有待处理的建议" in words(panel)


def test_without_an_item_it_says_what_will_stand_here(panel):
    panel.set_item(None, "", ())
    assert words(panel) == ["打开一期并选中一条后，这里显示它的领域与出处。"]


def test_another_theme_keeps_all_that_is_shown(panel):
    before = words(panel)
    panel.set_theme(DARK)
    assert words(panel) == before


def test_every_control_has_a_name_for_screen_readers(panel):
    assert all(one.accessibleName() for one in visible(panel, QAbstractButton))
