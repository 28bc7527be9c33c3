"""Which family stands in for one that the machine lacks, of the same kind: 仿宋 and 宋体 by a serif face, 黑体 by a sans-serif one."""

from __future__ import annotations

from collections.abc import Container

from desktop.memo.layout import ALTERNATIVES, Profile

_SERIF = ("仿宋", "FangSong", "华文仿宋", "宋体", "SimSun", "Noto Serif CJK SC", "Source Han Serif SC", "思源宋体",
          "Noto Serif SC", "AR PL UMing CN", "AR PL SungtiL GB", "Songti SC")  # fmt: skip
_SANS = ("黑体", "SimHei", "Noto Sans CJK SC", "Source Han Sans SC", "思源黑体", "Noto Sans SC", "WenQuanYi Micro Hei",
         "WenQuanYi Zen Hei", "文泉驿微米黑", "微软雅黑")  # fmt: skip
_STAND_INS: dict[str, tuple[str, ...]] = {
    "body": _SERIF,
    "kai": ("楷体", "KaiTi", "华文楷体", "AR PL UKai CN", *_SERIF),
    "hei": _SANS,
    "title": ("方正小标宋_GBK", "小标宋", "Noto Serif CJK SC", "Source Han Serif SC", *_SERIF),
    "song": ("SimSun", "Noto Serif CJK SC", "Source Han Serif SC", *_SERIF),
}
KINDS_OF_TYPE = tuple(_STAND_INS)


def stand_in(kind: str, profile: Profile, present: Container[str]) -> str:
    """The family that a kind of type ("body", "kai", "hei", "title", "song") is set in; empty where the machine has none fit."""
    family = getattr(profile.typefaces, kind)
    wanted = (family, ALTERNATIVES.get(family, ""), *_STAND_INS[kind])
    return next((name for name in wanted if name in present), "")
