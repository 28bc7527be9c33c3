"""Colours and sizes of the window as one value; light, dark and high contrast. Passed to the widgets, never looked up."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours as "#rrggbb". `marks` and `fields` map colour names and field names to the colours they are painted in."""

    name: str
    window: str  # panels
    surface: str  # lists and cards on panels
    paper: str  # the reading view's and the page's ground
    desk: str  # what lies around a printed page
    text: str
    faint: str  # secondary text
    line: str  # hairlines
    accent: str  # the red of the masthead
    accent_text: str  # text on accent
    selected: str  # selected rows
    selection: str  # selected text
    warning: str
    marks: dict[str, str] = field(default_factory=dict)
    fields: dict[str, str] = field(default_factory=dict)
    dark: bool = False


_FIELDS_LIGHT = {
    "电子信息": "#2f6db5", "航空航天": "#5b8fa8", "装备制造": "#8a6d3b", "先进材料": "#7a5ba6", "绿色低碳": "#3c8d5a",
    "生物医药": "#c2417c", "资源环保": "#6b8e23", "科技服务": "#d07a1f", "技改升级": "#a0522d", "数字经济": "#2a9d9d",
    "综合": "#6c757d",
}  # fmt: skip
_FIELDS_DARK = {
    "电子信息": "#6aa5ee", "航空航天": "#8fc1d8", "装备制造": "#c7a76a", "先进材料": "#b497e0", "绿色低碳": "#6cc48c",
    "生物医药": "#f07fb0", "资源环保": "#a6c957", "科技服务": "#f0a650", "技改升级": "#d98a60", "数字经济": "#5fd0d0",
    "综合": "#a3abb3",
}  # fmt: skip

LIGHT = Theme(
    name="light", window="#f4f3f1", surface="#ffffff", paper="#fffefb", desk="#d9d7d3", text="#1f1d1b", faint="#6f6a64",
    line="#dcd8d2", accent="#b3261e", accent_text="#ffffff", selected="#f3dedb", selection="#b9d3f5", warning="#a15c00",
    marks={"yellow": "#ffe27a", "green": "#b6e3a8", "blue": "#b3d6f7", "red": "#f9bcb4"}, fields=_FIELDS_LIGHT,
)  # fmt: skip
DARK = Theme(
    name="dark", window="#232323", surface="#2b2b2b", paper="#1f1f1e", desk="#161616", text="#e6e2dc", faint="#a09a92",
    line="#3d3b38", accent="#e5736b", accent_text="#1d1110", selected="#4a2f2d", selection="#2f4f78", warning="#e0a050",
    marks={"yellow": "#6b5a13", "green": "#2f5a2a", "blue": "#24507a", "red": "#7a332c"}, fields=_FIELDS_DARK, dark=True,
)  # fmt: skip
CONTRAST = Theme(
    name="contrast", window="#000000", surface="#000000", paper="#000000", desk="#000000", text="#ffffff", faint="#e0e0e0",
    line="#ffffff", accent="#ffdf4d", accent_text="#000000", selected="#00458b", selection="#0060c0", warning="#ffb000",
    marks={"yellow": "#7a6a00", "green": "#006b1a", "blue": "#0050a0", "red": "#a01010"}, fields=_FIELDS_DARK, dark=True,
)  # fmt: skip
THEMES = {theme.name: theme for theme in (LIGHT, DARK, CONTRAST)}

MARK_NAMES = {"yellow": "黄", "green": "绿", "blue": "蓝", "red": "红"}
FIELD_LABELS = {  # two-character labels shown beside the colour everywhere, so that colour is never the only sign
    "电子信息": "电子", "航空航天": "航空", "装备制造": "装备", "先进材料": "材料", "绿色低碳": "绿碳",
    "生物医药": "医药", "资源环保": "环保", "科技服务": "科服", "技改升级": "技改", "数字经济": "数经", "综合": "综合",
}  # fmt: skip
