"""A .docx that needs no touching up: the thirty-nine assertions, by a checker of the tests' own."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.bulletin.folding import squash
from desktop.memo import kinds
from desktop.memo.check import check_docx
from desktop.memo.docx import docx_bytes
from desktop.memo.layout import PageNumbers, Profile, Typefaces
from desktop.memo.model import Excerpt, Group, Grouping, Memo, Source
from tests.memo import gbt9704, samples


def written(memo, tmp_path, profile=None):
    path = tmp_path / "摘编.docx"
    path.write_bytes(docx_bytes(memo, profile) if profile else docx_bytes(memo))
    return path


@pytest.mark.parametrize("grouping", list(Grouping))
@pytest.mark.parametrize("count", [1, 5, 60])
def test_every_assertion_holds(count, grouping, tmp_path):
    memo = samples.memo(count, grouping)
    failed, seen = gbt9704.faults(written(memo, tmp_path), memo)
    assert failed == {}
    assert seen == set(range(1, 40))


@pytest.mark.parametrize(
    "changes",
    [
        {"classification": "机密★10年"},
        {"protective_mark": "内部资料　注意保存"},
        {"unit": ""},
        {"unit": "种业处"},
        {"unit": "望江市农业科学院"},
        {"addressee": "", "period": ""},
        {"title": "《望江创新内参》2031年第三季度甘薯种业“揭榜挂帅”重大科技项目进展信息专题摘编"},
    ],
    ids=lambda changes: next(iter(changes)) + str(len(str(changes))),
)
def test_every_assertion_holds_whatever_is_set(changes, tmp_path):
    memo = samples.memo(5, **changes)
    assert gbt9704.faults(written(memo, tmp_path), memo)[0] == {}


@pytest.mark.parametrize("grouping", list(Grouping))
@pytest.mark.parametrize("kind", [kind.name for kind in kinds.load()])
@pytest.mark.parametrize("count", [1, 5, 60])
def test_every_assertion_holds_for_every_kind(kind, count, grouping, tmp_path):
    memo = samples.of_kind(kind, count, grouping)
    path = written(memo, tmp_path)
    failed, seen = gbt9704.faults(path, memo)
    assert failed == {}
    assert seen == set(range(1, 40))
    assert [finding.message for finding in check_docx(path, memo) if not finding.ok] == []


def test_word_processors_other_library_opens_it(tmp_path):
    memo = samples.memo(5)
    opened = docx.Document(str(written(memo, tmp_path)))
    assert [p.text for p in opened.paragraphs if p.style.name == "heading 1" or p.style.name == "Heading 1"] != []
    assert len(opened.tables) == 1
    assert opened.core_properties.author == memo.unit


def test_without_the_table_there_is_no_attachment(tmp_path):
    file = gbt9704.File(written(samples.memo(2, with_table=False), tmp_path))
    assert "附件" not in "".join(p.text for p in file.paragraphs)
    assert not list(file.body.iter(gbt9704.W + "tbl"))


def test_a_units_own_profile_is_followed(tmp_path):
    faces = Typefaces(body="仿宋", title="方正小标宋_GBK")
    profile = Profile(line=28.0, top=34.0, second_level_bold=True, digit_font="Times New Roman",
                      page_numbers=PageNumbers.CENTRE, typefaces=faces)  # fmt: skip
    file = gbt9704.File(written(samples.memo(2), tmp_path, profile))
    assert {p.get("spacing", "line") for p in file.paragraphs} == {"560"}
    heading, excerpt = file.named("heading 2")[0], file.named("摘录")[0]
    assert heading.bold
    assert not excerpt.bold
    assert excerpt.runs[0].fonts == {"ascii": "Times New Roman", "hAnsi": "Times New Roman", "cs": "Times New Roman",
                                     "eastAsia": "仿宋", "hint": "eastAsia"}  # fmt: skip
    assert file.footer("default").get("jc") == file.footer("even").get("jc") == "center"
    assert file.named("Title")[0].is_set({"方正小标宋_GBK"}, "44")


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=60) | st.text("金甘薯，。“”（）¹ \t123abc", max_size=60)
numbers = st.integers(1, 999).map(str) | st.sampled_from(["5-6", "增刊1", ""])


@st.composite
def excerpts(draw):
    passages = draw(st.lists(texts, min_size=1, max_size=4))
    chosen = draw(st.lists(st.sampled_from(passages), max_size=3))
    starts = [draw(st.integers(0, len(passage))) for passage in chosen]
    source = Source(draw(texts), draw(numbers), draw(st.dates().map(str)), draw(texts))
    return Excerpt("", draw(texts), tuple(p[at:] for p, at in zip(chosen, starts, strict=True)), source, "\n".join(passages),
                   (draw(st.sampled_from(samples.FIELDS)),), partial=draw(st.booleans()), comment=draw(texts))  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(excerpts(), min_size=1, max_size=3), min_size=1, max_size=3), texts, texts)
def test_any_basket_exports_verbatim_with_true_counts(groups, title, unit):
    memo = Memo(title, "", tuple(Group(f"第{n}组", tuple(g)) for n, g in enumerate(groups)), "2031-12-05", unit=unit)
    file = gbt9704.File(io.BytesIO(docx_bytes(memo)))
    printed = [gbt9704.quoted(p) for p in file.named("摘录")]
    wanted = [(paragraph, one.source_text) for one in memo.excerpts for paragraph in one.paragraphs]
    assert len(printed) == len(wanted)
    for text, (_, source) in zip(printed, wanted, strict=True):
        assert squash(text) in squash(xml_text(source))
    lead = "".join(p.text for p in file.named("导语"))
    assert f"共{len(memo.excerpts)}条" in lead
    assert len(file.named("heading 2")) == len(memo.excerpts)


def xml_text(text):
    """What of a text XML can hold."""
    return "".join(c for c in text if c in "\t\n\r" or 0x20 <= ord(c) <= 0x7E or (ord(c) >= 0xA0 and c not in "\ufffe\uffff"))


def test_nothing_of_the_template_library_is_left(tmp_path):
    with zipfile.ZipFile(written(samples.memo(1), tmp_path)) as package:
        everything = b"".join(package.read(name) for name in package.namelist())
        assert sorted(package.namelist()) == [
            "[Content_Types].xml", "_rels/.rels", "docProps/core.xml", "word/_rels/document.xml.rels", "word/document.xml",
            "word/fontTable.xml", "word/footer1.xml", "word/footer2.xml", "word/footnotes.xml", "word/settings.xml",
            "word/styles.xml"]  # fmt: skip
    assert b"python" not in everything
