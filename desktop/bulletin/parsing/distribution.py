"""The foot of an issue: 主送, 抄送, who printed it and when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from desktop.bulletin.model import Distribution
from desktop.bulletin.numerals import DATE, date_in, level_width
from desktop.bulletin.parsing import printform, shapes
from desktop.bulletin.parsing.blocks import Block, Role
from desktop.bulletin.traced import Traced, join

_SEPARATORS = re.compile("[，。,；;]")
_EDITORIAL = re.compile(r"^(?:责任编辑|编辑|主编|审核|审签|签发|电话|联系|地址|邮编|传真|网址|[(（]?共印|印数|份数|校对)")
_WITHIN = 24


@dataclass
class Foot:
    """What the foot says; `unplaced` are lines of it that have no field (editors, telephone)."""

    distribution: Distribution = field(default_factory=Distribution)
    printed_by: str = ""
    printed_date: str = ""
    unplaced: list[Block] = field(default_factory=list)


def foot_start(blocks: Sequence[Block], start: int) -> int:
    """The index where the foot begins: at 主送： or 抄送：, else at the imprint; `len(blocks)` without a foot."""
    first = max(start, len(blocks) - _WITHIN)
    for at in range(first, len(blocks)):
        if shapes.label(blocks[at].words):
            return at
    return _imprint_start(blocks, first)


def _imprint_start(blocks: Sequence[Block], first: int) -> int:
    date = _imprint_date(blocks, first)
    if date is None:
        return len(blocks)
    return date - 1 if _printer_apart(blocks, date, first) else date


def _imprint_date(blocks: Sequence[Block], first: int) -> int | None:
    return next((at for at in range(len(blocks) - 1, first - 1, -1) if shapes.is_imprint_date(blocks[at].words)), None)


def _printer_apart(blocks: Sequence[Block], date: int, first: int) -> bool:
    """Whether the printing office stands on the line before the date."""
    if date <= first or DATE.split(level_width(blocks[date].words))[0].strip():
        return False
    words = blocks[date - 1].words
    return not (shapes.is_closed(words) or shapes.label(words) or _EDITORIAL.match(words) or len(words) > 40)


def read_foot(blocks: Sequence[Block]) -> Foot:
    """The foot printed in `blocks`."""
    foot = Foot()
    date = _imprint_date(blocks, 0)
    end = len(blocks) if date is None else date
    if date is not None:
        apart = _printer_apart(blocks, date, 0)
        _read_imprint(foot, blocks[date], blocks[date - 1] if apart else None)
        foot.unplaced.extend(blocks[date + 1 :])
        end -= apart
    _read_receivers(foot, blocks[:end])
    return foot


def _read_imprint(foot: Foot, date: Block, printer: Block | None) -> None:
    found = date_in(date.words)
    foot.printed_date = found[0] if found else ""
    before = date.words[: next(DATE.finditer(level_width(date.words))).start()]
    foot.printed_by = printform.title_string(printer.words if printer else before)


def _read_receivers(foot: Foot, blocks: Sequence[Block]) -> None:
    to: list[list[Traced]] = []
    cc: list[list[Traced]] = []
    current = to
    for block in blocks:
        words = block.words
        label = shapes.label(words)
        if label:
            current = to if label[0] and not (to and words.startswith("分送")) else cc
            current.append([block.text.slice(label[1])])
        elif block.role is Role.NOTE or _EDITORIAL.match(words) or not (to or cc):
            foot.unplaced.append(block)
        elif shapes.is_closed(current[-1][-1].text):
            current.append([block.text])
        else:
            current[-1].append(block.text)
    foot.distribution = Distribution(tuple(_receivers(to)), tuple(_receivers(cc)))


def _receivers(paragraphs: Sequence[Sequence[Traced]]) -> list[str]:
    names = (name for pieces in paragraphs for name in _SEPARATORS.split(printform.running(join(pieces)).text))
    return [bare for name in names if (bare := name.strip())]
