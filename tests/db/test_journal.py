"""Every change is one operation that can be taken back and made again, also after a restart."""

from __future__ import annotations

import tempfile
import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db import issues, marks, memos, models, tags
from db.changes import Changes, Kind
from db.database import Database
from db.errors import HistoryMismatch
from db.journal import STEPS_KEPT, Operation
from tests.db.shelf import fill, new_mark, new_tag, owned


def test_undo_takes_a_mark_with_its_tags_back_and_redo_brings_the_same_rows_again(database: Database):
    item = fill(database)[0]
    before = owned(database)
    with database.operation("添加划线") as operation:
        uid = marks.add(operation, new_mark(item)).uid
        tags.add(operation, new_tag(item, mark=uid))
    after = owned(database)

    assert database.undo_name == "添加划线"
    assert database.undo() == "添加划线"
    assert owned(database) == before
    assert (database.undo_name, database.redo_name) == (None, "添加划线")
    assert database.redo() == "添加划线"
    assert owned(database) == after


def test_history_survives_a_restart(tmp_path: Path):
    database = Database.open(tmp_path)
    item = fill(database)[0]
    before = owned(database)
    for note in ("一", "二"):
        with database.operation(f"划线{note}") as operation:
            marks.add(operation, new_mark(item, note=note))
    database.undo()
    database.close()

    database = Database.open(tmp_path)
    assert (database.undo_name, database.redo_name) == ("划线一", "划线二")
    assert [database.redo(), database.undo(), database.undo(), database.undo()] == ["划线二", "划线二", "划线一", None]
    assert owned(database) == before
    database.close()


def test_a_new_operation_ends_the_branch_of_undone_ones(database: Database):
    item = fill(database)[0]
    for name in ("甲", "乙"):
        with database.operation(name) as operation:
            marks.add(operation, new_mark(item))
    database.undo()
    with database.operation("丙") as operation:
        marks.add(operation, new_mark(item))
    assert database.redo() is None
    assert [database.undo(), database.undo(), database.undo()] == ["丙", "甲", None]


def test_reading_on_is_no_step_of_undo_and_keeps_the_undone_branch(database: Database):
    item = fill(database)[0]
    with database.operation("添加划线") as operation:
        marks.add(operation, new_mark(item))
    database.undo()
    with database.operation("标为已读", undoable=False) as operation:
        issues.set_read(operation, item, read=True)
    assert (database.undo_name, database.redo_name) == (None, "添加划线")
    database.redo()
    database.undo()
    assert issues.items_by_id(database, [item])[0].read_at


def test_taking_a_star_back_leaves_the_read_state_alone(database: Database):
    item = fill(database)[0]
    with database.operation("加星标") as operation:
        issues.set_starred(operation, item, starred=True)
    with database.operation("标为已读", undoable=False) as operation:
        issues.set_read(operation, item, read=True)
    database.undo()
    found = issues.items_by_id(database, [item])[0]
    assert found.read_at
    assert not found.starred


def test_successive_edits_of_one_note_are_one_step(database: Database):
    first_item, second_item = fill(database)
    with database.operation("添加划线") as operation:
        uids = [marks.add(operation, new_mark(item)).uid for item in (first_item, second_item)]

    def write(uid: str, note: str) -> None:
        with database.operation("修改批注", merge=f"note:{uid}") as operation:
            marks.update(operation, uid, note=note)

    def notes() -> list[str]:
        return [mark.note for mark in marks.marks(database)]

    for note in ("请", "请高", "请高新处研提意见"):
        write(uids[0], note)
    write(uids[1], "另一条")
    write(uids[0], "后来再改")
    assert notes() == ["后来再改", "另一条"]
    seen = []
    while database.undo_name == "修改批注":
        database.undo()
        seen.append(notes())
    assert seen == [["请高新处研提意见", "另一条"], ["请高新处研提意见", ""], ["", ""]]
    while database.redo():
        pass
    assert notes() == ["后来再改", "另一条"]


