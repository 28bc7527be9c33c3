"""Of equal hits, the words that were meant come before characters that only look like them."""

import pytest

from desktop.archive import finding
from desktop.archive.library import Library
from desktop.archive.whole_words import is_whole
from desktop.fields.words import Words
from tests.archive.stock import item, keep


@pytest.fixture(scope="module")
def cut():
    return Words(()).cut


@pytest.mark.parametrize(
    ("text", "term", "whole"),
    [
        ("建设中试平台，完善机制", "中试", True),
        ("组织初中试卷命题工作", "中试", False),
        ("初中试卷之外，建设中试平台", "中试", True),
        ("他打算力争上游", "算力", False),
        ("算力网络布局", "算力", True),
        ("投入1500万元", "500万元", False),
        ("投入500 万元", "500万元", True),
        ("没有这个词", "中试", True),  # nothing to judge
    ],
)
def test_a_term_is_whole_where_a_word_begins_and_ends_with_it(cut, text, term, whole):
    assert is_whole(text, [term], cut) is whole


def test_words_come_before_lookalikes_within_their_rank(tmp_path, cut):
    with Library.open(tmp_path / "资料库") as library:
        keep(library, "2025-01-04", item("最新", "组织初中试卷命题。"))
        keep(library, "2025-01-03", item("其次", "建设中试平台。"))
        keep(library, "2025-01-02", item("初中试卷命题", "内容。"))
        keep(library, "2025-01-01", item("中试平台", "内容。"))
        for order, expected in (
            ("relevance", ["中试平台", "初中试卷命题", "其次", "最新"]),
            ("newest", ["最新", "其次", "初中试卷命题", "中试平台"]),
        ):
            page = finding.search(library, "中试", order=order, cut=cut)
            assert [hit.item.title for hit in page.hits] == expected
            assert page.total == 4
        for limit in range(5):  # a shorter list is the beginning of the longer one
            shown = finding.search(library, "中试", limit=limit, cut=cut).hits
            assert [hit.item.title for hit in shown] == ["中试平台", "初中试卷命题", "其次", "最新"][:limit]
