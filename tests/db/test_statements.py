"""A statement worded once reads and writes what peewee would."""

from __future__ import annotations

import pytest

from db import issues, marks, models, statements, tags
from db.database import Database
from tests.db.shelf import fill, new_mark, new_tag


@pytest.fixture
def filled(database: Database) -> Database:
    item = fill(database)[0]
    with database.operation("添加划线") as operation:
        tags.add(operation, new_tag(item, mark=marks.add(operation, new_mark(item)).uid))
        issues.set_read(operation, item, read=True)
    return database


@pytest.mark.parametrize("table", models.ALL, ids=models.name)
def test_rows_found_are_those_that_peewee_reads(filled: Database, table: type[models.Table]):
    for row in filled.rows(table.select()):
        (found,) = filled.found(table, {"id": row["id"]})
        assert found == row
        assert [type(value) for value in found.values()] == [type(value) for value in row.values()]


def test_only_rows_that_equal_in_every_column_are_found(filled: Database):
    ordinals = ("ordinal",)
    assert filled.found(models.Item, {"issue": 1, "ordinal": 2}, ordinals) == [{"ordinal": 2}]
    assert filled.found(models.Item, {"issue": 2, "ordinal": 2}, ordinals) == []
    assert len(filled.found(models.Item, {"issue": 1}, ordinals)) == 2


def test_values_are_kept_as_the_column_has_them(database: Database):
    item = fill(database)[0]
    with database.operation("改期号", undoable=False) as operation:
        operation.update(models.Issue, 1, number=48)
        operation.update(models.Item, item, starred=1)
    assert database.rows(models.Issue.select(models.Issue.number)) == [{"number": "48"}]
    assert database.found(models.Item, {"id": item}, ("starred",))[0]["starred"] is True


@pytest.mark.parametrize("column", ["color; DROP TABLE mark", 'color" = "red', "nothing"])
def test_no_name_but_a_columns_own_gets_into_a_statement(column: str):
    for word in (statements.insert, statements.update):
        with pytest.raises(KeyError):
            word(models.Mark, (column,))
    with pytest.raises(KeyError):
        statements.select(models.Mark, ("id",), (column,))
