"""Points of an item: marker, head, and the parts 一是, 二是 within."""

from __future__ import annotations

import re

from desktop.bulletin.model import Part

_PART = re.compile(r"[一二三四五六七八九十]是")
_ORDINALS = "一二三四五六七八九十"
_LONGEST_HEAD = 60


def head_of(text: str) -> str:
    """The head of a point: up to the first 。, without it; "" when the first sentence is too long to be one."""
    end = text.find("。")
    return text[:end] if 0 < end <= _LONGEST_HEAD else ""


def parts_of(text: str, head: str) -> tuple[Part, ...]:
    """The parts 一是, 二是 …: in sequence, each at the start, after the head or after 。 or ；."""
    starts: list[int] = []
    for match in _PART.finditer(text):
        if text[match.start()] == _ORDINALS[len(starts) : len(starts) + 1] and _may_start(text, match.start(), head):
            starts.append(match.start())
    if len(starts) < 2:
        return ()
    ends = [*starts[1:], len(text)]
    return tuple(Part(text[start : start + 2], text[start + 2 : end]) for start, end in zip(starts, ends, strict=True))


def _may_start(text: str, at: int, head: str) -> bool:
    return at == 0 or text[at - 1] in "。；：" or (bool(head) and at == len(head) + 1)
