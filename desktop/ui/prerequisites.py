"""What a screen needs from the system, looked at before Qt would abort without a word the reader understands.

On Linux Qt's xcb plug-in loads a handful of libraries at run time; when one is missing Qt kills the process. So they are
tried first, by name, and the Debian packages that bring them are named in Chinese. Chinese glyphs: where the system has no
Chinese font, the one that PyMuPDF carries (Droid Sans Fallback, Apache-2.0) is lent to Qt for this run.
"""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.archive.checking import Finding

_XCB = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
_ALWAYS = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libglib-2.0.so.0": "libglib2.0-0",
}


def _missing(libraries: dict[str, str]) -> list[str]:
    missing = []
    for library, package in libraries.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            missing.append(package)
    return missing


def obstacle() -> str | None:
    """Why no window can be opened here, as one Chinese sentence; None where nothing stands in the way. Needs no Qt."""
    if not sys.platform.startswith("linux"):
        return None
    platform = os.environ.get("QT_QPA_PLATFORM", "")
    headless = platform.split(":")[0] in ("offscreen", "minimal", "vnc")
    if not headless and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return "没有图形显示，打不开窗口；可以用命令行，或运行 demo --out 目录 查看示例结果。"
    needed = dict(_ALWAYS)
    if not headless and os.environ.get("DISPLAY"):
        needed |= _XCB
    missing = _missing(needed)
    if missing:
        return f"系统缺少显示窗口所需的库，请用管理员身份安装：apt-get install {' '.join(missing)}"
    return None


def speak_chinese() -> None:
    """Qt's own buttons and menus (确定, 取消, 复制 …) in Chinese. Call after the QApplication exists."""
    from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    app = QCoreApplication.instance()
    translator = QTranslator(app)
    if app and translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)


def lend_chinese_font() -> bool:
    """Make sure that Chinese can be shown; True where a font had to be lent. Call after the QApplication exists."""
    from PySide6.QtGui import QFontDatabase

    if QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese):
        return False
    command = [sys.executable, "-c", "import sys, pymupdf; sys.stdout.buffer.write(pymupdf.Font('china-s').buffer)"]
    made = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - our own interpreter and words
    return made.returncode == 0 and QFontDatabase.addApplicationFontFromData(made.stdout) >= 0


def window_findings() -> list[Finding]:
    """What 自检 says about the window side beyond `checking.check`: the fonts that Qt sees. Needs a running QApplication."""
    from PySide6.QtGui import QFontDatabase

    from desktop.archive.checking import Finding  # late: it brings the reading of files

    families = QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese)
    fonts = Finding(
        "界面中文字体",
        bool(families),
        f"有 {len(families)} 种可用。" if families else "系统没有中文字体，界面借用内置字体；请安装，例如 fonts-noto-cjk。",
    )
    return [fonts]
