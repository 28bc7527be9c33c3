"""Writes `library-v<N>.db`, a small library as shape N had it: run once a shape, when it is released, and keep the file.

`python -m tests.archives.make N`. Plain SQL on what the migrations of the time laid, so that the file is what an old program left.
"""

from __future__ import annotations

import json
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

from db import migrations

HERE = Path(__file__).parent
TEXT = "青岚市建成甘薯种质资源库\n近日，青岚市印发方案，收集地方品种一千二百份。"
AT = "2031-05-06T07:08:09Z"
REVISION: dict[str, object] = {"in_force": True, "changes": [], "marks": []}
MARK = "00000000-0000-4000-8000-00000000000a"


def make(version: int) -> Path:
    """The file of one shape."""
    file = HERE / f"library-v{version}.db"
    file.unlink(missing_ok=True)
    migrations.climb(file, HERE, migrations.ALL[:version])
    with closing(sqlite3.connect(file)) as connection:
        _fill(connection, version)
        connection.commit()
        connection.execute("VACUUM")
    return file


def _fill(connection: sqlite3.Connection, version: int) -> None:
    def put(table: str, **values: object) -> None:
        columns, marks = ",".join(f'"{name}"' for name in values), ",".join("?" * len(values))
        connection.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", tuple(values.values()))

    put("issue", id=1, uid="u1", kind="issue", title="样例要参", year=2031, number="7", date="2031-05-06", issuers='["样例办公室"]',
        classification=None, sha256="a" * 64, extension="txt", file_name="第7期.txt", pages=2, text_version="parser 0, reader 0",
        imported_at=AT, structure="{}")  # fmt: skip
    passages = [{"kind": kind, "text": text} for kind, text in zip(("title", "lead"), TEXT.split("\n"), strict=True)]
    put("item", id=1, uid="u2", issue=1, ordinal=1, section="省内要情", depth=1, title=TEXT.split("\n")[0], page=2, level="省内",
        region="青岚", read_at=AT, starred=1, text=TEXT, passages=json.dumps(passages, ensure_ascii=False))  # fmt: skip
    start = TEXT.index("收集")
    mark = {
        "id": 1, "uid": MARK, "item": 1, "start": start, "end": start + 6, "quote": TEXT[start : start + 6], "prefix": TEXT[:start][-32:],
        "suffix": TEXT[start + 6 :][:32], "color": "green", "style": "underline", "note": "请核实份数", "text_version": "parser 0, reader 0",
        "anchored": 1, "author": "甲", "created_at": AT, "updated_at": AT,
    }  # fmt: skip
    put("mark", **mark)
    put("tag", id=1, uid="u3", item=1, point=None, mark=MARK, field="现代种业", subfield="", vocabulary="样例规划", created_at=AT)
    put("refusal", id=1, item=1, point=None, field="综合", created_at=AT)
    put("memo", id=1, uid="m1", name="一季度摘编", options="{}", created_at=AT, updated_at=AT)
    put("memo_entry", id=1, uid="e1", memo="m1", position=1, item=1, point=None, mark=MARK, comment="首选")
    if version >= 7:
        put(
            "revision",
            id=1,
            uid="r1",
            issue=1,
            made_at=AT,
            former="b" * 64,
            file="a" * 64,
            content=json.dumps(REVISION, ensure_ascii=False),
        )
    if version >= 2:
        put("vocabulary", id=1, version="自拟", content="{}", imported_at=AT)
    put("journal", id=1, uid="j1", at=AT, action="do", name="修改批注", kinds="marks", items="[1]")
    image = {"table": "mark", "id": 1, "item": 1, "before": {"note": "待核"}, "after": {"note": "请核实份数"}}
    put("undo_step", id=1, name="修改批注", session="s", merge_key="", undone=0, images=json.dumps([image], ensure_ascii=False))


if __name__ == "__main__":
    print(make(int(sys.argv[1])))
