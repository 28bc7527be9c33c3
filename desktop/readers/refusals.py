"""Why the system refuses a file, in one sentence: for whoever opens one, whatever its kind turns out to be."""

from __future__ import annotations

import errno
from pathlib import Path


def refusal(path: Path, error: OSError | ValueError) -> str:
    """What the reader is told when the system refuses to open a file."""
    reason = error.errno if isinstance(error, OSError) else None
    if reason in (errno.ENOENT, errno.ENOTDIR) or reason is None or reason == errno.ENAMETOOLONG:
        return f"找不到文件“{path.name or path}”，请检查路径。"
    if reason in (errno.EACCES, errno.EPERM):
        return f"没有读取“{path.name}”的权限，请检查文件的访问权限。"
    return f"读取“{path.name}”时出错，请检查磁盘或网络位置是否可用。"
