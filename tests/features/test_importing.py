"""一批文件收入资料库：进度、取消、接着导入、报告。"""

import shutil

import pytest
from PySide6.QtWidgets import QFileDialog, QProgressDialog

from desktop.archive import catalogue
from desktop.paths import SAMPLES
from desktop.ui.commands.import_dialog import ImportReportDialog
from desktop.ui.commands.importing import pace


def dialog(reader):
    return next((box for box in reader.program.window.findChildren(ImportReportDialog) if box.isVisible()), None)


def test_a_folder_comes_in_with_a_report_that_can_be_saved(empty_reader, tmp_path, monkeypatch):
    reader, folder = empty_reader, tmp_path / "来件"
    folder.mkdir()
    for sample in SAMPLES.glob("*.pdf"):
        shutil.copy(sample, folder)
    (folder / "坏.pdf").write_bytes(b"%PDF-1.7 nothing")
    reader.program.importing.bring_in([folder])
    reader.until(lambda: dialog(reader), timeout=60_000)
    assert "未收入 1 个" in dialog(reader).counts.text()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: (str(tmp_path / "报告.csv"), ""))
    dialog(reader).save_requested.emit()
    assert "坏.pdf" in (tmp_path / "报告.csv").read_text("utf-8-sig")


def test_a_cancelled_import_keeps_what_came_in_and_goes_on_later(empty_reader, tmp_path):
    reader, folder = empty_reader, tmp_path / "来件"
    folder.mkdir()
    for number in range(60):
        shutil.copy(SAMPLES / "issue-901.txt", folder / f"{number}.txt")
        with (folder / f"{number}.txt").open("a", encoding="utf-8") as file:
            file.write(f"\n附注{number}")
    reader.program.importing.bring_in([folder])
    reader.until(lambda: catalogue.issues(reader.library))
    reader.program.window.findChild(QProgressDialog).canceled.emit()
    reader.until(lambda: dialog(reader), timeout=60_000)
    assert "已取消" in dialog(reader).counts.text()
    dialog(reader).close()
    reader.program.importing.bring_in([folder])
    reader.until(lambda: dialog(reader), timeout=120_000)
    assert "已取消" not in dialog(reader).counts.text()


@pytest.mark.parametrize(
    ("done", "total", "seconds", "words"),
    [
        (0, 100, 20.0, ""),
        (5, 100, 2.0, ""),
        (100, 100, 60.0, ""),
        (50, 20_000, 10.0, "每秒 5.0 个，约剩 1 小时 6 分"),
        (100, 400, 60.0, "每秒 1.7 个，约剩 3 分钟"),
        (100, 110, 60.0, "每秒 1.7 个，约剩不到 1 分钟"),
    ],
)
def test_progress_tells_pace_and_remaining_time(done, total, seconds, words):
    assert pace(done, total, seconds) == words
