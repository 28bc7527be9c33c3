"""The fixed phrases of a memo: numerals, dates, source lines, the lead-in with its true counts, and the title cut into lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from desktop.memo.layout import TITLE_CHARACTERS
from desktop.memo.model import Excerpt, Memo, Source

_DIGITS = "零一二三四五六七八九"
_UNITS = ((1000, "千"), (100, "百"), (10, "十"))


def numeral(number: int) -> str:
    """1 … 9999 as it is counted in Chinese: 一, 十, 十二, 二十, 一百零三."""
    rest, words, gap = number, "", False
    for size, unit in _UNITS:
        digit, rest = divmod(rest, size)
        if digit:
            words += ("零" if gap else "") + _DIGITS[digit] + unit
            gap = False
        else:
            gap = bool(words) and rest > 0
    words += (("零" if gap else "") + _DIGITS[rest]) if rest else ""
    return words[1:] if words.startswith("一十") else words


def chinese_date(iso: str) -> str:
    """`2025-09-05` as `2025年9月5日`: the year complete, no zero padding (7.3.5.4). Anything else stays."""
    match = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", iso)
    return f"{match[1]}年{int(match[2])}月{int(match[3])}日" if match else iso


def month_span(dates: Iterable[str]) -> str:
    """The months that ISO dates cover: `2025年9月`, `2025年9月—12月`, `2025年11月—2026年2月`; empty for no date."""
    months = sorted({(date[:4], int(date[5:7])) for date in dates if re.fullmatch(r"\d{4}-\d{2}-\d{2}", date)})
    if not months:
        return ""
    (first_year, first), (last_year, last) = months[0], months[-1]
    start = f"{first_year}年{first}月"
    if months[0] == months[-1]:
        return start
    return f"{start}—{last}月" if first_year == last_year else f"{start}—{last_year}年{last}月"


def book(title: str) -> str:
    """A title in 《》; brackets inside become 〈〉, as printing rules have it."""
    inner = title.removeprefix("《").removesuffix("》") if title.startswith("《") and title.endswith("》") else title
    return "《" + inner.replace("《", "〈").replace("》", "〉") + "》"


def issue_number(source: Source) -> str:
    """`第48期`, `第5-6期`, or `增刊1` as it is; empty for papers without a number."""
    return f"第{source.number}期" if source.number[:1].isdigit() else source.number


def issue_title(source: Source) -> str:
    """`《创新驱动要参》第48期`."""
    return book(source.title) + issue_number(source)


def citation(source: Source) -> str:
    """`《创新驱动要参》第48期，2025年9月19日`, from the issue's record, never from a file name."""
    return "，".join(filter(None, (issue_title(source), chinese_date(source.date))))


def source_line(source: Source) -> str:
    """The line under an excerpt: the citation and the section, in full-width brackets."""
    section = "" if source.section == source.title else source.section
    return "（" + "，".join(filter(None, (citation(source), section))) + "）"


def _issue_key(source: Source) -> tuple[str, int, str, str]:
    digits = re.match(r"\d+", source.number)
    return (source.date[:4], int(digits[0]) if digits else 0, source.number, source.date)


def _issue_in_year(source: Source) -> str:
    number = issue_number(source)
    return f"{source.date[:4]}年{number}" if source.date and number else number


def _issue_span(sources: Sequence[Source]) -> str:
    ordered = sorted(sources, key=_issue_key)
    first, last = ordered[0], ordered[-1]
    start, end = _issue_in_year(first), _issue_in_year(last)
    if start and end and start != end:
        return f"{book(first.title)}{start}至{issue_number(last) if first.date[:4] == last.date[:4] else end}"
    return book(first.title) + (start or end)


def issue_spans(excerpts: Iterable[Excerpt]) -> str:
    """Which issues the excerpts come from: `《创新驱动要参》2025年第47期至第57期`, publications joined with 、."""
    by_title: dict[str, list[Source]] = {}
    for excerpt in excerpts:
        by_title.setdefault(excerpt.source.title, []).append(excerpt.source)
    return "、".join(_issue_span(sources) for sources in by_title.values())


