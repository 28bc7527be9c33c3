"""fields and overview: the vocabulary in force, its changes, what was learnt, and what the library says about each field."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from desktop.archive import learning, overview, reshaping, vocabularies
from desktop.archive.library import Library
from desktop.cli.output import print_json, say, tell
from desktop.cli.passphrases import open_library
from desktop.errors import ExitCode, KnownError, WrongUsage
from desktop.fields.export import vocabulary_text, vocabulary_to_json
from desktop.fields.reshape import Change, merge, rename, split
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


def _reshape(library: Library, arguments: argparse.Namespace) -> bool:
    """Rename, merge or split, or only say what would happen; whether one of them was asked for."""
    change = _change(library.vocabulary, arguments)
    if change is None:
        return False
    for sentence in reshaping.preview(library, change):
        tell(sentence)
    if not arguments.preview:
        reshaping.apply(library, change)
        tell(f"{change.name}，已完成。")
    return True


def _change(vocabulary: Vocabulary, arguments: argparse.Namespace) -> Change | None:
    if arguments.rename:
        return rename(vocabulary, *arguments.rename)
    if arguments.merge:
        return merge(vocabulary, *arguments.merge)
    if arguments.split:
        if len(arguments.split) < len(("子领域", "新名称", "代码", "词语")):
            raise WrongUsage("--split 之后写：子领域 新名称 代码 词语…。")
        tag, name, code, *words = arguments.split
        return split(vocabulary, tag, name, code, words)
    return None


def _learning(library: Library, arguments: argparse.Namespace) -> bool:
    """Say or drop what was learnt; whether that was asked for."""
    if arguments.forget:
        learning.start_over(library)
        tell("习得的内容已清除，标注不变。")
    elif arguments.learnt:
        for sentence in learning.told(learning.learnt(library), library.vocabulary) or ["尚未习得任何内容。"]:
            say(sentence)
    return bool(arguments.forget or arguments.learnt)


def run_overview(arguments: argparse.Namespace) -> ExitCode:
    """Count items and marks by field and month, issue, region or level."""
    with open_library(arguments) as library:
        counted = overview.count(library, arguments.by)
    if arguments.output:
        try:
            Path(arguments.output).write_text(overview.as_csv(counted), encoding="utf-8-sig", newline="")
        except OSError as error:
            raise KnownError(f"不能写入“{arguments.output}”（{error.strerror}），请另选位置。") from error
        tell(f"已写出 {arguments.output}。")
    elif arguments.json:
        print_json(_overview_json(counted))
    else:
        say("\t".join(["领域", *counted.columns, "合计"]))
        for row in counted.rows:
            numbers = [str(len(counted.cell(row, column).items)) for column in counted.columns]
            say("\t".join([row, *numbers, str(counted.row_total(row))]))
    return ExitCode.DONE


def _overview_json(counted: overview.Overview) -> dict[str, Any]:
    cells = [
        {"field": row, "column": column, "items": len(cell.items), "marks": cell.marks}
        for (row, column), cell in sorted(counted.cells.items())
    ]
    return {"by": counted.axis, "fields": counted.rows, "columns": counted.columns, "totals": counted.totals, "cells": cells}


def run_fields(arguments: argparse.Namespace) -> ExitCode:
    """Show the vocabulary in force; bring one in first, write it out, as asked."""
    with open_library(arguments) as library:
        if arguments.import_file:
            _bring_in(library, Path(arguments.import_file))
        asked = _reshape(library, arguments) or _learning(library, arguments)
        vocabulary = library.vocabulary
    if arguments.export_file:
        _write(vocabulary, Path(arguments.export_file))
    if arguments.json:
        print_json(vocabulary_to_json(vocabulary))
    elif not (asked or arguments.import_file or arguments.export_file):
        for field in vocabulary.fields:
            say(f"{field.code}\t{field.name}\t{'、'.join(sub.name for sub in field.subfields)}")
    return ExitCode.DONE
