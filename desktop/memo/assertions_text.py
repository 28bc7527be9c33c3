"""Assertions 17–39 on a written .docx: headings, fidelity of the quotations, marks and end matter.

Each is a function that returns what does not hold, as short Chinese phrases; nothing where all is well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from desktop.bulletin.folding import squash
from desktop.memo import layout
from desktop.memo.assertions_form import Paper
from desktop.memo.layout import TITLE_CHARACTERS, PageNumbers
from desktop.memo.model import Memo
from desktop.memo.outline import BlockKind, printed, quoted
from desktop.memo.wording import chinese_date, citation, numeral
from desktop.memo.written import WrittenParagraph, WrittenRun, attributes_of, properties_of

_CHINESE = r"\u3400-\u9fff"
_DATE = re.compile(r"\d{4}年[1-9]\d?月[1-9]\d?日")
_BARE_SIGN = re.compile(rf"[{_CHINESE}，。；”》）][⁰¹²³⁴⁵⁶⁷⁸⁹①-⑳]+(?![A-Za-z])")
_UNIT_SIGN = re.compile(r"[米里克升秒瓦帕][²³]$")
_RESIDUE = (
    (re.compile(r"\*\*|\t|\u3000"), "有残留符号"),
    (re.compile(r"  "), "有连续空格"),
    (re.compile(rf"[{_CHINESE}] [!-~]|[!-~] [{_CHINESE}]"), "中西文之间有空格"),
    (re.compile(rf"[{_CHINESE}]\([^)]*\)|\([^)]*[{_CHINESE}][^)]*\)"), "有半角括号"),
)


def _all_runs(paragraphs: Iterable[WrittenParagraph]) -> list[WrittenRun]:
    return [run for paragraph in paragraphs for run in paragraph.runs if run.text]


def _is_set(run: WrittenRun, family: str, points: float) -> bool:
    return run.font.get("eastAsia") == family and run.properties.get("sz", {}).get("val") == str(round(points * 2))


def _is_bold(run: WrittenRun) -> bool:
    return run.properties.get("b", {"val": "0"}).get("val", "1") not in ("0", "false")


def title(paper: Paper) -> list[str]:
    """17. 2号小标宋, centred, not bold, lines of at most 20 characters, no cut inside a number, no full stop."""
    found = []
    for p in paper.written.of("Title", "AnnexTitle"):
        lines = "".join(run.text for run in p.runs).split("\n")
        set_right = all(
            _is_set(run, paper.profile.typefaces.title, layout.TITLE_SIZE) and not _is_bold(run) for run in _all_runs([p])
        )
        found += [] if set_right and p.value("jc") == "center" and "ind" not in p.properties else ["标题的字体或对齐不符"]
        found += [f"标题第{at}行过长" for at, line in enumerate(lines, 1) if len(line) > TITLE_CHARACTERS and not line.isascii()]
        found += ["标题末尾有标点"] if p.text.endswith(("。", "，", "；")) else []
        found += ["标题在数字中间换行"] if any(a[-1:].isdigit() and b[:1].isdigit() for a, b in pairwise(lines)) else []
    return found if paper.written.of("Title") else ["没有标题"]


def _excerpt_style(paper: Paper) -> str:
    """The style of the excerpts' headings."""
    return "Heading2" if paper.memo.grouped else "Heading1"


def _heading(paper: Paper, style: str, family: str, level: str, *, bold: bool) -> list[str]:
    found = []
    for p in paper.written.of(style):
        right = all(_is_set(run, family, layout.BODY_SIZE) and _is_bold(run) == bold for run in _all_runs([p]))
        if not right or p.value("outlineLvl") != level:
            found.append(f"“{p.text[:12]}”的字体或大纲级别不符")
    return found


def first_level(paper: Paper) -> list[str]:
    """18. 一、 in 黑体, not bold, outline level 1."""
    alone = not paper.memo.grouped and len(paper.memo.excerpts) == 1  # nothing to be numbered
    headings = () if alone else paper.written.of("Heading1")
    wrong = [p.text[:12] for p in headings if not re.match(r"[一二三四五六七八九十百千零]+、", p.text)]
    return [f"“{text}”没有序号" for text in wrong] + _heading(paper, "Heading1", paper.profile.typefaces.hei, "0", bold=False)


def second_level(paper: Paper) -> list[str]:
    """19. （一） in 楷体, bold only by profile, outline level 2."""
    wrong = [p.text[:12] for p in paper.written.of("Heading2") if not re.match(r"（[一二三四五六七八九十百千零]+）", p.text)]
    bold = paper.profile.second_level_bold
    return [f"“{text}”没有序号" for text in wrong] + _heading(paper, "Heading2", paper.profile.typefaces.kai, "1", bold=bold)


