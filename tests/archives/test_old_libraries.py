"""A library of any shape that was ever released opens with all that was in it, and its last change can still be undone."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from db import issues, marks, memos, migrations, tags
from db.database import Database
from tests.archives.make import AT, MARK, TEXT

HERE = Path(__file__).parent
FILES = sorted(HERE.glob("library-v*.db"))


def test_every_released_shape_has_its_file():
    assert [file.stem for file in FILES] == [f"library-v{migration.version}" for migration in migrations.ALL]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_what_an_old_program_kept_is_there(file: Path, tmp_path: Path):
    shutil.copy(file, tmp_path / "library.db")
    database = Database.open(tmp_path)
    (issue,), (item,) = issues.issues(database), issues.items(database, 1)
    assert (issue.title, issue.number, issue.issuers, item.text, item.read_at) == ("样例要参", "7", ("样例办公室",), TEXT, AT)
    (mark,) = marks.marks(database)
    assert (mark.uid, mark.note, mark.quote, mark.color, mark.author) == (MARK, "请核实份数", "收集地方品种", "green", "甲")
    assert [(tag.field, tag.mark) for tag in tags.tags(database)] == [("现代种业", MARK)]
    assert [refusal.field for refusal in tags.refusals(database)] == ["综合"]
    assert [(entry.mark, entry.comment) for entry in memos.entries(database, "m1")] == [(MARK, "首选")]
    assert database.undo() == "修改批注"
    assert marks.marks(database)[0].note == "待核"
    assert database.redo() == "修改批注"
    assert marks.marks(database) == [mark]
    assert database.problems() == []
    database.close()


@pytest.mark.parametrize("file", FILES[:-1], ids=lambda file: file.stem)
def test_an_old_library_is_copied_as_it_was_before_it_climbs(file: Path, tmp_path: Path):
    shutil.copy(file, tmp_path / "library.db")
    Database.open(tmp_path).close()
    (copy,) = (tmp_path / "backups").glob(f"before-v{migrations.ALL[-1].version}-*.db")
    again = tmp_path / "again"
    again.mkdir()
    shutil.copy(copy, again / "library.db")
    database = Database.open(again)
    assert [mark.note for mark in marks.marks(database)] == ["请核实份数"]
    database.close()
