"""What a reader sees and can do on the reading page."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QTextCursor, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.bulletin.model import PassageKind
from desktop.ui.reading import ReadingView
from desktop.ui.reading.typography import MEASURE, first_present, word_at
from desktop.ui.style import stylesheet
from desktop.ui.theme import DARK, LIGHT
from tests.ui.made import NOTE, issue, item, mark, passage, text_of

DOCUMENT = issue()
FIRST = DOCUMENT.items[0]


@pytest.fixture
def view(qtbot):
    made = ReadingView(LIGHT, dwell_ms=30)
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.set_document(DOCUMENT)
    made.show()
    qtbot.waitExposed(made)
    return made


def offset(words: str, one=FIRST) -> int:
    return text_of(one).index(words)


def position(view: ReadingView, words: str, one=FIRST) -> int:
    found = view._sheet.map.position(one.id, offset(words, one))
    assert found is not None
    return found


def point(view: ReadingView, words: str, one=FIRST) -> QPoint:
    """The middle of the first character of these words on the screen."""
    at = position(view, words, one)
    here, after = view._caret_box(at), view._caret_box(at + 1)
    return QPoint(round((here.left() + after.left()) / 2), round(here.center().y()))


def select(view: ReadingView, anchor: int, end: int) -> None:
    caret = view.textCursor()
    caret.setPosition(anchor)
    caret.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    view.setTextCursor(caret)


def drag(view: ReadingView, start: QPoint, end: QPoint) -> None:
    """A drag with the button held; QTest's own moves carry no button."""
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=start)
    move = QMouseEvent(
        QEvent.Type.MouseMove, QPointF(end), QPointF(view.viewport().mapToGlobal(end)),
        Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QApplication.sendEvent(view.viewport(), move)
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=end)


def test_the_page_shows_every_passage_whole_with_its_marker_and_its_section(view):
    shown = view.toPlainText().split("\n")
    for one in DOCUMENT.items:
        for part in one.passages:
            marker = f"［{part.mark}］" if part.mark else part.marker
            assert marker + part.text in shown
    assert shown[0] == "《科技参考》第36期"
    assert shown.count("省外速览") == 1
    assert "江陵市科技情报中心　2025年9月19日" in shown


def test_a_section_called_like_its_first_item_is_not_written_twice(qtbot):
    one = item(
        1,
        1,
        "总体要求",
        "总体要求",
        passages=(passage(PassageKind.TITLE, "总体要求"), passage(PassageKind.PARAGRAPH, "稳中求进。")),
    )
    made = ReadingView(LIGHT)
    qtbot.addWidget(made)
    made.set_document(DOCUMENT.__class__(1, "规划", "", "document", (one,), "", is_pdf=False))
    assert made.toPlainText() == "规划\n总体要求\n稳中求进。"


def test_the_columns_of_a_table_stand_under_one_another(qtbot):
    cells = "序号\t指标名称\t目标\n1\t全省高新技术产业营业收入\t29600\n2\t企业数\t20000"
    one = item(1, 1, "", "表", passages=(passage(PassageKind.TITLE, "表"), passage(PassageKind.TABLE, cells)))
    made = ReadingView(LIGHT)
    qtbot.addWidget(made)
    made.resize(900, 400)
    made.set_document(DOCUMENT.__class__(1, "规划", "", "document", (one,), "", is_pdf=False))
    thirds = [
        made._caret_box(made._sheet.map.position(1, text_of(one).index(words))).left() for words in ("目标", "29600", "20000")
    ]
    assert max(thirds) - min(thirds) <= 1


def test_titles_are_bold_and_larger_and_heads_bold_up_to_their_full_stop(view):
    def letters(words: str):
        at = position(view, words)
        block = view.document().findBlock(at)
        assert view.cursorRect(QTextCursor(block)).isValid()  # sets its lines
        within = at - block.position()
        fonts = [one.format.font() for one in block.layout().formats() if one.start <= within < one.start + one.length]
        return fonts[-1]

    body = letters("在主城区")
    assert letters(FIRST.title).pixelSize() > body.pixelSize() > letters(NOTE).pixelSize()
    assert [letters(words).bold() for words in (FIRST.title, "建设基础设施", "在主城区")] == [True, True, False]


def test_lines_hold_about_38_characters_and_stand_in_the_middle(view):
    view.resize(1400, 600)
    lead = view.document().findBlock(position(view, "近日"))
    line = lead.layout().lineAt(1)
    assert line.width() == MEASURE * 19
    assert abs(line.x() - (view.viewport().width() - line.x() - line.width())) < 2


