"""Item 40: what a word processor makes of the .docx. One conversion, looked at from all sides."""

from __future__ import annotations

import re
import shutil
import subprocess
from itertools import pairwise

import pymupdf
import pytest

from desktop.memo import fonts
from desktop.memo.docx import docx_bytes
from desktop.memo.layout import DEFAULT, Profile, Typefaces, points
from desktop.memo.model import Excerpt, Group, Memo, Source
from desktop.memo.pdf import pdf_bytes
from tests.memo import samples

TEXT = "甘薯种业创新提质增效行动稳步推进育种田间管理水平持续提升良种覆盖面不断扩大农户收入明显增加" * 40


def _chinese_font():
    listed = shutil.which("fc-list") and subprocess.run(["fc-list", ":lang=zh-cn", "family"], capture_output=True, text=True)
    return bool(listed and listed.stdout.strip())


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    office = shutil.which("soffice")
    if not office:
        pytest.skip("LibreOffice is not installed")
    if not _chinese_font():
        pytest.skip("no Chinese font is installed")
    folder = tmp_path_factory.mktemp("rendering")
    source = Source("望江创新内参", "48", "2031-09-19", "省内要情")
    plain = Excerpt("1.1", "甘薯种业创新行动稳步推进", (TEXT,), source, TEXT, ("生物医药",), "省内", "望江")
    rest = tuple(samples.excerpt(number) for number in range(2, 6))
    memo = Memo(
        "《望江创新内参》甘薯种业信息摘编", "2031年9月", (Group("省内要情", (plain, *rest)),), "2031-12-05", unit="种业处"
    )
    with pymupdf.open(converted(folder, memo)) as document:
        yield list(document)


def converted(folder, memo, profile=DEFAULT):
    """The PDF that LibreOffice makes of the memo's .docx."""
    (folder / "摘编.docx").write_bytes(docx_bytes(memo, profile))
    place = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [
        shutil.which("soffice"),
        place,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
        str(folder / "摘编.docx"),
    ]
    subprocess.run(command, capture_output=True, timeout=100, check=True)
    return folder / "摘编.pdf"


CLAUSES = (
    "近日，望江市印发《甘薯种业“三核两带”行动方案》，提出建设良种繁育基地、加工园区和交易市场；",
    "支持“链主”企业联合攻关（含首台套产品），连续给予补贴……",
    "形成从田间到车间、从样品到商品的完整链条，让更多成果在本地落地转化、开花结果。",
    "对牵头承担重大专项的企业，按实际投入给予支持：一是资金，二是场地，三是人才！",
)


def wordy(number):
    """An excerpt without digits, around which one word processor puts blanks of its own."""
    text = "".join(CLAUSES[(number * 3 + at * (number + 1)) % 4] for at in range(3 + number % 5))
    points = tuple("".join(CLAUSES[(number + at + step) % 4] for step in range(2 + at)) for at in range(number % 3 + 1))
    source = Source("望江创新内参", "增刊", "", "省内要情")
    title = f"望江市发布甘薯种业措施{'支持企业' * (number % 4)}"
    return Excerpt("", title, (text, *points), source, "\n".join((title, text, *points)), ("生物医药",), "省内", "望江")


def test_our_pdf_has_the_same_lines_on_the_same_pages(pages, tmp_path):
    del pages  # skips where there is no LibreOffice
    families = fonts.installed()
    if not {"Noto Serif CJK SC", "Noto Sans CJK SC"} <= set(families):
        pytest.skip("the fonts that both can set are not installed")
    serif, sans = "Noto Serif CJK SC", "Noto Sans CJK SC"
    profile = Profile(typefaces=Typefaces(serif, serif, sans, serif, serif))
    groups = tuple(
        Group(name, tuple(wordy(at + 5 * number) for at in range(6))) for number, name in enumerate(("部委动态", "省内要情"))
    )
    memo = Memo(
        "甘薯种业信息摘编",
        "上半年",
        groups,
        "2031-12-05",
        unit="种业处",
        lead_in="现将有关信息摘编如下，供参阅。",
        with_table=False,
    )
    (tmp_path / "我们.pdf").write_bytes(pdf_bytes(memo, profile))
    with pymupdf.open(converted(tmp_path, memo, profile)) as theirs, pymupdf.open(tmp_path / "我们.pdf") as ours:
        assert len(ours) == len(theirs) >= 5
        for number, (one, other) in enumerate(zip(ours, theirs, strict=True), 1):
            words = [[re.sub(r"\s", "", line[3]) for line in lines(page)] for page in (one, other)]
            assert words[0] == words[1], f"page {number}"


def lines(page):
    """The printed lines of the type area as (top, left, right, text), from the top."""
    bottom = page.rect.height - points(35)
    found = {}
    for block in page.get_text("rawdict")["blocks"]:
        for line in block.get("lines", ()):
            for char in (char for span in line["spans"] for char in span["chars"] if char["c"].strip()):
                if char["bbox"][1] < bottom:
                    found.setdefault(round(char["origin"][1]), []).append((char["bbox"][0], char["bbox"][2], char["c"]))
    return [
        (y, min(c[0] for c in chars), max(c[1] for c in chars), "".join(c[2] for c in sorted(chars)))
        for y, chars in sorted(found.items())
    ]


def test_a_full_page_has_22_lines_of_28_characters(pages):
    full = lines(pages[1])
    assert len(full) == 22
    assert {len(text) for _, _, _, text in full} == {28}
    assert full[0][3] in TEXT
    pitches = {round(b[0] - a[0]) for a, b in pairwise(full)}
    assert pitches <= {28, 29, 30}


def test_the_text_fills_the_type_area(pages):
    for _, left, right, _ in lines(pages[1]):
        assert abs(left - points(28)) < 2
        assert abs(right - points(210 - 26)) < 3


def test_page_numbers_stand_7_mm_below_on_the_outer_side(pages):
    bottom = pages[0].rect.height - points(35)
    for number, page in enumerate(pages, 1):
        drawn = page.get_pixmap(
            dpi=144, clip=pymupdf.Rect(0, bottom + points(4), page.rect.width, page.rect.height), colorspace="gray"
        )
        rows = [y for y in range(drawn.height) if min(drawn.samples[y * drawn.stride : y * drawn.stride + drawn.width]) < 128]
        middle = points(4) + (rows[0] + rows[-1]) / 2 / 144 * 72
        assert abs(middle / points(1) - 7) <= 1
        words = [word for word in page.get_text("words") if word[1] > bottom]
        assert re.fullmatch(rf"—\s?{number}\s?—", " ".join(word[4] for word in words))
        side = words[0][0] < page.rect.width / 2
        assert side == (number % 2 == 0)


def test_no_page_holds_a_lone_last_line(pages):
    closing = next(page for page in pages if "2031年12月5日" in page.get_text().replace(" ", ""))
    assert len(lines(closing)) >= 4
    assert "附件" in pages[-1].get_text()
    assert len(lines(pages[-1])) > 2


def test_footnotes_are_printed_at_the_foot_of_their_page(pages):
    page = next(page for page in pages if samples.NOTE[:12] in page.get_text().replace("\n", ""))
    assert "三核两带" in lines(page)[-1][3] or "沿江、沿湖" in lines(page)[-1][3]
