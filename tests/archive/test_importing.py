"""Files come in untouched and once; what cannot come in says why and changes nothing."""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path

import pytest

from db.changes import Changes
from desktop.archive import catalogue, entries, importing, marking, undoing
from desktop.archive.importing import import_paths
from desktop.archive.library import Library
from desktop.errors import StorageFull, UnreadableFile
from tests.archive.shelf import bulletin, everything, pages_of, paper, put, shelved

ISSUE = """

样例要参

第 {number} 期

样例市委科技办
样例市科技局

2031 年 5 月 {day} 日

本期要点

省内要情 ······2
● 青岚市建成甘薯种质资源库

【省内要情】

青岚市建成甘薯种质资源库

近日，青岚市印发方案，支持甘薯产业发展。

（1）收集地方品种。入库一千二百份。

（2）建设数字平台。汇集数据，开放共享。

主送：样例市委。

抄送：各区县。

样例市委科技办　2031年5月{day}日印发
"""


def write_issue(path: Path, number: int = 7, day: int = 6) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(ISSUE.format(number=number, day=day), encoding="utf-8")
    return path


def test_a_long_import_indexes_as_it_goes(library: Library, tmp_path: Path, monkeypatch):
    monkeypatch.setattr(importing, "_INDEXED_EVERY", 2)
    for number in range(1, 6):
        write_issue(tmp_path / "来件" / f"第{number}期.txt", number=number)
    import_paths(library, [tmp_path / "来件"])
    with library.index.reading() as view:
        assert len(view.items()) == 4


def test_threads_take_short_turns_while_files_come_in_and_no_longer(library: Library, tmp_path: Path):
    before, during = sys.getswitchinterval(), []
    import_paths(library, [write_issue(tmp_path / "第7期.txt")], progress=lambda *_: during.append(sys.getswitchinterval()))
    assert max(during) < before == sys.getswitchinterval()


def test_a_text_file_becomes_an_issue_with_its_items(library: Library, tmp_path: Path):
    (outcome,) = import_paths(library, [write_issue(tmp_path / "第7期.txt")])
    assert (outcome.status, outcome.reason) == ("new", "")
    assert outcome.issue
    assert (outcome.issue.title, outcome.issue.year, outcome.issue.number) == ("样例要参", 2031, "7")
    (item,) = catalogue.items(library, outcome.issue.id)
    assert item.title == "青岚市建成甘薯种质资源库"
    assert "入库一千二百份" in item.text


def test_the_original_is_not_touched_and_its_copy_has_the_same_bytes(library: Library, tmp_path: Path):
    path = write_issue(tmp_path / "第7期.txt")
    path.chmod(0o444)
    before = (path.read_bytes(), path.stat().st_mtime_ns)
    (outcome,) = import_paths(library, [path])
    assert outcome.issue
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
    assert catalogue.stored_file(library, outcome.issue).read_bytes() == before[0]
    assert outcome.issue.sha256 == hashlib.sha256(before[0]).hexdigest()


def test_the_same_bytes_under_another_name_lead_to_the_issue_that_is_there(library: Library, tmp_path: Path):
    (first,) = import_paths(library, [write_issue(tmp_path / "第7期.txt")])
    before = everything(library)
    (again,) = import_paths(library, [write_issue(tmp_path / "副本" / "另一个名字.txt")])
    assert (again.status, again.issue) == ("duplicate", first.issue)
    assert "已有《样例要参》2031年第7期" in again.reason
    assert everything(library) == before


def test_another_file_of_the_same_issue_is_a_revision_and_marks_stay_on_their_words(library: Library, tmp_path: Path):
    (first,) = import_paths(library, [write_issue(tmp_path / "甲.txt")])
    assert first.issue
    (item,) = catalogue.items(library, first.issue.id)
    mark = marking.add(library, item.id, 0, 3)
    (other,) = import_paths(library, [write_issue(tmp_path / "乙.txt", day=9)])
    assert other.status == "revision"
    assert other.issue
    assert other.issue.id == first.issue.id
    assert "原文件保留" in other.reason
    assert [now.text for now in catalogue.items(library, first.issue.id)] == [item.text]
    assert marking.marks(library) == [mark]
    digest = hashlib.sha256((tmp_path / "乙.txt").read_bytes()).hexdigest()
    assert (library.folder / "files" / f"{digest}.txt").read_bytes() == (tmp_path / "乙.txt").read_bytes()
    (again,) = import_paths(library, [tmp_path / "乙.txt"])
    assert again.status == "duplicate"


def test_the_number_of_another_year_or_bulletin_is_another_issue(library: Library, tmp_path: Path):
    put(library, tmp_path / "a", bulletin(7, "2031-05-06"))
    assert put(library, tmp_path / "b", bulletin(7, "2032-05-06")).status == "new"
    assert put(library, tmp_path / "c", bulletin(7, "2031-05-06", "另一要参")).status == "new"
    assert put(library, tmp_path / "d", bulletin(7, "2031-08-06")).status == "revision"


def test_issues_without_number_and_papers_are_told_apart_by_their_files_alone(library: Library, tmp_path: Path):
    for name, issue in (("a", bulletin(None)), ("b", bulletin(None)), ("c", paper()), ("d", paper())):
        assert put(library, tmp_path / name, issue).status == "new"
    assert put(library, tmp_path / "e", paper(), content="d").status == "duplicate"