@pytest.mark.parametrize("breaker", ["\n", "\u2029", "\r", "\ufdd0", "\ufffc", "\x00"])
def test_characters_that_mean_something_to_the_text_widget_do_not_shift_the_text(qtbot, breaker):
    one = item(1, 1, "", "表", passages=(passage(PassageKind.TITLE, "表"), passage(PassageKind.TABLE, f"甲{breaker}乙丙")))
    made = ReadingView(LIGHT)
    qtbot.addWidget(made)
    made.set_document(DOCUMENT.__class__(1, "表", "", "document", (one,), "", is_pdf=False))
    end = made._sheet.map.position(1, len(text_of(one)))
    assert made.document().characterAt(end - 1) == "丙"


def test_a_selection_over_two_points_is_their_text_without_the_marker(view, qtbot):
    with qtbot.waitSignal(view.selection_made) as made:
        drag(view, point(view, "30分钟"), point(view, "围绕应急"))
    selection = made.args[0]
    assert (selection.item, selection.text) == (FIRST.id, text_of(FIRST)[selection.start : selection.end])
    assert selection.text.startswith(("30分钟以内。\n培育", "0分钟以内。\n培育"))
    assert "（2）" not in selection.text
    assert view.selection() == selection


def test_what_is_shown_as_selected_is_what_would_be_marked(view, qtbot):
    select(view, position(view, "统一监管"), position(view, "近日", DOCUMENT.items[1]))
    with qtbot.waitSignal(view.selection_made) as made:
        QTest.keyPress(view, Qt.Key.Key_Shift, Qt.KeyboardModifier.ShiftModifier)
        QTest.keyRelease(view, Qt.Key.Key_Shift)
    assert made.args[0].text == "统一监管。"
    assert view.textCursor().selectedText() == "统一监管。"


