from __future__ import annotations

import pytest

from desktop.fields.jsonform import load_vocabulary
from desktop.fields.vocabulary import Vocabulary


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    return load_vocabulary()
