"""设置口令, 更改口令, 取消口令: the library is closed, written anew under the other passphrase, and opened again."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMessageBox

from desktop.archive import unlocking
from desktop.archive.unlocking import Secret
from desktop.errors import KnownError
from desktop.ui.desk.desk import Desk
from desktop.ui.window import MainWindow

if TYPE_CHECKING:
    from desktop.archive.sealing import Beside

Reopen = Callable[[Callable[[], str]], None]

_LOSE = "取消口令后，资料库不再加密，得到这个文件夹的人都能看到全部内容。是否继续？"
_DONE = {
    "set": "已设置口令，资料库里的内容和自动备份都已加密。",
    "change": "已更改口令。",
    "remove": "已取消口令，资料库不再加密。",
}


class PassphraseCommands(QObject):
    """The passphrase of the library. `reopen` closes it, does what it is given, and opens it again with one of `secrets`."""

    def __init__(self, desk: Desk, window: MainWindow, reopen: Reopen, secrets: list[Secret]) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._reopen = reopen
        self._secrets = secrets

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What this class does for the action table."""
        return {"tool.passphrase_set": self._set, "tool.passphrase_change": self._change, "tool.passphrase_remove": self._remove}

    def _set(self) -> None:
        if self._desk.library.secret:
            self._desk.said.emit("资料库已设口令，可用“更改口令”更改。")
        else:
            self._ask_new("设置口令", lambda wanted: self._seal("set", None, wanted))

    def _change(self) -> None:
        self._ask_present(lambda present: self._ask_new("更改口令", lambda wanted: self._seal("change", present, wanted)))

    def _remove(self) -> None:
        self._ask_present(self._remove_after_asking)

    def _remove_after_asking(self, present: Secret) -> None:
        if QMessageBox.question(self._window, "取消口令", _LOSE) == QMessageBox.StandardButton.Yes:
            self._seal("remove", present, None)

    def _ask_present(self, then: Callable[[Secret], None]) -> None:
        """The passphrase in force, typed once more: whoever passes by an open window shall not take it away."""
        from desktop.ui.passphrase_dialogs import AskDialog  # late: the first page needs none of it

        folder = self._desk.library.folder
        if not self._desk.library.secret:
            self._desk.said.emit("资料库还没有口令，可用“设置口令”设置。")
            return
        dialog = AskDialog("请输入现在的口令。", lambda secret: unlocking.secret_of(folder, [secret]), self._window)
        dialog.accepted.connect(lambda: then(dialog.secret) if dialog.secret else None)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _ask_new(self, title: str, then: Callable[[Secret], None]) -> None:
        from desktop.ui.passphrase_dialogs import SetDialog

        try:
            unlocking.require_cipher(self._desk.library.folder)
        except KnownError as error:
            self._desk.failed.emit(str(error))
            return
        dialog = SetDialog(title, self._window)
        dialog.accepted.connect(lambda: then(dialog.secret))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _seal(self, what: str, present: Secret | None, wanted: Secret | None) -> None:
        folder = self._desk.library.folder

        def work() -> str:
            from desktop.archive import sealing
            from desktop.ui.passphrase_dialogs import with_bar

            self._secrets += [wanted] if wanted else []
            left = with_bar("正在重写资料库，请勿拔出介质……", partial(sealing.change, folder, present, wanted))
            return _DONE[what] + _told(left)

        self._reopen(work)


def _told(left: Beside) -> str:
    """What stays as it was: other people's files are named, former libraries offered to be deleted."""
    said = "".join(f"\n“{file.name}”不是资料库的文件，原样留下。" for file in left.foreign)
    if left.former and _agrees_to_delete(left.former):
        from desktop.archive.shredding import shred
        from desktop.ui.passphrase_dialogs import with_bar

        def delete(_progress: object) -> None:
            for folder in left.former:
                shred(folder)

        with_bar("正在删除……", delete)
        return said + f"\n已删除旁边 {len(left.former)} 个以前的资料库。"
    return said


def _agrees_to_delete(former: tuple[Path, ...]) -> bool:
    names = "\n".join(folder.name for folder in former[:8])
    question = f"旁边还有 {len(former)} 个以前恢复备份时留下的资料库，没有改动：\n\n{names}\n\n是否删除？删除后不能恢复。"
    return QMessageBox.question(None, "要参阅读", question) == QMessageBox.StandardButton.Yes  # type: ignore[arg-type]  # no window yet
