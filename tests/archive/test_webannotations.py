"""Web Annotations go out with all a mark has, and come back as the same marks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.records import ItemRecord
from desktop.archive import catalogue, marking, tagging, webannotations
from desktop.archive.library import Library
from desktop.archive.shared_form import Shared, SharedIssue, SharedMark, SharedTag
from desktop.errors import UnreadableFile
from tests.archive.shelf import shelved


def test_every_mark_comes_back_in_another_library_with_note_author_and_fields(
    library: Library, items: list[ItemRecord], tmp_path: Path
):
    library.author = "李某"
    marking.add(library, items[0].id, 13, 20, note="请\n核实", color="red", fields=["生物医药"])
    marking.add(library, items[1].id, 0, 4, style="underline")
    assert webannotations.export(library, tmp_path / "标注.json") == 2
    (first, _) = json.loads((tmp_path / "标注.json").read_text(encoding="utf-8"))["first"]["items"]
    assert (first["type"], first["motivation"], first["creator"]["name"]) == ("Annotation", "highlighting", "李某")
    assert {selector["type"] for selector in first["target"]["selector"]} == {"TextQuoteSelector", "TextPositionSelector"}
    with Library.open(tmp_path / "同事的库") as other:
        shelved(other, tmp_path)
        assert webannotations.bring_in(other, tmp_path / "标注.json").new == 2
        assert marking.marks(other) == marking.marks(library)
        assert [(tag.mark, tag.field) for tag in tagging.tags(other)] == [(tag.mark, tag.field) for tag in tagging.tags(library)]
        assert webannotations.bring_in(other, tmp_path / "标注.json").changes == 0
        assert len(catalogue.issues(other)) == 1


_LINE = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Zl", "Zp")), max_size=20)
_TIME = st.datetimes().map(lambda moment: moment.strftime("%Y-%m-%dT%H:%M:%SZ").rjust(20, "0"))
_UIDS = st.uuids().map(str)


@st.composite
def _shared(draw) -> Shared:
    text = _LINE.map(lambda line: line + "\n" + line)
    marks = [
        SharedMark(uid, draw(st.integers(0, 99)), draw(_LINE), draw(st.integers(0, 9999)), "词" + draw(text), draw(text), draw(text),
                   draw(st.sampled_from(("yellow", "red"))), draw(st.sampled_from(("highlight", "underline"))), draw(text), draw(_LINE),
                   draw(_TIME), draw(_TIME))
        for uid in draw(st.lists(_UIDS, min_size=1, max_size=4, unique=True))
    ]  # fmt: skip
    tags = [
        SharedTag(mark.ordinal, mark.title, None, mark.uid, draw(_LINE), draw(_LINE), draw(_LINE), draw(_TIME))
        for mark in marks[:2]
    ]
    issue = SharedIssue(
        "issue", draw(_LINE), draw(st.integers(0, 9999)), draw(_LINE), draw(_LINE), ("a" * 64,), tuple(marks), tuple(tags)
    )
    return Shared("", draw(_TIME), (issue,))


@given(_shared())
def test_export_and_import_keep_every_mark_and_its_fields(shared: Shared):
    assert webannotations.from_collection(json.loads(json.dumps(webannotations.collection(shared)))) == shared


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"first": {"items": [{}]}, "generated": ""}', b"\xff", b"[" * 100_000])
def test_other_files_are_refused_and_change_nothing(library: Library, items: list[ItemRecord], tmp_path: Path, content: bytes):
    (tmp_path / "x.json").write_bytes(content)
    with pytest.raises(UnreadableFile):
        webannotations.bring_in(library, tmp_path / "x.json")
    assert marking.marks(library) == []
