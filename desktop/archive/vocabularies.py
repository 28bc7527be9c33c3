"""Bringing a field vocabulary into force in a library, with what it would change said first."""

from __future__ import annotations

import json

from db import vocabularies as store
from desktop.archive.library import Library
from desktop.fields.export import vocabulary_to_json
from desktop.fields.versions import conflicts
from desktop.fields.vocabulary import Vocabulary


def preview(library: Library, new: Vocabulary) -> list[str]:
    """What would change its meaning for tags that exist, as sentences; empty when nothing would."""
    return conflicts(new, library.vocabulary)


def install(library: Library, new: Vocabulary, initiator: object | None = None) -> None:
    """Put a vocabulary into force. Existing tags keep their names and the version they were given in; undo takes it back."""
    content = json.dumps(vocabulary_to_json(new), ensure_ascii=False)
    with library.database.operation(f"换用词表：{new.version}", initiator=initiator) as operation:
        store.add(operation, new.version, content)
