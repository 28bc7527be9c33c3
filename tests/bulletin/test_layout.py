"""Paragraphs, headings, notes and tables of a printed page come from where its lines stand."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from desktop.bulletin.pages import Box, Line, Page, Pages, Span
from desktop.bulletin.parsing.blocks import Role
from desktop.bulletin.parsing.layout import pdf_layout
from desktop.readers.order import reading_order

EM, LEADING, LEFT, CELLS = 16.0, 28.0, 80.0, 28
HEIGHT, WIDTH = 842.0, 595.0
FULL = "全省建成天线阵列十二副并组建测控数据中心三个服务企业两百余家"[:CELLS]
FIRST = FULL[: CELLS - 2]


@dataclass(frozen=True)
class Row:
    """A printed row: `indent` in characters from the left edge, `y` in rows from the top, or at the page's foot below 0."""

    words: str
    indent: float = 0.0
    size: float = EM
    bold: bool = False
    y: float | None = None


def p(words, **options):
    """The first row of a paragraph."""
    return Row(words, 2, **options)


def centred(words, size=20.0, **options):
    return Row(words, (CELLS * EM - len(words) * size) / 2 / EM, size, bold=True, **options)


def folio(number):
    return Row(f"— {number} —", size=14, y=-1)


def sheet(number, rows, left=LEFT):
    lines, first, y = [], 0, 0.0
    for row in rows:
        y = y + 1 if row.y is None else row.y
        top = HEIGHT - 90 + 20 * (4 + y) if y < 0 else 100 + LEADING * y
        x = left + row.indent * EM
        for at, words in enumerate(row.words.split("\t")):
            start = x + at * 6 * row.size
            width = sum(row.size * (0.5 if char.isascii() else 1) for char in words)
            box = Box(start, top, start + width, top + row.size)
            lines.append(Line((Span(words, row.size, "Song", row.bold),), first, len(lines) + 1, box))
            first += len(words)
    return Page(number, tuple(lines), WIDTH, HEIGHT)


def blocks(*sheets):
    pages = tuple(sheet(number, rows) for number, rows in enumerate(sheets, 1))
    return pdf_layout(Pages("pdf", pages)).blocks


def texts(*sheets):
    return [block.words for block in blocks(*sheets)]


def test_a_paragraph_begins_at_an_indent_of_two_characters():
    assert texts([p(FIRST), Row(FULL), Row("成效明显。"), p("下一步，"), p("开放数据。")]) == [
        FIRST + FULL + "成效明显。",
        "下一步，",
        "开放数据。",
    ]


def test_a_paragraph_goes_on_over_the_page_break_without_page_number_and_running_head():
    rows = [
        [Row("云岭参考", 12, 10, y=0), *body, folio(at + 2)] for at, body in enumerate(([p(FIRST)], [Row(FULL)], [Row("明显。")]))
    ]
    assert texts(*rows) == [FIRST + FULL + "明显。"]


def test_only_latin_words_are_parted_where_rows_meet():
    assert texts([p(FIRST[:-4] + "5G-Advanced"[:8]), Row("WIFI 6网络"), p("建成天线12"), Row("副。")])[0].endswith(
        "5G-Advan WIFI 6网络"
    )
    assert texts([p(FIRST), Row("12副。")]) == [FIRST + "12副。"]


@pytest.mark.parametrize(
    ("above", "below", "whole"),
    [
        ("印发《20", "25年要点", "印发《2025年要点"),
        ("低于0.3m", "g/L。", "低于0.3mg/L。"),
        ("不低于4", "0%，", "不低于40%，"),
        ("适配GP", "U方向", "适配GPU方向"),
        ("频段27.5G", "Hz和", "频段27.5GHz和"),
        ("参照New", "Space做法", "参照New Space做法"),
        ("采用Wind", "11系统", "采用Wind 11系统"),
    ],
)
def test_rows_broken_within_a_number_or_unit_are_put_together(above, below, whole):
    cells = sum(0.5 if char.isascii() else 1 for char in above)
    filled = FULL[: int(CELLS - cells)] + above
    assert texts([Row(FULL), Row(filled), Row(below)])[0].endswith(whole)


def test_a_title_over_two_rows_is_one_block_and_set_apart():
    found = blocks(
        [
            Row("【省内要情】", size=18, bold=True),
            centred("我省培育深空测控产业取得阶段性"),
            centred("成效"),
            p(FIRST),
            Row("明显。"),
        ]
    )
    assert [(block.words, block.role) for block in found] == [
        ("【省内要情】", Role.DISPLAY),
        ("我省培育深空测控产业取得阶段性成效", Role.DISPLAY),
        (FIRST + "明显。", Role.BODY),
    ]


