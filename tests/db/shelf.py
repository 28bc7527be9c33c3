"""A database with a little in it, and a look at all that the reader owns: for the tests of this folder and `tests/faults`."""

from __future__ import annotations

from db import issues, models
from db.database import Database
from db.records import NewIssue, NewItem, NewMark, NewTag

TEXT = "样例市建成甘薯种质资源库\n近日，样例市发布方案，收集地方品种一千二百份。"


def new_issue(number: str = "7", sha256: str = "a" * 64) -> NewIssue:
    return NewIssue(
        kind="issue", title="样例要参", year=2031, number=number, date="2031-05-06", issuers=("样例办公室", "样例厅"),
        classification=None, sha256=sha256, extension="txt", file_name="样例.txt", pages=2, structure="{}", text_version="1",
    )  # fmt: skip


def new_items(count: int = 2) -> list[NewItem]:
    return [NewItem("省内要情", 1, TEXT.split("\n")[0], 2, "省内", "样例", TEXT, "[]") for _ in range(count)]


def fill(database: Database, number: str = "7", sha256: str = "a" * 64) -> list[int]:
    """Store one issue with two items; their ids."""
    with database.operation("收入", undoable=False) as operation:
        issue = issues.add(operation, new_issue(number, sha256), new_items())
    return [item.id for item in issues.items(database, issue)]


def new_mark(item: int, start: int = 0, end: int = 3, note: str = "") -> NewMark:
    return NewMark(item, start, end, TEXT[start:end], "", "", "yellow", "highlight", note, "1", "")


def new_tag(item: int, field: str = "现代种业", mark: str | None = None, point: int | None = None) -> NewTag:
    return NewTag(item, point, mark, field, "", "样例规划")


def owned(database: Database) -> dict[str, list[object]]:
    """Every row of every table but the history itself."""
    history = (models.Journal, models.UndoStep)
    return {
        models.name(table): list(database.rows(table.select().order_by(table.id))) for table in models.ALL if table not in history
    }
