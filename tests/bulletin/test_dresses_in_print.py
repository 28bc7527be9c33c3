"""Bulletins of other offices printed in other ways come out of the PDF word for word, every character with its place."""

from __future__ import annotations

import pytest

from desktop.bulletin.model import PassageKind
from desktop.readers import read
from tests.bulletin.dresses import DRESSES, NEWS
from tests.bulletin.gazette import News, Part, blocks
from tests.bulletin.pressroom import Press, press
from tests.bulletin.test_dresses import comes_back, news_for

PRESSES = (
    Press("as the real ones"),
    Press("in small type", body=12, title=16, section=14, note=8, title_cells=24),
    Press("with justified lines", justified=True, folio="- {} -"),
    Press("with bare page numbers and a running head", folio="{}", running_head="云岭要参　2025年第12期"),
    Press("with its lines out of order in the file", shuffled=True),
    Press("on turned pages", turned=90),
    Press("upside down", turned=180),
    Press("on cropped pages", cropped=True),
    Press("with titles at the left", title_align="left"),
    Press("in two columns", body=10.5, title=14, section=13, note=8, column_gap=36, title_cells=14),
    Press("with titles no larger than the text", title=16, section=16),
    Press("without page numbers or bold heads", folio="", bold_heads=False),
)
TABLED = (
    *NEWS,
    Part(
        "附表",
        7,
        (
            News(
                "全省测控设施建设进度一览",
                "截至2月底，全省测控设施建设进度如下。",
                table=(
                    ("设施名称", "计划（个）", "完成率"),
                    ("天线阵列", "12", "60%"),
                    ("数据中心", "3", "80%"),
                    ("验证基地", "5", "100%"),
                ),
            ),
        ),
    ),
)
PAIRS = [(how, dress) for i, how in enumerate(PRESSES) for j, dress in enumerate(DRESSES) if (i + j) % 4 == 0]


@pytest.mark.parametrize(("how", "dress"), PAIRS, ids=[f"{dress.name}, {how.name}" for how, dress in PAIRS])
def test_printed(how, dress, tmp_path):
    parts = news_for(dress)
    file = tmp_path / "print.pdf"
    file.write_bytes(press(blocks(dress, parts), how))
    pages = read(file)
    issue = comes_back(pages, dress, parts)
    chars = {page.number: page.text for page in pages.pages}
    for item in (item for section in issue.sections for item in section.items):
        for passage in item.passages:
            placed = {at for place in passage.places for at in range(place.start, place.start + place.length)}
            assert len(placed) == len(passage.text) or passage.kind is PassageKind.TABLE
            for place in passage.places:
                assert chars[place.page][place.char : place.char + place.length] == passage.text[place.start :][: place.length]


@pytest.mark.parametrize("how", [how for how in PRESSES if not how.column_gap], ids=lambda how: how.name)
def test_a_printed_table_keeps_its_rows_and_cells(how, tmp_path):
    file = tmp_path / "print.pdf"
    file.write_bytes(press(blocks(DRESSES[0], TABLED), how))
    comes_back(read(file), DRESSES[0], TABLED)
