"""A note is never lost and never sent off half written."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QPushButton

from desktop.ui.note_editor import NoteBox, NoteEditor
from desktop.ui.theme import LIGHT


@pytest.fixture
def window(qtbot):
    made = QMainWindow()
    qtbot.addWidget(made)
    made.resize(760, 500)
    made.setCentralWidget(QLineEdit())
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    made.centralWidget().setFocus()
    qtbot.waitUntil(made.centralWidget().hasFocus)
    return made


@pytest.fixture
def editor(window):
    made = NoteEditor(LIGHT, window)
    made.edit("m1", "请高新处", window.mapToGlobal(QPoint(200, 200)))
    return made


def box(editor: NoteEditor) -> NoteBox:
    return editor.findChild(NoteBox)


def test_it_opens_with_the_note_and_the_caret_behind_it(editor):
    assert box(editor).hasFocus()
    QTest.keyClicks(box(editor), "ok")
    assert box(editor).toPlainText() == "请高新处ok"


def test_ctrl_enter_saves_and_gives_the_keyboard_back(window, editor, qtbot):
    QTest.keyClicks(box(editor), "A")
    with qtbot.waitSignal(editor.saved) as saved:
        QTest.keyClick(box(editor), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert saved.args == ["m1", "请高新处A"]
    assert not editor.isVisible()
    assert window.centralWidget().hasFocus()


def test_ctrl_enter_and_escape_belong_to_the_note_even_where_the_window_uses_them(window, editor, qtbot):
    shortcut = QShortcut(QKeySequence("Ctrl+Return"), window)
    with qtbot.waitSignal(editor.saved), qtbot.assertNotEmitted(shortcut.activated):
        QTest.keyClick(box(editor), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_enter_alone_is_a_new_line(editor, qtbot):
    with qtbot.assertNotEmitted(editor.saved):
        QTest.keyClick(box(editor), Qt.Key.Key_Return)
    assert box(editor).toPlainText() == "请高新处\n"


def test_a_composition_that_ends_with_enter_stays_in_the_box(editor, qtbot):
    QApplication.sendEvent(box(editor), QInputMethodEvent("yan'ti", []))
    with qtbot.assertNotEmitted(editor.saved):
        QTest.keyClick(box(editor), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    commit = QInputMethodEvent("", [])
    commit.setCommitString("研提意见")
    QApplication.sendEvent(box(editor), commit)
    with qtbot.waitSignal(editor.saved) as saved:
        box(editor).save()
    assert saved.args[1].startswith("请高新处")
    assert saved.args[1].endswith("研提意见")


def test_going_elsewhere_saves_once(window, editor, qtbot):
    QTest.keyClicks(box(editor), "B")
    said = []
    editor.saved.connect(lambda *args: said.append(args))
    window.centralWidget().setFocus()
    assert said == [("m1", "请高新处B")]
    assert not editor.isVisible()


def test_escape_leaves_the_note_as_it_was(editor, qtbot):
    QTest.keyClicks(box(editor), "C")
    with qtbot.assertNotEmitted(editor.saved):
        QTest.keyClick(box(editor), Qt.Key.Key_Escape)
    assert not editor.isVisible()


def test_opening_another_note_saves_the_first(window, editor, qtbot):
    QTest.keyClicks(box(editor), "D")
    with qtbot.waitSignal(editor.saved) as saved:
        editor.edit("m2", "", window.mapToGlobal(QPoint(100, 100)))
    assert saved.args == ["m1", "请高新处D"]
    assert editor.isVisible()
    assert box(editor).toPlainText() == ""


def test_the_button_saves_too(editor, qtbot):
    with qtbot.waitSignal(editor.saved):
        editor.findChild(QPushButton).click()
