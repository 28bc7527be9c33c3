"""fields: the vocabulary in force, out to a file and in from one."""

from __future__ import annotations

import argparse

from desktop.cli.output import print_json, say
from desktop.errors import ExitCode
from desktop.fields.vocabulary import Vocabulary


def run_fields(arguments: argparse.Namespace) -> ExitCode:
    """The vocabulary in force."""
    vocabulary = Vocabulary.load()
    if arguments.json:
        print_json(vocabulary.to_json())
    else:
        for field in vocabulary.fields:
            say(f"{field.code}\t{field.name}\t{'、'.join(sub.name for sub in field.subfields)}")
    return ExitCode.DONE
