"""The real documents are not part of the repository: tests against them run where the folder is, and say so where it is not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]


def real_data() -> Path:
    named = os.environ.get("YAOCAN_REAL_DATA")
    return Path(named) if named else REPOSITORY.parent / "shared" / "data"


@pytest.fixture(scope="session")
def data() -> Path:
    folder = real_data()
    if not (folder / "truth").is_dir():
        pytest.skip(f"the real documents are not at {folder} (set YAOCAN_REAL_DATA to their folder)")
    return folder
