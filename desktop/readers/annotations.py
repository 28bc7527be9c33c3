"""Standard PDF annotations by PyMuPDF: highlights and underlines over page characters, both ways.

The characters are those of `pdf.page_lines`, so that a mark, its annotation and what is read back from it mean the same ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pymupdf

from desktop.bulletin.folding import squash
from desktop.errors import UnreadableFile
from desktop.readers.notes import PdfNote
from desktop.readers.order import Rectangle
from desktop.readers.pdf import opened, page_lines

CONTEXT: Final = 32
_KINDS: Final = {pymupdf.PDF_ANNOT_HIGHLIGHT: "highlight", pymupdf.PDF_ANNOT_UNDERLINE: "underline"}
_PDF_TIME: Final = re.compile(r"D:(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:([+-])(\d\d)'?(\d\d)?|Z)?")
_LEAST: Final = (0, 1, 1, 0, 0, 0)
_SAME_LINE: Final = 0.5  # of the lower of two characters, the share of the height that they have in common on one line
_INSIDE: Final = 0.1  # of a character's size, by which the edge of a highlight may cut it and still mean it

_FAILURES: Final = (RuntimeError, ValueError, pymupdf.mupdf.FzErrorBase)


def annotate(source: Path, target: Path, notes: Iterable[PdfNote], password: str | None = None) -> int:
    """Write the copy and read it back; how many notes it holds. Raises `UnreadableFile`; there is then no copy.

    The copy keeps the protection of the source.
    """
    wanted = tuple(notes)
    try:
        with opened(source, password) as document:
            said = {note.uid: _write(document, note) for note in wanted}
            document.save(target, deflate=True, encryption=pymupdf.PDF_ENCRYPT_KEEP)
        found = {note.uid: squash(note.text) for note in found_notes(target, password)}
    except (OSError, *_FAILURES) as error:
        target.unlink(missing_ok=True)
        raise UnreadableFile(f"“{source.name}”不能写入标注（{error}），没有导出。") from error
    wrong = sum(found.get(uid) != words for uid, words in said.items())
    if wrong:
        target.unlink(missing_ok=True)
        raise UnreadableFile(f"带标注的副本里有 {wrong} 处与原标注不一致，没有导出；请改用标注包交换。")
    return len(wanted)


def found_notes(path: Path, password: str | None) -> tuple[PdfNote, ...]:
    """What the PDF holds; parts of one note on several pages (as `annotate` writes them) are one."""
    found: dict[str, PdfNote] = {}
    with opened(path, password) as document:
        for page in document:
            for note in _notes_of(page):
                first = found.get(note.uid)
                found[note.uid] = _joined(first, note) if first else note
    return tuple(found.values())


# --- writing


def _write(document: pymupdf.Document, note: PdfNote) -> str:
    """One annotation a page, the words of the note on the first; what the characters say, without blanks."""
    said = ""
    for part, number in enumerate(sorted({page for page, _, _ in note.characters})):
        page = document[number - 1]
        lines, boxes = page_lines(page)
        text = "".join(line.text for line in lines)
        ranges = [(first, last) for at, first, last in note.characters if at == number]
        said += "".join(text[first:last] for first, last in ranges)
        chosen = [box for first, last in ranges for box in boxes[first:last]]
        quads = [pymupdf.Rect(box).quad * page.derotation_matrix for box in _lines(chosen)]
        if not quads:
            continue
        annot = page.add_underline_annot(quads) if note.style == "underline" else page.add_highlight_annot(quads)
        annot.set_colors(stroke=tuple(int(note.color[at : at + 2], 16) / 255 for at in (1, 3, 5)))
        annot.set_info(
            content=note.contents if part == 0 else "", title=note.author, subject=note.subject,
            creationDate=_pdf_time(note.created), modDate=_pdf_time(note.modified),
        )  # fmt: skip
        annot.update()
        document.xref_set_key(annot.xref, "M", pymupdf.get_pdf_str(_pdf_time(note.modified)))
        document.xref_set_key(annot.xref, "NM", pymupdf.get_pdf_str(f"{note.uid}#{part}" if part else note.uid))
    return squash(said)


def _lines(boxes: Iterable[Rectangle]) -> list[Rectangle]:
    """One box a printed line, from the boxes of its characters in order."""
    lines: list[Rectangle] = []
    for box in boxes:
        if lines and _on_one_line(lines[-1], box):
            last = lines[-1]
            lines[-1] = (min(last[0], box[0]), min(last[1], box[1]), max(last[2], box[2]), max(last[3], box[3]))
        elif box[2] > box[0] and box[3] > box[1]:
            lines.append(box)
    return lines


def _on_one_line(one: Rectangle, other: Rectangle) -> bool:
    shared = min(one[3], other[3]) - max(one[1], other[1])
    height = min(one[3] - one[1], other[3] - other[1])
    return shared >= height * _SAME_LINE and other[0] >= one[2] - height and other[0] <= one[2] + 2 * height


def _pdf_time(iso: str) -> str:
    return "D:" + re.sub(r"\D", "", iso) + "Z" if iso else ""


# --- reading


def _notes_of(page: pymupdf.Page) -> Iterator[PdfNote]:
    lines, boxes = page_lines(page)
    text = "".join(line.text for line in lines)
    for annot in page.annots(types=tuple(_KINDS)):
        areas = [area * page.rotation_matrix for area in _areas(annot)]
        ranges = _ranges([at for at, box in enumerate(boxes) if any(_covers(area, box) for area in areas)])
        if not ranges:
            continue
        info, name = annot.info, _name(page, annot)
        first, last = ranges[0][0], ranges[-1][1]
        yield PdfNote(
            uid=name, characters=tuple((page.number + 1, start, end) for start, end in ranges), color=_color(annot),
            style=_KINDS[annot.type[0]], contents=info["content"], author=info["title"], subject=info["subject"],
            created=_iso(info["creationDate"]), modified=_iso(info["modDate"]), text="".join(text[start:end] for start, end in ranges),
            before=text[max(0, first - CONTEXT) : first], after=text[last : last + CONTEXT],
        )  # fmt: skip


def _areas(annot: pymupdf.Annot) -> list[pymupdf.Rect]:
    points = annot.vertices or []
    return [pymupdf.Quad(points[at : at + 4]).rect for at in range(0, len(points) - 3, 4)]


def _covers(area: pymupdf.Rect, box: Rectangle) -> bool:
    """Whether a character's middle lies in the area, its edge aside."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    dx, dy = (box[2] - box[0]) * _INSIDE, (box[3] - box[1]) * _INSIDE
    return bool(area.x0 - dx <= x <= area.x1 + dx and area.y0 - dy <= y <= area.y1 + dy and box[2] > box[0])


