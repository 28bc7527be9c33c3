"""A library climbs from any older shape to the newest, whole or not at all; a newer one is refused."""

from __future__ import annotations

import ast
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from db import migrations, models, snapshots
from db.database import Database
from db.errors import Foreign, Newer
from db.migrations import Migration
from tests.db.shelf import fill, owned


def _next(apply):
    return (*migrations.ALL, Migration(migrations.ALL[-1].version + 1, "a later shape", apply))


def _add_column(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE memo ADD COLUMN colour TEXT")


def _columns(file: Path, table: str) -> list[str]:
    with closing(sqlite3.connect(file)) as connection:
        return [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]


def test_the_models_describe_the_tables_that_the_migrations_lay(tmp_path: Path):
    Database.open(tmp_path).close()
    with closing(sqlite3.connect(tmp_path / "library.db")) as connection:
        laid = {
            row[0]
            for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        }
    assert laid == {models.name(table) for table in models.ALL} | {"migration"}
    for table in models.ALL:
        assert sorted(_columns(tmp_path / "library.db", models.name(table))) == sorted(models.columns(table))


def test_migrations_are_numbered_without_gaps_and_each_records_itself(tmp_path: Path):
    Database.open(tmp_path).close()
    with closing(sqlite3.connect(tmp_path / "library.db")) as connection:
        recorded = [row[0] for row in connection.execute("SELECT version FROM migration ORDER BY version")]
        version = connection.execute("PRAGMA user_version").fetchone()[0]
    assert recorded == [migration.version for migration in migrations.ALL] == list(range(1, version + 1))


def test_no_migration_imports_the_live_models():
    for file in Path(migrations.__file__).parent.glob("m*.py"):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
        imported |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module}
        assert imported
        assert not {name for name in imported if name.startswith(("db", "peewee", "desktop"))}


def test_a_library_is_copied_and_checked_before_it_climbs(tmp_path: Path):
    database = Database.open(tmp_path)
    fill(database)
    before = owned(database)
    database.close()
    migrations.climb(tmp_path / "library.db", tmp_path / "backups", _next(_add_column))
    (copy,) = (tmp_path / "backups").iterdir()
    snapshots.verify(copy)
    assert "colour" in _columns(tmp_path / "library.db", "memo")
    assert "colour" not in _columns(copy, "memo")
    copy.rename(tmp_path / "backups" / "library.db")
    former = Database.open(tmp_path / "backups")
    assert owned(former) == before
    former.close()


def test_a_step_that_fails_leaves_the_library_as_it_was(tmp_path: Path):
    database = Database.open(tmp_path)
    fill(database)
    before = owned(database)
    database.close()

    def fail_halfway(connection: sqlite3.Connection) -> None:
        connection.execute("DELETE FROM item")
        connection.execute("SELECT * FROM nowhere")

    with pytest.raises(sqlite3.OperationalError):
        migrations.climb(tmp_path / "library.db", tmp_path / "backups", _next(fail_halfway))
    database = Database.open(tmp_path)
    assert owned(database) == before
    database.close()


def test_a_library_at_the_newest_shape_is_neither_copied_nor_touched(tmp_path: Path):
    Database.open(tmp_path).close()
    Database.open(tmp_path).close()
    assert not (tmp_path / "backups").exists()


def test_a_newer_library_is_refused_untouched(tmp_path: Path):
    Database.open(tmp_path).close()
    migrations.climb(tmp_path / "library.db", tmp_path / "backups", _next(_add_column))
    before = (tmp_path / "library.db").read_bytes()
    with pytest.raises(Newer):
        Database.open(tmp_path)
    assert (tmp_path / "library.db").read_bytes() == before


def test_another_programs_database_is_refused_untouched(tmp_path: Path):
    with closing(sqlite3.connect(tmp_path / "library.db")) as connection:
        connection.execute("CREATE TABLE books (title TEXT)")
        connection.commit()
    before = (tmp_path / "library.db").read_bytes()
    with pytest.raises(Foreign):
        Database.open(tmp_path)
    assert (tmp_path / "library.db").read_bytes() == before
