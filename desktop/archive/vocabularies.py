"""Bringing a field vocabulary into force in a library, with what it would change said first."""

from __future__ import annotations

import json
from pathlib import Path

from db import vocabularies as store
from desktop.archive.library import Library
from desktop.bulletin.model import Document
from desktop.errors import UnreadableFile
from desktop.fields.export import vocabulary_to_json
from desktop.fields.from_plan import vocabulary_from_plan
from desktop.fields.jsonform import load_vocabulary
from desktop.fields.versions import conflicts
from desktop.fields.vocabulary import Vocabulary
from desktop.readers.isolated import read_isolated


def from_file(library: Library, file: Path) -> Vocabulary:
    """The vocabulary of a JSON file, or the one that a plan (PDF or text) sets out, with the terms of the one in force.

    Raises `UnreadableFile` or `InvalidVocabulary`.
    """
    if _is_json(file):
        return load_vocabulary(file)
    from desktop.bulletin.parsing import parse  # late: the window asks for vocabularies as it starts, but seldom for a plan

    plan = parse(read_isolated(file))
    if not isinstance(plan, Document):
        raise UnreadableFile(f"“{file.name}”是一期刊物，不是划分领域的规划，请选择规划文件或导出的领域词表。")
    return vocabulary_from_plan(plan, library.vocabulary)


def _is_json(file: Path) -> bool:
    if file.suffix.lower() == ".json":
        return True
    try:
        with file.open("rb") as stream:
            return stream.read(64).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")
    except OSError:
        return False  # the reader says why it cannot be opened


def preview(library: Library, new: Vocabulary) -> list[str]:
    """What would change its meaning for tags that exist, as sentences; empty when nothing would."""
    return conflicts(new, library.vocabulary)


def install(library: Library, new: Vocabulary, initiator: object | None = None) -> None:
    """Put a vocabulary into force. Existing tags keep their names and the version they were given in; undo takes it back."""
    content = json.dumps(vocabulary_to_json(new), ensure_ascii=False)
    with library.database.operation(f"换用词表：{new.version}", initiator=initiator) as operation:
        store.add(operation, new.version, content)
