"""Which numbers of a paper's year are not in the library: what an import report and a check tell of gaps.

Only what lies between the first and the last number held of a year is missing; nobody says how a year began or will end.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from itertools import groupby

from desktop.archive import catalogue
from desktop.archive.library import Library


@dataclass(frozen=True, slots=True)
class Gap:
    """The numbers missing of one title in one year, ascending."""

    title: str
    year: str
    numbers: tuple[int, ...]

    @property
    def sentence(self) -> str:
        """`《试读》2025年缺第12期、第14—16期`."""
        runs = [[n for _, n in run] for _, run in groupby(enumerate(self.numbers), key=lambda pair: pair[1] - pair[0])]
        told = "、".join(f"第{run[0]}期" if len(run) == 1 else f"第{run[0]}—{run[-1]}期" for run in runs)
        return f"《{self.title}》{self.year}年缺{told}"


def gaps(library: Library, titles: Collection[str] | None = None) -> list[Gap]:
    """The gaps of all titles, or of some, by title and year."""
    held: dict[tuple[str, str], set[int]] = {}
    for issue in catalogue.issues(library):
        if issue.date and issue.number and issue.number.isdecimal() and (titles is None or issue.title in titles):
            held.setdefault((issue.title, issue.date[:4]), set()).add(int(issue.number))
    found = []
    for (title, year), numbers in sorted(held.items()):
        missing = tuple(n for n in range(min(numbers), max(numbers)) if n not in numbers)
        if missing:
            found.append(Gap(title, year, missing))
    return found


def told(library: Library, titles: Collection[str] | None = None) -> str:
    """One sentence of all gaps; "" when there is none."""
    found = gaps(library, titles)
    return "；".join(gap.sentence for gap in found) + "。" if found else ""
