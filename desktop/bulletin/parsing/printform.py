"""The print form of a passage: without the blanks that OCR and line breaks put between characters.

Blanks between CJK and western characters go, blanks between two western characters stay (as one), blanks between two CJK
characters go in titles and stay in running text, but for those behind a stop.
"""

from __future__ import annotations

import re

from desktop.bulletin.traced import Traced

_STOPS = frozenset("，。、；：？！")  # a blank behind one is a habit of typing
_BLANKS = re.compile(r"[\s\u3000]+")
_NEAR = 5  # characters before a blank that tell what it is
_MASS = re.compile(r"(?:^|[^!-~⁰¹²³⁴-⁻])[⁰¹²³⁴-⁹]{1,3}\Z")  # of an isotope, which its symbol follows: ⁸⁷Rb


def running(text: Traced) -> Traced:
    """The print form of running text."""
    return _clean(text, keep_between_cjk=True)


def title(text: Traced) -> Traced:
    """The print form of a title or name."""
    return _clean(text, keep_between_cjk=False)


def running_string(text: str) -> str:
    """`running` for a bare string."""
    return running(Traced(text)).text


def title_string(text: str) -> str:
    """`title` for a bare string."""
    return title(Traced(text)).text


def _clean(text: Traced, *, keep_between_cjk: bool) -> Traced:
    text = text.strip()
    words = text.text
    spans: list[tuple[int, int]] = []
    for blank in _BLANKS.finditer(words):
        before, after = _is_western(words[blank.start() - 1]), _is_western(words[blank.end()])
        keep = before and after if before or after else keep_between_cjk and words[blank.start() - 1] not in _STOPS
        if not keep or _MASS.search(words[max(0, blank.start() - _NEAR) : blank.start()]):
            spans.append(blank.span())
        elif blank.end() - blank.start() > 1:
            spans.append((blank.start() + 1, blank.end()))
    return text.without(spans)


def _is_western(char: str) -> bool:
    """Latin, Greek, digits and their raised, lowered and letter-like forms (₂, ℃); quotes and dashes are CJK here."""
    return char < "\u2000" or "\u2070" <= char <= "\u209f" or "\u2100" <= char <= "\u214f"