def test_a_selection_made_by_keys_is_reported_when_shift_is_let_go(view, qtbot):
    view.go_to(FIRST.id, offset("近日"))
    with qtbot.waitSignal(view.selection_made) as made:
        QTest.keyPress(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
        QTest.keyPress(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
        QTest.keyRelease(view, Qt.Key.Key_Shift)
    assert made.args[0].text == "近日"


def test_escape_takes_the_selection_away_and_says_so(view, qtbot):
    view.go_to(FIRST.id, offset("近日"))
    QTest.keyPress(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyRelease(view, Qt.Key.Key_Shift)
    with qtbot.waitSignal(view.selection_cleared):
        QTest.keyClick(view, Qt.Key.Key_Escape)
    assert view.selection() is None


def test_a_double_click_takes_the_word_that_the_word_list_gives(qtbot):
    made = ReadingView(LIGHT, word_at=lambda text, at: (text.index("低空智联网"), text.index("低空智联网") + 5))
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.set_document(DOCUMENT)
    made.show()
    at = point(made, "智联网推动")
    with qtbot.waitSignal(made.selection_made) as said:
        QTest.mouseClick(made.viewport(), Qt.MouseButton.LeftButton, pos=at)
        QTest.mouseDClick(made.viewport(), Qt.MouseButton.LeftButton, pos=at)
        QTest.mouseRelease(made.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert said.args[0].text == "低空智联网"


@pytest.mark.parametrize(
    ("text", "at", "word"),
    [
        ("推动5G-A基站", 3, "5G-A"),
        ("推动低空经济发展", 5, "经济发展"),
        ("推动。", 2, "。"),
        ("至30%以内", 1, "30%"),
        ("推动", 2, ""),
    ],
)
def test_a_double_click_without_word_list_takes_a_latin_word_or_a_few_characters(text, at, word):
    start, end = word_at(text, at)
    assert text[start:end] == word


def test_marks_change_without_moving_or_resetting_the_page(view):
    view.go_to(12, 0)
    document, place = view.document(), view.verticalScrollBar().value()
    view.set_marks([mark("a", FIRST, "力争到2027年培育企业"), mark("b", FIRST, "培育企业120家", "blue")])
    assert view.document() is document
    assert view.verticalScrollBar().value() == place


def test_marks_that_overlap_show_both_colours(view):
    view.set_marks([mark("a", FIRST, "力争到2027年培育企业"), mark("b", FIRST, "培育企业120家", "blue")])
    drawn = {one.cursor.selectedText(): one.format.background().color().name() for one in view.extraSelections()}
    assert list(drawn) == ["力争到2027年", "培育企业", "120家"]
    assert drawn["力争到2027年"] == LIGHT.marks["yellow"]
    assert len(set(drawn.values())) == 3


def test_a_mark_over_two_points_leaves_the_marker_bare(view):
    view.set_marks([mark("a", FIRST, "30分钟以内。\n培育应用")])
    assert [one.cursor.selectedText() for one in view.extraSelections()] == ["30分钟以内。", "培育应用"]


def test_a_lost_mark_is_not_drawn_anywhere(view):
    view.set_marks([mark("a", FIRST, "近日", anchored=False)])
    assert view.extraSelections() == []


def test_an_underline_changes_what_is_drawn_under_the_words(view):
    view.go_to(FIRST.id, 0)
    plain = view.grab().toImage()
    view.set_marks([mark("a", FIRST, "培育企业120家", style="underline")])
    assert view.grab().toImage() != plain


def test_a_click_on_overlapping_marks_means_the_shorter_one(view, qtbot):
    view.set_marks([mark("long", FIRST, "力争到2027年培育企业120家以上"), mark("short", FIRST, "培育企业")])
    with qtbot.waitSignal(view.mark_clicked) as clicked:
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=point(view, "育企业"))
    assert clicked.args[0] == "short"


def test_enter_opens_the_mark_at_the_caret(view, qtbot):
    view.set_marks([mark("a", FIRST, "培育企业")])
    view.go_to(FIRST.id, offset("培育企业"))
    with qtbot.waitSignal(view.mark_clicked):
        QTest.keyClick(view, Qt.Key.Key_Return)


def test_the_pointer_over_a_mark_tells_its_note_and_fields_as_plain_words(view):
    view.set_marks([mark("a", FIRST, "培育企业", note="请<高新处>研提", fields=("航空航天",))])
    assert view.tip_at(point(view, "育企业")) == "请&lt;高新处&gt;研提<br><b>领域</b>　航空航天"
    assert view.tip_at(point(view, "近日")) == ""
    view.set_marks([replace(mark("a", FIRST, "培育企业"), author="张<某>")])
    assert view.tip_at(point(view, "育企业")) == "<b>标注人</b>　张&lt;某&gt;"


def test_the_pointer_over_a_reference_shows_the_footnote(view):
    assert view.tip_at(point(view, "¹")) == f"［1］{NOTE}"


@pytest.mark.parametrize("words", ["建设基础设施", "围绕应急", "推动eVTOL"])
def test_a_jump_brings_the_line_to_the_top_and_the_place_back(view, words):
    view.go_to(FIRST.id, offset(words), offset(words) + 4)
    assert 0 <= point(view, words).y() <= 80
    kept = view.place()
    top = view.verticalScrollBar().value()
    view.go_to(15, 0)
    view.go_to(*kept, flash=False)
    assert abs(view.verticalScrollBar().value() - top) <= 1


def test_even_the_last_item_can_be_brought_to_the_top(view):
    view.go_to(15, 0)
    assert view._caret_box(view._sheet.map.position(15, 0)).top() == pytest.approx(28, abs=1)
    assert view.place()[0] == 15


def test_the_line_stays_where_it_was_when_type_colours_or_width_change(view, qtbot):
    view.go_to(13, offset("围绕应急", DOCUMENT.items[2]))
    spot = view._sheet.map.position(13, offset("围绕应急", DOCUMENT.items[2]))
    top = view._caret_box(spot).top()
    for change in (lambda: view.set_type("", 26, 2.0), lambda: view.set_theme(DARK), lambda: view.resize(640, 500)):
        change()
        QApplication.processEvents()
        assert view._caret_box(view._sheet.map.position(13, offset("围绕应急", DOCUMENT.items[2]))).top() == pytest.approx(
            top, abs=2
        )


def test_scrolling_says_which_item_is_being_read(view, qtbot):
    with qtbot.waitSignal(view.place_changed, check_params_cb=lambda one, _offset: one == 13):
        spot = view._caret_box(view._sheet.map.position(13, 0)).top()
        view.verticalScrollBar().setValue(view.verticalScrollBar().value() + round(spot) - 20)


def test_a_jump_asked_for_from_outside_is_not_reported_back(view, qtbot):
    with qtbot.assertNotEmitted(view.place_changed, wait=120):
        view.go_to(13, 0)


def test_an_item_is_read_when_its_end_stayed_on_screen(view, qtbot):
    with qtbot.waitSignal(view.item_read, check_params_cb=lambda one: one == 12):
        view.go_to(13, 0)
        view.verticalScrollBar().setValue(view.verticalScrollBar().value() - 200)


def test_an_item_that_only_flew_past_is_not_read(qtbot):
    made = ReadingView(LIGHT, dwell_ms=60_000)
    qtbot.addWidget(made)
    made.resize(900, 400)
    made.set_document(DOCUMENT)
    made.show()
    with qtbot.assertNotEmitted(made.item_read, wait=80):
        for one in DOCUMENT.items:
            made.go_to(one.id, 0)


def test_page_down_turns_the_page_and_a_later_key_does_not_jump_back(view):
    QTest.keyClick(view, Qt.Key.Key_PageDown)
    turned = view.verticalScrollBar().value()
    assert turned > 300
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert abs(view.verticalScrollBar().value() - turned) < 100
    QTest.keyClick(view, Qt.Key.Key_PageUp)
    assert view.verticalScrollBar().value() < 100


def wheel(view: ReadingView, steps: int) -> None:
    at = QPointF(100, 100)
    event = QWheelEvent(
        at, at, QPoint(), QPoint(0, 120 * steps), Qt.MouseButton.NoButton, Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view.viewport(), event)


def test_ctrl_and_the_wheel_change_the_size_but_never_below_16(view, qtbot):
    with qtbot.waitSignal(view.type_changed) as changed:
        wheel(view, 1)
    assert changed.args == [20]
    for _ in range(9):
        wheel(view, -1)
    assert view.reading_type.px == 16


def test_the_first_wanted_font_that_is_installed_is_taken_whatever_its_case():
    assert first_present(("仿宋", "SimSun", "Noto Serif CJK SC"), ["noto serif cjk sc", "simsun"]) == "simsun"
    assert first_present(("仿宋",), ["Arial"]) == ""


def test_a_copy_is_plain_text_without_the_page_s_colours(view):
    select(view, position(view, "近日"), position(view, "近日") + 2)
    data = view.createMimeDataFromSelection()
    assert (data.text(), data.hasHtml()) == ("近日", False)


def test_the_page_changes_its_ground_and_its_ink_with_the_theme_of_the_window(view, qapp):
    for theme in (LIGHT, DARK):
        qapp.setStyleSheet(stylesheet(theme))
        view.set_theme(theme)
        QApplication.processEvents()
        shot = view.viewport().grab().toImage()
        assert shot.pixelColor(4, 4).name() == theme.paper
        assert any(shot.pixelColor(x, y).name() == theme.text for x in range(shot.width()) for y in range(300))
    qapp.setStyleSheet("")


def test_an_emptied_view_shows_nothing_and_selects_nothing(view):
    view.set_document(None)
    assert view.toPlainText().strip() == ""
    assert view.selection() is None
    assert view.place() is None


def test_page_down_at_the_end_of_an_item_begins_the_next_one_at_the_top(view):
    view.resize(900, 420)
    second = DOCUMENT.items[1]
    view.go_to(FIRST.id, 0)
    for _ in range(30):
        before = view.place()
        QTest.keyClick(view, Qt.Key.Key_PageDown)
        if view.place()[0] == second.id:
            break
        assert view.place() > before
    assert view.place() == (second.id, 0)
    top = view._caret_box(view._sheet.map.position(second.id, 0)).top()
    assert 0 <= top <= 60


def test_ctrl_a_takes_the_item_that_is_read_and_not_the_whole_issue(view, qtbot):
    second = DOCUMENT.items[1]
    view.go_to(second.id, 0)
    with qtbot.waitSignal(view.selection_made) as told:
        QTest.keyClick(view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    selection = told.args[0]
    assert (selection.item, selection.text) == (second.id, text_of(second))


def test_a_third_click_takes_the_paragraph(view, qtbot):
    lead = FIRST.passages[1].text
    spot = point(view, lead[:4])
    told = []
    view.selection_made.connect(lambda selection, _point: told.append(selection.text))
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert told[-1] == lead


def test_of_many_marks_only_those_on_the_screen_burden_the_text_and_none_is_missing(view):
    last = DOCUMENT.items[-1]
    quotes = [
        (one, passage_.text[at : at + 3])
        for one in DOCUMENT.items
        for passage_ in one.passages
        for at in range(len(passage_.text) - 3)
    ]
    marks = [mark(f"m{n}", one, quote) for n, (one, quote) in enumerate(quotes * 3)]
    view.resize(900, 120)
    view.set_marks(marks)
    everything = sum(len(passage_.text) for one in DOCUMENT.items for passage_ in one.passages)
    assert 0 < len(view.extraSelections()) < everything
    view.go_to(last.id, 0)
    drawn = "".join(one.cursor.selectedText() for one in view.extraSelections())
    assert last.passages[0].text[:3] in drawn
    view.go_to(FIRST.id, 0)
    view.resize(900, 2000)
    drawn = "".join(one.cursor.selectedText() for one in view.extraSelections())
    assert all(one.passages[0].text[:3] in drawn for one in DOCUMENT.items)


def edge(view: ReadingView, words: str, one=FIRST, *, after: bool = False) -> QPoint:
    """The left side of the first character of these words on the screen, or the right side of the last."""
    at = position(view, words, one) + (len(words) if after else 0)
    side = view._layout.edge(at, after=after)
    return (side.center() - QPointF(0, view.verticalScrollBar().value())).toPoint()


@pytest.fixture
def chosen(view):
    """The mark “培育企业” in the first item, clicked."""
    view.set_marks([mark("m", FIRST, "培育企业")])
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=point(view, "育企业"))
    return view


@pytest.mark.parametrize(
    ("grip", "goal", "made"),
    [
        ("end", "120家", "培育企业120家"),
        ("end", "培育", "培育"),
        ("start", "力争", "力争到2027年培育企业"),
        ("start", "企业120", "企业"),
        ("end", "在主城区", "培育企业120家以上。\n建设基础设施。在主城区"),
    ],
)
def test_an_end_of_the_chosen_mark_is_pulled_to_other_words(chosen, qtbot, grip, goal, made):
    with qtbot.waitSignal(chosen.mark_reshaped) as told:
        if grip == "end":
            drag(chosen, edge(chosen, "培育企业", after=True), edge(chosen, goal, after=True))
        else:
            drag(chosen, edge(chosen, "培育企业"), edge(chosen, goal))
    uid, start, end = told.args
    assert (uid, text_of(FIRST)[start:end]) == ("m", made)
    assert not chosen.textCursor().hasSelection()


@pytest.mark.parametrize("goal", ["近日", "引进𠮷野"])
def test_an_end_is_not_pulled_over_the_other_one(chosen, qtbot, goal):
    away = edge(chosen, "培育企业", after=goal == "近日")
    with qtbot.assertNotEmitted(chosen.mark_reshaped):
        drag(chosen, away, edge(chosen, goal))
    assert [one.cursor.selectedText() for one in chosen.extraSelections()] == ["培育企业"]


def test_only_a_chosen_mark_shows_its_ends_and_can_be_pulled(chosen, qtbot):
    with_ends = chosen.grab().toImage()
    QTest.mouseClick(chosen.viewport(), Qt.MouseButton.LeftButton, pos=point(chosen, "近日"))
    assert chosen.grab().toImage() != with_ends
    with qtbot.assertNotEmitted(chosen.mark_reshaped):
        drag(chosen, edge(chosen, "培育企业", after=True), edge(chosen, "120家", after=True))
    assert chosen.selection().text == "120家"


def test_marks_of_a_long_document_leave_no_trace_in_a_shorter_one(view, qtlog):
    last = DOCUMENT.items[-1]
    view.resize(900, 120)
    view.set_marks([mark("m", FIRST, "培育企业"), mark("u", FIRST, "120家", style="underline")])
    view.go_to(last.id, len(text_of(last)) - 20)
    short = item(1, 1, "", "短", passages=(passage(PassageKind.TITLE, "短"), passage(PassageKind.PARAGRAPH, "一句。")))
    view.set_document(DOCUMENT.__class__(1, "短文", "", "document", (short,), "", is_pdf=False))
    view.resize(700, 300)
    QApplication.processEvents()
    assert view.extraSelections() == []
    assert [record.message for record in qtlog.records] == []


def test_a_flash_and_new_hits_leave_the_marks_and_a_new_theme_recolours_them_all(view):
    view.set_marks([mark("m", FIRST, "培育企业")])
    start = offset("5G-A")
    view.set_hits([(FIRST.id, start, start + 4)])
    view.go_to(FIRST.id, offset("近日"), offset("近日") + 2)

    def drawn():
        return {one.cursor.selectedText(): one.format.background().color().name() for one in view.extraSelections()}

    light = drawn()
    assert set(light) == {"培育企业", "5G-A", "近日"}
    view.set_theme(DARK)
    dark = drawn()
    assert set(dark) == set(light)
    assert all(dark[words] != light[words] for words in light)
    view._end_flash()
    view.set_hits([])
    assert set(drawn()) == {"培育企业"}


def test_the_lines_of_a_stretch_reach_to_the_foot_of_the_last(view):
    view.resize(300, 600)  # so narrow that the words take several lines
    view.go_to(FIRST.id, 0)
    words = "力争到2027年培育企业120家以上"
    first, last = point(view, words).y(), point(view, "以上").y()
    top, bottom = view.lines(FIRST.id, offset(words), offset(words) + len(words))
    assert last > first
    assert top < first < top + 40
    assert last < bottom < last + 40
