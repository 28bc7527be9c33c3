"""The wording of the plain statements that every action runs, made once for each table and set of columns.

peewee takes longer to word such a statement than SQLite to run it. Values are never part of the wording; they are stored and
read as peewee's columns would have them. Names come from the tables' own columns: any other is a KeyError.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from db.models import Table, columns, name

# S608: only names of our own tables and columns are put into the wording


@cache
def insert(table: type[Table], written: tuple[str, ...]) -> str:
    """Make a row; one parameter for each column written."""
    return f"INSERT INTO {_quoted(name(table))} ({_list(table, written)}) VALUES ({', '.join('?' * len(written))})"  # noqa: S608


@cache
def update(table: type[Table], written: tuple[str, ...]) -> str:
    """Alter the row of an id; one parameter for each column written, then the id."""
    changes = ", ".join(f"{_column(table, column)} = ?" for column in written)
    return f"UPDATE {_quoted(name(table))} SET {changes} WHERE id = ?"  # noqa: S608


@cache
def delete(table: type[Table]) -> str:
    """Delete the row of an id."""
    return f"DELETE FROM {_quoted(name(table))} WHERE id = ?"  # noqa: S608


@cache
def select(table: type[Table], read: tuple[str, ...], equal: tuple[str, ...]) -> str:
    """Read columns of the rows where each column of `equal` has the value of its parameter, which is not NULL."""
    wanted = " AND ".join(f"{_column(table, column)} = ?" for column in equal)
    return f"SELECT {_list(table, read)} FROM {_quoted(name(table))} WHERE {wanted}"  # noqa: S608


def stored(table: type[Table], values: dict[str, Any]) -> list[Any]:
    """Values as the columns keep them, in their order."""
    of = columns(table)
    return [of[column].db_value(value) for column, value in values.items()]


def readers(table: type[Table], read: Iterable[str]) -> list[tuple[str, Callable[[Any], Any]]]:
    """For each column read, its name and what turns a stored value into ours."""
    of = columns(table)
    return [(column, of[column].python_value) for column in read]


def _quoted(word: str) -> str:
    return f'"{word}"'


def _column(table: type[Table], column: str) -> str:
    return _quoted(columns(table)[column].column_name)


def _list(table: type[Table], named: tuple[str, ...]) -> str:
    return ", ".join(_column(table, column) for column in named)
