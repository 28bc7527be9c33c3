"""Fictional bulletins made by hand, and libraries that hold them: for the tests of the archive and of its faults."""

from __future__ import annotations

import hashlib
from pathlib import Path

from db.records import IssueRecord
from desktop.archive import entries, importing
from desktop.archive.library import Library
from desktop.bulletin.model import (
    ContentsEntry,
    Distribution,
    Document,
    Doubt,
    Issue,
    Item,
    Masthead,
    Part,
    Passage,
    PassageKind,
    Place,
    Section,
)
from desktop.bulletin.pages import Line, Page, Pages, Span

SEEDS = Item(
    (
        Passage(PassageKind.TITLE, "青岚市建成甘薯种质资源库", (Place(0, 12, 2, 0),)),
        Passage(
            PassageKind.LEAD,
            "近日，青岚市印发《甘薯产业 三年方案》¹，投入5000万元支持“小巨人”企业。",
            (Place(0, 10, 2, 12), Place(10, 28, 3, 0)),
        ),
        Passage(
            PassageKind.POINT, "收集地方品种。入库一千二百份，入库率居全省前列。", number=1, marker="（1）", head="收集地方品种"
        ),
        Passage(
            PassageKind.POINT,
            "建设数字平台。一是汇集数据；二是开放共享。",
            number=2,
            marker="（2）",
            head="建设数字平台",
            parts=(Part("一是", "汇集数据；"), Part("二是", "开放共享。")),
        ),
        Passage(PassageKind.FOOTNOTE, "方案全文见市政府网站。", mark="1", anchor=28),
    ),
    page=2,
    contents_title="青岚市建成甘薯种质资源库",
)
ROBOTS = Item(
    (
        Passage(PassageKind.TITLE, "上海推广巡检机器人"),
        Passage(PassageKind.LEAD, "近日，上海市发布机器人应用清单。"),
        Passage(PassageKind.PARAGRAPH, "清单列出四十个场景。"),
    ),
    page=4,
)


def bulletin(number: int | str | None = 7, date: str = "2031-05-06", title: str = "样例要参") -> Issue:
    """An issue with two sections, two items, a footnote and a doubt."""
    return Issue(
        Masthead(title, number, date, "2031年5月6日", ("样例办公室", "样例厅"), None),
        (ContentsEntry("省内要情", 2, (SEEDS.title,)), ContentsEntry("省外速览", 4, (ROBOTS.title,))),
        (Section("省内要情", (SEEDS,), 2), Section("省外速览", (ROBOTS,), 4)),
        Distribution(("样例委",), ("各市（州）",)),
        "样例办公室",
        date,
        (Doubt("doubled-character", "第3页第1行重复一字。", 3, 1),),
    )


def paper(title: str = "样例规划") -> Document:
    """A paper that is no issue."""
    chapter = Item((Passage(PassageKind.TITLE, "总体要求"), Passage(PassageKind.PARAGRAPH, "坚持稳中求进。")), numeral="一、")
    return Document(title, "样府〔2031〕3号", "样例市政府", "2031-02-03", (), (Section("", (chapter,)),))


def pages_of(text: str = "样例") -> Pages:
    """One page of text."""
    return Pages("text", (Page(1, (Line((Span(text),), 0, 1),)),), name="样例.txt")


def put(library: Library, path: Path, issue: Issue | Document | None = None, content: str = "") -> importing.ImportOutcome:
    """Write a file at `path` and store it as if `issue` had been read from it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content or path.name, encoding="utf-8")
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    return importing.store_paper(library, entries.paper(issue or bulletin(), pages_of(), path), path, sha256)


def shelved(library: Library, folder: Path, number: int | str | None = 7, date: str = "2031-05-06") -> IssueRecord:
    """One more issue in the library."""
    outcome = put(library, folder / f"第{number}期.txt", bulletin(number, date))
    assert outcome.issue
    return outcome.issue


def everything(library: Library) -> dict[str, bytes]:
    """Each file of the library folder but the index (and SQLite's own logs), with its bytes."""
    library.database.release()
    files = [
        path for path in library.folder.rglob("*") if path.is_file() and not path.name.startswith(("index.db", "library.db-"))
    ]
    return {str(path.relative_to(library.folder)): path.read_bytes() for path in files}