def points(paper: Paper) -> list[str]:
    """20. 1. and （1） in body type."""
    numbered = [p for p in paper.written.of("Excerpt") if re.match(r"\d+\.|（\d+）", p.text)]
    wrong = [run for run in _all_runs(numbered) if not _is_set(run, paper.profile.typefaces.body, layout.BODY_SIZE)]
    return [f"“{run.text[:12]}”的字体不符" for run in wrong]


def numbering(paper: Paper) -> list[str]:
    """21. Numbers run from one without a gap; the second level starts anew under each first."""
    found, outer, inner = [], 0, 0
    if not paper.memo.grouped and len(paper.memo.excerpts) == 1:
        return []
    for p in paper.written.of("Heading1", "Heading2"):
        if p.style == "Heading1":
            outer, inner = outer + 1, 0
        else:
            inner += 1
        wanted = f"{numeral(outer)}、" if p.style == "Heading1" else f"（{numeral(inner)}）"
        if not p.text.startswith(wanted) or outer == 0:
            found.append(f"“{p.text[:12]}”的序号应为{wanted}")
    return found


def headings_kept(paper: Paper) -> list[str]:
    """22. A heading stays with what follows, and something follows."""
    loose = [p.text[:12] for p in paper.written.of("Heading1", "Heading2") if not p.keeps]
    last = [p for p in paper.written.body if p.text][-1]
    return [f"“{text}”未与下段同页" for text in loose] + (["文末是标题"] if last.style.startswith("Heading") else [])


def styles_apart(paper: Paper) -> list[str]:
    """23. Quotations in the style 摘录, the author's words in 摘要/按语."""
    names = paper.written.style_names
    found = [] if names.get("Excerpt") == "摘录" and names.get("Comment") == "摘要/按语" else ["缺少摘录或按语样式"]
    own = [block.text for block in paper.expected(BlockKind.COMMENT)]
    return found + ([] if [p.text for p in paper.written.of("Comment")] == own else ["按语与摘编不一致"])


def verbatim(paper: Paper) -> list[str]:
    """24. Each quotation is, character for character, what the library holds, and a part of its source."""
    wanted = [block.text for block in paper.expected(BlockKind.EXCERPT)]
    found = [] if [p.text for p in paper.written.of("Excerpt")] == wanted else ["摘录文字与库中不一致"]
    return found + not_in_source(paper.memo)


def not_in_source(memo: Memo) -> list[str]:
    """Paragraphs that are no part of their source, white space left aside."""
    found = []
    for excerpt in memo.excerpts:
        source = squash(printed(excerpt.source_text))
        found += [f"“{p[:12]}”不在原文中" for p in excerpt.paragraphs if squash(printed(p)) not in source]
    return found


def no_residue(paper: Paper) -> list[str]:
    """25. No residue of other formats. What the source itself prints that way is quoted as it is."""
    found = []
    for p in paper.written.of("Heading1", "Heading2", "Excerpt"):
        for pattern, name in _RESIDUE:
            match = pattern.search(p.text)
            if match and not any(match[0] in quoted(excerpt.source_text) for excerpt in paper.memo.excerpts):
                found.append(f"“{p.text[:12]}”{name}")
    return found


def complete(paper: Paper) -> list[str]:
    """26. Every excerpt once, in the order chosen."""
    addresses = [excerpt.address for excerpt in paper.memo.excerpts]
    twice = sorted({address for address in addresses if address and addresses.count(address) > 1})
    wanted = [block.text for block in paper.expected(BlockKind.HEADING, BlockKind.LONE_HEADING)]
    same = [p.text for p in paper.written.of(_excerpt_style(paper))] == wanted
    return [f"{address}重复出现" for address in twice] + ([] if same else ["条目或次序与所选不一致"])


def sources_named(paper: Paper) -> list[str]:
    """27. One source line after every excerpt, from the issue's record."""
    lines = [p.text for p in paper.written.of("SourceLine")]
    excerpts = paper.memo.excerpts
    if len(lines) != len(excerpts):
        return [f"有{len(excerpts)}条摘录、{len(lines)}处出处"]
    found = [
        f"“{line}”与期刊记录不符" for line, e in zip(lines, excerpts, strict=True) if printed(citation(e.source)) not in line
    ]
    pair = [_excerpt_style(paper), "SourceLine"]
    order = [p.style for p in paper.written.of(*pair)]
    return found + ([] if order == pair * len(excerpts) else ["出处不在摘录之后"])


