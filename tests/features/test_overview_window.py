"""The two windows about fields over the whole library: what they show, what a click does, and what is written out."""

from __future__ import annotations

import csv
import io

import pytest
from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QListWidget, QTableWidget

from desktop.archive import catalogue, marking, overview, sifting, tagging, undoing
from desktop.errors import KnownError
from desktop.ui.overview.export import write
from desktop.ui.theme import THEMES


def all_items(reader):
    return [item for issue in catalogue.issues(reader.library) for item in catalogue.items(reader.library, issue.id)]


@pytest.fixture
def shown(reader):
    """The overview of a library with one tag and one marked field."""
    item = all_items(reader)[0]
    tagging.tag(reader.library, item.id, "数字经济")
    mark = marking.add(reader.library, item.id, 0, 4)
    tagging.tag(reader.library, item.id, "数字经济", mark=mark.uid)
    reader.do("field.overview")
    window = reader.program.overview._overview
    reader.until(lambda: window.overview is not None)
    return reader, window, item


def test_a_click_on_a_cell_lists_its_items_and_one_of_them_opens(shown):
    reader, window, item = shown
    frame = window.table.frame_for(window.table.width())
    row = frame.overview.rows.index("数字经济")
    column = next(at for at, name in enumerate(frame.overview.columns) if frame.overview.cell("数字经济", name).items)
    reader.qtbot.mouseClick(window.table, Qt.MouseButton.LeftButton, pos=frame.cell(row, column).center().toPoint())
    rows = window.findChild(QListWidget)
    assert [rows.item(at).data(Qt.ItemDataRole.UserRole)[1] for at in range(rows.count())] == [item.id]
    rows.itemActivated.emit(rows.item(0))
    assert reader.desk.item_id == item.id


def test_every_cell_is_found_where_it_is_drawn(shown):
    _reader, window, _item = shown
    for width in (320, 900, 2000):
        frame = window.table.frame_for(width)
        for at, row in enumerate(frame.overview.rows):
            for index, column in enumerate(frame.overview.columns):
                assert frame.at(frame.cell(at, index).center()) == (row, column)
        assert frame.at(QPointF(2, 2)) is None


def test_a_new_tag_is_counted_at_once_and_the_keyboard_moves_between_cells(shown):
    reader, window, item = shown
    tagging.tag(reader.library, item.id, "综合")
    reader.until(lambda: window.overview.row_total("综合") == 1)
    with reader.qtbot.waitSignal(window.cell_chosen) as chosen:
        reader.qtbot.keyClick(window.table, Qt.Key.Key_Down)
    assert chosen.args == [window.overview.rows[0], window.overview.columns[0]]


@pytest.mark.parametrize("axis", list(overview.AXES))
def test_every_axis_and_theme_can_be_shown(shown, axis):
    reader, window, _item = shown
    window._axis.setCurrentIndex(window._axis.findData(axis))
    reader.until(lambda: window.overview.axis == axis)
    for name in THEMES:
        reader.do(f"theme.{name}")
        assert not window.table.grab().isNull()


def test_it_is_written_as_picture_vector_and_table(shown, tmp_path):
    _reader, window, _item = shown
    for suffix in ("png", "svg", "csv"):
        write(tmp_path / f"总览.{suffix}", window.overview, window.table)
    assert QImage(str(tmp_path / "总览.png")).width() > 900
    assert "数字经济" in (tmp_path / "总览.svg").read_text(encoding="utf-8")
    table = list(csv.reader(io.StringIO((tmp_path / "总览.csv").read_text(encoding="utf-8-sig"))))
    assert next(row for row in table if row[0] == "数字经济")[-1] == "1"
    with pytest.raises(KnownError):
        write(tmp_path / "总览.docx", window.overview, window.table)
    with pytest.raises(KnownError):
        write(tmp_path / "没有" / "总览.csv", window.overview, window.table)


def test_leaving_the_file_dialog_writes_nothing(shown, monkeypatch):
    _reader, window, _item = shown
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: ("", ""))
    window.export_requested.emit()


@pytest.fixture
def waiting(reader):
    reader.do("field.waiting")
    window = reader.program.overview._waiting
    reader.until(lambda: "尚未处理" in window._said.text())
    return reader, window


def rows(window) -> list[str]:
    table = window.findChild(QTableWidget)
    return [table.item(at, 0).text() for at in range(table.rowCount())]


def test_many_suggestions_are_taken_over_at_once(waiting):
    reader, window = waiting
    expected = sifting.waiting(reader.library)
    assert rows(window) == [one.title for one in expected]
    window.findChild(QTableWidget).selectAll()
    window.accepted_rows.emit(window.selected())
    assert {(tag.item, tag.field) for tag in tagging.tags(reader.library)} == {(one.item, one.field) for one in expected}
    assert rows(window) == []


def test_refused_rows_do_not_come_back(waiting):
    reader, window = waiting
    before = rows(window)
    window.findChild(QTableWidget).selectRow(0)
    (gone,) = window.selected()
    window.refused_rows.emit([gone])
    assert len(rows(window)) == len(before) - 1
    assert (gone.item, gone.field) not in {(one.item, one.field) for one in sifting.waiting(reader.library)}
    assert undoing.undo(reader.library) == f"不再建议：{gone.field}"


def test_one_field_can_be_asked_for(waiting):
    reader, window = waiting
    field = sifting.waiting(reader.library)[0].field
    window._field.setCurrentIndex(window._field.findData(field))
    reader.until(lambda: rows(window) == [one.title for one in sifting.waiting(reader.library, field=field)])


def test_it_opens_at_the_newest_month_and_stays_where_the_reader_scrolls(shown):
    reader, window, _item = shown
    bar = window._scroll.horizontalScrollBar()
    window.resize(420, 600)
    months = tuple(f"{year}-{month:02d}" for year in (2030, 2031) for month in range(1, 13))
    wide = overview.Overview("month", window.overview.rows, months, {}, {})
    window._begun = None
    window.set_overview(wide)
    reader.until(lambda: bar.maximum() > 0 and bar.value() == bar.maximum())
    name = window.table.frame_for(window.table.width()).cell(2, 0).center().y()
    with reader.qtbot.waitSignal(window.cell_chosen) as chosen:  # the names stand still beside the columns
        at = QPointF(bar.value() + 30, name).toPoint()
        reader.qtbot.mouseClick(window.table, Qt.MouseButton.LeftButton, pos=at)
    assert chosen.args == [wide.rows[2], ""]
    window.table._at = None
    scrolled = window._scroll.viewport().grab(QRect(0, 0, 100, 400)).toImage()
    bar.setValue(0)
    assert window._scroll.viewport().grab(QRect(0, 0, 100, 400)).toImage() == scrolled
    window.set_overview(wide)
    reader.qtbot.wait(30)
    assert bar.value() == 0
