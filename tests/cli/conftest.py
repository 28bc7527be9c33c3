"""A fresh library for each test of the command line."""

import json

import pytest

from main import main


@pytest.fixture
def run(tmp_path, capsys):
    """Run a command on a fresh library; gives exit code, stdout and stderr."""

    def run(*words):
        capsys.readouterr()
        code = main(["--library", str(tmp_path / "资料库"), *map(str, words)])
        out, err = capsys.readouterr()
        return code, out, err

    return run


@pytest.fixture
def ask(run):
    """Run a command with --json and give its document."""

    def ask(*words):
        code, out, err = run(*words, "--json")
        assert code == 0, err
        return json.loads(out)

    return ask
