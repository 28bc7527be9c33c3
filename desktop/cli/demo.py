"""demo: the whole job on the sample issues in a throw-away library, with nothing canned: import, tags, marks, search, memo,
pictures of the window. The pictures are taken by the window program in a process of its own, so that this one needs no Qt.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from db.records import ItemRecord
from desktop.archive import addresses, catalogue, composing, finding, importing, marking, suggesting, tagging
from desktop.archive.library import Library
from desktop.bulletin.model import PassageKind
from desktop.cli.output import progress_line, say, tell
from desktop.errors import ExitCode, KnownError
from desktop.memo.model import Grouping
from desktop.paths import SAMPLES

_PICTURE_SECONDS = 120
_COLORS = ("yellow", "green", "blue", "red")


def _tag_and_mark(library: Library, items: list[ItemRecord]) -> None:
    """Confirm the first suggestion of each item; highlight its first point or lead in a colour, with a note on the first."""
    for at, item in enumerate(items):
        suggestions = suggesting.suggest(library, item.id)
        for suggestion in suggestions[:1]:
            tagging.tag(library, item.id, suggestion.field, suggestion.subfield)
            say(
                f"　{addresses.address(item)}　{item.title}　→ {suggestion.field}（依据 {'、'.join(e.term for e in suggestion.evidence[:3]) or '全文'}）"
            )
        passage = next((p for p in catalogue.passages(item) if p.kind in (PassageKind.POINT, PassageKind.LEAD)), None)
        if passage:
            quote = passage.text.split("。")[0] + "。"
            start, end = marking.find_quote(item, quote)
            marking.add(library, item.id, start, end, color=_COLORS[at % 4], note="请相关处室研提意见" if at == 0 else "")


def _job(library: Library, out: Path) -> None:
    outcomes = importing.import_paths(library, sorted(SAMPLES.glob("*.pdf")), progress=progress_line())
    refused = [outcome for outcome in outcomes if outcome.issue is None]
    if refused or not outcomes:
        raise KnownError("示例没有全部导入：" + "；".join(outcome.reason for outcome in refused))
    say(f"已导入示例 {len(outcomes)} 期")
    for issue in catalogue.issues(library):
        say(f"《{issue.title}》第{issue.number}期　{issue.date}　{issue.item_count} 条")
        _tag_and_mark(library, catalogue.items(library, issue.id))
    page = finding.search(library, "创新")
    say(f"检索“创新”：{page.total} 处")
    memo = composing.compose(library, composing.Choice(fields=(), grouping=Grouping.FIELD))
    for suffix in (".docx", ".md", ".pdf"):
        report = composing.export(library, memo, out / f"memo{suffix}")
        failed = [finding_.message for finding_ in report.findings if not finding_.ok]
        say(f"摘编 {len(memo.excerpts)} 条：{out / f'memo{suffix}'}" + ("；" + "；".join(failed) if failed else ""))


def _pictures(folder: Path, out: Path) -> bool:
    environment = dict(os.environ)
    environment["QT_QPA_PLATFORM"] = environment.get("QT_QPA_PLATFORM") or "offscreen"
    main = Path(__file__).resolve().parents[2] / "main.py"
    command = [sys.executable, str(main), "--library", str(folder), "--pictures", str(out)]
    try:
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=_PICTURE_SECONDS, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        tell("界面截图超时，已跳过。")
        return False
    if done.returncode != 0:
        tell(f"没有生成界面截图：{(done.stderr.strip().splitlines() or ['原因不明'])[-1]}")
        return False
    say(done.stdout.strip())
    return True


def run_demo(arguments: argparse.Namespace) -> ExitCode:
    """Results go to --out; the library is thrown away afterwards."""
    out = Path(arguments.out)
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise KnownError(f"不能在 {out} 写入结果（{error.strerror}），请换一个目录。") from error
    with tempfile.TemporaryDirectory(prefix="yaocan-demo-") as folder:
        with Library.open(Path(folder)) as library:
            _job(library, out)
        pictured = _pictures(Path(folder), out)
    say(f"结果在 {out.resolve()}")
    return ExitCode.DONE if pictured else ExitCode.PARTIAL
