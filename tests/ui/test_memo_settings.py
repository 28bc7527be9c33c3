"""摘编设置, 版面设置, adding by field and choosing passages: what each of them asks and tells."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialogButtonBox, QWidget

from desktop.memo import kinds
from desktop.ui.memo_panel.adding import AddDialog, PassagesDialog, periods
from desktop.ui.memo_panel.settings import MemoSettings, PageSettings
from desktop.ui.theme import LIGHT


@pytest.fixture
def window(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    return made


def test_each_kind_asks_for_what_it_prints(window):
    asked = {kind.name: MemoSettings(kind, {}, LIGHT, window) for kind in kinds.load()}
    assert {"own:摘要", "own:按语"} <= set(asked["信息摘编"]._texts)
    assert {"number", "head_name", "imprint:报", "imprint:发", "copies"} <= set(asked["要情摘报"]._lines)
    assert "own:拟办意见" in asked["呈阅件"]._texts
    assert "number" not in asked["信息摘编"]._lines


def test_only_what_was_changed_is_told_and_soon(window, qtbot):
    form = MemoSettings(kinds.load()[0], {"addressee": "局领导", "mark": "on"}, LIGHT, window)
    form.show()
    with qtbot.waitSignal(form.changed, timeout=2000) as changed:
        QTest.keyClicks(form._lines["watermark"], "abc")
    assert changed.args == [{"watermark": "abc"}]
    form._lines["addressee"].setText("")
    with qtbot.waitSignal(form.changed, timeout=2000) as changed:
        form.close()
        form.tell()
    assert changed.args == [{"addressee": ""}]


def test_page_settings_are_told_as_far_as_they_differ_and_can_be_put_back(window, qtbot):
    form = PageSettings({"line": 28.0}, LIGHT, window)
    with qtbot.waitSignal(form.changed, timeout=2000) as changed:
        form._bold.setChecked(True)
    assert changed.args == [{"line": 28.0, "second_level_bold": True}]
    with qtbot.waitSignal(form.changed, timeout=2000) as changed:
        form._back()
    assert changed.args == [{}]


def test_periods_are_years_and_quarters_that_have_issues():
    found = periods(["2025-09-19", "2025-12-01", "2024-02-03", ""])
    assert [name for name, _, _ in found] == [
        "全部时段",
        "2025年",
        "2025年第四季度",
        "2025年第三季度",
        "2024年",
        "2024年第一季度",
    ]
    assert found[3][1:] == ("2025-07-01", "2025-09-30")
    assert found[5][1:] == ("2024-01-01", "2024-03-31")


def test_adding_says_how_many_before_it_is_done(window, qtbot):
    numbers = {"": 12, "生物医药": 3, "数字经济": 0}
    dialog = AddDialog(["生物医药", "数字经济"], ["2025-09-19"], lambda choice: numbers[choice[0]], LIGHT, window)
    assert "12 条" in dialog._found.text()
    dialog._field.setCurrentIndex(2)
    dialog._field.activated.emit(2)
    assert not dialog._box.button(QDialogButtonBox.StandardButton.Ok).isEnabled()
    dialog._field.setCurrentIndex(1)
    dialog._period.setCurrentIndex(2)
    with qtbot.waitSignal(dialog.chosen) as chosen:
        dialog.accept()
    assert chosen.args == ["生物医药", "2025-07-01", "2025-09-30", "", False]


def test_passages_are_ticked_and_at_least_one_stays(window, qtbot):
    dialog = PassagesDialog("题", [(1, "导语", True), (2, "（1）要点", True), (4, "另段", False)], window)
    dialog._list.item(0).setCheckState(Qt.CheckState.Unchecked)
    dialog._list.item(2).setCheckState(Qt.CheckState.Checked)
    with qtbot.waitSignal(dialog.chosen) as chosen:
        dialog.accept()
    assert chosen.args == [[2, 4]]
    for row in range(3):
        dialog._list.item(row).setCheckState(Qt.CheckState.Unchecked)
    assert not dialog._box.button(QDialogButtonBox.StandardButton.Ok).isEnabled()
