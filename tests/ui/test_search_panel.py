"""Search while one types, from the keyboard alone, in Chinese."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QInputMethodEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow

from desktop.ui.search_panel import SearchPanel
from desktop.ui.search_panel.rows import Role
from desktop.ui.theme import DARK, LIGHT
from desktop.ui.values import HitView, SearchChoice, StartView


def hit(id_: object, issue: str, title: str, where: str = "body", snippet: str = "推动低空经济发展", ranges=((2, 4),)) -> HitView:
    return HitView(id_, issue, "2025-09-19", "省外速览", title, where, snippet, tuple(ranges), more=where in ("title", "body"))


HITS = (
    hit(("a", 1), "第36期", "低空智联网", "title"),
    hit(("b", 2), "第21期", "固态电池"),
    hit(("c", 3), "第36期", "成果转化", "note"),
)
FACETS = {
    "field": {"航空航天": 8, "数字经济": 3},
    "section": {"省外速览": 9},
    "level": {"省外": 9},
    "year": {"2025": 9, "2024": 3},
    "month": {"2025-09": 6, "2025-03": 3, "2024-11": 3},
    "subfield": {"航空航天/低空装备": 5, "数字经济/大数据": 1},
    "state": {"marked": 2, "unread": 7},
}


@pytest.fixture
def panel(qtbot):
    made = SearchPanel(LIGHT)
    qtbot.addWidget(made)
    made.resize(290, 600)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    made.focus_box()
    qtbot.waitUntil(made._box.hasFocus)
    return made


@pytest.fixture
def found(panel, qtbot):
    with qtbot.waitSignal(panel.query_changed):
        panel.set_query("低空")
    panel.set_results(HITS, 12, 12.3)
    panel.set_counts(FACETS)
    return panel


def commit(panel: SearchPanel, text: str) -> None:
    event = QInputMethodEvent("", [])
    event.setCommitString(text)
    QApplication.sendEvent(panel._box, event)


def test_typing_asks_once_when_it_pauses(panel, qtbot):
    asked = []
    panel.query_changed.connect(lambda text, choice: asked.append((text, choice)))
    with qtbot.waitSignal(panel.query_changed):
        QTest.keyClicks(panel._box, "5G-A")
    assert asked == [("5G-A", SearchChoice())]


def test_nothing_is_asked_while_a_composition_is_open(panel, qtbot):
    QApplication.sendEvent(panel._box, QInputMethodEvent("di'kong", []))
    with qtbot.assertNotEmitted(panel.query_changed, wait=220):
        panel._narrowing.states["marked"].click()
    with qtbot.waitSignal(panel.query_changed) as asked:
        commit(panel, "低空")
    assert asked.args == ["低空", SearchChoice(marked=True)]


def test_the_enter_that_ends_a_composition_opens_nothing(found, qtbot):
    QApplication.sendEvent(found._box, QInputMethodEvent("jing'ji", []))
    with qtbot.assertNotEmitted(found.result_chosen), qtbot.assertNotEmitted(found.closed):
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Escape):
            QTest.keyClick(found._box, key)


def test_enter_does_not_wait_for_the_pause_and_never_opens_a_result_of_the_former_query(found, qtbot):
    found._box.insert("x")
    with qtbot.assertNotEmitted(found.result_chosen), qtbot.waitSignal(found.query_changed) as asked:
        QTest.keyClick(found._box, Qt.Key.Key_Return)
    assert asked.args[0] == "低空x"


def test_results_stand_under_their_issue(found):
    tree = found._results
    issues = [tree.topLevelItem(index) for index in range(tree.topLevelItemCount())]
    assert [row.text(0) for row in issues] == ["第36期", "第21期"]
    assert [row.data(0, Role.HIT).id for row in tree.hit_rows()] == [("a", 1), ("c", 3), ("b", 2)]
    assert found.result_count() == 3


def test_down_leads_to_the_results_enter_opens_up_leads_back_escape_closes(found, qtbot):
    QTest.keyClick(found._box, Qt.Key.Key_Down)
    assert found._results.hasFocus()
    with qtbot.waitSignal(found.result_chosen) as opened:
        QTest.keyClick(found._results, Qt.Key.Key_Return)
    assert opened.args == [("a", 1)]
    QTest.keyClick(found._results, Qt.Key.Key_Up)
    assert found._box.hasFocus()
    with qtbot.waitSignal(found.closed):
        QTest.keyClick(found._box, Qt.Key.Key_Escape)


def test_a_click_opens_a_result(found, qtbot):
    row = found._results.hit_rows()[2]
    with qtbot.waitSignal(found.result_chosen) as opened:
        QTest.mouseClick(found._results.viewport(), Qt.MouseButton.LeftButton, pos=found._results.visualItemRect(row).center())
    assert opened.args == [("b", 2)]


def test_escape_closes_the_search_even_where_the_window_uses_it(qtbot):
    window = QMainWindow()
    qtbot.addWidget(window)
    panel = SearchPanel(LIGHT)
    window.setCentralWidget(panel)
    shortcut = QShortcut(QKeySequence("Esc"), window)
    window.show()
    window.activateWindow()
    panel.focus_box()
    qtbot.waitUntil(panel._box.hasFocus)
    with qtbot.waitSignal(panel.closed), qtbot.assertNotEmitted(shortcut.activated):
        QTest.keyClick(panel._box, Qt.Key.Key_Escape)


@pytest.mark.parametrize(
    ("query", "hits", "total", "sentence"),
    [
        ("低空", HITS, 12, "找到 12 处，显示前 3 处（0.01 秒）"),
        ("低空", HITS, 3, "找到 3 处（0.01 秒）"),
        ("低空", (), 0, "没有找到。可以减少词语，或放宽筛选条件。"),
        ("  ", (), 0, "输入一个字即可检索。多个词用空格隔开表示同时含有，“-词”表示不含，引号内为整句。"),
    ],
)
def test_it_says_how_much_was_found(panel, query, hits, total, sentence):
    panel.set_query(query)
    panel.set_results(hits, total, 12.3)
    assert panel._total.text() == sentence


def options(panel: SearchPanel, name: str) -> list[str]:
    box = panel._narrowing.boxes[name]
    return [box.itemText(index) for index in range(box.count())]


def choose(panel: SearchPanel, name: str, value: str) -> None:
    box = panel._narrowing.boxes[name]
    box.setCurrentIndex(box.findData(value))


def test_the_results_can_be_narrowed_by_what_occurs_in_them(found, qtbot):
    assert options(found, "field") == ["全部领域", "航空航天（8）", "数字经济（3）"]
    assert options(found, "period") == ["全部时间", "2025年（9）", "2024年（3）"]
    with qtbot.waitSignal(found.query_changed) as asked:
        choose(found, "field", "航空航天")
        choose(found, "period", "2024")
        found._narrowing.states["unread"].click()
        found._order.setCurrentIndex(1)
    assert asked.args == ["低空", SearchChoice(field="航空航天", period="2024", unread=True, order="relevance")]


def test_under_a_chosen_field_and_year_its_subfields_and_months_are_offered(found):
    choose(found, "field", "航空航天")
    choose(found, "period", "2025")
    found.set_counts(FACETS)
    assert options(found, "field") == ["全部领域", "航空航天（8）", "　低空装备（5）", "数字经济（3）"]
    assert options(found, "period") == ["全部时间", "2025年（9）", "　9月（6）", "　3月（3）", "2024年（3）"]
    choose(found, "period", "2025-09")
    choose(found, "field", "航空航天/低空装备")
    found.set_counts({})
    assert found.choice() == SearchChoice(field="航空航天/低空装备", period="2025-09")
    assert options(found, "field") == ["全部领域", "航空航天", "　低空装备"]


def test_conditions_tell_how_many_fulfil_them(found):
    assert [check.text() for check in found._narrowing.states.values()] == ["有标注 2", "有批注", "未读 7"]
    found.set_counts({})
    assert [check.text() for check in found._narrowing.states.values()] == ["有标注", "有批注", "未读"]


def test_a_narrowing_that_finds_nothing_stays_visible(found):
    choose(found, "field", "数字经济")
    found.set_counts({})
    assert found.choice().field == "数字经济"


def test_all_narrowings_are_taken_off_at_once_and_the_order_stays(found, qtbot):
    choose(found, "section", "省外速览")
    choose(found, "period", "2025")
    found._narrowing.states["unread"].setChecked(True)
    found._order.setCurrentIndex(1)
    with qtbot.waitSignal(found.query_changed):
        pass
    with qtbot.waitSignal(found.query_changed) as asked:
        next(action for action in found._tools.menu().actions() if action.text() == "清除筛选").trigger()
    assert asked.args == ["低空", SearchChoice(order="relevance")]


def test_a_search_can_be_done_again_with_all_its_narrowings(panel, qtbot):
    saved = StartView("甲", "低空", SearchChoice(field="航空航天/低空装备", period="2025-09", noted=True, order="relevance"))
    panel.set_starts([saved, StartView("", "芯片", SearchChoice())])
    assert [row.text() for row in map(panel._starts.item, range(panel._starts.count()))] == [
        "  已存检索", "   低空　航空航天›低空装备，2025年9月，有批注，按相关度", "  最近检索", "   芯片",
    ]  # fmt: skip
    QTest.keyClick(panel._box, Qt.Key.Key_Down)
    assert panel._starts.hasFocus()
    with qtbot.waitSignal(panel.query_changed) as asked:
        QTest.keyClick(panel._starts, Qt.Key.Key_Return)
    assert asked.args == ["低空", saved.choice]


def test_a_search_can_be_taken_off_the_list(panel, qtbot):
    panel.set_starts([StartView("", "芯片", SearchChoice()), StartView("", "低空", SearchChoice())])
    assert panel._starts.select_first()
    asked = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier)
    asked.ignore()
    QApplication.sendEvent(panel._starts, asked)
    assert asked.isAccepted(), "the window's own Delete stands back"
    with qtbot.waitSignal(panel.start_forgotten) as forgotten:
        QTest.keyClick(panel._starts, Qt.Key.Key_Delete)
    assert forgotten.args == [StartView("", "芯片", SearchChoice())]
    QTest.keyClick(panel._starts, Qt.Key.Key_Up)
    assert panel._box.hasFocus()


def test_the_searches_to_do_again_are_shown_while_the_box_is_empty(panel):
    panel.set_starts([StartView("", "芯片", SearchChoice())])
    assert panel._starts.isVisible()
    panel.set_query("低空")
    panel.set_results(HITS, 3, 1.0)
    assert panel._results.isVisible()
    panel.set_query("")
    panel.set_results((), 0, 0.0)
    assert panel._starts.isVisible()


def test_all_places_of_an_item_are_shown_on_demand(found, qtbot):
    tree = found._results
    assert tree.select_first()
    with qtbot.waitSignal(found.more_requested) as asked:
        QTest.keyClick(tree, Qt.Key.Key_Right)
    assert asked.args == [("a", 1)]
    found.show_more(("a", 1), [hit(("a", 1, n), "", "", snippet=f"第{n}处低空") for n in range(2)])
    QTest.keyClick(tree, Qt.Key.Key_Down)
    with qtbot.waitSignal(found.result_chosen) as opened:
        QTest.keyClick(tree, Qt.Key.Key_Return)
    assert opened.args == [("a", 1, 0)]
    QTest.keyClick(tree, Qt.Key.Key_Left)
    assert not tree.hit_rows()[0].isExpanded()
    QTest.keyClick(tree, Qt.Key.Key_Right)
    assert tree.hit_rows()[0].isExpanded()
    assert found.result_count() == 3


def test_a_click_on_the_word_shows_all_places(found, qtbot):
    tree = found._results
    place = tree.rows.more_place(tree.visualItemRect(tree.hit_rows()[2])).center()
    with qtbot.waitSignal(found.more_requested) as asked, qtbot.assertNotEmitted(found.result_chosen):
        QTest.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert asked.args == [("b", 2)]


def test_only_an_item_with_further_places_offers_them(panel, qtbot):
    only = HitView(1, "第36期", "2025-09-19", "省外速览", "固态电池", "body", "推动低空经济发展", ((2, 4),))
    panel.set_query("低空")
    panel.set_results([only], 1, 1.0)
    tree = panel._results
    assert tree.select_first()
    with qtbot.assertNotEmitted(panel.more_requested):
        QTest.keyClick(tree, Qt.Key.Key_Right)
    with qtbot.waitSignal(panel.result_chosen):  # where the offer would be, there is only the hit
        QTest.mouseClick(
            tree.viewport(), Qt.MouseButton.LeftButton, pos=tree.rows.more_place(tree.visualItemRect(tree.hit_rows()[0])).center()
        )


def test_the_words_found_are_lit_where_they_stand_even_behind_rare_characters(found):
    layout = found._results.rows._snippet(hit(1, "", "", snippet="𠮷野推动\n低空经济", ranges=((5, 7),)), 250)
    (lit,) = layout.formats()
    assert layout.text().encode("utf-16-le")[2 * lit.start : 2 * (lit.start + lit.length)].decode("utf-16-le") == "低空"
    assert lit.format.foreground().color() == QColor(LIGHT.accent)


@pytest.mark.parametrize(("length", "shown"), [(30, 30), (400, None)])
def test_a_snippet_without_room_ends_with_an_ellipsis(found, length, shown):
    said = found._results.rows._snippet(hit(1, "", "", snippet="低" * length, ranges=((0, 2),)), 250).text()
    assert len(said) == shown if shown else said.endswith("低…") and len(said) < 100


def test_screen_readers_hear_title_section_kind_and_snippet(found):
    told = found._results.hit_rows()[1].data(0, Qt.ItemDataRole.AccessibleTextRole)
    assert told == "成果转化，省外速览，批注：推动低空经济发展"


def test_another_theme_repaints_the_results(found):
    light = found._results.grab().toImage()
    found.set_theme(DARK)
    assert found._results.grab().toImage() != light


def test_results_are_asked_for_newest_first_unless_the_reader_wants_relevance(found):
    assert found.choice().order == "newest"
    assert found._order.itemText(0) == "由近及远"
