"""What holds in a library and what does not: database, references, files, texts, anchors, index, backups, gaps in numbers, fonts,
input method.

Checking alters no data; an index at fault is mended on the way. Each finding is a sentence; its name is stable, for scripts.
"""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from db import issues as issue_store
from db import marks as mark_store
from db import snapshots
from db.errors import Damaged
from db.records import FileRecord, ItemRecord
from desktop.archive import backups, catalogue, indexing, numbering, rereading
from desktop.archive.library import Library
from desktop.memo.fonts import installed
from desktop.memo.layout import DEFAULT, Profile
from desktop.memo.standins import KINDS_OF_TYPE, stand_in

_WINDOWS_FONTS: Final = ("simfang.ttf", "simsun.ttc", "simhei.ttf", "msyh.ttc")
_NO_PLUGIN_NEEDED: Final = frozenset({"", "none", "simple", "wayland"})  # no input method, or one that Qt itself speaks with


_TITLES = {
    "database": "数据库", "files": "原件", "texts": "正文", "anchors": "划线位置", "index": "检索索引", "backups": "自动备份",
    "numbers": "期号", "fonts": "中文字体", "memo fonts": "摘编字体", "input method": "中文输入法",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: `ok` says whether it holds, `message` is a Chinese sentence."""

    name: str
    ok: bool
    message: str

    @property
    def title(self) -> str:
        """How the finding is called where people read it; `name` is for scripts."""
        return _TITLES.get(self.name, self.name)


def check(library: Library) -> list[Finding]:
    """Look at everything. Raises `LibraryUnavailable` only when the database cannot be read at all."""
    return [
        _database(library),
        _files(library),
        _texts(library),
        _anchors(library),
        _index(library),
        _backups(library),
        _numbers(library),
        fonts(),
        memo_fonts(),
        input_method(_input_plugins(), os.environ),
    ]


def _database(library: Library) -> Finding:
    found = library.database.problems()
    if found:
        return Finding("database", False, f"数据库有 {len(found)} 处问题（{found[0]}），请从最近的备份恢复。")
    return Finding("database", True, "数据库结构和引用关系完好。")


def _files(library: Library) -> Finding:
    kept = issue_store.files(library.database)
    wrong = [file for file in kept if not _is_sound(library, file)]
    if wrong:
        names = "、".join(file.file_name for file in wrong[:3])
        return Finding("files", False, f"{len(wrong)} 份原件缺失或已被改动（{names}），请从备份恢复，或重新导入。")
    known = {f"{file.sha256}.{file.extension}" for file in kept}
    spare = [name for name in library.shelf.names() if name not in known]
    beside = f"；另有 {len(spare)} 份多余文件，不影响使用" if spare else ""
    return Finding("files", True, f"{len(kept)} 份原件与收入时一致{beside}。")


def _is_sound(library: Library, file: FileRecord) -> bool:
    return library.shelf.sha256(f"{file.sha256}.{file.extension}") == file.sha256


def _texts(library: Library) -> Finding:
    total, wrong = 0, []
    for item in _items(library):
        total += 1
        if not _is_whole(item):
            wrong.append(item.title)
    if wrong:
        return Finding("texts", False, f"{len(wrong)} 条条目的正文与分段不一致（如“{wrong[0]}”），请从备份恢复。")
    old = len(rereading.outdated(library))
    beside = f"；{old} 期的文字由较早版本读出，打开窗口后会自动重新核对" if old else ""
    return Finding("texts", True, f"{total} 条条目的正文与分段一致{beside}。")


def _items(library: Library) -> Iterator[ItemRecord]:
    """All items, an issue at a time, so that a large library needs little memory."""
    for issue in catalogue.issues(library):
        yield from catalogue.items(library, issue.id)


def _is_whole(item: ItemRecord) -> bool:
    try:
        return "\n".join(passage.text for passage in catalogue.passages(item)) == item.text
    except (ValueError, KeyError, TypeError):  # what `passages_from_json` says of anything that is no stored passage
        return False


def _anchors(library: Library) -> Finding:
    wrong: list[str] = []
    lost: list[str] = []
    total = 0
    for issue in catalogue.issues(library):
        texts = {item.id: item.text for item in catalogue.items(library, issue.id)} if issue.mark_count else {}
        for mark in mark_store.marks(library.database, issue=issue.id):
            total += 1
            if not mark.anchored:
                lost.append(mark.quote)
            elif texts[mark.item][mark.start : mark.end] != mark.quote:
                wrong.append(mark.quote)
    if wrong:
        return Finding("anchors", False, f"{len(wrong)} 处划线与正文对不上（如“{wrong[0][:20]}”），原划文字仍保留在划线列表中。")
    if lost:
        return Finding(
            "anchors", False, f"{len(lost)} 处划线失锚（如“{lost[0][:20]}”）：原文中已找不到，原划文字和批注仍在标注列表中。"
        )
    return Finding("anchors", True, f"{total} 处划线都与正文一致。")


def _index(library: Library) -> Finding:
    found = indexing.verify(library)
    return Finding("index", not found, "".join(found) or "检索索引与正文一致。")


def _backups(library: Library) -> Finding:
    copies = backups.copies(library)
    if not copies:
        return Finding("backups", True, "还没有自动备份。")
    try:
        snapshots.verify(copies[-1], library.secret)
    except Damaged:
        return Finding("backups", False, f"最近的自动备份“{copies[-1].name}”已损坏，请尽快另作备份。")
    return Finding("backups", True, f"共 {len(copies)} 份自动备份，最近一份可以打开。")


def _numbers(library: Library) -> Finding:
    """Gaps are told, not held against the library: what never arrived is nobody's fault."""
    return Finding("numbers", True, numbering.told(library) or "各刊各年的期号没有间断。")


def fonts() -> Finding:
    """Whether this computer has a Chinese font, as far as can be told without opening a window."""
    there = _has_chinese_font()
    if there is None:
        return Finding("fonts", True, "本机无法列出字体，未检查中文字体。")
    if there:
        return Finding("fonts", True, "已找到中文字体。")
    return Finding("fonts", False, "没有找到中文字体，界面和导出的文件会缺字；请安装仿宋、宋体或思源、文泉驿等字体。")


def memo_fonts(profile: Profile = DEFAULT, present: Collection[str] | None = None) -> Finding:
    """Which families of the memo this machine has, and what stands in for the others in PDF and preview."""
    have = installed() if present is None else present
    if not have:
        return Finding("memo fonts", True, "本机无法列出字体，未检查摘编所用字体。")
    told = []
    for kind in KINDS_OF_TYPE:
        family, instead = getattr(profile.typefaces, kind), stand_in(kind, profile, have)
        told.append(f"{family} 已安装" if instead == family else f"{family} 未安装，PDF 和预览用{instead or '内置字体'}代替")
    return Finding("memo fonts", True, f"{'；'.join(told)}。Word 文件始终写规定的字体。")


def _has_chinese_font() -> bool | None:
    if sys.platform == "win32":
        return any((Path("C:/Windows/Fonts") / name).is_file() for name in _WINDOWS_FONTS)
    lister = shutil.which("fc-list")
    if lister is None:
        return True if sys.platform == "darwin" else None
    listed = subprocess.run([lister, ":lang=zh-cn", "family"], capture_output=True, check=False, timeout=30)  # noqa: S603
    return bool(listed.stdout.strip())


def input_method(folder: Path | None, environment: Mapping[str, str]) -> Finding:
    """Whether the window can take Chinese from the input method that the session names.

    `folder` is where Qt keeps its input plug-ins, None where that cannot be told. Qt's own packages bring none for fcitx.
    """
    if folder is None:
        return Finding("input method", True, "本机的输入法无需插件，或未能列出插件，未检查中文输入法。")
    plugins = sorted(_plugin_name(path) for path in folder.iterdir())
    listed = f"可用的输入法插件：{'、'.join(plugins) or '无'}"
    wanted = _wanted_input_method(environment)
    if wanted in _NO_PLUGIN_NEEDED or _brand(wanted) in map(_brand, plugins):
        return Finding("input method", True, f"{listed}。")
    advice = "可设置环境变量 QT_IM_MODULE=ibus 或 xim 后重新打开"
    return Finding("input method", False, f"{listed}；系统使用 {wanted}，但没有对应插件，{advice}。")


def _input_plugins() -> Path | None:
    """Found without loading Qt, which the command line does without. Elsewhere than on Linux no plug-in is needed."""
    if not sys.platform.startswith("linux"):
        return None
    try:
        package = importlib.util.find_spec("PySide6")
    except ImportError:  # so says an importer that keeps it out; where it merely is not installed, there is no spec
        return None
    places = (package and package.submodule_search_locations) or ()
    folders = [Path(place) / "Qt" / "plugins" / "platforminputcontexts" for place in places]
    return next((folder for folder in folders if folder.is_dir()), None)


def _plugin_name(path: Path) -> str:
    """libibusplatforminputcontextplugin.so is ibus."""
    return re.sub(r"^lib|(platforminputcontext)?plugin$", "", path.stem)


def _wanted_input_method(environment: Mapping[str, str]) -> str:
    """What Qt is told to use; else fcitx where the session runs it, for Qt would look for that one alone in vain."""
    return environment.get("QT_IM_MODULE") or ("fcitx" if "fcitx" in environment.get("XMODIFIERS", "") else "")


def _brand(name: str) -> str:
    """One name for what goes by several: Qt speaks with XIM through its plug-in "compose"."""
    return {"xim": "compose", "fcitx5": "fcitx"}.get(name, name)
