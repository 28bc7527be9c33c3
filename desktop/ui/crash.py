"""A bug of ours: the reader gets one plain dialog with the details to copy; what was saved stays saved and work can go on."""

from __future__ import annotations

import sys
import traceback
from types import TracebackType

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox, QWidget

from desktop.errors import KnownError


def install_crash_dialog(window: QWidget) -> None:
    """Show what would otherwise only go to a terminal nobody looks at. Known errors that slipped through keep their sentence."""
    previous = sys.excepthook

    def show(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        previous(kind, error, trace)
        known = isinstance(error, KnownError)
        text = str(error) if known else "程序遇到一个没有预料到的问题。已保存的内容不受影响，可以继续使用。"
        box = QMessageBox(QMessageBox.Icon.Warning, "要参阅读", text, QMessageBox.StandardButton.Close, window)
        if not known:
            detail = "".join(traceback.format_exception(kind, error, trace))
            box.setDetailedText(detail)
            copy = box.addButton("复制详情", QMessageBox.ButtonRole.ActionRole)
            copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(detail))
        box.open()

    sys.excepthook = show
