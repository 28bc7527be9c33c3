"""Write a memo to a file, whole or not at all, and say whether what was written holds (`write`).

The draft beside the target is checked before it takes its place, so that whoever stops the work, or whatever breaks it off,
finds the former file as it was.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from desktop.errors import KnownError, StorageFull, WrongUsage
from desktop.memo import fonts
from desktop.memo.check import Finding, check_docx, check_quotations
from desktop.memo.docx import docx_bytes
from desktop.memo.layout import DEFAULT, Profile
from desktop.memo.markdown import markdown_text
from desktop.memo.model import Memo
from desktop.memo.pdf import pdf_bytes
from desktop.memo.plain import plain_text
from desktop.memo.progress import Progress


@dataclass(frozen=True, slots=True)
class Report:
    """What was written where. `findings` is the self-check; `missing_fonts` the families asked for that this machine lacks."""

    path: Path
    findings: tuple[Finding, ...]
    missing_fonts: tuple[str, ...] = ()


def _markdown(memo: Memo, _profile: Profile, _progress: Progress | None) -> bytes:
    return markdown_text(memo).encode()


def _plain(memo: Memo, _profile: Profile, _progress: Progress | None) -> bytes:
    return plain_text(memo).encode()


_WRITERS: dict[str, Callable[[Memo, Profile, Progress | None], bytes]] = {
    ".docx": docx_bytes,
    ".pdf": pdf_bytes,
    ".md": _markdown,
    ".txt": _plain,
}


def _refusal(path: Path, error: OSError) -> KnownError:
    """The sentence for a folder or file that cannot be written."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return StorageFull(f"磁盘空间不足，未能写出“{path.name}”，请清理后重试或另选位置。")
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return KnownError(f"文件夹“{path.parent}”不存在，请另选保存位置。")
    if isinstance(error, IsADirectoryError):
        return KnownError(f"“{path.name}”是一个文件夹，请换一个文件名。")
    if isinstance(error, PermissionError):
        return KnownError(f"不能写入“{path}”：文件正被其他程序打开，或没有写入权限，请关闭后重试或另选位置。")
    return KnownError(f"未能写出“{path}”，请检查位置是否可用或另选位置。")


def _replace(path: Path, content: bytes, check: Callable[[Path], list[Finding]]) -> list[Finding]:
    """Write beside the target, check, and rename, so that a failure leaves the former file as it was."""
    draft = path.parent / f".{uuid4().hex}.tmp"
    try:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, "is a folder")
        try:
            with draft.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            found = check(draft)
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        raise _refusal(path, error) from error
    return found


def write(memo: Memo, path: Path, profile: Profile = DEFAULT, progress: Progress | None = None) -> Report:
    """Write the memo in the format that the suffix of `path` names, and check it.

    Raises `KnownError` when the memo has no excerpt, the suffix is unknown or the target cannot be written, and what `progress`
    raises; the target is then what it was.
    """
    writer = _WRITERS.get(path.suffix.lower())
    if writer is None:
        raise WrongUsage(f"不能导出为“{path.name}”，文件名请以 .docx、.pdf、.md 或 .txt 结尾。")
    if not memo.excerpts:
        raise KnownError("摘编里还没有内容，请先加入条目、要点或划线。")

    def check(draft: Path) -> list[Finding]:
        return check_docx(draft, memo, profile, progress) if writer is docx_bytes else check_quotations(memo)

    findings = _replace(path, writer(memo, profile, progress), check)
    return Report(path, tuple(findings), fonts.missing(profile))