def groups(paper: Paper) -> list[str]:
    """28. The groups that were chosen, in their order, none empty, none twice."""
    if not paper.memo.grouped:
        return ["多出分组"] if paper.written.of("Heading2") else []
    wanted = [printed(group.heading) for group in paper.memo.groups]
    found = [p.text.partition("、")[2] for p in paper.written.of("Heading1")]
    empty = any(a == b == "Heading1" for a, b in pairwise(p.style for p in paper.written.of("Heading1", "Heading2")))
    right = found == wanted and len(set(found)) == len(found) and not empty
    return [] if right else ["分组与所选不一致"]


def footnotes(paper: Paper) -> list[str]:
    """29. Source footnotes travel and are called at the same place; no sign without a note."""
    found = []
    notes = paper.written.notes
    for p, block in zip(paper.written.of("Excerpt"), paper.expected(BlockKind.EXCERPT), strict=False):
        at, wanted = 0, []
        for run in block.runs:
            at += len(run.text)
            wanted += [(at, run.note)] if run.note else []
        if [(place, notes.get(number)) for place, number in p.calls] != wanted:
            found.append(f"“{p.text[:12]}”的脚注不符")
        bare = _BARE_SIGN.search(p.text)
        if bare and not _UNIT_SIGN.search(bare[0]):
            found.append(f"“{bare[0]}”有脚注记号而无脚注")
    return found


def counts(paper: Paper) -> list[str]:
    """30. The counts of the lead-in are those of the content."""
    lead = "".join(p.text for p in paper.written.of("LeadIn"))
    stated = re.findall(r"共(\d+)[条篇]", lead)
    found = (
        [] if all(int(count) == len(paper.written.of(_excerpt_style(paper))) for count in stated) else ["导语的条数与内容不符"]
    )
    found += [] if stated or paper.memo.lead_in else ["导语没有条数"]
    numbers = {int(e.source.number) for e in paper.memo.excerpts if e.source.number.isdigit()}
    named = {int(number) for number in re.findall(r"第(\d+)期", lead)}
    return found + ([] if named <= numbers else ["导语的期号与内容不符"])


def classification(paper: Paper) -> list[str]:
    """31. The mark, when there is one, is the first paragraph, 3号黑体, flush left."""
    mark = paper.memo.classification or paper.memo.protective_mark
    first = paper.written.body[0]
    if not mark:
        return ["多出密级标注"] if first.style == "Mark" else []
    right = first.text == mark and first.value("jc") == "left" and "ind" not in first.properties
    right = right and all(_is_set(run, paper.profile.typefaces.hei, layout.BODY_SIZE) for run in _all_runs([first]))
    return [] if right else ["密级标注不符"]


def signature(paper: Paper) -> list[str]:
    """32. 署名 two characters from the right, the date two characters further in, all kept on one page with the text."""
    units, dates = paper.written.of("Signature"), paper.written.of("SignatureDate")
    if not paper.memo.with_closing:
        return ["多出落款"] if units or dates else []
    if len(dates) != 1 or dates[0].text != chinese_date(paper.memo.date) or not _DATE.fullmatch(dates[0].text):
        return ["成文日期不符"]
    unit, date = units[0] if units else None, dates[0]
    found = [] if _is_placed(unit, date, paper) else ["署名或日期的位置不符"]
    end = paper.written.body.index(date)
    start = max(i for i, p in enumerate(paper.written.body[:end]) if p.text and p.style not in ("Signature", "Attachments"))
    return found + ([] if all(p.keeps for p in paper.written.body[start:end]) else ["落款可能与正文分页"])


def _is_placed(unit: WrittenParagraph | None, date: WrittenParagraph, paper: Paper) -> bool:
    """Compare where both begin, in characters from the left; half-width characters count half."""
    line = paper.profile.width / layout.BODY_SIZE
    first = None if unit is None else _beginning(unit, line)
    second = _beginning(date, line)
    right = date.number("ind", "rightChars") / 100 if unit is None or "rightChars" in date.properties["ind"] else 2.0
    return abs(right - 2.0) < 0.1 and (first is None or abs(second - first - 2.0) < 0.1)


def _beginning(paragraph: WrittenParagraph, line: float) -> float:
    if "leftChars" in paragraph.properties["ind"]:
        return paragraph.number("ind", "leftChars") / 100
    width = sum(0.5 if char.isascii() else 1.0 for char in paragraph.text)
    return line - paragraph.number("ind", "rightChars") / 100 - width


