"""Memos from the real issues: whole items, points, a mark over a page break, the one footnote; all 39 assertions."""

from __future__ import annotations

import pytest

from desktop.archive import addresses, catalogue, composing, importing, marking, tagging
from desktop.archive.composing import Choice
from desktop.archive.library import Library
from desktop.bulletin.folding import squash
from desktop.memo import kinds
from desktop.memo.model import Grouping


@pytest.fixture(scope="module")
def library(data, tmp_path_factory):
    with Library.open(tmp_path_factory.mktemp("memo") / "资料库") as opened:
        outcomes = importing.import_paths(opened, sorted((data / "issues").glob("00[0-3]*.txt")))
        assert [outcome.status for outcome in outcomes] == ["new"] * 4
        yield opened


def _numbered(library, number):
    issue = next(issue for issue in catalogue.issues(library) if issue.number == number)
    return catalogue.items(library, issue.id)


@pytest.mark.parametrize("grouping", list(Grouping))
def test_a_memo_of_everything_holds_every_assertion(library, grouping, tmp_path):
    for number in ("47", "48", "52", "57"):
        for item in _numbered(library, number):
            tagging.tag(library, item.id, "综合")
    memo = composing.compose(library, Choice(grouping=grouping, unit="高新技术处"))
    assert len(memo.excerpts) == 20
    assert sum(len(one.notes) for one in memo.excerpts) == 1
    report = composing.export(library, memo, tmp_path / "摘编.docx")
    assert [finding.message for finding in report.findings if not finding.ok] == []


@pytest.mark.parametrize("kind", [kind.name for kind in kinds.load()])
def test_a_memo_of_every_kind_holds_every_assertion(library, kind, tmp_path):
    basket = composing.create(library, kind).uid
    composing.add_items(library, basket, [item.id for number in ("47", "48", "52", "57") for item in _numbered(library, number)])
    own = {
        "own:编者按": "供参考。",
        "own:启示建议": "建议研究。",
        "own:拟办意见": "请阅示。",
        "imprint:报": "厅领导",
        "watermark": "内部资料",
    }
    composing.set_options(library, basket, kind=kind, unit="高新技术处", number="3", **own)
    memo = composing.compose(library, Choice(memo=basket))
    for suffix in (".docx", ".pdf", ".md", ".txt"):
        report = composing.export(library, memo, tmp_path / f"摘编{suffix}")
        assert [finding.message for finding in report.findings if not finding.ok] == []


def test_points_and_marks_are_quoted_verbatim(library, tmp_path):
    item = _numbered(library, "57")[3]
    tagging.tag(library, item.id, "生物医药", point=2)
    other = _numbered(library, "48")[4]
    start, end = len(other.title) + 20, len(other.title) + 60
    marking.add(library, other.id, start, end, fields=["生物医药"])
    memo = composing.compose(library, Choice(fields=("生物医药",)))
    assert [one.address for one in memo.excerpts] == [addresses.address(item, 2), addresses.address(other)]
    assert all(one.partial for one in memo.excerpts)
    assert squash(memo.excerpts[1].paragraphs[0]) == squash(other.text[start:end])
    report = composing.export(library, memo, tmp_path / "摘编.pdf")
    assert all(finding.ok for finding in report.findings)
