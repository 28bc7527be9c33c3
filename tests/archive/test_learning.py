"""Suggestions learn from what the reader confirmed and refused in this library, unlearn by undo, and can start over."""

from __future__ import annotations

from db.records import ItemRecord
from desktop.archive import learning, marking, suggesting, tagging, undoing
from desktop.archive.library import Library


def test_a_new_library_has_learnt_nothing_and_suggesting_teaches_nothing(library: Library, items: list[ItemRecord]):
    suggesting.suggest(library, items[0].id)
    learnt = learning.learnt(library)
    assert not learnt.words
    assert not learnt.shares


def test_a_confirmed_tag_teaches_and_undo_unlearns_it(library: Library, items: list[ItemRecord]):
    tagging.tag(library, items[0].id, "生物医药")
    taught = learning.learnt(library)
    assert {word.field for word in taught.words.values()} == {"生物医药"}
    assert any("生物医药" in sentence for sentence in learning.told(taught, library.vocabulary))
    undoing.undo(library)
    assert not learning.learnt(library).words


def test_a_refusal_weakens_the_words_that_misled(library: Library, items: list[ItemRecord]):
    tagging.refuse(library, items[1].id, "装备制造")
    assert any(field == "装备制造" and share < 1 for (field, _), share in learning.learnt(library).shares.items())


def test_starting_over_keeps_the_tags_and_later_ones_teach_again(library: Library, items: list[ItemRecord]):
    tagging.tag(library, items[0].id, "生物医药")
    learning.start_over(library)
    assert not learning.learnt(library).words
    assert [tag.field for tag in tagging.tags(library)] == ["生物医药"]
    tagging.tag(library, items[1].id, "装备制造")
    assert {word.field for word in learning.learnt(library).words.values()} <= {"装备制造"}
    undoing.undo(library)
    assert undoing.undo(library) == "清除习得的内容"
    assert learning.learnt(library).words


def test_a_field_on_a_mark_is_no_lesson(library: Library, items: list[ItemRecord]):
    mark = marking.add(library, items[0].id, 0, 3)
    tagging.tag(library, items[0].id, "生物医药", mark=mark.uid)
    assert learning.lessons(library) == []