def test_issuer_and_date_on_centred_rows_of_their_own_stay_apart():
    found = texts(
        [centred("云岭省测控产业规划", 30), centred("云岭省科学技术厅", 18), centred("2024年3月8日", 18), p(FIRST), Row(FULL)]
    )
    assert found[:3] == ["云岭省测控产业规划", "云岭省科学技术厅", "2024年3月8日"]


def test_notes_at_the_foot_stand_behind_the_paragraph_that_runs_over_them():
    found = blocks(
        [p(FIRST), Row(FULL), Row("1 “方案”指三年行动方案，共部署", size=9, y=-2), Row("12项任务。", size=9, y=-1.5), folio(2)],
        [Row("成效明显。"), p(FIRST), Row(FULL)],
    )
    assert [(block.words, block.role) for block in found][:2] == [
        (FIRST + FULL + "成效明显。", Role.BODY),
        ("¹ “方案”指三年行动方案，共部署12项任务。", Role.NOTE),
    ]


def test_two_notes_on_a_page_are_two():
    notes = [
        Row("1 方案指三年行动方案，共", size=9, y=-2.5),
        Row("7项任务。", size=9, y=-2),
        Row("2 中心指数据中心。", size=9, y=-1.5),
    ]
    found = blocks([p(FIRST), Row(FULL), Row(FULL), *notes, folio(2)])
    assert [block.words for block in found if block.role is Role.NOTE] == [
        "¹ 方案指三年行动方案，共7项任务。",
        "² 中心指数据中心。",
    ]


@pytest.mark.parametrize("size", [9.0, 13.7])
def test_marks_set_apart_from_their_notes_make_no_table(size):
    notes = [
        Row(words, indent, size=size, y=y)
        for y, note in ((-3, "1首条注释。"), (-2, "2次条注释。"))
        for words, indent in ((note[0], 0), (note[1:], 1.3))
    ]
    found = blocks([p(FIRST), Row(FULL), *notes, folio(1)], [Row("成效明显。"), folio(2)])
    assert [block.role for block in found] == [Role.BODY, Role.NOTE, Role.NOTE]
    assert found[0].words == FIRST + FULL + "成效明显。"
    assert [block.words for block in found[1:]] == ["¹ 首条注释。", "² 次条注释。"]


def test_a_bare_page_number_counts_only_when_it_runs_along():
    running = [[p(FIRST), Row(FULL), Row(str(at), size=10, indent=14, y=-1)] for at in (5, 6, 7)]
    layout = pdf_layout(Pages("pdf", tuple(sheet(number, rows) for number, rows in enumerate(running, 1))))
    assert layout.printed == {1: 5, 2: 6, 3: 7}
    assert [block.words for block in layout.blocks] == [FIRST + FULL] * 3
    single = blocks([p(FIRST), Row(FULL), Row("2024", size=10, indent=14, y=-1)])
    assert "2024" in [block.words for block in single]


def test_a_cover_without_a_number_takes_it_from_the_pages_after():
    pages = tuple(sheet(number, [p(FIRST), Row(FULL)] + ([folio(number)] if number > 1 else [])) for number in (1, 2, 3))
    assert pdf_layout(Pages("pdf", pages)).printed == {1: 1, 2: 2, 3: 3}


def test_mirrored_margins_are_two_columns_of_text():
    rows = [p(FIRST), Row(FULL), Row(FULL), Row("明显。")]
    pages = tuple(sheet(number, rows * 4, left=LEFT + (24 if number % 2 else 0)) for number in (1, 2, 3, 4))
    assert [block.words for block in pdf_layout(Pages("pdf", pages)).blocks] == [FIRST + FULL + FULL + "明显。"] * 16


def test_paragraphs_without_indents_end_at_a_short_row():
    found = texts([Row(FULL), Row("成效明显。"), Row(FULL), Row(FULL), Row("开放数据。")])
    assert found == [FULL + "成效明显。", FULL + FULL + "开放数据。"]


def test_a_wide_gap_parts_what_full_rows_would_join():
    assert texts([Row(FULL), Row(FULL), Row("数据中心建成。", y=4.0), Row(FULL), Row("明显。")])[0] == FULL + FULL


def test_contents_with_page_numbers_at_the_far_edge_are_no_table():
    found = blocks([Row("省内要情\t2", y=1), Row("省外速览\t5"), p(FIRST), Row(FULL)])
    assert [(block.words, block.role) for block in found][:2] == [("省内要情\t2", Role.BODY), ("省外速览\t5", Role.BODY)]


