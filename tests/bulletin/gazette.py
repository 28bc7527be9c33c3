"""One fictional bulletin in any dress: the same news set as other offices set theirs, and what a reader must get back.

A `Dress` says how an office prints: masthead, contents, section heads, markers, notes, foot. `blocks` gives the printed
paragraphs in reading order, each with its kind; `expected` what the parser must make of them. Text files come from
`tests.bulletin.copies`, prints from `tests.bulletin.pressroom`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["masthead", "contents-head", "contents", "section", "title", "text", "note", "foot", "caption", "row"]
CHINESE = "一二三四五六七八九十"
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩"
RAISED = "¹²³⁴⁵⁶⁷⁸⁹"


@dataclass(frozen=True)
class Printed:
    """One printed paragraph."""

    kind: Kind
    text: str


@dataclass(frozen=True)
class Point:
    """A point: its head, its text behind the head, and points nested in it."""

    head: str
    rest: str
    nested: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return f"{self.head}。{self.rest}"


@dataclass(frozen=True)
class News:
    """One item. In lead, points and paragraphs `{n}` stands for the reference to the next note."""

    title: str
    lead: str
    points: tuple[Point, ...] = ()
    paragraphs: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    table: tuple[tuple[str, ...], ...] = ()
    listed: str | None = None  # as the contents print it, where they differ; "" where they leave it out


@dataclass(frozen=True)
class Part:
    """A section with its items and the page that the contents print for it."""

    name: str
    page: int
    items: tuple[News, ...]


def chinese(number: int) -> str:
    """1 … 10 as 一 … 十."""
    return CHINESE[number - 1]


@dataclass(frozen=True)
class Dress:
    """How an office sets its bulletin, and what its masthead says."""

    name: str
    masthead: tuple[str, ...]
    title: str
    number: int | str
    date: str
    date_text: str
    issuers: tuple[str, ...]
    classification: str | None = None
    contents_head: str = "本期要点"
    contents_section: str | None = "{name}……{page}"
    contents_item: str = "● {title}"
    section: Callable[[str, int], str] = lambda name, n: f"【{name}】"
    item_title: Callable[[str, int], str] = lambda title, n: title
    point: Callable[[int], str] = lambda n: f"（{n}）"
    nested: Callable[[int], str] = lambda n: CIRCLED[n - 1]
    mark: Callable[[int], str] = lambda n: RAISED[n - 1]
    foot: tuple[str, ...] = (
        "主送：省科技委主任、副主任、委员，省科技办。",
        "抄送：各市（州）科技局，省属高等学校。",
        "云岭省科技工作办公室",
        "2025年3月8日印发",
    )
    to: tuple[str, ...] = ("省科技委主任、副主任、委员", "省科技办")
    cc: tuple[str, ...] = ("各市（州）科技局", "省属高等学校")
    printed_by: str = "云岭省科技工作办公室"
    printed_date: str = "2025-03-08"
    pages_shown: bool = True
    doubts: tuple[str, ...] = ()


def blocks(dress: Dress, parts: Sequence[Part]) -> list[Printed]:
    """The printed paragraphs in reading order; a note stands right behind the paragraph that holds its reference."""
    return [
        *(Printed("masthead", line) for line in dress.masthead),
        *_contents(dress, parts),
        *_body(dress, parts),
        *(Printed("foot", line) for line in dress.foot),
    ]


def _contents(dress: Dress, parts: Sequence[Part]) -> Iterator[Printed]:
    if not dress.contents_head:
        return
    yield Printed("contents-head", dress.contents_head)
    count = 0
    for n, part in enumerate(parts, 1):
        if dress.contents_section is not None:
            yield Printed("contents", dress.contents_section.format(name=part.name, page=part.page, n=n, cn=chinese(n)))
        for news in part.items:
            count += 1
            listed = news.title if news.listed is None else news.listed
            if listed:
                yield Printed("contents", dress.contents_item.format(title=listed, page=part.page, n=count))


def _body(dress: Dress, parts: Sequence[Part]) -> Iterator[Printed]:
    for n, part in enumerate(parts, 1):
        yield Printed("section", dress.section(part.name, n))
        for at, news in enumerate(part.items, 1):
            yield Printed("title", dress.item_title(news.title, at))
            yield from _news(dress, news)


def _news(dress: Dress, news: News) -> Iterator[Printed]:
    used = 0
    for text in _paragraphs(dress, news):
        count = text.count("{n}")
        marks = range(used + 1, used + count + 1)
        for mark in marks:
            text = text.replace("{n}", dress.mark(mark), 1)
        yield Printed("text", text)
        for mark in marks:
            yield Printed("note", f"{dress.mark(mark)} {news.notes[mark - 1]}")
        used += count
    for at, row in enumerate(news.table):
        if at == 0:
            yield Printed("caption", "表1 建设进度")
        yield Printed("row", "\t".join(row))


def _paragraphs(dress: Dress, news: News) -> Iterator[str]:
    yield news.lead
    for n, point in enumerate(news.points, 1):
        yield dress.point(n) + point.text
        yield from (dress.nested(m) + words for m, words in enumerate(point.nested, 1))
    yield from news.paragraphs


def expected(dress: Dress, parts: Sequence[Part]) -> dict[str, object]:
    """What the parser must make of the print."""
    return {
        "title": dress.title,
        "number": dress.number,
        "date": dress.date,
        "date_text": dress.date_text,
        "issuers": list(dress.issuers),
        "classification": dress.classification,
        "sections": [(part.name, [_expected(dress, news) for news in part.items]) for part in parts],
        "to": list(dress.to),
        "cc": list(dress.cc),
        "printed_by": dress.printed_by,
        "printed_date": dress.printed_date,
    }


def _expected(dress: Dress, news: News) -> list[tuple[str, str]]:
    """The passages of an item as (label, text); a note's label holds its mark and what stands before its reference."""
    found = [("title", news.title)]
    notes: list[tuple[str, str]] = []
    for at, paragraph in enumerate(_labelled(news)):
        label, text = paragraph
        while "{n}" in text:
            number = len(notes) + 1
            before = text[: text.index("{n}")][-4:]
            text = text.replace("{n}", dress.mark(number), 1)
            notes.append((f"note {number} after {before}", news.notes[number - 1]))
        found.append(("lead" if at == 0 else label, text))
    table = [("table", "\n".join(["表1建设进度", *("\t".join(row) for row in news.table)]))] if news.table else []
    return found + table + notes


def _labelled(news: News) -> Iterator[tuple[str, str]]:
    yield "lead", news.lead
    for n, point in enumerate(news.points, 1):
        yield f"point {n} {point.head}", point.text
        yield from ((f"nested {m}", words) for m, words in enumerate(point.nested, 1))
    yield from (("paragraph", words) for words in news.paragraphs)
