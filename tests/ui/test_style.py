"""The look holds in light, dark and high contrast."""

from __future__ import annotations

import re

import pytest
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QLabel, QLineEdit, QListWidget, QPushButton, QToolButton, QWidget

from desktop.fields.vocabulary import Choice
from desktop.ui.colors import ink, mix, overlaid
from desktop.ui.palette import FieldPalette
from desktop.ui.reading.typography import READING_FAMILIES, ReadingType
from desktop.ui.signs import wrapped
from desktop.ui.style import interface_font, palette, set_role, stylesheet
from desktop.ui.theme import CONTRAST, FIELD_LABELS, LIGHT, THEMES, Theme


def luminance(color: QColor) -> float:
    parts = [value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4 for value in color.getRgbF()[:3]]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: QColor | str, other: QColor | str) -> float:
    high, low = sorted((luminance(QColor(one)), luminance(QColor(other))), reverse=True)
    return (high + 0.05) / (low + 0.05)


themes = pytest.mark.parametrize("theme", THEMES.values(), ids=list(THEMES))


@themes
def test_every_colour_in_the_sheet_is_a_colour_and_nothing_is_left_open(theme: Theme):
    sheet = stylesheet(theme)
    assert "$" not in sheet
    assert all(QColor(found).isValid() for found in re.findall(r"#\w+", sheet))


@themes
def test_words_can_be_read_on_every_ground(theme: Theme):
    for ground in (theme.window, theme.surface, theme.paper, theme.selected):
        assert contrast(theme.text, ground) >= 7, ground
    for ground in (theme.window, theme.surface, theme.paper):
        assert contrast(theme.faint, ground) >= 4.5, ground
        assert contrast(theme.accent, ground) >= 4.5, ground
    assert contrast(theme.accent_text, theme.accent) >= 4.5


@themes
def test_the_chief_button_does_not_look_pressable_where_it_is_not(qtbot, theme: Theme):
    shown = []
    for enabled in (True, False):
        button = QPushButton("导出")
        qtbot.addWidget(button)
        button.setProperty("role", "primary")
        button.setEnabled(enabled)
        button.setStyleSheet(stylesheet(theme))
        button.resize(120, 30)
        shown.append(button.grab().toImage().pixelColor(8, 15))
    assert shown[0] == QColor(theme.accent)
    assert contrast(shown[1], theme.window) < 1.5, "it lies back into the panel"


@themes
def test_words_can_be_read_under_one_mark_and_under_any_two(theme: Theme):
    for one in theme.marks.values():
        for other in theme.marks.values():
            for ground in (overlaid([one], theme), overlaid([one, other], theme)):
                assert contrast(theme.text, ground) >= 4.5, (one, other)


@themes
def test_two_marks_over_one_another_look_unlike_either(theme: Theme):
    yellow, blue = theme.marks["yellow"], theme.marks["blue"]
    assert overlaid([yellow, blue], theme).name() not in (yellow, blue)


@themes
def test_underlines_stand_out_from_the_paper(theme: Theme):
    assert all(contrast(ink(color, theme), theme.paper) >= 3 for color in theme.marks.values())


@themes
def test_the_palette_follows_the_theme(theme: Theme):
    made = palette(theme)
    assert made.color(QPalette.ColorRole.Window) == QColor(theme.window)
    assert made.color(QPalette.ColorRole.Text) == QColor(theme.text)


def test_every_field_has_a_colour_in_every_theme_and_a_label_of_two_characters():
    assert all(set(theme.fields) == set(FIELD_LABELS) for theme in THEMES.values())
    assert all(len(label) == 2 for label in FIELD_LABELS.values())
    assert len(set(FIELD_LABELS.values())) == len(FIELD_LABELS)


def test_a_role_changes_the_look_of_a_widget_that_is_shown_already(qtbot):
    label = QLabel("待核")
    qtbot.addWidget(label)
    label.setStyleSheet(stylesheet(LIGHT))
    label.show()
    set_role(label, "warning")
    assert label.palette().color(QPalette.ColorRole.WindowText) == QColor(LIGHT.warning)


def test_mixing_goes_from_one_colour_to_the_other():
    assert [mix("#ff0000", "#0000ff", share).name() for share in (0, 0.5, 1)] == ["#0000ff", "#800080", "#ff0000"]


def test_the_interface_keeps_the_system_s_font_first(qapp):
    base = QFont("Some System Font")
    assert interface_font(base).families()[0] == "Some System Font"


def test_the_reading_font_is_the_reader_s_choice_and_never_empty(qapp):
    assert ReadingType(family=qapp.font().family()).font().families()
    assert "仿宋" in READING_FAMILIES
    assert ReadingType(px=20, line_height=1.8).line() == 36


@pytest.mark.parametrize("most", [1, 2, 3])
def test_text_is_broken_to_a_width_and_cut_with_an_ellipsis(qapp, most):
    text = "江陵市建设低空智联网𠮷推动低空经济发展" * 3
    lines = wrapped(text, qapp.font(), 120, most)
    assert len(lines) == most
    assert "".join(lines)[:-1] == text[: len("".join(lines)) - 1]
    assert lines[-1].endswith("…")


def test_text_that_fits_is_left_as_it_is(qapp):
    assert wrapped("江陵市", qapp.font(), 400, 2) == ["江陵市"]


def test_high_contrast_draws_lines_in_full_strength():
    assert contrast(CONTRAST.line, CONTRAST.surface) >= 7


@themes
def test_in_a_popup_the_row_that_enter_takes_is_seen_and_a_line_goes_around_it(qtbot, qapp, theme):
    home = QWidget()
    qtbot.addWidget(home)
    shown = FieldPalette(
        "标注本条",
        lambda _typed: [Choice("生物医药", "生物医药", "", "6"), Choice("综合", "综合", "", "0")],
        frozenset(),
        theme,
        home,
    )
    qapp.setStyleSheet(stylesheet(theme))
    shown.show()
    shot = shown.grab().toImage()
    rows = shown.findChild(QListWidget)
    place = rows.viewport().mapTo(shown, rows.visualItemRect(rows.item(0)).topRight())
    assert shot.pixelColor(place.x() - 4, place.y() + 4).name() == QColor(theme.selected).name()
    assert shot.pixelColor(0, 100) != shot.pixelColor(3, 100)
    qapp.setStyleSheet("")


def test_the_clear_button_of_a_box_stands_in_its_middle(qtbot, qapp):
    qapp.setStyleSheet(stylesheet(THEMES["light"]))
    box = QLineEdit("中试")
    box.setClearButtonEnabled(True)
    qtbot.addWidget(box)
    box.show()
    button = box.findChild(QToolButton)
    assert abs(button.geometry().center().y() - box.rect().center().y()) <= 1
    qapp.setStyleSheet("")
