"""Asking for a passphrase, for a new one, and for the password of a file; and long work on a closed library, with a bar instead of a frozen window."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar

from PySide6.QtCore import QEventLoop, QObject, Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLineEdit, QProgressDialog, QVBoxLayout, QWidget

from desktop.archive.unlocking import SHORTEST, Secret
from desktop.errors import PassphraseNeeded
from desktop.ui.style import set_role

T = TypeVar("T")
Progress = Callable[[int, int, str], None]

TRIES: Final = 3
WARNING: Final = (
    "设置口令后，资料库里的全部内容（正文、原件、标注、检索索引和自动备份）都加密保存，没有口令不能打开。\n\n"
    "口令忘记后无法找回，资料库和用它加密的备份都不能再打开；请妥善保管。\n\n"
    "以前另存的备份文件、导出的文件没有加密；存储介质上可能仍有删除内容的痕迹，用过的移动介质请按规定管理。"
)
_WIDTH: Final = 440


class _Told(QObject):
    step = Signal(int, int, str)
    done = Signal()


def apart(work: Callable[[Progress], T], step: Progress = lambda _done, _total, _name: None) -> T:
    """Run `work` on a thread of its own while this one goes on with its events; its result, or what it raised."""
    told, loop = _Told(), QEventLoop()
    told.step.connect(step, Qt.ConnectionType.QueuedConnection)
    told.done.connect(loop.quit, Qt.ConnectionType.QueuedConnection)
    with ThreadPoolExecutor(1) as pool:
        future = pool.submit(work, told.step.emit)
        future.add_done_callback(lambda _future: told.done.emit())
        loop.exec()
    return future.result()


def with_bar(title: str, work: Callable[[Progress], T]) -> T:
    """Run `work` apart under a bar that cannot be stopped."""
    bar = QProgressDialog(title, "", 0, 0)
    bar.setWindowTitle("要参阅读")
    bar.setCancelButton(None)  # type: ignore[arg-type]  # None takes the button away
    bar.setMinimumWidth(_WIDTH)
    bar.setMinimumDuration(0)

    def step(done: int, total: int, _name: str) -> None:
        bar.setMaximum(total)
        bar.setValue(min(done, total - 1))  # at its end it would vanish before the work has

    bar.show()
    try:
        return apart(work, step)
    finally:
        bar.close()


class AskDialog(QDialog):
    """A passphrase that there is. `check` is asked apart whether it is right, by raising `PassphraseNeeded`; three tries."""

    def __init__(self, sentence: str, check: Callable[[Secret], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("输入口令")
        self.secret: Secret | None = None
        self._check = check
        self._tries = 0
        self._sentence = QLabel(sentence)
        self._sentence.setWordWrap(True)
        self.box = _field("口令")
        self.box.textChanged.connect(self._update)
        self.buttons = _buttons("确定")
        self.buttons.accepted.connect(self._try)
        self.buttons.rejected.connect(self.reject)
        _lay(self, self._sentence, self.box, self.buttons)
        self._update()

    def _update(self) -> None:
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(bool(self.box.text()))

    def _try(self) -> None:
        self._tries += 1
        secret = Secret(self.box.text())
        if self._is_right(secret):
            self.secret = secret
            self.accept()
        else:
            self._refuse()

    def _is_right(self, secret: Secret) -> bool:
        self.setEnabled(False)
        try:
            apart(lambda _progress: self._check(secret))
        except PassphraseNeeded:
            return False
        finally:
            self.setEnabled(True)
        return True

    def reject(self) -> None:
        """Closing the dialog gives up; not while a passphrase is being tried, since it may be right."""
        if self.isEnabled():
            super().reject()

    def _refuse(self) -> None:
        if self._tries == TRIES:
            self.reject()
            return
        self._sentence.setText(f"口令不对，还可以再试 {TRIES - self._tries} 次；口令区分大小写。")
        self.box.clear()
        self.box.setFocus()


class SetDialog(QDialog):
    """A new passphrase, typed twice, under what is to be known before."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        warning = QLabel(WARNING)
        warning.setWordWrap(True)
        self.box, self.again = _field("新口令"), _field("再输一次新口令")
        self._told = QLabel()
        self.buttons = _buttons(title)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        for box in (self.box, self.again):
            box.textChanged.connect(self._update)
        _lay(self, warning, self.box, self.again, self._told, self.buttons)
        self._update()

    def _update(self) -> None:
        given, again = self.box.text(), self.again.text()
        short = len(given.strip()) < SHORTEST
        differ = "" if given == again or not again else "两次输入的口令不同。"
        self._told.setText(f"口令至少 {SHORTEST} 个字符，请再输长一些。" if given and short else differ)
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(given == again and not short)

    @property
    def secret(self) -> Secret:
        """What was typed."""
        return Secret(self.box.text())


class PasswordDialog(QDialog):
    """The password of a protected file; not modal, as reading goes on behind it. Rejected where the reader passes over the file."""

    def __init__(self, sentence: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("输入密码")
        self.setModal(False)
        told = QLabel(sentence)
        told.setWordWrap(True)
        kept = QLabel("密码只在本次使用期间记住，不保存到磁盘。")
        set_role(kept, "faint")
        self.box = _field("密码")
        self.buttons = _buttons("确定", "跳过")
        accept = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        accept.setEnabled(False)
        self.box.textChanged.connect(lambda text: accept.setEnabled(bool(text)))
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        _lay(self, told, self.box, kept, self.buttons)
        self.box.setFocus()


def ask(sentence: str, check: Callable[[Secret], object], parent: QWidget | None = None) -> Secret | None:
    """A passphrase that `check` does not refuse; None when the reader gave up."""
    dialog = AskDialog(sentence, check, parent)
    dialog.exec()
    dialog.deleteLater()
    return dialog.secret


def _field(name: str) -> QLineEdit:
    box = QLineEdit()
    box.setEchoMode(QLineEdit.EchoMode.Password)
    box.setPlaceholderText(name)
    box.setAccessibleName(name)
    return box


def _buttons(accept: str, reject: str = "取消") -> QDialogButtonBox:
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
    buttons.button(QDialogButtonBox.StandardButton.Ok).setText(accept)
    buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(reject)
    return buttons


def _lay(dialog: QDialog, *widgets: QWidget) -> None:
    layout = QVBoxLayout(dialog)
    layout.setSpacing(10)
    for widget in widgets:
        layout.addWidget(widget)
    dialog.setMinimumWidth(_WIDTH)
