"""When a block goes on with the open paragraph, and how the two halves are put together.

Plain text from page-by-page OCR breaks paragraphs at every page end and sometimes repeats characters there. The rules were
measured on real issues (42 joins, one repetition, no false one); a removed repetition is always reported.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from desktop.bulletin.parsing import shapes
from desktop.bulletin.traced import Traced

_ORDINALS = "一二三四五六七八九十"
_ORDINAL = re.compile(r"^([二三四五六七八九十])是")
_LONGEST_REPEAT = 6
_REDUPLICATED = frozenset("人个层事家户天年月日时处步声种件样条句字代次点点家村县市省级项位名门行业年常渐慢好多大小重")
"""Characters that Chinese doubles on purpose (人人, 个个, 层层): one of them twice at a seam is no repetition."""


def continues_sentence(open_text: str) -> bool:
    """A paragraph that has not come to its end goes on in the next block."""
    return bool(open_text) and not shapes.is_closed(open_text)


def continues_sequence(open_text: str, block: str) -> bool:
    """三是 goes on with a paragraph that holds 二是, though that one ended in 。.

    Not where the paragraph begins with 二是 itself: then each has a paragraph of its own.
    """
    match = _ORDINAL.match(block)
    return bool(match and open_text.find(_ORDINALS[_ORDINALS.index(match[1]) - 1] + "是") > 0)


def repeated(tail: str, head: str) -> int:
    """The number of characters at the head of a block that repeat the end of the half before it."""
    for length in range(min(_LONGEST_REPEAT, len(tail), len(head)), 0, -1):
        seam = head[:length]
        if tail.endswith(seam) and _is_repeat(seam):
            return length
    return 0


def _is_repeat(seam: str) -> bool:
    if len(seam) == 1:
        return "\u4e00" <= seam <= "\u9fff" and seam not in _REDUPLICATED
    return not seam.isascii()


def seam(pieces: Sequence[Traced], block: Traced) -> tuple[Traced, str]:
    """The block without what it repeats of the piece before it, and the repeated characters ("" mostly)."""
    length = repeated(pieces[-1].text[-_LONGEST_REPEAT:], block.text)
    return block.slice(length), block.text[:length]
