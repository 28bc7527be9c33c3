"""Tagging from the keyboard: the triage mode, and the palette that takes any tag by a few characters."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from desktop.archive import suggesting, tagging, undoing
from desktop.ui.palette import FieldPalette


@pytest.fixture
def triage(reader):
    """The mode, started at the first item of an issue."""
    reader.open_issue()
    reader.go_to(1)
    reader.do("field.triage")
    return reader


def ready(reader):
    reader.until(lambda: "正在看" not in reader.program.triage_bar._name.text())


def press(reader, key, modifier=Qt.KeyboardModifier.NoModifier):
    ready(reader)
    reader.qtbot.keyClick(reader.program.triage_bar, key, modifier)


def tagged(reader):
    return [(tag.item, tag.field) for tag in tagging.tags(reader.library)]


def test_enter_through_a_whole_issue_tags_every_item_that_has_a_suggestion(triage):
    items = [item.id for item in triage.desk.document.items]
    wanted = {item: suggesting.suggest(triage.library, item) for item in items}
    for item in items:
        press(triage, Qt.Key.Key_Return if wanted[item] else Qt.Key.Key_Space)
    assert tagged(triage) == [(item, found[0].field) for item, found in wanted.items() if found]
    assert "已" in triage.program.triage_bar._title.text()
    press(triage, Qt.Key.Key_Escape)
    assert not triage.program.triage_bar.isVisible()


def test_skipping_and_going_back_change_nothing(triage):
    first = triage.desk.item_id
    press(triage, Qt.Key.Key_Space)
    assert triage.desk.item_id != first
    press(triage, Qt.Key.Key_Left)
    assert triage.desk.item_id == first
    assert tagged(triage) == []


def test_a_refused_suggestion_gives_way_and_stays_refused(triage):
    first = triage.desk.item_id
    refused = suggesting.suggest(triage.library, first)[0].field
    press(triage, Qt.Key.Key_Backspace)
    assert refused not in [one.field for one in suggesting.suggest(triage.library, first)]
    assert triage.desk.item_id == first
    press(triage, Qt.Key.Key_6)
    assert tagged(triage) == [(first, "生物医药")]
    assert triage.desk.item_id != first
    assert undoing.undo(triage.library) == "标注领域：生物医药"


def test_closing_the_issue_ends_the_mode(triage):
    triage.do("file.close")
    assert not triage.program.triage_bar.isVisible()


def palette(reader) -> FieldPalette:
    reader.do("field.palette")
    return next(widget for widget in QApplication.topLevelWidgets() if isinstance(widget, FieldPalette))


def type_in(reader, words):
    reader.qtbot.keyClick(palette_box(reader, words), Qt.Key.Key_Return)
    QApplication.processEvents()


def palette_box(reader, words):
    box = palette(reader).findChild(QLineEdit)
    box.setText(words)
    return box


@pytest.mark.parametrize(
    ("typed", "field", "subfield"),
    [("jcdl", "电子信息", "集成电路"), ("量子科技", "电子信息", "量子科技"), ("6.2", "生物医药", "生物药"), ("营造", "保障措施", "营造良好环境"), ("低空经济", "低空经济", "")],
)  # fmt: skip
def test_the_palette_takes_chinese_initials_and_numbers_and_takes_off_again(reader, typed, field, subfield):
    reader.open_issue()
    reader.go_to(1)
    type_in(reader, typed)
    assert [(tag.field, tag.subfield) for tag in tagging.tags(reader.library)] == [(field, subfield)]
    type_in(reader, typed)
    assert tagging.tags(reader.library) == []


def test_the_field_key_takes_a_field_off_with_its_subfields(reader):
    reader.open_issue()
    reader.go_to(1)
    type_in(reader, "jcdl")
    reader.do("field.电子信息")
    assert tagging.tags(reader.library) == []
    reader.do("field.电子信息")
    assert [(tag.field, tag.subfield) for tag in tagging.tags(reader.library)] == [("电子信息", "")]


def test_the_palette_tags_the_selection(reader):
    reader.open_issue()
    selected = reader.select(1, reader.item(1).title[:4])
    type_in(reader, "jcdl")
    (tag,) = tagging.tags(reader.library)
    assert (tag.item, tag.subfield) == (selected.item, "集成电路")
    assert tag.mark is not None
