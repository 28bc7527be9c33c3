"""A deleted mark can be put back at any time with all that hung on it, until the trash is emptied: then it is gone for good."""

from __future__ import annotations

from dataclasses import replace

import pytest

from db.records import ItemRecord
from desktop.archive import marking, tagging, trash, undoing
from desktop.archive.library import Library
from desktop.errors import NotFound


def test_a_deleted_mark_comes_back_with_note_and_fields_even_after_reopening(library: Library, items: list[ItemRecord]):
    mark = marking.add(library, items[0].id, 0, 6, note="请核实", fields=["生物医药"])
    marking.delete(library, mark.uid)
    with Library.open(library.folder) as again:
        (deleted,) = trash.contents(again)
        assert (deleted.quote, deleted.note, deleted.fields) == (mark.quote, "请核实", ("生物医药",))
        trash.put_back(again, mark.uid)
        (back,) = marking.marks(again)
        assert replace(back, updated_at=mark.updated_at) == mark
        assert [tag.field for tag in tagging.tags(again) if tag.mark == mark.uid] == ["生物医药"]
        assert trash.contents(again) == []


def test_undoing_a_deletion_empties_its_place_in_the_trash(library: Library, items: list[ItemRecord]):
    mark = marking.add(library, items[0].id, 0, 6)
    marking.delete(library, mark.uid)
    undoing.undo(library)
    assert (trash.contents(library), marking.marks(library)) == ([], [mark])
    undoing.redo(library)
    assert [one.uid for one in trash.contents(library)] == [mark.uid]
    trash.put_back(library, mark.uid)
    assert undoing.undo(library) == "从回收站放回划线"
    assert (marking.marks(library), [one.uid for one in trash.contents(library)]) == ([], [mark.uid])


def test_emptying_destroys_for_good_and_says_how_many(library: Library, items: list[ItemRecord]):
    mark = marking.add(library, items[0].id, 0, 6, note="内部意见不宜外传")
    marking.delete(library, mark.uid)
    assert trash.empty(library) == 1
    assert (trash.contents(library), undoing.undo_name(library)) == ([], None)
    with pytest.raises(NotFound):
        trash.put_back(library, mark.uid)
    library.close()
    assert "内部意见不宜外传".encode() not in (library.folder / "library.db").read_bytes()
