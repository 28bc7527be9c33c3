"""Which numbers of a paper's year are not in the library: what an import report and a check tell of gaps.

Only what lies between the first and the last number held of a year is missing; nobody says how a year began or will end.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from itertools import pairwise

from desktop.archive import catalogue
from desktop.archive.library import Library


@dataclass(frozen=True, slots=True)
class Gap:
    """The numbers missing of one title in one year: the first and the last of each run, ascending."""

    title: str
    year: str
    runs: tuple[tuple[int, int], ...]

    @property
    def sentence(self) -> str:
        """`《试读》2025年缺第12期、第14—16期`."""
        told = "、".join(f"第{first}期" if first == last else f"第{first}—{last}期" for first, last in self.runs)
        return f"《{self.title}》{self.year}年缺{told}"


def gaps(library: Library, titles: Collection[str] | None = None) -> list[Gap]:
    """The gaps of all titles, or of some, by title and year."""
    held: dict[tuple[str, str], set[int]] = {}
    for issue in catalogue.issues(library):
        if issue.date and issue.number and issue.number.isdecimal() and (titles is None or issue.title in titles):
            held.setdefault((issue.title, issue.date[:4]), set()).add(int(issue.number))
    found = []
    for (title, year), numbers in sorted(held.items()):
        runs = tuple((low + 1, high - 1) for low, high in pairwise(sorted(numbers)) if high > low + 1)
        if runs:
            found.append(Gap(title, year, runs))
    return found


def told(library: Library, titles: Collection[str] | None = None) -> str:
    """One sentence of all gaps; "" when there is none."""
    found = gaps(library, titles)
    return "；".join(gap.sentence for gap in found) + "。" if found else ""
