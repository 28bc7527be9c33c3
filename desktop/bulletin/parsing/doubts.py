"""The closed list of what the parser may be unsure of (`docs/doubts.md`), and the sentence for each.

Nothing is corrected silently: a rule that deletes, joins or fails to find something raises one of these.
"""

from __future__ import annotations

from desktop.bulletin.model import Doubt

MESSAGES: dict[str, str] = {
    "contents-missing": "没有找到“本期要点”，栏目和题目由正文推断。",
    "contents-entry-not-found": "“本期要点”列有“{0}”，正文中没有找到这一题目。",
    "duplicate-removed": "接续处重复的“{0}”已删去一次，请核对原件。",
    "glyphs-unmapped": "第 {0} 页有无法识别的字符，请对照原件。",
    "heading-number-gap": "标题序号“{0}”与前面的序号不连续，请核对原件。",
    "issue-date-missing": "没有找到出版日期，请核对原件。",
    "issue-number-missing": "没有找到期号，请核对原件。",
    "join-after-full-stop": "以“{0}”开头的一段接在句号之后，按序号并入上一段，请核对。",
    "likely-misread": "“{0}”可能是识别错误，请对照原件。",
    "note-without-anchor": "注释{0}在正文中没有找到对应的标记。",
    "page-unreadable": "{0}",
    "point-number-gap": "“{0}”的要点序号在（{1}）处不连续，请核对原件。",
    "section-not-in-contents": "栏目“{0}”不在“本期要点”中。",
    "text-garbled": "第 {0} 页文字层的字与显示的字可能不一致，请对照原件。",
    "text-without-title": "有一段文字前面没有题目，暂归在“{0}”下，请核对。",
    "title-differs-from-contents": "题目“{0}”与“本期要点”所列“{1}”略有不同。",
    "title-not-in-contents": "题目“{0}”不在“本期要点”中，按版式判断为题目。",
    "unplaced-text": "“{0}”没有归入任何栏目。",
}


def doubt(code: str, *words: object, page: int | None = None, line: int | None = None) -> Doubt:
    """A doubt of the closed list with its sentence filled in."""
    return Doubt(code, MESSAGES[code].format(*words), page, line)
