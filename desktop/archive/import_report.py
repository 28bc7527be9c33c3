"""What an import did, in plain words: how many came in, and each file that somebody should look at, and the numbers missing."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from desktop.archive import numbering, telling
from desktop.archive.importing import ImportOutcome
from desktop.archive.library import Library
from desktop.archive.numbering import Gap

WORDS: Final = {"new": "新收入", "duplicate": "已在库中", "revision": "同期不同文件", "refused": "未收入"}
_GAP: Final = "缺期"
_COLUMNS: Final = ("结果", "文件", "刊名", "期号", "日期", "待核", "说明", "所在文件夹")


def summary(outcomes: Sequence[ImportOutcome], left: int = 0) -> str:
    """One line of counts. `left` are the files that a cancelled import did not come to."""
    counts = {status: sum(outcome.status == status for outcome in outcomes) for status in WORDS}
    told = "，".join(f"{word} {counts[status]} 个" for status, word in WORDS.items() if counts[status])
    doubtful = sum(bool(outcome.doubts) for outcome in outcomes if outcome.status == "new")
    if doubtful:
        told += f"；其中 {doubtful} 个有待核事项"
    if left:
        stopped = f"已取消，还有 {left} 个没有读；再次导入同一文件夹即可接着导入，已收入的自动跳过。"
        return f"{told}。{stopped}" if told else stopped
    return told or "没有找到 PDF 或文本文件"


def remarkable(outcomes: Sequence[ImportOutcome]) -> list[tuple[str, str, str]]:
    """Result, file and explanation of each file that was refused, differs from what is there, or has doubts."""
    rows = [
        (WORDS[outcome.status], outcome.path.name, outcome.reason)
        for outcome in outcomes
        if outcome.status in ("refused", "revision")
    ]
    return rows + [
        (WORDS["new"], outcome.path.name, f"待核 {len(outcome.doubts)} 处：{outcome.doubts[0].message}")
        for outcome in outcomes
        if outcome.status == "new" and outcome.doubts
    ]


def gaps(library: Library, outcomes: Sequence[ImportOutcome]) -> list[Gap]:
    """The numbers missing beside what came in: of the titles of the new files, a year each."""
    return numbering.gaps(library, {outcome.issue.title for outcome in outcomes if outcome.status == "new" and outcome.issue})


def gap_rows(found: Sequence[Gap]) -> list[tuple[str, str, str]]:
    """Rows as of `remarkable`."""
    return [(_GAP, f"《{gap.title}》", f"{gap.sentence}。") for gap in found]


def write(outcomes: Sequence[ImportOutcome], path: Path, missing: Sequence[Gap] = ()) -> None:
    """Write one line a file, and one for each gap, as a table (CSV in UTF-8 with its mark). Raises `KnownError` where that cannot be."""
    text = io.StringIO(newline="")
    table = csv.writer(text)
    table.writerow(_COLUMNS)
    table.writerows(map(_row, outcomes))
    table.writerows((_GAP, "", gap.title, "", gap.year, "", f"{gap.sentence}。", "") for gap in missing)
    with telling.explained(path):
        path.write_text(text.getvalue(), encoding="utf-8-sig", newline="")


def _row(outcome: ImportOutcome) -> tuple[str, ...]:
    issue = outcome.issue
    doubts = "；".join(doubt.message for doubt in outcome.doubts)
    cells = (WORDS[outcome.status], outcome.path.name, issue.title if issue else "", issue.number if issue else "",
             issue.date if issue else "", doubts, outcome.reason, str(outcome.path.parent))  # fmt: skip
    return tuple(f"'{cell}" if cell.startswith(("=", "+", "-", "@")) else cell for cell in cells)
