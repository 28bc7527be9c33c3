"""Numbers as bulletins print them: full-width digits, 一二三, ①②③, dates in either script, issue numbers.

Pure functions from text to values; they answer None for what they do not recognise and never guess.
"""

from __future__ import annotations

import re
import unicodedata

_WIDE = {ord(wide): narrow for wide, narrow in zip("０１２３４５６７８９．（）－　：［］", "0123456789.()- :[]", strict=True)}
_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"○": 0, "零": 0, "Ｏ": 0, "O": 0, "两": 2}
_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉"
_TO_SUPERSCRIPT = str.maketrans("0123456789", _SUPERSCRIPTS)
_FROM_SUPERSCRIPT = str.maketrans(_SUPERSCRIPTS, "0123456789")
_TO_SUBSCRIPT = str.maketrans("0123456789", _SUBSCRIPTS)

CHINESE = "[〇○零一二三四五六七八九十百]"
_DAY_NUMBER = rf"(?:\d{{1,2}}|{CHINESE}{{1,3}})"
DATE = re.compile(
    rf"(?P<year>(?:19|20)\d\s*\d|[〇○零OＯ一二三四五六七八九]{{4}})\s*年\s*(?P<month>{_DAY_NUMBER})\s*月"
    rf"(?:\s*(?P<day>{_DAY_NUMBER})\s*日)?"
    r"|(?P<y2>(?:19|20)\d\d)[-./](?P<m2>\d{1,2})[-./](?P<d2>\d{1,2})(?!\d)"
)


def level_width(text: str) -> str:
    """Full-width digits, brackets, colon and blank as their ASCII forms; the length stays the same."""
    return text.translate(_WIDE)


def chinese_number(text: str) -> int | None:
    """The value of 七, 十二, 二十, 一百零三 or of a digit row such as 二〇二五; None for anything else."""
    if not text or any(char not in _DIGITS and char not in "十百" for char in text):
        return None
    if "十" not in text and "百" not in text:
        return int("".join(str(_DIGITS[char]) for char in text))
    total = 0
    digit = 0
    for char in text:
        if char in "十百":
            total += (digit or (1 if char == "百" or total % 100 == 0 else 0)) * (10 if char == "十" else 100)
            digit = 0
        else:
            digit = _DIGITS[char]
    return total + digit


def number(text: str) -> int | None:
    """The value of ASCII or full-width digits, Chinese numerals, superscript digits, or one sign for a number (①, ⒈, ⑴, ㈠)."""
    bare = level_width("".join(text.split())).translate(_FROM_SUPERSCRIPT)
    if bare.isascii() and bare.isdigit():
        return int(bare)
    if len(bare) == 1 and unicodedata.category(bare) == "No":
        return int(unicodedata.numeric(bare))
    return chinese_number(bare)


def superscript(text: str) -> str:
    """ASCII digits as superscript characters, everything else as it was; the length stays the same."""
    return text.translate(_TO_SUPERSCRIPT)


def subscript(text: str) -> str:
    """ASCII digits as subscript characters, everything else as it was; the length stays the same."""
    return text.translate(_TO_SUBSCRIPT)


def date_in(text: str) -> tuple[str, str] | None:
    """The first date in the text as `(ISO date, the words as printed without blanks)`.

    ISO is "2025-09-19", or "2025-09" where only the month is printed. Impossible months and days are not dates.
    """
    for match in DATE.finditer(level_width(text)):
        iso = _iso(match)
        if iso:
            return iso, "".join(text[match.start() : match.end()].split())
    return None


def _iso(match: re.Match[str]) -> str:
    year, month = number(match["year"] or match["y2"]), number(match["month"] or match["m2"])
    day_text = match["day"] or match["d2"]
    if year is None or month is None or not 1 <= month <= 12:
        return ""
    if not day_text:
        return f"{year:04d}-{month:02d}"
    day = number(day_text)
    return f"{year:04d}-{month:02d}-{day:02d}" if day is not None and 1 <= day <= 31 else ""


_COUNT = rf"(?:\d{{1,5}}|{CHINESE}{{1,6}})"
_RANGE = rf"{_COUNT}(?:\s*(?:[-—–~～、/]|和|至)\s*{_COUNT})*"
_NUMBERED = re.compile(rf"第\s*(?P<number>{_RANGE})\s*(?P<kind>期|号)")
_WHOLE = re.compile(rf"总\s*第?\s*(?P<number>{_RANGE})\s*期")
_PLAIN = re.compile(r"(?<![a-zA-Z])[Nn][Oo]\s*[.:]?\s*(?P<number>\d{1,4})(?!\d)")
_EXTRA = re.compile(rf"(?P<kind>增刊|特刊|专刊|号外)\s*(?:第)?\s*[(]?(?P<number>{_COUNT})?[)]?\s*期?")


def issue_number(text: str) -> int | str | None:
    """The number of an issue in 第48期, 第四十八期, 第5-6期 ("5-6"), No.48, 增刊1 ("增刊1"), 总第128期 (only if no other is printed)."""
    level = level_width(text)
    whole = _WHOLE.search(level)
    bare = level[: whole.start()] + level[whole.end() :] if whole else level
    extra = _EXTRA.search(bare)
    numbered = _NUMBERED.search(bare)
    if extra:
        count = extra["number"] or (numbered["number"] if numbered else "")
        return extra["kind"] + (str(number(count)) if count else "")
    found = numbered or _PLAIN.search(bare) or whole
    return _single_or_range(found["number"]) if found else None


def _single_or_range(text: str) -> int | str:
    parts = [number(part) for part in re.findall(_COUNT, text)]
    known = [part for part in parts if part is not None]
    return known[0] if len(known) == 1 else "-".join(map(str, known))