def attachment(paper: Paper) -> list[str]:
    """33. 附件 announced without end punctuation, on a page of its own, cells single-spaced."""
    announced, heads, cells = paper.written.of("Attachments"), paper.written.of("Annex"), paper.written.cells
    if not paper.memo.with_table:
        return ["多出附件"] if announced or heads else []
    if len(announced) != 1 or len(heads) != 1:
        return ["缺少附件"]
    found = (
        [] if announced[0].value("ind", "firstLineChars") == "200" and announced[0].text[-1] not in "。；，" else ["附件说明不符"]
    )
    head_right = heads[0].text == "附件" and "pageBreakBefore" in heads[0].properties
    head_right = head_right and all(_is_set(run, paper.profile.typefaces.hei, layout.BODY_SIZE) for run in _all_runs(heads))
    tight = any(cell.value("spacing", "lineRule") == "exact" for cell in cells)
    return found + ([] if head_right else ["附件页首不符"]) + (["表格行距会截断文字"] if tight else [])


def two_footers(paper: Paper) -> list[str]:
    """34. Odd and even pages differ, the first does not."""
    settings = any(True for _ in paper.written.elements("evenAndOddHeaders"))
    both = paper.written.footer("default") is not None and paper.written.footer("even") is not None
    first = any(True for _ in paper.written.elements("titlePg"))
    return [] if settings and both and not first else ["单双页页码设置不符"]


def _footers(paper: Paper) -> list[tuple[str, WrittenParagraph]]:
    found = ((kind, paper.written.footer(kind)) for kind in ("default", "even"))
    return [(kind, footer) for kind, footer in found if footer is not None]


def footer_place(paper: Paper) -> list[str]:
    """35. Page numbers in 4号宋体, one character in from the outer edge."""
    found = []
    for kind, p in _footers(paper):
        side = "right" if kind == "default" else "left"
        outer = p.value("jc") == side and p.number("ind", side) == 280
        centred = p.value("jc") == "center" and paper.profile.page_numbers is PageNumbers.CENTRE
        song = paper.profile.typefaces.song
        right = all(_is_set(run, song, layout.PAGE_NUMBER_SIZE) and run.font.get("ascii") == song for run in _all_runs([p]))
        found += [] if (outer or centred) and right else ["页码的位置或字体不符"]
    return found


def footer_field(paper: Paper) -> list[str]:
    """36. `— 1 —`, the field in five runs of its own."""
    found = []
    for _, p in _footers(paper):
        right = [run.field for run in p.runs] == ["", "begin", "PAGE", "separate", "", "end", ""]
        found += [] if right and p.text.startswith("— ") and p.text.endswith(" —") else ["页码域不符"]
    return found


def footer_distance(paper: Paper) -> list[str]:
    """37. The page number lies 7 mm below the type area."""
    distance = int(paper.written.section("pgMar").get("footer", 0))
    return [] if abs(distance - 1430) <= 60 else [f"页码距下边{distance}，应为1430上下"]


def imprint(paper: Paper) -> list[str]:
    """38. 版记, where there is one: as wide as the type area, at its foot, thick rules outside, 4号, the receivers end in a stop."""
    tables = [table for table in paper.written.elements("tbl") if table.find("{*}tblPr/{*}tblpPr") is not None]
    blocks = paper.expected(BlockKind.IMPRINT)
    if any(True for _ in paper.written.elements("framePr")):
        return ["多出图文框"]
    if not blocks or not tables:
        return ["缺少版记"] if blocks else ["多出版记"] if tables else []
    look = properties_of(tables[0].find("{*}tblPr"))
    place, width = look.get("tblpPr", {}), int(look.get("tblW", {}).get("w", "0"))
    edges = {side: edge.get("sz") for side, edge in properties_of(tables[0].find("{*}tblPr/{*}tblBorders")).items()}
    right = (place.get("vertAnchor"), place.get("tblpYSpec")) == ("margin", "bottom") and abs(
        width - paper.profile.width * 20
    ) <= 10
    right = right and edges == {"top": "8", "bottom": "8", "insideH": "6"}
    texts = [p for p in paper.written.cells if p.style == "ImprintText"]
    small = all(_is_set(run, paper.profile.typefaces.body, layout.IMPRINT_SIZE) for run in _all_runs(texts))
    ended = all(p.text.endswith("。") for p in texts[:-1])
    return [] if right and small and ended else ["版记的位置、线条或字号不符"]


def red_line(paper: Paper) -> list[str]:
    """39. The red line of a red head, 4 mm below issuer and date, and no other line."""
    lines = [p for p in paper.written.body if "pBdr" in p.properties]
    if paper.memo.red_head is None:
        return ["多出红线"] if lines else []
    if [p.style for p in lines] != ["HeadLine"]:
        return ["红线不符"]
    edge = next(attributes_of(e) for e in paper.written.elements("pBdr") for e in e)
    right = edge.get("color") == "FF0000" and abs(int(edge.get("space", "0")) * 20 - 227) <= 20
    return [] if right else ["红线的颜色或距离不符"]