def test_an_edit_after_an_undo_ends_the_undone_branch_and_joins_the_same_note(database: Database):
    item = fill(database)[0]
    with database.operation("添加划线") as operation:
        uid = marks.add(operation, new_mark(item)).uid

    def write(note: str) -> None:
        with database.operation("修改批注", merge=f"note:{uid}") as operation:
            marks.update(operation, uid, note=note)

    write("请")
    with database.operation("加星标") as operation:
        issues.set_starred(operation, item, starred=True)
    database.undo()
    write("请高新处研提意见")
    assert database.redo_name is None
    assert [database.undo(), marks.marks(database)[0].note] == ["修改批注", ""]
    assert [database.undo(), marks.marks(database)] == ["添加划线", []]


def test_edits_of_one_note_on_two_days_stay_two_steps(tmp_path: Path):
    database = Database.open(tmp_path)
    item = fill(database)[0]
    with database.operation("添加划线") as operation:
        uid = marks.add(operation, new_mark(item)).uid
    for note in ("昨天", "今天"):
        with database.operation("修改批注", merge=f"note:{uid}") as operation:
            marks.update(operation, uid, note=note)
        database.close()
        database = Database.open(tmp_path)
    database.undo()
    assert marks.marks(database)[0].note == "昨天"
    database.close()


def test_only_the_latest_steps_are_kept(database: Database):
    item = fill(database)[0]
    for turn in range(STEPS_KEPT + 5):
        with database.operation(f"第{turn}步") as operation:
            issues.set_starred(operation, item, starred=turn % 2 == 0)
    undone = 0
    while database.undo():
        undone += 1
    assert undone == STEPS_KEPT


def test_steps_undone_and_replaced_do_not_count_among_those_kept(database: Database):
    item = fill(database)[0]
    for turn in range(STEPS_KEPT + 5):
        if turn == STEPS_KEPT // 2:
            for _ in range(20):
                database.undo()
        with database.operation(f"第{turn}步") as operation:
            marks.add(operation, new_mark(item))
    undone = 0
    while database.undo():
        undone += 1
    assert undone == STEPS_KEPT + 5 - 20


def test_a_mark_made_or_altered_is_given_back_as_it_is_stored(database: Database):
    item = fill(database)[0]
    with database.operation("添加划线") as operation:
        made = marks.add(operation, new_mark(item))
    assert made == marks.mark(database, made.uid)
    with database.operation("修改划线") as operation:
        altered = marks.update(operation, made.uid, color="red", note="请阅")
    assert altered == marks.mark(database, made.uid)
    assert (altered.color, altered.note) == ("red", "请阅")
    with database.operation("修改划线") as operation:
        assert marks.update(operation, made.uid, color="red") == altered


def test_what_fails_within_an_operation_leaves_rows_history_and_listeners_untouched(tmp_path: Path):
    heard: list[Changes] = []
    database = Database.open(tmp_path, heard.append)
    item = fill(database)[0]
    heard.clear()
    before, position = owned(database), database.position

    def fail() -> None:
        with database.operation("添加划线") as operation:
            marks.add(operation, new_mark(item))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert (owned(database), database.position, database.undo_name, heard) == (before, position, None, [])
    database.close()


def test_what_alters_nothing_leaves_no_trace(database: Database):
    item = fill(database)[0]
    position = database.position
    with database.operation("加星标") as operation:
        issues.set_starred(operation, item, starred=False)
    assert (database.position, database.undo_name) == (position, None)


def test_a_step_that_no_longer_fits_is_refused_and_changes_nothing(tmp_path: Path):
    database = Database.open(tmp_path)
    item = fill(database)[0]
    with database.operation("添加划线") as operation:
        marks.add(operation, new_mark(item))
        marks.add(operation, new_mark(item, 3, 5))
    with database.operation("绕过历史", undoable=False) as operation:
        operation.update(models.Mark, 1, color="red")
    before = owned(database)
    with pytest.raises(HistoryMismatch):
        database.undo()
    assert owned(database) == before
    database.close()


