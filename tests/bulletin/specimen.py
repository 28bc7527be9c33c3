"""Specimens for the parser: text in, outline out, both readable.

`issue` wraps a body in masthead, contents and foot; `outline` prints what the parser made of it, one line an element:

    [省外速览 2]          section and its page
    # 题目                title of an item
    > 导语                lead
    (1) 标题｜正文        point with its head and the rest
    - 段落                further paragraph
    * 1@12 注释           footnote, its mark and the canonical offset of its reference
    | 表格                table, one line a row
"""

from __future__ import annotations

from desktop.bulletin.model import Document, Issue, Item, Node, Passage, PassageKind
from desktop.bulletin.pages import Line, Page, Pages, Span
from desktop.bulletin.parsing import parse

HEAD = "\n\n云岭参考\n\n第 12 期\n\n云岭省科技工作办公室\n云岭省科学技术厅\n\n2024 年 3 月 8 日\n"
FOOT = "主送：省科技委主任、副主任，省科技办。\n\n抄送：各市（州）科技局。\n\n云岭省科技工作办公室\n\n2024 年 3 月 8 日印发\n"


def text_pages(text: str) -> Pages:
    """The text as the reader of text files delivers it; form feeds part pages."""
    pages: list[Page] = []
    number = 0
    for page_text in text.split("\f"):
        lines: list[Line] = []
        first = 0
        for line in page_text.split("\n"):
            number += 1
            lines.append(Line((Span(line),) if line else (), first, number))
            first += len(line)
        pages.append(Page(len(pages) + 1, tuple(lines)))
    return Pages("text", tuple(pages), name="参考.txt")


def issue(body: str, contents: str = "", head: str = HEAD, foot: str = FOOT) -> Issue:
    """The issue parsed from a body between masthead, contents and foot."""
    listed = f"\n本期要点\n\n{contents}\n\n" if contents else "\n"
    parsed = parse(text_pages(head + listed + body + "\n\n" + foot))
    assert isinstance(parsed, Issue)
    return parsed


def document(text: str) -> Document:
    parsed = parse(text_pages(text))
    assert isinstance(parsed, Document)
    return parsed


def outline(parsed: Issue | Document) -> str:
    if isinstance(parsed, Document):
        return "\n".join(line for node in parsed.outline for line in _node(node))
    lines: list[str] = []
    for section in parsed.sections:
        lines.append(f"[{section.name}{'' if section.page is None else f' {section.page}'}]")
        for item in section.items:
            lines.extend(_passage(passage) for passage in item.passages)
    return "\n".join(lines)


def items(parsed: Issue | Document) -> list[Item]:
    return [item for section in parsed.sections for item in section.items]


def codes(parsed: Issue | Document) -> list[str]:
    return [doubt.code for doubt in parsed.doubts]


def _passage(passage: Passage) -> str:
    kind, text = passage.kind, passage.text
    if kind in (PassageKind.POINT, PassageKind.SUBPOINT):
        rest = text[len(passage.head) :].removeprefix("。")
        return f"{'(' if kind is PassageKind.POINT else '  ('}{passage.number}) {passage.head}｜{rest}"
    if kind is PassageKind.FOOTNOTE:
        return f"* {passage.mark}@{passage.anchor} {text}"
    if kind is PassageKind.TABLE:
        return "\n".join(f"| {line}" for line in text.split("\n"))
    signs = {PassageKind.TITLE: "#", PassageKind.LEAD: ">", PassageKind.PARAGRAPH: "-", PassageKind.BOX: "="}
    return f"{signs[kind]} {text}"


def _node(node: Node) -> list[str]:
    run_in = "。" if node.run_in else ""
    lines = [f"{'  ' * (node.level - 1)}{node.numeral} {node.title}{run_in}"]
    lines += ["  " * node.level + _passage(passage) for passage in node.passages]
    return lines + [line for child in node.children for line in _node(child)]
