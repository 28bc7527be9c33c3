"""How the reading page is set: the reader's choice of type, the fonts to fall back on, and what a double click takes."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QFont

from desktop.ui.families import first_present

SMALLEST, LARGEST = 16, 48  # px; below 16 px older readers put the paper down (users.md 5.1)
MEASURE = 38  # Chinese characters a line

READING_FAMILIES = (
    "仿宋", "FangSong", "仿宋_GB2312", "FangSong_GB2312", "方正仿宋_GBK", "FZFangSong-Z02", "STFangsong",
    "宋体", "SimSun", "新宋体", "思源宋体", "Source Han Serif SC", "Noto Serif CJK SC", "Noto Serif SC", "Songti SC",
    "微软雅黑", "Microsoft YaHei", "思源黑体", "Source Han Sans SC", "Noto Sans CJK SC", "文泉驿正黑", "WenQuanYi Zen Hei",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReadingType:
    """The reader's choice: `family` "" for the first present of `READING_FAMILIES`, `px` the body size, `line_height` in em."""

    family: str = ""
    px: int = 19
    line_height: float = 1.8

    def font(self, scale: float = 1.0, *, bold: bool = False) -> QFont:
        """The font at a multiple of the body size."""
        font = QFont()
        chosen = first_present((self.family, *READING_FAMILIES) if self.family else READING_FAMILIES)
        if chosen:
            font.setFamilies([chosen, *QFont().families()])
        font.setPixelSize(round(self.px * scale))
        font.setBold(bold)
        return font

    def line(self) -> int:
        """The distance between two lines of the body in px."""
        return round(self.px * self.line_height)


WordAt = Callable[[str, int], tuple[int, int]]
_LATIN = re.compile(r"[0-9A-Za-z_.%+\-/]+")
_HAN = re.compile(r"[\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")


def word_at(text: str, offset: int) -> tuple[int, int]:
    """What a double click takes where no word list is at hand: a Latin word or number, or up to four Han characters."""
    for pattern, limit in ((_LATIN, None), (_HAN, 4)):
        for found in pattern.finditer(text):
            if found.start() <= offset < found.end():
                start = found.start() if limit is None else offset - (offset - found.start()) % limit
                return start, found.end() if limit is None else min(start + limit, found.end())
    return offset, min(offset + 1, len(text))
