"""pdfium, which Chrome and Edge show PDFs with, finds in an annotated copy what was marked: kind, words, note, author."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pymupdf
import pytest

from desktop.archive import annotating, catalogue, importing, marking
from desktop.archive.library import Library
from desktop.bulletin.folding import fold
from desktop.paths import SAMPLES

pdfium = pytest.importorskip("pypdfium2", reason="pypdfium2 is not installed: annotated copies are not read back by pdfium")
raw = pytest.importorskip("pypdfium2.raw")

SAMPLE = min(SAMPLES.glob("*.pdf"))
KINDS = {raw.FPDF_ANNOT_HIGHLIGHT: "highlight", raw.FPDF_ANNOT_UNDERLINE: "underline"}


class Seen(NamedTuple):
    """An annotation as pdfium has it; `words` are the characters whose middle is in its quads, folded."""

    uid: str
    kind: str
    words: str
    note: str
    author: str


def string(annotation, key: str) -> str:
    length = raw.FPDFAnnot_GetStringValue(annotation, key.encode(), None, 0)
    held = ctypes.create_string_buffer(length)
    raw.FPDFAnnot_GetStringValue(annotation, key.encode(), ctypes.cast(held, ctypes.POINTER(ctypes.c_ushort)), length)
    return held.raw.decode("utf-16-le").rstrip("\0")


def quads(annotation) -> Iterator[tuple[float, float, float, float]]:
    for number in range(raw.FPDFAnnot_CountAttachmentPoints(annotation)):
        points = raw.FS_QUADPOINTSF()
        assert raw.FPDFAnnot_GetAttachmentPoints(annotation, number, points)
        across = (points.x1, points.x2, points.x3, points.x4)
        down = (points.y1, points.y2, points.y3, points.y4)
        yield min(across), min(down), max(across), max(down)


def words(page, areas: list[tuple[float, float, float, float]]) -> str:
    text = page.get_textpage()
    found = []
    for at in range(text.count_chars()):
        left, bottom, right, top = text.get_charbox(at)
        x, y = (left + right) / 2, (bottom + top) / 2
        if any(area[0] <= x <= area[2] and area[1] <= y <= area[3] for area in areas):
            found.append(text.get_text_range(at, 1))
    return fold("".join(found))


def seen(path: Path) -> list[Seen]:
    found = []
    with pdfium.PdfDocument(path) as document:
        for page in document:
            for number in range(raw.FPDFPage_GetAnnotCount(page)):
                annotation = raw.FPDFPage_GetAnnot(page, number)
                said = (string(annotation, key) for key in ("Contents", "T"))
                kind = KINDS.get(raw.FPDFAnnot_GetSubtype(annotation), "")
                found.append(Seen(string(annotation, "NM"), kind, words(page, list(quads(annotation))), *said))
                raw.FPDFPage_CloseAnnot(annotation)
    return found


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_pdfium_reads_back_every_mark_on_its_words(library: Library, tmp_path: Path, rotation: int):
    with pymupdf.open(SAMPLE) as document:
        for page in document:
            page.set_rotation(rotation)
        document.save(tmp_path / "转.pdf")
    library.author = "李某"
    (outcome,) = importing.import_paths(library, [tmp_path / "转.pdf"])
    assert outcome.issue
    made = []
    for number, item in enumerate(catalogue.items(library, outcome.issue.id)):
        start = len(item.title) + 3
        style = "underline" if number % 2 else "highlight"
        made.append(marking.add(library, item.id, start, start + 40, style=style, note=f"请核实第{number}处"))
    annotating.export(library, outcome.issue.id, tmp_path / "带标注.pdf")
    found: dict[str, Seen] = {}
    for one in seen(tmp_path / "带标注.pdf"):
        uid = one.uid.partition("#")[0]
        found[uid] = one._replace(uid=uid, words=found[uid].words + one.words) if uid in found else one._replace(uid=uid)
    expected = [Seen(mark.uid, mark.style, fold(mark.quote), mark.note, "李某") for mark in made]
    assert [found.get(mark.uid) for mark in made] == expected
    assert len(found) == len(made)
