"""The sheet of a 呈阅件 and a long 署名: on the page whatever is filled in, in the .docx and in the PDF alike."""

from __future__ import annotations

from itertools import pairwise

import pytest

from desktop.memo.docx import docx_bytes
from desktop.memo.forms import row_heights
from desktop.memo.layout import DEFAULT, Profile, points
from desktop.memo.outline import BlockKind, blocks
from desktop.memo.pages import set_pages
from tests.memo import gbt9704, samples

SENTENCE = "青岚市出台促进甘薯种业发展若干措施，支持链主企业联合攻关、建设中试平台、培育小巨人企业。"
BOTTOM = points(297 - 35)


def even(_kind, text, size):
    return sum(0.5 if char.isascii() else 1.0 for char in text) * size


def sheet_of(memo):
    return next(block for block in blocks(memo) if block.kind is BlockKind.SHEET)


@pytest.mark.parametrize("summary", ["", SENTENCE, SENTENCE * 6])
@pytest.mark.parametrize("mark", [None, "机密★10年"])
@pytest.mark.parametrize("profile", [DEFAULT, Profile(line=30.0), Profile(top=45.0, bottom=40.0)])
def test_the_sheet_is_one_page(summary, mark, profile, tmp_path):
    memo = samples.replace(samples.of_kind("呈阅件", 2, **{"own:内容摘要": summary}), classification=mark)
    sheet = sheet_of(memo)
    above = sum(1 for block in blocks(memo)[: blocks(memo).index(sheet)])
    room = (profile.height - above * profile.line) / points(1)
    assert sum(row_heights(sheet, profile)) < room
    first, second = set_pages(memo, profile, even)[:2]
    texts = ["".join(glyphs.text for glyphs in page.glyphs) for page in (first, second)]
    assert "承办人" in texts[0]
    assert memo.title in texts[1]
    (tmp_path / "呈阅件.docx").write_bytes(docx_bytes(memo, profile))
    (table,) = [
        t for t in gbt9704.File(tmp_path / "呈阅件.docx").body.iter(gbt9704.W + "tbl") if "领导批示" in "".join(t.itertext())
    ]
    heights = [int(row.get(gbt9704.W + "val")) for row in table.iter(gbt9704.W + "trHeight")]
    assert sum(heights) / 1440 * 25.4 < room


def test_the_leader_has_room_to_write_in_however_much_is_said_above():
    sheet = sheet_of(samples.of_kind("呈阅件", 2, **{"own:内容摘要": SENTENCE * 6}))
    rows = dict(zip((label for label, _ in sheet.rows), row_heights(sheet, DEFAULT), strict=True))
    assert rows["领导批示"] >= 30
    assert dict(zip((label for label, _ in sheet.rows), sheet.heights, strict=True))["领导批示"] == 56


def test_a_text_longer_than_the_page_goes_on_on_the_next_and_nothing_lies_below_the_type_area():
    pages = set_pages(samples.of_kind("呈阅件", 2, **{"own:内容摘要": SENTENCE * 22}), DEFAULT, even)
    words = "".join(g.text for page in pages for g in page.glyphs if g.size == 14 and g.face == "body")
    assert words.count(SENTENCE) == 22
    assert "".join(glyphs.text for glyphs in pages[0].glyphs).count(SENTENCE) >= 10
    for page in pages:
        assert all(max(rule.y0, rule.y1) <= BOTTOM + 0.1 for rule in page.rules)


def test_stops_stay_inside_their_cell():
    right = points(28 + 30 + 126)
    page = set_pages(samples.of_kind("呈阅件", 2, **{"own:内容摘要": SENTENCE * 6}), DEFAULT, even)[0]
    assert max(glyphs.x + even("", glyphs.text, glyphs.size) for glyphs in page.glyphs if glyphs.size == 14) <= right


def test_a_unit_longer_than_a_line_is_set_in_lines_with_the_date_below(tmp_path):
    unit = "望江市农业科技局种业发展与农业转基因生物安全管理处（联合办公室）"
    memo = samples.memo(1, unit=unit)
    (tmp_path / "甲.docx").write_bytes(docx_bytes(memo))
    file = gbt9704.File(tmp_path / "甲.docx")
    (named,), (date,) = file.named("署名"), file.named("成文日期")
    lines = named.text.split("\n")
    assert "".join(lines) == unit
    assert len(lines) == 2
    start = int(named.get("ind", "leftChars")) / 100
    assert start + max(map(len, lines)) + 2 == pytest.approx(8844 / 320, abs=0.1)
    assert int(date.get("ind", "leftChars")) / 100 == pytest.approx(start + 2, abs=0.02)
    glyphs = [one for page in set_pages(memo, DEFAULT, even) for one in page.glyphs if one.text in lines]
    assert {round(one.x) for one in glyphs} == {round(points(28) + start * 16)}
    assert max(one.x + even("", one.text, one.size) for one in glyphs) <= points(210 - 26)


def test_the_words_of_a_narrow_cell_are_not_torn_apart():
    page = set_pages(samples.memo(1, title="目录"), DEFAULT, even)[-1]
    cells = [glyphs for glyphs in page.glyphs if glyphs.size == 10.5]
    start = "".join(glyphs.text[:1] for glyphs in cells).index("青岚市发布")
    title = cells[start : start + 5]
    assert [round(b.x - a.x, 3) for a, b in pairwise(title)] == [10.5] * 4