@pytest.mark.parametrize(
    "images",
    [
        '[{"table": "sqlite_master", "id": 1, "item": null, "before": null, "after": {"name": "x"}}]',
        '[{"table": "mark", "id": 1, "item": null, "before": {"color; DROP TABLE mark": "x"}, "after": null}]',
    ],
)
def test_a_step_forged_in_the_file_reaches_no_other_table(database: Database, images: str):
    fill(database)
    with database.operation("伪造", undoable=False) as operation:
        operation.insert(models.Memo, uid="u", name="", options="", created_at="", updated_at="")
        operation._connection.write(models.UndoStep.insert(name="伪造", session="", merge_key="", undone=False, images=images))
    before = owned(database)
    with pytest.raises(HistoryMismatch):
        database.undo()
    assert owned(database) == before


def test_the_owner_hears_after_each_commit_what_changed_and_who_asked(tmp_path: Path):
    heard: list[tuple[Changes, int]] = []
    database = Database.open(tmp_path, lambda changes: heard.append((changes, len(marks.marks(database)))))
    items = fill(database)
    view = object()
    with database.operation("添加划线", initiator=view) as operation:
        uid = marks.add(operation, new_mark(items[1])).uid
        tags.add(operation, new_tag(items[1], mark=uid))
    with database.operation("加星标") as operation:
        issues.set_starred(operation, items[0], starred=True)
    database.undo(view)
    database.undo()
    assert heard == [
        (Changes(frozenset({Kind.ISSUES}), None, frozenset(items)), 0),
        (Changes(frozenset({Kind.MARKS, Kind.TAGS}), view, frozenset({items[1]})), 1),
        (Changes(frozenset({Kind.READING}), None, frozenset({items[0]})), 1),
        (Changes(frozenset({Kind.READING}), view, frozenset({items[0]})), 1),
        (Changes(frozenset({Kind.MARKS, Kind.TAGS}), None, frozenset({items[1]})), 0),
    ]
    database.close()


def test_two_threads_write_and_each_sees_the_other(tmp_path: Path):
    heard: list[int] = []
    database = Database.open(tmp_path, lambda changes: heard.append(threading.get_ident()))
    item = fill(database)[0]
    idents: list[int] = []

    def work() -> None:
        idents.append(threading.get_ident())
        for _ in range(10):
            with database.operation("划线") as operation:
                marks.add(operation, new_mark(item))
        database.release()

    worker = threading.Thread(target=work)
    worker.start()
    for _ in range(10):
        with database.operation("划线") as operation:
            marks.add(operation, new_mark(item))
    worker.join()
    assert len(marks.marks(database)) == 20
    assert heard.count(idents[0]) == 10
    assert heard.count(threading.get_ident()) == 11
    database.close()


def test_an_operation_that_has_looked_is_not_overtaken_before_it_writes(database: Database):
    item = fill(database)[0]

    def star() -> None:
        with database.operation("加星标") as operation:
            issues.set_starred(operation, item, starred=True)
        database.release()

    other = threading.Thread(target=star)
    with database.operation("添加划线") as operation:
        seen = operation.rows(models.Mark.select())
        other.start()
        other.join(0.1)  # it waits for us, however long we take
        marks.add(operation, new_mark(item))
    other.join()
    assert seen == []
    assert [database.undo(), database.undo()] == ["加星标", "添加划线"]


def test_undo_and_redo_are_in_the_journal_too(database: Database):
    item = fill(database)[0]
    with database.operation("加星标") as operation:
        issues.set_starred(operation, item, starred=True)
    database.undo()
    database.redo()
    rows = database.rows(models.Journal.select().order_by(models.Journal.id))
    assert [(row["action"], row["name"], row["kinds"]) for row in rows[1:]] == [
        ("do", "加星标", "reading"),
        ("undo", "加星标", "reading"),
        ("redo", "加星标", "reading"),
    ]
    assert database.position == (rows[-1]["id"], rows[-1]["uid"])


