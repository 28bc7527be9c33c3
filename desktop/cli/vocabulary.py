"""fields: the vocabulary in force, out to a file and in from one."""

from __future__ import annotations

import argparse
from pathlib import Path

from desktop.archive import vocabularies
from desktop.archive.library import Library
from desktop.cli.documents import open_library
from desktop.cli.output import print_json, say, tell
from desktop.errors import ExitCode, KnownError
from desktop.fields.export import vocabulary_text, vocabulary_to_json
from desktop.fields.vocabulary import Vocabulary


def _bring_in(library: Library, file: Path) -> None:
    new = vocabularies.from_file(library, file)
    for sentence in vocabularies.preview(library, new):
        tell(sentence)
    vocabularies.install(library, new)
    tell(f"已换用词表“{new.version}”，共 {len(new.fields)} 个领域。原有标签不变。")


def _write(vocabulary: Vocabulary, file: Path) -> None:
    try:
        file.write_text(vocabulary_text(vocabulary), encoding="utf-8")
    except OSError as error:
        raise KnownError(f"不能写入“{file}”（{error.strerror}），请另选位置。") from error
    tell(f"已写出 {file}。")


def run_fields(arguments: argparse.Namespace) -> ExitCode:
    """Show the vocabulary in force; bring one in first, write it out, as asked."""
    with open_library(arguments) as library:
        if arguments.import_file:
            _bring_in(library, Path(arguments.import_file))
        vocabulary = library.vocabulary
    if arguments.export_file:
        _write(vocabulary, Path(arguments.export_file))
    if arguments.json:
        print_json(vocabulary_to_json(vocabulary))
    elif not (arguments.import_file or arguments.export_file):
        for field in vocabulary.fields:
            say(f"{field.code}\t{field.name}\t{'、'.join(sub.name for sub in field.subfields)}")
    return ExitCode.DONE