def _ranges(indices: list[int]) -> list[tuple[int, int]]:
    ranges: list[tuple[int, int]] = []
    for at in indices:
        if ranges and ranges[-1][1] == at:
            ranges[-1] = (ranges[-1][0], at + 1)
        else:
            ranges.append((at, at + 1))
    return ranges


def _name(page: pymupdf.Page, annot: pymupdf.Annot) -> str:
    """The annotation's own name without our page suffix; else one made of its place."""
    name = (annot.info.get("id") or "").split("#")[0]
    return name or f"page {page.number + 1} at {' '.join(f'{x:.0f} {y:.0f}' for x, y in (annot.vertices or [])[:2])}"


def _color(annot: pymupdf.Annot) -> str:
    parts = annot.colors.get("stroke") or (1.0, 1.0, 0.0)
    rgb = [*parts, *parts, *parts][:3] if len(parts) == 1 else list(parts)[:3] if len(parts) == 3 else [1.0, 1.0, 0.0]
    return "#" + "".join(f"{round(max(0.0, min(1.0, part)) * 255):02x}" for part in rgb)


def _iso(pdf_time: str) -> str:
    """A PDF date as ISO UTC with seconds; "" for what is none."""
    match = _PDF_TIME.match(pdf_time or "")
    if not match:
        return ""
    year, month, day, hour, minute, second = (int(part or least) for part, least in zip(match.groups()[:6], _LEAST, strict=True))
    try:
        moment = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return ""
    sign, hours, minutes = match.groups()[6:]
    away = timedelta(hours=int(hours or 0), minutes=int(minutes or 0)) * (-1 if sign == "+" else 1)
    return (moment + away).strftime("%Y-%m-%dT%H:%M:%SZ")


def _joined(first: PdfNote, further: PdfNote) -> PdfNote:
    merged: dict[str, Any] = {name: getattr(first, name) for name in PdfNote.__slots__}
    merged |= {"characters": first.characters + further.characters, "text": first.text + further.text, "after": further.after}
    return PdfNote(**merged)
