"""The window program, put together: one flat, ordered list of starts, each with its stop."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from desktop import settings as settings_file
from desktop.cli import library_named
from desktop.cli.given import at_hand
from desktop.cli.output import say, speak_utf8, tell
from desktop.cli.parser import build_window
from desktop.errors import ExitCode, KnownError, LibraryDamaged, PassphraseNeeded
from desktop.paths import library_folder
from desktop.paths import settings_file as settings_path
from desktop.rendering.launch import Launched, launched_early
from desktop.ui.prerequisites import lend_chinese_font, obstacle, speak_chinese

if TYPE_CHECKING:
    from desktop.archive.unlocking import Secret
    from desktop.settings import Settings
    from desktop.ui.first_look import FirstLook
    from desktop.ui.program import Program


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
    try:
        secrets = at_hand(arguments)
        launched = launched_early()  # it comes up while Qt and the parts of the window are being loaded
    except KnownError as error:
        tell(str(error))
        return error.exit_code
    folder = library_folder(library_named(arguments))
    return _run(folder, [Path(file) for file in arguments.files], arguments.pictures, secrets, launched)


def _run(folder: Path, files: list[Path], pictures: str | None, secrets: list[Secret], launched: Launched) -> int:
    from desktop.ui.doorbell import ring
    from desktop.ui.style import application

    app = application(sys.argv[:1])
    app.setApplicationName("yaocan")
    app.setDesktopFileName("yaocan")
    lend_chinese_font()
    speak_chinese()
    if not pictures and ring(folder, files):
        launched.close()
        tell("这个资料库已在另一个窗口中打开，已把它切换到最前面。")
        return ExitCode.DONE
    settings = settings_file.load(settings_path())
    windowed = app.platformName() != "offscreen"
    look = _first_look(folder, files, settings, launched, shown=not pictures)
    from desktop.ui.crash import install_crash_dialog
    from desktop.ui.program import start

    try:
        program = _started(lambda: start(folder, settings, look, secrets), secrets, settings.theme if windowed else None)
    except KnownError as error:
        look.close()
        tell(str(error))
        if windowed and not isinstance(error, PassphraseNeeded):  # who gave up knows why
            from PySide6.QtWidgets import QMessageBox

            QMessageBox(QMessageBox.Icon.Critical, "要参阅读", str(error)).exec()
        return error.exit_code
    if pictures:
        from desktop.ui.pictures import take

        return take(program, Path(pictures), say, tell)
    program.save_settings = lambda: settings_file.save(settings, settings_path())
    install_crash_dialog(program.window)
    program.listen()
    program.open(files)
    gc.freeze()
    gc.enable()
    return app.exec()


def _first_look(folder: Path, files: list[Path], settings: Settings, launched: Launched, *, shown: bool) -> FirstLook:
    """The window as far as the first page needs it, showing that page already where there is one to show."""
    from desktop.rendering.client import Renderer
    from desktop.ui.first_look import FirstLook, wanted

    look = FirstLook(settings, Renderer(launched=launched))
    seen = wanted(folder, files, settings) if shown else None
    if seen:
        look.show(seen)
    return look


def _started(start: Callable[[], Program], secrets: list[Secret], theme: str | None) -> Program:
    """The program; where the library has a passphrase, after the reader gave it; where its database is damaged, after the reader
    agreed to put its best automatic copy in its place. Without a theme to do so in, nobody is asked.
    """
    try:
        return start()
    except PassphraseNeeded as error:
        given = None if theme is None else _asked(error, theme)
        if given is None:
            raise
        secrets.append(given)
        return _started(start, secrets, theme)
    except LibraryDamaged as error:
        if error.copy is None or theme is None or not _agrees_to(error.copy):
            raise
        from desktop.archive import backups  # late: it brings the reading of files, which the start can do without

        backups.restore(error.folder, error.copy, secrets)
        return start()


def _asked(error: PassphraseNeeded, theme: str) -> Secret | None:
    from PySide6.QtWidgets import QApplication

    from desktop.archive import unlocking
    from desktop.ui.passphrase_dialogs import ask
    from desktop.ui.style import apply_style, theme_of

    app = QApplication.instance()
    assert isinstance(app, QApplication)
    apply_style(app, theme_of(theme))
    return ask(str(error), lambda secret: unlocking.secret_of(error.folder, [secret]))


def _agrees_to(copy: Path) -> bool:
    from PySide6.QtWidgets import QMessageBox

    at = datetime.fromtimestamp(copy.stat().st_mtime, tz=UTC).astimezone()
    question = (
        f"资料库的数据文件已损坏，不能打开。\n\n最近一份完好的自动备份写于 {at:%Y年%m月%d日 %H:%M}。是否用它恢复？"
        "损坏的文件会原样留在资料库文件夹里。"
    )
    return QMessageBox.question(None, "要参阅读", question) == QMessageBox.StandardButton.Yes  # type: ignore[arg-type]  # no parent yet
