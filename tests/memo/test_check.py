"""The self-check: silent on a good file, and naming what is wrong on a spoilt one."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace

import pytest

from desktop.memo.check import check_docx, check_quotations
from desktop.memo.docx import docx_bytes
from desktop.memo.layout import Profile
from desktop.memo.model import Grouping
from tests.memo import samples

DOCUMENT, STYLES, FOOTER = "word/document.xml", "word/styles.xml", "word/footer1.xml"


@pytest.mark.parametrize("grouping", list(Grouping))
@pytest.mark.parametrize("count", [1, 60])
def test_all_39_hold_on_what_the_program_writes(count, grouping, tmp_path):
    memo, path = samples.memo(count, grouping), tmp_path / "摘编.docx"
    path.write_bytes(docx_bytes(memo))
    findings = check_docx(path, memo)
    assert [finding.number for finding in findings] == list(range(1, 40))
    assert [finding.message for finding in findings if not finding.ok] == []


def test_a_units_profile_is_checked_against_itself(tmp_path):
    memo, path, profile = samples.memo(3), tmp_path / "摘编.docx", Profile(line=28.0, second_level_bold=True)
    path.write_bytes(docx_bytes(memo, profile))
    assert all(finding.ok for finding in check_docx(path, memo, profile))
    assert {finding.number for finding in check_docx(path, memo) if not finding.ok} == {7, 8, 19}


@pytest.mark.parametrize(
    ("number", "part", "pattern", "instead"),
    [
        (1, "word/_rels/document.xml.rels", "<Relationship ", '<Relationship TargetMode="External" '),
        (2, "docProps/core.xml", "(<dc:creator>)[^<]*", r"\1张三"),
        (3, STYLES, "<w:styles ", r'<w:styles w:rsidR="C:\\\\甲" '),
        (4, DOCUMENT, r'w:w="11906"', 'w:w="12240"'),
        (5, DOCUMENT, r'w:top="\d+"', 'w:top="1440"'),
        (6, DOCUMENT, r'w:right="1474"', 'w:right="1800"'),
        (7, DOCUMENT, 'w:type="lines"', 'w:type="linesAndChars" w:charSpace="-849"'),
        (8, STYLES, 'w:lineRule="exact"', 'w:lineRule="atLeast"'),
        (9, STYLES, 'w:szCs w:val="32"', 'w:szCs w:val="28"'),
        (10, STYLES, "<w:rFonts ", '<w:rFonts w:asciiTheme="minorHAnsi" '),
        (11, STYLES, 'w:eastAsia="zh-CN"', 'w:eastAsia="en-US"'),
        (12, DOCUMENT, 'w:hint="eastAsia"', 'w:ascii="Times New Roman"'),
        (13, STYLES, '<w:spacing w:val="-5"/>', ""),
        (14, STYLES, 'w:eastAsia="楷体_GB2312"', 'w:eastAsia="隶书"'),
        (15, STYLES, '<w:sz w:val="44"/>', '<w:color w:val="365F91"/><w:sz w:val="44"/>'),
        (16, STYLES, 'w:firstLineChars="200"', 'w:firstLineChars="0"'),
        (17, STYLES, '<w:sz w:val="44"/>', '<w:b/><w:sz w:val="44"/>'),
        (18, STYLES, '<w:outlineLvl w:val="0"/>', ""),
        (19, STYLES, '<w:outlineLvl w:val="1"/>', ""),
        (20, DOCUMENT, r"<w:r><w:t>（1）|<w:r><w:rPr>(<w:rFonts[^>]*>)</w:rPr><w:t>（1）", r'<w:r><w:rPr><w:sz w:val="28"/></w:rPr><w:t>（1）'),
        (21, DOCUMENT, "一、", "二、"),
        (22, STYLES, "<w:keepNext/>", ""),
        (23, STYLES, 'w:val="摘录"', 'w:val="正文引用"'),
        (24, DOCUMENT, "近日，青岚市", "近日，青蓝市"),
        (25, DOCUMENT, "连续支持3年", "连续**支持 3 年"),
        (26, DOCUMENT, "第1批企业</w:t></w:r></w:p>", "</w:t></w:r></w:p>"),
        (27, DOCUMENT, "第41期，", "第14期，"),
        (28, DOCUMENT, "、省外速览", "、省外要闻"),
        (29, "word/footnotes.xml", "蓝莓湾", "蓝莓弯"),
        (30, DOCUMENT, "共5条", "共6条"),
        (31, DOCUMENT, "机密★10年", "秘密★10年"),
        (32, DOCUMENT, r'w:leftChars="\d+"', 'w:leftChars="400"'),
        (33, STYLES, "<w:pageBreakBefore/>", ""),
        (34, "word/settings.xml", "<w:evenAndOddHeaders/>", ""),
        (35, FOOTER, 'w:right="280"', 'w:right="0"'),
        (36, FOOTER, "— ", "- "),
        (37, DOCUMENT, r'w:footer="\d+"', 'w:footer="1134"'),
        (38, DOCUMENT, '<w:pStyle w:val="LeadIn"/>', '<w:pStyle w:val="LeadIn"/><w:framePr w:yAlign="bottom"/>'),
        (39, DOCUMENT, '<w:pStyle w:val="LeadIn"/>', '<w:pStyle w:val="LeadIn"/><w:pBdr/>'),
    ],
)  # fmt: skip
def test_each_assertion_can_fail(number, part, pattern, instead, tmp_path):
    memo, good, spoilt = samples.memo(5, classification="机密★10年"), tmp_path / "好.docx", tmp_path / "坏.docx"
    good.write_bytes(docx_bytes(memo))
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(spoilt, "w") as target:
        for name in source.namelist():
            content = source.read(name).decode()
            changed = re.sub(pattern, instead, content) if name == part else content
            assert name != part or changed != content
            target.writestr(name, changed)
    finding = check_docx(spoilt, memo)[number - 1]
    assert finding.number == number
    assert not finding.ok
    assert finding.message.endswith("请核对后再印发。")


def test_a_file_that_is_no_docx_is_named_as_such(tmp_path):
    path = tmp_path / "摘编.docx"
    path.write_bytes(b"%PDF-1.7")
    assert [(f.number, f.ok) for f in check_docx(path, samples.memo(1))] == [(1, False)]


def test_a_quotation_that_is_not_in_its_source_is_found():
    memo = samples.memo(1)
    (group,) = memo.groups
    forged = replace(group.excerpts[0], paragraphs=("近日，青岚市政府取消了全部措施。",))
    (finding,) = check_quotations(replace(memo, groups=(replace(group, excerpts=(forged,)),)))
    assert (finding.number, finding.ok) == (24, False)
    assert "近日，青岚市" in finding.message
    assert check_quotations(memo)[0].ok


def test_what_the_source_itself_prints_oddly_is_quoted_and_not_blamed(tmp_path):
    text = "该药物(如68Ga-甲)已获批。"
    one = samples.excerpt(1, paragraphs=(text,), source_text=text, notes=())
    memo = replace(samples.memo(1), groups=(replace(samples.memo(1).groups[0], excerpts=(one,)),))
    path = tmp_path / "摘编.docx"
    path.write_bytes(docx_bytes(memo))
    assert all(finding.ok for finding in check_docx(path, memo))
