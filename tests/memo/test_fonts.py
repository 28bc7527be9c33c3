"""Which fonts this machine has, as fontconfig tells it."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.memo import fonts
from desktop.memo.layout import DEFAULT, Profile

LISTED = r"""#!/bin/sh
printf '/f/fang.ttf\t0\t80\t仿宋_GB2312,FangSong_GB2312\n'
printf '/f/serif.ttc\t2\t200\tNoto Serif CJK SC\n'
printf '/f/serif-regular.ttc\t2\t80\tNoto Serif CJK SC\n'
printf '/f/hei.ttf\t0\t\t黑体\n'
"""


@pytest.fixture
def machine(tmp_path, monkeypatch):
    program = tmp_path / "fc-list"
    program.write_text(LISTED, encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    fonts.installed.cache_clear()
    yield
    fonts.installed.cache_clear()


@pytest.mark.skipif("sys.platform == 'win32'")
def test_families_are_found_under_all_their_names_in_regular_weight(machine):
    found = fonts.installed()
    assert found["仿宋_GB2312"] == found["FangSong_GB2312"] == fonts.FontFile(Path("/f/fang.ttf"))
    assert found["Noto Serif CJK SC"] == fonts.FontFile(Path("/f/serif-regular.ttc"), 2)
    assert fonts.missing(DEFAULT) == ("楷体_GB2312", "方正小标宋简体", "宋体")


def test_the_digit_font_is_asked_for_too():
    assert fonts.missing(Profile(digit_font="Times New Roman"), DEFAULT.typefaces.all) == ("Times New Roman",)


def test_a_machine_that_cannot_tell_has_none(monkeypatch):
    monkeypatch.setenv("PATH", "/nonexistent")
    fonts.installed.cache_clear()
    assert fonts.installed() == {} or fonts.sys.platform == "win32"
    fonts.installed.cache_clear()
