"""What the reader is told when a file or page cannot be shown."""

from __future__ import annotations

OPENING = {
    "missing": "找不到原文件，可能已被移动或删除，请重新导入。",
    "denied": "没有读取这个文件的权限，请检查文件权限。",
    "empty": "这个文件是空的，请换一份文件。",
    "damaged": "这个文件已损坏，无法打开，请换一份完整的文件。",
    "locked": "这个文件设有打开密码，输入密码后才能显示页面；重新打开这一期可以再次输入。",
    "stuck": "打开这个文件时没有响应，文件可能已损坏，请换一份文件。",
    "failing": "显示页面的程序无法启动，请重新启动本程序；仍不行时请重新安装。",
}
PAGE_UNPRINTABLE = "这一页无法显示，没有打印。"
PAGE_UNREADABLE = "这一页无法显示，其他页不受影响。点击此处重试。"


def opening(code: str) -> str:
    """The sentence for a file that could not be opened."""
    return OPENING.get(code, OPENING["damaged"])