def test_rows_of_the_distribution_stay_apart():
    rows = [
        p(FIRST),
        Row(FULL),
        Row("主送：省科技委，省科技办。", size=14),
        Row("省委办公厅。", size=14),
        Row("抄送：各市（州）科技局。", size=14),
    ]
    assert texts(rows)[1:] == ["主送：省科技委，省科技办。", "省委办公厅。", "抄送：各市（州）科技局。"]


def test_a_bold_head_that_runs_into_its_text_is_measured():
    bold, plain = Span("统筹布局，", EM, "Hei", bold=True), Span("建设天线。", EM, "Song")
    whole, rest = Span("加快建设。", EM, "Hei", bold=True), Span("开放数据。", EM, "Song")
    found = [drawn((bold, plain)), drawn((bold,), (whole, rest)), drawn((plain, bold)), drawn((bold, whole))]
    assert [block.words[: block.run_in] for block in found] == ["", "统筹布局，加快建设。", "", ""]


def drawn(*rows):
    lines, first = [], 0
    for at, spans in enumerate(rows):
        box = Box(LEFT + (32 if at == 0 else 0), 100 + 28 * at, LEFT + CELLS * EM, 116 + 28 * at)
        lines.append(Line(spans, first, at + 1, box))
        first += sum(len(span.text) for span in spans)
    (block,) = pdf_layout(Pages("pdf", (Page(1, tuple(lines), WIDTH, HEIGHT),))).blocks
    return block


HEADER = "序号\t指标名称\t目标"


def test_table_rows_take_their_wrapped_cells_and_run_over_the_page():
    found = blocks(
        [
            p(FIRST),
            Row(FULL),
            Row(HEADER, size=11),
            Row("1\t建成天线\t20", size=11),
            Row("阵列", 4.125, 11),
            Row("2\t组建数据\t3", size=11),
            folio(2),
        ],
        [Row("中心", 4.125, 11), Row("3\t服务企业\t200", size=11), p(FIRST), Row(FULL), folio(3)],
    )
    rows = [[cell.text for cell in block.cells] for block in found if block.role is Role.ROW]
    assert rows == [
        ["序号", "指标名称", "目标"],
        ["1", "建成天线阵列", "20"],
        ["2", "组建数据中心", "3"],
        ["3", "服务企业", "200"],
    ]


def test_the_header_of_a_table_may_stand_alone_at_the_foot_of_its_page():
    found = blocks([p(FIRST), Row(FULL), Row(HEADER), folio(1)], [Row("1\t建成天线\t20"), p(FIRST), Row(FULL), folio(2)])
    assert [[cell.text for cell in block.cells] for block in found if block.role is Role.ROW] == [
        ["序号", "指标名称", "目标"],
        ["1", "建成天线", "20"],
    ]


@pytest.mark.parametrize("count", [3, 6])
def test_two_columns_may_begin_below_a_head_across_both(count):
    head = [centred("云岭要参", 36, y=0), centred("第12期", 16, y=2), Row(FULL, y=4), Row(FULL, y=5)]
    left, right = ([(f"{side}{n}" + FULL)[:13] for n in range(1, count + 1)] for side in "左右")
    columns = [Row(words, indent, y=y) for side, indent in ((left, 0), (right, 15)) for y, words in enumerate(side, 8)]
    lines = sheet(1, [*head, *columns]).lines
    order = reading_order([(line.box.x0, line.box.y0, line.box.x1, line.box.y1) for line in lines])
    assert [lines[at].text for at in order][4:] == left + right
    assert "".join(texts([*head, *columns])).endswith("".join(left + right))


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_a_turned_page_is_read_upright(turned):
    upright = sheet(1, [p(FIRST), Row(FULL), Row("成效明显。"), p("下一步，开放数据。")])
    lines = tuple(Line(line.spans, line.first, line.number, turn(line.box, turned)) for line in upright.lines)
    width, height = (HEIGHT, WIDTH) if turned % 180 else (WIDTH, HEIGHT)
    found = pdf_layout(Pages("pdf", (Page(1, lines, width, height, turned=turned),))).blocks
    assert [block.words for block in found] == [FIRST + FULL + "成效明显。", "下一步，开放数据。"]


def turn(box, degrees):
    if degrees == 90:
        return Box(HEIGHT - box.y1, box.x0, HEIGHT - box.y0, box.x1)
    if degrees == 180:
        return Box(WIDTH - box.x1, HEIGHT - box.y1, WIDTH - box.x0, HEIGHT - box.y0)
    return Box(box.y0, WIDTH - box.x1, box.y1, WIDTH - box.x0)
