"""Fields on items, points and marks, and the suggestions that the reader turned down."""

from __future__ import annotations

from collections.abc import Sequence

from db import marks as mark_store
from db import tags as store
from db.records import ItemRecord, NewTag, RefusalRecord, TagRecord
from desktop.archive import addresses, catalogue
from desktop.archive.library import Library
from desktop.errors import NotFound, WrongUsage


def tag(
    library: Library,
    item_id: int,
    field: str,
    subfield: str = "",
    *,
    point: int | None = None,
    mark: str | None = None,
    initiator: object | None = None,
) -> TagRecord:
    """Put a field on an item, a point (by its number) or a mark (by its uid); one that is there already stays as it is.

    Raises `NotFound` for an item, point, mark, field or subfield that does not exist.
    """
    field, subfield = known(library, field, subfield)
    item = _target(library, item_id, point, mark)
    new = NewTag(item.id, point, mark, field, subfield, library.vocabulary.version)
    with library.database.operation(f"标注领域：{_shown(field, subfield)}", initiator=initiator) as operation:
        store.add(operation, new)
    found = store.tag_at(library.database, item.id, field, subfield, point=point, mark=mark)
    if found is None:
        raise NotFound("这条标注刚刚被另一个程序取消。")
    return found


def untag(
    library: Library,
    item_id: int,
    field: str,
    subfield: str = "",
    *,
    point: int | None = None,
    mark: str | None = None,
    initiator: object | None = None,
) -> bool:
    """Take a field away; whether it was there. A field no longer in the vocabulary can be taken away too."""
    found = store.tag_at(library.database, item_id, field, subfield, point=point, mark=mark)
    if found is None:
        return False
    with library.database.operation(f"取消领域：{_shown(field, subfield)}", initiator=initiator) as operation:
        store.delete(operation, found.uid)
    return True


def toggle(
    library: Library,
    item_id: int,
    field: str,
    subfield: str = "",
    *,
    point: int | None = None,
    mark: str | None = None,
    initiator: object | None = None,
) -> bool:
    """Put a field on or take it away; whether it is there now. Raises as `tag`."""
    if untag(library, item_id, field, subfield, point=point, mark=mark, initiator=initiator):
        return False
    tag(library, item_id, field, subfield, point=point, mark=mark, initiator=initiator)
    return True


def toggle_field(
    library: Library,
    item_id: int,
    field: str,
    *,
    point: int | None = None,
    mark: str | None = None,
    initiator: object | None = None,
) -> bool:
    """Take a field with all its subfields off, or put it on where none of it stands; whether it is there now. Raises as `tag`."""
    here = [tag for tag in tags(library, item=item_id) if (tag.field, tag.point, tag.mark) == (field, point, mark)]
    if not here:
        tag(library, item_id, field, point=point, mark=mark, initiator=initiator)
        return True
    with library.database.operation(f"取消领域：{field}", initiator=initiator) as operation:
        for one in here:
            store.delete(operation, one.uid)
    return False


def tag_all(library: Library, item_ids: Sequence[int], field: str, subfield: str = "", *, initiator: object | None = None) -> int:
    """Put a field on several items as one step of undo; how many did not have it yet. Raises as `tag`, then nothing is changed."""
    field, subfield = known(library, field, subfield)
    items = [catalogue.item(library, item_id) for item_id in dict.fromkeys(item_ids)]
    with library.database.operation(f"标注{len(items)}条：{_shown(field, subfield)}", initiator=initiator) as operation:
        fresh = [item for item in items if store.tag_at(operation, item.id, field, subfield) is None]
        for item in fresh:
            store.add(operation, NewTag(item.id, None, None, field, subfield, library.vocabulary.version))
    return len(fresh)


def tags(library: Library, *, issue: int | None = None, item: int | None = None) -> list[TagRecord]:
    """Tags of one issue or item (its points and marks included), or all."""
    return store.tags(library.database, issue=issue, item=item)


def refuse(library: Library, item_id: int, field: str, *, point: int | None = None, initiator: object | None = None) -> None:
    """Do not suggest this field for the item or point again. Tagging it by hand takes the refusal back."""
    field, _ = known(library, field, "")
    item = _target(library, item_id, point, None)
    with library.database.operation(f"不再建议：{field}", initiator=initiator) as operation:
        store.refuse(operation, item.id, field, point=point)


def refusals(library: Library, item_id: int) -> list[RefusalRecord]:
    """The fields that the reader refused for an item and its points."""
    return store.refusals(library.database, item_id)


def known(library: Library, field: str, subfield: str) -> tuple[str, str]:
    """The field and subfield by their full names. Raises `NotFound` for what the vocabulary does not have."""
    return library.vocabulary.parse_tag(_joined(field, subfield, "/"))


def _target(library: Library, item_id: int, point: int | None, mark: str | None) -> ItemRecord:
    item = catalogue.item(library, item_id)
    if point is not None and mark is not None:
        raise WrongUsage("领域只能标注在要点或划线之一上。")
    addresses.require_point(item, point)
    if mark is not None:
        found = mark_store.mark(library.database, mark)
        if found is None or found.item != item_id:
            raise NotFound("这条划线已不存在，可能已被删除。")
    return item


def _shown(field: str, subfield: str) -> str:
    return _joined(field, subfield, "›")


def _joined(field: str, subfield: str, sign: str) -> str:
    return f"{field}{sign}{subfield}" if subfield else field