LEAD_IN = "现将{期刊}中{领域}信息摘编如下，共{条数}条，供参阅。"


def lead_in(memo: Memo) -> str:
    """The opening sentence. {期刊}, {领域}, {条数} and {时段} in the author's wording are filled from the content, so that no
    count goes stale; the counts are true whatever is moved, added or taken out.
    """
    excerpts = memo.excerpts
    topic = memo.topic or ("有关" if memo.lead_in in ("", LEAD_IN) else "")  # 第57期中信息 would be no Chinese
    filled = {"期刊": issue_spans(excerpts), "领域": topic, "条数": str(len(excerpts)), "时段": memo.period}
    return re.sub("{(" + "|".join(filled) + ")}", lambda match: filled[match[1]], memo.lead_in or LEAD_IN)


def file_stem(memo: Memo) -> str:
    """A file's name without suffix: the title without its leading 《》 and without what file systems forbid, and the date."""
    title = re.sub(r"^《[^》]*》", "", memo.title) or memo.title
    safe = re.sub(r'[\\/:*?"<>|\x00-\x1f\x7f]', "", title).strip(" .")[:_LONGEST_STEM] or "信息摘编"
    return f"{safe}_{memo.date.replace('-', '')}"


_LONGEST_STEM = 60  # characters; names are limited to 255 bytes, a hanzi takes three
_NO_START = "，。、；：？！）》”’〉】…—·"
_NO_END = "（《“‘〈【—第"
_BEGINNINGS = ("信息", "专题", "情况", "有关", "关于", "工作", "领域")


def _fits(title: str, start: int, end: int, *, whole_books: bool) -> bool:
    """Whether a title may be cut at `end`: not inside a number, a Latin word or 《》, no punctuation in the wrong place."""
    before, after = title[end - 1], title[end]
    if before in _NO_END or after in _NO_START or before.isdigit() or (before.isascii() and after.isascii()):
        return False
    line = title[start:end]
    return not whole_books or line.count("《") == line.count("》")


def _sense(before: str, after: str, following: str) -> float:
    """How much a cut between two characters hurts the sense, in squared characters of unevenness that avoiding it is worth."""
    if before in "》”）、，：" or after in "《“（":
        return 0.0
    return 10.0 if before in "的和与及" or following.startswith(_BEGINNINGS) else 40.0


def _cost(title: str, start: int, end: int, ideal: float) -> float:
    sense = _sense(title[end - 1], title[end], title[end:]) if end < len(title) else 0.0
    return (end - start - ideal) ** 2 + sense


def _cut(title: str, count: int, longest: int, *, whole_books: bool) -> tuple[str, ...] | None:
    """The best cut into `count` lines, by dynamic programming over the places where a cut is allowed."""
    ideal, size = len(title) / count, len(title)
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, (0,))}
    for line in range(1, count + 1):
        found: dict[int, tuple[float, tuple[int, ...]]] = {}
        for start, (cost, cuts) in best.items():
            for end in range(start + 1, min(start + longest, size) + 1):
                if (end == size) != (line == count) or (end < size and not _fits(title, start, end, whole_books=whole_books)):
                    continue
                total = cost + _cost(title, start, end, ideal)
                if end not in found or total < found[end][0]:
                    found[end] = (total, (*cuts, end))
        best = found
    return tuple(title[a:b] for a, b in pairwise(best[size][1])) if size in best else None


def title_lines(title: str, longest: int = TITLE_CHARACTERS) -> tuple[str, ...]:
    """The title in lines of at most 20 (or `longest`) characters, of like length, cut where the sense allows (7.3.1).

    A 《》 longer than a line has to be cut inside; a Latin word longer than a line stays as one overlong line.
    """
    if len(title) <= longest:
        return (title,)
    fewest = -(-len(title) // longest)
    for whole_books in (True, False):
        for count in range(fewest, fewest + 3):
            lines = _cut(title, count, longest, whole_books=whole_books)
            if lines:
                return lines
    return (title,)
