"""The list of the library: find an issue by what one remembers of it, and open it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from desktop.ui.library_panel import LibraryPanel
from desktop.ui.library_panel.rows import Role
from desktop.ui.theme import DARK, LIGHT
from desktop.ui.values import IssueView


def issue(id_: int, year: int, number: str, date: str, **more) -> IssueView:
    return IssueView(**({"id": id_, "title": "科技参考", "year": year, "number": number, "date": date, "kind": "issue"} | more))


ISSUES = (
    issue(3, 2025, "48", "2025-09-19", marks=12),
    issue(1, 2025, "57", "2025-12-01", unread=2),
    issue(5, 2024, "48", "2024-11-20"),
    issue(4, 2025, "5-6", "2025-02-10", doubts=1),
    issue(7, 2024, "增刊1", "2024-12-30"),
    issue(6, 2022, "", "2022-06-30", kind="document", title="高新技术产业发展规划"),
)


@pytest.fixture
def panel(qtbot):
    made = LibraryPanel(LIGHT)
    qtbot.addWidget(made)
    made.resize(290, 400)
    made.set_issues(ISSUES)
    made.show()
    qtbot.waitExposed(made)
    return made


def shown(panel: LibraryPanel) -> list[str]:
    rows = []
    for index in range(panel._tree.topLevelItemCount()):
        year = panel._tree.topLevelItem(index)
        rows.append(year.text(0))
        rows += [f"  {year.child(child).text(0)}" for child in range(year.childCount())]
    return rows


def test_issues_stand_by_year_newest_first_and_other_papers_at_the_end(panel):
    assert shown(panel) == [
        "2025年", "  第57期", "  第48期", "  第5-6期", "2024年", "  增刊1", "  第48期", "其他文件", "  高新技术产业发展规划",
    ]  # fmt: skip


def test_the_name_of_the_bulletin_is_added_where_there_are_several(panel):
    panel.set_issues((*ISSUES[:2], issue(9, 2025, "3", "2025-03-01", title="决策要报")))
    assert shown(panel) == ["2025年", "  科技参考 第57期", "  科技参考 第48期", "  决策要报 第3期"]


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("48", [3, 5]), ("４８期", [3, 5]), ("第 48 期", [3, 5]), ("2024年第48", [5]), ("增刊", [7]), ("规划", [6]),
        ("科技参考57", [1]), ("科技参考第57期", [1]), ("2025年", [1, 3, 4]), ("没有这一期", []),
    ],
)  # fmt: skip
def test_an_issue_is_found_by_number_year_or_title_however_it_is_typed(panel, typed, ids):
    panel._filter.setText(typed)
    assert [row.data(0, Role.ISSUE).id for row in panel._tree.issue_rows()] == ids
    assert panel._nothing.isVisible() is (ids == [])


def test_a_click_opens_and_the_arrows_only_select(panel, qtbot):
    row = panel._tree.row_of(3)
    with qtbot.waitSignal(panel.open_issue) as opened:
        QTest.mouseClick(panel._tree.viewport(), Qt.MouseButton.LeftButton, pos=panel._tree.visualItemRect(row).center())
    assert opened.args == [3]
    with qtbot.assertNotEmitted(panel.open_issue):
        QTest.keyClick(panel._tree, Qt.Key.Key_Down)
    with qtbot.waitSignal(panel.open_issue) as opened:
        QTest.keyClick(panel._tree, Qt.Key.Key_Return)
    assert opened.args == [4]


def test_enter_in_the_box_opens_the_only_issue_left(panel, qtbot):
    panel._filter.setText("57")
    with qtbot.waitSignal(panel.open_issue) as opened:
        QTest.keyClick(panel._filter, Qt.Key.Key_Return)
    assert opened.args == [1]


def test_a_folded_year_stays_folded_when_the_list_changes_but_a_search_looks_into_it(panel):
    panel._tree.topLevelItem(0).setExpanded(False)
    panel.set_issues((*ISSUES, issue(8, 2025, "58", "2025-12-08")))
    assert not panel._tree.topLevelItem(0).isExpanded()
    panel._filter.setText("58")
    assert panel._tree.topLevelItem(0).isExpanded()


def test_the_open_issue_is_shown_without_being_opened_again(panel, qtbot):
    with qtbot.assertNotEmitted(panel.open_issue):
        panel.set_current(5)
    assert panel._tree.current() == 5
    panel.set_issues(tuple(replace(one, unread=9) for one in ISSUES))
    assert panel._tree.current() == 5


def test_screen_readers_hear_the_issue_and_its_counts(panel):
    told = [row.data(0, Qt.ItemDataRole.AccessibleTextRole) for row in panel._tree.issue_rows()]
    assert told[:3] == [
        "《科技参考》第57期，2025-12-01，未读 2",
        "《科技参考》第48期，2025-09-19，标注 12",
        "《科技参考》第5-6期，2025-02-10，待核 1",
    ]


def test_an_empty_library_offers_three_ways_to_begin(panel, qtbot):
    panel.set_issues(())
    ways = [button for button in panel.findChildren(QPushButton) if button.isVisible()]
    assert [button.text() for button in ways] == ["打开文件", "导入文件夹", "打开示例"]
    for button, signal in zip(ways, (panel.open_requested, panel.folder_requested, panel.samples_requested), strict=True):
        with qtbot.waitSignal(signal):
            button.click()


def test_another_theme_repaints_the_rows(panel):
    light = panel._tree.grab().toImage()
    panel.set_theme(DARK)
    assert panel._tree.grab().toImage() != light
