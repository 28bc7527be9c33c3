"""Removing an issue on the command line: only when it is meant, and told with what goes along."""

from __future__ import annotations

import pytest

from tests.bulletin.copies import typed
from tests.bulletin.dresses import DRESSES, NEWS
from tests.bulletin.gazette import blocks


@pytest.fixture
def marked(run, ask, tmp_path):
    """A library of one issue with a mark."""
    (tmp_path / "甲.txt").write_text(typed(blocks(DRESSES[0], NEWS)), encoding="utf-8")
    run("import", tmp_path / "甲.txt")
    run("mark", "1.1", "--quote", ask("list", "1")["items"][0]["title"][:4], "--note", "待核实")


def test_without_consent_nothing_is_removed(run, ask, marked):
    code, _, err = run("remove", "1")
    assert (code, "1 条划线（其中 1 条有批注）" in err, "--yes" in err) == (2, True, True)
    assert len(ask("marks")) == 1


def test_with_consent_it_is_gone_and_comes_in_again_as_new(run, ask, marked, tmp_path):
    code, out, _ = run("remove", "1", "--yes")
    assert (code, "1 条划线（其中 1 条有批注）" in out) == (0, True)
    assert ask("marks") == []
    assert run("list", "1")[0] == 3
    assert run("import", tmp_path / "甲.txt")[0] == 0
    assert run("list", "2")[0] == 0


def test_an_issue_that_is_not_there_is_refused(run, marked):
    assert run("remove", "9", "--yes")[0] == 3
