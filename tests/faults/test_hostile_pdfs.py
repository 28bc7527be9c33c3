"""PDFs made to take a program down open or are refused in a sentence: no crash, no hang, and no more memory than there is for it."""

from __future__ import annotations

import json
import subprocess
import sys
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from desktop.bulletin.jsonform import bulletin_to_json
from desktop.bulletin.parsing import parse
from desktop.errors import UnreadableFile
from desktop.readers.isolated import read_isolated
from desktop.readers.wire import pages_from_wire

_SECONDS = 3.0
_LIMIT = 1024**3

Objects = list[bytes]
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def stream(data: bytes, entries: bytes = b"") -> bytes:
    packed = zlib.compress(data, 9)
    return b"<<%s/Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (entries, len(packed), packed)


def one_page(content: bytes, *more: bytes, count: int = 1, resources: bytes = b"/Font<</F 5 0 R>>") -> Objects:
    """Objects 1 to 5, a page with its content and font, and more from 6 on."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<%s>>>>" % resources
    tree = b"<</Type/Pages/Kids[3 0 R]/Count %d>>" % count
    return [b"<</Type/Catalog/Pages 2 0 R>>", tree, page, stream(content), FONT, *more]


def file_of(objects: Sequence[bytes]) -> bytes:
    data, offsets = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    return data + b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF\n" % (
        size,
        table,
        size,
        len(data),
    )


def nested_forms(depth: int, width: int) -> Objects:
    """Forms that each draw the next one several times: `width ** depth` drawings from a kilobyte."""
    forms = []
    for level in range(depth):
        entries = b"/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>/Font<</F 5 0 R>>>>" % (7 + level)
        forms.append(stream(b"/X Do " * width, entries))
    last = stream(b"BT /F 9 Tf (x) Tj ET", b"/Subtype/Form/BBox[0 0 9 9]/Resources<</Font<</F 5 0 R>>>>")
    return one_page(b"/X Do " * width, *forms, last, resources=b"/XObject<</X 6 0 R>>")


def outline_in_a_circle() -> Objects:
    entry = b"<</Title(x)/Parent 6 0 R/Next 7 0 R/First 7 0 R/Dest[3 0 R/Fit]>>"
    objects = one_page(b"BT /F 9 Tf 9 9 Td (x) Tj ET", b"<</First 7 0 R/Last 7 0 R/Count 1>>", entry)
    return [b"<</Type/Catalog/Pages 2 0 R/Outlines 6 0 R>>", *objects[1:]]


def tree_in_a_circle() -> Objects:
    first, tree, *rest = one_page(b"")
    return [first, tree.replace(b"[3 0 R]", b"[2 0 R 3 0 R 2 0 R]"), *rest]


HOSTILE: list[tuple[str, Callable[[], Objects]]] = [
    ("a page tree that counts two thousand million pages", lambda: one_page(b"", count=2**31 - 1)),
    ("a page tree that counts three pages and holds one", lambda: one_page(b"BT /F 9 Tf (x) Tj ET", count=3)),
    ("a page tree that counts less than none", lambda: one_page(b"", count=-5)),
    ("a page tree that contains itself", tree_in_a_circle),
    ("bookmarks in a circle", outline_in_a_circle),
    ("forms drawn a thousand million times", lambda: nested_forms(9, 10)),
    ("a form that draws itself", lambda: nested_forms(1, 2)[:6]),
    ("a hundred megabytes of blanks in one page", lambda: one_page(b" " * 100_000_000)),
    ("six million characters on one page", lambda: one_page(b"BT /F 1 Tf " + b"(%s) Tj " % (b"x" * 1000) * 6000 + b"ET")),
    ("a hundred thousand open brackets", lambda: one_page(b"[" * 100_000 + b"<<" * 100_000)),
    ("a page a thousand million points wide", lambda: one_page(b"BT /F 9e8 Tf 1e9 1e9 Td (x) Tj ET")),
    ("numbers that are none", lambda: one_page(b"BT /F nan Tf 1e999 -1e999 Td (x) Tj -99999999999999999999 Tc (y) Tj ET")),
]  # fmt: skip


@pytest.mark.parametrize("made", [made for _, made in HOSTILE], ids=[name for name, _ in HOSTILE])
def test_a_hostile_file_opens_or_is_refused(made, tmp_path):
    file = tmp_path / "来件.pdf"
    file.write_bytes(file_of(made()))
    said = ""
    try:
        bulletin = parse(read_isolated(file, timeout=_SECONDS))
    except UnreadableFile as refusal:
        said = str(refusal)
    else:
        json.dumps(bulletin_to_json(bulletin)).encode()
    assert not said or (said.endswith("。") and "\n" not in said and "来件.pdf" in said)


def test_a_page_that_needs_too_much_memory_costs_only_itself(tmp_path):
    """In a reading process that may hold little: the page is a placeholder or the file refused, and the next one opens."""
    bomb, plain = tmp_path / "来件.pdf", tmp_path / "附件.pdf"
    bomb.write_bytes(file_of(one_page(b"BT /F 1 Tf 9 9 Td " + b"(%s) Tj 0 0 Td " % (b"x" * 1000) * 3000 + b"ET")))
    plain.write_bytes(file_of(one_page(b"BT /F 9 Tf 9 9 Td (plain) Tj ET")))
    script = (
        "import json, sys\nfrom desktop.readers import child\nchild.MEMORY_LIMIT = 300 * 1024**2\nchild.limit_memory()\n"
        "for path in sys.argv[1:]:\n    sys.stdout.write(child.reply_to(json.dumps({'path': path, 'password': None})))"
    )
    first, second = map(json.loads, ran(script, str(bomb), str(plain)).splitlines())
    said = first.get("refused") or pages_from_wire(first["pages"]).pages[0].unreadable
    assert "来件.pdf" in said or "第 1 页" in said
    assert pages_from_wire(second["pages"]).pages[0].text == "plain"


def ran(script: str, *arguments: str) -> str:
    command = [sys.executable, "-c", script, *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd=Path(__file__).parents[2], check=True).stdout


def test_the_reading_process_cannot_take_more_than_a_gigabyte(tmp_path):
    script = "from desktop.readers.child import limit_memory\nlimit_memory()\ntry:\n    bytearray(%d)\nexcept MemoryError:\n    print('no')"
    assert ran(script % _LIMIT) == "no\n"
