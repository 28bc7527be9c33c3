"""A small printed document of known text: the PDF, and where the text of its two items stands on the pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pymupdf

from desktop.bulletin.model import Passage, PassageKind, Place
from desktop.bulletin.places import PlaceMap

WIDTH, HEIGHT, SIZE, LEFT = 420, 600, 16, 60
KINDS = {"t": PassageKind.TITLE, "l": PassageKind.LEAD, "p": PassageKind.POINT, "n": PassageKind.FOOTNOTE}

# A line: height of its baseline, text, and its passage; what stands before "|" belongs to none (a marker, an indent).
PAGES = [
    [
        (60, "试印参考", ""),
        (120, "某市推进算力建设", "1t"),
        (160, "　　|近日，某市印发行动方案，提出", "1l"),
        (188, "到明年建成三个智算中心。", "1l"),
        (216, "（1）|优化供给。支持企业通过API", "1p"),
        (244, "接口调用算力，每年发放算力", "1p"),
        (540, "注|行动方案指该市的年度安排。", "1n"),
        (580, "第1页", ""),
    ],
    [
        (60, "试印参考续页", ""),
        (120, "券不超过一千万元。", "1p"),
        (180, "某县培育制造业集群", "2t"),
        (220, "　　|某县出台措施，支持链主企业。", "2l"),
        (580, "第2页", ""),
    ],
    [(120, "主送：各有关单位。", ""), (580, "第3页", "")],
]


@dataclass
class _Printed:
    text: str = ""
    places: list[Place] = field(default_factory=list)


def place_map() -> PlaceMap:
    passages: dict[str, _Printed] = {}
    for number, lines in enumerate(PAGES, start=1):
        char = 0
        for _, line, passage in lines:
            text = line.replace("|", "")
            if passage:
                skipped = line.find("|") if "|" in line else 0
                printed = passages.setdefault(passage, _Printed())
                printed.places.append(Place(len(printed.text), len(text) - skipped, number, char + skipped))
                printed.text += text[skipped:]
            char += len(text)
    items: dict[int, list[Passage]] = {}
    for name, printed in sorted(passages.items(), key=lambda entry: (entry[0][0], "tlpn".index(entry[0][1]))):
        items.setdefault(int(name[0]), []).append(Passage(KINDS[name[1]], printed.text, tuple(printed.places)))
    return PlaceMap([(item, tuple(parts)) for item, parts in items.items()])


def write_pdf(path: Path, *, rotate: int = 0, crop: tuple[int, int, int, int] | None = None) -> Path:
    with pymupdf.open() as document:
        for lines in PAGES:
            page = document.new_page(width=WIDTH, height=HEIGHT)
            for y, line, _ in lines:
                page.insert_text((LEFT, y), line.replace("|", ""), fontname="china-s", fontsize=SIZE)
            if crop:
                page.set_cropbox(pymupdf.Rect(crop))
            page.set_rotation(rotate)
        document[0].insert_link(
            {"kind": pymupdf.LINK_GOTO, "from": pymupdf.Rect(60, 45, 124, 65), "page": 2, "to": pymupdf.Point(0, 0)}
        )
        document.save(path)
    return path
