"""The numbers of GB/T 9704—2012 in one place, and the few things a unit may set differently.

Every writer and the self-check read their measures here; `docs/memo.md` says which clause each number comes from. Lengths are
named by their unit: millimetres, points (1/72 inch) or twips (1/20 point).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

PAGE_WIDTH_MM, PAGE_HEIGHT_MM = 210.0, 297.0
TITLE_CHARACTERS = 20  # of 2号 type in a line of the type area
UNIT_CHARACTERS = 24  # of 署名 in a line, two characters from the edge

BODY_SIZE = 16.0  # 3号
TITLE_SIZE = 22.0  # 2号
PAGE_NUMBER_SIZE = 14.0  # 4号
TABLE_SIZE = 10.5  # 五号: a source table has to hold six columns
FOOTNOTE_SIZE = 12.0
IMPRINT_SIZE = SHEET_SIZE = 14.0  # 4号
SINGLE_PITCH = 20.0  # points: about what single spacing gives 4号 type
RED_LINE_GAP = 11  # points between the line of a red head and the red line under it: 4 mm
WATERMARK_WIDTH = 420.0  # points along the diagonal
SHEET_LABEL_MM, SHEET_TEXT_MM = 30.0, 126.0

# 28 characters of 16 pt are 448 pt; the type area is 442.2 pt wide. A quarter point less after each character makes them fit.
CHARACTER_SPACING = -0.25
FIRST_LINE_TWIPS = 632  # two body characters with that spacing, rounded up; for readers that do not know firstLineChars
FOOTER_MM = 25.0  # the page number's line then lies 7 mm below the type area

FOOTER_DASH_MM = 7.0  # the dash of the page number below the type area

# Columns of the source table in millimetres, 期号 日期 栏目 地区 标题 领域; together the width of the type area.
TABLE_COLUMNS_MM = (17.0, 36.0, 19.0, 15.0, 50.0, 19.0)
TABLE_TITLE_COLUMN = 4


def twips(millimetres: float) -> int:
    """Millimetres as twentieths of a point, rounded."""
    return round(millimetres * 1440 / 25.4)


def points(millimetres: float) -> float:
    """Millimetres as points."""
    return millimetres * 72 / 25.4


class PageNumbers(StrEnum):
    """Where the page number stands: odd right and even left (the standard), or centred (many internal prints)."""

    OUTER = "outer"
    CENTRE = "centre"


@dataclass(frozen=True, slots=True)
class Typefaces:
    """The products asked for, one for each kind of type that the standard names."""

    body: str = "仿宋_GB2312"
    kai: str = "楷体_GB2312"
    hei: str = "黑体"
    title: str = "方正小标宋简体"
    song: str = "宋体"

    @property
    def all(self) -> tuple[str, ...]:
        """Every family, body first."""
        return (self.body, self.kai, self.hei, self.title, self.song)


# What a word processor may take when a family is absent; written as altName, so that the substitution is a declared one.
ALTERNATIVES = {
    "仿宋_GB2312": "仿宋",
    "仿宋": "FangSong",
    "方正仿宋_GBK": "仿宋",
    "华文仿宋": "仿宋",
    "楷体_GB2312": "楷体",
    "楷体": "KaiTi",
    "黑体": "SimHei",
    "方正小标宋简体": "方正小标宋_GBK",
    "方正小标宋_GBK": "方正小标宋简体",
    "宋体": "SimSun",
}


@dataclass(frozen=True, slots=True)
class Profile:
    """What a unit may set differently. Margins in millimetres, `line` in points.

    `digit_font` empty means that digits and Latin letters are set in the font of the surrounding text, as the standard does.
    """

    line: float = 28.95
    top: float = 37.0
    bottom: float = 35.0
    left: float = 28.0
    right: float = 26.0
    second_level_bold: bool = False
    digit_font: str = ""
    page_numbers: PageNumbers = PageNumbers.OUTER
    typefaces: Typefaces = Typefaces()

    @property
    def line_twips(self) -> int:
        """The exact line pitch in twips."""
        return round(self.line * 20)

    @property
    def width(self) -> float:
        """Width of the type area in points."""
        return points(PAGE_WIDTH_MM - self.left - self.right)

    @property
    def height(self) -> float:
        """Height of the type area in points."""
        return points(PAGE_HEIGHT_MM - self.top - self.bottom)

    @property
    def lines(self) -> int:
        """Body lines of a full page."""
        return int(self.height / self.line + 1e-6)


DEFAULT = Profile()
