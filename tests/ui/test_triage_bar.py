"""The triage card: plain keys decide while it has the keyboard, letters never do."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from desktop.ui.theme import DARK, LIGHT
from desktop.ui.triage import TriageBar
from desktop.ui.values import EvidenceView, SuggestionView

FIRST = SuggestionView("电子信息", "先进计算", 0.8, (EvidenceView("算力", 3, "title", 0, 2),))


@pytest.fixture
def bar(qtbot):
    over = QWidget()
    qtbot.addWidget(over)
    over.resize(800, 600)
    over.show()
    made = TriageBar(LIGHT, over)
    made.show_item("分拣　第 1 条，共 5 条　还有 4 条未标", "某市建成算力中心")
    made.show_suggestions((FIRST, SuggestionView("绿色低碳", "", 0.5)))
    return made


@pytest.mark.parametrize(
    ("key", "signal"),
    [
        (Qt.Key.Key_Return, "accepted"), (Qt.Key.Key_Enter, "accepted"), (Qt.Key.Key_Backspace, "refused"),
        (Qt.Key.Key_Space, "skipped"), (Qt.Key.Key_Right, "skipped"), (Qt.Key.Key_Left, "stepped_back"), (Qt.Key.Key_Escape, "left"),
    ],
)  # fmt: skip
def test_one_key_is_one_decision(bar, qtbot, key, signal):
    with qtbot.waitSignal(getattr(bar, signal)):
        qtbot.keyClick(bar, key)


@pytest.mark.parametrize(("key", "number"), [(Qt.Key.Key_1, 1), (Qt.Key.Key_9, 9), (Qt.Key.Key_0, 10), (Qt.Key.Key_Minus, 0)])
def test_a_digit_names_a_field(bar, qtbot, key, number):
    with qtbot.waitSignal(bar.field_chosen) as chosen:
        qtbot.keyClick(bar, key)
    assert chosen.args == [number]


def test_letters_decide_nothing(bar, qtbot):
    told = []
    for signal in (bar.accepted, bar.refused, bar.skipped, bar.left):
        signal.connect(lambda: told.append(1))
    for letter in (Qt.Key.Key_A, Qt.Key.Key_R, Qt.Key.Key_Y, Qt.Key.Key_N):
        qtbot.keyClick(bar, letter)
    assert told == []


def test_it_shows_the_reasons_how_many_are_left_and_stays_inside(bar):
    said = " ".join(label.text() for label in bar.findChildren(QLabel))
    for part in ("电子信息›先进计算", "算力×3", "还有 4 条未标", "绿色低碳"):
        assert part in said
    assert bar.parentWidget().rect().contains(bar.geometry())


def test_without_a_suggestion_there_is_nothing_to_accept(bar):
    bar.show_suggestions(())
    names = [button.text() for button in bar.findChildren(QPushButton) if button.isVisibleTo(bar)]
    assert names == ["跳过", "结束"]
    bar.set_theme(DARK)
    bar.show_end("本期各条都已标注领域。")
    assert bar.isVisible()


def test_without_a_suggestion_nothing_is_said_of_accepting_and_at_the_end_no_key_is_named(bar):
    def said():
        return " ".join(label.text() for label in bar.findChildren(QLabel) if label.isVisible())

    assert "回车采纳" in said()
    bar.show_suggestions(())
    assert "采纳" not in said()
    assert "数字另标" in said()
    bar.show_end("本期各条都已标注领域。")
    assert "数字另标" not in said()
    bar.show_item("分拣", "下一条")
    assert "数字另标" in said()
