"""What went wrong with the library, as one plain Chinese sentence that says what to do.

The database and the file system report failures in their own terms; here, and only here, they become known errors.
"""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from db import errors as storage
from db.opening import Secret
from desktop.archive import rescuing
from desktop.errors import KnownError, LibraryDamaged, LibraryUnavailable, StorageFull

NO_ROOM: Final = "磁盘空间不足，这次改动没有保存，原有内容未受影响；请腾出空间后再试。"
NETWORK: Final = "资料库文件夹“{folder}”在网络共享盘上，不能安全保存；请把资料库放在本机磁盘，用备份文件与他人交换。"

_SENTENCES: Final[dict[type[storage.StorageError], str]] = {
    storage.Locked: "资料库“{folder}”正被另一个程序占用，这次改动没有保存；请稍候再试。",
    storage.ReadOnly: "资料库“{folder}”是只读的，不能保存；请换到可以写入的文件夹，或请管理员开放写入权限。",
    storage.Unopenable: "资料库文件夹“{folder}”不能打开或写入；请检查文件夹是否存在、是否有写入权限。",
    storage.NoSharedMemory: NETWORK,
    storage.NoCipher: "资料库“{folder}”使用口令需要加密组件“sqlcipher3”，本机没有安装；请安装（见使用说明）后再试。",
    storage.Foreign: "文件夹“{folder}”中的 library.db 不是本程序的资料库；请另选一个文件夹。",
    storage.Newer: "资料库“{folder}”由更新版本的程序建立，本版本不能打开；请升级程序后再打开。",
    storage.DeviceFailed: "读写资料库“{folder}”时磁盘出错，这次改动没有保存；请检查磁盘或移动介质是否完好、是否已拔出。",
    storage.Interrupted: "操作已取消，没有作任何改动。",
    storage.HistoryMismatch: "撤销记录与资料库现有内容对不上，没有作任何改动。",
}
_NO_ROOM_CODES: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_NO_RIGHTS_CODES: Final = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_CAUSES: Final = {
    errno.ENOENT: "文件或文件夹不存在",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "介质是只读的",
    errno.EISDIR: "这是一个文件夹",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EIO: "磁盘读写错误",
    errno.EBUSY: "正被占用",
    errno.ENAMETOOLONG: "名称太长",
    errno.ELOOP: "链接循环",
    errno.EMFILE: "打开的文件太多",
}


def explain(folder: Path, secret: Secret | None = None) -> Callable[[storage.StorageError], KnownError]:
    """How failures of the database in `folder`, encrypted by that passphrase or none, are told."""

    def told(failure: storage.StorageError) -> KnownError:
        if isinstance(failure, storage.Full):
            return StorageFull(NO_ROOM)
        if isinstance(failure, storage.Damaged):
            return _damaged(folder, secret)
        return LibraryUnavailable(_SENTENCES[type(failure)].format(folder=folder))

    return told


def _damaged(folder: Path, secret: Secret | None) -> LibraryDamaged:
    """With the best automatic copy, to be put back by the window or by `restore`."""
    copy = rescuing.best_copy(folder, secret)
    advice = f"最近一份完好的自动备份是“{copy}”，可用 restore 命令或重新打开窗口恢复" if copy else "请用“恢复”功能从备份文件恢复"
    return LibraryDamaged(f"资料库“{folder}”的数据文件已损坏，请不要继续写入；{advice}。", folder, copy)


@contextmanager
def explained(place: Path) -> Iterator[None]:
    """Within, failures of the file system on writing to `place` are told as known errors."""
    try:
        yield
    except OSError as error:
        if error.errno in _NO_ROOM_CODES:
            raise StorageFull(NO_ROOM) from error
        if error.errno in _NO_RIGHTS_CODES:
            raise LibraryUnavailable(f"“{place}”不能写入；请检查写入权限，或换一个位置。") from error
        if error.errno in (errno.EEXIST, errno.ENOTDIR):
            raise LibraryUnavailable(f"“{place}”不是文件夹；请另选一个位置。") from error
        raise LibraryUnavailable(f"读写“{place}”时出错（{cause(error)}）；请检查路径，以及磁盘或移动介质是否完好。") from error


def cause(error: OSError) -> str:
    """The cause of a file system's refusal in a few Chinese words; the system's own words may be in any language."""
    return _CAUSES.get(error.errno or 0, f"系统错误 {error.errno}")
