"""A check tells what holds and finds each thing that does not."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from db import models
from db.records import ItemRecord
from desktop.archive import backups, catalogue, checking, marking
from desktop.archive.library import Library


def _wrong(library: Library) -> set[str]:
    return {finding.name for finding in checking.check(library) if not finding.ok} - {"fonts", "input method"}


def test_a_sound_library_holds_in_every_point(library: Library, items: list[ItemRecord]):
    marking.add(library, items[0].id, 0, 3)
    backups.automatic(library)
    findings = checking.check(library)
    names = ["database", "files", "texts", "anchors", "index", "backups", "numbers", "fonts", "memo fonts", "input method"]
    assert [finding.name for finding in findings] == names
    assert _wrong(library) == set()
    assert all(finding.message.endswith("。") for finding in findings)


def test_an_empty_library_is_sound(library: Library):
    assert _wrong(library) == set()


def _lose_file(library: Library, item: ItemRecord) -> None:
    catalogue.stored_file(library, catalogue.issue(library, item.issue)).unlink()


def _alter_file(library: Library, item: ItemRecord) -> None:
    catalogue.stored_file(library, catalogue.issue(library, item.issue)).write_bytes(b"altered")


def _alter_text(library: Library, item: ItemRecord) -> None:
    with library.database.operation("", undoable=False) as operation:
        operation.update(models.Item, item.id, text=item.text.replace("入库", "出库"))


def _spoil_passages(library: Library, item: ItemRecord) -> None:
    with library.database.operation("", undoable=False) as operation:
        operation.update(models.Item, item.id, passages="[{}]")


def _move_mark(library: Library, item: ItemRecord) -> None:
    marking.add(library, item.id, 0, 3)
    with library.database.operation("", undoable=False) as operation:
        operation.update(models.Mark, 1, start=1)


def _lose_mark(library: Library, item: ItemRecord) -> None:
    marking.add(library, item.id, 0, 3)
    with library.database.operation("", undoable=False) as operation:
        operation.update(models.Mark, 1, anchored=False)


def _break_reference(library: Library, item: ItemRecord) -> None:
    raw = library.database._connection.raw()
    raw.execute("PRAGMA foreign_keys = OFF")
    raw.execute("INSERT INTO refusal (item, point, field, created_at) VALUES (999, NULL, '', '')")


def _spoil_backup(library: Library, item: ItemRecord) -> None:
    copy = backups.automatic(library)
    assert copy
    copy.write_bytes(copy.read_bytes()[:5000])


@pytest.mark.parametrize(
    ("spoil", "found"),
    [
        (_lose_file, "files"),
        (_alter_file, "files"),
        (_alter_text, "texts"),
        (_spoil_passages, "texts"),
        (_move_mark, "anchors"),
        (_lose_mark, "anchors"),
        (_break_reference, "database"),
        (_spoil_backup, "backups"),
    ],
)
def test_each_fault_is_found_where_it_is(library: Library, items: list[ItemRecord], spoil, found: str):
    spoil(library, items[0])
    assert _wrong(library) == {found}


def test_a_copy_that_a_killed_import_left_is_no_fault(library: Library, items: list[ItemRecord]):
    (library.folder / "files" / ("0" * 64 + ".pdf")).write_bytes(b"orphan")
    findings = {finding.name: finding for finding in checking.check(library)}
    assert findings["files"].ok
    assert "多余" in findings["files"].message


def test_checking_alters_no_data(library: Library, items: list[ItemRecord], tmp_path: Path):
    before = library.database.position
    checking.check(library)
    assert library.database.position == before


@pytest.mark.parametrize(
    ("plugins", "environment", "ok"),
    [
        (("ibus", "compose"), {}, True),
        (("ibus", "compose"), {"QT_IM_MODULE": "ibus"}, True),
        (("ibus", "compose"), {"QT_IM_MODULE": "xim", "XMODIFIERS": "@im=fcitx"}, True),
        (("ibus", "compose"), {"QT_IM_MODULE": "none"}, True),
        (("ibus", "compose"), {"XMODIFIERS": "@im=ibus"}, True),
        (("ibus", "compose"), {"QT_IM_MODULE": "fcitx"}, False),
        (("ibus", "compose"), {"QT_IM_MODULE": "fcitx5"}, False),
        (("ibus", "compose"), {"QT_IM_MODULE": "", "XMODIFIERS": "@im=fcitx"}, False),
        (("ibus", "fcitx5"), {"XMODIFIERS": "@im=fcitx"}, True),
        (("ibus", "fcitx5"), {"QT_IM_MODULE": "xim"}, False),
        ((), {}, True),
        ((), {"QT_IM_MODULE": "ibus"}, False),
    ],
)
def test_an_input_method_without_a_plugin_is_told_with_the_way_out(tmp_path: Path, plugins, environment, ok: bool):
    for name in plugins:
        (tmp_path / f"lib{name}platforminputcontextplugin.so").touch()
    found = checking.input_method(tmp_path, environment)
    assert (found.name, found.ok) == ("input method", ok)
    assert all(name in found.message for name in plugins)
    assert ("QT_IM_MODULE=ibus" in found.message) is not ok
    assert found.message.endswith("。")


def test_where_plugins_cannot_be_listed_no_fault_is_claimed():
    assert checking.input_method(None, {"QT_IM_MODULE": "fcitx"}).ok


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="plug-ins for input methods are Linux's")
def test_the_installed_plugins_are_found_without_loading_qt(library: Library, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("QT_IM_MODULE", "some-other")
    found = {finding.name: finding for finding in checking.check(library)}["input method"]
    assert not found.ok
    assert "ibus、" in found.message or "、ibus" in found.message
    assert "some-other" in found.message


def test_the_fonts_of_the_memo_are_told_one_by_one_with_what_stands_in():
    finding = checking.memo_fonts(present={"黑体", "仿宋", "Noto Serif CJK SC"})
    assert finding.ok
    for words in (
        "黑体 已安装",
        "仿宋_GB2312 未安装，PDF 和预览用仿宋代替",
        "方正小标宋简体 未安装，PDF 和预览用Noto Serif CJK SC代替",
        "楷体_GB2312 未安装",
        "宋体 未安装",
    ):
        assert words in finding.message
    assert "内置字体" in checking.memo_fonts(present={"Arial"}).message
    assert "未检查" in checking.memo_fonts(present=()).message
