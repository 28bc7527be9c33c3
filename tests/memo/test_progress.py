"""How far an export is, and that one who stops it finds the former file as it was and nothing beside it."""

from __future__ import annotations

import multiprocessing

import pytest

from desktop.errors import Cancelled, KnownError
from desktop.memo.apart import write_apart
from desktop.memo.progress import CHECKED, DRAWN, SET
from desktop.memo.writing import write
from tests.memo import samples


@pytest.mark.parametrize(("suffix", "stages"), [(".docx", [SET, CHECKED]), (".pdf", [SET, DRAWN])])
def test_every_stage_is_counted_from_nothing_to_all_of_it(suffix, stages, tmp_path):
    told = []
    write(samples.memo(12), tmp_path / f"甲{suffix}", progress=lambda *word: told.append(word))
    assert list(dict.fromkeys(what for _, _, what in told)) == stages
    for stage in stages:
        counts = [(done, total) for done, total, what in told if what == stage]
        (total,) = {total for _, total in counts}
        assert [done for done, _ in counts] == list(range(total))
    assert {total for _, total, what in told if what == SET} == {12}


@pytest.mark.parametrize("suffix", [".docx", ".pdf"])
@pytest.mark.parametrize("share", [0.0, 0.3, 0.9])
def test_stopped_at_any_time_it_leaves_the_former_file_and_nothing_else(suffix, share, tmp_path):
    path, steps = tmp_path / f"甲{suffix}", []
    write(samples.memo(6), tmp_path / path.name, progress=lambda *word: steps.append(word))
    path.write_text("旧稿")
    last, told = int(share * len(steps)), []

    def stop(*word):
        told.append(word)
        if len(told) > last:
            raise Cancelled("已取消。")

    with pytest.raises(Cancelled):
        write(samples.memo(6), path, progress=stop)
    assert len(told) == last + 1
    assert path.read_text() == "旧稿"
    assert [left.name for left in tmp_path.iterdir()] == [path.name]


def test_in_the_other_process_it_is_told_and_can_be_stopped(tmp_path):
    path, told = tmp_path / "甲.docx", []
    report = write_apart(samples.memo(60), path, progress=lambda *word: told.append(word))
    assert all(finding.ok for finding in report.findings)
    assert told[0][1:] == (60, SET)
    former = path.read_bytes()

    def stop(*_word):
        raise Cancelled("已取消。")

    with pytest.raises(Cancelled, match=r"^已取消导出，没有写出文件。$"):
        write_apart(samples.memo(400), path, progress=stop)
    assert path.read_bytes() == former
    assert [left.name for left in tmp_path.iterdir()] == ["甲.docx"]


def test_a_process_that_is_killed_is_told_of_in_one_sentence(tmp_path):
    def kill(*_word):
        for child in multiprocessing.active_children():
            child.kill()

    with pytest.raises(KnownError, match=r"^导出被中断，没有写出文件，"):
        write_apart(samples.memo(400), tmp_path / "甲.docx", progress=kill)
    assert not (tmp_path / "甲.docx").exists()


def test_what_the_other_process_refuses_is_refused_here(tmp_path):
    with pytest.raises(KnownError, match=r"文件夹“.*没有”不存在"):
        write_apart(samples.memo(1), tmp_path / "没有" / "甲.docx")
