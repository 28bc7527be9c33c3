"""The window program, put together: one flat, ordered list of starts, each with its stop."""

from __future__ import annotations

import sys
from pathlib import Path

from desktop import settings as settings_file
from desktop.cli import library_named
from desktop.cli.output import say, speak_utf8, tell
from desktop.cli.parser import build_window
from desktop.errors import ExitCode, KnownError
from desktop.paths import library_folder
from desktop.paths import settings_file as settings_path
from desktop.ui.prerequisites import lend_chinese_font, obstacle, speak_chinese


def run_window(words: list[str]) -> int:
    """Open the window; returns the exit code. `--pictures DIR` takes the pictures of `demo` instead and ends."""
    speak_utf8()
    try:
        arguments = build_window().parse_args(words)
    except KnownError as error:
        tell(str(error))
        return error.exit_code
    reason = obstacle()
    if reason:
        tell(reason)
        return ExitCode.REFUSED
    return _run(library_folder(library_named(arguments)), [Path(file) for file in arguments.files], arguments.pictures)


def _run(folder: Path, files: list[Path], pictures: str | None) -> int:
    from PySide6.QtWidgets import QApplication, QMessageBox

    from desktop.ui.crash import install_crash_dialog
    from desktop.ui.doorbell import ring
    from desktop.ui.pictures import take
    from desktop.ui.program import start

    app = QApplication(sys.argv[:1])
    app.setApplicationName("yaocan")
    app.setDesktopFileName("yaocan")
    lend_chinese_font()
    speak_chinese()
    if not pictures and ring(folder, files):
        tell("这个资料库已在另一个窗口中打开，已把它切换到最前面。")
        return ExitCode.DONE
    settings = settings_file.load(settings_path())
    try:
        program = start(folder, settings)
    except KnownError as error:
        tell(str(error))
        if app.platformName() != "offscreen":
            QMessageBox(QMessageBox.Icon.Critical, "要参阅读", str(error)).exec()
        return error.exit_code
    if pictures:
        return take(program, Path(pictures), say, tell)
    program.save_settings = lambda: settings_file.save(settings, settings_path())
    install_crash_dialog(program.window)
    program.listen()
    program.open(files)
    return app.exec()
