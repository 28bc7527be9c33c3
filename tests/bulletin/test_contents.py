"""The printed contents: entries over two rows, and page numbers that stand far from their entry."""

from __future__ import annotations

from desktop.bulletin.model import ContentsEntry
from desktop.bulletin.parsing.blocks import Block
from desktop.bulletin.parsing.contents import read_contents
from desktop.bulletin.traced import printed


def rows(*lines):
    """Printed rows as blocks: `(left edge in points, words)`."""
    return [Block(printed(words, 1, 0), 1, at, True, left=left, size=15) for at, (left, words) in enumerate(lines, 1)]


def test_the_second_row_of_a_title_belongs_to_it():
    contents = read_contents(
        rows(
            (80, "省内要情......2"),
            (96, "● 我省培育深空测控产业取得"),
            (112, "阶段性成效"),
            (96, "● 青枫县建成测控数据中心"),
            (80, "省外速览......5"),
            (96, "● 海澜省推动潮汐能开发"),
        ),
        {"省内要情", "省外速览"},
    )
    assert contents.entries == [
        ContentsEntry("省内要情", 2, ("我省培育深空测控产业取得阶段性成效", "青枫县建成测控数据中心")),
        ContentsEntry("省外速览", 5, ("海澜省推动潮汐能开发",)),
    ]


def test_a_page_number_at_the_far_edge_is_a_page_number():
    contents = read_contents(rows((80, "省内要情\t2"), (96, "● 我省培育深空测控产业")), {"省内要情"})
    assert contents.entries == [ContentsEntry("省内要情", 2, ("我省培育深空测控产业",))]
