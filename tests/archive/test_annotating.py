"""A copy of the PDF shows the marks in any reader, the original stays as it is, and what comes back comes back once."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from pathlib import Path

import pymupdf
import pytest

from desktop.archive import annotating, catalogue, importing, marking, tagging, undoing
from desktop.archive.library import Library
from desktop.bulletin.folding import fold
from desktop.bulletin.model import PassageKind
from desktop.errors import UnreadableFile, WrongUsage
from desktop.paths import SAMPLES
from desktop.readers.notes import read_notes
from tests.archive.shelf import shelved

SAMPLE = min(SAMPLES.glob("*.pdf"))


@pytest.fixture
def issue(library: Library) -> int:
    library.author = "李某"
    (outcome,) = importing.import_paths(library, [SAMPLE])
    assert outcome.issue
    return outcome.issue.id


def _mark(library: Library, issue: int, item: int, start: int, end: int, **look: str) -> str:
    return marking.add(library, catalogue.items(library, issue)[item].id, start, end, **look).uid  # type: ignore[arg-type]


def _crossing(library: Library, issue: int) -> tuple[int, int, int]:
    """An item and a stretch of it that runs from one page to the next."""
    for number, item in enumerate(catalogue.items(library, issue)):
        at = 0
        for passage in catalogue.passages(item):
            for former, latter in zip(passage.places, passage.places[1:], strict=False):
                if former.page != latter.page and passage.kind is not PassageKind.FOOTNOTE:
                    return number, at + latter.start - 8, at + latter.start + 8
            at += len(passage.text) + 1
    raise AssertionError("no sample runs over a page")


def _said(page: pymupdf.Page, annot: pymupdf.Annot) -> str:
    points = annot.vertices
    areas = [pymupdf.Quad(points[at : at + 4]).rect for at in range(0, len(points), 4)]
    chars = [char for block in page.get_text("rawdict")["blocks"] for line in block.get("lines", ())
             for span in line["spans"] for char in span["chars"]]  # fmt: skip
    middle = [
        (char["c"], pymupdf.Point((char["bbox"][0] + char["bbox"][2]) / 2, (char["bbox"][1] + char["bbox"][3]) / 2))
        for char in chars
    ]
    return fold("".join(char for char, point in middle if any(area.contains(point) for area in areas)))


def test_the_copy_has_a_standard_annotation_on_the_words_with_note_author_and_times(library: Library, issue: int, tmp_path: Path):
    item, start, end = _crossing(library, issue)
    across = _mark(library, issue, item, start, end, note="请核实", color="green")
    under = _mark(library, issue, 0, 0, 6, style="underline")
    tagging.tag(library, catalogue.items(library, issue)[item].id, "综合", mark=across)
    original = catalogue.stored_file(library, catalogue.issue(library, issue))
    before = hashlib.sha256(original.read_bytes()).hexdigest()
    assert annotating.export(library, issue, tmp_path / "带标注.pdf") == 2
    assert hashlib.sha256(original.read_bytes()).hexdigest() == before
    with pymupdf.open(tmp_path / "带标注.pdf") as copy:
        found = [(page, annot) for page in copy for annot in page.annots()]
        assert {annot.type[1] for _, annot in found} == {"Highlight", "Underline"}
        words: dict[str, str] = {}
        for page, annot in found:
            name = annot.info["id"].split("#")[0]
            words[name] = words.get(name, "") + _said(page, annot)
            assert annot.info["title"] == "李某"
            assert annot.info["creationDate"].startswith("D:20")
        assert words == {uid: fold(marking.mark(library, uid).quote) for uid in (across, under)}
        assert [annot.info["content"] for _, annot in found if annot.info["id"] == across] == ["请核实"]
        assert [annot.info["subject"] for _, annot in found if annot.info["id"] == across] == ["综合"]
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_another_reader_draws_the_marks_where_the_words_are(library: Library, issue: int, tmp_path: Path):
    if not shutil.which("pdftoppm"):
        pytest.skip("poppler is not installed")
    _mark(library, issue, 0, 0, 6)
    annotating.export(library, issue, tmp_path / "带标注.pdf")
    (note,) = read_notes(tmp_path / "带标注.pdf")
    page = note.characters[0][0]
    pictures = []
    for name, file in (("原", SAMPLE), ("后", tmp_path / "带标注.pdf")):
        subprocess.run(
            ["pdftoppm", "-r", "72", "-f", str(page), "-l", str(page), "-singlefile", file, tmp_path / name], check=True
        )
        pictures.append(pymupdf.Pixmap(str(tmp_path / f"{name}.ppm")))
    changed = [
        (x, y)
        for y in range(pictures[0].height)
        for x in range(pictures[0].width)
        if pictures[0].pixel(x, y) != pictures[1].pixel(x, y)
    ]
    assert changed
    with pymupdf.open(tmp_path / "带标注.pdf") as copy:
        marked = copy[page - 1]  # held: its annotations die with it
        (annot,) = marked.annots()
        area = pymupdf.Rect(annot.rect.x0 - 2, annot.rect.y0 - 2, annot.rect.x1 + 2, annot.rect.y1 + 2)
        assert all(area.contains(pymupdf.Point(x + 0.5, y + 0.5)) for x, y in changed)


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_turned_pages_are_marked_on_the_same_words(library: Library, tmp_path: Path, rotation: int):
    with pymupdf.open(SAMPLE) as document:
        for page in document:
            page.set_rotation(rotation)
        document.save(tmp_path / "转.pdf")
    (outcome,) = importing.import_paths(library, [tmp_path / "转.pdf"])
    assert outcome.issue
    uid = _mark(library, outcome.issue.id, 0, 0, 6)
    annotating.export(library, outcome.issue.id, tmp_path / "带标注.pdf")
    with pymupdf.open(tmp_path / "带标注.pdf") as copy:
        assert [_said(page, annot) for page in copy for annot in page.annots()] == [fold(marking.mark(library, uid).quote)]


def test_a_copy_that_comes_back_changes_nothing_here_and_brings_all_to_a_colleague(library: Library, issue: int, tmp_path: Path):
    item, start, end = _crossing(library, issue)
    for number, first, last in ((item, start, end), (0, 0, 6)):
        _mark(library, issue, number, first, last, note=f"注{number}")
    annotating.export(library, issue, tmp_path / "带标注.pdf")
    done = annotating.bring_in(library, tmp_path / "带标注.pdf")
    assert (done.same, done.changes) == (2, 0)
    with Library.open(tmp_path / "同事的库") as other:
        importing.import_paths(other, [SAMPLE])
        assert annotating.bring_in(other, tmp_path / "带标注.pdf").new == 2
        here, there = (
            [(m.uid, m.start, m.end, m.quote, m.note, m.author) for m in marking.marks(lib)] for lib in (library, other)
        )
        assert here == there
        assert undoing.undo(other) == "导入 PDF 中的标注"
        assert marking.marks(other) == []


def test_marks_made_in_another_program_come_in_once_on_the_words_they_cover(library: Library, issue: int, tmp_path: Path):
    title = catalogue.items(library, issue)[0].title[:8]
    with pymupdf.open(SAMPLE) as document:
        page = [page for page in document if page.search_for(title)][-1]  # the first names it in the contents
        annot = page.add_highlight_annot(page.search_for(title, quads=True)[:1])
        annot.set_info(content="领导批示", title="王某")
        annot.set_colors(stroke=(0.4, 0.9, 0.4))
        annot.update()
        document.save(tmp_path / "批注.pdf")
    assert annotating.bring_in(library, tmp_path / "批注.pdf").new == 1
    (mark,) = marking.marks(library)
    assert (mark.note, mark.author, mark.color, mark.start, fold(mark.quote)) == ("领导批示", "王某", "green", 0, fold(title))
    assert annotating.bring_in(library, tmp_path / "批注.pdf").changes == 0


def test_what_cannot_be_exported_or_brought_in_is_said(library: Library, issue: int, tmp_path: Path):
    with pytest.raises(WrongUsage, match="还没有"):
        annotating.export(library, issue, tmp_path / "空.pdf")
    _mark(library, issue, 0, 0, 6)
    stored = catalogue.stored_file(library, catalogue.issue(library, issue))
    with pytest.raises(WrongUsage, match="不能覆盖"):
        annotating.export(library, issue, stored)
    text = shelved(library, tmp_path)
    with pytest.raises(WrongUsage, match="文本文件"):
        annotating.export(library, text.id, tmp_path / "文本.pdf")
    (tmp_path / "坏.pdf").write_bytes(b"%PDF-1.7 nothing")
    with pytest.raises(UnreadableFile):
        annotating.bring_in(library, tmp_path / "坏.pdf")
    other = max(SAMPLES.glob("*.pdf"))
    with pytest.raises(WrongUsage, match="请先导入"):
        annotating.bring_in(library, other)
