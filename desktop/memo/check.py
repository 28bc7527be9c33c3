"""The self-check after writing: whether the file on disk holds what GB/T 9704 and faithful quotation ask (assertions 1–39).

It reads the file again instead of trusting the writer. The report names what does not hold, in plain Chinese.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from desktop.memo import assertions_form as form
from desktop.memo import assertions_text as words
from desktop.memo.assertions_form import Paper
from desktop.memo.layout import DEFAULT, Profile
from desktop.memo.model import Memo
from desktop.memo.progress import CHECKED, Progress
from desktop.memo.written import Written

_SHOWN = 3  # instances named in one message


@dataclass(frozen=True, slots=True)
class Finding:
    """One assertion: its number in the checklist, whether it holds, and a Chinese sentence."""

    number: int
    ok: bool
    message: str


_ASSERTIONS: tuple[tuple[str, Callable[[Paper], list[str]]], ...] = (
    ("文件完整，无外部链接、宏和嵌入对象", form.sound_package),
    ("文件属性不带个人信息", form.clean_properties),
    ("无本机路径、修订和批注痕迹", form.no_traces),
    ("A4 纸，版面统一", form.a4),
    ("天头、订口", form.margins),
    ("版心尺寸", form.type_area),
    ("行网格", form.grid),
    ("固定行距", form.exact_pitch),
    ("正文字体字号", form.body_type),
    ("不用主题字体", form.no_theme_fonts),
    ("语言为简体中文", form.language),
    ("引号、破折号等用中文字体", form.wide_punctuation),
    ("每行28字的字距", form.character_spacing),
    ("只用规定字体", form.families),
    ("文字为黑色", form.black),
    ("段首空二字，两端对齐", form.body_indent),
    ("标题", words.title),
    ("一级标题", words.first_level),
    ("二级标题", words.second_level),
    ("三、四级序号", words.points),
    ("序号连续", words.numbering),
    ("标题与下文同页", words.headings_kept),
    ("摘录与按语样式分开", words.styles_apart),
    ("摘录与原文逐字一致", words.verbatim),
    ("无残留符号", words.no_residue),
    ("条数与次序", words.complete),
    ("每条注明出处", words.sources_named),
    ("分组", words.groups),
    ("脚注随文", words.footnotes),
    ("导语数字", words.counts),
    ("密级标注", words.classification),
    ("署名与日期", words.signature),
    ("附件", words.attachment),
    ("单双页页码", words.two_footers),
    ("页码位置与字体", words.footer_place),
    ("页码域", words.footer_field),
    ("页码与版心距离", words.footer_distance),
    ("版记", words.imprint),
    ("红色分隔线", words.red_line),
)


def _finding(number: int, name: str, problems: list[str]) -> Finding:
    if not problems:
        return Finding(number, True, f"{name}：符合。")
    shown = "；".join(problems[:_SHOWN]) + (f"等{len(problems)}处" if len(problems) > _SHOWN else "")
    return Finding(number, False, f"{name}：{shown}，请核对后再印发。")


def check_docx(path: Path, memo: Memo, profile: Profile = DEFAULT, progress: Progress | None = None) -> list[Finding]:
    """Check a written file against its memo: one finding an assertion, in order. An unreadable file fails the first.

    Raises what `progress` raises.
    """
    try:
        paper = Paper(Written(path), memo, profile)
    except (OSError, zipfile.BadZipFile, KeyError, etree.XMLSyntaxError):
        return [Finding(1, False, "导出的文件打不开，请重新导出。")]
    found = []
    for number, (name, assertion) in enumerate(_ASSERTIONS, 1):
        if progress:
            progress(number - 1, len(_ASSERTIONS), CHECKED)
        found.append(_finding(number, name, assertion(paper)))
    return found


def check_quotations(memo: Memo) -> list[Finding]:
    """What can be checked whatever the format: that every quotation is a part of its source, white space left aside."""
    return [_finding(24, "摘录与原文逐字一致", words.not_in_source(memo))]
