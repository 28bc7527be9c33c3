"""Which font families this machine has: asked for by name in the .docx, embedded in the PDF, reported when absent."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from os import environ
from pathlib import Path

from desktop.memo.layout import Profile

_TIMEOUT = 10  # seconds; the first fc-list after a change of fonts rebuilds a cache

# The names Windows and the usual office packages give their files.
_WINDOWS_FILES = {
    "simfang.ttf": ("仿宋", "FangSong"),
    "simkai.ttf": ("楷体", "KaiTi"),
    "simhei.ttf": ("黑体", "SimHei"),
    "simsun.ttc": ("宋体", "SimSun"),
    "simfang_gb2312.ttf": ("仿宋_GB2312",),
    "fangsong_gb2312.ttf": ("仿宋_GB2312",),
    "simkai_gb2312.ttf": ("楷体_GB2312",),
    "kaiti_gb2312.ttf": ("楷体_GB2312",),
    "fzxbsjw.ttf": ("方正小标宋简体",),
    "fzxbsk.ttf": ("方正小标宋_GBK",),
    "stfangso.ttf": ("华文仿宋", "STFangsong"),
    "times.ttf": ("Times New Roman",),
}


@dataclass(frozen=True, slots=True)
class FontFile:
    """A file with a family in it; `index` counts the faces of a collection (.ttc) from 0."""

    path: Path
    index: int = 0


def _from_fontconfig(program: str) -> dict[str, FontFile]:
    command = [program, "--format", "%{file}\t%{index}\t%{weight}\t%{family}\n"]
    try:
        listed = subprocess.run(command, capture_output=True, timeout=_TIMEOUT, check=False)  # noqa: S603 - found by which
    except (OSError, subprocess.TimeoutExpired):
        return {}
    found: dict[str, tuple[float, FontFile]] = {}
    for line in listed.stdout.decode("utf-8", "replace").splitlines():
        path, index, weight, families = line.split("\t")
        heaviness = abs(float(weight or 80) - 80) if weight.replace(".", "").isdigit() else 80.0  # 80 is regular
        for family in families.split(","):
            if family not in found or heaviness < found[family][0]:
                found[family] = (heaviness, FontFile(Path(path), int(index) & 0xFFFF))
    return {family: file for family, (_, file) in found.items()}


def _from_windows_folders() -> dict[str, FontFile]:
    folders = [Path(environ.get("WINDIR", r"C:\Windows")) / "Fonts"]
    if "LOCALAPPDATA" in environ:
        folders.append(Path(environ["LOCALAPPDATA"]) / "Microsoft" / "Windows" / "Fonts")
    found: dict[str, FontFile] = {}
    for folder in folders:
        for file in folder.iterdir() if folder.is_dir() else ():
            for family in _WINDOWS_FILES.get(file.name.lower(), (file.stem,)):
                found.setdefault(family, FontFile(file))
    return found


@lru_cache(maxsize=1)
def installed() -> dict[str, FontFile]:
    """Every family of this machine with its file, looked up once a run."""
    if sys.platform == "win32":
        return _from_windows_folders()
    program = shutil.which("fc-list")
    return _from_fontconfig(program) if program else {}


def missing(profile: Profile, present: Iterable[str] | None = None) -> tuple[str, ...]:
    """The families of the profile that this machine lacks, in the profile's order."""
    have = set(installed() if present is None else present)
    wanted = dict.fromkeys(filter(None, (*profile.typefaces.all, profile.digit_font)))
    return tuple(family for family in wanted if family not in have)
