"""A fresh library for each test, and one that holds an issue."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from db.records import ItemRecord
from desktop.archive import catalogue
from desktop.archive.library import Library
from tests.archive.shelf import shelved


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "资料库") as opened:
        yield opened


@pytest.fixture
def items(library: Library, tmp_path: Path) -> list[ItemRecord]:
    """The items of one issue of the library."""
    return catalogue.items(library, shelved(library, tmp_path).id)
