"""An afternoon's work, taken back step by step and made again."""

from __future__ import annotations

from db.changes import Changes, Kind
from db.records import ItemRecord
from desktop.archive import catalogue, marking, tagging, undoing
from desktop.archive.library import Library


def _state(library: Library) -> tuple[object, ...]:
    return marking.marks(library), tagging.tags(library), [item.starred for item in catalogue.items(library, 1)]


def test_each_step_has_its_name_and_leads_back_to_where_it_began(library: Library, items: list[ItemRecord]):
    states = [_state(library)]
    mark = marking.add(library, items[0].id, 0, 3)
    states.append(_state(library))
    marking.update(library, mark.uid, note="请阅")
    states.append(_state(library))
    marking.update(library, mark.uid, color="red")
    states.append(_state(library))
    tagging.tag(library, items[0].id, "生物医药", point=1)
    states.append(_state(library))
    catalogue.set_starred(library, items[1].id, True)
    states.append(_state(library))
    marking.delete(library, mark.uid)
    states.append(_state(library))

    names = []
    for state in reversed(states[:-1]):
        assert undoing.undo_name(library) not in (None, undoing.redo_name(library))
        names.append(undoing.undo(library))
        assert _state(library) == state
    assert names == ["删除划线", "加星标", "标注领域：生物医药", "修改划线", "修改批注", "添加划线"]
    assert undoing.undo(library) is None
    for state, name in zip(states[1:], reversed(names), strict=True):
        assert undoing.redo_name(library) == name
        assert undoing.redo(library) == name
        assert _state(library) == state
    assert undoing.redo(library) is None


def test_the_line_of_steps_is_there_after_a_restart(library: Library, items: list[ItemRecord]):
    marking.add(library, items[0].id, 0, 3)
    tagging.tag(library, items[0].id, "综合")
    undoing.undo(library)
    library.close()
    with Library.open(library.folder) as again:
        assert (undoing.undo_name(again), undoing.redo_name(again)) == ("添加划线", "标注领域：综合")
        undoing.redo(again)
        assert [tag.field for tag in tagging.tags(again)] == ["综合"]


def test_undoing_tells_what_kinds_of_things_changed_and_who_asked(library: Library, items: list[ItemRecord]):
    marking.add(library, items[0].id, 0, 3, fields=["生物医药"])
    heard: list[Changes] = []
    library.subscribe(heard.append)
    view = object()
    undoing.undo(library, initiator=view)
    assert heard == [Changes(frozenset({Kind.MARKS, Kind.TAGS}), view, frozenset({items[0].id}))]