def test_deleting_a_mark_takes_the_excerpts_that_quote_it_along_and_undo_brings_them_back(database: Database):
    item = fill(database)[0]
    with database.operation("新建摘编") as operation:
        uid = marks.add(operation, new_mark(item)).uid
        memo = memos.add(operation, "摘编", "{}")
        kept = memos.add_entry(operation, memo, item)
        memos.add_entry(operation, memo, item, mark=uid)
    before = owned(database)
    with database.operation("删除划线") as operation:
        marks.delete(operation, uid)
    assert [entry.uid for entry in memos.entries(database, memo)] == [kept]
    database.undo()
    assert owned(database) == before


def _star(operation: Operation, item: int) -> None:
    starred = operation.rows(models.Item.select().where(models.Item.id == item))[0]["starred"]
    issues.set_starred(operation, item, starred=not starred)


def _edit(operation: Operation, item: int) -> None:
    found = operation.rows(models.Mark.select().order_by(models.Mark.id.desc()).limit(1))
    if found:
        marks.update(operation, found[0]["uid"], note=found[0]["note"] + "字", color="red")


def _unmark(operation: Operation, item: int) -> None:
    found = operation.rows(models.Mark.select().limit(1))
    if found:
        marks.delete(operation, found[0]["uid"])


def _untag(operation: Operation, item: int) -> None:
    found = operation.rows(models.Tag.select().limit(1))
    if found:
        tags.delete(operation, found[0]["uid"])


def _quote(operation: Operation, item: int) -> None:
    found = operation.rows(models.Mark.select().limit(1))
    memo = operation.rows(models.Memo.select().limit(1))
    uid = memo[0]["uid"] if memo else memos.add(operation, "摘编", "{}")
    memos.add_entry(operation, uid, item, mark=found[0]["uid"] if found else None)


def _turn_over(operation: Operation, item: int) -> None:
    entries = operation.rows(models.MemoEntry.select().order_by(models.MemoEntry.position))
    memos.order_entries(operation, [entry["uid"] for entry in reversed(entries)])


def _drop_memo(operation: Operation, item: int) -> None:
    for memo in operation.rows(models.Memo.select().limit(1)):
        memos.delete(operation, memo["uid"])


def _tag_mark(operation: Operation, item: int) -> None:
    uid = marks.add(operation, new_mark(item)).uid
    tags.add(operation, new_tag(item, mark=uid))


DEEDS = {
    "mark": lambda operation, item: marks.add(operation, new_mark(item)),
    "mark and tag": _tag_mark,
    "edit": _edit,
    "unmark": _unmark,
    "tag": lambda operation, item: tags.add(operation, new_tag(item)),
    "untag": _untag,
    "refuse": lambda operation, item: tags.refuse(operation, item, "现代种业"),
    "star": _star,
    "quote": _quote,
    "turn over": _turn_over,
    "drop memo": _drop_memo,
}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from([*DEEDS, "undo", "redo"]), st.integers(0, 1)), max_size=14))
def test_any_walk_through_operations_undo_and_redo_passes_the_same_states(walk: list[tuple[str, int]]):
    with tempfile.TemporaryDirectory() as folder:
        database = Database.open(Path(folder))
        items = fill(database)
        states, at = [owned(database)], 0
        for deed, which in walk:
            if deed == "undo":
                at -= database.undo() is not None
            elif deed == "redo":
                at += database.redo() is not None
            else:
                with database.operation(deed) as operation:
                    DEEDS[deed](operation, items[which])
                if owned(database) != states[at]:
                    states[at + 1 :] = [owned(database)]
                    at += 1
            assert owned(database) == states[at]
            assert database.problems() == []
        while database.undo():
            pass
        assert owned(database) == states[0]
        while database.redo():
            pass
        assert owned(database) == states[-1]
        database.close()