def test_a_folder_is_read_through_in_order_of_name_without_hidden_and_other_files(library: Library, tmp_path: Path):
    folder = tmp_path / "U盘"
    for place, number in (("乙/第2期.txt", 2), ("甲.txt", 1), ("乙/深/第3期.TXT", 3), (".隐藏/第4期.txt", 4), (".第5期.txt", 5)):
        write_issue(folder / place, number)
    (folder / "照片.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    (folder / "说明.docx").write_bytes(b"PK\x03\x04")
    outcomes = import_paths(library, [folder])
    assert [(outcome.path.name, outcome.status) for outcome in outcomes] == [
        ("甲.txt", "new"),
        ("第2期.txt", "new"),
        ("第3期.TXT", "new"),
    ]


def test_a_pdf_without_the_ending_is_looked_at_by_its_content(library: Library, tmp_path: Path):
    folder = tmp_path / "U盘"
    folder.mkdir()
    (folder / "第7期").write_bytes(b"%PDF-1.4\ntruncated")
    assert [(outcome.path.name, outcome.status) for outcome in import_paths(library, [folder])] == [("第7期", "refused")]


def test_a_folder_that_holds_the_library_does_not_import_the_library(library: Library, tmp_path: Path):
    write_issue(tmp_path / "第7期.txt")
    import_paths(library, [tmp_path])
    assert [outcome.path.name for outcome in import_paths(library, [tmp_path])] == ["第7期.txt"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("空.txt", b""),
        ("照片.pdf", b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(300)),
        ("照片.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(300)),
        ("残缺.pdf", b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog"),
        ("没有的文件.pdf", None),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_one_sentence_and_changes_nothing(
    library: Library, tmp_path: Path, name: str, content: bytes | None
):
    shelved(library, tmp_path)
    before = everything(library)
    if content is not None:
        (tmp_path / name).write_bytes(content)
    (outcome,) = import_paths(library, [tmp_path / name])
    assert (outcome.status, outcome.issue) == ("refused", None)
    assert outcome.reason.endswith("。")
    assert "\n" not in outcome.reason
    assert everything(library) == before


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on this system")
def test_a_pipe_is_refused_and_not_waited_for(library: Library, tmp_path: Path):
    folder = tmp_path / "U盘"
    folder.mkdir()
    os.mkfifo(folder / "管道.txt")
    assert [outcome.status for outcome in import_paths(library, [folder / "管道.txt"])] == ["refused"]
    assert import_paths(library, [folder]) == []


def test_one_bad_file_does_not_stop_the_others(library: Library, tmp_path: Path):
    (tmp_path / "坏.txt").write_bytes(b"")
    paths = [write_issue(tmp_path / "甲.txt", 1), tmp_path / "坏.txt", write_issue(tmp_path / "乙.txt", 2)]
    assert [outcome.status for outcome in import_paths(library, paths)] == ["new", "refused", "new"]


def test_progress_names_each_file_and_ends_with_all_done(library: Library, tmp_path: Path):
    told: list[tuple[int, int, str]] = []
    paths = [write_issue(tmp_path / f"{number}.txt", number) for number in (1, 2)]
    import_paths(library, paths, progress=lambda *step: told.append(step))
    assert told == [(0, 2, "1.txt"), (1, 2, "2.txt"), (2, 2, "")]


def test_cancelling_keeps_what_was_finished(library: Library, tmp_path: Path):
    paths = [write_issue(tmp_path / f"{number}.txt", number) for number in (1, 2, 3)]
    outcomes = import_paths(library, paths, cancelled=lambda: len(catalogue.issues(library)) == 2)
    assert [outcome.status for outcome in outcomes] == ["new", "new"]
    assert len(catalogue.issues(library)) == 2


def test_importing_is_no_step_of_undo_and_tells_who_asked(library: Library, tmp_path: Path):
    heard: list[Changes] = []
    library.subscribe(heard.append)
    view = object()
    import_paths(library, [write_issue(tmp_path / "第7期.txt")], initiator=view)
    assert undoing.undo_name(library) is None
    assert [changes.initiator for changes in heard] == [view]


def test_a_file_that_changes_while_it_is_imported_is_refused(library: Library, tmp_path: Path):
    path = write_issue(tmp_path / "第7期.txt")
    before = everything(library)
    with pytest.raises(UnreadableFile, match="被改动"):
        importing.store_paper(library, entries.paper(bulletin(), pages_of(), path), path, "0" * 64)
    assert everything(library) == before


def test_when_the_rows_find_no_room_the_copy_goes_again(library: Library, tmp_path: Path):
    shelved(library, tmp_path)
    before = everything(library)
    raw = library.database._connection.raw()
    raw.execute(f"PRAGMA max_page_count = {raw.execute('PRAGMA page_count').fetchone()[0]}")
    with pytest.raises(StorageFull, match="空间不足"):
        put(library, tmp_path / "长.txt", bulletin(8, title="很长的名字" * 20_000))
    assert everything(library) == before


def test_a_full_disk_ends_the_batch_and_every_file_left_says_so(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    paths = [write_issue(tmp_path / f"{number}.txt", number) for number in (1, 2, 3)]

    def full(source: Path, folder: Path, sha256: str) -> Path:
        raise StorageFull("磁盘空间不足。")

    monkeypatch.setattr("desktop.archive.storing.bring_in", full)
    outcomes = import_paths(library, paths)
    assert [(outcome.status, outcome.reason) for outcome in outcomes] == [("refused", "磁盘空间不足。")] * 3


def test_half_made_copies_of_a_killed_import_are_swept_away_a_day_later(library: Library, tmp_path: Path):
    old, young = (library.folder / "files" / f".incoming-{name}" for name in ("old", "young"))
    for left in (old, young):
        left.write_bytes(b"half")
    os.utime(old, (0, 0))
    import_paths(library, [write_issue(tmp_path / "第7期.txt")])
    assert (old.exists(), young.exists()) == (False, True)
