"""本期要点: which sections and titles the issue announces.

Pages may stand on sections, on items, on both or on none; bullets may be any or missing. Section names known from the body
and the print itself decide which line is which.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace

from desktop.bulletin.folding import fold
from desktop.bulletin.model import ContentsEntry
from desktop.bulletin.parsing import printform, shapes
from desktop.bulletin.parsing.blocks import Block, Role

_LONGEST = 60
_WITHIN = 150  # blocks after the heading, among which the contents end
_SHORTEST = 4  # characters of the first line of a wrapped title
_STEP = 8.0
"""Points by which a title is set further in than the section above it, at least."""


@dataclass(frozen=True, slots=True)
class ContentsLine:
    """One line of the contents: what it names, the page printed at its end, and how it is marked."""

    name: str
    page: int | None
    bullet: str
    bracketed: bool
    left: float
    marker: shapes.Marker | None
    at: tuple[int, int]  # page and line of the file
    style: str = ""  # of a number that counts the entries; it is no part of the name

    @property
    def bulleted(self) -> bool:
        """Whether a bullet stands before it."""
        return bool(self.bullet)


@dataclass
class Contents:
    """The contents as read: entries by section, and the page of a title where one is printed."""

    entries: list[ContentsEntry] = field(default_factory=list)
    pages: dict[str, int] = field(default_factory=dict)  # by folded title
    places: dict[str, tuple[int, int]] = field(default_factory=dict)  # page and line, by folded title

    def titles(self) -> list[tuple[str, str]]:
        """All titles in order, each with its section."""
        return [(title, entry.section) for entry in self.entries for title in entry.titles]

    def place(self, folded: str) -> tuple[int, int] | tuple[None, None]:
        """The page and line on which a title, or the first part of it, is listed."""
        return next((at for name, at in self.places.items() if folded.startswith(name)), (None, None))


def body_start(blocks: Sequence[Block], start: int) -> int:
    """The index of the first block after the contents that begin at `start`.

    The body begins with a section head in brackets that the contents do not print so, with a line seen before (the contents
    name it, the body repeats it), or where running prose makes clear that the contents are over.
    """
    in_contents = _prints_brackets(blocks[start : start + _WITHIN])
    seen: dict[str, str] = {}  # names with their bullets
    for at in range(start, len(blocks)):
        words = blocks[at].words
        line = _line(blocks[at])
        name = fold(line.name)
        if line.bracketed and line.page is None and (not in_contents or name in seen):
            return at
        if line.page is None and (len(words) > 60 or words.endswith("。")):
            return at - 1 if at > start and not _is_entry(blocks[at - 1]) else at
        if (
            name in seen
            and line.page is None
            and (not line.bulleted or line.bullet != seen[name] or _comes_again(blocks, at, seen))
        ):
            return at
        seen.setdefault(name, line.bullet)
    return len(blocks)


def _comes_again(blocks: Sequence[Block], at: int, seen: Mapping[str, str]) -> bool:
    """Whether the line below one seen before was seen too, or begins one: a section and its first title stand there again."""
    below = fold(_line(blocks[at + 1]).name) if at + 1 < len(blocks) else ""
    return len(below) >= _SHORTEST and len(seen) <= _WITHIN and any(name.startswith(below) for name in seen)


def _is_entry(block: Block) -> bool:
    line = _line(block)
    return line.bulleted or line.page is not None or line.bracketed


def _prints_brackets(blocks: Sequence[Block]) -> bool:
    """Whether the contents themselves print 【】: then they begin with a head that comes again in the body."""
    lines = [line for line in map(_line, blocks) if line.bracketed]
    return bool(lines) and _line(blocks[0]).bracketed and any(fold(line.name) == fold(lines[0].name) for line in lines[1:])


def _line(block: Block) -> ContentsLine:
    words = block.words
    if len(words) > 2 * _LONGEST:
        return ContentsLine(words, None, "", False, block.left, None, (block.page, block.line))
    found = shapes.listed_page(words)
    page = found[1] if found else None
    rest = words[: found[0]] if found else words
    length = shapes.bullet(rest)
    sign = rest[:1] if length else ""
    rest = rest[length:].strip()
    section = shapes.section_name(rest)
    name = section or rest
    at = (block.page, block.line)
    return ContentsLine(printform.title_string(name), page, sign, section is not None, block.left, shapes.marker(name), at)


def read_contents(
    blocks: Sequence[Block], known_sections: AbstractSet[str], known_lines: AbstractSet[str] = frozenset()
) -> Contents:
    """The contents printed in `blocks` (without their heading), read with the folded section names and lines of the body."""
    lines = _without_numbers(_unwrapped([_line(block) for block in blocks if block.role is not Role.NOTE], known_lines))
    contents = Contents()
    sections = _sections(lines, known_sections)
    section, page, titles = "", None, list[str]()
    for at, line in enumerate(lines):
        if at in sections:
            _add(contents, section, page, titles)
            section, page, titles = line.name, line.page, []
        elif line.name:
            titles.append(line.name)
            contents.places[fold(line.name)] = line.at
            if line.page is not None:
                contents.pages[fold(line.name)] = line.page
    _add(contents, section, page, titles)
    return contents


def mended(contents: Contents, body: Sequence[Block]) -> Contents:
    """The contents with titles put together that are one title in the body: a long entry without a bullet wraps unseen."""
    words = [fold(block.words) for block in body]
    whole = {"".join(words[at : at + count]) for at in range(len(words)) for count in (1, 2, 3) if len(words[at]) <= _LONGEST}
    entries = [replace(entry, titles=tuple(_mended(entry.titles, whole))) for entry in contents.entries]
    return replace(contents, entries=entries)


def _mended(titles: Sequence[str], whole: AbstractSet[str]) -> Iterator[str]:
    at = 0
    while at < len(titles):
        count = next((n for n in (3, 2) if at + n <= len(titles) and fold("".join(titles[at : at + n])) in whole), 1)
        yield "".join(titles[at : at + count])
        at += count


def _add(contents: Contents, section: str, page: int | None, titles: list[str]) -> None:
    if section or titles:
        contents.entries.append(ContentsEntry(section, page, tuple(titles)))


def _sections(lines: Sequence[ContentsLine], known: AbstractSet[str]) -> set[int]:
    """Which lines name sections: those in brackets or named so in the body, else those that look as the first line does."""
    told = {at for at, line in enumerate(lines) if line.bracketed or fold(line.name) in known}
    if told or not lines:
        return told
    for look in (_dress, _dress_and_page, _dress_and_edge):
        alike = {at for at, line in enumerate(lines) if look(line) == look(lines[0])}
        if len(alike) < len(lines):
            return alike if _heads_others(alike, len(lines)) else set()
    return set()


def _heads_others(alike: AbstractSet[int], count: int) -> bool:
    """Section heads have titles below them: no two follow each other, and none stands last."""
    return not any(at + 1 in alike or at + 1 == count for at in alike)


def _dress(line: ContentsLine) -> tuple[object, ...]:
    return line.bullet, line.style


def _dress_and_page(line: ContentsLine) -> tuple[object, ...]:
    return *_dress(line), line.page is None


def _dress_and_edge(line: ContentsLine) -> tuple[object, ...]:
    return *_dress(line), round(line.left / _STEP)


def _unwrapped(lines: Sequence[ContentsLine], known: AbstractSet[str]) -> list[ContentsLine]:
    """A title over two printed lines is one entry: its second line has no bullet, stands further in, and is no line of the body."""
    bullets = [line for line in lines if line.bulleted]
    joined: list[ContentsLine] = []
    for line in lines:
        last = joined[-1] if joined else None
        if last and bullets and last.bulleted and _goes_on(line, bullets[0].left) and fold(line.name) not in known:
            page = line.page if line.page is not None else last.page
            joined[-1] = replace(last, name=last.name + line.name, page=page)
        else:
            joined.append(line)
    return joined


def _without_numbers(lines: Sequence[ContentsLine]) -> list[ContentsLine]:
    """Numbers that count the entries (1. 2. 3.) are no part of the names; others (十、百、千) are."""
    counts: dict[str, int] = {}
    bare: list[ContentsLine] = []
    for line in lines:
        mark = line.marker
        if mark is not None and mark.number in (1, counts.get(mark.style, 0) + 1):
            counts[mark.style] = mark.number
            line = replace(line, name=line.name[len("".join(mark.printed.split())) :].strip(), style=mark.style)
        bare.append(line)
    return bare


def _goes_on(line: ContentsLine, bullet_left: float) -> bool:
    return not line.bulleted and not line.bracketed and line.left > bullet_left + 4
